"""One connection to a library file: its settings, its transactions, and errors the user can understand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import peewee

from desktop.storage import faults
from desktop.storage.header import uri_of

Row = tuple[Any, ...]
Parameters = tuple[object, ...] | dict[str, object]

_BUSY_SECONDS = 5


class Mode(StrEnum):
    """How a file is opened; the values are those of SQLite's URI."""

    WRITE = "mode=rw"
    CREATE = "mode=rwc"
    READ = "mode=ro"
    FROZEN = "mode=ro&immutable=1"
    """Without looking for a log or locks: right only where nobody can write and no log lies beside the file."""


class Database:
    """A connection, to be used from the thread that made it.

    On a network drive (`remote`) changes go through a rollback journal and not through a write-ahead log, whose
    shared memory other machines don't see.
    """

    def __init__(self, path: Path, mode: Mode, *, remote: bool = False) -> None:
        self.path = path
        self._depth = 0
        self._failure: BaseException | None = None
        self._remote = remote
        pragmas: list[tuple[str, object]] = [("trusted_schema", 0), ("foreign_keys", 1), ("synchronous", "full")]
        if remote and mode in (Mode.WRITE, Mode.CREATE):
            # A library that comes from a local drive is still in write-ahead mode: only a connection that has the
            # file for itself can leave that without shared memory.
            pragmas.insert(0, ("locking_mode", "exclusive"))
        self._peewee: Any = peewee.SqliteDatabase(
            uri_of(path, mode.value), pragmas, timeout=_BUSY_SECONDS, uri=True, autoconnect=False, thread_safe=False
        )
        try:
            with self._explained():
                self._peewee.connect()
                self._sql("PRAGMA schema_version")  # SQLite opens a file when it first reads it
        except BaseException:
            self.close()
            raise

    def choose_journal(self) -> None:
        """Set how changes are kept safe, which is written into the file: to be called before the first of them."""
        with self._explained():
            self._sql(f"PRAGMA journal_mode={'delete' if self._remote else 'wal'}")
            if self._remote:
                self._sql("PRAGMA locking_mode=normal")

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for SQLite's backup."""
        found = self._peewee.connection()
        assert isinstance(found, sqlite3.Connection)  # noqa: S101 - for mypy: peewee leaves it untyped
        return found

    def rows(self, query: peewee.Node) -> list[Row]:
        """Run a query and return its rows as they are stored. Raises LibraryError when the disk refuses."""
        with self._explained():
            found: list[Row] = self._peewee.execute(query).fetchall()
            return found

    def row(self, query: peewee.Node) -> Row | None:
        """Run a query and return its first row."""
        return next(iter(self.rows(query)), None)

    def sql(self, text: str, parameters: Parameters = ()) -> list[Row]:
        """Run one statement of SQL and return its rows. Raises LibraryError when the disk refuses."""
        with self._explained():
            return self._sql(text, parameters)

    def many(self, text: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement of SQL once for each row of parameters. Raises LibraryError when the disk refuses."""
        with self._explained(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            self.connection.executemany(text, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is done within, or nothing. Inside another transaction: be a part of that one.

        What fails within an inner one fails the outer one too, even where the exception was caught in between:
        nothing is kept by half. Raises LibraryError when the disk refuses.
        """
        if self._depth:
            yield from self._inner()
            return
        self.sql("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self._refuse_halves()
            self.sql("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._depth = 0
            self._failure = None

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        if not self._peewee.is_closed():
            self._roll_back()
            with self._explained():
                self._peewee.close()

    def _inner(self) -> Iterator[None]:
        self._refuse_halves()
        self._depth += 1
        try:
            yield
        except BaseException as error:
            self._failure = self._failure or error
            raise
        finally:
            self._depth -= 1

    def _refuse_halves(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _roll_back(self) -> None:
        # SQLite has already rolled back by itself after some errors of the disk.
        if self.connection.in_transaction:
            self.sql("ROLLBACK")

    def _sql(self, text: str, parameters: Parameters = ()) -> list[Row]:
        found: list[Row] = self._peewee.execute_sql(text, parameters).fetchall()
        return found

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (peewee.PeeweeException, sqlite3.Error) as error:
            explanation = faults.explained(error, self.path)
            if explanation is None:
                raise
            raise explanation from error
