"""Ctrl+P: the dialog with its sheets, the printer, what comes out of it, and what is said without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.model.errors import ExportError
from desktop.model.span import Span
from desktop.services.exporting import Selection, build_report
from desktop.services.marking import AddMarks, Marker
from desktop.services.reading import Reading
from desktop.ui.dialogs.print_dialog import PrintDialog
from desktop.ui.printing import printing
from desktop.ui.printing.printing import NO_PRINTER, print_sheets
from desktop.ui.printing.sheets import full_text_sheets
from tests.ui.printing.conftest import boxes_of, opened, report_on
from tests.ui.sitting import Sitting


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a file be the printer that this machine has."""
    out = tmp_path / "纸.pdf"
    new = printing.new_printer

    def printer() -> QPrinter:
        made = new()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(out))
        return made

    monkeypatch.setattr(printing, "new_printer", printer)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["办公室"])
    return out


@pytest.fixture
def printer(paper: Path, qapp: QApplication) -> QPrinter:
    """Return the printer that writes the file."""
    return printing.new_printer()


def never(_: int) -> bool:
    return False


def test_every_sheet_is_printed_at_its_size(printer: QPrinter, paper: Path, plan_text: str) -> None:
    count = print_sheets(printer, full_text_sheets(report_on(plan_text)), never)
    with opened(paper.read_bytes()) as pdf:
        assert len(pdf) == count > 10
        assert [round(length) for length in pdf[0].get_size()] == [595, 842]
        left = min(box[1] for box in boxes_of(pdf[1]))
    assert left == pytest.approx(28 * 72 / 25.4, abs=3)


def test_the_pages_that_were_asked_for_are_printed_alone(printer: QPrinter, paper: Path, plan_text: str) -> None:
    printer.setPageRanges(QPageRanges.fromString("2-3,5"))
    assert print_sheets(printer, full_text_sheets(report_on(plan_text)), never) == 3
    with opened(paper.read_bytes()) as pdf:
        words = [page.get_textpage().get_text_range() for page in pdf]
    assert ["".join(page.split())[-3:] for page in words] == ["—2—", "—3—", "—5—"]


def test_on_smaller_paper_the_page_is_made_to_fit(printer: QPrinter, paper: Path) -> None:
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    assert print_sheets(printer, full_text_sheets(report_on("规划\n" + "国" * 300)), never) == 1
    with opened(paper.read_bytes()) as pdf:
        assert max(box[3] for box in boxes_of(pdf[0])) < pdf[0].get_size()[0] * (28 + 157) / 210


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_printing_can_be_stopped_and_a_printer_that_refuses_is_told(
    printer: QPrinter, plan_text: str, tmp_path: Path
) -> None:
    assert print_sheets(printer, full_text_sheets(report_on(plan_text)), lambda number: number > 3) == 0
    printer.setOutputFileName(str(tmp_path / "没有" / "纸.pdf"))
    with pytest.raises(ExportError, match="打印机没有应答"):
        print_sheets(printer, full_text_sheets(report_on(plan_text)), never)


def test_without_a_printer_the_sheets_are_shown_and_it_is_said_what_to_do(
    desk: Sitting, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)

    def answer(dialog: PrintDialog) -> None:
        assert dialog.problem.text() == NO_PRINTER
        qtbot.waitUntil(lambda: not dialog.preview.page.pixmap().isNull())
        dialog.scope.kind.setCurrentIndex(1)
        assert not dialog.problem.text()
        dialog.accept()
        assert dialog.problem.text() == NO_PRINTER
        assert dialog.isVisible()
        dialog.reject()

    desk.answers.expect(answer)
    desk.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.failures == []


def test_a_whole_sheet_is_in_view_and_all_are_counted(desk: Sitting, paper: Path, qtbot: QtBot) -> None:
    def answer(dialog: PrintDialog) -> None:
        qtbot.waitUntil(lambda: "，共 " in dialog.number.text())
        assert re.fullmatch("第 1 页，共 1[0-9] 页", dialog.number.text())
        page, room = dialog.preview.page, dialog.preview.currentWidget().viewport()  # type: ignore[attr-defined]
        assert room.height() * 0.9 < page.pixmap().deviceIndependentSize().height() <= room.height()
        assert page.width() <= room.width()
        dialog.larger.click()
        assert page.pixmap().deviceIndependentSize().width() == pytest.approx(794, abs=1)
        dialog.larger.click()
        dialog.resize(dialog.width() + 200, dialog.height() + 150)
        qtbot.waitUntil(lambda: page.pixmap().deviceIndependentSize().height() > room.height() * 0.9)
        assert page.pixmap().deviceIndependentSize().height() <= room.height()
        dialog.reject()

    desk.answers.expect(answer)
    desk.do("print")


def test_the_first_sheet_waits_for_none_of_the_others(
    desk: Sitting, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = Marker(desk.library, desk.reading)
    notes = [marker.note(Span(6000 + n, 6003 + n), f"第{n}条").marks[0] for n in range(1000)]
    assert desk.session.run(AddMarks("批注", tuple(notes)))
    told: list[str] = []
    tell = Reading.address_of
    monkeypatch.setattr(Reading, "address_of", lambda reading, mark: told.append(mark.id) or tell(reading, mark))
    report = build_report(desk.library, desk.reading, Selection())

    def answer(dialog: PrintDialog) -> None:
        told.clear()
        dialog.make_preview()
        assert not dialog.preview.page.pixmap().isNull()
        assert told == []
        first = dialog.preview.page.pixmap().toImage()
        dialog._fetch()  # noqa: SLF001 - as the clock does
        assert len(told) == 100
        QTest.keyClick(dialog, Qt.Key.Key_PageDown)
        QTest.keyClick(dialog, Qt.Key.Key_PageUp)
        assert dialog.preview.page.pixmap().toImage() == first
        qtbot.waitUntil(lambda: "，共 " in dialog.number.text())
        assert dialog.number.text() == f"第 1 页，共 {len(list(full_text_sheets(report)))} 页"
        dialog.reject()

    desk.answers.expect(answer)
    desk.do("print")


def test_sheets_are_looked_through_and_printed(desk: Sitting, paper: Path, qtbot: QtBot) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    seen: list[str] = []

    def answer(dialog: PrintDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.preview.page.pixmap().isNull())
        assert not dialog.back.isEnabled()
        pictures = [dialog.preview.page.pixmap().toImage()]
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QTest.keyClick(dialog, key)
            pictures.append(dialog.preview.page.pixmap().toImage())
        assert pictures[1] == pictures[3]
        assert len({bytes(picture.constBits()) for picture in pictures}) == 3
        button = next(button for button in dialog.findChildren(QPushButton) if button.text() == "打印…")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(dialog: QPrintDialog) -> None:
        seen.append(dialog.windowTitle())
        assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile)
        dialog.done(QDialog.DialogCode.Accepted)

    desk.answers.expect(answer, choose)
    desk.do("print")
    with opened(paper.read_bytes()) as pdf:
        assert desk.message == f"已送去打印 {len(pdf)} 页"
    assert seen
