"""Excel: the table of marks with a filter and colours, and a second sheet that counts them, with charts."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import xlsx_looks
from desktop.exchange.writers.colours import fill_of
from desktop.exchange.writers.table import COLOUR, COLUMNS, PRIVATE, Cell, Kind, rows_of
from desktop.exchange.writers.xlsx_counts import add_counts
from desktop.exchange.writers.xlsx_long import LongTexts
from desktop.exchange.writers.xlsx_looks import Looks, lines_in, printable
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.report import Report

_FIRST_DAY = 1900
"""The year Excel's calendar begins; what is earlier is written as text."""
_LONGEST_PROPERTY = 255
_MOST_LINES = 16
"""How high a row of the table is at most; who wants to read a longer note whole clicks on it."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": xlsx_looks.FONT,
    "default_column_width": xlsx_looks.COLUMN_WIDTH,
}
_INDICES = {column.title: index for index, column in enumerate(COLUMNS)}


def write_xlsx(report: Report, _: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return an Excel file with a row for each mark, and counts by clause, tag and colour.

    Times are dates in the time zone of `report.made`. No text acts as a formula or a link. What is longer than a cell
    can hold goes on in a third sheet, piece by piece. Nothing but lone surrogates is left out. Raises CancelledError.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {
                "title": printable(report.title)[:_LONGEST_PROPERTY],
                "subject": printable(report.subtitle)[:_LONGEST_PROPERTY],
                "created": report.made.astimezone(UTC),
            }
        )
        sheet = book.add_worksheet("标注")
        counts = book.add_worksheet("统计")
        looks = Looks(book)
        _set_up(sheet, report, looks)
        long_texts = LongTexts(book, report, looks)
        _fill(sheet, report, looks, long_texts, watch)
        add_counts(book, counts, report, looks)
        long_texts.close()
    return file.getvalue()


def _set_up(sheet: Any, report: Report, looks: Looks) -> None:
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.title, looks.heading)
    rows = len(report.marks)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(rows, 1), len(COLUMNS) - 1)
    xlsx_looks.set_page(sheet, report, report.title)
    # The columns behind it would make all letters smaller; that a mark is private has to be seen.
    last = _INDICES[PRIVATE] - (not any(mark.private for mark in report.marks))
    sheet.print_area(0, 0, rows, last)


def _fill(sheet: Any, report: Report, looks: Looks, long_texts: LongTexts, watch: Watch) -> None:
    kinds = {
        Kind.NUMBER: looks.cell(align="center"),
        Kind.TEXT: looks.cell(text_wrap=True),
        Kind.MOMENT: looks.cell(num_format="yyyy-mm-dd hh:mm", align="left"),
    }
    pens = {
        pen: looks.cell(bg_color=f"#{fill_of(pen)}", text_wrap=True)
        for pen in {mark.pen for mark in report.marks if mark.pen}
    }
    for row, (mark, cells) in enumerate(rows_of(report, watch), 1):
        lines = 1
        for index, (column, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
            look = pens.get(mark.pen or 0, kinds[Kind.TEXT]) if column.title == COLOUR else kinds[column.kind]
            if isinstance(cell, str):
                lines = max(lines, lines_in(cell, column.width, _MOST_LINES))
                cell = long_texts.shortened(cell, row, column.title)  # noqa: PLW2901
            _write(sheet, row, index, cell, look)
        xlsx_looks.set_height(sheet, row, lines)


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    elif isinstance(cell, datetime) and cell.year >= _FIRST_DAY:
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), look)
    elif cell:
        sheet.write_string(row, column, str(cell), look)
    else:
        sheet.write_blank(row, column, None, look)
