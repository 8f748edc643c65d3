"""The documents of a library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict, Unpack

from desktop.model.document import Document
from desktop.storage.database import Row
from desktop.storage.encoding import plain, text_time
from desktop.storage.records import RecordStore
from desktop.storage.tables import Documents


class DocumentFields(TypedDict, total=False):
    """What of a document can be changed."""

    title: str
    kind: str
    level: str
    issued: date | None


class DocumentStore(RecordStore[Document]):
    """All documents, removed ones as tombstones. Their editions and marks stay whatever happens to them."""

    subject = "document"
    editable = tuple(DocumentFields.__annotations__)

    def get(self, record_id: str) -> Document | None:
        """Return one document, a removed one too, or None if there never was one."""
        row = self._database.row(Documents.select().where(Documents.id == record_id))
        return _document(row) if row else None

    def all(self) -> list[Document]:
        """Return the documents that are not removed, oldest first."""
        query = Documents.select().where(Documents.removed == 0).order_by(Documents.created, Documents.id)
        return [_document(row) for row in self._database.rows(query)]

    def edit(self, document_id: str, **fields: Unpack[DocumentFields]) -> None:
        """Give a document another title, kind, level or day."""
        self._edit(document_id, fields)

    def _insert(self, record: Document) -> None:
        self._database.rows(Documents.insert(**_columns({name: getattr(record, name) for name in _FIELDS})))

    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        self._database.rows(Documents.update(**_columns(fields)).where(Documents.id == record_id))


_FIELDS = ("id", "title", "created", "removed", "kind", "level", "issued")


def _columns(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in fields.items()}


def _document(row: Row) -> Document:
    identity, title, created, removed, kind, level, issued = row
    day = date.fromisoformat(issued) if issued is not None else None
    return Document(identity, title, text_time(created), bool(removed), kind, level, day)
