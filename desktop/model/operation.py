"""An operation: one row of the append-only record of every change the user makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from desktop.model.author import ANNOTATION_DEVICE

_BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)
_SECONDS_A_DAY: Final = 24 * 60 * 60


def highest_clock(now: datetime) -> int:
    """Return the greatest clock that an operation of anybody can have by now (UTC), for what is greater is made up.

    Nobody makes a change a second, day and night, since before this program was. The bound grows faster than the user
    works: whoever took over an operation right at it can still hand over what comes behind. A day is for machines with
    another date.
    """
    return int((now - _BEGINNING).total_seconds()) + _SECONDS_A_DAY


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of one field of one record.

    `subject` is the kind of record ("document", "edition", "mark", "meeting", "author", "pen", "search", "merge",
    "origin"), `field` the name of the field, "" for the record as a whole when it is added. `value` is JSON. `clock` is
    a logical clock: greater than that of every operation the library held before; `replaces` names the operation that
    last set this field, or the one that added the record; one with the field "" that replaces another tells the record
    anew. `value` is "" where it is withheld: a colleague says only that there was such an operation, which another one
    of theirs replaces (`services/bundling.py`).
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
    def withheld(self) -> bool:
        """Whether it isn't told what it set its field to; such an operation is never the last one on its field."""
        return not self.value

    def is_of(self, author_id: str) -> bool:
        """Whether this author did it, or it was taken from web annotations: it comes from no colleague's library."""
        return self.author_id == author_id or self.device_id == ANNOTATION_DEVICE.id

    @property
    def rank(self) -> tuple[int, str, str]:
        """What tells the later of two operations, the same in every library: the clock, then the device."""
        return self.clock, self.device_id, self.id
