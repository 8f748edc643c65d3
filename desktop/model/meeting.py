"""A meeting (会议): an occasion; the marks made during it belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. `held_on` is the day its user gave it; times are UTC; it runs until `ended` is set."""

    id: str
    name: str
    held_on: date
    started: datetime
    ended: datetime | None = None
    removed: bool = False

    @property
    def running(self) -> bool:
        """Whether marks made now belong to it."""
        return self.ended is None and not self.removed
