"""Marks that overlap: which colour the words between two edges get."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import TypeVar

from desktop.model.span import Span

T = TypeVar("T")


def top_colours(painted: Iterable[tuple[Span, T]], edges: Sequence[int]) -> list[T | None]:
    """Return, for the words that begin at each of the ascending `edges`, the colour on top, or None.

    The shorter mark lies on the longer one, so that none disappears; of two alike the later in `painted`.
    Every start and end of a span must be among the edges for the answer to hold up to the next edge.
    """
    waiting = sorted(
        ((span.start, span.end - span.start, -order, span.end, colour) for order, (span, colour) in enumerate(painted)),
        reverse=True,
    )
    lying: list[tuple[int, int, int, T]] = []
    found: list[T | None] = []
    for edge in edges:
        while waiting and waiting[-1][0] <= edge:
            heappush(lying, waiting.pop()[1:])
        while lying and lying[0][2] <= edge:
            heappop(lying)
        found.append(lying[0][3] if lying else None)
    return found
