"""An operation: one row of the append-only record of every change the user makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of one field of one record.

    `subject` is the kind of record ("document", "edition", "mark", "meeting", "author", "pen", "search"), `field` the
    name of the field, "" for the record as a whole when it is added. `value` is JSON. `clock` is a logical clock that
    only grows within a library; `replaces` names the operation that last set this field, or the one that added the
    record.
    """

    id: str
    clock: int
    author_id: str
    device_id: str
    at: datetime
    subject: str
    subject_id: str
    field: str
    value: str
    replaces: str | None
