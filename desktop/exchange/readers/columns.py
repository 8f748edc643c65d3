"""Columns of running text on a page: found by the strips that stay empty, and read one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import or_
from statistics import median
from typing import NamedTuple

from desktop.exchange.readers.broken_lines import LARGE
from desktop.exchange.readers.glyphs import Glyph, Row, rows_of

_NARROWEST = 0.6
"""So many ems at least are empty between two columns; the marks that hang over the edge of one are not counted."""
_FINENESS = 8
"""So many steps of an em the page is divided into, to find what is empty."""
_MOST_STEPS = 800
_FEWEST_ROWS = 6
"""Fewer rows side by side are no columns, unless the text had columns there before."""
_FEWEST_KNOWN_ROWS = 2
_FULL_SHARE = 0.35
"""The share of rows that must fill a column up to its edge; the cells of a table do not."""
_KNOWN_SHARE = 0.25
_MARKS = "，。；：、！？,;"
_MARKED_SHARE = 0.4
"""So many punctuation marks running text has in a row at least; the cells of a table have few."""
_NEAR = 1.6
"""A row that ends so many ems before the edge of its column still fills it: a letter or a mark had no room."""
_DENSE = 0.7
"""The share of its column that the letters of such a row cover."""
_NARROWEST_COLUMN = 8.0
_HEADLINE_SPACE = 1.6
"""So many times the usual space between rows there is above the headline of another text."""
_LEAST_SPACE = 0.3
_DEEPEST = 12
"""So often a page may be divided."""
_BLOCK = 3.0
"""Columns whose edges lie so many ems apart are another block."""
_CLOSERS = "，。、；：？！”’）》】〉」』\u3015"


class Gutter(NamedTuple):
    """The empty strip between two columns, in points from the left of the page."""

    left: float
    right: float


class _Cut(NamedTuple):
    first: int
    behind: int
    gutter: Gutter


class Columns:
    """Divides page after page of one text; remembers where its columns were, to know the few rows of its last ones."""

    def __init__(self) -> None:
        self._known: set[Gutter] = set()

    def parts(self, rows: Sequence[Row], block: str, depth: int = 0) -> Iterator[tuple[str, list[Row]]]:
        """Yield the rows of each part of a page in reading order, with its block: the same name for the same edges."""
        cut = self._cut(rows) if depth < _DEEPEST else None
        if cut is None:
            if rows:
                yield block, list(rows)
            return
        middle = (cut.gutter.left + cut.gutter.right) / 2
        place = round(middle / (_em(rows) * _BLOCK))
        band = rows[cut.first : cut.behind]
        # Rows are found anew: a large heading may have drawn two rows of the column beside it into its own.
        left = rows_of(glyph for row in band for glyph in row if glyph.left < middle)
        right = rows_of(glyph for row in band for glyph in row if glyph.left >= middle)
        yield from self.parts(rows[: cut.first], block, depth + 1)
        yield from self.parts(left, f"{block}<{place}", depth + 1)
        yield from self.parts(right, f"{block}>{place}", depth + 1)
        yield from self.parts(rows[cut.behind :], block, depth + 1)

    def _cut(self, rows: Sequence[Row]) -> _Cut | None:
        if len(rows) < _FEWEST_KNOWN_ROWS:
            return None
        page = _Page(rows)
        cut = page.best_cut() if len(rows) >= _FEWEST_ROWS else None
        if cut is not None:
            self._known.add(cut.gutter)
            return cut
        found = (page.cut_at(gutter) for gutter in sorted(self._known))
        return next((cut for cut in found if cut is not None), None)


class _Page:
    """Rows of letters as bits: a bit is set where a letter stands."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._em = _em(rows)
        self._left = min(row[0].left for row in rows)
        width = max(row[-1].right for row in rows) - self._left
        self._step = max(self._em / _FINENESS, width / _MOST_STEPS, 0.01)
        self._strip = max(1, round(_NARROWEST * self._em / self._step))
        self._steps = int(width / self._step) + 1
        self._masks = [self._mask(row) for row in rows]

    def _mask(self, row: Row) -> int:
        mask = 0
        for glyph in row:
            if not glyph.letter.isspace():
                first = max(0, int((glyph.left - self._left) / self._step + 0.01))
                last = max(first + 1, int((_end(glyph) - self._left) / self._step + 0.99))
                mask |= (1 << last) - (1 << first)
        return mask

    def best_cut(self) -> _Cut | None:
        """Return the cut between columns of the most rows, None for one column and for tables."""
        found = [
            (-beside, place, first, behind)
            for place in self._empty_places()
            for beside, first, behind in self._bands(place)
            if beside >= _FEWEST_ROWS
        ]
        tried = set()
        for _, place, first, behind in sorted(found):
            if (first, behind, place // _FINENESS) in tried:
                continue
            tried.add((first, behind, place // _FINENESS))
            cut = self._checked(place, first, behind)
            if cut is not None:
                return cut
        return None

    def _empty_places(self) -> list[int]:
        """Return where a strip is empty, with text on its right, in a few rows that follow one another."""
        places = 0
        for first in range(len(self._masks) - _FEWEST_ROWS + 1):
            places |= self._empty(reduce(or_, self._masks[first : first + _FEWEST_ROWS]))
        return [place for place in range(1, places.bit_length()) if places >> place & 1]

    def cut_at(self, gutter: Gutter) -> _Cut | None:
        """Return the cut where the text had columns on other pages, if this page has them there, too."""
        middle = (gutter.left + gutter.right) / 2
        place = int((middle - self._left) / self._step) - self._strip // 2
        if not 0 < place < self._steps - self._strip:
            return None
        bands = [band for band in self._bands(place) if band[0] >= _FEWEST_KNOWN_ROWS]
        for _, first, behind in sorted(bands, reverse=True):
            cut = self._checked(place, first, behind, known=True)
            if cut and abs(cut.gutter.left - gutter.left) + abs(cut.gutter.right - gutter.right) < 2 * self._em:
                return cut
        return None

    def _bands(self, place: int) -> Iterator[tuple[int, int, int]]:
        """Yield the runs of rows that leave the strip at `place` empty: how many its poorer side has, and where."""
        strip = ((1 << self._strip) - 1) << place
        before = (1 << place) - 1
        for empty, group in groupby(range(len(self._masks)), key=lambda row: not self._masks[row] & strip):
            if empty:
                band = list(group)
                left = sum(bool(self._masks[row] & before) for row in band)
                right = sum(bool(self._masks[row] >> place) for row in band)
                yield min(left, right), band[0], band[-1] + 1

    def _checked(self, place: int, first: int, behind: int, *, known: bool = False) -> _Cut | None:
        """Return the cut if running text stands on both sides of it; where it is known, on one of them."""
        middle = self._left + (place + self._strip / 2) * self._step
        for headline in _headlines(self._rows, first, behind):
            if not any(self._full(place, first, headline, _KNOWN_SHARE)):
                first = headline  # above it another text ends, with a row that is too short to reach the strip
        first = self._begin(middle, first, behind)
        band = self._rows[first:behind]
        left = [side for row in band if (side := [glyph for glyph in row if glyph.left < middle])]
        right = [side for row in band if (side := [glyph for glyph in row if glyph.left >= middle])]
        if not left or not right:
            return None
        full = self._full(place, first, behind, _KNOWN_SHARE if known else _FULL_SHARE)
        if not (any(full) if known else all(full)):
            return None
        return _Cut(first, behind, Gutter(max(_end(row[-1]) for row in left), min(row[0].left for row in right)))

    def _full(self, place: int, first: int, behind: int, share: float) -> tuple[bool, bool]:
        """Tell of the columns on both sides of the strip whether they are running text."""
        middle = self._left + (place + self._strip / 2) * self._step
        start, end = self._neighbours(place, first, behind)
        band = self._rows[first:behind]
        left = [column for row in band if (column := [glyph for glyph in row if start <= glyph.left < middle])]
        right = [column for row in band if (column := [glyph for glyph in row if middle <= glyph.left < end])]
        return _fills(left, share), _fills(right, share)

    def _neighbours(self, place: int, first: int, behind: int) -> tuple[float, float]:
        """Return where the columns on both sides of the strip begin and end: at the next strips, or at the edges."""
        union = reduce(or_, self._masks[first:behind])
        empty = self._empty(union)
        nearest = (union & ((1 << place) - 1)).bit_length()
        before = empty & ((1 << max(nearest - self._strip, 0)) - 1)
        start = before.bit_length() - 1 + self._strip if before else 0
        rest = union >> place
        nearest = place + (rest & -rest).bit_length()
        behind_it = empty >> nearest
        end = nearest + (behind_it & -behind_it).bit_length() - 1 if behind_it else self._steps + 1
        return self._left + start * self._step, self._left + end * self._step

    def _empty(self, union: int) -> int:
        """Return a bit for each strip that is empty, with text on its right."""
        empty = ~union & ((1 << union.bit_length()) - 1)
        for _ in range(self._strip - 1):
            empty &= empty >> 1
        return empty

    def _begin(self, middle: float, first: int, behind: int) -> int:
        """Return where the columns begin: a title that stands right of the strip and above all that is left of it."""
        for index in range(first, behind):
            leftmost = self._rows[index][0]
            if leftmost.left >= middle:
                continue
            # A large heading at the top of the left column stands lower than the text beside it.
            reach = max(self._em, leftmost.size) * (3 if leftmost.size >= LARGE * self._em else 1)
            return next(
                row for row in range(first, index + 1) if leftmost.baseline - self._rows[row][0].baseline <= reach
            )
        return first


def _headlines(rows: Sequence[Row], first: int, behind: int) -> list[int]:
    """Return where headlines stand: rows of nothing but large letters with space above."""
    em = _em(rows[first:behind])
    spaces = {index: _space(rows[index - 1], rows[index]) for index in range(first + 1, behind)}
    enough = _HEADLINE_SPACE * max(median(spaces.values()), _LEAST_SPACE * em) if spaces else 0.0
    return [
        index
        for index, space in spaces.items()
        if space > enough and all(glyph.size >= LARGE * em for glyph in rows[index])
    ]


def _space(above: Row, below: Row) -> float:
    return below[0].baseline - max(glyph.size for glyph in below) - above[0].baseline


def _em(rows: Sequence[Row]) -> float:
    return median(row[len(row) // 2].size for row in rows)


def _end(glyph: Glyph) -> float:
    """Return where the picture of a letter ends; that of a mark takes the left half of its place."""
    return min(glyph.right, glyph.left + glyph.size / 2) if glyph.letter in _CLOSERS else glyph.right


def _fills(rows: Sequence[Row], share: float) -> bool:
    """Tell whether a column is running text: many rows reach its edge, full of letters, and it has punctuation."""
    if not rows:
        return False
    em = _em(rows)
    edges = sorted(_end(row[-1]) for row in rows)
    edge, start = edges[int(len(edges) * 0.95)], min(row[0].left for row in rows)
    if edge - start < _NARROWEST_COLUMN * em:
        return False
    full = sum(_end(row[-1]) >= edge - _NEAR * em and _ink(row) >= _DENSE * (edge - row[0].left) for row in rows)
    marks = sum(glyph.letter in _MARKS for row in rows for glyph in row)
    return full >= len(rows) * share and marks >= len(rows) * _MARKED_SHARE


def _ink(row: Row) -> float:
    """Return how much of a row its letters cover, in points; blanks are no letters."""
    return sum(glyph.right - glyph.left for glyph in row if not glyph.letter.isspace())
