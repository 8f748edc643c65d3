"""Composition root of the window: paths, theme, first paint, and only then the library."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.model.settings import GEOMETRY
from desktop.parsing.codec import outline_from_cache
from desktop.parsing.outline import PARSER_VERSION, parse_outline
from desktop.resources import resource_path
from desktop.services.reading import Reading
from desktop.storage.glance import Glance, glance
from desktop.storage.paths import default_library_path, log_path
from desktop.ui.faults import catch, start_log
from desktop.ui.looks import Looks
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session

EXIT_AFTER_FIRST_PAINT = "YUECE_EXIT_AFTER_FIRST_PAINT"
"""Environment variable for the benchmark of the start: leave as soon as the text stands on the screen."""


def main(*, library: Path | None = None, selfcheck: Path | None = None) -> int:
    """Open the window on a library (by default the user's own) and return the exit status."""
    app = make_application()
    if selfcheck is not None:
        from desktop.ui.selfcheck import run

        return run(app, selfcheck)
    path = library or default_library_path()
    start_log(log_path())
    start = Start(app, path)
    catch(start.window.tell, log_path())
    start.show()
    return app.exec()


def make_application() -> QApplication:
    """Make the one QApplication, named as the system should know it."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Yuece")
    app.setApplicationDisplayName("阅策")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("yuece")
    return app


class Start(QObject):
    """Brings the window up in two steps: first the text as a glance at the library shows it, then the library."""

    def __init__(self, app: QApplication, path: Path) -> None:
        super().__init__(app)
        self._app = app
        self._path = path
        seen = glance(path, PARSER_VERSION)
        remembered = seen.settings if seen else {}
        self.session = Session(remembered)
        self.window = MainWindow(self.session, Looks(self.session, app))
        self.window.restore(self.session.setting(GEOMETRY))
        if seen is not None:
            self.session.show(_glanced(seen))
        self.window.reader.viewport().installEventFilter(self)

    def show(self) -> None:
        """Show the window; the library is opened after its first paint."""
        self.window.show()
        self.window.reader.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the first paint of the text."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._after_first_paint)
        return False

    def _after_first_paint(self) -> None:
        if os.environ.get(EXIT_AFTER_FIRST_PAINT):
            self._app.quit()
            return
        from desktop.ui.opening import open_library

        _speak_chinese(self._app)
        if open_library(self.session, self.window, self._path) is None:
            self.window.close()
            self._app.quit()


def _glanced(seen: Glance) -> Reading:
    outline = outline_from_cache(seen.outline) if seen.outline is not None else parse_outline(seen.edition.text)
    return Reading(seen.document, seen.edition, outline)


def _speak_chinese(app: QApplication) -> None:
    """Give Qt's own dialogs their Chinese words, and the program its picture."""
    from PySide6.QtGui import QIcon

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setWindowIcon(QIcon(str(resource_path("icons", "yuece.png"))))
