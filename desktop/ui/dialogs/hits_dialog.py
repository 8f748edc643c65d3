"""Asks whether what a search found in private marks is handed over, too."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.dialogs.form import FormDialog


class HitsDialog(FormDialog):
    """One box, empty whenever it is asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("导出搜索结果", "继续…", parent)
        self.private = QCheckBox("连同私人标注（只管这一次）")
        self.form.addRow("", self.private)
        self.add_hint("不勾选，在私人标注里找到的就不导出。")
