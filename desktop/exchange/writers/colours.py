"""The colours of the five pens on paper and on pages of other programs: those the window shows."""

from __future__ import annotations

FILLS = ("FFE08F", "CFE6FB", "B0DFCE", "CDC1EF", "EFB3B1")
"""Behind words, for pens 1 to 5 (RRGGBB)."""
LINES = ("A68200", "4A89C7", "2A967A", "715CC5", "CF5F69")
"""Under words, for pens 1 to 5."""
DARK_FILLS = ("5C4A12", "2F475F", "22574A", "3B3162", "5E2B30")
"""Behind light words on a dark ground."""
DARK_LINES = ("F0CC62", "8BBCEC", "58CFB2", "A58CE6", "E98F97")
"""Under light words on a dark ground."""
PLAIN_FILL = "E7E6E6"
PLAIN_LINE = "285A8C"
QUOTE_BAR = "C2A878"
"""Beside words of the text among excerpts."""


def fill_of(pen: int | None) -> str:
    """Return the colour behind words marked with `pen`, or without one."""
    return FILLS[pen - 1] if pen and pen <= len(FILLS) else PLAIN_FILL


def line_of(pen: int | None) -> str:
    """Return the colour under words marked with `pen`, or without one."""
    return LINES[pen - 1] if pen and pen <= len(LINES) else PLAIN_LINE
