"""What a search found as a list to hand over, one row for every clause, before any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Piece(NamedTuple):
    """Some words of a sentence; `found` are those that were looked for."""

    words: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """A clause, or the note and tags of a mark, in which something was found: its sentences that hold it, in order."""

    document: str
    address: str
    sentences: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class HitList:
    """What was found: `title` names the search, `subtitle` tells how much was found; times have a zone."""

    title: str
    subtitle: str
    rows: tuple[HitRow, ...]
    made: datetime
