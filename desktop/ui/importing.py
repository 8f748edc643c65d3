"""Importing as the user sees it: pick or drop files, wait, read."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.formats import readable
from desktop.services.importing import ImportedFile, RemoveDocument, import_document, read_file
from desktop.services.reading import editions_of
from desktop.ui.asking import Asker
from desktop.ui.session import Session
from desktop.ui.tasks import Tasks


class Importing:
    """Takes files into the library and opens the last of them."""

    def __init__(self, session: Session, asker: Asker, tasks: Tasks) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks

    def pick(self) -> None:
        """Let the user pick files and take them in."""
        patterns = " ".join(f"*{form.suffix}" for form in readable())
        self.take(self._asker.files_to_open("导入文件", f"规划文件 ({patterns})", Path.home()))

    def take(self, paths: list[Path]) -> None:
        """Read files in the background and add those that can be read; the others are told."""
        if not paths:
            return
        label = f"正在读 {paths[0].name} …" if len(paths) == 1 else f"正在读 {len(paths)} 个文件 …"
        self._tasks.run(label, lambda: [read_file(path) for path in paths], self._add, self._session.failed.emit)

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

    def _add(self, files: list[ImportedFile]) -> None:
        edition_id = ""
        for file in files:
            known = self._session.library.editions.by_sha256(file.sha256)
            if known is not None:
                edition_id = known.id
                self._session.said.emit(f"《{file.title}》已在文库中")
                continue
            command = import_document(file)
            if self._session.run(command):
                edition_id = command.edition.id
                self._session.said.emit(f"已导入《{file.title}》")
        if edition_id:
            self._session.open_edition(edition_id)
