"""Selects with the mouse: letters, words, sentences, paragraphs; and tells a click from a drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QMouseEvent

from desktop.model.span import Span

if TYPE_CHECKING:
    from desktop.ui.reader.reader import Reader
    from desktop.ui.reader.signs import Sign

TICK = 30
"""Milliseconds between two steps of scrolling while a drag is held outside the view."""
CLICKS = 4
"""One click puts the caret, two take a word, three a sentence, four a paragraph."""


class Mouse:
    """What the reader does with the left button."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._clicks = 0
        self._pressed_at = QPoint()
        self._time = 0
        self._origin: Span | None = None
        self._moved = False
        self._sign: Sign | None = None
        self._last = QPoint()
        self._timer = QTimer(reader)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._scroll_on)

    @property
    def dragging(self) -> bool:
        """Whether the button is held over the text."""
        return self._origin is not None

    def cancel(self) -> None:
        """Forget a press."""
        self._origin, self._sign = None, None
        self._timer.stop()

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection, or remember the sign that is pressed."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        point = event.position().toPoint()
        self._sign = self._reader.sign_under(point)
        if self._sign is not None:
            return
        self._count(event, point)
        self._moved = False
        offset = self._reader.hit_offset(point)
        if self._clicks == 1 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            anchor = self._reader.anchor()
            self._origin = Span(anchor, anchor)
            self._moved = True
            self._reader.select_from(anchor, self._reader.hit_offset(point, edge=True))
        else:
            self._origin = self._unit(offset, point)
            self._reader.select(self._origin)
            if self._clicks == 1:
                edge = self._reader.hit_offset(point, edge=True)
                self._origin = Span(edge, edge)

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection, or show what is under the pointer."""
        point = event.position().toPoint()
        if self._origin is None or not event.buttons() & Qt.MouseButton.LeftButton:
            over = self._reader.sign_under(point)
            shape = Qt.CursorShape.IBeamCursor if over is None else Qt.CursorShape.PointingHandCursor
            self._reader.viewport().setCursor(shape)
            return
        if (
            not self._moved
            and (point - self._pressed_at).manhattanLength() < QGuiApplication.styleHints().startDragDistance() / 2
        ):
            return
        self._moved = True
        self._last = point
        self._extend(point)
        if 0 <= point.y() < self._reader.viewport().height():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def release(self, event: QMouseEvent) -> None:
        """End the selection; a click that selected nothing activates the sign or the marks under it."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        point = event.position().toPoint()
        sign, clicked = self._sign, self._origin is not None and not self._moved and self._clicks == 1
        self.cancel()
        if sign is not None:
            if self._reader.sign_under(point) == sign:
                self._reader.sign_activated.emit(list(sign.ids))
            return
        if clicked:
            ids = self._reader.marks_under(point)
            if ids:
                self._reader.mark_activated.emit(ids)
        self._offer_to_middle_button()

    def _count(self, event: QMouseEvent, point: QPoint) -> None:
        hints = QGuiApplication.styleHints()
        soon = event.timestamp() - self._time <= hints.mouseDoubleClickInterval()
        near = (point - self._pressed_at).manhattanLength() <= hints.mouseDoubleClickDistance()
        self._clicks = self._clicks % CLICKS + 1 if soon and near else 1
        if event.type() == QMouseEvent.Type.MouseButtonDblClick:
            self._clicks = max(2, self._clicks)
        self._time, self._pressed_at = event.timestamp(), point

    def _unit(self, offset: int, point: QPoint) -> Span:
        """Return what this many clicks take at `offset`."""
        paragraphs = self._reader.lines.paragraphs
        if self._clicks == 1:
            return Span(offset, offset)
        line = paragraphs.span_of(paragraphs.line_at(offset))
        if self._clicks == CLICKS:
            return line
        # The place between two letters nearest to the pointer may lie behind the letter that is under it.
        under = self._reader.rect_of(Span(offset - 1, offset)) if offset > line.start else None
        if under is not None and under.contains(point):
            offset -= 1
        text, start = paragraphs.line_text(paragraphs.line_at(offset)), line.start
        inside = min(offset - start, max(0, len(text) - 1))
        if self._clicks == 2:
            from desktop.text.words import quoted_terms, word_at

            found = word_at(text, inside, quoted_terms(paragraphs.text) | self._reader.terms())
        else:
            from desktop.text.sentences import split_sentences

            sentences = split_sentences(text, 0, len(text))
            found = next((each for each in sentences if inside < each.end), Span(inside, inside))
        return Span(start + found.start, start + found.end)

    def _extend(self, point: QPoint) -> None:
        if self._origin is None:
            return
        view = self._reader.viewport().rect()
        inside = QPoint(point.x(), min(max(point.y(), 0), view.height() - 1))
        here = self._unit(self._reader.hit_offset(inside, edge=self._clicks == 1), inside)
        if here.start < self._origin.start:
            self._reader.select_from(self._origin.end, here.start)
        else:
            self._reader.select_from(self._origin.start, max(here.end, self._origin.end))

    def _scroll_on(self) -> None:
        height = self._reader.viewport().height()
        beyond = self._last.y() if self._last.y() < 0 else self._last.y() - height
        self._reader.scroll_by(max(-height // 2, min(height // 2, beyond)))
        self._extend(self._last)

    def _offer_to_middle_button(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and self._reader.selection() is not None:
            clipboard.setText(self._reader.copy_text(), QClipboard.Mode.Selection)
