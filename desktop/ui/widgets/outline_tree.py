"""The tree of the outline: folds by a click before the words, jumps to a clause when its number is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QTreeView, QWidget

from desktop.ui.theme.tokens import ROW_HEIGHT, UNIT

INDENT = 5 * UNIT
"""How far each level stands to the right of the one above."""
FOLDING = 3 * UNIT
"""Width of the place before a row's words that folds its branch."""
MARGIN_ROWS = 2
"""A row brought into view keeps so many rows between itself and the edge."""


class OutlineTree(QTreeView):
    """Walked by arrows, Home, End and numbers.

    A click on a row emits `chosen` and leaves the keyboard where it is. `walked_into` says that the keyboard came,
    `confirmed` that Enter was pressed, `left_up` that Up was pressed on the first row, `escaped` that Esc was pressed,
    `digits_typed` which number was typed so far.
    """

    chosen = Signal(QModelIndex)
    confirmed = Signal(QModelIndex)
    digits_typed = Signal(str)
    walked_into = Signal()
    left_up = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._since_typed = QElapsedTimer()
        self._pressed = QPersistentModelIndex()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(INDENT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)

    def bring_into_view(self, index: QModelIndex) -> None:
        """Unfold what `index` lies in and scroll no further than needed, so that it stands clear of the edges."""
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        place = self.visualRect(index)
        if not place.isValid():
            return
        margin = min(MARGIN_ROWS * ROW_HEIGHT, max(0, (self.viewport().height() - ROW_HEIGHT) // 2))
        bar = self.verticalScrollBar()
        if place.top() < margin:
            bar.setValue(bar.value() + place.top() - margin)
        elif place.bottom() > self.viewport().height() - margin:
            bar.setValue(bar.value() + place.bottom() - self.viewport().height() + margin)

    def update_rows(self, changed: Callable[[QModelIndex], bool]) -> None:
        """Paint the rows in view anew of which `changed` says that they show something else."""
        if not self.isVisible():
            return
        index, bottom = self.indexAt(QPoint(0, 0)), self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < bottom:
            if changed(index):
                self.update(index)
            index = self.indexBelow(index)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the keyboard came, before Qt makes the first row the current one."""
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self.walked_into.emit()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Enter, Esc and Up on the first row for what they mean here."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        current = self.currentIndex()
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if current.isValid():
                self.confirmed.emit(current)
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif plain and event.key() == Qt.Key.Key_Up and not self.indexAbove(current).isValid():
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Look for a clause by its number; letters are left to the filter, which finds them anywhere."""
        if not (search.isascii() and search.isdigit()):
            return
        late = not self._since_typed.isValid() or self._since_typed.elapsed() > QApplication.keyboardInputInterval()
        self._typed = search if late else self._typed + search
        self._since_typed.start()
        self.digits_typed.emit(self._typed)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Fold or unfold at the place before the words; anywhere else choose the row when the button is let go."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        index = self.indexAt(event.position().toPoint())
        if self._folds(index, event):
            self._pressed = QPersistentModelIndex()
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._pressed = QPersistentModelIndex(index)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the row under the pointer, if the button was pressed on it too."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self._pressed == index:
            self.setCurrentIndex(index)
            self.chosen.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take the second press of a double click for a press."""
        self.mousePressEvent(event)

    def drawBranches(  # noqa: N802
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint nothing: the delegate paints the whole row, sign of folding included."""

    def _folds(self, index: QModelIndex, event: QMouseEvent) -> bool:
        """Whether the pointer is at the place that folds this row's branch."""
        if not index.isValid() or not self.model().hasChildren(index):
            return False
        left = self.visualRect(index).left()
        return left <= event.position().x() < left + FOLDING
