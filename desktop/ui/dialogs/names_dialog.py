"""Names the user gives: of the five pens, and of the author."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.model.pen import DEFAULT_PENS, Pen
from desktop.ui.dialogs.form import FormDialog
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.pen_button import PenButton

_LONGEST = 12


class PensDialog(FormDialog):
    """Asks what the five colours are called; an emptied line takes its first name again."""

    def __init__(self, pens: tuple[Pen, ...], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("颜色名称", "确定", parent)
        self._before = pens
        self._lines: dict[int, QLineEdit] = {}
        for pen in pens:
            chip = PenButton(pen, theme)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line = self._lines[pen.number] = QLineEdit(pen.name)
            line.setMaxLength(_LONGEST)
            line.setPlaceholderText(DEFAULT_PENS[pen.number - 1].name)
            line.setAccessibleName(f"第 {pen.number} 支笔的名称")
            chip.clicked.connect(line.setFocus)
            self.form.addRow(chip, line)
        self._lines[1].selectAll()

    def changed_names(self) -> dict[int, str]:
        """Return the names that are to change, by the pen's number."""
        names = {number: line.text().strip() or line.placeholderText() for number, line in self._lines.items()}
        return {pen.number: names[pen.number] for pen in self._before if names[pen.number] != pen.name}


class AuthorDialog(FormDialog):
    """Asks under which name the user's notes are handed over."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("署名", "确定", parent)
        self._line = QLineEdit(name)
        self._line.setMaxLength(50)
        self._line.selectAll()
        self.form.addRow("姓名或单位", self._line)
        self.add_hint("导出的批注署这个名字。")

    def accept(self) -> None:
        """Accept a name that is not blank."""
        if self.name():
            super().accept()
        else:
            self.tell("署名不能是空的。")

    def name(self) -> str:
        """Return the name without blanks around it."""
        return self._line.text().strip()
