"""The strip beside the text: where in the whole document marks and hits are, and what of it is in view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model.span import Span
from desktop.ui.reader.marks import PaintedMark
from desktop.ui.reader.painting import fill, line_colour
from desktop.ui.reader.paragraphs import Paragraphs
from desktop.ui.reader.reader import Reader
from desktop.ui.theme.tokens import Theme

WIDTH = 14
TICK = 3
"""Height of a tick in pixels; what falls into the same three pixels is one tick."""
LEAST_VIEW = 18
"""Height of the part in view at least, so that it can be taken hold of."""


class OverviewStrip(QWidget):
    """Ticks for marks and hits of the whole document, in place of a scroll bar; the part in view is shaded.

    Painting takes one look-up for every tick's height, not one for every mark.
    """

    jump_requested = Signal(int)
    """The code point to bring to the top of the view."""

    def __init__(self, reader: Reader, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._theme = theme
        self._marks: list[PaintedMark] = []
        self._mark_starts: list[int] = []
        self._hits: Sequence[Span] = ()
        self._bins: list[int] = []
        self._bins_of: tuple[Paragraphs, int, int] | None = None
        self._grip: float | None = None
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("全文位置")
        reader.scrolled.connect(self.update)
        reader.verticalScrollBar().rangeChanged.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Answer its width; it takes what height there is."""
        return QSize(WIDTH, 200)

    def set_marks(self, marks: Sequence[PaintedMark]) -> None:
        """Show where these marks begin."""
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._mark_starts = [mark.start for mark in self._marks]
        self.update()

    def set_hits(self, spans: Sequence[Span]) -> None:
        """Show where these hits are; they are in the order of the text."""
        self._hits = spans
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    # --- where things are --------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Find the code point at the height of every tick, if text or heights have changed since."""
        lines = self._reader.lines
        paragraphs, count = lines.paragraphs, max(1, self.height() // TICK)
        now = (paragraphs, lines.total, count)
        if now == self._bins_of:
            return
        self._bins_of = now
        self._bins = [lines.offset_at(index * lines.total // count) for index in range(count)]
        self._bins.append(paragraphs.span.end + 1)

    def _view(self) -> QRectF:
        """Return the part in view."""
        total = max(1, self._reader.lines.total)
        scale = self.height() / total
        bar, view = self._reader.verticalScrollBar(), self._reader.height()
        height = min(float(self.height()), max(LEAST_VIEW, view * scale))
        free = self.height() - height
        return QRectF(0, free * bar.value() / max(1, bar.maximum()), WIDTH, height)

    # --- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the strip."""
        painter = QPainter(self)
        fill(painter, QRectF(self.rect()), QColor(self._theme.paper))
        fill(painter, QRectF(0, 0, 1, self.height()), QColor(self._theme.line))
        shade = QColor(self._theme.muted)
        shade.setAlphaF(0.30 if self._grip is not None else 0.18)
        fill(painter, self._view().adjusted(1, 0, 0, 0), shade)
        if self._marks or self._hits:
            self._paint_all_ticks(painter)
        painter.end()

    def _paint_all_ticks(self, painter: QPainter) -> None:
        self._measure()
        # Marks on the left, hits on the right: neither hides the other.
        self._paint_ticks(
            painter, QRectF(3, 0, 5, 2), self._mark_starts.__getitem__, len(self._marks), self._mark_colour
        )
        self._paint_ticks(painter, QRectF(8, 0, 4, 2), lambda i: self._hits[i][0], len(self._hits), self._hit_colour)

    def _paint_ticks(
        self,
        painter: QPainter,
        shape: QRectF,
        start_of: Callable[[int], int],
        count: int,
        colour_of: Callable[[int], QColor],
    ) -> None:
        order, bins = range(count), self._bins
        index = bisect_left(order, bins[0], key=start_of)
        while index < count and (number := bisect_right(bins, start_of(index)) - 1) < len(bins) - 1:
            painter.fillRect(shape.translated(0, number * TICK), colour_of(index))
            index = bisect_left(order, bins[number + 1], lo=index + 1, key=start_of)

    def _mark_colour(self, index: int) -> QColor:
        return line_colour(self._theme, self._marks[index])

    def _hit_colour(self, index: int) -> QColor:  # noqa: ARG002
        return QColor(self._theme.hit_line)

    # --- the mouse ---------------------------------------------------------------------------------------------------

    def _jump(self, y: float) -> None:
        """Ask for the place at which the part in view would stand if its grip were at `y`."""
        view = self._view()
        free = max(1.0, self.height() - view.height())
        part = min(1.0, max(0.0, (y - (self._grip or 0.0)) / free))
        lines = self._reader.lines
        height = int(part * max(0, lines.total - self._reader.height()))
        self.jump_requested.emit(lines.offset_at(height))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the part in view, or bring it under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        y, view = event.position().y(), self._view()
        if view.contains(WIDTH / 2, y):
            self._grip = y - view.top()
        else:
            self._grip = view.height() / 2
            self._jump(y)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the part in view."""
        if self._grip is not None:
            self._jump(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        """Let go."""
        self._grip = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll the text."""
        QApplication.sendEvent(self._reader.verticalScrollBar(), event)
