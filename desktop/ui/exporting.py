"""Exporting as the user sees it: choose, write, open what was written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.formats import Form, forms
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.export import Options
from desktop.model.report import Report
from desktop.model.settings import EXPORT_FOLDER
from desktop.services.exporting import Selection, export, prepare_report
from desktop.services.reading import Reading
from desktop.ui.asking import Asker
from desktop.ui.export_memory import remember, remembered
from desktop.ui.models.marks_filter import MarksFilter
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks

if TYPE_CHECKING:
    from desktop.storage.library import Library
    from desktop.ui.dialogs.export_dialog import Shared
    from desktop.ui.printing.preview import Preview

Tell = Callable[[str, str, Callable[[], object]], object]
"""Shows a message with a button: text, button, what the button does."""
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

    def __init__(self, session: Session, asker: Asker, tasks: Tasks, tell: Tell, window: QWidget, view: View) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._tell = tell
        self._window = window
        self._view = view

    def ask(self) -> None:
        """Ask what goes where, and write it."""
        from desktop.services.bundling import refuse_library
        from desktop.ui.dialogs.export_dialog import ExportDialog
        from desktop.ui.export_scopes import scopes_of

        reading = self._session.reading
        if reading is None:
            return
        shared = _Shared(self._session.library)
        dialog = ExportDialog(
            reading.document.title,
            self._session.marks,
            scopes_of(self._session, reading, *self._view()),
            forms({".pdf": _write_pdf, BUNDLE: shared.write}),
            remembered(self._session, export_folder(self._session)),
            partial(self._preview, reading),
            lambda path: self._asker.file_to_save("导出到", f"文件 (*{path.suffix})", path),
            shared.counted,
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
        among = () if form.key == BUNDLE else self._session.marks  # whatever text is in view
        make = prepare_report(self._session.library, reading, selection, among)

        def write(progress: Progress) -> int:
            gathering, writing = progress.watch().parts(1, 9)
            report = make(gathering)
            export(report, path, form=form, options=options, overwrite=True, watch=writing)
            return shared.written if form.key == BUNDLE else len(report.marks)

        def tell(count: int) -> None:
            self._tell(f"已导出 {count} 处标注：{path.name}", "打开", lambda: open_file(path))

        self._tasks.run(f"正在写 {path.name} …", write, tell, self._session.failed.emit)

    def _preview(
        self, reading: Reading, form: Form, selection: Selection, options: Options, width: float, ratio: float
    ) -> Preview:
        if form.key == BUNDLE:
            return _ABOUT_BUNDLES
        from desktop.ui.printing.preview import preview_of

        report = prepare_report(self._session.library, reading, selection, self._session.marks)(UNWATCHED)
        return preview_of(form, report, options, width, ratio)


class _Shared:
    """What a bundle of a library holds: counted beforehand, gathered where it is written, over a connection of its own.

    `written` is how many marks went into it.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._path = library.path
        self.written = 0

    def counted(self) -> Shared:
        """Return what there is to share."""
        from desktop.ui.dialogs.export_dialog import Shared

        return Shared(self._library.author.name, *self._library.marks.count_shared())

    def write(self, _report: Report, _options: Options, watch: Watch) -> bytes:
        """Return the bundle as a file. Safe on any thread."""
        from desktop.exchange.writers.bundle import write_bundle
        from desktop.services.bundling import bundle_of, count_of
        from desktop.storage.library import Library

        gathering, writing = watch.parts(2, 1)
        with Library.open(self._path, read_only=True) as library:
            bundle = bundle_of(library)
        gathering.told(1, 1)
        watch.check()
        self.written = count_of(bundle)
        return write_bundle(bundle, writing)


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


def open_file(path: Path) -> None:
    """Open a file with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
