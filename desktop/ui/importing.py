"""Importing as the user sees it: pick, drop or paste, wait, read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.formats import readable
from desktop.model.document import Document
from desktop.model.errors import CancelledError, UserError
from desktop.services.command import Command
from desktop.services.gathering import gather
from desktop.services.importing import (
    ImportDocument,
    ImportedFile,
    RemoveDocument,
    add_edition,
    namesake,
    read_file,
    take_in,
)
from desktop.services.properties import EditDocument
from desktop.services.reading import editions_of
from desktop.ui.asking import Asker
from desktop.ui.import_report import ImportReport
from desktop.ui.merging import SUFFIXES, can_merge
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks

_ANSWERS = ("新版本", "新文件", "取消")
_AS_EDITION = 0
_MANY = 200
"""More files than this in a folder are asked about before they are read."""


class Merge(Protocol):
    """Merges files, and says what came of them behind what is told of others, which may be of something wrong."""

    def __call__(self, paths: Sequence[Path], told: str = "", *, failed: bool = False) -> object:
        """Merge them."""


class Importing:
    """Takes files into the library and opens the last of them; bundles among them are handed to `merge` after that."""

    def __init__(self, session: Session, asker: Asker, tasks: Tasks, window: QWidget, merge: Merge) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._window = window
        self._merge = merge

    def pick(self) -> None:
        """Let the user pick files and take them in."""
        if not self._session.can_write():
            return
        patterns = " ".join(f"*{suffix}" for suffix in (*(form.suffix for form in readable()), *SUFFIXES))
        self.take(self._asker.files_to_open("导入文件", f"规划文件和交换包 ({patterns})", Path.home()))

    def pick_folder(self) -> None:
        """Let the user pick a folder and take in the files in it."""
        if self._session.can_write():
            self.take(self._asker.folder_to_open("导入文件夹", Path.home()))

    def take(self, paths: list[Path]) -> None:
        """Read files, and those in folders, in the background; add those that can be read and tell the others."""
        folders = [path for path in paths if path.is_dir()]
        if not folders:
            self._read(*_parted(paths))
            return
        self._tasks.run(
            f"正在查看文件夹 {folders[0].name} …",
            lambda progress: gather(paths, progress),
            lambda files: self._read_gathered(files, folders[0].name),
            self._session.failed.emit,
        )

    def _read_gathered(self, found: list[Path], folder: str) -> None:
        files, bundles = _parted(found)
        if not found:
            suffixes = "、".join((*(form.suffix for form in readable()), BUNDLE))
            self._session.failed.emit(f"文件夹“{folder}”里没有可以读取的文件（{suffixes}），请另选一个。")
        elif len(files) <= _MANY or self._asker.confirm(
            f"文件夹里有 {len(files)} 个可以读取的文件，全部导入？", "全部导入", detail="这要花一些时间，途中可以取消。"
        ):
            self._read(files, bundles)

    def _read(self, paths: list[Path], bundles: list[Path]) -> None:
        if not paths:
            self._merge(bundles)
            return
        label = f"正在读 {paths[0].name} …" if len(paths) == 1 else f"正在读 {len(paths)} 个文件 …"
        add = partial(self._add, bundles=bundles)
        self._tasks.run(label, lambda progress: _read(paths, progress), add, self._session.failed.emit)

    def paste(self) -> None:
        """Make a document of the text in the clipboard."""
        from desktop.services.pasting import read_pasted

        if not self._session.can_write():
            return
        text, at = QGuiApplication.clipboard().text(), datetime.now().astimezone()
        self._tasks.run(
            "正在读剪贴板里的文字 …",
            lambda stopped: [read_pasted(text, at, stopped)],
            self._add,
            self._session.failed.emit,
        )

    def remove(self, document_id: str) -> None:
        """Remove a document after a question that names the number of its marks."""
        library = self._session.library
        document = library.documents.get(document_id)
        if document is None:
            return
        counts = library.marks.count_by_edition()
        editions = editions_of(library, document_id)
        marks = sum(counts.get(edition_id, 0) for edition_id in editions)
        detail = f"它有 {marks} 处标注，会一起收起。" if marks else "它没有标注。"
        if len(editions) > 1:
            detail = f"它有 {len(editions)} 个版本，都会移除。{detail}"
        if self._asker.confirm(f"移除《{document.title}》？", "移除", detail=f"{detail}移除后可以按 Ctrl+Z 撤销。"):
            self._session.run(RemoveDocument(document))

    def describe_open(self) -> None:
        """Let the user change the properties of the document in view."""
        if self._session.reading is not None:
            self.describe(self._session.reading.document.id)

    def describe(self, document_id: str) -> None:
        """Let the user rename a document and give it kind, level and day."""
        from desktop.ui.dialogs.document_dialog import DocumentDialog

        document = self._session.library.documents.get(document_id)
        if document is None or not self._session.can_write():
            return
        dialog = DocumentDialog(document, self._window)
        if not self._asker.fill_in(dialog):
            return
        edit = EditDocument(document_id, dialog.title(), dialog.kind(), dialog.level(), dialog.day())
        if edit.alters(document):
            self._session.run(edit)

    def _add(self, files: list[ImportedFile | UserError], bundles: Sequence[Path] = ()) -> None:
        """Add what was read as one step, tell about all of it in one message, and open the last."""
        report = ImportReport()
        with self._session.one_step("导入 {} 个文件"):
            shown, whole = self._take_all(files, report)
        told = report.text() if whole else ""
        if told and not bundles:
            (self._session.failed if report.refused else self._session.said).emit(told)
        if shown:
            self._session.open_edition(shown)
        if bundles:  # their marks find the texts that have just come
            self._merge(bundles, told, failed=bool(report.refused))

    def _take_all(self, files: list[ImportedFile | UserError], report: ImportReport) -> tuple[str, bool]:
        """Take files into the library; return the edition to be shown, "" for none, and whether all had their turn."""
        shown = ""
        for file in files:
            if isinstance(file, UserError):
                report.refused.append(str(file))
                continue
            edition_id, command = self._taking(file)
            if not edition_id:
                report.left += 1
            elif command is None:
                report.known.append(f"《{file.title}》已在文库中")
                shown = edition_id
            elif self._session.run(command):
                report.taken.append(f"已{command.label}")
                shown = edition_id
                if file.remarks:
                    report.remarks.append((file.name, "".join(file.remarks)))
            else:
                return shown, False  # why was told, and it would be told of every further file
        return shown, True

    def _taking(self, file: ImportedFile) -> tuple[str, Command | None]:
        """Return the edition a file becomes and the command for that; "" where the user does not want it after all."""
        library = self._session.library
        edition_id, command = take_in(library, file)
        if not isinstance(command, ImportDocument) or (twin := namesake(library, file.title)) is None:
            return edition_id, command
        answer = self._ask_about(file, twin)
        if answer == _AS_EDITION:
            addition = add_edition(library, file, twin)
            return addition.edition.id, addition
        return ("", None) if answer is None else (edition_id, command)

    def _ask_about(self, file: ImportedFile, twin: Document) -> int | None:
        """Ask what a file is to become whose title a document bears already; None where it is not to be taken in."""
        if not self._session.can_write():
            return None
        question = f"《{twin.title}》已在文库中：作为新版本，还是另存为新文件？"
        detail = f"要导入的是“{file.name}”。新版本与原有版本列在同一名称下，各有各的标注。"
        answer = self._asker.choose(question, _ANSWERS, detail=detail)
        return None if answer == len(_ANSWERS) - 1 else answer


def _parted(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files that are read, and those that are merged."""
    return [path for path in paths if not can_merge(path)], [path for path in paths if can_merge(path)]


def _read(paths: list[Path], progress: Progress) -> list[ImportedFile | UserError]:
    """Read files; where one can't be read, what is wrong with it stands in its place."""
    files: list[ImportedFile | UserError] = []
    for number, path in enumerate(paths, 1):
        if progress():
            break
        if len(paths) > 1:
            progress.say(f"正在读第 {number} / {len(paths)} 个：{path.name} …")
        try:
            files.append(read_file(path, progress))
        except CancelledError:
            break
        except UserError as error:
            files.append(error)
    return files
