"""Exporting as the user sees it: choose, write, open what was written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.exchange.formats import forms
from desktop.exchange.watch import Watch
from desktop.model.export import Options
from desktop.model.report import Report
from desktop.model.settings import EXPORT_FOLDER, EXPORT_FORMAT
from desktop.services.exporting import export, prepare_report
from desktop.ui.asking import Asker
from desktop.ui.dialogs.export_dialog import ExportDialog
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks

Tell = Callable[[str, str, Callable[[], object]], object]
"""Shows a message with a button: text, button, what the button does."""


class Exporting:
    """Hands marks over as a file."""

    def __init__(self, session: Session, asker: Asker, tasks: Tasks, tell: Tell, window: QWidget) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._tell = tell
        self._window = window
        self._forms = forms({".pdf": _write_pdf})

    def ask(self) -> None:
        """Ask what goes where, and write it."""
        reading = self._session.reading
        if reading is None:
            return
        used = {mark.meeting_id for mark in self._session.marks}
        dialog = ExportDialog(
            reading.document.title,
            self._session.marks,
            [meeting for meeting in self._session.library.meetings.all() if meeting.id in used],
            self._forms,
            export_folder(self._session),
            self._session.setting(EXPORT_FORMAT),
            lambda path: self._asker.file_to_save("导出到", f"文件 (*{path.suffix})", path),
            self._window,
        )
        if not self._asker.fill_in(dialog):
            return
        path, selection, form = dialog.path(), dialog.selection(), dialog.export_form()
        self._session.remember(EXPORT_FORMAT, form.key.removeprefix("."))
        self._session.remember(EXPORT_FOLDER, str(path.parent))
        if not may_replace(self._asker, path):
            return
        make = prepare_report(self._session.library, reading, selection)

        def write(progress: Progress) -> int:
            watch = Watch(progress, lambda done, total: progress.say(f"正在写 {path.name} … {done * 100 // total}%"))
            report = make(watch)
            export(report, path, form=form, overwrite=True, watch=watch)
            return len(report.marks)

        def tell(count: int) -> None:
            self._tell(f"已导出 {count} 处标注：{path.name}", "打开", lambda: open_file(path))

        self._tasks.run(f"正在写 {path.name} …", write, tell, self._session.failed.emit)


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
