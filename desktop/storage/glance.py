"""A first look at a library, for the window's first paint: without peewee, without a lock, without changing it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.settings import LAST_EDITION, place_of
from desktop.storage.encoding import text_hints, text_time
from desktop.storage.header import FileKind, kind_of, uri_of
from desktop.storage.version import SCHEMA_VERSION

_PATIENCE_SECONDS = 0.1

_EDITIONS = """
SELECT documents.id, documents.title, documents.created, documents.kind, documents.level, documents.issued,
    editions.id, editions.name, texts.text, editions.format, editions.source_name, editions.sha256, editions.imported,
    texts.hints
FROM editions
JOIN documents ON documents.id = editions.document_id
JOIN texts ON texts.edition_id = editions.id
WHERE documents.removed = 0 AND editions.removed = 0
"""
# The one read last, or else the newest of the first document.
_LAST_READ = f"{_EDITIONS} AND editions.id = ?"
_FIRST = f"{_EDITIONS} ORDER BY documents.created, documents.id, editions.imported DESC, editions.id LIMIT 1"


class Glance(NamedTuple):
    """What the window shows first: the edition read last, its outline as it was cached, the place (a code point).

    `settings` are all values by their keys. Marks come later, from the library.
    """

    document: Document
    edition: Edition
    outline: str | None
    place: int
    settings: dict[str, object]


def glance(path: Path, parser_version: int) -> Glance | None:
    """Look into the library at `path`, and return None for anything unusual: the library will say what it is.

    Unusual is what is missing, empty, locked, damaged, of another version, or no library. `parser_version` is that
    of the outlines that may be used.
    """
    try:
        if kind_of(path) is not FileKind.LIBRARY:
            return None
        # The file itself, whatever link leads to it: its log lies beside it.
        uri = uri_of(Path(os.path.realpath(path)), "mode=ro")
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema = 0")
            connection.execute("BEGIN")  # one moment of the file for all that is read
            return _look(connection, parser_version)
    except (OSError, sqlite3.Error, ValueError, TypeError):
        return None


def _look(connection: sqlite3.Connection, parser_version: int) -> Glance | None:
    if connection.execute("PRAGMA user_version").fetchone() != (SCHEMA_VERSION,):
        return None
    settings: dict[str, object] = {
        key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM settings")
    }
    row = (
        connection.execute(_LAST_READ, (str(settings.get(LAST_EDITION.key, "")),)).fetchone()
        or connection.execute(_FIRST).fetchone()
    )
    if row is None:
        return None
    document_id, title, created, kind, level, issued, edition_id, *rest = row
    name, text, form, source_name, sha256, imported, hints = rest
    outline = connection.execute(
        "SELECT data FROM outlines WHERE edition_id = ? AND parser_version = ?", (edition_id, parser_version)
    ).fetchone()
    place = settings.get(place_of(edition_id).key, 0)
    return Glance(
        document=Document(
            document_id,
            title,
            text_time(created),
            kind=kind,
            level=level,
            issued=date.fromisoformat(issued) if issued is not None else None,
        ),
        edition=Edition(
            edition_id,
            document_id,
            name,
            text,
            form,
            source_name,
            sha256,
            text_time(imported),
            text_hints(hints),
        ),
        outline=outline[0] if outline else None,
        place=place if type(place) is int and 0 <= place <= len(text) else 0,
        settings=settings,
    )
