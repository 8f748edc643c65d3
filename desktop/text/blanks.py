"""Blanks, line ends, and letters that are not seen."""

from __future__ import annotations

INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Letters that take no place, as the inside of a class of a regular expression: they join, part or turn others."""

_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029")
"""What ends a line besides LF: of Windows and old Macs, of Word within a paragraph, of mainframes, of Unicode."""


def with_line_feeds(text: str) -> str:
    """Return `text` with LF for each line end."""
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    return text


def one_line(words: str) -> str:
    """Return words with one blank for each run of blanks and line ends, and none at the edges."""
    return " ".join(words.split())
