"""The people whose marks are in a library, and the machines these were made on."""

from __future__ import annotations

from desktop.model.author import Author, Device
from desktop.storage.database import Database
from desktop.storage.encoding import json_text
from desktop.storage.operations import OperationStore
from desktop.storage.tables import Authors, Devices


class AuthorStore:
    """All authors."""

    subject = "author"

    def __init__(self, database: Database, operations: OperationStore) -> None:
        self._database = database
        self._operations = operations

    def all(self) -> list[Author]:
        """Return the authors by name."""
        return [Author(*row) for row in self._database.rows(Authors.select().order_by(Authors.name, Authors.id))]

    def get(self, author_id: str) -> Author | None:
        """Return one author, or None."""
        row = self._database.row(Authors.select().where(Authors.id == author_id))
        return Author(*row) if row else None

    def rename(self, author_id: str, name: str) -> None:
        """Give an author another name. Raises KeyError for an unknown one, LibraryError when the disk refuses."""
        before = self.get(author_id)
        if before is None:
            raise KeyError(author_id)
        if before.name != name:
            with self._database.transaction():
                self._database.rows(Authors.update(name=name).where(Authors.id == author_id))
                self._operations.append(self.subject, author_id, "name", json_text(name))


def device_named(database: Database, name: str) -> Device | None:
    """Return the machine of this name, if it is known to the library."""
    row = database.row(Devices.select().where(Devices.name == name))
    return Device(*row) if row else None


def add_device(database: Database, device: Device) -> None:
    """Make a machine known to the library."""
    with database.transaction():
        database.rows(Devices.insert(id=device.id, name=device.name))
