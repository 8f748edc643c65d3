"""Exporting as the user sees it: choose, write, open what was written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.formats import Form, forms
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.export import Options
from desktop.model.report import NO_REPORT, Report
from desktop.model.settings import EXPORT_FOLDER
from desktop.services.exporting import Selection, export, prepare_report
from desktop.services.reading import Reading
from desktop.ui.asking import Asker
from desktop.ui.export_memory import remember, remembered
from desktop.ui.models.marks_filter import MarksFilter
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks
from desktop.ui.widgets.message_bar import Action

if TYPE_CHECKING:
    from desktop.ui.dialogs.export_dialog import Shared
    from desktop.ui.printing.preview import Preview


class Tell(Protocol):
    """Shows a message with buttons."""

    def __call__(self, text: str, *actions: Action) -> object:
        """Show it."""
        ...


View = Callable[[], tuple[MarksFilter, int]]
"""Says what the user has in view: the filter of the panel 标注, and the code point he is reading."""

_ABOUT_BUNDLES = """\
给同事合并到自己的文库。

里面是全部共享的标注，不分文件：批注、标签、颜色，还有改过什么、删过什么。您合并过的同事的标注也在内。

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
        tell: Tell,
        window: QWidget,
        view: View,
        rename: Callable[[QWidget], object],
    ) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._tell = tell
        self._window = window
        self._view = view
        self._rename = rename

    def ask(self) -> None:
        """Ask what goes where, and write it."""
        from desktop.services.bundling import BundleWriter, refuse_library
        from desktop.ui.dialogs.export_dialog import ExportDialog
        from desktop.ui.export_scopes import scopes_of

        reading = self._session.reading
        if reading is None:
            return
        bundle = BundleWriter(self._session.library.path)
        dialog = ExportDialog(
            reading.document.title,
            self._session.marks,
            scopes_of(self._session, reading, *self._view()),
            forms({".pdf": _write_pdf, BUNDLE: bundle.write}),
            remembered(self._session, export_folder(self._session)),
            partial(self._preview, reading),
            lambda path: self._asker.file_to_save("导出到", f"文件 (*{path.suffix})", path),
            self._shared,
            self._rename,
            self._window,
        )
        if not self._asker.fill_in(dialog):
            return
        remember(self._session, dialog.remembered())
        path, selection, form, options = dialog.path(), dialog.selection(), dialog.export_form(), dialog.options()
        if form.key == BUNDLE and not self._session.attempt(lambda: refuse_library(path)):
            return
        if not may_replace(self._asker, path):
            return
        make = prepare_report(self._session.library, reading, selection, self._session.marks)

        def write(progress: Progress) -> int:
            gathering, writing = progress.watch().parts(1, 9)
            report = make(gathering) if form.key != BUNDLE else NO_REPORT
            export(report, path, form=form, options=options, overwrite=True, watch=writing)
            return bundle.written if form.key == BUNDLE else len(report.marks)

        def tell(count: int) -> None:
            self._tell(f"已导出 {count} 处标注：{path.name}", *ways_to(path))

        self._tasks.run(f"正在写 {path.name} …", write, tell, self._session.failed.emit)

    def _shared(self) -> Shared:
        from desktop.ui.dialogs.export_dialog import Shared

        library = self._session.library
        return Shared(library.author.name, *library.marks.count_shared())

    def _preview(
        self, reading: Reading, form: Form, selection: Selection, options: Options, width: float, ratio: float
    ) -> Preview:
        if form.key == BUNDLE:
            return _ABOUT_BUNDLES
        from desktop.ui.printing.preview import preview_of

        report = prepare_report(self._session.library, reading, selection, self._session.marks)(UNWATCHED)
        return preview_of(form, report, options, width, ratio)


def _write_pdf(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.ui.printing.pdf import write_pdf

    return write_pdf(report, options, watch)


def export_folder(session: Session) -> Path:
    """Return the folder used last, else the user's documents."""
    kept = session.setting(EXPORT_FOLDER)
    with suppress(OSError):  # a drive that is gone, a folder that is closed
        if kept and Path(kept).is_dir():
            return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def may_replace(asker: Asker, path: Path) -> bool:
    """Whether a file may be written: where there is one, the user is asked.

    What can't be asked about will be told when it is written.
    """
    there = False
    with suppress(OSError):
        there = path.exists()
    return not there or asker.confirm(f"{path.name} 已经有了，要替换它吗？", "替换", detail=str(path))


def ways_to(path: Path) -> tuple[Action, Action]:
    """Return the buttons that open a file that was written, and the folder it is in, as the system does."""
    return Action("打开", lambda: _open(path)), Action("打开所在文件夹", lambda: _open(path.parent))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
