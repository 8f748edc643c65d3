"""PDF: the whole text of a report on paper, with notes in the margin, searchable."""

from __future__ import annotations

import os

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.errors import ExportError
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.report import Report
from desktop.ui.printing.inking import Ink
from desktop.ui.printing.measures import UNITS_PER_INCH
from desktop.ui.printing.searchable import made_searchable
from desktop.ui.printing.sheets import full_text_sheets

_started: list[QGuiApplication] = []
"""The application of a process that has no window; it lives as long as the process, as Qt wants it."""


def write_pdf(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a PDF file with the text of `report` on the page of an official document and its notes in the margin.

    Fonts are embedded, and every word is found by its own letters. Without a window Qt is started offscreen. Raises
    CancelledError.
    """
    _start_qt()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setCreator("阅策")
    writer.setResolution(UNITS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(writer):
        raise ExportError("PDF 没有写成，请再试一次；还不行就改用别的格式。")
    try:
        ink = Ink(painter)
        for sheet in full_text_sheets(report, options, watch):
            watch.check()
            if sheet.number > 1:
                writer.newPage()
            ink.draw(sheet)
    finally:
        painter.end()
    return made_searchable(bytes(buffer.data().data()), ink.glyphs.uses)


def _start_qt() -> None:
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if not any("utf" in os.environ.get(name, "").lower() for name in ("LC_ALL", "LC_CTYPE", "LANG")):
            os.environ["LC_ALL"] = "C.UTF-8"  # of another encoding Qt complains on stderr
        _started.append(QGuiApplication([]))
