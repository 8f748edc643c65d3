"""Paints a mark of a file that is to be merged: its words, what becomes of it, and the beginning of its note."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.ui.delegates.row_delegate import LEFT, LEFT_MIDDLE, RIGHT, RowDelegate
from desktop.ui.models.merge_model import ROW_ROLE, MergeRow
from desktop.ui.theme.tokens import UNIT

ABOVE = 5
LINE = 20
SMALL_LINE = 17
HEIGHT = 2 * ABOVE + LINE + SMALL_LINE


class MergeDelegate(RowDelegate):
    """Paints from `ROW_ROLE` alone, in the colours of `theme`. All rows have one height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height all rows have; the width is the view's."""
        return QSize(0, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a mark."""
        row: MergeRow = index.data(ROW_ROLE)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, cell, state, barred=bool(state & QStyle.StateFlag.State_Selected))
        room = cell.adjusted(LEFT, ABOVE, -RIGHT, -ABOVE)
        right = Qt.TextElideMode.ElideRight
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.ink))
        first = QRect(room.left(), room.top(), room.width(), LINE)
        painter.drawText(first, LEFT_MIDDLE, self._metrics.elidedText(row.words, right, first.width()))
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.accent))
        second = room.adjusted(0, LINE, 0, 0)
        fate = self._small_metrics.elidedText(row.fate, right, second.width())
        painter.drawText(second, LEFT_MIDDLE, fate)
        rest = second.adjusted(self._small_metrics.horizontalAdvance(fate) + 2 * UNIT, 0, 0, 0)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(rest, LEFT_MIDDLE, self._small_metrics.elidedText(row.note, right, rest.width()))
        painter.restore()
