"""Keeps a place of the text at the top of the view, whatever is found out about the heights above it."""

from __future__ import annotations

from typing import NamedTuple

from desktop.ui.reader.layout import BOTTOM_MARGIN, TOP_MARGIN, LazyLayout


class Place(NamedTuple):
    """What stands at the top of the view: a line, and how many of its pixels are above the view."""

    line: int
    above: int


def settled(layout: LazyLayout, place: Place, view: int) -> Place:
    """Return `place` with its pixels inside its line, and within the document, for a view so many pixels high.

    All lines from there to the bottom of the view have their real heights then. Going by lines from a place that is
    known, not by heights that are guessed, is what makes scrolling into unknown text steady.
    """
    place = _normalised(layout, place)
    following = layout.paragraphs.index.following
    line, y = place.line, -place.above
    count = len(layout.paragraphs)
    while line < count and y < view:
        y += layout.settle(line)
        line = following(line + 1)
    missing = view - y - BOTTOM_MARGIN
    if line == count and missing > 0:
        place = _normalised(layout, Place(place.line, place.above - missing))
    return place


def _normalised(layout: LazyLayout, place: Place) -> Place:
    line, above = place
    index, last = layout.paragraphs.index, len(layout.paragraphs) - 1
    line = min(max(0, line), last)
    while above < 0 and line > 0:
        line = max(0, index.preceding(line - 1))
        above += layout.settle(line)
    height = layout.settle(line)
    while above >= height and line < last:
        above -= height
        line = min(last, index.following(line + 1))
        height = layout.settle(line)
    return Place(line, max(above, -TOP_MARGIN) if line == 0 else max(0, above))


def top_offset(layout: LazyLayout, place: Place) -> int:
    """Return the code point at which the first row that is seen whole, or nearly so, begins."""
    paragraphs = layout.paragraphs
    if not paragraphs.is_blank(place.line):
        laid = layout.laid(place.line)
        row = laid.row_at(place.above + laid.metrics.line // 2)
        if place.above <= laid.row_top(row) + laid.metrics.line // 2:
            return laid.offset(laid.layout.lineAt(row).textStart())
    following = paragraphs.index.following(place.line + 1)
    return paragraphs.start(following if following < len(paragraphs) else place.line)


def place_of(layout: LazyLayout, offset: int) -> Place:
    """Return the place at which the row of the code point at `offset` is at the top of the view."""
    laid = layout.laid(layout.paragraphs.line_at(offset))
    row = laid.row_of(offset)
    if row <= 0:
        return Place(laid.line, -TOP_MARGIN if laid.line == 0 else 0)
    return Place(laid.line, laid.row_top(row))
