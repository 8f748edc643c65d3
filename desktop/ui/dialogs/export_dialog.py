"""Exporting: which marks, in which form, into which file, with the beginning of it in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.formats import Form
from desktop.model.export import Options
from desktop.model.mark import Mark
from desktop.services.exporting import Selection
from desktop.ui.dialogs.export_page import PagePicker
from desktop.ui.dialogs.export_template import TemplatePicker
from desktop.ui.dialogs.marks_dialog import MarksDialog
from desktop.ui.export_memory import Remembered
from desktop.ui.export_scopes import Scope
from desktop.ui.printing.preview import Preview

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""Characters that no file name may hold on one of the systems we run on."""
_ON_PAGES = (".docx", ".excerpts.docx", ".pdf")
_WITH_MARGIN = (".pdf",)
_IN_FIELDS = (".excerpts.docx", ".md")
_PATH_WIDTH = 240

Show = Callable[[Form, Selection, Options, float, float], Preview]
"""Makes the beginning of an export; a page so many logical pixels wide, each of so many pixels."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a bundle holds: whose it is, how many marks, and how many stay because they are private."""

    author: str
    marks: int
    private: int


class ExportDialog(MarksDialog):
    """Asks what is handed over and where to. Nothing is written here. `browse` lets the user pick the file.

    A bundle is always whole: `shared` says what is in it. The name that signs is in view, for it may still be that of
    the system; `rename` lets the user change it.
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
        shared: Callable[[], Shared],
        rename: Callable[[QWidget], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("导出", "导出", marks, scopes, last.scope, parent)
        self._title, self._folder, self._show, self._browse, self._shared = title, last.folder, show, browse, shared
        self._rename = rename
        self._forms = {form.key: form for form in forms}
        self._named_by_user = False
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
        self._signed = QLabel()
        self._signed.setTextFormat(Qt.TextFormat.PlainText)
        self._signed.setWordWrap(True)
        self._lay_out()
        self._path.textEdited.connect(self._on_edited)
        self._form.currentIndexChanged.connect(self.refresh)
        self._page.changed.connect(self.refresh_preview)
        self._template.changed.connect(self.refresh_preview)
        self.begin()

    # What was answered.

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
        return Remembered(self.path().parent, key, self.scope.remembered(), self.options())

    def accept(self) -> None:
        """Accept a path that has a name, and at least one field."""
        if not self._path.text().strip():
            self.tell("请写上文件名。")
            self._path.setFocus()
        elif not self._template.template().fields and self.export_form().key in _IN_FIELDS:
            self.tell("摘录至少要有一栏，请选上一栏。")
            self._template.fields.setFocus()
        elif self.export_form().key == BUNDLE:
            QDialog.accept(self)  # whatever marks were chosen before
        else:
            super().accept()

    # Following what is answered.

    def _lay_out(self) -> None:
        pick = QPushButton("浏览…")
        pick.setAutoDefault(False)
        pick.clicked.connect(self._pick)
        where = QHBoxLayout()
        where.addWidget(self._path, 1)
        where.addWidget(pick)
        self.form.addRow("格式", self._form)
        self.form.addRow("行距", self._page)
        self.form.addRow("旁注", self._page.margin)
        self.form.addRow("栏目", self._template)
        change = QPushButton("更改…")
        change.setAccessibleName("更改署名")
        change.setAutoDefault(False)
        change.clicked.connect(self._sign)
        signed = QHBoxLayout()
        signed.addWidget(self._signed, 1)
        signed.addWidget(change)
        self.form.addRow("署名", signed)
        self.form.addRow("存为", where)
        self._path.setMinimumWidth(_PATH_WIDTH)
        self.body.addWidget(self.preview, 1)

    def refresh(self) -> None:
        """Show the lines that the form has use for, and name the file."""
        key = self.export_form().key
        self._signed.setText(self._shared().author)
        self.form.setRowVisible(self.scope, key != BUNDLE)
        self.form.setRowVisible(self.private, key != BUNDLE)
        self.form.setRowVisible(self._page, key in _ON_PAGES)
        self.form.setRowVisible(self._page.margin, key in _WITH_MARGIN)
        self.form.setRowVisible(self._template, key in _IN_FIELDS)
        self._name_file()
        super().refresh()

    def counts(self) -> tuple[int, int]:
        """Return how many marks go, and how many stay because they are private."""
        if self.export_form().key != BUNDLE:
            return super().counts()
        shared = self._shared()
        return shared.marks, shared.private

    def make_preview(self) -> None:
        """Show the beginning in the chosen form."""
        width, ratio = self.preview.paper_width(), self.devicePixelRatioF()
        self.preview.show_preview(self._show(self.export_form(), self.selection(), self.options(), width, ratio))

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
        choice = self.scope.choice()
        if self.export_form().key == BUNDLE:
            name = f"{self._shared().author}的交换包"
        else:
            name = f"{self._title}_{choice.name if choice else ''}"
        return name.translate(_FORBIDDEN)[:80] + self.export_form().suffix

    def _sign(self) -> None:
        self._rename(self)
        self.refresh()

    def _pick(self) -> None:
        path = self._browse(self.path())
        if path is not None:
            self._path.setText(str(path))
            self._named_by_user = True
            self._take_form()
