"""Paints a hit of the search: its words in their context, always in sight, with the address below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.ui.delegates.row_delegate import LEFT, LEFT_MIDDLE, RIGHT, RowDelegate
from desktop.ui.models.hits_model import HeadingRow, HitRole, HitRow
from desktop.ui.theme.tokens import UNIT

ABOVE = 6
LINE = 20
"""Height of the line of context."""
SMALL_LINE = 17
"""Height of the line of the address."""
BEFORE_SHARE = 0.4
"""Where a context is too long, what stands before the hit gets no more of the room than this."""
DOTS = "…"


class HitsDelegate(RowDelegate):
    """Paints from `HitRole.ROW` alone, in the colours of `theme`. All rows have one height, so that none is asked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height all rows have; the width is the view's."""
        return QSize(0, 2 * ABOVE + LINE + SMALL_LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a hit or the heading of a group."""
        row: HitRow | HeadingRow = index.data(HitRole.ROW)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadingRow):
            self._paint_heading(painter, cell, row)
        else:
            self.paint_ground(painter, cell, state, barred=bool(state & QStyle.StateFlag.State_Selected))
            view: QWidget = option.widget
            room = cell.adjusted(LEFT, ABOVE, 0, -ABOVE)
            room.setRight(min(cell.right() - 2, view.width() - RIGHT))
            self._paint_context(painter, QRect(room.left(), room.top(), room.width(), LINE), row)
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
        room = cell.adjusted(LEFT, 0, -RIGHT, -ABOVE)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), row.text)
        left = room.left() + self._small_metrics.horizontalAdvance(row.text) + 2 * UNIT
        middle = room.bottom() - self._small_metrics.height() // 2
        painter.fillRect(QRect(left, middle, max(0, room.right() - left), 1), QColor(self.theme.line))

    def _paint_context(self, painter: QPainter, line: QRect, row: HitRow) -> None:
        before, words, after = self.parts(row, line.width())
        painter.setFont(self._font)
        left = line.left()
        for part, found in ((before, False), (words, True), (after, False)):
            width = self._metrics.horizontalAdvance(part)
            place = QRect(left, line.top(), width, line.height())
            if found:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self.theme.hit))
                painter.drawRoundedRect(QRectF(place).adjusted(-0.5, 0.5, 0.5, -0.5), 3, 3)
            painter.setPen(QColor(self.theme.hit_ink if found else self.theme.ink))
            # The room to the right is the line's: a letter that leans over its width isn't cut.
            painter.drawText(QRect(left, line.top(), line.right() - left + UNIT, line.height()), LEFT_MIDDLE, part)
            left += width

    def _paint_address(self, painter: QPainter, room: QRect, row: HitRow) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        address = self._small_metrics.elidedText(row.address, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, LEFT_MIDDLE, address)
