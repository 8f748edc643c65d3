"""Exporting: which marks, in which form, into which file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.exchange.formats import Form
from desktop.model.mark import Mark
from desktop.model.meeting import Meeting
from desktop.services.exporting import Selection
from desktop.ui.dialogs.form import FormDialog

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""Characters that no file name may hold on one of the systems we run on."""


class ExportDialog(FormDialog):
    """Asks what is handed over and where to. Nothing is written here.

    `chosen` is the key of the form used last, without its dot; `browse` lets the user pick the file.
    """

    def __init__(
        self,
        title: str,
        marks: Sequence[Mark],
        meetings: Sequence[Meeting],
        forms: Sequence[Form],
        folder: Path,
        chosen: str,
        browse: Callable[[Path], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("导出", "导出", parent)
        self.setMinimumWidth(560)
        self._title, self._marks, self._folder, self._browse = title, marks, folder, browse
        self._what = QComboBox()
        self._what.addItem("全部标注", None)
        for meeting in meetings:
            self._what.addItem(f"会议：{meeting.name}（{meeting.held_on:%Y-%m-%d}）", meeting)
        self._form = QComboBox()
        self._forms = {form.key: form for form in forms}
        for form in forms:
            self._form.addItem(form.title, form.key)
            self._form.setItemData(self._form.count() - 1, form.purpose, Qt.ItemDataRole.ToolTipRole)
        self._form.setCurrentIndex(max(0, self._form.findData(f".{chosen}")))
        self._path = QLineEdit()
        self._path.textEdited.connect(self._on_edited)
        pick = QPushButton("浏览…")
        pick.setAutoDefault(False)
        pick.clicked.connect(self._pick)
        where = QHBoxLayout()
        where.addWidget(self._path, 1)
        where.addWidget(pick)
        self.form.addRow("内容", self._what)
        self.form.addRow("格式", self._form)
        self.form.addRow("存为", where)
        self._count = self.add_hint("")
        self._named_by_user = False
        self._what.currentIndexChanged.connect(self._refresh)
        self._form.currentIndexChanged.connect(self._refresh)
        self._refresh()
        self._what.setFocus()

    def selection(self) -> Selection:
        """Return which marks are handed over."""
        meeting = self._what.currentData()
        return Selection(meeting.id if meeting else None)

    def path(self) -> Path:
        """Return the file to write, with the suffix of the chosen format."""
        path = self._suffixed(Path(self._path.text().strip()).expanduser())
        return path if path.is_absolute() else self._folder / path

    def export_form(self) -> Form:
        """Return the chosen form."""
        return self._forms[str(self._form.currentData())]

    def accept(self) -> None:
        """Accept a path that has a name."""
        if self._path.text().strip():
            super().accept()
        else:
            self.tell("请写上文件名。")

    def _suffixed(self, path: Path) -> Path:
        """Return `path` with the suffix of the chosen format; a dot in a name is not always one of a suffix."""
        suffix = self.export_form().suffix
        if path.suffix.lower() == suffix:
            return path
        return path.with_suffix(suffix) if self._form.findData(path.suffix.lower()) >= 0 else Path(f"{path}{suffix}")

    def _on_edited(self) -> None:
        self._named_by_user = True
        self._take_form()

    def _take_form(self) -> None:
        """Choose the format whose suffix the user wrote."""
        suffix = Path(self._path.text().strip()).suffix.lower()
        index = self._form.findData(suffix)
        if index >= 0 and suffix != self.export_form().suffix:
            self._form.setCurrentIndex(index)

    def _refresh(self) -> None:
        if self._named_by_user and self._path.text().strip():
            named = str(self._suffixed(Path(self._path.text().strip())))
            if named != self._path.text().strip():
                self._path.setText(named)
        else:
            self._path.setText(str(self._folder / self._file_name()))
        selection = self.selection()
        count = sum(selection.takes(mark) for mark in self._marks)
        private = sum(mark.private and selection.takes(replace(mark, private=False)) for mark in self._marks)
        left_out = f"；{private} 处私人标注不导出" if private else ""
        self._count.setText((f"{count} 处标注" if count else "没有标注") + left_out + "。")

    def _file_name(self) -> str:
        meeting = self._what.currentData()
        name = f"{self._title}{'_' + meeting.name if meeting else '_批注'}".translate(_FORBIDDEN)
        return name[:80] + self.export_form().suffix

    def _pick(self) -> None:
        path = self._browse(self.path())
        if path is not None:
            self._path.setText(str(path))
            self._named_by_user = True
            self._take_form()
