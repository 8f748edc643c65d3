"""The properties of a document: its name, kind, level and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.model.document import KINDS, LEVELS, Document
from desktop.model.errors import UserError
from desktop.services.properties import day_of
from desktop.ui.dialogs.form import FormDialog

_NOT_GIVEN = "未注明"


class DocumentDialog(FormDialog):
    """Asks for what is known about a document; only the name is needed."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("文件属性", "保存", parent)
        self._title = QLineEdit(document.title)
        self._title.setMaxLength(300)
        self._title.setMinimumWidth(360)
        self._title.selectAll()
        self._kind = _choice(KINDS, document.kind)
        self._level = _choice(LEVELS, document.level)
        self._day = QLineEdit(document.issued.isoformat() if document.issued is not None else "")
        self._day.setPlaceholderText("如 2026-01-15，可以不填")
        self.form.addRow("名称", self._title)
        self.form.addRow("类型", self._kind)
        self.form.addRow("层级", self._level)
        self.form.addRow("日期", self._day)
        self._title.setFocus()

    def accept(self) -> None:
        """Accept a name that is not blank and a day that is one, or none."""
        if not self.title():
            self.tell("请写上文件名称。")
            self._title.setFocus()
            return
        try:
            self.day()
        except UserError as error:
            self.tell(str(error))
            self._day.setFocus()
            return
        super().accept()

    def title(self) -> str:
        """Return the name without blanks around it."""
        return self._title.text().strip()

    def kind(self) -> str:
        """Return the kind, "" where none is given."""
        return str(self._kind.currentData())

    def level(self) -> str:
        """Return the level, "" where none is given."""
        return str(self._level.currentData())

    def day(self) -> date | None:
        """Return the day, None where none is given. Raises UserError for words that name none."""
        return day_of(self._day.text())


def _choice(offered: Sequence[str], chosen: str) -> QComboBox:
    """Make a box with what is offered, and with what was chosen where that is something else."""
    box = QComboBox()
    box.addItem(_NOT_GIVEN, "")
    for name in dict.fromkeys((*offered, *filter(None, (chosen,)))):
        box.addItem(name, name)
    box.setCurrentIndex(box.findData(chosen))
    return box
