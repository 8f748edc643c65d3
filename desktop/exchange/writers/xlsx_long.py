"""Texts longer than a cell of Excel can hold: begun in their cell, whole on a sheet of their own, in short pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.exchange.writers import xlsx_looks
from desktop.exchange.writers.xlsx_looks import MOST_LINES, Looks, lines_in
from desktop.model.report import Report

CELL_LIMIT = 32_767
"""How many UTF-16 units a cell can hold."""
SHEET = "长文"
_COLUMNS = (("序号", 8), ("列", 10), ("第几段", 8), ("文字", 100))
_PIECE = 600
_LINES_OF_PIECE = 12
"""A piece is so short that its row shows all of it: 600 units and 12 line ends make 24 lines at most."""


class LongTexts:
    """Gathers the long texts of a table. The sheet is made when the first one comes."""

    def __init__(self, book: Any, report: Report, looks: Looks) -> None:
        self._book = book
        self._report = report
        self._looks = looks
        self._pieces: list[tuple[int, str, int, str]] = []

    def shortened(self, words: str, row: int, title: str) -> str:
        """Return what its cell shows of a text; one that is too long says where the whole of it stands.

        `row` counts from 1, as the table's own numbers do; `title` is that of the column.
        """
        if len(words) * 2 <= CELL_LIMIT or _units(words) <= CELL_LIMIT:
            return words
        first = len(self._pieces) + 2
        self._pieces += [(row, title, number, piece) for number, piece in enumerate(pieces_of(words), 1)]
        remark = f"……（太长，全文见“{SHEET}”第 {first} 行起）"
        return _begun(words, CELL_LIMIT - len(remark)) + remark

    def close(self) -> None:
        """Write the sheet, where there is anything to be written."""
        if not self._pieces:
            return
        sheet = self._book.add_worksheet(SHEET)
        xlsx_looks.set_page(sheet, self._report, f"{self._report.title} {SHEET}", landscape=False)
        for index, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, self._looks.heading)
        number_look, look = self._looks.cell(align="center"), self._looks.cell(text_wrap=True)
        for at, (row, title, number, words) in enumerate(self._pieces, 1):
            sheet.write_number(at, 0, row, number_look)
            sheet.write_string(at, 1, title, look)
            sheet.write_number(at, 2, number, number_look)
            sheet.write_string(at, 3, words, look)
            xlsx_looks.set_height(sheet, at, lines_in(words, _COLUMNS[-1][1], MOST_LINES))
        sheet.freeze_panes(1, 0)


def pieces_of(words: str, limit: int = _PIECE, line_limit: int = _LINES_OF_PIECE) -> Iterator[str]:
    """Yield a text in pieces of at most `limit` UTF-16 units and `line_limit` line ends; joined they are the text.

    No character is cut.
    """
    at = 0
    while at < len(words):
        end = at
        units = ends = 0
        while end < len(words) and ends < line_limit:
            units += 1 + (words[end] > "\uffff")
            if units > limit:
                break
            ends += words[end] == "\n"
            end += 1
        yield words[at:end]
        at = end


def _begun(words: str, limit: int) -> str:
    """Return the beginning of a text that is not longer than `limit` UTF-16 units; no character is cut."""
    return words.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
