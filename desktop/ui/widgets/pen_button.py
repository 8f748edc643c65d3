"""The numbered chip of one pen, in the line on top and in the bar at a selection."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.model.pen import Pen
from desktop.ui.theme.fonts import small_font
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.tool_tip import plain_tool_tip

CHIP = 17
"""Side of the coloured square in logical pixels."""
ROOM = 3
"""Room around the square: for the pointer to hit, and for the ring of the focus."""
ROUNDING = 4.0
EDGE_ALPHA = 60


class PenButton(QAbstractButton):
    """A button in a pen's colour with its number on it; pressed by pointer or Space, named for a screen reader."""

    def __init__(self, pen: Pen, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pen = pen
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the pointer comes or goes
        self.setFont(small_font())
        self.set_pen(pen)

    @property
    def pen(self) -> Pen:
        """The pen the button stands for."""
        return self._pen

    @property
    def number(self) -> int:
        """The number of its pen, 1 to 5."""
        return self._pen.number

    def set_pen(self, pen: Pen) -> None:
        """Show another pen, or the same under another name."""
        self._pen = pen
        self.setText(str(pen.number))
        self.setAccessibleName(f"{pen.name} {pen.number}")
        self.setToolTip(plain_tool_tip(f"{pen.name} ({pen.number})"))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the square with the room around it."""
        return QSize(CHIP + 2 * ROOM, CHIP + 2 * ROOM)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same: a chip does not shrink."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Paint square, number and, where due, a ring."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = QRectF((self.width() - CHIP) / 2, (self.height() - CHIP) / 2, CHIP, CHIP)
        index = self._pen.number - 1
        painter.setBrush(QColor(theme.pens[index] if self.isEnabled() else theme.panel))
        painter.setPen(self._outline(QColor(theme.pen_lines[index])))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), ROUNDING - 0.5, ROUNDING - 0.5)
        painter.setPen(QColor(theme.ink if self.isEnabled() else theme.faint))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus() or self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.drawRoundedRect(chip.adjusted(-2, -2, 2, 2), ROUNDING + 1.5, ROUNDING + 1.5)

    def _outline(self, line: QColor) -> QColor:
        """Return the colour of the square's edge: faint at rest, full under the pointer."""
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            return line
        edge = QColor(self._theme.ink)
        edge.setAlpha(EDGE_ALPHA)
        return edge
