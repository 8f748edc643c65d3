"""One sitting at a whole window on a real library, and a stand-in for the user at every dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.parsing.codec import outline_from_cache
from desktop.parsing.version import PARSER_VERSION
from desktop.services.importing import import_document, read_file
from desktop.services.reading import Reading
from desktop.storage.glance import glance
from desktop.storage.library import Library
from desktop.ui.asking import Asker
from desktop.ui.desk import Desk
from desktop.ui.looks import Looks
from desktop.ui.main_window import MainWindow
from desktop.ui.opening import open_library
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session

HIGHEST_DIALOG = 560
"""A dialog has to fit on a screen of 1366 x 768 at 125 %, in logical pixels."""
NO_KEY = Qt.KeyboardModifier.NoModifier

Answer = Callable[[Any], object]
"""Fills in a dialog that is shown, and closes it by its own buttons or keys."""


class Answers:
    """Answers dialogs instead of the user, in order; the test fails where one comes that nobody expects."""

    def __init__(self) -> None:
        self._waiting: list[Answer] = []
        self.wrong: list[str] = []

    def expect(self, *answers: Answer) -> None:
        """Answer the next dialogs so."""
        self._waiting += answers

    def __call__(self, dialog: QDialog) -> int:
        """Show a dialog, let it be answered, and return its result."""
        told = f"{type(dialog).__name__} {dialog.windowTitle()} {getattr(dialog, 'text', str)()}"
        if not self._waiting:
            self.wrong.append(f"unexpected: {told}")
            return QDialog.DialogCode.Rejected
        dialog.show()
        if dialog.height() > HIGHEST_DIALOG:
            self.wrong.append(f"{dialog.height()} pixels high: {told}")
        self._waiting.pop(0)(dialog)
        if dialog.isVisible():
            self.wrong.append(f"still open after its answer: {told}")
            dialog.close()
        if (parent := dialog.parentWidget()) is not None:
            # A screen gives the focus back to the window by itself.
            parent.window().activateWindow()
            QTest.qWaitForWindowActive(parent.window())
        return dialog.result()

    def check(self) -> None:
        """Fail where a dialog was not expected or an expected one did not come."""
        assert not self.wrong, self.wrong
        assert not self._waiting, f"{len(self._waiting)} dialogs did not come"


def press_button(words: str) -> Answer:
    """Answer a question by the button with these words on it."""

    def answer(box: QMessageBox) -> None:
        button = next(button for button in box.buttons() if button.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return answer


class Sitting:
    """One sitting at the desk: from the opening of a window on a library to its closing."""

    def __init__(self, app: QApplication, path: Path, answers: Answers, size: tuple[int, int] | None) -> None:
        self.path = path
        self.answers = answers
        self.said: list[str] = []
        self.failures: list[str] = []
        seen = glance(path, PARSER_VERSION)
        self.session = Session(seen.settings if seen else None)
        self.looks = Looks(self.session, app)
        self.window = MainWindow(self.session, self.looks)
        self.window.restore()
        if size is not None:
            self.window.setWindowState(Qt.WindowState.WindowNoState)
            self.window.resize(*size)
        self.window.show()
        if seen is not None and seen.outline is not None:
            self.session.show(Reading(seen.document, seen.edition, outline_from_cache(seen.outline)))
        asker = Asker(self.window, answers)
        self.opened = open_library(self.session, asker, path)
        if not self.opened:
            return
        self.desk = Desk(self.window, self.session, self.looks, asker)
        self.session.said.connect(self.said.append)
        self.session.failed.connect(self.failures.append)
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.window.reader.setFocus()
        self.settle()

    @property
    def reader(self) -> Reader:
        """The text the user works in."""
        return self.desk.active_reader()

    @property
    def library(self) -> Library:
        """The open library."""
        return self.session.library

    @property
    def reading(self) -> Reading:
        """The text in view."""
        assert self.session.reading is not None
        return self.session.reading

    @property
    def marks(self) -> list[Mark]:
        """What the library holds, after seeing that the session shows the same."""
        stored = self.library.marks.of_edition(self.reading.edition.id)
        assert sorted(self.session.marks, key=lambda mark: mark.id) == sorted(stored, key=lambda mark: mark.id)
        assert self.painted(self.window.reader) == {mark.id for mark in stored}
        return stored

    @property
    def message(self) -> str:
        """What the message bar says."""
        return self.desk.messages.text()

    @property
    def address(self) -> str:
        """The address above the text, without the title behind it."""
        return self.window.top_bar.address.text().split("\u3000")[0]

    def painted(self, reader: Reader) -> set[str]:
        """Return the ids of the marks a text is painted with."""
        return {mark.id for mark in reader.page.marks.overlapping(Span(0, len(self.reading.text)))}

    def settle(self) -> None:
        """Let Qt do what is pending."""
        QApplication.processEvents()

    def wait(self, condition: Callable[[], object], milliseconds: int = 3000) -> None:
        """Wait until something is so; fail where it does not come."""
        for _ in range(milliseconds // 10):
            if condition():
                return
            QTest.qWait(10)
        raise AssertionError("what was waited for did not come")

    def key(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NO_KEY, on: QWidget | None = None) -> None:
        """Press a key where the focus is."""
        target = on or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)  # type: ignore[arg-type]
        self.settle()

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        for letter in words:
            # keyClicks() knows Latin letters only.
            QTest.sendKeyEvent(QTest.KeyAction.Click, target, Qt.Key.Key_unknown, letter, NO_KEY)
        self.settle()

    def do(self, action_id: str) -> None:
        """Choose an action from a menu."""
        action = self.window.actions_by_id[action_id]
        assert action.isEnabled(), f"{action_id} is disabled"
        action.trigger()
        self.settle()

    def place(self, words: str) -> Span:
        """Return where words stand first."""
        start = self.reading.text.index(words)
        return Span(start, start + len(words))

    def select(self, words: str) -> Span:
        """Select words in the text, with the focus there."""
        span = self.place(words)
        self.reader.ensure_visible(span)
        self.reader.select(span)
        self.reader.setFocus()
        return span

    def open_text(self, text: str, name: str = "文件.txt") -> None:
        """Import a text of one's own and bring it into view."""
        path = self.path.with_name(name)
        path.write_text(text, encoding="utf-8")
        command = import_document(read_file(path))
        assert self.session.run(command)
        self.session.open_edition(command.edition.id)
        self.settle()

    def close(self) -> bool:
        """Close the window; False where it stays open."""
        closed = self.window.close()
        self.settle()
        return closed
