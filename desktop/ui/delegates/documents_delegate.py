"""Paints a document of the library: its title on one or two lines, what it is, file and date, its marks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from desktop.ui.delegates.row_delegate import BAR, LEFT, LEFT_MIDDLE, RIGHT, RowDelegate
from desktop.ui.models.documents_model import DocumentRole
from desktop.ui.theme.tokens import UNIT, Theme

ABOVE = 2 * UNIT
GAP = 7
LINE = 20
"""Height of a line of the title."""
FACTS = 18
"""Height of a line of facts."""


class DocumentsDelegate(RowDelegate):
    """Paints from the roles of `DocumentRole` alone, in the colours of `theme`."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(theme, view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002
        """Return the height the title needs at the width of the view."""
        width = self._view.viewport().width()
        lines, about = self._head(index, width - LEFT - RIGHT)
        return QSize(0, 2 * ABOVE + LINE * len(lines) + FACTS * (2 if about else 1))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a document over the whole width of the view."""
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, cell, state, barred=bool(index.data(DocumentRole.OPEN)))
        self.paint_ring(painter, cell.adjusted(0, 0, -BAR, 0), state)
        room = cell.adjusted(LEFT, ABOVE, -RIGHT, -ABOVE)
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.ink))
        lines, about = self._head(index, room.width())
        for line in lines:
            painter.drawText(QRect(room.left(), room.top(), room.width(), LINE), LEFT_MIDDLE, line)
            room.setTop(room.top() + LINE)
        if about:
            self._paint_facts(painter, QRect(room.left(), room.top(), room.width(), FACTS), about, 0)
            room.setTop(room.top() + FACTS)
        hits = index.data(DocumentRole.HITS)
        pill = self.count_width(hits)
        self.paint_count(painter, QRect(room.right() + 1 - pill, room.top(), pill, FACTS), hits)
        room.setRight(room.right() - (pill + GAP if pill else 0))
        self._paint_facts(painter, room, index.data(DocumentRole.FACTS), index.data(DocumentRole.MARKS))
        painter.restore()

    def _paint_facts(self, painter: QPainter, room: QRect, facts: str, marks: int) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        count = str(marks) if marks else ""
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), count)
        width = room.width() - (self._small_metrics.horizontalAdvance(count) + GAP if count else 0)
        words = self._small_metrics.elidedText(facts, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRect(room.left(), room.top(), width, room.height()), LEFT_MIDDLE, words)

    def _head(self, index: QModelIndex | QPersistentModelIndex, width: int) -> tuple[list[str], str]:
        """Return the lines of the title and what the document is; nothing for an edition beneath another."""
        if not index.data(DocumentRole.HEADS):
            return [], ""
        return self._lines(index.data(DocumentRole.TITLE), width), index.data(DocumentRole.ABOUT)

    def _lines(self, title: str, width: int) -> list[str]:
        """Return the title on one line, or broken into two, the second elided."""
        if self._metrics.horizontalAdvance(title) <= width:
            return [title]
        fits = 1
        while fits < len(title) and self._metrics.horizontalAdvance(title[: fits + 1]) <= width:
            fits += 1
        return [title[:fits], self._metrics.elidedText(title[fits:], Qt.TextElideMode.ElideMiddle, width)]
