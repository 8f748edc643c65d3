"""Tables of a text in a Word file: as wide as the text, with a line beneath every row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from desktop.exchange.writers.docx_template import WIDTH
from desktop.exchange.writers.typesetting import Place, Style, column_widths

_LETTER: Final = 210
"""How wide a letter is, in twips, as those that follow."""
_MARGIN: Final = 60
_ROUNDING: Final = 50
_BEHIND: Final = f'<w:p><w:pPr><w:pStyle w:val="{Style.CELL}"/></w:pPr></w:p>'
"""Without a paragraph behind it a table is one with the next."""


def table_xml(cells: Sequence[tuple[Place, float, str]]) -> str:
    """Return a table of cells: where each stands, how many letters wide its words are, and its paragraph."""
    needs = [(place, letters * _LETTER + 2 * _MARGIN + _ROUNDING) for place, letters, _ in cells]
    widths = [round(width) for width in column_widths(needs, WIDTH)]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in ("top", "bottom", "insideH")
    )
    margins = "".join(f'<w:{side} w:w="{_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = groupby(cells, key=lambda cell: cell[0].row)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(_row([(place, words) for place, _, words in row], widths) for _, row in rows)}</w:tbl>{_BEHIND}"
    )


def _row(cells: Sequence[tuple[Place, str]], widths: Sequence[int]) -> str:
    head = "<w:tblHeader/>" if cells[0][0].row == 0 else ""
    made = "".join(_cell(place, words, widths) for place, words in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{made}</w:tr>"


def _cell(place: Place, words: str, widths: Sequence[int]) -> str:
    width = sum(widths[place.column : place.column + place.span])
    span = f'<w:gridSpan w:val="{place.span}"/>' if place.span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{words}</w:tc>'
