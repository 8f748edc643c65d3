"""What the rows of all lists have in common: their faces, the bar at the left of one of them, the ring of the focus."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from desktop.ui.theme.fonts import interface_font, small_font
from desktop.ui.theme.tokens import RADIUS, UNIT, Theme

LEFT = 3 * UNIT
"""Room before the words."""
RIGHT = 11
"""Room between the words and the right edge of the view; a scroll bar stands in it."""
PILL_HEIGHT = 17
PILL_PADDING = 6
BAR = 3
"""Width of the bar at the left of the row that is in view, or the current one."""
LEFT_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class RowDelegate(QStyledItemDelegate):
    """Paints in the colours of `theme`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._font, self._small = interface_font(), small_font()
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)

    def paint_ground(self, painter: QPainter, line: QRect, state: QStyle.StateFlag, *, barred: bool) -> None:
        """Paint what lies under a row: with a bar, or lit up under the pointer."""
        if barred:
            painter.fillRect(line, QColor(self.theme.accent_soft))
            painter.fillRect(QRect(line.left(), line.top(), BAR, line.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(line, QColor(self.theme.hover))

    def paint_count(self, painter: QPainter, room: QRect, count: int) -> int:
        """Paint a number of hits as a pill at the left of a room, and return how wide it is; nothing for 0."""
        if not count:
            return 0
        width = self.count_width(count)
        place = QRectF(room.left(), room.center().y() - PILL_HEIGHT / 2 + 0.5, width, PILL_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.hit))
        painter.drawRoundedRect(place, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.hit_ink))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(count))
        return width

    def count_width(self, count: int) -> int:
        """Return how wide the pill of a number of hits is, 0 for none."""
        return self._small_metrics.horizontalAdvance(str(count)) + 2 * PILL_PADDING if count else 0

    def paint_ring(self, painter: QPainter, line: QRect, state: QStyle.StateFlag) -> None:
        """Paint the ring of the row that has the focus."""
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self.theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(line).adjusted(BAR + 1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)
