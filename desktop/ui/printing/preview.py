"""The beginning of an export as it will be: a picture of its first page, its first rows, or its first lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desktop.exchange.formats import Form
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.writers.csv import headings, said
from desktop.exchange.writers.markdown import markdown_blocks
from desktop.exchange.writers.table import COLUMNS, Cell, rows_of
from desktop.exchange.writers.wording import time_text
from desktop.model.export import Grouping, Options, Template
from desktop.model.mark import Mark
from desktop.model.report import Report, ReportMark
from desktop.ui.printing.inking import Ink
from desktop.ui.printing.measures import PAGE_HEIGHT, PAGE_WIDTH
from desktop.ui.printing.sheets import Sheet, excerpt_sheets, full_text_sheets
from desktop.ui.printing.web import web_picture

_MARKS = 40
"""How many marks fill a screen of rows or of lines."""
_ON_A_PAGE = 500
"""How many marks a first page can hold and still be read: with more, one can't see that some are missing."""
_TEXT = 1800
"""How many letters of a text its first page can hold, and more."""
_LETTERS = 4000
_BLOCKS = 200
"""How many paragraphs of excerpts fill a screen, however short they are."""
_FULL_TEXT = (".docx", ".pdf", ".html")
_IN_A_BROWSER = ".html"
_EXCERPTS = ".excerpts.docx"
_IN_BLOCKS = ".md"
_IN_LINES = (".jsonld",)
_IN_FIELDS = (_EXCERPTS, _IN_BLOCKS)
_IN_ROWS = (".xlsx", ".csv")


@dataclass(frozen=True)
class Rows:
    """The headings of a table and its first rows."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Explained:
    """What there is to say of a form that shows nothing of itself."""

    words: str


Preview = QImage | Rows | Explained | str
M = TypeVar("M", Mark, ReportMark)


def preview_of(form: Form, report: Report, options: Options, width: float, ratio: float) -> Preview:
    """Return the beginning of a report in a form. A page is `width` logical pixels wide, of `ratio` pixels each."""
    shown = shown_first(form, report.marks, options.template, report.text)
    report = replace(report, marks=tuple(shown), total=report.count)
    if form.key == _IN_A_BROWSER and report.text.strip():
        return web_picture(_beginning(report), width, ratio)
    if form.key in _FULL_TEXT:
        return picture_of(first_sheet(report, options), width, ratio)
    if form.key == _EXCERPTS:
        return picture_of(next(iter(excerpt_sheets(report, options))), width, ratio)
    if form.key == _IN_BLOCKS:
        return "\n\n".join(islice(markdown_blocks(report, options), _BLOCKS))[:_LETTERS]
    if form.key in _IN_ROWS:
        return _rows(report, is_csv=form.key == ".csv")
    if form.writer is None or form.key not in _IN_LINES:  # nothing that people read
        return form.purpose
    return form.writer(report, options, UNWATCHED).decode("utf-8-sig", "replace")[:_LETTERS]


def shown_first(form: Form, marks: Sequence[M], template: Template, text: str) -> Sequence[M]:
    """Return those of the marks of a text, in its order, that its preview needs: the first of ten thousand."""
    if form.key in _FULL_TEXT:
        return on_first_sheet(marks, text)
    if form.key in _IN_FIELDS and template.grouping is Grouping.TAG:
        places = sorted(
            range(len(marks)), key=lambda place: (not marks[place].tags, min(marks[place].tags, default=""))
        )
        return [marks[place] for place in sorted(places[:_MARKS])]
    return marks[:_MARKS]


def on_first_sheet(marks: Sequence[M], text: str) -> Sequence[M]:
    """Return those of the marks of a text, in its order, that its first sheet needs."""
    end = _end_of_beginning(text)
    return [mark for mark in marks if mark.span.start < end or end == len(text)][:_ON_A_PAGE]


def first_sheet(report: Report, options: Options) -> Sheet:
    """Return the first sheet of a report, with no work for the others; it needs the marks `on_first_sheet` alone."""
    return next(full_text_sheets(_beginning(report), options))


def _beginning(report: Report) -> Report:
    """Return a report of the first words alone: to set a whole plan in lines would take a second."""
    return replace(report, text=report.text[: _end_of_beginning(report.text)])


def _end_of_beginning(text: str) -> int:
    end = text.find("\n", _TEXT)
    return len(text) if end < 0 else end


def picture_of(sheet: Sheet, width: float, ratio: float) -> QImage:
    """Return a page as a picture `width` logical pixels wide, of `ratio` pixels each."""
    height = width * PAGE_HEIGHT / PAGE_WIDTH
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(width / PAGE_WIDTH, width / PAGE_WIDTH)
    Ink(painter).draw(sheet)
    painter.end()
    return image


def _rows(report: Report, *, is_csv: bool) -> Rows:
    if is_csv:
        return Rows(
            tuple(headings(report)), tuple(tuple(str(said(cell)) for cell in cells) for cells in _cells(report))
        )
    rows = (
        tuple(time_text(cell, report.made) if isinstance(cell, datetime) else str(cell) for cell in cells)
        for cells in _cells(report)
    )
    return Rows(tuple(column.title for column in COLUMNS), tuple(rows))


def _cells(report: Report) -> list[list[Cell]]:
    return [cells for _, cells in rows_of(report, UNWATCHED)]
