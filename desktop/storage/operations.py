"""The append-only record of every change, read by history, trash and bundles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4

from desktop.model.history import NEVER_IN_CONFLICT, History
from desktop.model.operation import Operation
from desktop.storage.database import Database, Row
from desktop.storage.encoding import text_time, time_text
from desktop.storage.tables import Operations

# The clock and what is replaced are found in the statement itself, both by an index. Two look-ups and not one for
# either field: that would have to sort all that was ever done to the record.
_APPEND = """
INSERT INTO operations (id, clock, author_id, device_id, at, subject, subject_id, field, value, replaces)
VALUES (
    :id, coalesce((SELECT max(clock) FROM operations), 0) + 1,
    :author_id, :device_id, :at, :subject, :subject_id, :field, :value,
    coalesce(
        (SELECT id FROM operations
         WHERE subject = :subject AND subject_id = :subject_id AND field = :field ORDER BY clock DESC LIMIT 1),
        (SELECT id FROM operations
         WHERE subject = :subject AND subject_id = :subject_id AND field = '' ORDER BY clock DESC LIMIT 1)
    )
)
"""

_INSERT = """
INSERT INTO operations (id, clock, author_id, device_id, at, subject, subject_id, field, value, replaces)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_IS_MERGED = "SELECT 1 FROM merged_operations WHERE subject = ? AND subject_id = ? LIMIT 1"
_AT_ONCE = 500
"""How many ids are asked for in one query."""


class OperationStore:
    """All operations of a library, those that came with merges included; `active` ones are those that count.

    Only the other stores append to it, each within its own transaction. What came with a merge that was taken back
    counts for nothing, but stays.
    """

    def __init__(self, database: Database, author_id: str, device_id: str) -> None:
        self._database = database
        self._author_id = author_id
        self._device_id = device_id

    def of(self, subject: str, subject_id: str) -> list[Operation]:
        """Return what was done to one record, oldest first."""
        chosen = (Operations.subject == subject) & (Operations.subject_id == subject_id)
        rows = self._database.rows(Operations.select().where(chosen).order_by(Operations.clock, Operations.id))
        return [_operation(row) for row in rows]

    def since(self, clock: int) -> list[Operation]:
        """Return what was done after `clock`, oldest first; after 0, everything."""
        query = Operations.select().where(Operations.clock > clock).order_by(Operations.clock, Operations.id)
        return [_operation(row) for row in self._database.rows(query)]

    def count(self) -> int:
        """Return how many there are."""
        return int(self._database.sql("SELECT count(*) FROM operations")[0][0])

    def clock(self) -> int:
        """Return the largest logical clock, 0 before the first operation."""
        return int(self._database.sql("SELECT coalesce(max(clock), 0) FROM operations")[0][0])

    def active(self, subject: str, subject_ids: Iterable[str] | None = None) -> list[Operation]:
        """Return the operations that count, on these records or on all of their kind, by their rank.

        What one that counts replaces is among them, even where it came with a merge that was taken back, but for what
        added a record, with which goes all that was done to it here: that was taken back before.
        """
        if subject_ids is None:
            rows = self._database.sql("SELECT * FROM active_operations WHERE subject = ?", (subject,))
        else:
            rows = self._of_many(
                "SELECT * FROM active_operations WHERE subject = ? AND subject_id", subject, subject_ids
            )
        found = {row[0]: _operation(row) for row in rows}
        behind = found
        while missing := {one.replaces for one in behind.values() if one.replaces} - found.keys():
            # What added a record that was taken back does not come back for a change of it.
            behind = {one.id: one for one in self.known(missing).values() if one.field}
            found |= behind
        ranked = sorted(found.values(), key=lambda operation: operation.rank)
        for one in ranked:  # what replaces another comes behind it
            if one.replaces and one.replaces not in found:
                del found[one.id]
        return [one for one in ranked if one.id in found]

    def known(self, operation_ids: Iterable[str]) -> dict[str, Operation]:
        """Return those of these operations that are here, whether they count or not."""
        rows = self._of_many("SELECT * FROM operations WHERE ? = '' AND id", "", operation_ids)
        return {row[0]: _operation(row) for row in rows}

    def counting(self, operation_ids: Iterable[str]) -> frozenset[str]:
        """Return which of these operations count."""
        rows = self._of_many("SELECT id FROM active_operations WHERE ? = '' AND id", "", operation_ids)
        return frozenset(row[0] for row in rows)

    def _of_many(self, query: str, first: str, ids: Iterable[str]) -> list[Row]:
        wanted = list(ids)
        rows: list[Row] = []
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows += self._database.sql(f"{query} IN ({','.join('?' * len(part))})", (first, *part))
        return rows

    def insert(self, operations: Iterable[Operation]) -> None:
        """Add operations of another library as they are.

        One that is here already stays as it is, or is told what it says where that was withheld.
        """
        added = list(operations)
        rows = self._of_many("SELECT id, value FROM operations WHERE ? = '' AND id", "", [one.id for one in added])
        there: dict[str, str] = dict(rows)
        self._database.many(
            "UPDATE operations SET value = ? WHERE id = ?",
            ((one.value, one.id) for one in added if there.get(one.id) == "" != one.value),
        )
        self._database.many(
            _INSERT,
            (
                (
                    operation.id,
                    operation.clock,
                    operation.author_id,
                    operation.device_id,
                    time_text(operation.at),
                    operation.subject,
                    operation.subject_id,
                    operation.field,
                    operation.value,
                    operation.replaces,
                )
                for operation in added
                if operation.id not in there
            ),
        )

    def append(self, subject: str, subject_id: str, field: str, value: str) -> None:
        """Record that `field` of a record was set to `value` (JSON), now, by this author on this device.

        Where colleagues set the field to other values at the same time, those stand on beside it: it replaces what is
        shown. A mark is shared again only where nobody keeps it private.
        """
        if field and self._database.sql(_IS_MERGED, (subject, subject_id)):
            history = History(tuple(self.active(subject, [subject_id])))
            tips = history.fields.get(field) or [one for one in (history.added,) if one is not None]
            every = field in NEVER_IN_CONFLICT
            replaced = [tip for tip in tips if every or tip.value == tips[0].value][::-1]
            for operation in replaced:
                self.replace(operation, value, field)
            if replaced:
                return
        self._database.sql(
            _APPEND,
            {
                "id": str(uuid4()),
                "author_id": self._author_id,
                "device_id": self._device_id,
                "at": time_text(datetime.now(UTC)),
                "subject": subject,
                "subject_id": subject_id,
                "field": field,
                "value": value,
            },
        )

    def tell_anew(self, subject: str, subject_id: str) -> None:
        """Record once more what a record is, in place of the operation that added it, if it says something else by now.

        So it can be told without the words it had first (`services/bundling.py`). What a colleague added is theirs, and
        what colleagues changed stays their change.
        """
        own = History(tuple(one for one in self.active(subject, [subject_id]) if one.is_of(self._author_id)))
        if own.added is None:
            return
        before = json.loads(own.added.value)
        shown = {field: own.shown(field) for field in own.fields}
        record = before | {field: json.loads(one.value) for field, one in shown.items() if one is not None}
        if record != before:
            self.replace(own.added, json.dumps(record, ensure_ascii=False, separators=(",", ":")), "")

    def replace(self, operation: Operation, value: str, field: str | None = None) -> None:
        """Record that a field was set to `value` (JSON) in place of what an operation set it to, now, by this author.

        It is the field of that operation, unless another is named, which it added with the whole record.
        """
        self.insert(
            [
                Operation(
                    id=str(uuid4()),
                    clock=self.clock() + 1,
                    author_id=self._author_id,
                    device_id=self._device_id,
                    at=datetime.now(UTC),
                    subject=operation.subject,
                    subject_id=operation.subject_id,
                    field=operation.field if field is None else field,
                    value=value,
                    replaces=operation.id,
                )
            ]
        )


def _operation(row: Row) -> Operation:
    identity, clock, author_id, device_id, at, *rest = row
    return Operation(identity, clock, author_id, device_id, text_time(at), *rest)
