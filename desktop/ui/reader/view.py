"""A native text widget over the lazy layout: text, caret, selection, and place, at one cost for any length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.layout import LaidLine, LazyLayout
from desktop.ui.reader.painting import boxes
from desktop.ui.reader.paragraphs import Face, Paragraphs
from desktop.ui.reader.place import Place, place_of, settled, top_offset
from desktop.ui.reader.typeface import LEFT_MARGIN, RIGHT_MARGIN, Typeface, font
from desktop.ui.theme import tokens

NEAR = 4
"""A scroll by up to so many screens is walked line by line; a farther one goes by estimated heights."""
_BLOCK_ENDS = {"\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\r": " "}
"""Characters that end a block to Qt but no line of a text. Each stands for one: positions stay as they are."""
_OBJECT = "\ufffc"


class TextView(QTextEdit):
    """Shows one text, to be read and selected. All offsets are code points of the edition, also of a part of it."""

    scrolled = Signal(int)
    """The code point at the top of the view, after it has moved; at most once in a turn of the event loop."""
    selection_changed = Signal()
    """The selection or the caret has moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 100
        self._measure = tokens.MEASURE
        self._place = Place(0, 0)
        self._kept: int | None = None
        self._holding = False
        self._busy = False
        self._cursor_was: tuple[int, int] | None = None
        self._selected: Span | None = None
        self.lines = LazyLayout(self.document())
        self.lines.on_correction = self._on_correction
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentLayout(self.lines)
        self._announcement = single_shot(self, 0, self._announce)
        self._set_up_widget()
        self._set_body_font()
        self.cursorPositionChanged.connect(self._on_cursor)
        self.selectionChanged.connect(self._on_cursor)

    def _set_up_widget(self) -> None:
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # An input method left on would swallow the single keys that act on the text.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # noqa: FBT003
        self.setAcceptDrops(False)
        # Without frame and scroll bars the viewport is as large as the view. It is not asked itself: to hand it out the
        # first time makes PySide load every class of widget (6 ms of the start).
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("正文")

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_text(self, text: str, outline: Outline, span: Span | None = None) -> None:
        """Show `text`, or only the part `span` of it, from its beginning."""
        paragraphs = Paragraphs(text, outline, span)
        shown = paragraphs.text
        if _OBJECT in shown:
            shown = shown.replace(_OBJECT, "\ufffd")
        self._busy = self._holding = True
        try:
            with self.lines.loading(paragraphs):
                self.setPlainText(shown)
                if self.document().blockCount() != len(paragraphs):
                    # Looked for only now: such characters are rare, and looking takes longer than all else done here.
                    for character, stand_in in _BLOCK_ENDS.items():
                        shown = shown.replace(character, stand_in)
                    self.setPlainText(shown)
        finally:
            self._busy = self._holding = False
        self._selected, self._cursor_was = None, None
        self._put_caret_on_text()
        self._move_to(Place(0, -1_000_000))

    def refresh(self) -> None:
        """Paint anew what is in view."""
        self.lines.update.emit()

    def set_zoom(self, percent: int) -> None:
        """Set the letters' size; the place stays."""
        if percent != self._zoom:
            self._zoom = percent
            self._relayout()

    def set_measure(self, characters: int) -> None:
        """Set how many characters a row holds where there is room for them; the place stays."""
        self._measure = characters
        self._relayout()

    # --- selection and caret -----------------------------------------------------------------------------------------

    def selection(self) -> Span | None:
        """Return what is selected, None if nothing is."""
        return self._selected

    def select(self, span: Span) -> None:
        """Select `span`. The view does not move."""
        self.select_from(span.start, span.end)

    def select_from(self, anchor: int, caret: int) -> None:
        """Select from `anchor` to `caret`, which may come before it. The view does not move."""
        cursor = self.textCursor()
        cursor.setPosition(self.lines.position(anchor))
        cursor.setPosition(self.lines.position(caret), QTextCursor.MoveMode.KeepAnchor)
        self.take_cursor(cursor)

    def clear_selection(self) -> None:
        """Leave the caret where it is and select nothing."""
        self.set_caret(self.caret())

    def caret(self) -> int:
        """Return where the caret is."""
        return self.lines.offset(self.textCursor().position())

    def anchor(self) -> int:
        """Return where the selection was begun; the caret's place if nothing is selected."""
        return self.lines.offset(self.textCursor().anchor())

    def set_caret(self, offset: int) -> None:
        """Put the caret before the code point at `offset` and select nothing. The view does not move."""
        self.select_from(offset, offset)

    def copy_text(self) -> str:
        """Return the selected characters exactly as they are in the text, its line ends with them."""
        span = self.selection()
        paragraphs = self.lines.paragraphs
        return "" if span is None else paragraphs.text[span.start - paragraphs.base : span.end - paragraphs.base]

    def take_cursor(self, cursor: QTextCursor) -> None:
        """Take selection and caret of `cursor`. The view does not move."""
        with self.standing_still():
            self.setTextCursor(cursor)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Keep Qt from scrolling by heights it has only as estimates."""
        before, self._holding = self._holding, True
        try:
            yield
        finally:
            self._holding = before
            self._hold()

    # --- place -------------------------------------------------------------------------------------------------------

    def top(self) -> int:
        """Return the code point at which the first row in view begins."""
        if self._kept is None:
            self._kept = top_offset(self.lines, self._place)
        return self._kept

    def seen(self) -> Span:
        """Return the code points in view."""
        view = self.rect()
        return Span(self.top(), self.hit_offset(view.bottomRight(), edge=True) + 1)

    def set_top(self, offset: int) -> None:
        """Bring the row of the code point at `offset` to the top of the view."""
        self._move_to(place_of(self.lines, offset))

    def bring(self, offset: int) -> None:
        """Bring the code point at `offset` into the upper third of the view."""
        line, above = place_of(self.lines, offset)
        third = 0 if line == 0 and above < 0 else self.height() // 4
        self._move_to(Place(line, above - third))

    def ensure_visible(self, span: Span) -> None:
        """Bring `span` into view if it is not there; as `bring` does if it is far, else only as far as needed."""
        rect, view = self.rect_of(span), self.height()
        margin = self.lines.typeface.pixels
        if margin <= rect.top() and rect.bottom() <= view - margin:
            return
        if rect.height() < view / 2 and -view / 2 < rect.top() < view * 1.5:
            step = rect.top() - margin * 3 if rect.top() < margin else rect.bottom() - view + margin * 3
            self.scroll_by(step)
        else:
            self.bring(span.start)

    def show_row(self, offset: int, y: int) -> None:
        """Bring the row of the code point at `offset` to `y` pixels below the top of the view."""
        laid = self.lines.laid(self.lines.paragraphs.line_at(offset))
        self._move_to(Place(laid.line, laid.row_top(laid.row_of(offset)) - y))

    def scroll_by(self, pixels: int) -> None:
        """Move the view down by `pixels`, up if negative, exactly, whatever heights were estimated."""
        self._move_to(Place(self._place.line, self._place.above + pixels))

    def rect_of(self, span: Span) -> QRect:
        """Return the box around the words of `span`, in pixels of the viewport."""
        first = self.lines.laid(self.lines.paragraphs.line_at(span.start))
        last = self.lines.laid(self.lines.paragraphs.line_at(max(span.start, span.end - 1)))
        found = [box for laid in {first.line: first, last.line: last}.values() for box in boxes(laid, span)]
        if not found:
            row = first.row_of(span.start)
            return self.row_rect(first, row)
        united = found[0]
        for box in found[1:]:
            united = united.united(box)
        return united.toAlignedRect().translated(0, -self._y())

    def row_rect(self, laid: LaidLine, row: int) -> QRect:
        """Return the box of a whole row, in pixels of the viewport."""
        top = self.lines.top(laid.line) + laid.row_top(row) - self._y()
        return QRect(laid.left, top, laid.width, laid.metrics.line)

    def caret_rect(self) -> QRect:
        """Return the box of the row the caret is in, in pixels of the viewport."""
        offset = self.caret()
        laid = self.lines.laid(self.lines.paragraphs.line_at(offset))
        return self.row_rect(laid, laid.row_of(offset))

    def caret_box(self) -> QRect:
        """Return the box of the caret, in pixels of the viewport."""
        row = self.caret_rect()
        return QRect(self.cursorRect().left(), row.top(), 1, row.height())

    def hit_offset(self, point: QPoint, *, edge: bool = False) -> int:
        """Return the code point nearest to a point of the viewport.

        The end of a row is the beginning of the next one. It is returned only if `edge`: right for a selection, but a
        caret put there would be seen in the next row.
        """
        at = self.in_document(point)
        position = self.lines.hitTest(at, Qt.HitTestAccuracy.FuzzyHit)
        return self.lines.offset(self.lines.row_edge(position, at.x()) if edge else position)

    # --- keeping the place -------------------------------------------------------------------------------------------

    def _y(self) -> int:
        return self.lines.top(self._place.line) + self._place.above

    def in_document(self, point: QPoint) -> QPointF:
        """Return a point of the viewport in pixels of the document."""
        return QPointF(point.x(), point.y() + self._y())

    def _move_to(self, place: Place, *, keep: int | None = None) -> None:
        """Put `place` at the top; `keep` is the code point to come back to if the width changes again."""
        self._busy = True
        try:
            self._place = settled(self.lines, place, self.height())
        finally:
            self._busy = False
        self._kept = keep
        self._hold()
        self.refresh()
        self._announcement.start()

    def _hold(self) -> None:
        """Let range and value of the scroll bar say what is so; the picture does not move."""
        bar, view = self.verticalScrollBar(), self.height()
        before, self._holding = self._holding, True
        bar.setRange(0, max(0, self.lines.total - view))
        bar.setPageStep(view)
        bar.setSingleStep(self.lines.typeface.body_line)
        bar.setValue(self._y())
        self._holding = before

    def _on_correction(self) -> None:
        if not self._busy:
            self._hold()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802
        """Follow the scroll bar: line by line if it is near, by estimates if it is far."""
        if self._holding:
            return
        view, bar = self.height(), self.verticalScrollBar()
        if abs(dy) <= NEAR * view:
            wanted = Place(self._place.line, self._place.above - dy)
        elif bar.value() >= bar.maximum():
            wanted = Place(len(self.lines.paragraphs) - 1, self.lines.total)
        else:
            line = self.lines.find(bar.value())
            wanted = Place(line, min(bar.value() - self.lines.top(line), max(0, self.lines.settle(line) - 1)))
        self._move_to(wanted)

    def _relayout(self) -> None:
        """Fit the column to zoom and width; the place stays."""
        width = self.width()
        typeface = Typeface.fitting(self._zoom, self._measure, width)
        self.lines.width = width
        room = width - typeface.width
        # In the middle, but the signs keep their room.
        self.lines.left = max(LEFT_MARGIN, min(room // 2, room - RIGHT_MARGIN))
        if typeface == self.lines.typeface:
            self._move_to(self._place, keep=self._kept)
            return
        top = self.top()
        at_start = self._place.line == 0 and self._place.above < 0
        with self.standing_still():
            self.lines.set_typeface(typeface)
            self._set_body_font()
            self._place = Place(0, 0)
        self._move_to(Place(0, -1_000_000) if at_start else place_of(self.lines, top), keep=top)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the column to the new width; the place stays."""
        before, self._holding = self._holding, True
        super().resizeEvent(event)
        self._holding = before
        self._relayout()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Come into view at the place that was set: Qt would go to the caret at the first time."""
        with self.standing_still():
            super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the text's own font: Qt hands the interface's on to the document."""
        with self.standing_still():
            super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._set_body_font()

    def _set_body_font(self) -> None:
        body = font(Face.SONG, self.lines.typeface.pixels)
        if self.document().defaultFont() != body:
            with self.standing_still():
                self.document().setDefaultFont(body)

    def _announce(self) -> None:
        self.scrolled.emit(self.top())

    # --- following the cursor ----------------------------------------------------------------------------------------

    def _put_caret_on_text(self) -> None:
        paragraphs = self.lines.paragraphs
        line = paragraphs.index.following(0)
        line = line if line < len(paragraphs) else 0
        self.set_caret(paragraphs.start(line))

    def _on_cursor(self) -> None:
        cursor = self.textCursor()
        now = (cursor.anchor(), cursor.position())
        if now == self._cursor_was or self._busy:
            return
        self._cursor_was = now
        first, second = sorted(self.lines.offset(position) for position in now)
        self._selected = Span(first, second) if first < second else None
        self.refresh()
        self.selection_changed.emit()

    # --- Qt's questions ----------------------------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Take nothing: a read-only text has no room for preedit."""
        event.ignore()

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: object = None) -> object:  # noqa: N802
        """Answer that no input method is wanted here."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query, argument)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Hand out the model's characters, not Qt's rendering of them."""
        data = QMimeData()
        data.setText(self.copy_text())
        return data


def single_shot(parent: QWidget, milliseconds: int, call: Callable[[], None]) -> QTimer:
    """Return a timer that calls once, so many milliseconds after it was last started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(call)
    return timer
