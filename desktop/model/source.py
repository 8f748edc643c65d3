"""A source: what a reader finds in the bytes of a file, the text of an edition to be and what its format says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineStyle(StrEnum):
    """What a format says about a line; the values are kept in libraries and stay."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    TABLE = "table"  # one row, its cells separated by tabs
    BOX = "box"  # a line of a frame: a table of one cell, a text box
    BODY = "body"  # said to be no heading, whatever it looks like
    VERBATIM = "verbatim"  # shown letter by letter, as code is: nothing in it numbers a clause


@dataclass(frozen=True, slots=True)
class Hint:
    """What a format says about the line that begins at the code point `start`.

    `level` counts from 1 (the highest) for a heading. For BODY it tells within how many numbered lists the list stands
    that the line is an item of. It is 0 for every other style.
    """

    start: int
    style: LineStyle
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, with LF between its lines, hints in the order of the text, at most one for a line.

    `remarks` are sentences for the user (Chinese) about the reading itself: what was left out, what is uncertain.
    """

    text: str
    hints: tuple[Hint, ...] = ()
    remarks: tuple[str, ...] = ()
