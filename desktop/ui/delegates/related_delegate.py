"""Paints a clause like the one in view: where it stands, what wording it shares in its context, and what else."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.ui.delegates.hits_delegate import ABOVE, LINE, SMALL_LINE, HitsDelegate
from desktop.ui.delegates.row_delegate import LEFT, LEFT_MIDDLE, RIGHT
from desktop.ui.models.related_model import RelatedRole, RelatedRow
from desktop.ui.theme.tokens import UNIT

HEIGHT = 2 * ABOVE + 2 * LINE + SMALL_LINE
_ADDRESS_SHARE = 0.6
"""Where a title stands beside it, an address gets no more of the line than this."""


class RelatedDelegate(HitsDelegate):
    """Paints from `RelatedRole.ROW` alone, in the colours of `theme`. All rows have one height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height all rows have; the width is the view's."""
        return QSize(0, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a clause."""
        row: RelatedRow = index.data(RelatedRole.ROW)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, cell, state, barred=False)
        self.paint_ring(painter, cell, state)
        room = cell.adjusted(LEFT, ABOVE, -RIGHT, -ABOVE)
        self._paint_place(painter, QRect(room.left(), room.top(), room.width(), LINE), row)
        self.paint_context(painter, QRect(room.left(), room.top() + LINE, room.width(), LINE), row.context)
        if row.shared:
            painter.setFont(self._small)
            painter.setPen(QColor(self.theme.muted))
            last = room.adjusted(0, 2 * LINE, 0, 0)
            words = f"也有：{row.shared}"
            painter.drawText(
                last, LEFT_MIDDLE, self._small_metrics.elidedText(words, Qt.TextElideMode.ElideRight, last.width())
            )
        painter.restore()

    def _paint_place(self, painter: QPainter, line: QRect, row: RelatedRow) -> None:
        width = int(line.width() * _ADDRESS_SHARE) if row.title else line.width()
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.accent))
        address = self._metrics.elidedText(row.address, Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, LEFT_MIDDLE, address)
        rest = line.adjusted(self._metrics.horizontalAdvance(address) + 2 * UNIT, 0, 0, 0)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        title = self._small_metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), title)
