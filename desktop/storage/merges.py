"""What was merged into a library: each merge, and the operations that came with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.model.merge import Merge
from desktop.model.operation import Operation
from desktop.storage.database import Row
from desktop.storage.encoding import plain, text_time
from desktop.storage.records import RecordStore
from desktop.storage.tables import Merges


class MergeStore(RecordStore[Merge]):
    """All merges; one that was taken back is a tombstone, and the operations that came with it count for nothing.

    To add, remove or restore one changes what operations count, and not what stands in the tables of the records: the
    caller settles those.
    """

    subject = "merge"
    editable = ()

    def get(self, record_id: str) -> Merge | None:
        """Return one merge, one that was taken back too, or None if there never was one."""
        row = self._database.row(Merges.select().where(Merges.id == record_id))
        return _merge(row) if row else None

    def all(self) -> list[Merge]:
        """Return the merges that were not taken back, oldest first."""
        query = Merges.select().where(Merges.removed == 0).order_by(Merges.at, Merges.id)
        return [_merge(row) for row in self._database.rows(query)]

    def take(self, merge_id: str, operations: Iterable[Operation]) -> None:
        """Have operations of other libraries count from this merge on; those that are new are added as they are.

        They come by their rank, and with them all that they replace. Authors and devices are known by now.
        """
        taken = list(operations)
        with self._database.transaction():
            self._operations.insert(taken)
            self._database.many(
                "INSERT OR REPLACE INTO merged_operations (operation_id, merge_id, subject, subject_id)"
                " VALUES (?, ?, ?, ?)",
                ((one.id, merge_id, one.subject, one.subject_id) for one in taken),
            )

    def subjects(self, merge_id: str) -> dict[str, list[str]]:
        """Return the ids of the records that operations of a merge are about, by the kind of record."""
        return _by_subject(
            self._database.sql(
                "SELECT DISTINCT subject, subject_id FROM merged_operations WHERE merge_id = ? ORDER BY 1, 2",
                (merge_id,),
            )
        )

    def edited(self) -> dict[str, list[str]]:
        """Return the ids of records that came with a merge, or were changed by one, and of which a field was changed.

        By the kind of record.
        """
        return _by_subject(
            self._database.sql(
                "SELECT DISTINCT subject, subject_id FROM operations WHERE field <> '' AND EXISTS ("
                "SELECT 1 FROM merged_operations AS merged"
                " WHERE merged.subject = operations.subject AND merged.subject_id = operations.subject_id)"
                " ORDER BY 1, 2"
            )
        )

    def _insert(self, record: Merge) -> None:
        self._database.rows(Merges.insert(**{name: plain(getattr(record, name)) for name in _FIELDS}))

    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        self._database.rows(Merges.update(**dict(fields)).where(Merges.id == record_id))


def _by_subject(rows: Iterable[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, subject_id in rows:
        found.setdefault(subject, []).append(subject_id)
    return found


_FIELDS = ("id", "name", "at", "removed")


def _merge(row: Row) -> Merge:
    identity, name, at, removed = row
    return Merge(identity, name, text_time(at), bool(removed))
