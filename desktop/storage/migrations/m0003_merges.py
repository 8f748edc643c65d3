"""Version 3: what colleagues hand over is merged, and placed on the texts that are here."""

from __future__ import annotations

from desktop.storage.migrations.migration import Migration

# Colleagues' machines may have the name of one's own. 0 is no colour of the author's own.
_DEVICES = (
    "CREATE TABLE devices_before AS SELECT id, name FROM devices",
    "DROP TABLE devices",
    """
    CREATE TABLE devices (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        own INTEGER NOT NULL DEFAULT 1 CHECK (own IN (0, 1))
    ) STRICT
    """,
    "INSERT INTO devices (id, name) SELECT id, name FROM devices_before",
    "DROP TABLE devices_before",
    "CREATE UNIQUE INDEX devices_by_name ON devices (name) WHERE own = 1",
)
_AUTHORS = "ALTER TABLE authors ADD COLUMN colour INTEGER NOT NULL DEFAULT 0"

# The first words of the clause a mark is on, and how the mark came to its place.
_MARKS = (
    "ALTER TABLE marks ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE marks ADD COLUMN verdict TEXT NOT NULL DEFAULT 'unchanged'",
    "ALTER TABLE marks ADD COLUMN score REAL NOT NULL DEFAULT 1",
)

_MERGES = """
CREATE TABLE merges (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT
"""

# By which merge an operation of another library came; those made here are not in it. The record is told once more, so
# that a change of it finds out at once whether others change it, too.
_MERGED_OPERATIONS = """
CREATE TABLE merged_operations (
    operation_id TEXT NOT NULL PRIMARY KEY REFERENCES operations (id),
    merge_id TEXT NOT NULL REFERENCES merges (id),
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""

# The texts merged marks were made on, and the edition here that they are shown on.
_ORIGINS = """
CREATE TABLE origins (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    edition_id TEXT NOT NULL REFERENCES editions (id)
) STRICT
"""

_ACTIVE = """
CREATE VIEW active_operations AS
SELECT * FROM operations
WHERE NOT EXISTS (
    SELECT 1 FROM merged_operations JOIN merges ON merges.id = merged_operations.merge_id
    WHERE merged_operations.operation_id = operations.id AND merges.removed = 1
)
"""

MIGRATION = Migration(
    version=3,
    # An older program would write as if what was taken back still held, and paint marks that have no place.
    compatibility=3,
    statements=(
        *_DEVICES,
        _AUTHORS,
        *_MARKS,
        _MERGES,
        _MERGED_OPERATIONS,
        _ORIGINS,
        _ACTIVE,
        "CREATE INDEX operations_of_merge ON merged_operations (merge_id)",
        "CREATE INDEX operations_merged_into ON merged_operations (subject, subject_id)",
    ),
)
