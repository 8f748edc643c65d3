"""The documents of a library."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.model.document import Document
from desktop.storage.database import Row
from desktop.storage.encoding import text_time, time_text
from desktop.storage.records import RecordStore
from desktop.storage.tables import Documents


class DocumentStore(RecordStore[Document]):
    """All documents, removed ones as tombstones. Their editions and marks stay whatever happens to them."""

    subject = "document"
    editable = ("title",)

    def get(self, record_id: str) -> Document | None:
        """Return one document, a removed one too, or None if there never was one."""
        row = self._database.row(Documents.select().where(Documents.id == record_id))
        return _document(row) if row else None

    def all(self) -> list[Document]:
        """Return the documents that are not removed, oldest first."""
        query = Documents.select().where(Documents.removed == 0).order_by(Documents.created, Documents.id)
        return [_document(row) for row in self._database.rows(query)]

    def rename(self, document_id: str, title: str) -> None:
        """Give a document another title."""
        self._edit(document_id, {"title": title})

    def _insert(self, record: Document) -> None:
        self._database.rows(
            Documents.insert(
                id=record.id, title=record.title, created=time_text(record.created), removed=int(record.removed)
            )
        )

    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        self._database.rows(Documents.update(**fields).where(Documents.id == record_id))


def _document(row: Row) -> Document:
    identity, title, created, removed = row
    return Document(identity, title, text_time(created), bool(removed))
