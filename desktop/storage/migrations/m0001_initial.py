"""Version 1: documents and their editions, marks, meetings, and the record of every change."""

from __future__ import annotations

from desktop.storage.migrations.migration import Migration

_META = """
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT
"""

_AUTHORS = """
CREATE TABLE authors (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT
"""

_DEVICES = """
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT
"""

# Only pens that were renamed: the others have the names the program gives them.
_PENS = """
CREATE TABLE pens (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT
"""

_SETTINGS = """
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT
"""

# Kind and level are '' where the user gave none.
_DOCUMENTS = """
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    kind TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    issued TEXT
) STRICT
"""

_EDITIONS = """
CREATE TABLE editions (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    source_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    imported TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    UNIQUE (id, document_id)
) STRICT
"""

# Apart from the editions, so that listing those does not read through the texts; the text before the original, so
# that reading the one does not read through the other. Hints are JSON, '' where the format gave none.
_TEXTS = """
CREATE TABLE texts (
    edition_id TEXT NOT NULL PRIMARY KEY REFERENCES editions (id),
    text TEXT NOT NULL,
    hints TEXT NOT NULL DEFAULT '',
    original BLOB NOT NULL
) STRICT
"""

# Derived: may be emptied at any time. Nothing refers to it.
_OUTLINES = """
CREATE TABLE outlines (
    edition_id TEXT NOT NULL PRIMARY KEY REFERENCES editions (id),
    parser_version INTEGER NOT NULL,
    data TEXT NOT NULL
) STRICT
"""

_MEETINGS = """
CREATE TABLE meetings (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    held_on TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT
"""

# A place in words has exact, prefix and suffix, a clause has a path (JSON); offsets count code points.
_MARKS = """
CREATE TABLE marks (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL,
    edition_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    style TEXT NOT NULL,
    pen INTEGER,
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL CHECK (end_offset >= start_offset),
    exact TEXT,
    prefix TEXT,
    suffix TEXT,
    path TEXT,
    note TEXT NOT NULL,
    private INTEGER NOT NULL CHECK (private IN (0, 1)),
    author_id TEXT NOT NULL REFERENCES authors (id),
    device_id TEXT NOT NULL REFERENCES devices (id),
    meeting_id TEXT REFERENCES meetings (id),
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    FOREIGN KEY (edition_id, document_id) REFERENCES editions (id, document_id),
    CHECK ((exact IS NULL) <> (path IS NULL)),
    CHECK ((exact IS NULL) = (prefix IS NULL) AND (exact IS NULL) = (suffix IS NULL))
) STRICT
"""

_MARK_TAGS = """
CREATE TABLE mark_tags (
    mark_id TEXT NOT NULL REFERENCES marks (id),
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (mark_id, position)
) STRICT, WITHOUT ROWID
"""

_OPERATIONS = """
CREATE TABLE operations (
    id TEXT NOT NULL PRIMARY KEY,
    clock INTEGER NOT NULL,
    author_id TEXT NOT NULL REFERENCES authors (id),
    device_id TEXT NOT NULL REFERENCES devices (id),
    at TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    replaces TEXT REFERENCES operations (id)
) STRICT
"""

_INDICES = (
    "CREATE INDEX editions_of_document ON editions (document_id)",
    "CREATE INDEX editions_by_sha256 ON editions (sha256)",
    "CREATE INDEX marks_of_edition ON marks (edition_id, removed, start_offset)",
    "CREATE INDEX marks_of_meeting ON marks (meeting_id) WHERE meeting_id IS NOT NULL",
    "CREATE INDEX marks_by_tag ON mark_tags (tag)",
    "CREATE INDEX operations_by_clock ON operations (clock)",
    "CREATE INDEX operations_of_field ON operations (subject, subject_id, field, clock)",
)

# What was done stays done; a text stays as it was imported.
_TRIGGERS = (
    """
    CREATE TRIGGER operations_are_not_changed BEFORE UPDATE ON operations
    BEGIN SELECT RAISE (ABORT, 'operations are append-only'); END
    """,
    """
    CREATE TRIGGER operations_are_not_deleted BEFORE DELETE ON operations
    BEGIN SELECT RAISE (ABORT, 'operations are append-only'); END
    """,
    # INSERT OR REPLACE deletes without calling the trigger above.
    """
    CREATE TRIGGER operations_are_not_replaced BEFORE INSERT ON operations
    WHEN EXISTS (SELECT 1 FROM operations WHERE id = NEW.id)
    BEGIN SELECT RAISE (ABORT, 'operations are append-only'); END
    """,
    """
    CREATE TRIGGER texts_are_not_changed BEFORE UPDATE ON texts
    BEGIN SELECT RAISE (ABORT, 'the text of an edition is never altered'); END
    """,
)

MIGRATION = Migration(
    version=1,
    compatibility=1,
    statements=(
        _META,
        _AUTHORS,
        _DEVICES,
        _PENS,
        _SETTINGS,
        _DOCUMENTS,
        _EDITIONS,
        _TEXTS,
        _OUTLINES,
        _MEETINGS,
        _MARKS,
        _MARK_TAGS,
        _OPERATIONS,
        *_INDICES,
        *_TRIGGERS,
    ),
)
