"""A list of rows in a panel: no frame, no selection colours of its own, Enter confirms."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget


class RowList(QListView):
    """Its delegate paints the whole row; its actions are offered in a menu on a row.

    `walked` says that the keyboard came to another row, `confirmed` that Enter was pressed on one.
    """

    walked = Signal(QModelIndex)
    confirmed = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Enter for a choice, and say where the other keys lead."""
        before = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and before.isValid():
            self.confirmed.emit(before)
            return
        super().keyPressEvent(event)
        after = self.currentIndex()
        if after.isValid() and after != before:
            self.walked.emit(after)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer the list's actions on the row under the pointer, or on the current one for the menu key."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid() or not self.actions():
            event.ignore()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Do nothing: letters typed here are no search, and asking every row costs time."""
