"""The index of a library: a file beside it that can be thrown away, and is, whenever it isn't what it should be."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.model.errors import LibraryFullError
from desktop.search.catching_up import (
    CatchingUp,
    Cut,
    NoRoomError,
    OtherHistoryError,
    OutlineOf,
    Stop,
    Told,
    merge_away,
)
from desktop.search.index_schema import NOWHERE, Standing, connect, create, made_for, purpose_of, standing
from desktop.search.source import SourceFailedError
from desktop.storage import faults, volumes

if TYPE_CHECKING:
    from desktop.storage.library import Library

INDEX_SUFFIX = ".index"
"""What the name of an index has behind that of its library."""

_log = logging.getLogger(__name__)

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
"""What SQLite says of a file that isn't the one we made."""
_LARGE = 1 << 25
"""An index of more bytes is not merged after every change, but once, when it is closed: that takes a second or more."""
_STEPS = 50_000
"""After so many steps of SQLite's a check of the file asks whether it is to stop."""


class State(Enum):
    """Of what use the index is."""

    WHOLE = auto()  # it stands at a clock of the library
    PARTIAL = auto()  # it has to be built, or built on
    FULL = auto()  # the disk had no room for it; it is tried again at the next catching up
    UNUSABLE = auto()  # the file can't be opened or written; the same


class Index:
    """An index in its file, which need not be there, nor whole.

    Nobody but the program that holds the library's lock writes it; with `read_only` it is used where it is current. It
    is to be used from one thread at a time; only `IndexSource.interrupt` may be called from another.
    """

    def __init__(self, path: Path, library_id: str, *, read_only: bool) -> None:
        """Take the path of an index; use `open` instead."""
        self.path = path
        self._read_only = read_only
        self._purpose = purpose_of(library_id)
        self._trouble: State | None = None
        self._reader: _Connected | None = None
        self._writer: _Connected | None = None
        self._checked = self._tidied = self._damaged = False
        self._cut: Cut | None = None

    @classmethod
    def open(cls, library_path: Path, library_id: str, *, read_only: bool) -> Index:
        """Return the index of the library at `library_path`, which has the id `library_id`. Nothing is written yet."""
        real = Path(os.path.realpath(library_path))
        return cls(real.with_name(real.name + INDEX_SUFFIX), library_id, read_only=read_only)

    @property
    def state(self) -> State:
        """Of what use it is."""
        if self._trouble is not None:
            return self._trouble
        return State.WHOLE if self._standing().whole else State.PARTIAL

    @property
    def clock(self) -> int:
        """The library's clock at which it stands, 0 while it isn't whole."""
        at = self._standing()
        return at.clock if at.whole else 0

    def is_current(self, library: Library) -> bool:
        """Tell whether it holds what the library holds now."""
        at = self._standing()
        if self._damaged or not at.whole or library.clock() != at.clock:
            return False
        return any(operation.id == at.operation for operation in library.operations.since(at.clock - 1))

    def catch_up(self, library: Library, outline_of: OutlineOf, stop: Stop, told: Told) -> bool:
        """Bring it up to what the library holds; return whether it is, False also where there was trouble: see `state`.

        `stop` is asked every few milliseconds whether to come back; what was done is kept, and the next call goes on.
        `told` hears how many code points of how many are in, where there is more than a little to do. A file that is
        damaged, or was made for something else, is thrown away and made anew. Raises LibraryError where the library
        can't be read.
        """
        if self._read_only:
            return self.is_current(library)
        self._trouble = None
        try:
            return self._caught_up(library, outline_of, stop, told)
        except NoRoomError:
            self._let_go()
            self._trouble = State.FULL
        except (sqlite3.Error, OSError) as error:
            self._let_go()
            self._trouble = self._trouble_of(error)
        if self._trouble is State.FULL and not self._standing().whole:
            self._make_room()
        return False

    def tidy(self, stop: Stop) -> bool:
        """Have nothing left in the file of notes and tags that were changed or removed; that takes a while.

        Of a large index this is left to `close`. Return False where `stop` said so; the next call goes on.
        """
        try:
            large = self.path.stat().st_size > _LARGE
        except OSError:
            return True
        return large or self._merged_away(stop)

    def reader(self) -> sqlite3.Connection:
        """Return a connection to read from. Raises SourceFailedError where there is no index of use.

        The file is looked over before it is used: what is damaged may find less without an error.
        """
        try:
            if self._reader is None or not self._reader.is_at(self.path):
                self._close_reader()
                if not self.path.exists():
                    raise SourceFailedError
                # Who opens a file to read only can't clear its log away when nobody else uses it.
                self._reader = _Connected(self.path, "rw" if self._read_only else "ro")
                self._reader.connection.execute("PRAGMA query_only = ON")
                if made_for(self._reader.connection) != self._purpose:
                    self._close_reader()
                    raise SourceFailedError
                if not self._checked:
                    self._is_sound(self._reader.connection, lambda: False)
        except (sqlite3.Error, OSError) as error:
            self.distrust(error)
            raise SourceFailedError from error
        return self._reader.connection

    def distrust(self, error: Exception) -> None:
        """Have the file looked over before it is used again: something in it could not be read.

        Where it is damaged, it is of no use until the next catching up, which makes it anew.
        """
        _log.warning("the index can't be read: %r", error)
        self._checked = False
        self._damaged = self._damaged or _is_damage(error)
        self._close_reader()

    def close(self) -> None:
        """Let go of the file, with nothing left in it of what was removed. Harmless when done before."""
        self._merged_away(lambda: False)
        self._let_go()

    def _standing(self) -> Standing:
        while True:
            try:
                return standing(self.reader())
            except (SourceFailedError, KeyError, ValueError):
                return NOWHERE
            except sqlite3.Error as error:
                if not was_interrupted(error):  # who stopped something else is told elsewhere
                    return NOWHERE

    # Writing.

    def _caught_up(self, library: Library, outline_of: OutlineOf, stop: Stop, told: Told) -> bool:
        if self._damaged:
            self._throw_away()
        for attempt in range(2):
            connection = self._write()
            try:
                if not self._is_sound(connection, stop):
                    return False
                return self._followed(connection, library, outline_of, stop, told)
            except OtherHistoryError:
                _log.info("the index is of another history of its library and is made anew")
            except (sqlite3.Error, KeyError, ValueError) as error:
                if attempt or not _is_damage(error):
                    raise
                _log.warning("the index is damaged and is made anew: %s", error)
            self._throw_away()
        return False

    def _followed(
        self, connection: sqlite3.Connection, library: Library, outline_of: OutlineOf, stop: Stop, told: Told
    ) -> bool:
        while True:
            run = CatchingUp(connection, library, outline_of, stop, told, self._cut)
            try:
                done = run.run(tidy=not self._tidied)
            finally:
                self._cut = run.cut
            self._tidied = self._tidied or done
            if not done or self.is_current(library):
                return done
            if standing(connection).clock == library.clock():
                raise _damage("what was written is not what can be read")

    def _merged_away(self, stop: Stop) -> bool:
        writer = self._writer
        if writer is None or writer.connection.in_transaction or not writer.is_at(self.path):
            return True
        try:
            return merge_away(writer.connection, stop)
        except (sqlite3.Error, KeyError, ValueError) as error:  # as on a full disk; the next start tries again
            self.distrust(error)
            return True

    def _write(self) -> sqlite3.Connection:
        """Return a connection to write with, to a file made for this purpose."""
        if self._writer is not None and not self._writer.is_at(self.path):
            self._let_go()
        if self._writer is None:
            try:
                self._writer = self._opened()
            except sqlite3.Error as error:
                if not _is_damage(error):
                    raise
                _log.warning("the index is damaged and is made anew: %s", error)
                self._writer = None
            if self._writer is None:
                self._throw_away()
                self._writer = _Connected(self.path, "rwc")
                _prepare(self._writer.connection, self.path)
                create(self._writer.connection, self._purpose)
        if self._writer.connection.in_transaction:
            self._writer.connection.rollback()
        return self._writer.connection

    def _opened(self) -> _Connected | None:
        """Open the file there is, if it is of use."""
        if not self.path.exists():
            return None
        opened = _Connected(self.path, "rw")
        try:
            _prepare(opened.connection, self.path)
            if made_for(opened.connection) == self._purpose:
                return opened
        except BaseException:
            opened.connection.close()
            raise
        opened.connection.close()
        return None

    def _is_sound(self, connection: sqlite3.Connection, stop: Stop) -> bool:
        """Look the file over, once; False where that was stopped. Raises sqlite3.DatabaseError where it is damaged."""
        if self._checked:
            return True
        connection.set_progress_handler(lambda: int(stop()), _STEPS)
        try:
            (found,) = connection.execute("PRAGMA quick_check (1)").fetchone()
        except sqlite3.OperationalError as error:
            if was_interrupted(error):
                return False
            raise
        finally:
            connection.set_progress_handler(None, 0)
        if found != "ok":
            raise _damage(found)
        self._checked = True
        return True

    def _throw_away(self) -> None:
        self._let_go()
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self._damaged = False

    def _make_room(self) -> None:
        """Give the disk back what a part of an index takes: the library may need it."""
        try:
            self._throw_away()
        except OSError as error:
            _log.warning("the index can't be deleted: %r", error)

    def _let_go(self) -> None:
        self._close_reader()
        writer, self._writer = self._writer, None
        self._checked = self._tidied = False
        if writer is not None:
            with suppress(sqlite3.Error):  # the last of it would go into the file now; it is made good next time
                writer.connection.close()

    def _close_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            with suppress(sqlite3.Error):
                reader.connection.close()

    def _trouble_of(self, error: Exception) -> State:
        """Tell what kept the index from being written. Raises what is a bug."""
        explained = faults.explained(error, self.path)
        if explained is None:
            raise error
        _log.warning("the index can't be written: %r", error)
        return State.FULL if isinstance(explained, LibraryFullError) else State.UNUSABLE


class _Connected:
    """A connection, and which file it is connected to: one at the same path may be another."""

    def __init__(self, path: Path, mode: str) -> None:
        self.connection = connect(path, mode)
        self._file = _identity(path)

    def is_at(self, path: Path) -> bool:
        """Tell whether the file still lies at `path`."""
        return self._file is not None and _identity(path) == self._file


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # On a network drive the log's shared memory is not seen by other machines.
    connection.execute(f"PRAGMA journal_mode = {'delete' if volumes.is_remote(path) else 'wal'}").fetchone()
    # What a power cut takes is made again.
    connection.execute("PRAGMA synchronous = NORMAL")
    # What was deleted is not to be found in the file.
    connection.execute("PRAGMA secure_delete = ON")


def _damage(found: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(found)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def was_interrupted(error: sqlite3.Error) -> bool:
    """Tell whether an error says that what ran was stopped from outside."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT


def _is_damage(error: Exception) -> bool:
    if not isinstance(error, sqlite3.Error):
        return not isinstance(error, OSError)
    # Python's own errors have no code: a text that is no UTF-8, and a connection that was closed.
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF in _DAMAGE if code is not None else not isinstance(error, sqlite3.ProgrammingError)
