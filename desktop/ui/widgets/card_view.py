"""A list of cards of different heights that costs the same for ten rows and for ten thousand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
_WALKING = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
_ROUNDS = 8
"""Measuring what is in view moves it: after so many rounds it has come to rest."""
_STEP = 40
RING = 2
"""Room at the right of a card for a ring around it, in logical pixels."""


class Heights(Protocol):
    """Tells how high rows are. Lengths in logical pixels."""

    def exact(self, row: int, width: int) -> int:
        """Measure a row; called for rows in view."""
        ...

    def rough(self, row: int, width: int) -> int:
        """Guess the height of a row cheaply; called for all rows."""
        ...


class CardView(QAbstractItemView):
    """Shows rows as cards below one another. Rows are measured when they come into view and guessed before.

    QListView asks for the size of every row whenever one changes; here a change costs the rows it touches. What is
    in view stays where it is when rows above it turn out higher than guessed, come or go.

    `walked` tells the row the user went to by click or arrow; keys the list has no use for go to its parent.
    """

    walked = Signal(QModelIndex)
    settled = Signal()
    """The cards in view have their places: what lies over one of them can be moved there."""

    def __init__(self, heights: Heights, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights_of = heights
        self._gap = gap
        self._heights: list[int] = []
        self._known: list[bool] = []
        self._tops: list[int] = [gap // 2]
        self._width = 0
        self._settling = False
        self._pressed = QPersistentModelIndex()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(False)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)  # cards lie on the panel, not on paper
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press takes it, but not before it has found its card

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802
        """Show the rows of a model; set once."""
        super().setModel(model)
        if model is not None:
            model.rowsInserted.connect(self._insert_rows)
            model.rowsRemoved.connect(self._remove_rows)
            model.modelReset.connect(self._guess_all)
        self._guess_all()

    def card_width(self) -> int:
        """Return the width of a card: the same with and without the scroll bar."""
        return max(1, self.contentsRect().width() - self._gap - self.verticalScrollBar().sizeHint().width() - RING)

    def remeasure(self, rows: Sequence[int]) -> None:
        """Measure rows again whose height may have changed."""
        for row in rows:
            if row < len(self._known):
                self._known[row] = False
        self._settle()

    def visibleRows(self) -> range:  # noqa: N802
        """Return the rows of which something is in view."""
        if not self._heights:
            return range(0)
        top = self.verticalOffset()
        first = max(0, bisect_right(self._tops, top, hi=len(self._heights)) - 1)
        last = bisect_right(self._tops, top + self.viewport().height(), hi=len(self._heights))
        return range(first, last)

    def take(self, index: QModelIndex) -> None:
        """Go to a card that was clicked."""
        self.walked.emit(index)

    def tells_selection(self) -> bool:
        """Whether selected cards are painted so."""
        return self.hasFocus() or len(self.selectionModel().selectedRows()) > 1  # else the ring says enough

    # What QAbstractItemView asks of a view.

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Return where a row's card is, in the viewport."""
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return QRect()
        return QRect(self._gap, self._tops[row] - self.verticalOffset(), self.card_width(), self._heights[row])

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """Return the row whose card holds a point of the viewport."""
        y = point.y() + self.verticalOffset()
        row = bisect_right(self._tops, y, hi=len(self._heights)) - 1
        if row < 0:
            return QModelIndex()
        index = self.model().index(row, 0)
        return index if self.visualRect(index).contains(point) else QModelIndex()

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view; as a whole where it fits."""
        if not index.isValid() or index.row() >= len(self._heights):
            return
        for _ in range(2):  # the rows met on the way are measured, which moves the target once
            self._scroll_once(index, hint)
            self._settle()

    def horizontalOffset(self) -> int:  # noqa: N802
        """Return 0: cards are as wide as the list."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        """Return how far the list is scrolled, in logical pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: ARG002, N802
        """Return False: every row is shown."""
        return False

    def moveCursor(  # noqa: N802
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002
    ) -> QModelIndex:
        """Return the row an arrow leads to."""
        count = len(self._heights)
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        move = QAbstractItemView.CursorAction
        if action in (move.MoveUp, move.MovePrevious, move.MoveLeft):
            row = max(0, row - 1)
        elif action in (move.MoveDown, move.MoveNext, move.MoveRight):
            row = min(count - 1, row + 1)
        elif action == move.MoveHome:
            row = 0
        elif action == move.MoveEnd:
            row = count - 1
        else:
            row = self._page_away(max(0, row), 1 if action == move.MovePageDown else -1)
        return self.model().index(row, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802
        """Select the rows that share something with a rectangle of the viewport."""
        selection = QItemSelection()
        if self._heights:
            offset, last = self.verticalOffset(), len(self._heights) - 1
            area = rect.normalized()
            first_row = bisect_right(self._tops, area.top() + offset, hi=len(self._heights)) - 1
            last_row = bisect_right(self._tops, area.bottom() + offset, hi=len(self._heights)) - 1
            if first_row >= 0 and area.top() + offset >= self._tops[first_row] + self._heights[first_row]:
                first_row += 1  # the rectangle begins in the gap below that card
            first_row = max(0, first_row)
            if first_row <= min(last_row, last):
                selection.select(self.model().index(first_row, 0), self.model().index(min(last_row, last), 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Return where the selected cards in view are."""
        region = QRegion()
        for row in self.visibleRows():
            index = self.model().index(row, 0)
            if selection.contains(index):
                region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:  # noqa: N802
        """Fit the scroll bar to the height of all cards."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self._tops[-1] - height))
        super().updateGeometries()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Do nothing: single letters are keys here, not the beginning of a row."""

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk by arrows; leave every other key to the parent."""
        if event.key() in _WALKING:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before and event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                self.walked.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Follow the current row; no input method is to swallow the single keys."""
        super().currentChanged(current, previous)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Take the focus without the input method."""
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the card that is seen there, then take the focus.

        In this order: something that ends when it loses the focus may make its card lower, and all others move.
        """
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Do not select by dragging, for the same reason."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go to the card that was pressed, unless the click adds to the selection."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, QPersistentModelIndex()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.button() == Qt.MouseButton.LeftButton and plain and pressed.isValid():
            self.take(self.model().index(pressed.row(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Guess all heights anew where the width changed; the card on top stays there."""
        super().resizeEvent(event)
        if self.card_width() != self._width:
            self._guess_all()
        else:
            self._settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802
        """Measure what comes into view, then paint."""
        self._settle()
        self.viewport().update()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:  # noqa: N802
        """Measure the rows that changed again when they are in view."""
        for row in range(top_left.row(), min(bottom_right.row() + 1, len(self._known))):
            self._known[row] = False
        super().dataChanged(top_left, bottom_right, roles)
        self._settle()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cards in view through the delegate."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state
        delegate, chosen = self.itemDelegate(), self.selectionModel()
        telling = self.tells_selection()
        for row in self.visibleRows():
            index = self.model().index(row, 0)
            rect = self.visualRect(index)
            if not rect.adjusted(-4, -4, 4, 4).intersects(event.rect()):
                continue
            option.rect = rect
            option.state = plain | QStyle.StateFlag.State_Selected if telling and chosen.isSelected(index) else plain
            delegate.paint(painter, option, index)
        painter.end()

    # Heights.

    def _guess_all(self) -> None:
        rows = self.visibleRows()
        top_row = rows.start if len(rows) else 0
        shift = self._tops[top_row] - self.verticalOffset() if self._heights else 0
        self._width = width = self.card_width()
        model = self.model()
        count = model.rowCount() if model is not None else 0
        rough = self._heights_of.rough
        self._heights = [rough(row, width) for row in range(count)]
        self._known = [False] * count
        self._add_up()
        self._scroll_quietly(self._tops[min(top_row, count)] - shift if count else 0)
        self._settle()
        self.viewport().update()

    def _insert_rows(self, parent: QModelIndex, first: int, last: int) -> None:  # noqa: ARG002
        added = [self._heights_of.rough(row, self._width) for row in range(first, last + 1)]
        top = self._top_in_view()
        self._heights[first:first] = added
        self._known[first:first] = [False] * len(added)
        self._splice(top, first, last - first + 1)

    def _remove_rows(self, parent: QModelIndex, first: int, last: int) -> None:  # noqa: ARG002
        top = self._top_in_view()
        del self._heights[first : last + 1]
        del self._known[first : last + 1]
        self._splice(top, first, first - last - 1)

    def _top_in_view(self) -> tuple[int, int]:
        """Return the first row in view and how far below the upper edge it begins."""
        rows = self.visibleRows()
        row = rows.start if len(rows) else 0
        return row, self._tops[row] - self.verticalOffset()

    def _splice(self, top: tuple[int, int], first: int, added: int) -> None:
        """Add up after rows came or went at `first`, keeping in place what was in view."""
        row, below = top
        self._add_up()
        if first <= row and self.verticalOffset():
            row = max(first, row + added)
        self._scroll_quietly(self._tops[min(row, len(self._heights))] - below)
        self._settle()
        self.viewport().update()

    def _add_up(self) -> None:
        gap = self._gap
        self._tops = list(accumulate((height + gap for height in self._heights), initial=gap // 2))

    def _settle(self) -> None:
        """Measure the rows in view until nothing moves any more."""
        if self._settling or self.model() is None or len(self._heights) != self.model().rowCount():
            return
        self._settling = True
        try:
            for _ in range(_ROUNDS):
                if not self._measure_visible():
                    break
            self.updateGeometries()
        finally:
            self._settling = False
        self.settled.emit()

    def _measure_visible(self) -> bool:
        """Measure the rows in view that are only guessed; return whether any was guessed wrong."""
        row, below = self._top_in_view()
        bar = self.verticalScrollBar()
        at_end = 0 < bar.maximum() == bar.value()
        wrong = False
        for other in self.visibleRows():
            if not self._known[other]:
                self._known[other] = True
                height = self._heights_of.exact(other, self._width)
                wrong = wrong or height != self._heights[other]
                self._heights[other] = height
        if wrong:
            self._add_up()
            self._scroll_quietly(self._tops[-1] if at_end else self._tops[row] - below)
        return wrong

    def _scroll_quietly(self, value: int) -> None:
        """Scroll without measuring on the way."""
        was, self._settling = self._settling, True
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._tops[-1] - self.viewport().height()))
        bar.setValue(value)
        self._settling = was

    def _scroll_once(self, index: Index, hint: QAbstractItemView.ScrollHint) -> None:
        rect = self.visualRect(index).adjusted(0, -self._gap // 2, 0, self._gap // 2)
        height, bar = self.viewport().height(), self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif hint == QAbstractItemView.ScrollHint.PositionAtTop or rect.top() < 0 or rect.height() > height:
            bar.setValue(bar.value() + rect.top())
        elif hint == QAbstractItemView.ScrollHint.PositionAtBottom or rect.bottom() > height:
            bar.setValue(bar.value() + rect.bottom() - height)

    def _page_away(self, row: int, direction: int) -> int:
        """Return the row about one page of the list further on or back."""
        target = self._tops[row] + direction * self.viewport().height()
        found = bisect_right(self._tops, target, hi=len(self._heights)) - 1
        found = max(0, min(len(self._heights) - 1, found))
        if found == row:
            found = max(0, min(len(self._heights) - 1, row + direction))
        return found
