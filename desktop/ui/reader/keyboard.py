"""Moves the caret and selects with the keyboard, as in any text, without the caret ever standing on a blank line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

if TYPE_CHECKING:
    from desktop.ui.reader.reader import Reader

_Key = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation

MOVES = (
    (_Key.MoveToNextChar, _Key.SelectNextChar, _Move.Right),
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, _Move.Left),
    (_Key.MoveToNextWord, _Key.SelectNextWord, _Move.WordRight),
    (_Key.MoveToPreviousWord, _Key.SelectPreviousWord, _Move.WordLeft),
    (_Key.MoveToNextLine, _Key.SelectNextLine, _Move.Down),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, _Move.Up),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, _Move.StartOfLine),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, _Move.EndOfLine),
    (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, _Move.Start),
    (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, _Move.End),
)
"""To add a movement: the key that moves, the key that selects, what the cursor does."""
PAGES = (
    (_Key.MoveToNextPage, _Key.SelectNextPage, 1),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, -1),
)
PARAGRAPHS = {Qt.Key.Key_Down: _Move.NextBlock, Qt.Key.Key_Up: _Move.PreviousBlock}
_BACKWARDS = {_Move.Left, _Move.WordLeft, _Move.Up, _Move.Start, _Move.PreviousBlock}


class Keyboard:
    """What the reader does with keys that move; it answers whether a key was one of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def press(self, event: QKeyEvent) -> bool:
        """Do what `event` asks for; False if it is no key of the reader."""
        if event.matches(_Key.SelectAll):
            self._select_all()
            return True
        for move, select, direction in PAGES:
            if event.matches(move) or event.matches(select):
                self._page(direction, selecting=event.matches(select))
                return True
        for move, select, operation in MOVES:
            if event.matches(move) or event.matches(select):
                self._move(operation, selecting=event.matches(select))
                return True
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        operation_or_none = PARAGRAPHS.get(Qt.Key(event.key())) if event.key() in PARAGRAPHS else None
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if operation_or_none is not None and modifiers & ~Qt.KeyboardModifier.ShiftModifier == _CONTROL:
            self._move(operation_or_none, selecting=shift)
            return True
        return False

    def _select_all(self) -> None:
        span = self._reader.lines.paragraphs.span
        self._reader.select(span)

    def _move(self, operation: QTextCursor.MoveOperation, *, selecting: bool) -> None:
        reader = self._reader
        if not selecting and reader.selection() is None and operation not in (_Move.Start, _Move.End):
            self._fetch_caret()
        cursor = reader.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if selecting else QTextCursor.MoveMode.MoveAnchor
        with reader.standing_still():
            if operation is _Move.EndOfLine:
                self._to_end_of_row(cursor, mode, selecting=selecting)
            elif operation in (_Move.Left, _Move.Right) and cursor.hasSelection() and not selecting:
                edge = cursor.selectionStart() if operation is _Move.Left else cursor.selectionEnd()
                cursor.setPosition(edge)
            else:
                x = reader.cursorRect(cursor).left()
                cursor.movePosition(operation, mode)
                self._leave_blank_lines(cursor, operation, mode, x)
        reader.take_cursor(cursor)
        self.reveal()

    def _to_end_of_row(self, cursor: QTextCursor, mode: QTextCursor.MoveMode, *, selecting: bool) -> None:
        """Go to the end of the row; to Qt that is the beginning of the next one, from where it would go on and on."""
        layout, start = cursor.block().layout(), cursor.block().position()
        unit = cursor.position() - start
        row = layout.lineForTextPosition(unit)
        if selecting and cursor.position() > cursor.anchor() and unit == row.textStart() and row.lineNumber() > 0:
            return
        end = row.textStart() + row.textLength()
        if not selecting and row.lineNumber() < layout.lineCount() - 1:
            end = layout.previousCursorPosition(end)
        cursor.setPosition(start + end, mode)

    def _leave_blank_lines(
        self, cursor: QTextCursor, operation: QTextCursor.MoveOperation, mode: QTextCursor.MoveMode, x: int
    ) -> None:
        """Take the caret from a blank line on to the next text that way; back, if there is none. `x` is its column."""
        lines = self._reader.lines
        index, line = lines.paragraphs.index, cursor.blockNumber()
        if not lines.paragraphs.is_blank(line) or index.following(0) == len(index):
            return
        forwards = operation not in _BACKWARDS
        target = index.following(line) if forwards else index.preceding(line)
        if not 0 <= target < len(index):
            forwards = not forwards
            target = index.following(line) if forwards else index.preceding(line)
            operation = _Move.NoMove
        laid = lines.laid(target)
        if operation in (_Move.Down, _Move.Up):
            row = laid.layout.lineAt(0 if forwards else laid.layout.lineCount() - 1)
            cursor.setPosition(laid.position + row.xToCursor(x - laid.left), mode)
        else:
            cursor.setPosition(laid.position + (0 if forwards else laid.unit(laid.span.end)), mode)

    def _page(self, direction: int, *, selecting: bool) -> None:
        """Turn by a page that shares one row with the last, and take the caret along at the same height."""
        reader = self._reader
        view, row = reader.viewport().height(), reader.lines.typeface.body_line
        rect = reader.caret_rect()
        in_view = rect.top() >= 0 and rect.bottom() <= view
        y = rect.center().y() if in_view else row
        x = reader.cursorRect().left() if in_view else reader.lines.left
        before = reader.top()
        if direction > 0:
            reader.set_top(reader.hit_offset(QPoint(reader.lines.left, view - row - 1)))
        else:
            reader.show_row(before, view - row)
        if reader.top() == before:
            y = view if direction > 0 else 0
        offset = reader.hit_offset(QPoint(x, y))
        reader.select_from(reader.anchor() if selecting else offset, offset)

    def _fetch_caret(self) -> None:
        """Put a caret that was scrolled out of view into the first row in view: the eye is there."""
        reader = self._reader
        rect = reader.caret_rect()
        if rect.bottom() < 0 or rect.top() > reader.viewport().height():
            reader.set_caret(reader.top())

    def reveal(self) -> None:
        """Bring the row of the caret into view, moving as little as needed."""
        reader = self._reader
        rect, view = reader.caret_rect(), reader.viewport().height()
        margin = reader.lines.typeface.pixels // 2
        if rect.top() < 0:
            reader.show_row(reader.caret(), margin)
        elif rect.bottom() > view:
            reader.show_row(reader.caret(), view - rect.height() - margin)


_CONTROL = Qt.KeyboardModifier.ControlModifier
