"""What stands in the library: its documents as a list, without their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.model.document import Document

if TYPE_CHECKING:
    from desktop.storage.library import Library


@dataclass(frozen=True, slots=True)
class Shelved:
    """One edition of a document as a list shows it: the file it came from, when (UTC), and how many marks it bears."""

    document: Document
    edition_id: str
    source_name: str
    imported: datetime
    marks: int


def shelf(library: Library) -> list[Shelved]:
    """Return every edition of the documents that are not removed, the latest import first."""
    documents = {document.id: document for document in library.documents.all()}
    marks = library.marks.count_by_edition()
    shelved = [
        Shelved(
            document=documents[edition.document_id],
            edition_id=edition.id,
            source_name=edition.source_name,
            imported=edition.imported,
            marks=marks.get(edition.id, 0),
        )
        for edition in library.editions.summaries()
    ]
    return sorted(shelved, key=lambda one: one.imported, reverse=True)
