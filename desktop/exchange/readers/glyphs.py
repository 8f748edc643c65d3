"""Letters as they stand on a page, and the rows they make."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

_SAME_ROW = 0.4
"""How far two baselines of one row may lie apart, in ems: a superscript stands higher."""
_DOUBLE = 0.2
"""How far apart, in ems, a letter is printed twice to look bold."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter on a page; lengths in points, `baseline` counted downwards from the top of the page."""

    letter: str
    left: float
    right: float
    baseline: float
    size: float
    face: str


def shared_out(letters: Iterable[tuple[Hashable, Glyph]]) -> Iterator[Glyph]:
    """Yield letters that come each with the picture it is drawn by.

    Where one picture stands for several that follow one another, as for ——, each gets its part of it.
    """
    for _, group in groupby(letters, key=itemgetter(0)):
        glyphs = [glyph for _, glyph in group]
        start, step = glyphs[0].left, (glyphs[-1].right - glyphs[0].left) / len(glyphs)
        for index, glyph in enumerate(glyphs):
            left = start + index * step
            yield glyph if len(glyphs) == 1 else replace(glyph, left=left, right=left + step)


Row = list[Glyph]
"""Letters of one row from left to right."""


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Return the rows of a page, or of a part of one, from the top down; none begins or ends with a blank."""
    rows: list[Row] = []
    baseline = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - baseline <= _SAME_ROW * max(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size:  # a superscript does not decide where the row is
                baseline, size = glyph.baseline, glyph.size
        else:
            rows.append([glyph])
            baseline, size = glyph.baseline, glyph.size
    ordered = (stripped(_without_doubles(sorted(row, key=lambda glyph: glyph.left))) for row in rows)
    return [row for row in ordered if row]


def stripped(row: Row) -> Row:
    """Return a row without the blanks at its ends."""
    start, end = 0, len(row)
    while start < end and row[start].letter.isspace():
        start += 1
    while end > start and row[end - 1].letter.isspace():
        end -= 1
    return row[start:end]


def _without_doubles(row: Row) -> Row:
    """Leave out letters that are printed twice, a little apart, to look bold."""
    kept: Row = []
    for glyph in row:
        double = any(
            other.letter == glyph.letter and abs(other.left - glyph.left) < _DOUBLE * glyph.size for other in kept[-2:]
        )
        if not double:
            kept.append(glyph)
    return kept
