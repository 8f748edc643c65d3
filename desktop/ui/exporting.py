"""Exporting as the user sees it: choose, write, open what was written; what could not be written is offered again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.formats import Form, forms
from desktop.exchange.watch import UNWATCHED
from desktop.model.export import Options
from desktop.model.report import NO_REPORT
from desktop.services.exporting import GATHERING_AND_WRITING, Selection, counted, export, prepare_report
from desktop.services.reading import Reading
from desktop.ui.asking import Asker
from desktop.ui.export_memory import Remembered, remember
from desktop.ui.printing.writers import WRITERS
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks
from desktop.ui.widgets.message_bar import Action, MessageBar

if TYPE_CHECKING:
    from desktop.services.bundling import BundleWriter
    from desktop.ui.dialogs.export_dialog import ExportDialog, Shared
    from desktop.ui.export_scopes import Offer, View
    from desktop.ui.printing.preview import Preview

_ABOUT_BUNDLES = """\
给同事合并到自己的文库。

里面是全部共享的标注，不分文件：批注、标签、颜色。您合并过的同事的标注也在内。

改过的标注原来怎么写、删掉的标注写过什么，也在文件里，只是不显示。不想带出去的，把标注设为私人：再取消私人，您以前写的就不带了；\
设为私人以后再删，整处都不带。

私人标注不在里面。原文也不在里面：同事的文库里有同一份文件，标注就会落到原处。

同事用“文件 → 导入交换包…”合并；合并以前，先看到会有什么变化。
"""


class Exporting:
    """Hands marks over as a file."""

    def __init__(
        self,
        session: Session,
        asker: Asker,
        tasks: Tasks,
        messages: MessageBar,
        window: QWidget,
        view: View,
        rename: Callable[[QWidget], object],
    ) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._messages = messages
        self._window = window
        self._view = view
        self._rename = rename
        self._unwritten: dict[str, Remembered] = {}  # by edition: what was to be written last, and was not
        self._problem = ""

    def ask(self) -> None:
        """Ask what goes where, and write it."""
        from desktop.services.bundling import BundleWriter
        from desktop.ui.dialogs.export_dialog import ExportDialog
        from desktop.ui.export_scopes import offer_of

        offer = offer_of(self._session, self._view)
        if offer is None:
            return
        offer = replace(offer, last=self._unwritten.get(offer.reading.edition.id, offer.last))
        bundle = BundleWriter(self._session.library.path)
        dialog = ExportDialog(
            offer,
            forms({**WRITERS, BUNDLE: bundle.write}),
            partial(self._preview, offer),
            self._shared,
            self._rename,
            self._asker,
            self._window,
        )
        if self._asker.fill_in(dialog):
            self._messages.withdraw(self._problem)
            self._write(offer.reading, dialog, bundle)

    def _write(self, reading: Reading, dialog: ExportDialog, bundle: BundleWriter) -> None:
        path, selection, form, options = dialog.path(), dialog.selection(), dialog.export_form(), dialog.options()
        replaces, edition_id = dialog.replaces, reading.edition.id
        remember(self._session, dialog.remembered())
        self._unwritten[edition_id] = dialog.remembered()
        make = prepare_report(self._session.library, reading, selection, self._session.marks)

        def write(progress: Progress) -> str | None:
            gathering, writing = progress.watch().parts(*GATHERING_AND_WRITING)
            report = make(gathering) if form.key != BUNDLE else NO_REPORT
            if not export(report, path, form=form, options=options, overwrite=replaces, watch=writing):
                return None
            if form.key == BUNDLE:
                return counted(bundle.written, 0)
            return counted(len(report.marks), sum(mark.private for mark in report.marks))

        def tell(count: str | None) -> None:
            if count is None:  # it was stopped in time
                self._session.said.emit("已取消导出")
                return
            self._unwritten.pop(edition_id, None)
            self._messages.show_message(f"已导出 {count}：{path.name}", *ways_to(path))

        self._tasks.run(f"正在写 {path.name} …", write, tell, self._fail, final=True)

    def _fail(self, problem: str) -> None:
        self._problem = problem
        self._messages.show_error(problem, Action("重新导出…", self.ask))

    def _shared(self) -> Shared:
        from desktop.ui.dialogs.export_dialog import Shared

        library = self._session.library
        return Shared(library.author.name, *library.marks.count_shared())

    def _preview(
        self, offer: Offer, form: Form, selection: Selection, options: Options, width: float, ratio: float
    ) -> Preview:
        if form.key == BUNDLE:
            from desktop.ui.printing.preview import Explained

            return Explained(_ABOUT_BUNDLES)
        from desktop.ui.printing.preview import preview_of, shown_first

        marks = [mark for mark in offer.marks if selection.takes(mark)]
        first = shown_first(form, marks, options.template, offer.reading.text)
        report = prepare_report(self._session.library, offer.reading, selection, first)(UNWATCHED)
        return preview_of(form, replace(report, total=len(marks)), options, width, ratio)


def ways_to(path: Path) -> tuple[Action, Action]:
    """Return the buttons that open a file that was written, and the folder it is in, as the system does."""
    return Action("打开", lambda: _open(path)), Action("打开所在文件夹", lambda: _open(path.parent))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
