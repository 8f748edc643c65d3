"""Finds the lines of a long text without going through all of it: by chunks that are split when they are needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_INK = re.compile(r"\S")
CHUNK = 32_768
"""Characters in a chunk at least; it ends with the line in which they are reached."""


class LineIndex:
    """Where the lines of a text begin. Offsets count code points from its start; lines end at LF only.

    Making one only counts line ends, at the speed of memory.
    """

    def __init__(self, text: str, chunk: int = CHUNK) -> None:
        self._text = text
        self._begins = [0]
        self._firsts = [0]
        while True:
            begin = self._begins[-1]
            end = text.find("\n", begin + chunk - 1) + 1
            if not end:
                break
            self._begins.append(end)
            self._firsts.append(self._firsts[-1] + text.count("\n", begin, end))
        self._count = self._firsts[-1] + text.count("\n", self._begins[-1]) + 1
        self._starts: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return self._count

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return len(self._begins)

    def chunk_of(self, line: int) -> int:
        """Return the chunk that holds `line`."""
        return bisect_right(self._firsts, line) - 1

    def first(self, chunk: int) -> int:
        """Return the first line of `chunk`; that behind the last line for the chunk behind the last."""
        return self._firsts[chunk] if chunk < len(self._firsts) else self._count

    def begin(self, chunk: int) -> int:
        """Return the code point at which `chunk` begins; the end of the text for the chunk behind the last."""
        return self._begins[chunk] if chunk < len(self._begins) else len(self._text)

    def lengths(self, chunk: int) -> list[int]:
        """Return how many code points each line of `chunk` has to show: none if it is blank."""
        return [0 if line.isspace() else len(line) for line in self._split(chunk)]

    def start(self, line: int) -> int:
        """Return the code point at which `line` begins."""
        chunk = self.chunk_of(line)
        return self._lines(chunk)[line - self._firsts[chunk]]

    def length(self, line: int) -> int:
        """Return how many code points `line` has, without its line end."""
        chunk = self.chunk_of(line)
        starts, index = self._lines(chunk), line - self._firsts[chunk]
        return starts[index + 1] - starts[index] - 1

    def line_at(self, offset: int) -> int:
        """Return the line that holds the code point at `offset`; the nearest one if it is outside."""
        chunk = bisect_right(self._begins, max(0, offset)) - 1
        starts = self._lines(chunk)
        return self._firsts[chunk] + min(bisect_right(starts, max(0, offset)) - 1, len(starts) - 2)

    def following(self, line: int) -> int:
        """Return the first line from `line` on that is not blank; the number of lines if there is none."""
        found = _INK.search(self._text, self.start(line)) if line < len(self) else None
        return self.line_at(found.start()) if found else len(self)

    def preceding(self, line: int) -> int:
        """Return the last line up to `line` that is not blank; -1 if there is none."""
        end, window = self.start(line) + self.length(line) if line >= 0 else 0, 256
        while end > 0:
            begin = max(0, end - window)
            inked = len(self._text[begin:end].rstrip())
            if inked:
                return self.line_at(begin + inked - 1)
            end, window = begin, window * 2
        return -1

    def _lines(self, chunk: int) -> list[int]:
        """Return where the lines of `chunk` begin, and where one behind them would."""
        starts = self._starts.get(chunk)
        if starts is None:
            lengths = map(_with_end, self._split(chunk))
            starts = self._starts[chunk] = list(accumulate(lengths, initial=self._begins[chunk]))
        return starts

    def _split(self, chunk: int) -> list[str]:
        lines = self._text[self._begins[chunk] : self.begin(chunk + 1)].split("\n")
        if chunk + 1 < len(self._begins):
            lines.pop()
        return lines


def _with_end(line: str) -> int:
    return len(line) + 1
