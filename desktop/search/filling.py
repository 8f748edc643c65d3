"""What goes into the tables of the index, and out of them again: the rows of one unit."""

from __future__ import annotations

import codecs
import json
import sqlite3
from typing import Any

from desktop.model.mark import Mark
from desktop.search.grams import words_of
from desktop.search.index_schema import WORD_TABLES
from desktop.search.source import Unit
from desktop.storage.encoding import time_text
from desktop.text.keys import make_key

_ENCODING = "utf-16-le"
_decode = codecs.utf_16_le_decode  # bytes.decode looks for it by its name, which takes as long again

UNIT_COLUMNS = "u.number, e.document_id, e.id, u.start, u.text, u.places"
MARK_COLUMNS = "u.number, e.document_id, e.id, u.start, u.text, u.places, u.mark_id, u.note_length"
"""What `unit_of` reads, of `units` or `marks` u and `editions` e."""


def unit_of(row: tuple[Any, ...]) -> Unit:
    """Return a unit from its row."""
    return Unit(row[0], row[1], row[2], row[3], _decode(row[4], "strict", True)[0], *row[5:])  # noqa: FBT003


def add_text(connection: sqlite3.Connection, edition: int, unit: Unit) -> None:
    """Add a unit of an edition's text; `edition` is its number here."""
    connection.execute(
        "INSERT INTO units VALUES (?, ?, ?, ?, ?)",
        (unit.number, edition, unit.start, _places(unit), unit.text.encode(_ENCODING)),
    )
    _add_words(connection, unit.number, unit.text)


def remove_text(connection: sqlite3.Connection, number: int, data: bytes) -> None:
    """Remove a unit of a text, which is stored as `data`."""
    _remove_words(connection, number, data.decode(_ENCODING))
    connection.execute("DELETE FROM units WHERE number = ?", (number,))


def add_mark(connection: sqlite3.Connection, edition: int, mark: Mark, unit: Unit) -> None:
    """Add a mark, which is `unit`; `edition` is the number here of its edition."""
    connection.execute(
        "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            unit.number,
            mark.id,
            edition,
            mark.span.start,
            mark.span.end,
            time_text(mark.created),
            unit.note_length,
            _places(unit),
            unit.text.encode(_ENCODING),
        ),
    )
    _add_words(connection, unit.number, unit.text)


def remove_mark(connection: sqlite3.Connection, number: int, data: bytes) -> None:
    """Remove a mark, whose text is stored as `data`."""
    _remove_words(connection, number, data.decode(_ENCODING))
    connection.execute("DELETE FROM marks WHERE number = ?", (number,))


def _places(unit: Unit) -> str:
    return json.dumps(unit.shown(), ensure_ascii=False, separators=(",", ":"))


def _add_words(connection: sqlite3.Connection, number: int, text: str) -> None:
    for table, words in zip(WORD_TABLES, words_of(make_key(text).text), strict=True):
        connection.execute(f"INSERT INTO {table} (rowid, x) VALUES (?, ?)", (number, words))  # noqa: S608 - our names


def _remove_words(connection: sqlite3.Connection, number: int, text: str) -> None:
    for table, words in zip(WORD_TABLES, words_of(make_key(text).text), strict=True):
        connection.execute(
            f"INSERT INTO {table} ({table}, rowid, x) VALUES ('delete', ?, ?)",  # noqa: S608 - our own names
            (number, words),
        )
