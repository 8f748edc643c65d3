"""Version 2: searches that are kept under a name."""

from __future__ import annotations

from desktop.storage.migrations.migration import Migration

_SEARCHES = """
CREATE TABLE searches (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    created TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT
"""

MIGRATION = Migration(version=2, compatibility=1, statements=(_SEARCHES,))
