"""What a file is, told from its header alone, without a lock or a log and thus without leaving a trace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from urllib.parse import quote

APPLICATION_ID = int.from_bytes(b"YUEC", "big")
"""Stands in the header of every library file and tells it from any other SQLite file."""


class FileKind(Enum):
    """What lies at a path."""

    MISSING = auto()
    FOLDER = auto()
    EMPTY = auto()
    FOREIGN = auto()
    LIBRARY = auto()


def kind_of(path: Path) -> FileKind:
    """Tell what lies at `path`. Raises OSError, or sqlite3.Error, where that is refused or it is cut short.

    SQLite reads the header and not we: to close a file of our own would drop all locks that this process has on it
    (so POSIX has it), those of a library that is open in another thread included.
    """
    if path.is_dir():
        return FileKind.FOLDER
    if not path.exists():
        return FileKind.MISSING
    if not path.is_file():  # a pipe or a device: reading it might never end
        return FileKind.FOREIGN
    if not path.stat().st_size:
        return FileKind.EMPTY
    return FileKind.LIBRARY if _application_of(path) == APPLICATION_ID else FileKind.FOREIGN


def _application_of(path: Path) -> int | None:
    """Return the number of the program an SQLite file belongs to, None of any other file."""
    try:
        with closing(sqlite3.connect(uri_of(path, "mode=ro&immutable=1"), uri=True)) as connection:
            return int(connection.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            return None
        raise


def uri_of(path: Path, query: str) -> str:
    """Return `path` as the URI that SQLite opens, with its `query` ("mode=ro")."""
    posix = path.absolute().as_posix()
    # "file://" + "/home/a", "file:///" + "C:/a", "file://" + "//server/share/a": an empty authority in all three.
    return f"file://{'' if posix.startswith('/') else '/'}{quote(posix, safe='/:')}?{query}"
