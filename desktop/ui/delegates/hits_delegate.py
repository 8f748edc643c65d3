"""Paints what a search found: the words in their context, always in sight, the address and what is marked below."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
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


class HitsDelegate(RowDelegate):
    """Paints from `HitRole.ROW` alone, in the colours of `theme`. `hovered` is the row under the pointer, -1: none."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self.hovered = -1
        self._strong = interface_font()
        self._strong.setBold(True)
        self._dots = self._metrics.horizontalAdvance(DOTS)

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
            current = bool(state & QStyle.StateFlag.State_Selected)
            self.paint_ground(painter, cell, state, barred=current)
            room = cell.adjusted(LEFT, ABOVE, -RIGHT, -ABOVE)
            self.paint_context(painter, QRect(room.left(), room.top(), room.width(), LINE), row, ringed=current)
            self._paint_address(painter, room.adjusted(0, LINE, 0, 0), row)
        painter.restore()

    def parts(self, row: HitRow, width: int) -> tuple[str, str, str]:
        """Return what is shown before the words, of the words, and after them, so that it fits into `width` pixels.

        The words go first; what stands before them is cut at its beginning, what stands after at its end.
        """
        whole = self._metrics.horizontalAdvance(row.words)
        words = self._cut(row.words, whole, Qt.TextElideMode.ElideRight, width)
        rest = max(0, width - (whole if words == row.words else self._metrics.horizontalAdvance(words)))
        before, after = map(self._metrics.horizontalAdvance, (row.before, row.after))
        if before + after <= rest:
            return row.before, words, row.after
        room = min(before, max(int(rest * BEFORE_SHARE), rest - after))
        return (
            self._cut(row.before, before, Qt.TextElideMode.ElideLeft, room),
            words,
            self._cut(row.after, after, Qt.TextElideMode.ElideRight, rest - room),
        )

    def _cut(self, words: str, whole: int, mode: Qt.TextElideMode, width: int) -> str:
        """Return words, `whole` pixels wide, elided to a width; nothing where not even the dots fit."""
        # elidedText counts fractions of a pixel, and would cut what is just as wide as it was measured.
        if whole <= width:
            return words
        return self._metrics.elidedText(words, mode, width) if self._dots <= width else ""

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
        # What tells documents of one title apart stands at the end.
        cut = Qt.TextElideMode.ElideMiddle if row.top else Qt.TextElideMode.ElideRight
        words = metrics.elidedText(row.text, cut, width)
        painter.drawText(room, int(below | Qt.AlignmentFlag.AlignLeft), words)
        if not row.top:
            left = room.left() + metrics.horizontalAdvance(words) + 2 * UNIT
            middle = room.bottom() - metrics.height() // 2
            painter.fillRect(QRect(left, middle, max(0, room.right() - left), 1), QColor(self.theme.line))

    def paint_context(self, painter: QPainter, line: QRect, row: HitRow, *, ringed: bool = False) -> None:
        """Paint a sentence with the words found in it on one line; `ringed` tells those shown first from the others."""
        before, words, after = self.parts(row, line.width())
        shown = before + words + after
        own = (len(before), len(before) + len(words))
        found = [own, *_seen(row, (before, words, after))] if row.others else [own]
        painter.setFont(self._font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.hit))
        for start, end in found:
            painter.drawRoundedRect(self._pill(line, shown, start, end), 3, 3)
        if ringed and row.others:
            painter.setPen(QPen(QColor(self.theme.accent), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._pill(line, shown, *own), 3, 3)
        middle = line.top() + (line.height() - self._metrics.height()) // 2 + self._metrics.ascent()
        for start, end, ink in self._inked(len(shown), found):
            painter.setPen(QColor(ink))
            painter.drawText(line.left() + self._metrics.horizontalAdvance(shown[:start]), middle, shown[start:end])

    def _pill(self, line: QRect, shown: str, start: int, end: int) -> QRectF:
        left, right = (self._metrics.horizontalAdvance(shown[:place]) for place in (start, end))
        return QRectF(line.left() + left - 0.5, line.top() + 0.5, right - left + 1, line.height() - 1)

    def _inked(self, length: int, found: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Yield the stretches of a line that are written in one ink."""
        if self.theme.ink == self.theme.hit_ink:
            yield 0, length, self.theme.ink
            return
        done = 0
        for start, end in sorted(found):
            if start > done:
                yield done, start, self.theme.ink
            if end > done:
                yield max(start, done), end, self.theme.hit_ink
            done = max(done, end)
        if done < length:
            yield done, length, self.theme.ink

    def _paint_address(self, painter: QPainter, room: QRect, row: HitRow) -> None:
        room = room.adjusted(0, 0, -self._paint_signs(painter, room, row), 0)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        address = self._small_metrics.elidedText(row.address, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, LEFT_MIDDLE, address)

    def _paint_signs(self, painter: QPainter, room: QRect, row: HitRow) -> int:
        """Paint at the right what is marked at the hit, and return the room it takes."""
        right = room.right() + 1
        for sign in [name for name, there in (("lock", row.private), ("note", row.note)) if there]:
            place = QRectF(right - SIGN, room.center().y() - SIGN / 2 + 0.5, SIGN, SIGN)
            paint_sign(painter, sign, place, QColor(self.theme.muted))
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


def _seen(row: HitRow, shown: tuple[str, str, str]) -> Iterator[tuple[int, int]]:
    """Yield where in the line that is shown the other words found stand, as far as they are seen."""
    before, words, after = shown
    dots = 1 if len(before) < len(row.before) else 0  # what was cut from the beginning stands as one letter
    behind = len(before) + len(words)
    if words == row.words:
        behind += len(after) - 1 if after != row.after else len(after)
    for start, end in row.others:
        first, last = max(dots, len(before) + start), min(len(before) + end, behind)
        if last > first:
            yield first, last
