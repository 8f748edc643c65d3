"""Composition root of the window: the first paint, and only then the library and the desk."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.parsing.codec import outline_from_cache
from desktop.parsing.version import PARSER_VERSION
from desktop.services.reading import Reading
from desktop.storage.glance import Glance, glance
from desktop.storage.paths import default_library_path
from desktop.ui.looks import Looks
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.theme.applying import STYLE_ARGUMENTS

EXIT_AFTER_FIRST_PAINT = "YUECE_EXIT_AFTER_FIRST_PAINT"
"""Environment variable for the benchmark of the start: leave as soon as the text stands on the screen."""


def main(*, library: Path | None = None, selfcheck: Path | None = None) -> int:
    """Open the window on a library (by default the user's own) and return the exit status."""
    app = make_application()
    if selfcheck is not None:
        from desktop.ui.selfcheck import run

        return run(app, selfcheck)
    start = Start(app, library or default_library_path())
    start.show()
    status = app.exec()
    start.end()
    return status


def make_application() -> QApplication:
    """Make the one QApplication, named as the system should know it."""
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    app.setApplicationName("Yuece")
    app.setApplicationDisplayName("阅策")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("yuece")
    return app


class Start(QObject):
    """Brings the window up in two steps: the text as a glance at the library shows it, then all the rest."""

    def __init__(self, app: QApplication, path: Path) -> None:
        super().__init__()
        self._app = app
        self._path = path
        seen = glance(path, PARSER_VERSION)
        self.session = Session(seen.settings if seen else None)
        self._looks = Looks(self.session, app)
        self.window = MainWindow(self.session, self._looks)
        self.window.restore()
        self._seen = seen
        self.window.installEventFilter(self)

    def show(self) -> None:
        """Show the window with the text read last. It is shown first: a text is laid out for the width it finds."""
        self.window.show()
        self.window.reader.setFocus()
        seen = self._seen
        if seen is not None and seen.outline is not None:
            with suppress(ValueError):  # a spoilt outline is derived again, once the library is open
                self.session.show(_glanced(seen, seen.outline))

    def end(self) -> None:
        """Let go of the window while Python and Qt are still whole."""
        self.window.deleteLater()
        self._app.processEvents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the first paint of the window, which is that of all that stands in it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._after_first_paint)
        return False

    def _after_first_paint(self) -> None:
        if os.environ.get(EXIT_AFTER_FIRST_PAINT):
            self._app.quit()
            return
        from desktop.ui.collecting import CycleCollector
        from desktop.ui.setting_up import set_up

        CycleCollector(self._app)
        done = False
        try:
            done = set_up(self._app, self.window, self.session, self._looks, self._path)
        finally:
            if not done:
                self.window.close()


def _glanced(seen: Glance, outline: str) -> Reading:
    return Reading(seen.document, seen.edition, outline_from_cache(outline))
