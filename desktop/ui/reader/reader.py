"""The reading view: the text with its marks, hits and signs, and what the user does there with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.marks import MarkIndex, PaintedMark
from desktop.ui.reader.mouse import Mouse
from desktop.ui.reader.painting import Page, boxes
from desktop.ui.reader.signs import Sign
from desktop.ui.reader.view import TextView, single_shot
from desktop.ui.theme.tokens import Theme

if TYPE_CHECKING:
    from desktop.ui.reader.keyboard import Keyboard

FLASH_MILLISECONDS = 120
NOTCH = 120
"""What one notch of a wheel counts."""


class Reader(TextView):
    """Shows one text set like an official document, to be read, selected and marked, never edited.

    All offsets are code points of the edition, also when only a part of it is shown. It claims no key that does
    anything but move or select: those are the window's actions.
    """

    mark_activated = Signal(list)
    """The ids of the marks under a click, shortest first."""
    sign_activated = Signal(list)
    """The ids of the marks whose sign in the margin was clicked."""
    zoom_requested = Signal(int)
    """+1 or -1, from Ctrl and the wheel."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = Page(theme)
        self.terms: Callable[[], frozenset[str]] = frozenset
        """Tells what a double click takes whole, besides what the text itself puts in quotation marks."""
        self.lines.paint_line = self.page.paint_line
        self._wheel = 0
        self._mouse = Mouse(self)
        self._flash_end = single_shot(self, FLASH_MILLISECONDS, self._end_flash)
        self.selection_changed.connect(self._take_selection)
        self._take_colours(theme)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_text(self, text: str, outline: Outline, span: Span | None = None) -> None:
        """Show `text`, or only the part `span` of it, from its beginning, without marks and hits."""
        self._mouse.cancel()
        self.page = Page(self.page.theme)
        self.lines.paint_line = self.page.paint_line
        super().show_text(text, outline, span)

    def set_marks(self, marks: Sequence[PaintedMark]) -> None:
        """Show these marks and no others."""
        self.page.marks = MarkIndex(marks)
        self.refresh()

    def set_current_marks(self, ids: Sequence[str]) -> None:
        """Put a ring around these marks."""
        self.page.current_marks = frozenset(ids)
        self.refresh()

    def set_hits(self, spans: Sequence[Span], current: int | None) -> None:
        """Show these places as found, in the order of the text, the one numbered `current` more strongly."""
        self.page.hits, self.page.current_hit = spans, current
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`; nothing is laid out anew."""
        self.page.theme = theme
        self._take_colours(theme)
        self.viewport().setPalette(self.palette())  # it kept its colours when the program's style sheet was made anew
        self.refresh()

    def go_to(self, offset: int, *, flash: Span | None = None) -> None:
        """Bring the code point at `offset` into the upper third of the view, and let `flash` light up for a moment."""
        self.bring(offset)
        if flash is not None:
            self.page.flash = flash
            self._flash_end.start()

    def _take_colours(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.paper))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.ink))
        self.setPalette(palette)

    def _end_flash(self) -> None:
        self.page.flash = None
        self.refresh()

    def _take_selection(self) -> None:
        self.page.selection = self.selection()

    # --- what is where -----------------------------------------------------------------------------------------------

    def marks_at(self, offset: int) -> list[str]:
        """Return the ids of the marks on the words at `offset`, shortest first."""
        return [mark.id for mark in self.page.marks.at(offset)]

    def marks_under(self, point: QPoint) -> list[str]:
        """Return the ids of the marks whose words are under a point of the viewport, shortest first."""
        at = self.in_document(point)
        for laid in self.lines.shown(int(at.y()), int(at.y()) + 1):
            found = self.page.marks.overlapping(laid.span)[::-1]
            return [
                mark.id
                for mark in found
                if not mark.on_clause and any(box.contains(at) for box in boxes(laid, mark.span))
            ]
        return []

    def sign_under(self, point: QPoint) -> Sign | None:
        """Return the sign in the margin under a point of the viewport."""
        at = self.in_document(point)
        if at.x() < self.lines.left + self.lines.typeface.width:
            return None
        for laid in self.lines.shown(int(at.y()), int(at.y()) + 1):
            return next((sign for sign in self.page.signs(laid) if sign.box.contains(at)), None)
        return None

    @cached_property
    def _keyboard(self) -> Keyboard:
        """What keys do, imported with the first of them: the text is painted before."""
        from desktop.ui.reader.keyboard import Keyboard

        return Keyboard(self)

    @property
    def dragging(self) -> bool:
        """Whether the user is selecting with the mouse at this moment."""
        return self._mouse.dragging

    # --- Qt's events -------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave every key that is an action's to the action: the reader itself claims none."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move and select; every other key goes on to the window."""
        if self._keyboard.press(event):
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a selection or press a sign."""
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Extend a selection."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End a selection, or activate what was clicked."""
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select a word."""
        self._mouse.press(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll, or with Ctrl ask for another zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        while abs(self._wheel) >= NOTCH:
            step = 1 if self._wheel > 0 else -1
            self._wheel -= step * NOTCH
            self.zoom_requested.emit(step)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Let go of a drag the user can't end any more."""
        self._mouse.cancel()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Show no menu of Qt's own; the window has one."""
        event.ignore()
