"""An operation: one row of the append-only record of every change the user makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of one field of one record.

    `subject` is the kind of record ("document", "edition", "mark", "meeting", "author", "pen", "search", "merge",
    "origin"), `field` the name of the field, "" for the record as a whole when it is added. `value` is JSON. `clock` is
    a logical clock: greater than that of every operation the library held before; `replaces` names the operation that
    last set this field, or the one that added the record.
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

    @property
    def rank(self) -> tuple[int, str, str]:
        """What tells the later of two operations, the same in every library: the clock, then the device."""
        return self.clock, self.device_id, self.id
