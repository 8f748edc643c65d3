"""Version 5: the clauses of the texts that merged marks were made on."""

from __future__ import annotations

from desktop.storage.migrations.migration import Migration

MIGRATION = Migration(
    version=5,
    # An older program writes all columns of an origin at once, and knows one less.
    compatibility=5,
    statements=("ALTER TABLE origins ADD COLUMN clauses TEXT NOT NULL DEFAULT '[]'",),
)
