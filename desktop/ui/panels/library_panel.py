"""The panel 文库: the documents of the library, the one in view accented."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop.exchange.formats import readable
from desktop.model.changes import Changes
from desktop.services.shelving import Shelved, shelf
from desktop.ui.delegates.documents_delegate import DocumentsDelegate
from desktop.ui.models.documents_model import DocumentRole, DocumentsModel
from desktop.ui.session import Session
from desktop.ui.theme.tokens import UNIT, Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.row_list import RowList

EMPTY = "文库里还没有文件。\n导入一份规划、报告或法规（{}），就可以开始阅读。"
IMPORT = "导入文件…"


class LibraryPanel(QWidget):
    """Lists what is in the library.

    `edition_activated` carries the id of the edition the user chose, `remove_requested` that of the document to take
    off the list, `properties_requested` that of the one to rename; `import_requested` asks for a file. What then
    happens is the window's business.
    """

    edition_activated = Signal(str)
    import_requested = Signal()
    properties_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = DocumentsModel(self)
        self.list = RowList()
        self.list.setAccessibleName("文库")
        self._delegate = DocumentsDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self._model)
        self._empty = EmptyState(EMPTY.format("、".join(form.suffix for form in readable())), IMPORT)
        self.import_button = QPushButton(IMPORT)
        self.import_button.setAutoDefault(False)
        self.open_action = QAction("打开", self.list)
        self.properties_action = QAction("文件属性…", self.list)
        self.remove_action = QAction("从文库移除", self.list)
        self._stale = False
        self._lay_out()
        self._connect()
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def set_hits(self, by_edition: Mapping[str, int]) -> None:
        """Show how many places a search of the library found in each edition."""
        self._model.set_hits(by_edition)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what changed while the panel was hidden."""
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Show what the library holds now."""
        self._stale = False
        reading = self._session.reading
        self._model.show(self._shelved(), reading.edition.id if reading is not None else "")
        empty = self._model.rowCount() == 0
        self._pages.setCurrentWidget(self._empty if empty else self.list)
        self.import_button.setVisible(not empty)
        self._allow_actions()

    def _shelved(self) -> list[Shelved]:
        """Return what is on the shelf; before the library is open that is the text in view alone."""
        if self._session.attached:
            return shelf(self._session.library)
        reading = self._session.reading
        if reading is None:
            return []
        edition = reading.edition
        return [Shelved(reading.document, edition.id, edition.source_name, edition.imported, 0)]

    def _lay_out(self) -> None:
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(pages, 1)
        below = QVBoxLayout()
        below.setContentsMargins(10, 2 * UNIT, 10, 2 * UNIT)
        below.addWidget(self.import_button)
        layout.addLayout(below)

    def _connect(self) -> None:
        self._session.opened.connect(self._refresh_when_seen)
        self._session.changed.connect(self._on_changed)
        self._empty.action_requested.connect(self.import_requested)
        self.import_button.clicked.connect(self.import_requested)
        self.list.clicked.connect(self._open)
        self.list.confirmed.connect(self._open)
        self.list.selectionModel().currentChanged.connect(self._allow_actions)
        self._model.modelReset.connect(self._allow_actions)
        self.open_action.triggered.connect(lambda: self._open(self.list.currentIndex()))
        self.properties_action.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.properties_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.properties_action.triggered.connect(lambda: self._ask(self.properties_requested))
        self.remove_action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self.remove_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.remove_action.triggered.connect(lambda: self._ask(self.remove_requested))
        self.list.addActions([self.open_action, self.properties_action, self.remove_action])

    def _on_changed(self, changes: Changes) -> None:
        if changes.documents or changes.editions or changes.marks:
            self._refresh_when_seen()

    def _refresh_when_seen(self) -> None:
        """Ask the library only while the list can be seen."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _allow_actions(self) -> None:
        chosen = self.list.currentIndex().isValid()
        self.open_action.setEnabled(chosen)
        for action in (self.properties_action, self.remove_action):
            action.setEnabled(chosen and self._session.attached)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.edition_activated.emit(index.data(DocumentRole.EDITION))

    def _ask(self, signal: SignalInstance) -> None:
        """Send the document of the current row with a signal."""
        index = self.list.currentIndex()
        if index.isValid():
            signal.emit(index.data(DocumentRole.DOCUMENT))
