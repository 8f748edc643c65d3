"""Lines of a text: what stands between two LF, without blanks before it, with what its format says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop.model.source import Hint, LineStyle
from desktop.text.blanks import INVISIBLE
from desktop.text.folding import fold

_LINE = re.compile(rf"[^\s{INVISIBLE}][^\n]*")
_SPACED = re.compile(r"\S(?:\s+\S)+")
_STOPS = "。！？!?"


class Line(NamedTuple):
    """A line that is not blank, by code points: from the first character that can be seen to the LF, or the end.

    `adjacent` tells that no blank line stands between it and the line before. `style` and `level` are those of the
    format's hint for the line, None and 0 where there is none. A line that was broken by a copy is one again: its
    range then holds LFs.
    """

    start: int
    end: int
    adjacent: bool
    style: LineStyle | None = None
    level: int = 0


def read_lines(text: str, hints: Sequence[Hint] = ()) -> list[Line]:
    """Return the lines of `text` that are not blank. Lines end at LF only. A hint outside every line is no error."""
    lines: list[Line] = []
    before = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        lines.append(Line(start, end, bool(lines) and text.count("\n", before, start) == 1))
        before = end
    return _hinted(text, lines, hints) if hints else lines


def _hinted(text: str, lines: list[Line], hints: Sequence[Hint]) -> list[Line]:
    by_start = {hint.start: hint for hint in hints}
    found = []
    for line in lines:
        hint = by_start.get(line.start) or by_start.get(text.rfind("\n", 0, line.start) + 1)
        found.append(line._replace(style=hint.style, level=hint.level) if hint else line)
    return found


def ends_a_sentence(words: str) -> bool:
    """Whether `words` hold the end of a sentence anywhere."""
    return any(stop in words for stop in _STOPS)


def squeezed(words: str) -> str:
    """Return `words` as titles are compared: folded, without blanks and title marks."""
    return re.sub(r"[\s《》〈〉]+", "", fold(words))


def unspaced(words: str) -> str:
    """Return `words` without the blanks that were set between single characters: 政 府 工 作 报 告."""
    return re.sub(r"\s+", "", words) if _SPACED.fullmatch(words) else words
