"""CSV: the table of marks for other programs, in the one form that spreadsheets open right by themselves."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta, timezone
from io import StringIO

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.table import COLUMNS, Cell, Kind, rows_of
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.report import Report

# Blanks and controls before the sign, and its full-width twins: some spreadsheets take them off first.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def write_csv(report: Report, _: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a CSV file with a row for each mark: UTF-8 with a byte order mark, CRLF, every text in quotes.

    A text that a spreadsheet could take for a formula begins with an apostrophe. Times are ISO 8601 in the zone of
    `report.made`, which the heading tells: with it behind each of them spreadsheets take them for text. Nothing but
    lone surrogates and NUL, at which many programs stop, is left out, however long. Raises CancelledError.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(headings(report))
    for _mark, cells in rows_of(report, watch):
        writer.writerow(map(said, cells))
    return file.getvalue().encode("utf-8-sig")


def harmless(words: str) -> str:
    """Return words so that no spreadsheet takes them for a formula."""
    return f"'{words}" if _FORMULA.match(words) else words


def headings(report: Report) -> list[str]:
    """Return the headings of the columns; that of times tells their zone."""
    zone = timezone(report.made.utcoffset() or timedelta())
    return [f"{column.title}（{zone}）" if column.kind is Kind.MOMENT else column.title for column in COLUMNS]


def said(cell: Cell) -> int | str:
    """Return what stands in the file for a cell."""
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0, tzinfo=None).isoformat(" ")
    return harmless(cell.replace("\0", "")) if isinstance(cell, str) else cell
