"""Paints a row of the outline: its words, the pill of hits, the number of marks, the bar of the clause in view."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.models.outline_model import OutlineRole, OutlineRow
from desktop.ui.theme.fonts import interface_font, small_font
from desktop.ui.theme.icons import paint_sign
from desktop.ui.theme.tokens import RADIUS, ROW_HEIGHT, UNIT, Theme

LEFT = 3 * UNIT
"""Room before the words; the sign that folds a branch stands in it."""
RIGHT = 11
"""Room between numbers and the right edge of the view; a scroll bar stands in it."""
INSIDE = 6
"""Room between numbers and the scroll bar, where there is one: the ring of the current row stands in it."""
GAP = 7
"""Room between words, pill and number."""
SIGN = 10
"""Width of the folding sign."""
BAR = 3
"""Width of the bar of the clause in view."""
PILL_HEIGHT = 17
PILL_PADDING = 6
REMARK_SHARE = 0.45
"""No more of a row than this goes to a remark."""


class OutlineDelegate(QStyledItemDelegate):
    """Paints from `OutlineRole.ROW` alone, in the colours of `theme`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._font, self._small = interface_font(), small_font()
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)

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
        self._paint_ground(painter, QRect(0, cell.top(), cell.right() + 1, cell.height()), row, state)
        if state & QStyle.StateFlag.State_Children:
            self._paint_fold(painter, cell, state)
        view: QWidget = option.widget
        room = cell.adjusted(LEFT, 0, 0, 0)
        room.setRight(min(cell.right() - INSIDE, view.width() - RIGHT))
        room = self._paint_right(painter, room, row)
        self._paint_words(painter, room, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, line: QRect, row: OutlineRow, state: QStyle.StateFlag) -> None:
        if row.in_view:
            painter.fillRect(line, QColor(self.theme.accent_soft))
            painter.fillRect(QRect(0, line.top(), BAR, line.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(line, QColor(self.theme.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self.theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(line).adjusted(BAR + 1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)

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
        count = str(row.hits) if row.hits else ""
        pill = self._small_metrics.horizontalAdvance(count) + 2 * PILL_PADDING if count else 0
        width = max(0, room.width() - (pill + GAP if pill else 0))
        words = self._metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, width)
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.muted if row.quiet or not row.found else self.theme.ink))
        left_middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRect(room.left(), room.top(), width, room.height()), left_middle, words)
        if pill:
            left = room.left() + self._metrics.horizontalAdvance(words) + GAP
            place = QRectF(left, room.center().y() - PILL_HEIGHT / 2 + 0.5, pill, PILL_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.hit))
            painter.drawRoundedRect(place, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
            painter.setFont(self._small)
            painter.setPen(QColor(self.theme.hit_ink))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), count)
