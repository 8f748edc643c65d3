"""Importing: a file's bytes become a document with an edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.files import read_bytes
from desktop.exchange.reading import read_source
from desktop.model.changes import Changes
from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.errors import UnreadableFileError
from desktop.model.limits import LONGEST_NAME
from desktop.model.outline import Outline
from desktop.model.source import Hint
from desktop.parsing.codec import outline_to_cache
from desktop.parsing.outline import parse_outline
from desktop.parsing.version import PARSER_VERSION
from desktop.resources import resource_path
from desktop.services.command import new_id, now
from desktop.services.settling import let_go, take_up
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.storage.library import Library

SHIPPED_PLAN = ("plan", "hengyang-15fyp-proposal-page2.txt")


@dataclass(frozen=True)
class ImportedFile:
    """A file that was read and understood, before anything is written to the library.

    `remarks` are sentences for the user about the reading itself; `called` is what the document is called where the
    text has no title, "" for the file's name.
    """

    name: str
    format: str
    data: bytes
    text: str
    outline: Outline
    hints: tuple[Hint, ...] = ()
    remarks: tuple[str, ...] = ()
    called: str = ""

    @property
    def title(self) -> str:
        """What the document is called: its own title, else `called` or the file's name without suffix."""
        return (self.outline.title or self.called or Path(self.name).stem)[:LONGEST_NAME]

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes, hexadecimal."""
        return sha256(self.data).hexdigest()


def _never() -> bool:
    return False


def read_file(path: Path, cancelled: Callable[[], bool] = _never) -> ImportedFile:
    """Read a file and make its outline. Nothing is written; safe on any thread.

    `cancelled` is asked many times a second where reading may take long. Raises CancelledError, and
    UnreadableFileError in words the user understands.
    """
    # A name that is not UTF-8 on the disk could neither be kept nor shown.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        data = read_bytes(path)
        source = read_source(path, data, cancelled)
    except UnreadableFileError as error:
        if path.name in str(error):
            raise
        raise UnreadableFileError(f"“{name}”没有读成：{error}") from error
    outline = parse_outline(source.text, source.hints, cancelled)
    suffix = path.suffix.lstrip(".").lower()
    return ImportedFile(name, suffix, data, source.text, outline, source.hints, source.remarks)


def shipped_plan() -> ImportedFile:
    """Read the plan the program is shipped with."""
    return read_file(resource_path(*SHIPPED_PLAN))


@dataclass(frozen=True)
class ImportDocument:
    """Add a document with one edition."""

    file: ImportedFile
    document: Document
    edition: Edition

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        return f"导入《{self.document.title}》"

    def apply(self, library: Library) -> Changes:
        """Add the document, or bring back the same one after a revert."""
        library.documents.add(self.document)
        library.editions.add(self.edition, self.file.data)
        library.editions.keep_outline(self.edition.id, PARSER_VERSION, outline_to_cache(self.file.outline))
        return self._changes() | take_up(library, self.edition.id)

    def revert(self, library: Library) -> Changes:
        """Remove the document again."""
        library.documents.remove(self.document.id)
        return self._changes() | let_go(library, self.edition.id)

    def _changes(self) -> Changes:
        return Changes(documents=frozenset({self.document.id}), editions=frozenset({self.edition.id}))


def import_document(file: ImportedFile) -> ImportDocument:
    """Return the command that adds a file as a new document."""
    time = now()
    document = Document(new_id(), file.title, time)
    return ImportDocument(file, document, _edition(file, document.id, "导入版", time))


@dataclass(frozen=True)
class AddEdition:
    """Add a further edition to a document."""

    file: ImportedFile
    document: Document
    edition: Edition

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        return f"导入《{self.document.title}》的{self.edition.name}"

    def apply(self, library: Library) -> Changes:
        """Add the edition, or bring back the same one with its marks after a revert."""
        library.editions.add(self.edition, self.file.data)
        library.editions.keep_outline(self.edition.id, PARSER_VERSION, outline_to_cache(self.file.outline))
        return self._changes() | take_up(library, self.edition.id)

    def revert(self, library: Library) -> Changes:
        """Remove the edition again; the document and its other editions stay."""
        library.editions.remove(self.edition.id)
        return self._changes() | let_go(library, self.edition.id)

    def _changes(self) -> Changes:
        return Changes(documents=frozenset({self.document.id}), editions=frozenset({self.edition.id}))


def add_edition(library: Library, file: ImportedFile, document: Document) -> AddEdition:
    """Return the command that adds a file to a document, as 版本2, 版本3 and so on."""
    number = 1 + sum(edition.document_id == document.id for edition in library.editions.summaries())
    return AddEdition(file, document, _edition(file, document.id, f"版本{number}", now()))


def namesake(library: Library, title: str) -> Document | None:
    """Return the document that bears a title already, the latest where several do.

    One that stands for a text which is not here yet is none.
    """
    wanted = one_line(title)
    with_text = {edition.document_id for edition in library.editions.summaries() if edition.format}
    alike = [one for one in library.documents.all() if one_line(one.title) == wanted and one.id in with_text]
    return alike[-1] if alike else None


def _edition(file: ImportedFile, document_id: str, name: str, time: datetime) -> Edition:
    return Edition(
        id=new_id(),
        document_id=document_id,
        name=name,
        text=file.text,
        format=file.format,
        source_name=file.name,
        sha256=file.sha256,
        imported=time,
        hints=file.hints,
    )


def take_in(library: Library, file: ImportedFile) -> tuple[str, ImportDocument | RestoreEdition | None]:
    """Return the edition that stands for a file, and the command that brings it into the library.

    The same bytes are recognised: there is nothing to do for an edition that is there, and one that was removed, by
    itself or with its document, comes back with its marks.
    """
    known = library.editions.by_sha256(file.sha256)
    if known is not None:
        return known.id, None
    removed = library.editions.by_sha256(file.sha256, removed=True)
    document = library.documents.get(removed.document_id) if removed else None
    if removed is None or document is None:
        command = import_document(file)
        return command.edition.id, command
    return removed.id, RestoreEdition(document, removed)


@dataclass(frozen=True)
class RestoreEdition:
    """Bring a removed edition back with its marks, and its document where that was removed; both as they were then."""

    document: Document
    edition: Edition

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        title = f"恢复《{self.document.title}》"
        return title if self.document.removed else f"{title}的{self.edition.name}"

    def apply(self, library: Library) -> Changes:
        """Bring back what was removed."""
        if self.document.removed:
            library.documents.restore(self.document.id)
        if self.edition.removed:
            library.editions.restore(self.edition.id)
        return self._changes() | take_up(library, self.edition.id)

    def revert(self, library: Library) -> Changes:
        """Remove it again."""
        if self.edition.removed:
            library.editions.remove(self.edition.id)
        if self.document.removed:
            library.documents.remove(self.document.id)
        return self._changes()

    def _changes(self) -> Changes:
        return Changes(documents=frozenset({self.document.id}), editions=frozenset({self.edition.id}))


@dataclass(frozen=True)
class RemoveDocument:
    """Remove a document from the lists; its text and marks stay in the library and come back with undo."""

    document: Document
    _removed: list[str] = field(default_factory=list, repr=False)

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        return f"移除《{self.document.title}》"

    def apply(self, library: Library) -> Changes:
        """Remove the document."""
        self._removed.clear()
        document = library.documents.get(self.document.id)
        if document is not None and not document.removed:
            library.documents.remove(document.id)
            self._removed.append(document.id)
        return Changes(documents=frozenset(self._removed))

    def revert(self, library: Library) -> Changes:
        """Bring the document back."""
        for document_id in self._removed:
            library.documents.restore(document_id)
        return Changes(documents=frozenset(self._removed))
