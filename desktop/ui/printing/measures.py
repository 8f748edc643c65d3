"""The page of an official document (公文) in numbers: where things stand on it, and how each style looks.

Sizes follow GB/T 9704-2012, as those of the Word file do. Lengths are tenths of a point: whole numbers are fine enough
for every size of letter, and a device of 720 dots per inch needs no scale at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.exchange.writers.colours import QUOTE_BAR
from desktop.exchange.writers.faces import Face
from desktop.exchange.writers.title_lines import LONGEST
from desktop.exchange.writers.typesetting import Style
from desktop.model.export import Margin

UNITS_PER_INCH = 720


def millimetres(length: float) -> float:
    """Return a length in millimetres as tenths of a point."""
    return length * UNITS_PER_INCH / 25.4


PAGE_WIDTH, PAGE_HEIGHT = millimetres(210), millimetres(297)
LEFT, TOP = millimetres(28), millimetres(37)
WIDTH = millimetres(156)
RIGHT = LEFT + WIDTH
NUMBER_GAP = millimetres(7)
"""How far below the text the number of the page stands."""
NOTE_BAR = RIGHT + millimetres(1.8)
"""Left edge of the bar beside a note, in the colour of its pen."""
NOTE_LEFT = RIGHT + millimetres(2.8)
NOTE_GAP = 60
BODY = 160
"""三号: 28 of them stand on a line."""
TIGHTER = WIDTH / 28 - BODY - 0.01
"""What is added to the width of each letter of 三号, so that 28 of them fit."""
LINE = 290
"""The distance of lines that the other distances are given for."""


class Align(StrEnum):
    """How the words of a paragraph stand between its edges."""

    JUSTIFIED = "justified"
    LEFT = "left"
    CENTRED = "centred"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: `size` is the height of its letters, `line` the distance of lines (0: that of the page).

    `indent` is the first line's, in letters. With `keep` it stands on one page with the line that follows. Where
    `by_sense` says how many letters a line may have, lines end where a reader would pause. All lines stand `left`
    letters from the edge, beside a `bar` of a colour; those of a cell begin at an `offset`.
    """

    face: Face
    size: int = BODY
    bold: bool = False
    align: Align = Align.JUSTIFIED
    indent: int = 0
    before: int = 0
    after: int = 0
    line: int = 0
    keep: bool = False
    muted: bool = False
    width: float = WIDTH
    left: int = 0
    bar: str = ""
    by_sense: float = 0.0
    offset: float = 0.0


LOOKS = {
    Style.TITLE: Look(
        Face.TITLE, 220, align=Align.CENTRED, after=LINE, line=350, keep=True, by_sense=LONGEST[Style.TITLE]
    ),
    Style.NOTICE: Look(Face.KAI, align=Align.CENTRED, after=LINE // 2, by_sense=LONGEST[Style.NOTICE]),
    Style.ASIDE: Look(Face.KAI, 120, align=Align.CENTRED, line=200, after=LINE // 2, muted=True),
    Style.CHAPTER: Look(Face.HEI, align=Align.CENTRED, before=LINE, after=LINE // 2, keep=True),
    Style.SECTION: Look(Face.KAI, bold=True, align=Align.CENTRED, before=LINE // 2, after=LINE // 2, keep=True),
    Style.HEADING_1: Look(Face.HEI, indent=2, before=LINE // 2, keep=True),
    Style.HEADING_2: Look(Face.KAI, indent=2, keep=True),
    Style.HEADING_3: Look(Face.FANG_SONG, bold=True, indent=2, keep=True),
    Style.BODY: Look(Face.FANG_SONG, indent=2),
    Style.BOX: Look(Face.HEI, align=Align.CENTRED, before=LINE // 2, keep=True),
    Style.CELL: Look(Face.FANG_SONG, 105, align=Align.LEFT, line=170),
    Style.SIGNATURE: Look(Face.FANG_SONG, align=Align.RIGHT, width=WIDTH - 4 * BODY),
}
NUMBER = Look(Face.SONG, 140, align=Align.LEFT, line=200)
HEADER = Look(Face.KAI, 105, align=Align.RIGHT, line=150, after=LINE // 2, muted=True)
LATE_PLACE = Look(Face.KAI, 120, align=Align.LEFT, before=120, line=190, keep=True)
LATE_NOTE = Look(Face.FANG_SONG, 120, indent=2, line=200)
LATE_DETAIL = Look(Face.SONG, 95, align=Align.RIGHT, line=150, muted=True)
QUOTE = Look(Face.KAI, before=LINE // 4, left=2, bar=QUOTE_BAR)
DETAIL = Look(Face.SONG, 105, align=Align.RIGHT, line=200, after=LINE // 4, muted=True)
CELL_EDGE, CELL_GAP = 30, 40
"""What is left beside the words of a cell, and above and below those of a row."""
INK, MUTED = "#000000", "#5f6368"


@dataclass(frozen=True, slots=True)
class Column:
    """The column of notes beside a text, and the page that has room for it.

    The whole page is drawn `scale` times its size; all lengths are those before that. `bottom` is where text and notes
    end. A note of up to `longest` letters on `most_lines` lines stands in the column as a whole.
    """

    scale: float
    bottom: float
    note: Look
    detail: Look
    longest: int
    most_lines: int


def _column(scale: float, height: float, width: float, size: int, longest: int, most_lines: int) -> Column:
    """Return a column of so many millimetres with letters of `size`, all as printed."""
    # Not justified: gaps within words would be read as blanks.
    note = Look(
        Face.HEI,
        round(size / scale),
        align=Align.LEFT,
        line=round(size * 4 / 3 / scale),
        width=millimetres(width / scale),
    )
    detail = replace(note, size=note.size - 10, line=note.line - 10, muted=True)
    return Column(scale, TOP + millimetres(height / scale), note, detail, longest, most_lines)


COLUMNS = {
    # Ends where the printers of offices can no longer print.
    Margin.NARROW: _column(1.0, 225, 19, 75, 150, 26),
    # Text of 12.8 points, notes of 9.2: no smaller than the small print of a book.
    Margin.WIDE: _column(0.8, 237, 51, 92, 600, 40),
}
