"""Paints what a search found: the words in their context, always in sight, the address and what is marked below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.ui.delegates.row_delegate import LEFT, LEFT_MIDDLE, RIGHT, RowDelegate
from desktop.ui.models.hits_model import HeadingRow, HitRole, HitRow
from desktop.ui.theme.fonts import interface_font
from desktop.ui.theme.icons import paint_sign
from desktop.ui.theme.tokens import UNIT, Theme

ABOVE = 6
LINE = 20
"""Height of the line of context."""
SMALL_LINE = 17
"""Height of the line of the address."""
HIT_HEIGHT = 2 * ABOVE + LINE + SMALL_LINE
SECTION_HEIGHT = 26
TITLE_HEIGHT = 32
BEFORE_SHARE = 0.4
"""Where a context is too long, what stands before the hit gets no more of the room than this."""
DOTS = "…"
SIGN = 12
PEN = 7
"""Width of a pen's sign in logical pixels."""
FAINT = 0.4
"""How much of the colour of a hit the other words found in its context get."""


class HitsDelegate(RowDelegate):
    """Paints from `HitRole.ROW` alone, in the colours of `theme`. `hovered` is the row under the pointer, -1: none."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self.hovered = -1
        self._strong = interface_font()
        self._strong.setBold(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height of a row; the width is the view's."""
        row = index.data(HitRole.ROW)
        return QSize(0, height_of(row if isinstance(row, HeadingRow) else None))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a hit or a heading."""
        row: HitRow | HeadingRow = index.data(HitRole.ROW)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadingRow):
            self._paint_heading(painter, cell, row)
        else:
            if index.row() == self.hovered:
                state |= QStyle.StateFlag.State_MouseOver
            self.paint_ground(painter, cell, state, barred=bool(state & QStyle.StateFlag.State_Selected))
            room = cell.adjusted(LEFT, ABOVE, -RIGHT, -ABOVE)
            self.paint_context(painter, QRect(room.left(), room.top(), room.width(), LINE), row)
            self._paint_address(painter, room.adjusted(0, LINE, 0, 0), row)
        painter.restore()

    def parts(self, row: HitRow, width: int) -> tuple[str, str, str]:
        """Return what is shown before the words, of the words, and after them, so that it fits into `width` pixels.

        The words go first; what stands before them is cut at its beginning, what stands after at its end.
        """
        advance = self._metrics.horizontalAdvance
        words = self._cut(row.words, Qt.TextElideMode.ElideRight, width)
        rest = max(0, width - advance(words))
        before, after = advance(row.before), advance(row.after)
        if before + after > rest:
            before = min(before, max(int(rest * BEFORE_SHARE), rest - after))
            after = rest - before
        return (
            self._cut(row.before, Qt.TextElideMode.ElideLeft, before),
            words,
            self._cut(row.after, Qt.TextElideMode.ElideRight, after),
        )

    def _cut(self, words: str, mode: Qt.TextElideMode, width: int) -> str:
        """Return words elided to a width; those that fit as they are, nothing where not even the dots fit."""
        # elidedText counts fractions of a pixel, and would cut what is just as wide as it was measured.
        if self._metrics.horizontalAdvance(words) <= width:
            return words
        if self._metrics.horizontalAdvance(DOTS) > width:
            return ""
        return self._metrics.elidedText(words, mode, width)

    def _paint_heading(self, painter: QPainter, cell: QRect, row: HeadingRow) -> None:
        room = cell.adjusted(LEFT, 0, -RIGHT, -UNIT)
        count = "" if row.count is None else f"{row.count} 处"
        width = room.width() - (self._small_metrics.horizontalAdvance(count) + 2 * UNIT if count else 0)
        below = Qt.AlignmentFlag.AlignBottom
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(room, int(below | Qt.AlignmentFlag.AlignRight), count)
        if row.top:
            painter.setFont(self._strong)
            painter.setPen(QColor(self.theme.ink))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(room, int(below | Qt.AlignmentFlag.AlignLeft), words)
        if not row.top:
            left = room.left() + metrics.horizontalAdvance(words) + 2 * UNIT
            middle = room.bottom() - metrics.height() // 2
            painter.fillRect(QRect(left, middle, max(0, room.right() - left), 1), QColor(self.theme.line))

    def paint_context(self, painter: QPainter, line: QRect, row: HitRow) -> None:
        """Paint the words found in their context, on one line."""
        before, words, after = self.parts(row, line.width())
        advance = self._metrics.horizontalAdvance
        middle = line.left() + advance(before)
        behind = middle + advance(words)
        faint = QColor(self.theme.hit)
        faint.setAlphaF(FAINT)
        for start, end in row.others:
            left, right = self._places(row, (before, words, after), start, end)
            if right > left:
                _paint_pill(painter, QRect(line.left() + left, line.top(), right - left, line.height()), faint)
        _paint_pill(painter, QRect(middle, line.top(), behind - middle, line.height()), QColor(self.theme.hit))
        painter.setFont(self._font)
        for left, part, found in ((line.left(), before, False), (middle, words, True), (behind, after, False)):
            painter.setPen(QColor(self.theme.hit_ink if found else self.theme.ink))
            # The room to the right is the line's: a letter that leans over its width isn't cut.
            painter.drawText(QRect(left, line.top(), line.right() - left + UNIT, line.height()), LEFT_MIDDLE, part)

    def _places(self, row: HitRow, shown: tuple[str, str, str], start: int, end: int) -> tuple[int, int]:
        """Return from where to where on the line words of the context are seen (pixels), the same twice for nowhere."""
        before, words, after = shown
        # What was cut from the beginning stands as one letter, the dots.
        lost = len(row.before) - len(before)
        dots = 1 if lost > 0 else 0
        first, last = len(before) + start, len(before) + end
        behind = len(before) + len(words) + (len(after) - 1 if after.endswith(DOTS) else len(after))
        if words != row.words:
            behind = len(before) + len(words)
        line = before + words + after
        first, last = max(dots, first), min(last, behind)
        if last <= first:
            return 0, 0
        return self._metrics.horizontalAdvance(line[:first]), self._metrics.horizontalAdvance(line[:last])

    def _paint_address(self, painter: QPainter, room: QRect, row: HitRow) -> None:
        room = room.adjusted(0, 0, -self._paint_signs(painter, room, row), 0)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        address = self._small_metrics.elidedText(row.address, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, LEFT_MIDDLE, address)

    def _paint_signs(self, painter: QPainter, room: QRect, row: HitRow) -> int:
        """Paint at the right what is marked at the hit, and return the room it takes."""
        right = room.right() + 1
        if row.note:
            place = QRectF(right - SIGN, room.center().y() - SIGN / 2 + 0.5, SIGN, SIGN)
            paint_sign(painter, "note", place, QColor(self.theme.muted))
            right -= SIGN + UNIT
        for pen in reversed(row.pens):
            place = QRectF(right - PEN, room.center().y() - PEN / 2 + 0.5, PEN, PEN)
            painter.setPen(QColor(self.theme.pen_lines[pen - 1]))
            painter.setBrush(QColor(self.theme.pens[pen - 1]))
            painter.drawRoundedRect(place, 2, 2)
            right -= PEN + UNIT
        return room.right() + 1 - right


def height_of(heading: HeadingRow | None) -> int:
    """Return the height of a heading, or of a hit for None."""
    if heading is None:
        return HIT_HEIGHT
    return TITLE_HEIGHT if heading.top else SECTION_HEIGHT


def _paint_pill(painter: QPainter, place: QRect, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(place).adjusted(-0.5, 0.5, 0.5, -0.5), 3, 3)
