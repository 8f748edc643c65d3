"""Makes a new library file, which appears under its name only when it is whole."""

from __future__ import annotations

import getpass
import os
import platform
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from desktop.model.author import Author, Device
from desktop.storage import faults, schema
from desktop.storage.authors import AuthorStore, add_device
from desktop.storage.database import Database, Mode
from desktop.storage.encoding import json_text, time_text
from desktop.storage.header import APPLICATION_ID
from desktop.storage.operations import OperationStore
from desktop.storage.tables import Authors


def create(path: Path, *, remote: bool) -> None:
    """Make an empty library at `path`, where nothing, or an empty file, lies. Raises LibraryError.

    The caller holds the lock. A program killed in between leaves `<library>.new`, which the next one starts afresh.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        _clear(new)
        with closing(Database(new, Mode.CREATE, remote=remote)) as database:
            database.choose_journal()
            # Before the first step, so that the file is never one of the right version and no library.
            database.sql(f"PRAGMA application_id = {APPLICATION_ID:d}")
            schema.upgrade(database)
            with database.transaction():
                _fill(database)
        _set_logs_aside(path)
        new.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        _clear(new)
        raise faults.explained(error, path) or error from error
    except BaseException:
        _clear(new)
        raise


def host_name() -> str:
    """Return what this machine is called."""
    return platform.node() or "本机"


def user_name() -> str:
    """Return the system's name for the user."""
    try:
        return getpass.getuser() or "本人"
    except (OSError, KeyError):  # no such user in the system: containers
        return "本人"


def _fill(database: Database) -> None:
    author = Author(str(uuid4()), user_name())
    device = Device(str(uuid4()), host_name())
    for key, value in {
        "library": str(uuid4()),
        "created": time_text(datetime.now(UTC)),
        "author": author.id,
    }.items():
        database.sql("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))
    database.rows(Authors.insert(id=author.id, name=author.name, colour=author.colour))
    add_device(database, device)
    OperationStore(database, author.id, device.id).append(AuthorStore.subject, author.id, "", json_text(author))


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, where folders can be synced at all."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear(new: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        new.with_name(new.name + suffix).unlink(missing_ok=True)


def _set_logs_aside(path: Path) -> None:
    """Rename logs that a library of this name has left behind: SQLite would play them into the new one."""
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    for suffix in ("-wal", "-journal"):
        log = path.with_name(path.name + suffix)
        if log.exists():
            log.replace(path.with_name(f"{log.name}.orphan-{uuid4().hex[:8]}"))
