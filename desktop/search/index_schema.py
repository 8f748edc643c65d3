"""The tables of the index, and what it must have been made for to be of use."""

from __future__ import annotations

import sqlite3
import zlib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from desktop.parsing.version import PARSER_VERSION
from desktop.search.source import FIRST_MARK
from desktop.storage.header import uri_of
from desktop.text.keys import make_key

INDEX_VERSION: Final = 2
"""Grows with every change of these tables, of how texts are cut into units, and of how keys become rows."""

_CACHE: Final = 16_384
"""KiB of the file that a connection keeps in memory at most. Of large indexes SQLite's two MB don't hold much."""

_SLICE: Final = 0x800

MARKS_OF_UNIT: Final = 2**20
"""How many numbers there are for marks for every one of a unit of their edition."""

_SCHEMA = (
    "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # The units of an edition have the numbers from `base` on. `done` of `count` are in; -1: being taken out.
    """
    CREATE TABLE editions (
        number INTEGER NOT NULL PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document_id TEXT NOT NULL,
        base INTEGER NOT NULL,
        count INTEGER NOT NULL,
        done INTEGER NOT NULL,
        marked INTEGER NOT NULL
    ) STRICT
    """,
    # Texts are kept in UTF-16: two thirds of their UTF-8. A row of the tables below can only be deleted by what was
    # once put there, and hits are shown without opening the texts they stand in.
    """
    CREATE TABLE units (
        number INTEGER NOT NULL PRIMARY KEY,
        edition INTEGER NOT NULL,
        start INTEGER NOT NULL,
        places TEXT NOT NULL,
        text BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE marks (
        number INTEGER NOT NULL PRIMARY KEY,
        mark_id TEXT NOT NULL UNIQUE,
        edition INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        created TEXT NOT NULL,
        note_length INTEGER NOT NULL,
        places TEXT NOT NULL,
        text BLOB NOT NULL
    ) STRICT
    """,
    "CREATE VIRTUAL TABLE grams USING fts5 (x, content='', tokenize='ascii')",
    "CREATE VIRTUAL TABLE letters USING fts5 (x, content='', tokenize='ascii', detail=none, columnsize=0)",
)

WORD_TABLES: Final = ("grams", "letters")


class Standing(NamedTuple):
    """How far the index has come.

    What is in it is as the library was after the operation `operation` at `clock`; it is `whole` when all that belongs
    into it is. `leftovers` tells whether the word tables still hold what was deleted.
    """

    clock: int
    operation: str
    whole: bool
    leftovers: bool


NOWHERE: Final = Standing(0, "", whole=False, leftovers=False)


def purpose_of(library_id: str) -> str:
    """Return for what an index must have been made to serve this library in this program."""
    return f"{INDEX_VERSION}/{PARSER_VERSION}/{_folding():08x}/{library_id}"


@cache
def _folding() -> int:
    """Return what tells apart two ways of folding, by what they do: it depends on the tables of Python, too."""
    told = 0
    for first in (*range(0, 0xD800, _SLICE), *range(0xE000, 0x32000, _SLICE)):  # other threads get their turns between
        told = zlib.crc32(make_key("".join(map(chr, range(first, first + _SLICE)))).text.encode(), told)
    return told


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open an index; `mode` is "ro", "rw" or "rwc". It may be used from any thread, from one at a time."""
    connection = sqlite3.connect(
        uri_of(path, f"mode={mode}"), uri=True, isolation_level=None, check_same_thread=False, timeout=1
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA cache_size = {-_CACHE}")
        connection.execute("PRAGMA schema_version").fetchone()  # SQLite opens a file when it first reads it
    except BaseException:
        connection.close()
        raise
    return connection


def create(connection: sqlite3.Connection, purpose: str) -> None:
    """Make the tables in an empty file."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('purpose', ?)", (purpose,))
    stand(connection, NOWHERE)
    connection.execute("COMMIT")


def made_for(connection: sqlite3.Connection) -> str | None:
    """Return for what the index was made, None where this is no index."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone():
        return None
    row = connection.execute("SELECT value FROM meta WHERE key = 'purpose'").fetchone()
    return str(row[0]) if row else None


def standing(connection: sqlite3.Connection) -> Standing:
    """Return how far the index has come."""
    facts = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    return Standing(int(facts["clock"]), facts["operation"], facts["whole"] == "1", facts["leftovers"] == "1")


def stand(connection: sqlite3.Connection, at: Standing) -> None:
    """Write down how far the index has come; a part of the transaction that brought it there."""
    facts = {name: str(int(value)) if isinstance(value, int) else value for name, value in at._asdict().items()}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())


def marks_from(base: int) -> int:
    """Return where the numbers of an edition's marks begin, those of its units beginning at `base`."""
    return FIRST_MARK + base * MARKS_OF_UNIT
