"""Importing as the user sees it: pick or drop files, wait, read."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.formats import readable
from desktop.model.errors import CancelledError, UserError
from desktop.services.importing import ImportedFile, RemoveDocument, read_file, take_in
from desktop.services.reading import editions_of
from desktop.ui.asking import Asker
from desktop.ui.session import Session
from desktop.ui.tasks import Stopped, Tasks


class Importing:
    """Takes files into the library and opens the last of them."""

    def __init__(self, session: Session, asker: Asker, tasks: Tasks) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks

    def pick(self) -> None:
        """Let the user pick files and take them in."""
        if not self._session.can_write():
            return
        patterns = " ".join(f"*{form.suffix}" for form in readable())
        self.take(self._asker.files_to_open("导入文件", f"规划文件 ({patterns})", Path.home()))

    def take(self, paths: list[Path]) -> None:
        """Read files in the background and add those that can be read; the others are told."""
        if not paths:
            return
        label = f"正在读 {paths[0].name} …" if len(paths) == 1 else f"正在读 {len(paths)} 个文件 …"
        self._tasks.run(label, lambda stopped: _read(paths, stopped), self._add, self._session.failed.emit)

    def remove(self, document_id: str) -> None:
        """Remove a document after a question that names the number of its marks."""
        library = self._session.library
        document = library.documents.get(document_id)
        if document is None:
            return
        counts = library.marks.count_by_edition()
        marks = sum(counts.get(edition_id, 0) for edition_id in editions_of(library, document_id))
        detail = f"它有 {marks} 处标注，会一起收起。" if marks else "它没有标注。"
        if self._asker.confirm(f"移除《{document.title}》？", "移除", detail=f"{detail}移除后可以按 Ctrl+Z 撤销。"):
            self._session.run(RemoveDocument(document))

    def _add(self, files: list[ImportedFile | UserError]) -> None:
        shown = ""
        for file in files:
            if isinstance(file, UserError):
                self._session.failed.emit(str(file))
                continue
            edition_id, command = take_in(self._session.library, file)
            if command is None:
                self._session.said.emit(f"《{file.title}》已在文库中")
            elif not self._session.run(command):
                continue
            else:
                self._session.said.emit(f"已{command.label}")
            shown = edition_id
        if shown:
            self._session.open_edition(shown)


def _read(paths: list[Path], stopped: Stopped) -> list[ImportedFile | UserError]:
    """Read files; where one can't be read, what is wrong with it stands in its place."""
    files: list[ImportedFile | UserError] = []
    for path in paths:
        if stopped():
            break
        try:
            files.append(read_file(path, stopped))
        except CancelledError:
            break
        except UserError as error:
            files.append(error)
    return files
