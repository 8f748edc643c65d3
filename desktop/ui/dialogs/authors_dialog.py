"""Who the marks in the library are by: everybody's colour, and one's own name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from desktop.model.author import Author
from desktop.text.blanks import one_line
from desktop.ui.dialogs.form import FormDialog
from desktop.ui.theme.icons import icon
from desktop.ui.theme.tokens import AUTHOR_COLOUR_NAMES, Theme

_HIGHEST = 300
_DOT = 20
_LONGEST_NAME = 50


class AuthorsDialog(FormDialog):
    """A line for each author, one's own first: the name, which only one's own can be changed, and the colour."""

    def __init__(self, authors: Sequence[Author], own_id: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("作者和颜色", "确定", parent)
        self._before = sorted(authors, key=lambda author: author.id != own_id)
        self._boxes: dict[str, QComboBox] = {}
        self._line = QLineEdit()
        self._line.setMaxLength(_LONGEST_NAME)
        self._line.setAccessibleName("我的署名")
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, author in enumerate(self._before):
            name = one_line(author.name)
            if author.id == own_id:
                self._line.setText(author.name)
                grid.addWidget(self._line, row, 0)
            else:
                label = QLabel(name or "未署名")
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                grid.addWidget(label, row, 0)
            box = self._boxes[author.id] = _colours(author, theme)
            box.setAccessibleName(f"{name or '未署名'}的颜色")
            grid.addWidget(box, row, 1)
        grid.setRowStretch(len(self._before), 1)
        area = QScrollArea()
        area.setWidget(lines)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (area.viewport(), lines):
            ground.setAutoFillBackground(False)  # else it is that of a panel
        area.setFixedHeight(min(_HIGHEST, lines.sizeHint().height()))
        self.form.addRow(area)
        self.add_hint("第一行是您自己，署名随导出和交换包给同事；颜色只用在这个文库里。")
        self._line.setFocus()

    def name(self) -> str:
        """Return one's own name without blanks around it."""
        return self._line.text().strip()

    def colours(self) -> dict[str, int]:
        """Return the colours that are to change, by the author's id."""
        chosen = {author_id: box.currentIndex() + 1 for author_id, box in self._boxes.items()}
        return {one.id: chosen[one.id] for one in self._before if chosen[one.id] != one.colour}

    def accept(self) -> None:
        """Accept a name that is not blank."""
        if self.name():
            super().accept()
        else:
            self.tell("署名不能是空的。")
            self._line.setFocus()


def _colours(author: Author, theme: Theme) -> QComboBox:
    box = QComboBox()
    box.setIconSize(QSize(_DOT, _DOT))
    for name, colour in zip(AUTHOR_COLOUR_NAMES, theme.authors, strict=True):
        box.addItem(icon("dot", colour), name)
    box.setCurrentIndex((author.colour or 1) - 1)
    return box
