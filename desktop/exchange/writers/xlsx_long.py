"""Texts longer than a cell of Excel can hold: begun in their cell, and whole, in pieces, on a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CELL_LIMIT = 32_767
"""How many UTF-16 units a cell can hold."""
SHEET = "长文"


class LongTexts:
    """Gathers the long texts of a table. The sheet is made when the first one comes."""

    def __init__(self, book: Any) -> None:
        self._book = book
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
        return next(pieces_of(words, CELL_LIMIT - len(remark))) + remark

    def close(self) -> None:
        """Write the sheet, where there is anything to be written."""
        if not self._pieces:
            return
        sheet = self._book.add_worksheet(SHEET)
        heading = self._book.add_format({"bold": True, "bg_color": "#E8E4DA", "border": 1})
        wrapped = self._book.add_format({"valign": "top", "text_wrap": True})
        for index, (title, width) in enumerate((("序号", 6), ("列", 8), ("第几段", 8), ("文字", 100))):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, heading)
        for at, (row, title, number, words) in enumerate(self._pieces, 1):
            sheet.write_number(at, 0, row)
            sheet.write_string(at, 1, title)
            sheet.write_number(at, 2, number)
            sheet.write_string(at, 3, words, wrapped)
        sheet.freeze_panes(1, 0)


def pieces_of(words: str, limit: int = CELL_LIMIT) -> Iterator[str]:
    """Yield a text in pieces of at most `limit` UTF-16 units; no character is cut, and joined they are the text."""
    data = words.encode("utf-16-le")
    at = 0
    while at < len(data):
        end = min(at + 2 * limit, len(data))
        if end < len(data) and 0xDC <= data[end + 1] < 0xE0:  # between the halves of a pair
            end -= 2
        yield data[at:end].decode("utf-16-le")
        at = end


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
