"""Lines gathered by a reader, with what their format says about them, become a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.model.errors import UnreadableFileError
from desktop.model.source import Hint, LineStyle, Source
from desktop.text.blanks import with_every_line_end

_WORDS = re.compile(r"^.*\S", re.MULTILINE)
_LABELLED = re.compile(r"\s*(?:第.{1,8}(?:[编篇章节条]|部分)|[（(]?[0-9０-９一二三四五六七八九十百]+[、.．)）]|[①-⑳])")  # noqa: RUF001
_APPENDIX = re.compile(r"\s*附")
_PREFACE = re.compile(
    r"\s*(?:[前引导序]\s*言|序|导语|绪论|总论|目\s*[录次]|.{0,4}(?:概述|综述|背景|说明|摘要|依据))\s*$", re.MULTILINE
)


class Lines:
    """The lines of a text in the making. Never two blank ones in a row, none at the edges."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._hints: list[Hint] = []
        self._length = 0

    def add(self, words: str, style: LineStyle | None = None, level: int = 0) -> None:
        """Add a line, or several where `words` hold line ends, each with the hint. A blank one parts its neighbours."""
        for line in with_every_line_end(words).split("\n"):
            if line.strip():
                if style is not None:
                    self._hints.append(Hint(self._length, style, level))
                self._append(line)
            elif self._lines and self._lines[-1]:
                self._append("")

    def _append(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line) + 1

    def source(self, remarks: Sequence[str] = ()) -> Source:
        """Return what was gathered. Raises UnreadableFileError where no line holds a word."""
        text = "\n".join(self._lines).rstrip("\n")
        if not text:
            raise UnreadableFileError("这个文件里没有可以导入的文字（可能只有图片或空白）。")
        return Source(text + "\n", with_title(text, self._hints), tuple(remarks))


def is_labelled(words: str) -> bool:
    """Whether words begin with a number such as 第一章, 一、, （一）, 1. or ①."""
    return bool(_LABELLED.match(words))


def with_title(text: str, hints: Sequence[Hint]) -> tuple[Hint, ...]:
    """Return the hints, the only highest heading of a text as its title, where it has no number and stands first.

    Others as high are no matter where each has a number or is an appendix, and the first is no preface. A table may
    stand before it: the letterhead of an office, or what the list of a site says of the text. Writers of such formats
    have no other way to name a title; where they name one, nothing changes.
    """
    highest = [hint for hint in hints if hint.style is LineStyle.HEADING and hint.level == 1]
    named = any(hint.style is LineStyle.TITLE for hint in hints)
    if named or not highest or _LABELLED.match(text, highest[0].start):
        return tuple(hints)
    others = highest[1:]
    if others and _PREFACE.match(text, highest[0].start):
        return tuple(hints)
    if not all(_LABELLED.match(text, other.start) or _APPENDIX.match(text, other.start) for other in others):
        return tuple(hints)
    framed = {hint.start for hint in hints if hint.style in (LineStyle.TABLE, LineStyle.BOX)}
    if any(match.start() not in framed for match in _WORDS.finditer(text, 0, highest[0].start)):
        return tuple(hints)
    return tuple(replace(hint, style=LineStyle.TITLE, level=0) if hint is highest[0] else hint for hint in hints)
