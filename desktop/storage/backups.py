"""Copies of a library that were checked before they count, kept in a folder beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from desktop.storage import faults
from desktop.storage.database import Database


def backup_folder(path: Path) -> Path:
    """Return the folder where the copies of the library at `path` are kept."""
    return path.with_name(f"{path.stem}-backups")


def take(database: Database, reason: str) -> Path:
    """Copy the library, check the copy, and only then give it its name; `reason` (ASCII) is a part of that.

    The copy is made by SQLite: that of a live file made by the system lacks what still lies in the log. Raises
    LibraryError if there is no room, or if the copy, and thus the library, is damaged.
    """
    folder = backup_folder(database.path)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    final = folder / f"{database.path.stem}-{stamp}-{reason}{database.path.suffix}"
    part = final.with_name(f"{final.name}.part")
    try:
        folder.mkdir(exist_ok=True)
        _copy(database, part)
        part.replace(final)
    except (OSError, sqlite3.Error) as error:
        raise faults.explained(error, database.path) or error from error
    finally:
        part.unlink(missing_ok=True)
    return final


def _copy(database: Database, part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        database.connection.backup(copy)
        # One file that is whole by itself, also where it is copied from by hand.
        copy.execute("PRAGMA journal_mode=delete")
        if copy.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise faults.damaged(database.path)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
