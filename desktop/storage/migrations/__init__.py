"""How the library file came to be what it is: its schema, one frozen step after another.

To add one: write `m000N_what_it_does.py` beside the others with a `MIGRATION` (its version is N), append it to
`MIGRATIONS`, raise `SCHEMA_VERSION` in `storage/version.py`, bring `storage/tables.py` up to date, and keep a library
of the version before, with children in every table, in `tests/data/libraries/`. A step that was released is never
edited again. Where it only adds columns with defaults, or tables, it keeps the `compatibility` of the step before:
older programs then go on writing to the file.

The order is this tuple and not what lies in the folder, so that a packaged program needs no source files.
"""

from __future__ import annotations

from typing import Final

from desktop.storage.migrations import m0001_initial, m0002_searches, m0003_merges, m0004_withheld, m0005_clauses
from desktop.storage.migrations.migration import Migration

MIGRATIONS: Final[tuple[Migration, ...]] = (
    m0001_initial.MIGRATION,
    m0002_searches.MIGRATION,
    m0003_merges.MIGRATION,
    m0004_withheld.MIGRATION,
    m0005_clauses.MIGRATION,
)
