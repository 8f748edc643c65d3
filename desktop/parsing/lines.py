"""Lines of a text: what stands between two LF, without the blanks before it."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"\S[^\n]*")
_SPACED = re.compile(r"\S(?:\s+\S)+")
_STOPS = "。！？!?"


class Line(NamedTuple):
    """A line that is not blank, by code points: from its first character that is no blank to the LF, or the end.

    `adjacent` tells that no blank line stands between it and the line before.
    """

    start: int
    end: int
    adjacent: bool


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank. Lines end at LF only."""
    lines: list[Line] = []
    before = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        lines.append(Line(start, end, adjacent=bool(lines) and text.count("\n", before, start) == 1))
        before = end
    return lines


def ends_a_sentence(words: str) -> bool:
    """Whether `words` hold the end of a sentence anywhere."""
    return any(stop in words for stop in _STOPS)


def unspaced(words: str) -> str:
    """Return `words` without the blanks that were set between single characters: 政 府 工 作 报 告."""
    return re.sub(r"\s+", "", words) if _SPACED.fullmatch(words) else words
