"""The append-only record of every change, read by history, trash and bundles."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

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


class OperationStore:
    """All operations of a library. Only the other stores append to it, each within its own transaction."""

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

    def append(self, subject: str, subject_id: str, field: str, value: str) -> None:
        """Record that `field` of a record was set to `value` (JSON), now, by this author on this device."""
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


def _operation(row: Row) -> Operation:
    identity, clock, author_id, device_id, at, *rest = row
    return Operation(identity, clock, author_id, device_id, text_time(at), *rest)
