"""Lines that a copy has broken are made one again: paragraphs at the edge of a page, headings set in two lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from desktop.model.outline import NoticeKind
from desktop.model.source import LineStyle
from desktop.parsing.lines import Line, ends_a_sentence
from desktop.parsing.numbering import Style, is_shown_in_place, read_label

_WIDEST = 90  # code points; lines longer than that were broken by nobody
_NARROWEST = 16
_SLACK = 3  # code points by which a full line may be shorter than the widest: a mark that must not begin a line
_SLACK_COLUMNS = 4
_OUTLIERS = 0.03
_ENOUGH_LINES = 3000  # a text is broken at one edge from its beginning on
_FEWEST_BREAKS = 3
_SHARE_OF_BREAKS = 0.06  # of all lines
_SHARE_FOLLOWED = 0.6  # of the full lines in the midst of a sentence
_SHARE_INDENTED = 0.2  # of the full lines
_SHARE_ALWAYS_INDENTED = 0.9  # of the lines that surely begin a paragraph
_ENDS_A_PARAGRAPH = frozenset("。！？：!?:")
_GOES_ON = frozenset("，、")
_ENDS_A_PART = _ENDS_A_PARAGRAPH | frozenset("；;”’」』）)】》〉…—,.")
_LOOKED_AT = 1000
"""So much of a paragraph that goes on from page to page is looked at on each of them."""
_LEADER = re.compile(r"[.·…．]{4}|(?:[.·…．]\s){4}")
_LONGEST_FIRST_LINE = 80
_LONGEST_SECOND_LINE = 40
_TITLED = (
    Style.ATTACHMENT,
    Style.VOLUME,
    Style.SUBVOLUME,
    Style.PART,
    Style.CHAPTER,
    Style.SECTION,
)
_APART = (*_TITLED, Style.BOX, Style.TABLE)


class _Measure(NamedTuple):
    """How long a full line is, in code points and in columns, and whether paragraphs begin with blanks.

    `always` tells that hardly a paragraph begins without them: behind a full line that ends with a sentence, too, a
    line without blanks goes on.
    """

    length: int
    columns: int
    indented: bool
    always: bool


def join_lines(text: str, lines: Sequence[Line], marks: Mapping[int, NoticeKind]) -> list[Line]:
    """Return the lines with those joined that a copy has broken; what stands in `marks` (by start) stays apart.

    A joined line reaches from the start of its first part to the end of its last one. Where a page ends in the midst
    of a paragraph, its number and the running titles lie within the paragraph.
    """
    if not lines:
        return []
    measure = _measure(text, lines, marks)
    joined = [lines[0]]
    last = lines[0]  # the part that was added last
    part = lines[0]  # and the last one that is no mark
    for index in range(1, len(lines)):
        line = lines[index]
        before = joined[-1]
        begun = _over_the_page(text, measure, joined, marks, part, line)
        if begun is not None:
            joined[begun:] = [joined[begun]._replace(end=line.end)]
        elif (
            line.start not in marks
            and before.start not in marks
            and (
                (measure is not None and _goes_on(text, measure, last, line))
                or (
                    text[before.start] in "第附"
                    and line.end - line.start <= _LONGEST_SECOND_LINE
                    and before.end - before.start <= _LONGEST_FIRST_LINE
                    and _titles(text, measure, lines, before, index)
                )
            )
        ):
            joined[-1] = before._replace(end=line.end)
        else:
            joined.append(line)
        last = line
        part = line if line.start not in marks else part
    return joined


def _over_the_page(
    text: str,
    measure: _Measure | None,
    joined: Sequence[Line],
    marks: Mapping[int, NoticeKind],
    part: Line,
    line: Line,
) -> int | None:
    """Return the index of the paragraph that goes on with `line` behind the marks of a page, None where none does.

    `part` is the last line of that paragraph. It stops in the midst of a sentence, and is no heading: a heading has no
    comma behind it, and no sentence before.
    """
    if line.start in marks or marks.get(joined[-1].start) is not NoticeKind.OTHER:
        return None
    index = len(joined) - 2
    while index >= 0 and marks.get(joined[index].start) is NoticeKind.OTHER:
        index -= 1
    if index < 0 or joined[index].start in marks:
        return None
    paragraph = joined[index]
    if paragraph.style is not None or line.style is not None or text[line.start - 1] not in "\n\x0c":
        return None
    words = text[max(paragraph.start, paragraph.end - _LOOKED_AT) : paragraph.end].rstrip()
    label = read_label(text, paragraph.start, paragraph.end)
    if "\t" in words or text.find("\t", line.start, line.end) >= 0 or words[-1] in _ENDS_A_PART:
        return None
    after = read_label(text, line.start, line.end)
    if after is not None and not after.glued:
        return None
    if ends_a_sentence(words) or (label is None and words[-1] in _GOES_ON):
        return index
    broken = measure is not None and _is_full(text, measure, part)
    return index if broken and label is None and not _GOES_ON.isdisjoint(words) else None


def _measure(text: str, lines: Sequence[Line], marks: Collection[int]) -> _Measure | None:
    """Return how long the full lines of a text are, or None where its lines are whole paragraphs."""
    sizes: list[tuple[int, int, int]] = []
    for index, line in enumerate(lines[:_ENOUGH_LINES]):
        if line.end - line.start > _WIDEST:
            sizes.append((_WIDEST + 1, 2 * _WIDEST, index))
        elif line.start not in marks and line.style is None:
            words = text[line.start : line.end]
            if "\t" not in words and not _LEADER.search(words):
                begin = text.rfind("\n", 0, line.start) + 1
                sizes.append((line.end - begin, _columns(text[begin : line.end]), index))
    if len(sizes) < _FEWEST_BREAKS:
        return None
    outliers = int(len(sizes) * _OUTLIERS)
    length = sorted(size[0] for size in sizes)[-1 - outliers]
    columns = sorted(size[1] for size in sizes)[-1 - outliers]
    if not _NARROWEST <= length <= _WIDEST:
        return None
    full = [at for size, wide, at in sizes if size >= length - _SLACK or wide >= columns - _SLACK_COLUMNS]
    broken = [at for at in full if text[lines[at].start : lines[at].end].rstrip()[-1] not in _ENDS_A_PARAGRAPH]
    followed = sum(at + 1 < len(lines) and _may_go_on(text, lines[at + 1]) for at in broken)
    if followed < max(_FEWEST_BREAKS, len(sizes) * _SHARE_OF_BREAKS, len(broken) * _SHARE_FOLLOWED):
        return None
    indented = sum(text[lines[at].start - 1 : lines[at].start] not in ("", "\n") for at in full)
    always = _always_indented(text, lines, full, [at for _, _, at in sizes])
    return _Measure(length, columns, indented >= len(full) * _SHARE_INDENTED, always)


def _always_indented(text: str, lines: Sequence[Line], full: Collection[int], sized: Collection[int]) -> bool:
    """Whether the lines that follow a short one at the end of a sentence, headings excepted, begin with blanks."""
    short = set(sized).difference(full)
    begun = [
        lines[at + 1]
        for at in short
        if at + 1 < len(lines) and text[lines[at].start : lines[at].end].rstrip()[-1] in _ENDS_A_PARAGRAPH
    ]
    begun = [line for line in begun if line.end - line.start >= _NARROWEST and not _is_titled(text, line)]
    indented = sum(text[line.start - 1] != "\n" for line in begun)
    return len(begun) >= _FEWEST_BREAKS and indented >= len(begun) * _SHARE_ALWAYS_INDENTED


def _is_titled(text: str, line: Line) -> bool:
    label = read_label(text, line.start, line.end)
    return label is not None and label.style in _APART


def _may_go_on(text: str, line: Line) -> bool:
    """Whether `line` may be the rest of a paragraph: it begins with no blank and no label."""
    return line.adjacent and text[line.start - 1] == "\n" and read_label(text, line.start, line.end) is None


def _columns(words: str) -> int:
    """Return how wide a line is: GB 18030 has one byte for an ASCII letter and two for a Chinese one."""
    return len(words.encode("gb18030", "replace"))


def _is_full(text: str, measure: _Measure, line: Line) -> bool:
    begin = text.rfind("\n", 0, line.start) + 1
    if line.end - begin > _WIDEST:
        return False
    words = text[begin : line.end].rstrip()
    return len(words) >= measure.length - _SLACK or _columns(words) >= measure.columns - _SLACK_COLUMNS


def _goes_on(text: str, measure: _Measure, before: Line, line: Line) -> bool:
    """Whether `line` is the rest of the paragraph that fills the line before it."""
    if not line.adjacent or line.style is not None or text[line.start - 1] != "\n":
        return False
    if not _is_full(text, measure, before) or text.find("\t", before.start, line.end) >= 0:
        return False
    label = read_label(text, line.start, line.end)
    if text[before.start : before.end].rstrip()[-1] in _ENDS_A_PARAGRAPH:
        ends = text[line.start : line.end].rstrip()[-1] in _ENDS_A_PARAGRAPH
        return measure.always and label is None and (ends or _is_full(text, measure, line))
    return label is None or label.glued or (measure.indented and label.style not in _APART)


def _titles(text: str, measure: _Measure | None, lines: Sequence[Line], before: Line, index: int) -> bool:
    """Whether the line at `index` is the title, or its second line, of the heading 第X章 or 附件 `before` it."""
    line = lines[index]
    label = read_label(text, before.start, before.end)
    if label is None or label.style not in _TITLED or not _may_be_a_title(text, line):
        return False
    if label.body >= before.end:
        # 附件： may begin a list, 附件1： and 附表： head what is attached.
        heads = text[before.end - 1] not in "：:" or label.number is not None or is_shown_in_place(label.text)
        return label.end > before.end - 2 and heads
    if "\n" in text[before.start : before.end] or not line.adjacent or ends_a_sentence(text[before.start : before.end]):
        return False
    if line.style is LineStyle.HEADING:
        return before.style is LineStyle.HEADING and before.level == line.level
    if measure is None or line.style is not None or text[line.start - 1] != "\n":
        return False
    after = lines[index + 1] if index + 1 < len(lines) else None
    return after is None or not after.adjacent or text[after.start - 1] != "\n"


def _may_be_a_title(text: str, line: Line) -> bool:
    words = text[line.start : line.end].rstrip()
    return (
        len(words) <= _LONGEST_SECOND_LINE
        and "\t" not in words
        and not ends_a_sentence(words)
        and words[-1] not in "：:；;，,"
        and read_label(text, line.start, line.end) is None
    )
