"""Libraries and indexes that need not outlive a power cut: the tests here write often, and don't wait for the disk."""

import sqlite3
from pathlib import Path

import pytest

from desktop.search import index
from desktop.storage.database import Database


@pytest.fixture(autouse=True)
def _disk_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    choose_journal, prepare = Database.choose_journal, index._prepare  # noqa: SLF001

    def choose(database: Database) -> None:
        choose_journal(database)
        database.connection.execute("PRAGMA synchronous = OFF")

    def prepared(connection: sqlite3.Connection, path: Path) -> None:
        prepare(connection, path)
        connection.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(Database, "choose_journal", choose)
    monkeypatch.setattr(index, "_prepare", prepared)
