"""Brings the schema of an open library file up to date, one whole step after the other."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.storage import faults
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.migrations.migration import Migration


def version_of(database: Database) -> int:
    """Return the version of the schema that the file has."""
    return int(database.sql("PRAGMA user_version")[0][0])


def refuse_newer(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Raise LibraryNewerError if a newer program wrote the file: by its schema, or by the compatibility it asks for.

    The compatibility number stops us also where a later program keeps the schema but means something else by it.
    """
    ours = migrations[-1].version
    needed = database.sql("SELECT value FROM meta WHERE key = 'compatibility'") if version_of(database) else []
    if version_of(database) > ours or (needed and (not str(needed[0][0]).isdigit() or int(needed[0][0]) > ours)):
        raise faults.newer(database.path)


def is_outdated(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> bool:
    """Tell whether steps are missing."""
    return version_of(database) < migrations[-1].version


def upgrade(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Take the steps that are missing. Raises LibraryError, with the file as it was, where one fails."""
    for migration in migrations:
        if migration.version > version_of(database):
            # With foreign keys on, rebuilding a table would delete the children of its rows. SQLite ignores this
            # pragma inside a transaction, so it comes before.
            database.sql("PRAGMA foreign_keys = OFF")
            try:
                _take(database, migration)
            finally:
                database.sql("PRAGMA foreign_keys = ON")


def _take(database: Database, migration: Migration) -> None:
    with database.transaction():
        before = _row_counts(database)
        for statement in migration.statements:
            database.sql(statement)
        database.sql(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('compatibility', ?)", (str(migration.compatibility),)
        )
        database.sql(f"PRAGMA user_version = {migration.version:d}")
        if database.sql("PRAGMA foreign_key_check"):
            msg = f"migration {migration.version} leaves rows that refer to nothing"
            raise RuntimeError(msg)
        after = _row_counts(database)
        lost = {table for table, count in before.items() if after.get(table, 0) < count} - migration.may_shrink
        if lost:
            msg = f"migration {migration.version} loses rows of {', '.join(sorted(lost))}"
            raise RuntimeError(msg)


def _row_counts(database: Database) -> dict[str, int]:
    names = [row[0] for row in database.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    # The names are those of our own schema, and quoted.
    return {name: database.sql(f'SELECT count(*) FROM "{name}"')[0][0] for name in names}  # noqa: S608
