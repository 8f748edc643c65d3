"""What one step of the schema consists of."""

from __future__ import annotations

from typing import NamedTuple


class Migration(NamedTuple):
    """One step of the schema, run whole or not at all.

    `compatibility` is the lowest version whose programs can still read and write the file after this step. No table
    may lose a row in it but those named in `may_shrink`.
    """

    version: int
    compatibility: int
    statements: tuple[str, ...]
    may_shrink: frozenset[str] = frozenset()
