"""What stands before the first clause: title lines, subtitle, adoption note, a forwarding notice, the contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.model.outline import Notice, NoticeKind
from desktop.parsing.lines import Line, ends_a_sentence, unspaced
from desktop.parsing.numbering import Style, read_label
from desktop.parsing.surroundings import is_adoption_note, mark_kind
from desktop.text.folding import fold

_LONGEST_TITLE = 100
_ENOUGH_TO_READ = 1000
_MOST_OTHER_LINES = 6
_MOST_LINES_BEFORE_TITLE = 60
_NOT_A_TITLES_END = "：:，,；;、"
_LAST_WORD = re.compile("(?:建议|纲要|规划|报告|办法|条例|法|意见|通知|方案|决定|决议|规定|细则|公报|要点|计划)$")
_FORWARDED = re.compile("(?:印发|转发|批转|发布|公布)(?P<name>.+?)的(?:通知|决定|公告)")
_OPENING_HEADINGS = frozenset(("前言", "序言", "引言", "导言", "序", "总述"))
_CONTENTS = frozenset(("目录", "目次"))
_LEADER = re.compile(r"(?:[.·…．]\s*){3,}\d{0,4}\s*$")
_INLINE_ENTRY = re.compile(r"第[一二三四五六七八九十百0-9]{1,5}[编篇章节条]")
_ENTRIES_OF_A_BLOCK = 3


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The document's title ("" where it has none), the notices before the body, and the body's first line."""

    title: str
    notices: tuple[Notice, ...]
    body: int


def read_front_matter(text: str, lines: Sequence[Line]) -> FrontMatter:
    """Read the lines before the first clause."""
    return _Reader(text, lines).read()


def squeezed(words: str) -> str:
    """Return `words` as titles are compared: folded, without blanks and title marks."""
    return re.sub(r"[\s《》]+", "", fold(words))


class _Reader:
    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._lines = lines
        self._title = ""
        self._notices: list[Notice] = []
        self._others = 0

    def read(self) -> FrontMatter:
        index = self._pass_forwarding_notice()
        while index < len(self._lines):
            after = self._read_line(index)
            if after == index:
                break
            index = after
        return FrontMatter(self._title, tuple(self._notices), index)

    def _words(self, index: int) -> str:
        line = self._lines[index]
        if line.end - line.start > _ENOUGH_TO_READ:
            return self._text[line.start : line.start + _ENOUGH_TO_READ]
        return self._text[line.start : line.end].rstrip()

    def _note(self, kind: NoticeKind, first: int, last: int | None = None) -> int:
        """Take the lines `first` to `last` as notices of one kind and return the index of the line behind them."""
        behind = (first if last is None else last) + 1
        for line in self._lines[first:behind]:
            self._notices.append(Notice(kind, self._text[line.start : line.end].rstrip(), line.start, line.end))
        return behind

    def _pass_forwarding_notice(self) -> int:
        """Skip to the title of what is forwarded, where the text begins with 关于印发……的通知."""
        forwarded = _FORWARDED.search(self._words(0)) if self._lines else None
        if forwarded is None:
            return 0
        name = squeezed(forwarded["name"])
        for index in range(1, min(len(self._lines), _MOST_LINES_BEFORE_TITLE)):
            if squeezed(self._words(index)) == name:
                return self._note(NoticeKind.OTHER, 0, index - 1)
        return 0

    def _read_line(self, index: int) -> int:
        """Take the line at `index` and return the index behind it, or `index` where the body begins."""
        words = self._words(index)
        kind = mark_kind(words)
        if kind is None and is_adoption_note(words):
            kind = NoticeKind.ADOPTION
        if kind is not None:
            return self._note(kind, index)
        if squeezed(words) in _CONTENTS:
            return self._pass_contents(index)
        line = self._lines[index]
        label = read_label(self._text, line.start, line.end)
        if label is not None:
            subtitle = label.style is Style.DASH and self._title and not self._has(NoticeKind.SUBTITLE)
            return self._note(NoticeKind.SUBTITLE, index) if subtitle and self._is_title(words) else index
        return self._read_title(index, words) if self._is_title(words) else index

    def _has(self, kind: NoticeKind) -> bool:
        return any(notice.kind is kind for notice in self._notices)

    def _is_title(self, words: str) -> bool:
        return (
            len(words) <= _LONGEST_TITLE
            and words[-1] not in _NOT_A_TITLES_END
            and not ends_a_sentence(words)
            and squeezed(words) not in _OPENING_HEADINGS
        )

    def _read_title(self, index: int, words: str) -> int:
        if not self._title:
            last = self._last_title_line(index)
            self._title = unspaced("".join(map(self._words, range(index, last + 1))))
            return self._note(NoticeKind.TITLE, index, last)
        if squeezed(words) in squeezed(self._title):
            return self._note(NoticeKind.TITLE, index)
        self._others += 1
        if self._others > _MOST_OTHER_LINES:
            return index
        return self._note(NoticeKind.SUBTITLE if words[0] in "（(" else NoticeKind.OTHER, index)

    def _last_title_line(self, index: int) -> int:
        """Return the index of the line that ends the title begun at `index`: a long one is broken into lines."""
        last = index
        while (
            not _LAST_WORD.search(self._words(last))
            and last + 1 < len(self._lines)
            and self._lines[last + 1].adjacent
            and self._continues_title(last + 1)
        ):
            last += 1
        return last

    def _continues_title(self, index: int) -> bool:
        line = self._lines[index]
        words = self._words(index)
        return (
            bool(_LAST_WORD.search(words))
            and self._is_title(words)
            and not is_adoption_note(words)
            and read_label(self._text, line.start, line.end) is None
        )

    def _pass_contents(self, index: int) -> int:
        """Take the contents, if the headings they name come again behind them; else leave the line to the body."""
        entries = list(self._entries(index + 1))
        if not entries:
            return index
        line = self._lines[index + 1]
        first = read_label(self._text, line.start, line.end)
        for later in range(entries[-1] + 1, len(self._lines)):
            line = self._lines[later]
            again = read_label(self._text, line.start, line.end)
            if first and again and (again.style, again.number) == (first.style, first.number):
                return self._note(NoticeKind.OTHER, index, entries[-1])
        return index

    def _entries(self, index: int) -> Iterator[int]:
        """Yield the lines of the contents that begin at `index`."""
        first = None
        for entry in range(index, len(self._lines)):
            line = self._lines[entry]
            words = self._text[line.start : line.end]
            label = read_label(self._text, line.start, line.end)
            if label is not None:
                key = (label.style, label.number)
                if key == first or (ends_a_sentence(words) and not self._is_block(words)):
                    return
                first = first or key
            elif first is None or not (_LEADER.search(words) or mark_kind(words.strip())):
                return
            yield entry

    def _is_block(self, words: str) -> bool:
        return len(_INLINE_ENTRY.findall(words)) >= _ENTRIES_OF_A_BLOCK
