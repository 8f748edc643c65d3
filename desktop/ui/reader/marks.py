"""The marks as the reader needs them, found by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from desktop.model.span import Span

if TYPE_CHECKING:
    from desktop.model.mark import MarkStyle

LONG = 2000
"""Marks longer than this are looked through one by one, so that they don't widen the search for the others."""


class PaintedMark(NamedTuple):
    """A mark as it is painted. `start` and `end` are code points; an `on_clause` mark shows in the margin only."""

    id: str
    start: int
    end: int
    pen: int | None
    style: MarkStyle
    has_note: bool
    private: bool
    on_clause: bool

    @property
    def span(self) -> Span:
        """The code points it stands on."""
        return Span(self.start, self.end)

    # By name: the text is painted before there are marks, and the model's marks are not imported until then.
    @property
    def filled(self) -> bool:
        """Whether its colour lies behind the words."""
        return self.style.name == "FILL"

    @property
    def underlined(self) -> bool:
        """Whether a line lies under the words."""
        return self.style.name == "UNDERLINE"


class MarkIndex:
    """Marks in the order of the text; the ones at a place are found without looking at all of them."""

    def __init__(self, marks: Iterable[PaintedMark] = ()) -> None:
        ordered = sorted(marks, key=attrgetter("start"))
        self._all = ordered
        self._all_starts = list(map(attrgetter("start"), ordered))
        self._long = [mark for mark in ordered if mark.end - mark.start > LONG]
        short = [mark for mark in ordered if mark.end - mark.start <= LONG] if self._long else ordered
        self._short = short
        self._starts = list(map(attrgetter("start"), short)) if self._long else self._all_starts
        self._reach = list(accumulate(map(attrgetter("end"), short), max))

    def __len__(self) -> int:
        return len(self._all)

    def overlapping(self, span: Span) -> list[PaintedMark]:
        """Return the marks that share a code point with `span`, longest first."""
        low = bisect_right(self._reach, span.start)
        high = bisect_left(self._starts, span.end)
        found = [mark for mark in self._short[low:high] if mark.end > span.start]
        found += [mark for mark in self._long if mark.start < span.end and mark.end > span.start]
        found.sort(key=lambda mark: (mark.start - mark.end, mark.start))
        return found

    def starting_in(self, start: int, end: int) -> Sequence[PaintedMark]:
        """Return the marks that begin at `start` or behind it and before `end`, in the order of the text."""
        return self._all[bisect_left(self._all_starts, start) : bisect_left(self._all_starts, end)]

    def at(self, offset: int) -> list[PaintedMark]:
        """Return the marks on the words at `offset`, shortest first. Marks on a clause are not among them."""
        found = [mark for mark in self.overlapping(Span(offset, offset + 1)) if not mark.on_clause]
        return found[::-1]


def spans_in(spans: Sequence[Span], span: Span) -> range:
    """Return which of `spans`, ordered by their starts and about equally long, share a code point with `span`."""
    high = bisect_left(spans, span.end, key=lambda each: each[0])
    low = high
    while low > 0 and spans[low - 1][1] > span.start:
        low -= 1
    return range(low, high)


class Layer(NamedTuple):
    """Words to be painted alike: `depth` counts the marks below, `mark` says how."""

    depth: int
    span: Span
    mark: PaintedMark


def layers(marks: Sequence[PaintedMark], shown: Span, deepest: int) -> list[Layer]:
    """Return what to paint for `marks`, longest first, within `shown`; at most `deepest` layers, lower ones first.

    A mark lies one layer above the highest it shares a character with, so that both are seen. Neighbours of one look
    are painted in one go: a page on which every character is marked paints as fast as any.
    """
    length = shown.end - shown.start
    covered = bytearray(length)
    rows: list[list[PaintedMark | None]] = []
    for mark in marks:
        start, end = max(0, mark.start - shown.start), min(length, mark.end - shown.start)
        if start >= end:
            continue
        depth = min(max(covered[start:end]), deepest - 1)
        covered[start:end] = bytes([depth + 1]) * (end - start)
        if depth == len(rows):
            rows.append([None] * length)
        rows[depth][start:end] = [mark] * (end - start)
    return [layer for depth, row in enumerate(rows) for layer in _runs(depth, row, shown.start)]


def _runs(depth: int, row: list[PaintedMark | None], offset: int) -> Iterator[Layer]:
    for _, group in groupby(enumerate(row), key=_look):
        places = list(group)
        mark = places[0][1]
        if mark is not None:
            yield Layer(depth, Span(offset + places[0][0], offset + places[-1][0] + 1), mark)


def _look(place: tuple[int, PaintedMark | None]) -> tuple[int | None, MarkStyle] | None:
    mark = place[1]
    return None if mark is None else (mark.pen, mark.style)
