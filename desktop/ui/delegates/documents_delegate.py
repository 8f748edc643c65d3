"""Paints a document of the library: its title on one or two lines, file and date below, the number of its marks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.models.documents_model import DocumentRole
from desktop.ui.theme.fonts import interface_font, small_font
from desktop.ui.theme.tokens import RADIUS, UNIT, Theme

LEFT = 3 * UNIT
RIGHT = 11
ABOVE = 2 * UNIT
BAR = 3
"""Width of the bar of the text in view."""
GAP = 7
LINE = 20
"""Height of a line of the title."""
FACTS = 18
"""Height of the line of facts."""


class DocumentsDelegate(QStyledItemDelegate):
    """Paints from the roles of `DocumentRole` alone, in the colours of `theme`."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view
        self._font, self._small = interface_font(), small_font()
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height the title needs at the width of the view."""
        width = self._view.viewport().width()
        lines = self._lines(index.data(DocumentRole.TITLE), width - LEFT - RIGHT)
        return QSize(0, 2 * ABOVE + LINE * len(lines) + FACTS)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a document over the whole width of the view."""
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, cell, state, in_view=bool(index.data(DocumentRole.OPEN)))
        room = cell.adjusted(LEFT, ABOVE, -RIGHT, -ABOVE)
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.ink))
        left_middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        for line in self._lines(index.data(DocumentRole.TITLE), room.width()):
            painter.drawText(QRect(room.left(), room.top(), room.width(), LINE), left_middle, line)
            room.setTop(room.top() + LINE)
        self._paint_facts(painter, room, index.data(DocumentRole.FACTS), index.data(DocumentRole.MARKS))
        painter.restore()

    def _paint_ground(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag, *, in_view: bool) -> None:
        if in_view:
            painter.fillRect(cell, QColor(self.theme.accent_soft))
            painter.fillRect(QRect(cell.left(), cell.top(), BAR, cell.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(self.theme.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self.theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell).adjusted(BAR + 1.5, 1.5, -BAR - 1.5, -1.5), RADIUS, RADIUS)

    def _paint_facts(self, painter: QPainter, room: QRect, facts: str, marks: int) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        count = str(marks) if marks else ""
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), count)
        width = room.width() - (self._small_metrics.horizontalAdvance(count) + GAP if count else 0)
        words = self._small_metrics.elidedText(facts, Qt.TextElideMode.ElideMiddle, width)
        left_middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRect(room.left(), room.top(), width, room.height()), left_middle, words)

    def _lines(self, title: str, width: int) -> list[str]:
        """Return the title on one line, or broken into two, the second elided."""
        if self._metrics.horizontalAdvance(title) <= width:
            return [title]
        fits = 1
        while fits < len(title) and self._metrics.horizontalAdvance(title[: fits + 1]) <= width:
            fits += 1
        return [title[:fits], self._metrics.elidedText(title[fits:], Qt.TextElideMode.ElideMiddle, width)]
