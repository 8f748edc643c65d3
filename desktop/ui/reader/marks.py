"""The marks as the reader needs them, found by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from desktop.model.mark import MarkStyle
from desktop.model.span import Span

LONG = 2000
"""Marks longer than this are looked through one by one, so that they don't widen the search for the others."""


@dataclass(frozen=True, slots=True)
class PaintedMark:
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
