"""Contents blocks: lists of the headings that come again behind them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from desktop.parsing.lines import Line, ends_a_sentence, squeezed
from desktop.parsing.numbering import Label, Style, bare_label, read_label
from desktop.text.folding import fold

_WORDS = frozenset(("目录", "目次"))
_LONGEST_WORD = 14
_LONGEST_ENTRY = 120
_COMPARED = 4  # of a title: contents may cut or misprint the rest
_MOST_NAMED_BLOCKS = 3
_FEWEST_ENTRIES = 3
_FEWEST_PAGED = 2
_MOST_LINES_BEHIND = 200
_MOST_LINES_BEFORE = 30
_SLACK = 2  # lines: text between headings that come again must not be further behind them than they are many
_LEADER = re.compile(r"[.·…．—\s]{2,}\d{1,4}\s*$|\s\d{1,4}\s*$|(?:[.·…．]\s?){3,}$")
_INLINE_ENTRY = re.compile(r"第[一二三四五六七八九十百0-9]{1,5}[编編篇章节節条條]")

_Key = tuple[Style | None, int | None, str]


def find_contents(text: str, lines: Sequence[Line], marks: Collection[int]) -> dict[int, int]:
    """Return the contents blocks of a text: the index of the first line of each and the index behind its last one.

    A block begins with 目录, or with the first heading of the text, and is one only if that heading comes again.
    """
    found: dict[int, int] = {}
    named = 0
    unnamed = False
    for index, line in enumerate(lines):
        behind = index
        if text[line.start] == "目" and named < _MOST_NAMED_BLOCKS and _is_named(text, line):
            named += 1
            unnamed = True
            behind = _end_of_named(text, lines, marks, index)
        elif not unnamed and _begins_a_heading(text, line):
            unnamed = True
            end, entries = _end(text, lines, marks, index, None)
            enough = entries >= _FEWEST_ENTRIES or (entries >= _FEWEST_PAGED and _are_paged(text, lines[index:end]))
            if enough and _has_text(text, lines[end : 2 * end - index + _SLACK]):
                behind = end
        if behind > index:
            found[index] = behind
        if unnamed and named >= _MOST_NAMED_BLOCKS:
            break
    return found


def _is_named(text: str, line: Line) -> bool:
    words = re.sub(r"\s+", "", text[line.start : min(line.end, line.start + _LONGEST_WORD)])
    if line.end - line.start <= _LONGEST_WORD:
        return words.rstrip("：:") in _WORDS
    return words[:2] in _WORDS and _is_block(text, line)


def _begins_a_heading(text: str, line: Line) -> bool:
    label = read_label(text, line.start, line.end)
    return label is not None and label.style < Style.DASH


def _is_block(text: str, line: Line) -> bool:
    """Whether a line is a whole table of contents run together."""
    words = text[line.start : line.end]
    return not ends_a_sentence(words) and len(_INLINE_ENTRY.findall(words)) >= _FEWEST_ENTRIES


def _end_of_named(text: str, lines: Sequence[Line], marks: Collection[int], index: int) -> int:
    """Return the index behind the contents whose word 目录 is the line at `index`; `index` where there are none."""
    line = lines[index]
    if line.end - line.start <= _LONGEST_WORD:
        end, entries = _end(text, lines, marks, index + 1, None)
        return end if entries else index
    entry = _INLINE_ENTRY.search(text, line.start, line.end)
    label = read_label(text, entry.start(), line.end) if entry else None
    return max(index, _end(text, lines, marks, index, _key(text, line, label))[0])


def _end(text: str, lines: Sequence[Line], marks: Collection[int], first: int, key: _Key | None) -> tuple[int, int]:
    """Return the index behind the entries that begin at `first`, and how many they are.

    (0, 0) where the first of them, whose key is `key` or read from its line, does not come again behind them.
    """
    behind = first
    entries = 0
    for index in range(first, len(lines)):
        line = lines[index]
        if line.start in marks:
            continue
        label = read_label(text, line.start, line.end)
        at = _key(text, line, label)
        if at == key and entries:
            return _with_last_entries(text, lines, marks, first, behind, index), entries
        key = key or at
        words = text[line.start : line.end]
        if (len(words) > _LONGEST_ENTRY or ends_a_sentence(words)) and not _is_block(text, line):
            rest = lines[index : index + _MOST_LINES_BEHIND]
            again = any(_key(text, later, read_label(text, later.start, later.end)) == key for later in rest)
            return (_with_last_entries(text, lines, marks, first, behind, index), entries) if again else (0, 0)
        if label is not None or _LEADER.search(words[-_LONGEST_ENTRY:]) or _is_block(text, line):
            behind = index + 1
            entries += 1
    return 0, 0


def _with_last_entries(
    text: str, lines: Sequence[Line], marks: Collection[int], first: int, behind: int, until: int
) -> int:
    """Return the index behind the last entries, up to `until`, which may have neither number nor page: 附则.

    Such a line comes again in the text behind, and does not stand before the contents, as the title does.
    """
    if behind >= until or not _is_short(lines[behind]):
        return behind
    own = {squeezed(text[line.start : line.end]) for line in lines[max(0, first - _MOST_LINES_BEFORE) : first]}
    again = {
        squeezed(text[line.start : line.end]) for line in lines[until:] if _is_short(line) and line.start not in marks
    }
    for index in range(behind, until):
        words = squeezed(text[lines[index].start : lines[index].end]) if _is_short(lines[index]) else ""
        if lines[index].start in marks:
            continue
        if words in own or words not in again:
            break
        behind = index + 1
    return behind


def _is_short(line: Line) -> bool:
    return line.end - line.start <= _LONGEST_WORD


def _are_paged(text: str, lines: Sequence[Line]) -> bool:
    """Whether every line ends with the number of a page."""
    return all(_LEADER.search(text, max(line.start, line.end - _LONGEST_ENTRY), line.end) for line in lines)


def _has_text(text: str, lines: Sequence[Line]) -> bool:
    """Whether something stands between the headings that come again."""
    return any(read_label(text, line.start, line.end) is None for line in lines)


def _key(text: str, line: Line, label: Label | None) -> _Key:
    """Return what an entry and its heading have in common: the label and the beginning of the title."""
    body = label.body if label else line.start
    title = _INLINE_ENTRY.split(text[body : min(line.end, body + _LONGEST_ENTRY)], maxsplit=1)[0]
    title = _LEADER.sub("", title)
    begins = re.sub(r"\s+", "", fold(title))[:_COMPARED]
    if label is None:
        return None, None, begins
    return label.style, label.number, f"{fold(bare_label(label.text))} {begins}" if label.style.decimal else begins
