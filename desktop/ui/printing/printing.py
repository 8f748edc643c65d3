"""Printing as the user sees it: choose and look, pick the printer, print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop.exchange.watch import UNWATCHED
from desktop.model.errors import ExportError, UserError
from desktop.model.export import Options
from desktop.model.mark import Mark
from desktop.model.report import Report, ReportMark
from desktop.services.exporting import Selection, prepare_report
from desktop.services.reading import Reading
from desktop.ui.asking import Asker
from desktop.ui.export_memory import remember
from desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.ui.export_scopes import Offer, View
    from desktop.ui.printing.sheets import Sheet

_ADVICE = "也可以按 Ctrl+E 导出 PDF，拿到有打印机的电脑上打印。"
NO_PRINTER = f"这台电脑上没有打印机，请先在系统设置里添加一台；{_ADVICE}"
NO_PRINTING = f"这台电脑缺少打印用的系统组件，请让管理员装上；{_ADVICE}"
NOT_BEGUN = f"打印机没有应答，请看看它是否开着、连着，再试一次；{_ADVICE}"


class Printing:
    """Prints the text in view with its notes in the margin."""

    def __init__(self, session: Session, asker: Asker, window: QWidget, view: View) -> None:
        self._session = session
        self._asker = asker
        self._window = window
        self._view = view

    def ask(self) -> None:
        """Ask what is printed and where, and print it."""
        from desktop.ui.export_scopes import offer_of

        offer = offer_of(self._session, self._view)
        if offer is None:
            return
        try:
            self._ask(offer)
        except UserError as error:
            self._session.failed.emit(str(error))

    def _ask(self, offer: Offer) -> None:
        from desktop.ui.dialogs.print_dialog import PrintDialog

        lay = partial(self._lay, offer.reading)
        dialog = PrintDialog(offer, lay, demand_printer, self._window)
        if self._asker.fill_in(dialog):
            answers = replace(offer.last, scope=dialog.scope.remembered(), options=dialog.options())
            remember(self._session, answers)
            sheets = lay(dialog.selection(), dialog.options())
            next(sheets)  # that is only to be looked at
            self._ask_printer(offer.reading.document.title, filter(None, sheets))

    def _ask_printer(self, title: str, sheets: Iterator[Sheet]) -> None:
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        printer = new_printer()
        printer.setDocName(title)
        asking = QPrintDialog(printer, self._window)
        # What the driver writes into a file can't be searched; our own PDF can.
        asking.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
        asking.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        if self._asker.fill_in(asking):
            self._print(printer, sheets)

    def _lay(self, reading: Reading, selection: Selection, options: Options) -> Iterator[Sheet | None]:
        """Yield the first sheet at once, then all, the first one too; None where the window may have its turn."""
        from desktop.ui.printing.preview import first_sheet, on_first_sheet
        from desktop.ui.printing.sheets import full_text_sheets

        marks = [mark for mark in self._session.marks if selection.takes(mark)]
        report = self._report(reading, selection, on_first_sheet(marks, reading.text))
        yield first_sheet(report, options)
        told: list[ReportMark] = []
        for part in UNWATCHED.slices(marks):
            told += self._report(reading, selection, part).marks
            yield None
        yield from full_text_sheets(replace(report, marks=tuple(told)), options)

    def _report(self, reading: Reading, selection: Selection, marks: Sequence[Mark]) -> Report:
        return prepare_report(self._session.library, reading, selection, marks)(UNWATCHED)

    def _print(self, printer: QPrinter, sheets: Iterator[Sheet]) -> None:
        progress = QProgressDialog("正在打印…", "取消", 0, 0, self._window)
        progress.setWindowTitle("阅策")
        progress.setWindowModality(Qt.WindowModality.WindowModal)

        def told(number: int) -> bool:
            progress.setLabelText(f"正在打印第 {number} 页…")
            progress.setValue(0)  # lets the window be drawn, and 取消 be pressed
            return progress.wasCanceled()

        try:
            count = print_sheets(printer, sheets, told)
        finally:
            progress.close()
            progress.deleteLater()
        self._session.said.emit(f"已送去打印 {count} 页" if count else "已取消打印")


def demand_printer() -> None:
    """Raise UserError in words where nothing can be printed."""
    try:
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError as error:  # the system's printing library is missing
        raise ExportError(NO_PRINTING) from error
    if not QPrinterInfo.availablePrinterNames():
        raise ExportError(NO_PRINTER)


def new_printer() -> QPrinter:
    """Return the user's own printer, set to our page."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setCreator("阅策")
    return printer


def print_sheets(printer: QPrinter, sheets: Iterator[Sheet], stopped: Callable[[int], bool]) -> int:
    """Print the sheets that were asked for and return how many; 0 where it was stopped, then nothing is printed.

    `stopped` is told the number of each page before it is drawn. On other paper than A4 the page is made to fit.
    Raises ExportError where the printer refuses.
    """
    from desktop.ui.printing.inking import Ink
    from desktop.ui.printing.measures import PAGE_HEIGHT, PAGE_WIDTH

    wanted = printer.pageRanges()
    painter = QPainter()
    if not painter.begin(printer):
        raise ExportError(NOT_BEGUN)
    printed = 0
    try:
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        scale = min(paper.width() / PAGE_WIDTH, paper.height() / PAGE_HEIGHT)
        painter.scale(scale, scale)
        ink = Ink(painter)
        for sheet in sheets:
            if stopped(sheet.number):
                printer.abort()
                return 0
            if wanted.isEmpty() or wanted.contains(sheet.number):
                if printed and not printer.newPage():
                    raise ExportError(NOT_BEGUN)
                ink.draw(sheet)
                printed += 1
    finally:
        painter.end()
    return printed
