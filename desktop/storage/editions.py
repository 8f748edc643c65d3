"""The editions of a library: their texts, the bytes they were read from, and their outlines as last derived."""

from __future__ import annotations

from collections import OrderedDict

from peewee import Expression, ModelSelect

from desktop.model.edition import Edition, EditionSummary
from desktop.model.source import Hint
from desktop.storage.database import Database, Row
from desktop.storage.encoding import hints_text, json_text, plain, text_hints, text_time, time_text
from desktop.storage.operations import OperationStore
from desktop.storage.tables import Documents, Editions, Outlines, Texts

_TEXTS_KEPT = 4
_NOT_IN_OPERATIONS = frozenset({"text", "hints"})


class EditionStore:
    """All editions, removed ones as tombstones. Nothing else of an edition ever changes.

    An edition is removed when its import is taken back; what a user removes is the document with all its editions.

    Texts can be a million characters long. `summaries` lists editions without them; whatever returns an `Edition`
    reads its text, but for those used last, which are kept.
    """

    subject = "edition"

    def __init__(self, database: Database, operations: OperationStore) -> None:
        self._database = database
        self._operations = operations
        self._texts: OrderedDict[str, tuple[str, tuple[Hint, ...]]] = OrderedDict()

    def add(self, edition: Edition, data: bytes) -> None:
        """Add an edition with the bytes of the file it was read from.

        Adding it once more (as a redo does) brings it back where it was removed. Raises ValueError if another text has
        its id, LibraryError when the disk refuses. Its operation holds all but text and hints, which never change.
        """
        with self._database.transaction():
            before = self.get(edition.id)
            if before is not None:
                if before.text != edition.text:
                    msg = f"edition {edition.id} is there already with another text"
                    raise ValueError(msg)
                self._set_removed(before.id, removed=False)
                return
            self._database.rows(
                Editions.insert(
                    id=edition.id,
                    document_id=edition.document_id,
                    name=edition.name,
                    format=edition.format,
                    source_name=edition.source_name,
                    sha256=edition.sha256,
                    length=len(edition.text),
                    imported=time_text(edition.imported),
                    removed=int(edition.removed),
                )
            )
            self._database.sql(
                "INSERT INTO texts (edition_id, text, hints, original) VALUES (?, ?, ?, ?)",
                (edition.id, edition.text, hints_text(edition.hints), data),
            )
            value = json_text(plain(edition, without=_NOT_IN_OPERATIONS))
            self._operations.append(self.subject, edition.id, "", value)

    def remove(self, edition_id: str) -> None:
        """Make an edition a tombstone: text and marks are kept, and come back when it is added again.

        Raises KeyError if there is no such edition.
        """
        self._set_removed(edition_id, removed=True)

    def restore(self, edition_id: str) -> None:
        """Bring a removed edition back, with its marks. Raises KeyError if there is no such edition."""
        self._set_removed(edition_id, removed=False)

    def get(self, edition_id: str) -> Edition | None:
        """Return one edition with its text, a removed one too, or None if there is none."""
        return next(iter(self._found(Editions.id == edition_id)), None)

    def of_document(self, document_id: str) -> list[Edition]:
        """Return the editions of a document that are not removed, with their texts, oldest first."""
        return self._found((Editions.document_id == document_id) & (Editions.removed == 0))

    def summaries(self) -> list[EditionSummary]:
        """Return the editions that are not removed, nor their documents, without texts, document by document."""
        wanted = (Documents.removed == 0) & (Editions.removed == 0)
        return [_summary(row) for row in self._database.rows(_select(wanted))]

    def documents(self) -> dict[str, str]:
        """Return the id of the document of every edition, removed ones too, by the edition's id."""
        return dict(self._database.rows(Editions.select(Editions.id, Editions.document_id)))

    def by_sha256(self, sha256: str, *, removed: bool = False) -> Edition | None:
        """Return an edition that was read from the bytes with this SHA-256 and is not removed, nor its document.

        With `removed`, one that is, by itself or with its document.
        """
        gone = Documents.removed + Editions.removed
        wanted = (Editions.sha256 == sha256) & ((gone > 0) if removed else (gone == 0))
        return next(iter(self._found(wanted)), None)

    def original(self, edition_id: str) -> bytes:
        """Return the bytes the edition was read from. Raises KeyError if there is no such edition."""
        rows = self._database.sql("SELECT original FROM texts WHERE edition_id = ?", (edition_id,))
        if not rows:
            raise KeyError(edition_id)
        return bytes(rows[0][0])

    def outline_cache(self, edition_id: str, parser_version: int) -> str | None:
        """Return the outline of an edition as `keep_outline` was given it by the same version of the parser."""
        wanted = (Outlines.edition_id == edition_id) & (Outlines.parser_version == parser_version)
        row = self._database.row(Outlines.select(Outlines.data).where(wanted))
        return str(row[0]) if row else None

    def keep_outline(self, edition_id: str, parser_version: int, data: str) -> None:
        """Keep a derived outline, in place of the one before. It is no work of the user's and no operation."""
        with self._database.transaction():
            self._database.sql(
                "INSERT OR REPLACE INTO outlines (edition_id, parser_version, data) VALUES (?, ?, ?)",
                (edition_id, parser_version, data),
            )

    def _set_removed(self, edition_id: str, *, removed: bool) -> None:
        with self._database.transaction():
            row = self._database.row(Editions.select(Editions.removed).where(Editions.id == edition_id))
            if row is None:
                raise KeyError(edition_id)
            if bool(row[0]) != removed:
                self._database.rows(Editions.update(removed=int(removed)).where(Editions.id == edition_id))
                self._operations.append(self.subject, edition_id, "removed", json_text(removed))

    def _found(self, chosen: Expression) -> list[Edition]:
        return [self._with_text(_summary(row)) for row in self._database.rows(_select(chosen))]

    def _with_text(self, summary: EditionSummary) -> Edition:
        text, hints = self._text(summary.id)
        return Edition(
            id=summary.id,
            document_id=summary.document_id,
            name=summary.name,
            text=text,
            format=summary.format,
            source_name=summary.source_name,
            sha256=summary.sha256,
            imported=summary.imported,
            hints=hints,
            removed=summary.removed,
        )

    def _text(self, edition_id: str) -> tuple[str, tuple[Hint, ...]]:
        # Texts never change, so one that was read stays right.
        found = self._texts.pop(edition_id, None)
        if found is None:
            row = self._database.row(Texts.select(Texts.text, Texts.hints).where(Texts.edition_id == edition_id))
            found = (str(row[0]), text_hints(str(row[1]))) if row else ("", ())
        self._texts[edition_id] = found
        if len(self._texts) > _TEXTS_KEPT:
            self._texts.popitem(last=False)
        return found


def _select(chosen: Expression) -> ModelSelect[Editions]:
    return (
        Editions.select()
        .join(Documents, on=(Documents.id == Editions.document_id))
        .where(chosen)
        .order_by(Documents.created, Documents.id, Editions.imported, Editions.id)
    )


def _summary(row: Row) -> EditionSummary:
    identity, document_id, name, form, source_name, sha256, length, imported, removed = row
    return EditionSummary(
        identity, document_id, name, form, source_name, sha256, length, text_time(imported), bool(removed)
    )
