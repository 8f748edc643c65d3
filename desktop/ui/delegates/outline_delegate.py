"""Paints a row of the outline: its words, the pill of hits, the number of marks, the bar of the clause in view."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.ui.delegates.row_delegate import LEFT, LEFT_MIDDLE, RIGHT, RowDelegate
from desktop.ui.models.outline_model import OutlineRole, OutlineRow
from desktop.ui.theme.icons import paint_sign
from desktop.ui.theme.tokens import ROW_HEIGHT

INSIDE = 6
"""Room between numbers and the scroll bar, where there is one: the ring of the current row stands in it."""
GAP = 7
"""Room between words, pill and number."""
SIGN = 10
"""Width of the folding sign."""
REMARK_SHARE = 0.45
"""No more of a row than this goes to a remark."""


class OutlineDelegate(RowDelegate):
    """Paints from `OutlineRole.ROW` alone, in the colours of `theme`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height all rows have; the width is the view's."""
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row over the whole width of the view, whatever its depth."""
        row: OutlineRow = index.data(OutlineRole.ROW)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRect(0, cell.top(), cell.right() + 1, cell.height())
        self.paint_ground(painter, line, state, barred=row.in_view)
        self.paint_ring(painter, line, state)
        if state & QStyle.StateFlag.State_Children:
            self._paint_fold(painter, cell, state)
        view: QWidget = option.widget
        room = cell.adjusted(LEFT, 0, 0, 0)
        room.setRight(min(cell.right() - INSIDE, view.width() - RIGHT))
        room = self._paint_right(painter, room, row)
        self._paint_words(painter, room, row)
        painter.restore()

    def _paint_fold(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        """Show that a branch is folded; that it can be folded shows under the pointer only."""
        unfolded = bool(state & QStyle.StateFlag.State_Open)
        if unfolded and not state & QStyle.StateFlag.State_MouseOver:
            return
        place = QRectF(cell.left() + 1, cell.center().y() - SIGN / 2 + 0.5, SIGN, SIGN)
        paint_sign(painter, "chevron_down" if unfolded else "chevron", place, QColor(self.theme.muted))

    def _paint_right(self, painter: QPainter, room: QRect, row: OutlineRow) -> QRect:
        """Paint the number of marks and the remark at the right; return the room that is left."""
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        widest = int(room.width() * REMARK_SHARE)
        remark = self._small_metrics.elidedText(row.remark, Qt.TextElideMode.ElideRight, widest)
        for words in (str(row.marks) if row.marks else "", remark):
            if words:
                painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
                room = room.adjusted(0, 0, -self._small_metrics.horizontalAdvance(words) - GAP, 0)
        return room

    def _paint_words(self, painter: QPainter, room: QRect, row: OutlineRow) -> None:
        """Paint the words, elided so that the pill behind them has its room."""
        pill = self.count_width(row.hits)
        width = max(0, room.width() - (pill + GAP if pill else 0))
        words = self._metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, width)
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.muted if row.quiet or not row.found else self.theme.ink))
        painter.drawText(QRect(room.left(), room.top(), width, room.height()), LEFT_MIDDLE, words)
        if pill:
            left = room.left() + self._metrics.horizontalAdvance(words) + GAP
            self.paint_count(painter, QRect(left, room.top(), pill, room.height()), row.hits)
