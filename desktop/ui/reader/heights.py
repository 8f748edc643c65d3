"""Keeps the tops of very many lines of which only a few have been measured."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """Heights of a text's lines in pixels: estimated at first, corrected one by one as they are measured.

    The estimates are summed once (`accumulate` runs in C); the corrections are kept apart in a Fenwick tree, so that a
    correction, a top, and the line at a height each take logarithmic time, however long the text is.
    """

    def __init__(self, estimates: Iterable[int]) -> None:
        self._before = [0, *accumulate(estimates)]
        self._known: dict[int, int] = {}
        self._tree = [0] * len(self._before)
        self._corrections = 0
        self._stride = 1 << max(0, len(self._before) - 1).bit_length()

    def __len__(self) -> int:
        return len(self._before) - 1

    @property
    def total(self) -> int:
        """The height of all lines together."""
        return self._before[-1] + self._corrections

    def top(self, line: int) -> int:
        """Return where `line` begins; `len(self)` gives the end of the last."""
        found, index = self._before[line], line
        while index > 0:
            found += self._tree[index]
            index &= index - 1
        return found

    def height(self, line: int) -> int:
        """Return the height of `line`, measured or estimated."""
        known = self._known.get(line)
        return self._before[line + 1] - self._before[line] if known is None else known

    def correct(self, line: int, height: int) -> int:
        """Take `height` for that of `line` and return by how much it differs from what was thought before."""
        change = height - self.height(line)
        if change:
            self._known[line] = height
            self._corrections += change
            index = line + 1
            while index < len(self._tree):
                self._tree[index] += change
                index += index & -index
        return change

    def find(self, y: int) -> int:
        """Return the last line that begins at `y` or above it; 0 if `y` is above all lines."""
        found, shift, step = 0, 0, self._stride
        while step:
            ahead = found + step
            if ahead < len(self._before) and self._before[ahead] + shift + self._tree[ahead] <= y:
                found = ahead
                shift += self._tree[ahead]
            step >>= 1
        return min(found, max(0, len(self) - 1))
