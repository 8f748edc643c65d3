"""Blanks and line ends where words are shown on one line."""

from __future__ import annotations


def one_line(words: str) -> str:
    """Return words with one blank for each run of blanks and line ends, and none at the edges."""
    return " ".join(words.split())
