"""A half-open range of a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """The code points `start` up to, not including, `end` of an edition's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the characters of `text` this span covers."""
        return text[self.start : self.end]
