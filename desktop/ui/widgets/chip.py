"""A rounded pill that filters: its text, and how many it would leave."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.theme.fonts import small_font
from desktop.ui.widgets.tool_tip import plain_tool_tip

HEIGHT = 22
PADDING = 10
"""Room left and right of the words in logical pixels."""
GAP = 4
"""Room between the words and their count."""
WIDEST = 200
"""A chip with longer words elides them; the tool tip has them all."""


class Chip(QAbstractButton):
    """A checkable button of the filter row. Several may be checked: what they mean together is its owner's business."""

    def __init__(self, text: str, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the pointer comes or goes
        self.setFont(small_font())
        self.setText(text)
        self._tell()

    def count(self) -> int | None:
        """Return how many the chip would leave, or None where that is not said."""
        return self._count

    def set_count(self, count: int | None) -> None:
        """Say how many the chip would leave."""
        if count != self._count:
            self._count = count
            self._tell()
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room for words and count, within the widest a chip may be."""
        return QSize(min(WIDEST, self._whole_width()), HEIGHT)

    def shown_words(self) -> str:
        """Return the words as they are on the screen."""
        room = self.width() - 2 * PADDING - self._count_width()
        return QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the room for a word or two: in a narrow panel the words are elided."""
        return QSize(min(self.sizeHint().width(), 7 * HEIGHT), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Paint the pill, its words and its count."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        warm = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(palette.color(QPalette.ColorRole.Midlight if warm else QPalette.ColorRole.Base))
        marked = self.isChecked() or self.hasFocus()
        painter.setPen(palette.color(QPalette.ColorRole.Accent if marked else QPalette.ColorRole.Mid))
        pill = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        if self.hasFocus():
            ring = pill.adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.setPen(
            palette.color(QPalette.ColorRole.Accent if self.isChecked() else QPalette.ColorRole.PlaceholderText)
        )
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        inner = QRectF(self.rect()).adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.shown_words())
        if self._count is not None:
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))

    def _whole_width(self) -> int:
        # Letters have parts of pixels: a width that is rounded off would have them elided.
        words = ceil(QFontMetricsF(self.font()).horizontalAdvance(self.text()))
        return words + self._count_width() + 2 * PADDING

    def _count_width(self) -> int:
        if self._count is None:
            return 0
        return GAP + self.fontMetrics().horizontalAdvance(str(self._count))

    def _tell(self) -> None:
        """Say words and count to the screen reader, and the words in full in the tool tip where they are long."""
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()} {self._count}")
        self.setToolTip(plain_tool_tip(self.text()) if self._whole_width() > WIDEST else "")
