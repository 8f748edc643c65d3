"""The library: one file, opened whole, with its stores and its transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from desktop.model.author import Author, Device
from desktop.model.errors import LibraryError, LibraryFullError
from desktop.storage import backups, creation, faults, schema, volumes
from desktop.storage.authors import AuthorStore, add_device, device_named, devices
from desktop.storage.checking import CheckReport, check
from desktop.storage.database import Database, Mode
from desktop.storage.documents import DocumentStore
from desktop.storage.editions import EditionStore
from desktop.storage.header import FileKind, kind_of
from desktop.storage.locking import LibraryLock
from desktop.storage.marks import MarkStore
from desktop.storage.meetings import MeetingStore
from desktop.storage.merges import MergeStore
from desktop.storage.operations import OperationStore
from desktop.storage.origins import OriginStore
from desktop.storage.pens import PenStore
from desktop.storage.searches import SearchStore
from desktop.storage.settings import SettingStore

Pause = Callable[[int, int], object]
"""Called between the steps of a long change: how many are done, of how many."""

REMOTE_WARNING = "文库在网络盘上，保存会慢一些，断网时存不上；最好把文库移到本机的硬盘。"

_WITHHOLDING = 4
"""The version of the schema from which on what is replaced can be withheld."""
_INDEX_BYTES = 32768
"""The size an index of the log has at least, when it is in use; one that failed to be made is smaller."""


class Library:
    """An open library. It belongs to the thread that opened it; other threads open their own, for reading only.

    One Library at a time may write to a file: it holds the library's lock until it is closed or its process ends.
    Any number may read, also while one writes; each query of theirs sees what was last committed.
    `id` is the library's own, wherever its file lies. `warnings` are sentences the user should see, about where that
    is. `pause` is called between the steps of a long change; what it raises takes the whole change back.
    """

    def __init__(self, path: Path, database: Database, lock: LibraryLock | None, warnings: list[str]) -> None:
        """Take over an open database, and the lock that came with it; use `open` instead."""
        self.path = path
        self.read_only = lock is None
        self.warnings = warnings
        self.pause: Pause = _go_on
        self._database = database
        self._lock = lock
        self.id = str(self._fact("library"))
        self._author_id = str(self._fact("author"))
        self.device = self._this_device()
        self.operations = OperationStore(database, self._author_id, self.device.id)
        self.documents = DocumentStore(database, self.operations)
        self.editions = EditionStore(database, self.operations)
        self.marks = MarkStore(database, self.operations)
        self.meetings = MeetingStore(database, self.operations)
        self.authors = AuthorStore(database, self.operations)
        self.pens = PenStore(database, self.operations)
        self.searches = SearchStore(database, self.operations)
        self.merges = MergeStore(database, self.operations)
        self.origins = OriginStore(database, self.operations)
        self.settings = SettingStore(database)

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> Library:
        """Open the library at `path`; with `create`, make it first where there is none.

        To write is to hold the library's lock, and brings its schema up to date (after a backup). A file that is no
        library is never touched. Raises LibraryError, with what to do: see its subclasses.
        """
        path = path.absolute()
        # Logs and locks lie beside the file itself, whatever link leads to it.
        real = Path(os.path.realpath(path))
        try:
            kind = kind_of(real)
            _refuse(path, kind, create=create and not read_only)
            if read_only:
                return cls._open_for_reading(path, real)
            return cls._open_for_writing(path, real, create=create)
        except (OSError, sqlite3.Error) as error:
            if read_only and isinstance(error, PermissionError):
                raise faults.no_access(path) from error
            raise faults.explained(error, path) or error from error

    @classmethod
    def _open_for_reading(cls, path: Path, real: Path) -> Library:
        database = _reading(real)
        try:
            schema.refuse_newer(database)
            _refuse_outdated(path, database)
            return cls(path, database, None, [])
        except BaseException:
            database.close()
            raise

    @classmethod
    def _open_for_writing(cls, path: Path, real: Path, *, create: bool) -> Library:
        if real.exists() and not os.access(real, os.W_OK):
            raise faults.read_only(path)
        real.parent.mkdir(parents=True, exist_ok=True)
        lock = LibraryLock(real)
        lock.acquire()
        database: Database | None = None
        try:
            remote = volumes.is_remote(real)
            # Looked at again: before we had the lock, another program may have made it, or taken it away.
            kind = kind_of(real)
            _refuse(path, kind, create=create)
            if kind is not FileKind.LIBRARY:
                creation.create(real, remote=remote)
            database, before = _writing(real, remote=remote)
            library = cls(path, database, lock, [REMOTE_WARNING] if remote else [])
            if before < _WITHHOLDING:
                library._tell_anew()
        except BaseException:
            if database is not None:
                database.close()
            lock.release()
            raise
        return library

    @property
    def author(self) -> Author:
        """Who writes here."""
        author = self.authors.get(self._author_id)
        if author is None:
            raise faults.damaged(self.path)
        return author

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all that is done within, or nothing; a nested one joins the outer one.

        Raises LibraryError when the disk refuses: then nothing of it is kept, and the library can be used on.
        """
        return self._database.transaction()

    @contextmanager
    def pausing(self, pause: Pause) -> Iterator[None]:
        """Have long changes call `pause` between their steps."""
        self.pause = pause
        try:
            yield
        finally:
            self.pause = _go_on

    def devices(self) -> list[Device]:
        """Return the machines marks were made on, colleagues' too."""
        return devices(self._database)

    def meet(self, device: Device) -> None:
        """Make a colleague's machine known to the library."""
        add_device(self._database, device, own=False)

    def clock(self) -> int:
        """Return the largest logical clock of all operations."""
        return self.operations.clock()

    def check(self) -> CheckReport:
        """Look the whole library over. Takes its time (some ms per MB): never before the first paint."""
        return check(self._database)

    def close(self) -> None:
        """Close the file and give the lock back. Harmless when done before."""
        try:
            self._database.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fact(self, key: str) -> object:
        rows = self._database.sql("SELECT value FROM meta WHERE key = ?", (key,))
        if not rows:
            raise faults.damaged(self.path)
        return rows[0][0]

    def _tell_anew(self) -> None:
        """Do what older programs left out when they shared what was private, or gave the author another name."""
        shared = self._database.sql(
            "SELECT DISTINCT subject_id FROM operations"
            " WHERE subject = 'mark' AND field = 'private' AND value = 'false'"
        )
        with self.transaction():
            self.operations.tell_anew(self.authors.subject, self._author_id)
            for (mark_id,) in shared:
                self.operations.tell_anew(self.marks.subject, mark_id)

    def _this_device(self) -> Device:
        """Return this machine, by its name. A library that is only read does not learn of a new one."""
        name = creation.host_name()
        device = device_named(self._database, name)
        if device is None:
            device = Device(str(uuid4()), name)
            if not self.read_only:
                add_device(self._database, device)
        return device


def _go_on(done: int, total: int) -> None:
    """Go on at once."""


def _refuse(path: Path, kind: FileKind, *, create: bool) -> None:
    if kind is FileKind.FOLDER:
        raise faults.folder(path)
    if kind is FileKind.FOREIGN or (kind is FileKind.EMPTY and not create):
        raise faults.not_a_library(path)
    if kind is FileKind.MISSING and not create:
        raise faults.missing(path)


def _refuse_outdated(path: Path, database: Database) -> None:
    if schema.is_outdated(database):
        raise faults.outdated(path)


def _writing(path: Path, *, remote: bool) -> tuple[Database, int]:
    """Return a library's database with its schema up to date, and the version the schema had."""
    database = Database(path, Mode.WRITE, remote=remote)
    try:
        schema.refuse_newer(database)
        database.choose_journal()
        with database.transaction():  # SQLite opens what it may only read without a word
            pass
        before = schema.version_of(database)
        if schema.is_outdated(database):
            backups.take(database, f"v{schema.version_of(database)}")
            schema.upgrade(database)
    except BaseException:
        database.close()
        raise
    return database, before


def _reading(path: Path) -> Database:
    try:
        return Database(path, Mode.READ)
    except LibraryError as error:
        # SQLite reads a file in write-ahead mode only where the log's index lies or can be made. Where neither is,
        # on a disc or a full disk, nobody writes either, and the file alone is the whole, unless it left a log.
        if not faults.is_refusal(error.__cause__) or _size(path, "-shm") >= _INDEX_BYTES:
            raise
        if not _size(path, "-wal"):
            return Database(path, Mode.FROZEN)
        if isinstance(error, LibraryFullError):
            raise
        raise faults.unsettled(path) from error


def _size(path: Path, suffix: str) -> int:
    beside = path.with_name(path.name + suffix)
    return beside.stat().st_size if beside.exists() else 0
