"""Paints one line of the text with its marks, search hits and selection, straight from the model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout

from desktop.model.span import Span
from desktop.ui.reader.layout import LaidLine, column
from desktop.ui.reader.marks import MarkIndex, PaintedMark, layers, spans_in
from desktop.ui.theme.tokens import Theme

if TYPE_CHECKING:
    from desktop.ui.reader.signs import Sign

INSET = 5
"""By how many pixels a fill is lower than the one it lies on, so that both are seen."""
DEEPEST = 3
UNDERLINE_STEP = 3
CARET_WIDTH = 2
SELECTION_ALPHA = 0.22
"""How much of the selection's colour lies over marks: they stay to be seen, and the words on both legible."""


@dataclass(slots=True)
class Page:
    """All that is painted beside the words. Offsets are code points of the edition."""

    theme: Theme
    marks: MarkIndex = field(default_factory=MarkIndex)
    current_marks: Collection[str] = ()
    hits: Sequence[Span] = ()
    current_hit: int | None = None
    selection: Span | None = None
    flash: Span | None = None

    def paint_line(self, painter: QPainter, laid: LaidLine, caret: int) -> None:
        """Paint `laid`: colours, words, lines under the words, signs, caret (a document position, -1 for none)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = [mark for mark in self.marks.overlapping(laid.shown) if not mark.on_clause]
        ink = QColor(self.theme.muted if laid.paragraph.style.muted else self.theme.ink)
        self._paint_fills(painter, laid, found)
        if self.flash is not None:
            self._fill(painter, laid, self.flash, QColor(self.theme.accent_soft))
        hits = spans_in(self.hits, laid.shown)
        for index in hits:
            self._fill(painter, laid, self.hits[index], QColor(self.theme.hit))
        if self.selection is not None:
            self._paint_selection(painter, laid, self.selection)
        painter.setPen(ink)
        laid.layout.draw(painter, QPointF(), self._covered_words(laid, found, hits), painter.clipBoundingRect())
        self._paint_lines(painter, laid, found)
        self._paint_rings(painter, laid, found, hits)
        if len(self.marks):
            self._paint_signs(painter, laid)
        self._paint_caret(painter, laid, caret)

    def signs(self, laid: LaidLine) -> list[Sign]:
        """Return the signs in the margin beside `laid`."""
        from desktop.ui.reader.signs import signs_of  # they come with the marks, after the first paint

        return signs_of(laid, self.marks)

    def _paint_signs(self, painter: QPainter, laid: LaidLine) -> None:
        from desktop.ui.reader.signs import paint_signs

        paint_signs(painter, self.theme, self.signs(laid))

    def _paint_fills(self, painter: QPainter, laid: LaidLine, found: list[PaintedMark]) -> None:
        fills = [mark for mark in found if mark.filled]
        for layer in layers(fills, laid.shown, DEEPEST + 1):
            self._fill(painter, laid, layer.span, _fill_colour(self.theme, layer.mark), layer.depth * INSET)

    def _fill(self, painter: QPainter, laid: LaidLine, span: Span, colour: QColor, inset: int = 0) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for box in boxes(laid, span):
            painter.drawRoundedRect(box.adjusted(0, inset, 0, 0), 2, 2)

    def _paint_selection(self, painter: QPainter, laid: LaidLine, selection: Span) -> None:
        colour = QColor(self.theme.accent)
        colour.setAlphaF(SELECTION_ALPHA)
        for box in boxes(laid, selection, whole=True):
            painter.fillRect(box, colour)

    def _covered_words(self, laid: LaidLine, found: list[PaintedMark], hits: range) -> list[QTextLayout.FormatRange]:
        """Return the words that need another ink than their line, because a colour lies behind them."""
        covered: list[tuple[Span, str]] = []
        if laid.paragraph.style.muted:  # grey is legible on the paper, not on a colour
            covered += [(Span(mark.start, mark.end), self.theme.ink) for mark in found if mark.filled]
            covered += [(span, self.theme.ink) for span in (self.selection, self.flash) if span is not None]
        if laid.paragraph.style.muted or self.theme.hit_ink != self.theme.ink:
            covered += [(self.hits[index], self.theme.hit_ink) for index in hits]
        return [_inked(laid, span, ink) for span, ink in covered if span.overlaps(laid.shown)]

    def _paint_lines(self, painter: QPainter, laid: LaidLine, found: list[PaintedMark]) -> None:
        lines = [mark for mark in found if not mark.filled]
        for layer in layers(lines, laid.shown, DEEPEST):
            colour = line_colour(self.theme, layer.mark)
            for box in boxes(laid, layer.span):
                y = box.bottom() - 1 + layer.depth * UNDERLINE_STEP
                if layer.mark.underlined:
                    painter.fillRect(QRectF(box.left(), y, box.width(), 2), colour)
                else:
                    pen = QPen(colour, 1.4, Qt.PenStyle.CustomDashLine)
                    pen.setDashPattern([1.2, 2.2])
                    painter.setPen(pen)
                    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _paint_rings(self, painter: QPainter, laid: LaidLine, found: list[PaintedMark], hits: range) -> None:
        ringed = [mark.span for mark in found if mark.id in self.current_marks]
        if self.current_hit is not None and self.current_hit in hits:
            ringed.append(self.hits[self.current_hit])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.accent), 1.6))
        for span in ringed:
            for box in boxes(laid, span):
                painter.drawRoundedRect(box.adjusted(-0.8, -0.8, 0.8, 0.8), 3, 3)

    def _paint_caret(self, painter: QPainter, laid: LaidLine, caret: int) -> None:
        unit = caret - laid.position
        if caret < 0 or not 0 <= unit <= laid.unit(laid.span.end):
            return
        row = laid.layout.lineForTextPosition(unit)
        box = _box(laid, row.lineNumber(), column(row, unit), 0.0)
        fill(painter, QRectF(round(box.left()) - 1, box.top(), CARET_WIDTH, box.height()), QColor(self.theme.accent))


def fill(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Fill a box. The first call of `QPainter.fillRect` would take PySide 2 ms of the start, for all its overloads."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(box)


def boxes(laid: LaidLine, span: Span, *, whole: bool = False) -> Iterator[QRectF]:
    """Yield the boxes, one for each row, that the words of `span` take, in pixels of the document.

    A box is a little higher than the letters, or, if `whole`, as high as the row and open to the lines that follow.
    """
    if span.start >= laid.span.end + whole or span.end <= laid.span.start:
        return
    first, last = laid.unit(span.start), laid.unit(span.end)
    rows = laid.layout.lineCount()
    number = max(laid.rows.start, laid.layout.lineForTextPosition(first).lineNumber())
    while 0 <= number < laid.rows.stop:
        row = laid.layout.lineAt(number)
        if row.textStart() >= last and not (whole and first == last):
            break
        left = column(row, max(first, row.textStart()))
        right = column(row, min(last, row.textStart() + row.textLength()))
        if whole and number == rows - 1 and span.end > laid.span.end:
            right += laid.metrics.pixels / 3
        if right > left:
            yield _box(laid, number, left, right - left, whole=whole)
        if row.textStart() + row.textLength() >= last:
            break
        number += 1


def _box(laid: LaidLine, row: int, left: float, width: float, *, whole: bool = False) -> QRectF:
    top = laid.top + laid.row_top(row)
    if whole:
        return QRectF(laid.left + left, top, width, laid.metrics.line)
    # The square of a Chinese letter reaches from 0.88 above the baseline to 0.12 below it.
    pixels, around = laid.metrics.pixels, round(laid.metrics.pixels * 0.2)
    head = round(top + laid.metrics.baseline - 0.86 * pixels) - around
    return QRectF(laid.left + left, head, width, pixels + 2 * around)


def _fill_colour(theme: Theme, mark: PaintedMark) -> QColor:
    return QColor(theme.line if mark.pen is None else theme.pens[mark.pen - 1])


def line_colour(theme: Theme, mark: PaintedMark) -> QColor:
    """Return the colour of a line under the words of `mark`, and of its tick in the strip."""
    return QColor(theme.accent if mark.pen is None else theme.pen_lines[mark.pen - 1])


def _inked(laid: LaidLine, span: Span, ink: str) -> QTextLayout.FormatRange:
    """Return what makes the words of `laid` that lie in `span` (code points) be drawn in `ink`."""
    form = QTextCharFormat()
    form.setForeground(QColor(ink))
    words = QTextLayout.FormatRange()
    words.start = laid.unit(max(span.start, laid.shown.start))
    words.length = laid.unit(min(span.end, laid.shown.end)) - words.start
    words.format = form
    return words
