"""What a command touched, so that every view refreshes only what it shows."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the records a command touched, per kind; `settings` and `pens` are the keys and numbers touched."""

    documents: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    meetings: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    pens: frozenset[int] = frozenset()
    searches: frozenset[str] = frozenset()
    merges: frozenset[str] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(Changes)))

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(Changes))
