"""A search the user keeps under a name (a bureau's set of words)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search by its name: `words` are what stands in the search box, operators included. `created` is UTC."""

    id: str
    name: str
    words: str
    created: datetime
    removed: bool = False
