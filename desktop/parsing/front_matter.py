"""What stands before the first clause: title lines, subtitle, adoption note, a forwarding notice, the contents."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.model.outline import Notice, NoticeKind
from desktop.model.source import LineStyle
from desktop.parsing.lines import Line, ends_a_sentence, squeezed, unspaced
from desktop.parsing.numbering import Style, read_label
from desktop.parsing.surroundings import behind_adoption_note, is_masthead

UNNUMBERED_HEADINGS = frozenset(
    ("前言", "序言", "引言", "导言", "导语", "序", "总述", "结语", "结束语", "后记", "附则", "名词解释")
)
"""Words that are a heading where they fill a line."""

_LONGEST_TITLE = 100
_ENOUGH_TO_READ = 1000
_MOST_OTHER_LINES = 8
_MOST_LINES_BEFORE_TITLE = 100
_MOST_LINES_OF_A_NOTICES_TITLE = 4
_MOST_LINES_OF_A_COVER = 30
_MOST_LINES_OF_A_PARAGRAPH = 6
_SHORTEST_LAST_PART = 8
_NOT_A_TITLES_END = "：:，,；;、"
_LAST_WORD = re.compile(
    "(?:建议|纲要|规划|报告|办法|条例|法|意见|通知|方案|决定|决议|规定|细则|公报|要点|计划|纪要|分工|措施|说明|解释|规则|章程|指引)"
    "(?:[（(][^）)]{1,20}[）)])?$"
)
_ABOUT = re.compile("关于")
_ENDS_WHAT_IT_IS_ABOUT = re.compile("的[^的]{0,8}$")
_MOST_LINES_OF_A_TITLE = 5
_FORWARDED = re.compile("(?:印发|转发|批转|发布|公布)(?P<name>.+?)的(?:通知|决定|公告|函)")
_PUBLISHED = re.compile("公布|发布|印发|转发|批转|施行|征求")
_ASKS_ABOUT = re.compile(
    "关于(?:公开)?(?:征求)?(?P<name>[^《》]+?)(?:公开|向社会|面向社会)*(?:征求)?(?:社会|公众)*意见"
)
_ASKS = "征求"
_NAMED = re.compile("《((?:[^《》]|《[^《》]*》)+)》")
_REMARK = re.compile(r"\([^()]{1,20}\)$")  # （试行） （2026—2028年） as they are folded


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The document's title ("" where it has none), the notices before the body, and the body's first line.

    `attached` are the titles of what else is forwarded or published with it, as titles are compared.
    """

    title: str
    notices: tuple[Notice, ...]
    body: int
    attached: frozenset[str] = frozenset()


def read_front_matter(
    text: str,
    lines: Sequence[Line],
    marks: dict[int, NoticeKind],
    contents: dict[int, int],
    numbered: Collection[int] = (),
    listed: Collection[int] = (),
) -> FrontMatter:
    """Read the lines before the first clause; `marks` are by the start of a line, `contents` by its index.

    `numbered` are the starts of lines that are clauses though their labels alone don't show it, `listed` of those
    that are none though they have one: they list attachments.
    """
    return _Reader(text, lines, marks, contents, numbered, listed).read()


def core(words: str) -> str:
    """Return `words` as titles are compared, without the remark in brackets behind them: one of two may lack it."""
    return _REMARK.sub("", squeezed(words))


def heads_another_text(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a line in the body is the title of one more text: it ends as titles do, and a note of adoption follows.

    Where a blank line parts it from what stands above, a first 第一章 or 第一条 that follows will do.
    """
    line = lines[index]
    if line.end - line.start > _LONGEST_TITLE or index + 1 >= len(lines) or line.style is not None:
        return False
    words = text[line.start : line.end].rstrip()
    if not _LAST_WORD.search(words) or ends_a_sentence(words) or words[0] in '“"《（(':
        return False
    if read_label(text, line.start, line.end) is not None:
        return False
    if behind_adoption_note(text, lines, index + 1) > index + 1:
        return True
    below = read_label(text, lines[index + 1].start, lines[index + 1].end)
    above = read_label(text, lines[index - 1].start, lines[index - 1].end) if index else None
    return (
        not line.adjacent
        and below is not None
        and below.number == 1
        and Style.VOLUME <= below.style <= Style.ARTICLE
        and (above is None or above.style >= Style.ARTICLE)
    )


class _Reader:
    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        marks: dict[int, NoticeKind],
        contents: dict[int, int],
        numbered: Collection[int],
        listed: Collection[int],
    ) -> None:
        self._text = text
        self._lines = lines
        self._marks = marks
        self._contents = contents
        self._numbered = numbered
        self._listed = listed
        self._title = ""
        self._names: set[str] = set()
        self._notices: list[Notice] = []
        self._others = 0

    def read(self) -> FrontMatter:
        index = self._pass_cover() or self._pass_to_styled_title()
        while index < len(self._lines):
            after = self._read_line(index)
            if after == index:
                break
            index = after
        return FrontMatter(self._title, tuple(self._notices), index, frozenset(self._names - {core(self._title)}))

    def _words(self, index: int) -> str:
        line = self._lines[index]
        if line.end - line.start > _ENOUGH_TO_READ:
            return self._text[line.start : line.start + _ENOUGH_TO_READ]
        return self._text[line.start : line.end].rstrip()

    def _note(self, kind: NoticeKind, first: int, behind: int) -> int:
        """Take the lines from `first` on as notices of one kind, marks excepted, and return the index `behind` them."""
        for line in self._lines[first:behind]:
            own = self._marks.get(line.start, kind)
            self._notices.append(Notice(own, self._text[line.start : line.end].rstrip(), line.start, line.end))
        return behind

    def _pass_cover(self) -> int:
        """Skip to the title of what is forwarded or published, where the text begins with a notice or a decree.

        A notice that has clauses of its own is no mere cover: it is the document, and what it forwards its attachment.
        """
        names = self._names = self._forwarded()
        begun = labelled = False
        for index in range(1, min(len(self._lines), _MOST_LINES_BEFORE_TITLE)):
            line = self._lines[index]
            if self._is_name(names, index):
                if not labelled:
                    return self._note(NoticeKind.OTHER, 0, index)
                names.add(core(self._words(index)))
                return 0
            label = read_label(self._text, line.start, line.end)
            if label is None:
                names.update(self._published(index) if index < _MOST_LINES_OF_A_COVER and not begun else ())
            elif line.start not in self._listed:
                begun = True
                labelled = labelled or Style.HAN_FORMAL <= label.style <= Style.DIGIT
        return 0

    def _forwarded(self) -> set[str]:
        """Return what the title of a notice says it forwards, 关于印发……的通知, as titles are compared."""
        heading = "".join(map(self._words, range(min(len(self._lines), _MOST_LINES_OF_A_NOTICES_TITLE))))
        if _ASKS in heading and not ends_a_sentence(heading[: heading.index(_ASKS)]):
            asked = _NAMED.findall(heading) or [match["name"] for match in _ASKS_ABOUT.finditer(heading)]
            return set(map(core, asked))
        found = _FORWARDED.search(heading)
        return set() if found is None or ends_a_sentence(heading[: found.end()]) else {core(found["name"])}

    def _published(self, index: int) -> set[str]:
        """Return what a paragraph says is published, 《……》已由……通过，现予公布; it may be broken into lines."""
        words = self._words(index)
        for below in range(index + 1, min(len(self._lines), index + _MOST_LINES_OF_A_PARAGRAPH)):
            if ends_a_sentence(words) or not self._lines[below].adjacent:
                break
            words += self._words(below)
        return set(map(core, _NAMED.findall(words))) if _PUBLISHED.search(words) and ends_a_sentence(words) else set()

    def _is_name(self, names: Collection[str], index: int) -> bool:
        """Whether a line is one of the titles `names`, or the last part of one whose first is in the line before."""
        words = core(self._words(index)) if names else ""
        if not words or words in names:
            return bool(words)
        following = core(self._words(index + 1)) if index + 1 < len(self._lines) else ""
        if len(words) + len(following) < _SHORTEST_LAST_PART:
            return False
        return words + following in names or (
            len(words) >= _SHORTEST_LAST_PART and any(name.endswith(words) for name in names)
        )

    def _pass_to_styled_title(self) -> int:
        """Skip to the line that the format calls the title, if nothing but short lines and tables stand before it.

        Behind a table that stands first, a line that ends as titles do is the title, whatever its format says.
        """
        behind_table = False
        for index, line in enumerate(self._lines[:_MOST_LINES_BEFORE_TITLE]):
            if line.style is LineStyle.TITLE:
                return self._note(NoticeKind.OTHER, 0, index)
            if line.style in (LineStyle.TABLE, LineStyle.BOX):
                behind_table = behind_table or index == 0
                continue
            words = self._words(index)
            if (
                behind_table
                and self._is_title(words)
                and _LAST_WORD.search(words)
                and read_label(words, 0, len(words)) is None
            ):
                return self._note(NoticeKind.OTHER, 0, index)
            if not self._is_title(words) or read_label(self._text, line.start, line.end) is not None:
                return 0
        return 0

    def _read_line(self, index: int) -> int:
        """Take the line at `index` and return the index behind it, or `index` where the body begins."""
        words = self._words(index)
        line = self._lines[index]
        if index in self._contents:
            return self._note(NoticeKind.OTHER, index, self._contents[index])
        if line.start in self._marks:
            return self._note(NoticeKind.OTHER, index, index + 1)
        if line.start in self._numbered:
            return index
        behind_note = behind_adoption_note(self._text, self._lines, index)
        if behind_note > index:
            return self._note(NoticeKind.ADOPTION, index, behind_note)
        if not self._title and line.style is None and is_masthead(words):
            return self._note(NoticeKind.OTHER, index, index + 1)
        if line.style is LineStyle.SUBTITLE:
            return self._note(NoticeKind.SUBTITLE, index, index + 1)
        if line.style is LineStyle.TITLE:
            return self._read_title(index, words)
        label = read_label(self._text, line.start, line.end)
        if label is not None:
            subtitle = label.style is Style.DASH and self._title and not self._has(NoticeKind.SUBTITLE)
            return self._note(NoticeKind.SUBTITLE, index, index + 1) if subtitle and self._is_title(words) else index
        if not self._is_title(words) or self._is_heading(index):
            return index
        return self._read_title(index, words)

    def _has(self, kind: NoticeKind) -> bool:
        return any(notice.kind is kind for notice in self._notices)

    def _is_title(self, words: str) -> bool:
        return (
            len(words) <= _LONGEST_TITLE
            and words[-1] not in _NOT_A_TITLES_END
            and "\t" not in words
            and not ends_a_sentence(words)
            and squeezed(words) not in UNNUMBERED_HEADINGS
        )

    def _is_heading(self, index: int) -> bool:
        """Whether the format calls a line a heading that cannot be the title: that has come, or there are more such."""
        line = self._lines[index]
        if line.style in (LineStyle.TABLE, LineStyle.BOX):
            return True
        if line.style is not LineStyle.HEADING:
            return False
        return bool(self._title) or any(
            other.style is LineStyle.HEADING and other.level <= line.level for other in self._lines[index + 1 :]
        )

    def _read_title(self, index: int, words: str) -> int:
        if not self._title:
            behind = self._behind_title(index)
            self._title = unspaced("".join(map(self._words, range(index, behind))))
            return self._note(NoticeKind.TITLE, index, behind)
        if squeezed(words) in squeezed(self._title):
            return self._note(NoticeKind.TITLE, index, index + 1)
        self._others += 1
        if self._others > _MOST_OTHER_LINES or self._lines[index].style is LineStyle.TITLE:
            return index
        kind = NoticeKind.SUBTITLE if words[0] in "（(" else NoticeKind.OTHER
        return self._note(kind, index, index + 1)

    def _behind_title(self, index: int) -> int:
        """Return the index behind the title begun at `index`: a long one is broken into lines."""
        behind = index + 1
        if self._lines[index].style is LineStyle.TITLE:
            while behind < len(self._lines) and self._lines[behind].style is LineStyle.TITLE:
                behind += 1
            return behind
        words = self._words(index)
        ended = _ends_a_title(words)
        for below in range(behind, min(len(self._lines), index + _MOST_LINES_OF_A_TITLE)):
            further = self._words(below)
            last = _LAST_WORD.match(further) is not None  # 规划 above 纲要
            if (ended and not last) or not self._continues_title(below):
                break
            words += further
            ended = last or _ends_a_title(words)
            behind = below + 1 if ended else behind
        return behind

    def _continues_title(self, index: int) -> bool:
        line = self._lines[index]
        words = self._words(index)
        return (
            line.adjacent
            and line.style is None
            and line.start not in self._marks
            and index not in self._contents
            and self._is_title(words)
            and not (words[0] in "（(" and words[-1] in "）)")
            and not is_masthead(words)
            and behind_adoption_note(self._text, self._lines, index) == index
            and read_label(self._text, line.start, line.end) is None
        )


def _ends_a_title(words: str) -> bool:
    """Whether the title `words` is whole: it ends as titles do, and what it is 关于 is told, as in 关于甲的建议."""
    words = "".join(words.split())
    last = _LAST_WORD.search(words)
    if last is None:
        return False
    about = _ABOUT.search(words)
    return about is None or _ENDS_WHAT_IT_IS_ABOUT.search(words, about.end(), last.start()) is not None
