"""Excel: the table of marks with a filter and colours, and a second sheet that counts them, with charts."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.colours import fill_of
from desktop.exchange.writers.table import COLOUR, COLUMNS, Cell, Kind, rows_of
from desktop.exchange.writers.xlsx_counts import add_counts
from desktop.exchange.writers.xlsx_long import LongTexts
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.report import Report

_FIRST_DAY = 1900
"""The year Excel's calendar begins; what is earlier is written as text."""
_LONGEST_PROPERTY = 255
_PAPER_A4 = 9
_COLOUR_INDEX = next(index for index, column in enumerate(COLUMNS) if column.title == COLOUR)


def write_xlsx(report: Report, _: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return an Excel file with a row for each mark, and counts by clause, tag and colour.

    Times are dates in the time zone of `report.made`. No text acts as a formula or a link. What is longer than a cell
    can hold goes on in a third sheet, piece by piece. Nothing but lone surrogates is left out. Raises CancelledError.
    """
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": _printable(report.title)[:_LONGEST_PROPERTY],
                "subject": _printable(report.subtitle)[:_LONGEST_PROPERTY],
                "created": report.made.replace(tzinfo=None),
            }
        )
        sheet = book.add_worksheet("标注")
        counts = book.add_worksheet("统计")
        _set_up(book, sheet, len(report.marks))
        _fill(book, sheet, report, watch)
        add_counts(book, counts, report)
    return file.getvalue()


def _set_up(book: Any, sheet: Any, rows: int) -> None:
    heading = book.add_format({"bold": True, "bg_color": "#E8E4DA", "border": 1, "valign": "vcenter"})
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.title, heading)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(rows, 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _fill(book: Any, sheet: Any, report: Report, watch: Watch) -> None:
    looks = {
        Kind.NUMBER: book.add_format({"valign": "top"}),
        Kind.TEXT: book.add_format({"valign": "top", "text_wrap": True}),
        Kind.MOMENT: book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm"}),
    }
    pens = {
        pen: book.add_format({"valign": "top", "bg_color": f"#{fill_of(pen)}"})
        for pen in {mark.pen for mark in report.marks if mark.pen}
    }
    long_texts = LongTexts(book)
    for row, (mark, cells) in enumerate(rows_of(report, watch), 1):
        for index, (column, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
            look = pens.get(mark.pen or 0, looks[Kind.TEXT]) if index == _COLOUR_INDEX else looks[column.kind]
            words = long_texts.shortened(cell, row, column.title) if isinstance(cell, str) else cell
            _write(sheet, row, index, words, look)
    long_texts.close()


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    elif isinstance(cell, datetime) and cell.year >= _FIRST_DAY:
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), look)
    elif cell:
        sheet.write_string(row, column, str(cell), look)
    else:
        sheet.write_blank(row, column, None, look)


def _printable(words: str) -> str:
    return "".join(sign for sign in words if sign.isprintable())
