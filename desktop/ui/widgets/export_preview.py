"""Shows the beginning of an export: a page of paper, a table, or plain lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.ui.printing.measures import PAGE_HEIGHT, PAGE_WIDTH
from desktop.ui.printing.preview import Explained, Preview, Rows
from desktop.ui.theme.fonts import interface_font
from desktop.ui.theme.roles import Role, set_role

_FRAME = 4
"""What the edges of a page of paper take, in logical pixels."""
_MOST_WIDTH = 220
"""No column of a table is shown wider."""


class ExportPreview(QStackedWidget):
    """One of three pages; each can be scrolled with the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = QLabel()
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._paper = QScrollArea()
        self._paper.setWidget(self.page)
        self._paper.setWidgetResizable(True)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self._letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        set_role(self.lines, Role.FIELD)
        for widget in (self._paper, self.table, self.lines):
            widget.setAccessibleName("预览")
            self.addWidget(widget)

    def paper_width(self) -> float:
        """Return how wide a page of paper may be, in logical pixels."""
        return float(self.width() - self._paper.verticalScrollBar().sizeHint().width() - _FRAME)

    def whole_width(self) -> float:
        """Return how wide a page of paper may be to be seen as a whole."""
        return min(self.width() - _FRAME, (self.height() - _FRAME) * PAGE_WIDTH / PAGE_HEIGHT)

    def show_preview(self, preview: Preview) -> None:
        """Show the beginning of an export, from its top."""
        if isinstance(preview, QImage):
            self.page.setPixmap(QPixmap.fromImage(preview))
            self.setCurrentWidget(self._paper)
        elif isinstance(preview, Rows):
            self._fill(preview)
            self.setCurrentWidget(self.table)
        else:
            words, font = (
                (preview.words, interface_font()) if isinstance(preview, Explained) else (preview, self._letters)
            )
            self.lines.setFont(font)
            self.lines.setPlainText(words)
            self.setCurrentWidget(self.lines)

    def _fill(self, preview: Rows) -> None:
        self.table.setRowCount(len(preview.rows))
        self.table.setColumnCount(len(preview.titles))
        self.table.setHorizontalHeaderLabels(list(preview.titles))
        for row, cells in enumerate(preview.rows):
            for column, cell in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()
        for column in range(self.table.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), _MOST_WIDTH))
