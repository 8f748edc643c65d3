"""Exporting: which marks, in which form, into which file, with the beginning of it in view."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.formats import Form
from desktop.model.errors import UserError
from desktop.model.export import Options
from desktop.services.bundling import refuse_library
from desktop.services.exporting import Selection
from desktop.ui.asking import Asker
from desktop.ui.dialogs.export_page import PagePicker
from desktop.ui.dialogs.export_template import TemplatePicker
from desktop.ui.dialogs.marks_dialog import Counts, MarksDialog
from desktop.ui.export_memory import Remembered
from desktop.ui.export_scopes import Offer
from desktop.ui.printing.preview import Preview
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.widgets.elided_label import ElidedLabel

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""Characters that no file name may hold on one of the systems we run on."""
_ON_PAGES = (".docx", ".excerpts.docx", ".pdf")
_WITH_MARGIN = (".pdf",)
_IN_FIELDS = (".excerpts.docx", ".md")
_PATH_WIDTH = 240
_LONGEST_NAME = 240
"""How many bytes of UTF-8 a name without its suffix may have: file systems take 255 with it."""

Show = Callable[[Form, Selection, Options, float, float], Preview]
"""Makes the beginning of an export; a page so many logical pixels wide, each of so many pixels."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a bundle holds: whose it is, how many marks, and how many stay because they are private."""

    author: str
    marks: int
    private: int


class ExportDialog(MarksDialog):
    """Asks what is handed over and where to. Nothing is written here.

    `replaces` says, once it is accepted, whether the user agreed that a file is replaced. A bundle is always whole:
    `shared` says what is in it. The name that signs is in view, for it may still be that of the system; `rename` lets
    the user change it.
    """

    def __init__(
        self,
        offer: Offer,
        forms: Sequence[Form],
        show: Show,
        shared: Callable[[], Shared],
        rename: Callable[[QWidget], object],
        asker: Asker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("导出", "导出", offer, parent)
        last = offer.last
        self._title, self._folder, self._named_by_user = offer.reading.document.title, last.folder, bool(last.name)
        self._show, self._shared, self._rename, self._asker = show, shared, rename, asker
        self.replaces = False
        self._forms = {form.key: form for form in forms}
        self._form = QComboBox()
        self._form.setAccessibleName("格式")
        for form in forms:
            self._form.addItem(form.title, form.key)
            self._form.setItemData(self._form.count() - 1, form.purpose, Qt.ItemDataRole.ToolTipRole)
        self._form.setCurrentIndex(max(0, self._form.findData(f".{last.form}")))
        self._whole = QComboBox()
        self._whole.setAccessibleName("内容")
        self._whole.addItem("全部共享的标注")
        self._whole.setEnabled(False)
        self._page = PagePicker(last.options.page)
        self._template = TemplatePicker(last.options.template)
        self._path = QLineEdit(last.name)
        self._path.setAccessibleName("存为")
        self._where = ElidedLabel()
        set_role(self._where, Role.MUTED)
        self._signed = QLabel()
        self._signed.setTextFormat(Qt.TextFormat.PlainText)
        self._signed.setWordWrap(True)
        self._lay_out()
        self._path.textEdited.connect(self._on_edited)
        self._path.textChanged.connect(self._tell_where)
        self._form.currentIndexChanged.connect(self.refresh)
        self._page.changed.connect(self.refresh_preview)
        self._template.changed.connect(self.refresh_preview)
        self.begin()
        if last.name:
            self._path.setFocus()  # what could not be written: most often it is the place that has to be another one

    # What was answered.

    def options(self) -> Options:
        """Return how they are written."""
        return Options(self._template.template(), self._page.page())

    def path(self) -> Path:
        """Return the file to write, with the suffix of the chosen format."""
        path = self._suffixed(Path(os.path.expanduser(self._path.text().strip())))  # noqa: PTH111 - Path's raises
        return path if path.is_absolute() else self._folder / path

    def export_form(self) -> Form:
        """Return the chosen form."""
        return self._forms[str(self._form.currentData())]

    def remembered(self) -> Remembered:
        """Return the answers that are offered next time."""
        key, path = self.export_form().key.removeprefix("."), self.path()
        name = path.name if self._named_by_user else ""
        return Remembered(path.parent, key, self.scope.remembered(), self.options(), name)

    def accept(self) -> None:
        """Accept a path that has a name, and at least one field."""
        if not self._path.text().strip():
            self.tell("请写上文件名。")
            self._path.setFocus()
        elif not self._template.template().fields and self.export_form().key in _IN_FIELDS:
            self.tell("摘录至少要有一栏，请选上一栏。")
            self._template.fields.setFocus()
        else:
            super().accept()

    def is_settled(self) -> bool:
        """Whether the file may be written where it is to be; the user is asked about one that is there."""
        path = self.path()
        try:
            if self.export_form().key == BUNDLE:
                refuse_library(path)
        except UserError as error:
            self.tell(str(error))
            return False
        replaces = self._asker.over(self).replaces(path)
        self.replaces = bool(replaces)
        return replaces is not None

    # Following what is answered.

    def _lay_out(self) -> None:
        pick = QPushButton("浏览…")
        pick.setAutoDefault(False)
        pick.clicked.connect(self._pick)
        where = QGridLayout()
        where.setHorizontalSpacing(8)
        where.setVerticalSpacing(4)
        where.addWidget(self._path, 0, 0)
        where.addWidget(pick, 0, 1)
        where.addWidget(self._where, 1, 0, 1, 2)
        self.form.insertRow(0, "内容", self._whole)
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
        rows = (
            (self._whole, key == BUNDLE),
            (self.scope, key != BUNDLE),
            (self._page, key in _ON_PAGES),
            (self._page.margin, key in _WITH_MARGIN),
            (self._template, key in _IN_FIELDS),
        )
        for row, shown in sorted(rows, key=lambda row: row[1]):  # else there is a moment with too many of them
            self.form.setRowVisible(row, shown)
        if key == BUNDLE:
            with QSignalBlocker(self.private):
                self.private.setChecked(False)  # nothing private is ever in a bundle
        self.private.setEnabled(key != BUNDLE)
        super().refresh()
        self._name_file()

    def counts(self) -> Counts:
        """Return how many marks go, and how many stay because they are private."""
        if self.export_form().key != BUNDLE:
            return super().counts()
        shared = self._shared()
        return Counts(shared.marks, 0, shared.private)

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
            self._path.setText(self._file_name())
        self._tell_where()

    def _file_name(self) -> str:
        """Return a name that says what is in the file; a long title gives way to the rest of it."""
        form = self.export_form()
        if form.key == BUNDLE:
            name, rest = self._shared().author, "的交换包"
        else:
            name, rest = self._title, "".join(f"_{part}" for part in self._parts())
        room = _LONGEST_NAME - len(rest.encode())
        return f"{name.encode()[:room].decode(errors='ignore')}{rest}".translate(_FORBIDDEN) + form.suffix

    def _parts(self) -> Iterator[str]:
        """Yield which marks are in the file, in which form, and whether private ones are among them."""
        choice, excerpts = self.scope.choice(), self.export_form().key in _IN_FIELDS
        if choice is not None and choice.name:
            yield choice.name
        if excerpts:
            yield "摘录"
        elif choice is not None and not choice.name:
            yield "批注"
        if self.meant.private:
            yield "含私人"

    def _tell_where(self) -> None:
        """Show the folder, of which the line has no room for more than an end."""
        self._where.setText(f"在 {self.path().parent}")

    def _sign(self) -> None:
        self._rename(self)
        self.refresh()

    def _pick(self) -> None:
        path = self._asker.over(self).file_to_save("导出到", f"文件 (*{self.export_form().suffix})", self.path())
        if path is not None:
            self._folder, self._named_by_user = path.parent, True
            self._path.setText(path.name)
            self._take_form()
