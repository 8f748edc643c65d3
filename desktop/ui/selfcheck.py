"""A check of the whole program on itself: does in a temporary library what a user does, and takes a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from desktop.exchange.formats import forms
from desktop.model.settings import THEME
from desktop.model.span import Span
from desktop.services.exporting import Selection, build_report, export
from desktop.services.marking import Marker
from desktop.ui.asking import Asker
from desktop.ui.desk import Desk
from desktop.ui.looks import Looks
from desktop.ui.main_window import MainWindow
from desktop.ui.opening import open_library
from desktop.ui.printing.pdf import write_pdf
from desktop.ui.printing.printing import new_printer
from desktop.ui.session import Session
from desktop.ui.theme.tokens import LIGHT

_WORDS = "产业"


class SelfcheckError(Exception):
    """Something the program must be able to do failed."""


def run(app: QApplication, picture: Path) -> int:
    """Import the plan, search, mark, export and take a picture of the window; return the exit status, 0 if all is well.

    What fails is said in one line on stderr.
    """
    errors: list[BaseException] = []
    hook, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: errors.append(error)
    try:
        with TemporaryDirectory(prefix="yuece-selfcheck-") as folder:
            report = _check(app, Path(folder), picture)
        _demand(not errors, f"an exception in a slot: {errors!r}")
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is one line and a status
        sys.stderr.write(f"阅策自查失败：{type(error).__name__}: {error}\n")
        return 1
    finally:
        sys.excepthook = hook
    sys.stdout.write(f"阅策自查通过：{report}\n")
    return 0


def _check(app: QApplication, folder: Path, picture: Path) -> str:
    session = Session({THEME.key: LIGHT.name})
    looks = Looks(session, app)
    window = MainWindow(session, looks)
    try:
        return _work(window, session, looks, folder, picture)
    finally:
        # An open library can't be deleted everywhere, and the folder is to be.
        window.may_close = lambda: True
        window.close()
        session.close()
        window.deleteLater()
        app.processEvents()


def _work(window: MainWindow, session: Session, looks: Looks, folder: Path, picture: Path) -> str:
    """Do what a user does, and say what came of it."""
    window.show()
    _settle()
    asker = Asker(window, _no_one_answers)
    _demand(open_library(session, asker, folder / "selfcheck.yuece"), "the library did not open")
    desk = Desk(window, session, looks, asker)
    library, reading = session.library, session.reading
    if reading is None:
        raise SelfcheckError("the plan did not open")
    _demand(len([n for n in reading.outline.nodes if n.clause.number is not None]) >= 30, "the outline is too small")
    place = reading.text.index("稳五进三布二")
    marker = Marker(library, reading)
    _demand(session.run(marker.highlight(Span(place - 1, place + 7), 1, "重点")), "no highlight")
    _demand(session.run(marker.note(Span(place + 30, place + 40), "自查批注", ("自查",))), "no note")
    window.top_bar.search.setText(_WORDS)
    _demand(len(desk.finder.hits) == reading.text.count(_WORDS), "the search counts wrong")
    report = build_report(library, reading, Selection())
    for form in forms({".pdf": write_pdf}):
        export(report, folder / f"selfcheck{form.key}", form=form)
    _demand(not new_printer().pageLayout().fullRect().isEmpty(), "there is no page to print on")
    _demand(_comments(folder / "selfcheck.docx") == 1, "the Word file has no comment")
    _demand(not library.check().problems, "the library is damaged")
    _words_ready(reading.text, place)
    _settle()
    _demand(window.grab().save(str(picture)), f"no picture at {picture}")
    counted = len(desk.finder.hits)
    return f"{len(reading.outline.nodes)} nodes, {counted} hits, {len(session.marks)} marks, {picture}"


def _no_one_answers(dialog: QDialog) -> int:
    """Fail at a dialog: nobody is there to answer it."""
    words = f"{dialog.text()} {dialog.informativeText()}" if isinstance(dialog, QMessageBox) else dialog.windowTitle()
    raise SelfcheckError(f"a dialog came up: {words}")


def _comments(path: Path) -> int:
    from docx import Document

    return len(list(Document(str(path)).comments))


def _words_ready(text: str, offset: int) -> None:
    from desktop.text.words import word_at

    word_at(text, offset)


def _settle(seconds: float = 0.4) -> None:
    """Let the window be laid out and painted."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def _demand(met: bool, what: str) -> None:
    if not met:
        raise SelfcheckError(what)
