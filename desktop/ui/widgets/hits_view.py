"""The list of hits: walked by arrows over its headings, chosen by a click or Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.ui.delegates.hits_delegate import HitsDelegate, height_of
from desktop.ui.models.hits_model import HitsModel
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.card_view import CardView

_PAGES_AHEAD = 2
"""So many heights of the view before its end the list asks for more."""


class _Heights:
    """Tells how high the rows of the model are, which needs no measuring."""

    def __init__(self, model: HitsModel) -> None:
        self._model = model

    def exact(self, row: int, width: int) -> int:
        return self.rough(row, width)

    def rough(self, row: int, width: int) -> int:  # noqa: ARG002
        return height_of(self._model.heading(row))


class HitsView(CardView):
    """Costs the same for ten hits and for ten thousand.

    `walked` tells the row that arrows led to, `chosen` the one that was clicked, `confirmed` the one on which Enter was
    pressed. `left_up` says that Up was pressed on the first hit, `end_near` that the end of the list comes into view.
    """

    chosen = Signal(QModelIndex)
    confirmed = Signal(QModelIndex)
    left_up = Signal()
    end_near = Signal()

    def __init__(self, model: HitsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_Heights(model), 0, parent)
        self._hits = model
        self.delegate = HitsDelegate(theme, self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setModel(model)
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.delegate.theme = theme
        self.viewport().setPalette(self.palette())  # it kept its colours when the program's style sheet was made anew
        self.viewport().update()

    def card_width(self) -> int:
        """Return the width of a row: the whole of the view."""
        return max(1, self.viewport().width())

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the hit an arrow leads to; headings are passed over."""
        before = self.currentIndex().row()
        row = super().moveCursor(action, modifiers).row()
        step = 1 if row > before else -1
        while row >= 0 and self._is_heading(row):
            row += step
        if row < 0:
            self.scrollToTop()  # the headings above the first hit
            row = next(number for number in range(self.model().rowCount()) if not self._is_heading(number))
        return self.model().index(row, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Enter for a choice; leave by Up on the first hit."""
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self.confirmed.emit(current)
        elif event.key() == Qt.Key.Key_Up and all(self._is_heading(row) for row in range(max(0, current.row()))):
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def take(self, index: QModelIndex) -> None:
        """Choose the hit that was clicked."""
        if not self._is_heading(index.row()):
            self.chosen.emit(index)

    def tells_selection(self) -> bool:
        """Whether the current hit is painted so: always, also while one walks by F3 in the text."""
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Light up the row under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Light up no row."""
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the current hit in view when something below takes room."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            self.delegate.hovered = row
            self.viewport().update()

    def _is_heading(self, row: int) -> bool:
        return self._hits.is_heading(row)

    def _look_ahead(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - value < _PAGES_AHEAD * self.viewport().height():
            self.end_near.emit()
