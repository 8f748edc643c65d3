"""What stands in the library: its documents as a list, without their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.model.document import Document
from desktop.model.edition import EditionSummary

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
