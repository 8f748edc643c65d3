"""Starting a meeting: its name and its day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.dialogs.form import FormDialog
from desktop.ui.widgets.day_edit import DayEdit


class MeetingDialog(FormDialog):
    """Asks for a meeting's name and day; both have a default, so that Enter is enough."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("开始会议", "开始", parent)
        self._name = QLineEdit(f"{today.month}月{today.day}日会议")
        self._name.setMaxLength(100)
        self._name.selectAll()
        self._day = DayEdit(today, "yyyy年M月d日")
        self.form.addRow("会议名称", self._name)
        self.form.addRow("日期", self._day)
        self.add_hint("会议期间做的标注都记在这次会议名下，再按 F5 结束。")
        self._name.setFocus()

    def accept(self) -> None:
        """Accept a name that is not blank."""
        if self.name():
            super().accept()
        else:
            self.tell("请写上会议名称。")
            self._name.setFocus()

    def name(self) -> str:
        """Return the name without blanks around it."""
        return self._name.text().strip()

    def day(self) -> date:
        """Return the day of the meeting."""
        return self._day.day()
