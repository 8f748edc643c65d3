"""Keeps the tops of very many lines of which only a few have been measured."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Protocol

from desktop.ui.reader.lines import LineIndex


class Estimate(Protocol):
    """Guesses heights in pixels from lengths in characters."""

    def rough(self, characters: int, lines: int) -> int:
        """Return the likely height of so many lines with so many characters together."""

    def estimates(self, lengths: list[int]) -> list[int]:
        """Return the likely height of each line of such a length."""


class Heights:
    """Heights of a text's lines in pixels: guessed by chunks, then line by line, and corrected as they are measured.

    A chunk nobody has looked into has one height; one that has been looked into has a list of them. Tops are sums of
    some chunks and some lines of one chunk, so nothing here takes longer than going through one chunk.
    """

    def __init__(self, index: LineIndex, estimate: Estimate) -> None:
        self._index = index
        self._estimate = estimate
        self._totals = [
            estimate.rough(index.begin(n + 1) - index.begin(n), index.first(n + 1) - index.first(n))
            for n in range(index.chunks)
        ]
        self._known: dict[int, list[int]] = {}
        self.version = 0
        """Grows with every change of a height."""

    @property
    def total(self) -> int:
        """The height of all lines together."""
        return sum(self._totals)

    def top(self, line: int) -> int:
        """Return where `line` begins."""
        chunk = self._index.chunk_of(line)
        inside = sum(self._lines(chunk)[: line - self._index.first(chunk)])
        return sum(self._totals[:chunk]) + inside

    def height(self, line: int) -> int:
        """Return the height of `line`, measured or estimated."""
        chunk = self._index.chunk_of(line)
        return self._lines(chunk)[line - self._index.first(chunk)]

    def correct(self, line: int, height: int) -> None:
        """Take `height` for that of `line`."""
        chunk = self._index.chunk_of(line)
        lines, place = self._lines(chunk), line - self._index.first(chunk)
        if lines[place] != height:
            self._totals[chunk] += height - lines[place]
            lines[place] = height
            self.version += 1

    def find(self, y: int) -> int:
        """Return the last line that begins at `y` or above it; 0 if `y` is above all lines."""
        chunk, above = self._chunk_at(y)
        # Looking into a chunk changes its height, so `y` may turn out to be below it: its last line then.
        tops = [0, *accumulate(self._lines(chunk))]
        place = bisect_right(tops, y - above) - 1
        line = self._index.first(chunk) + max(0, place)
        if place == len(tops) - 1:
            # At the very seam the lines of no height belong to the next chunk, if there is one.
            line -= 1
        return line

    def offset_at(self, y: int) -> int:
        """Return about which code point is at `y`, without looking into any chunk."""
        chunk, above = self._chunk_at(y)
        part = min(1.0, max(0, y - above) / max(1, self._totals[chunk]))
        begin, end = self._index.begin(chunk), self._index.begin(chunk + 1)
        return begin + int(part * (end - begin))

    def _chunk_at(self, y: int) -> tuple[int, int]:
        """Return the chunk at `y`, and where it begins."""
        tops = [0, *accumulate(self._totals)]
        chunk = min(max(0, bisect_right(tops, y) - 1), len(self._totals) - 1)
        return chunk, tops[chunk]

    def _lines(self, chunk: int) -> list[int]:
        lines = self._known.get(chunk)
        if lines is None:
            lines = self._known[chunk] = self._estimate.estimates(self._index.lengths(chunk))
            self._totals[chunk] = sum(lines)
            self.version += 1
        return lines
