"""A document: a plan, a law, a report, with one or more editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """What the user calls a file: it has a title and one or more editions (its texts)."""

    id: str
    title: str
    created: datetime
    removed: bool = False
