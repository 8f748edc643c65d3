"""Exporting: which marks, in which form, into which file, with the beginning of it in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.exchange.formats import Form
from desktop.model.export import Options
from desktop.model.mark import Mark
from desktop.services.exporting import Selection
from desktop.ui.dialogs.export_page import PagePicker
from desktop.ui.dialogs.export_scope import ScopePicker
from desktop.ui.dialogs.export_template import TemplatePicker
from desktop.ui.dialogs.form import FormDialog
from desktop.ui.export_memory import Remembered
from desktop.ui.export_scopes import Scope
from desktop.ui.printing.preview import Preview
from desktop.ui.widgets.export_preview import ExportPreview

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""Characters that no file name may hold on one of the systems we run on."""
_ON_PAGES = (".docx", ".excerpts.docx", ".pdf")
_IN_FIELDS = (".excerpts.docx", ".md")
_FORM_WIDTH, _PREVIEW_WIDTH, _HEIGHT = 400, 430, 520
_PATIENCE_MS = 150
"""How long after the last change the preview is made anew."""


Show = Callable[[Form, Selection, Options, float, float], Preview]
"""Makes the beginning of an export; a page so many logical pixels wide, each of so many pixels."""


class ExportDialog(FormDialog):
    """Asks what is handed over and where to. Nothing is written here.

    `browse` lets the user pick the file. Whether private marks go along is asked anew every time.
    """

    def __init__(
        self,
        title: str,
        marks: Sequence[Mark],
        scopes: Sequence[Scope],
        forms: Sequence[Form],
        last: Remembered,
        show: Show,
        browse: Callable[[Path], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("导出", "导出", parent)
        self._title, self._marks, self._folder, self._show, self._browse = title, marks, last.folder, show, browse
        self._forms = {form.key: form for form in forms}
        self._named_by_user = False
        self._scope = ScopePicker(scopes, marks, last.scope)
        self._private = QCheckBox("连同私人标注（只管这一次）")
        self._form = QComboBox()
        self._form.setAccessibleName("格式")
        for form in forms:
            self._form.addItem(form.title, form.key)
            self._form.setItemData(self._form.count() - 1, form.purpose, Qt.ItemDataRole.ToolTipRole)
        self._form.setCurrentIndex(max(0, self._form.findData(f".{last.form}")))
        self._page = PagePicker(last.options.page)
        self._template = TemplatePicker(last.options.template)
        self._path = QLineEdit()
        self._path.setAccessibleName("存为")
        self._preview = ExportPreview()
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._lay_out()
        self._connect()
        self._refresh()
        self._scope.kind.setFocus()

    # What was answered.

    def selection(self) -> Selection:
        """Return which marks are handed over; none where the clause that was typed is none."""
        choice = self._scope.choice()
        chosen = choice.selection if choice is not None else Selection(conditions=(lambda _: False,))
        return replace(chosen, private=self._private.isChecked())

    def options(self) -> Options:
        """Return how they are written."""
        return Options(self._template.template(), self._page.page())

    def path(self) -> Path:
        """Return the file to write, with the suffix of the chosen format."""
        path = self._suffixed(Path(self._path.text().strip()).expanduser())
        return path if path.is_absolute() else self._folder / path

    def export_form(self) -> Form:
        """Return the chosen form."""
        return self._forms[str(self._form.currentData())]

    def remembered(self) -> Remembered:
        """Return the answers that are offered next time."""
        key = self.export_form().key.removeprefix(".")
        return Remembered(self.path().parent, key, self._scope.remembered(), self.options())

    def accept(self) -> None:
        """Accept a path that has a name, and marks that there are."""
        if not self._path.text().strip():
            self.tell("请写上文件名。")
            self._path.setFocus()
        elif self._scope.choice() is None:
            self.tell("没有这一项，请从列表里选一个。")
            self._scope.value.setFocus()
        elif not self._template.template().fields and self.export_form().key in _IN_FIELDS:
            self.tell("摘录至少要有一栏，请选上一栏。")
            self._template.fields.setFocus()
        else:
            super().accept()

    def done(self, result: int) -> None:
        """Close; the preview is made no more."""
        self._timer.stop()
        super().done(result)

    # Parts.

    def _lay_out(self) -> None:
        pick = QPushButton("浏览…")
        pick.setAutoDefault(False)
        pick.clicked.connect(self._pick)
        where = QHBoxLayout()
        where.addWidget(self._path, 1)
        where.addWidget(pick)
        self.form.addRow("内容", self._scope)
        self.form.addRow("", self._private)
        self.form.addRow("格式", self._form)
        self.form.addRow("行距", self._page)
        self.form.addRow("栏目", self._template)
        self.form.addRow("存为", where)
        self._count = self.add_hint("")
        self._path.setMinimumWidth(_FORM_WIDTH - 160)
        self.body.addWidget(self._preview, 1)
        self._preview.setFixedWidth(_PREVIEW_WIDTH)
        self.resize(_FORM_WIDTH + _PREVIEW_WIDTH + 72, _HEIGHT)

    def _connect(self) -> None:
        self._path.textEdited.connect(self._on_edited)
        self._scope.changed.connect(self._refresh)
        self._private.toggled.connect(self._refresh)
        self._form.currentIndexChanged.connect(self._refresh)
        self._page.changed.connect(self._timer.start)
        self._template.changed.connect(self._timer.start)
        self._timer.timeout.connect(self._make_preview)

    # Following what is answered.

    def _refresh(self) -> None:
        self.tell("")
        key = self.export_form().key
        self.form.setRowVisible(self._page, key in _ON_PAGES)
        self.form.setRowVisible(self._template, key in _IN_FIELDS)
        self._name_file()
        self._tell_count()
        self._timer.start()

    def _tell_count(self) -> None:
        selection = self.selection()
        count = sum(selection.takes(mark) for mark in self._marks)
        with_private = replace(selection, private=True)
        private = 0 if selection.private else sum(mark.private and with_private.takes(mark) for mark in self._marks)
        left_out = f"；{private} 处私人标注不导出" if private else ""
        self._count.setText((f"{count} 处标注" if count else "没有标注") + left_out + "。")

    def _make_preview(self) -> None:
        ratio = self.devicePixelRatioF()
        width = self._preview.paper_width()
        self._preview.show_preview(self._show(self.export_form(), self.selection(), self.options(), width, ratio))

    # The file.

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

    def _name_file(self) -> None:
        if self._named_by_user and self._path.text().strip():
            named = str(self._suffixed(Path(self._path.text().strip())))
            if named != self._path.text().strip():
                self._path.setText(named)
        else:
            self._path.setText(str(self._folder / self._file_name()))

    def _file_name(self) -> str:
        choice = self._scope.choice()
        name = f"{self._title}_{choice.name if choice else ''}".translate(_FORBIDDEN)
        return name[:80] + self.export_form().suffix

    def _pick(self) -> None:
        path = self._browse(self.path())
        if path is not None:
            self._path.setText(str(path))
            self._named_by_user = True
            self._take_form()
