"""The window's frame: the bar, the columns, the text; all that stands on the screen at the first paint.

What a user can do in it comes with the desk (`desk.py`), after that paint; what only that needs is imported then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.model import settings
from desktop.model.outline import NO_OUTLINE
from desktop.ui.columns import Columns
from desktop.ui.looks import CHOICES, Looks
from desktop.ui.reader.overview import OverviewStrip
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session
from desktop.ui.side import Side, Tab
from desktop.ui.status_line import StatusLine
from desktop.ui.top_bar import TopBar

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.ui.navigator import Navigator

SIZE = (1366, 768)
_SHARE = 0.9
"""How much of a small screen the window takes when it is not maximised."""


class MainWindow(QMainWindow):
    """Shows the text in view.

    `files_dropped` carries the paths of files the user dropped. `may_close` is asked before the window closes.
    `actions_by_id` and `navigator` are there once it is equipped.
    """

    files_dropped = Signal(list)
    actions_by_id: dict[str, QAction]
    navigator: Navigator

    def __init__(self, session: Session, looks: Looks) -> None:
        super().__init__()
        self._session = session
        self._looks = looks
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("阅策")
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        self.pages = QStackedWidget(self)
        self.setCentralWidget(self.pages)
        page = QWidget(self.pages)
        self.top_bar = TopBar(session.pens, looks.theme, page)
        self.left = Side((Tab("outline", "目录"), Tab("library", "文库")), page)
        self.right = Side((Tab("marks", "标注"), Tab("search", "搜索"), Tab("related", "相关")), page)
        text = QWidget(page)
        self.reader = Reader(looks.theme, text)
        self.reader.set_zoom(looks.zoom)
        self.overview = OverviewStrip(self.reader, looks.theme, text)
        self.columns = Columns(self.left, text, self.right, page)
        self.status = StatusLine(page)
        self._lay_out(page, text)
        self._connect()

    def equip(self) -> None:
        """Make what the first paint does without: the actions, tied to bar and keys, and the ways through the text."""
        from desktop.ui.actions import Scope, add_actions, make_actions
        from desktop.ui.navigator import Navigator

        self.navigator = Navigator(self._session, self.reader, self)
        self.actions_by_id = make_actions(self)
        add_actions(self, self.actions_by_id, Scope.WINDOW)
        add_actions(self.reader, self.actions_by_id, Scope.TEXT)
        self.top_bar.tie(self.actions_by_id)
        self.columns.changed.connect(self._tell_columns)
        self._looks.theme_changed.connect(self._tell_theme)
        self._tell_theme()
        self._tell_columns()

    def restore(self) -> None:
        """Take the place on the screen and the columns of the last time."""
        session = self._session
        room = self.screen().availableGeometry()
        if room.width() <= SIZE[0] or room.height() <= SIZE[1]:
            self.resize(self.size().boundedTo(room.size() * _SHARE))  # what it shrinks to from a full screen
            self.setWindowState(Qt.WindowState.WindowMaximized)
        geometry = session.setting(settings.GEOMETRY)
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self.columns.set_up(
            left=session.setting(settings.LEFT_SHOWN),
            right=session.setting(settings.RIGHT_SHOWN),
            left_width=session.setting(settings.LEFT_WIDTH),
            right_width=session.setting(settings.RIGHT_WIDTH),
        )

    def _lay_out(self, page: QWidget, text: QWidget) -> None:
        row = QHBoxLayout(text)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.reader, 1)
        row.addWidget(self.overview)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.columns, 1)
        layout.addWidget(self.status)
        self.pages.addWidget(page)

    def _connect(self) -> None:
        self.overview.jump_requested.connect(self.reader.set_top)
        self._looks.zoom_changed.connect(self.reader.set_zoom)
        self._session.opened.connect(self._show_text)
        self._session.changed.connect(self.show_title)
        for widget in (self.reader, self.overview, self.top_bar):
            self._looks.follow_theme(widget.set_theme)

    def _show_text(self) -> None:
        reading = self._session.reading
        if reading is None:  # the last document was removed
            self.reader.show_text("", NO_OUTLINE)
            self.show_title()
            return
        self.reader.show_text(reading.text, reading.outline)
        self.reader.set_top(self._session.place())
        self.show_title()

    def show_title(self) -> None:
        """Name the text in view, with its edition where its document has several."""
        reading = self._session.reading
        title = reading.document.title if reading is not None else ""
        edition = self._session.edition_name
        if edition:
            title += f"（{edition}）"
        self.setWindowTitle(f"{title} — 阅策" if title else "阅策")
        self.status.set_title(title)

    def _tell_columns(self) -> None:
        for name in ("left", "right"):
            self.actions_by_id[f"show_{name}"].setChecked(self.columns.shows(name))

    def _tell_theme(self) -> None:
        for name in CHOICES:
            self.actions_by_id[f"theme_{name}"].setChecked(name == self._looks.choice)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files that are dropped on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hand on the files that were dropped."""
        event.acceptProposedAction()
        self.files_dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep the look of the window, and let go of the library."""
        if not self.may_close():
            event.ignore()
            return
        session, columns = self._session, self.columns
        session.remember(settings.GEOMETRY, self.saveGeometry().toBase64().toStdString())
        session.remember(settings.LEFT_SHOWN, columns.wants("left"))
        session.remember(settings.RIGHT_SHOWN, columns.wants("right"))
        for side, setting in (("left", settings.LEFT_WIDTH), ("right", settings.RIGHT_WIDTH)):
            if (width := columns.width_of(side)) is not None:
                session.remember(setting, width)
        session.close()
        super().closeEvent(event)
