"""What stands in the library: its documents as a list, without their texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.model.document import Document
from desktop.model.edition import EditionSummary
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.storage.library import Library


@dataclass(frozen=True, slots=True)
class Shelved:
    """One edition of a document as a list shows it: the file it came from, when (UTC), and how many marks it bears.

    `name` is that of the edition, "" where the document has no other. The first of a document's editions `heads` it:
    the title stands there, the others follow beneath.
    """

    document: Document
    edition_id: str
    source_name: str
    imported: datetime
    marks: int
    name: str = ""
    heads: bool = True


def shelf(library: Library) -> list[Shelved]:
    """Return every edition of the documents that are not removed: those of a document together, the latest first.

    Documents stand in the order of their latest editions, the latest first.
    """
    documents = {document.id: document for document in library.documents.all()}
    marks = library.marks.count_by_edition()
    editions: dict[str, list[EditionSummary]] = {}
    for edition in sorted(library.editions.summaries(), key=lambda one: one.imported, reverse=True):
        editions.setdefault(edition.document_id, []).append(edition)
    return [
        Shelved(
            document=documents[document_id],
            edition_id=edition.id,
            source_name=edition.source_name,
            imported=edition.imported,
            marks=marks.get(edition.id, 0),
            name=edition.name if len(of_document) > 1 else "",
            heads=edition is of_document[0],
        )
        for document_id, of_document in editions.items()
        for edition in of_document
    ]


def titles_apart(library: Library) -> dict[str, str]:
    """Return how a list of many editions names each, by its id.

    That is the title of its document, and where others bear the same, what tells it from them: the day of the document,
    the name of the edition, that of its file, or when it was imported.
    """
    documents = {document.id: document for document in library.documents.all()}
    alike: dict[str, list[EditionSummary]] = {}
    for edition in library.editions.summaries():
        alike.setdefault(one_line(documents[edition.document_id].title), []).append(edition)
    found = {}
    for editions in alike.values():
        told = _told_apart([(documents[edition.document_id], edition) for edition in editions])
        for edition, words in zip(editions, told, strict=True):
            title = documents[edition.document_id].title
            found[edition.id] = f"{title}（{words}）" if words else title
    return found


def _told_apart(alike: Sequence[tuple[Document, EditionSummary]]) -> list[str]:
    """Return a few words on each of these, the first kind by which no two are alike."""
    if len(alike) == 1:
        return [""]
    told: list[str] = []
    for tell in _TELLING:
        told = [tell(document, edition) for document, edition in alike]
        if len(set(told)) == len(told):
            break
    return told


def _day(document: Document, edition: EditionSummary) -> str:  # noqa: ARG001
    return document.issued.isoformat() if document.issued is not None else ""


def _day_and_name(document: Document, edition: EditionSummary) -> str:
    return "，".join(filter(None, (_day(document, edition), edition.name)))


_TELLING: Sequence[Callable[[Document, EditionSummary], str]] = (
    _day,
    lambda _, edition: edition.name,
    _day_and_name,
    lambda _, edition: edition.source_name,
    lambda _, edition: f"{edition.source_name}，{edition.imported.astimezone():%Y-%m-%d %H:%M:%S} 导入",
)
