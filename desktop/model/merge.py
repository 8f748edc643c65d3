"""A merge: what was taken over from a colleague's file, in one step that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge. `name` is the name of the file; `at` is UTC; taken back, it is a tombstone (`removed`)."""

    id: str
    name: str
    at: datetime
    removed: bool = False
