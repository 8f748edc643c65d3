"""Where words stand in a text."""

from __future__ import annotations

from collections.abc import Iterator


def occurrences(text: str, words: str) -> Iterator[int]:
    """Yield where `words` begin in `text` (code points), overlapping ones too; nothing for empty words."""
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)
