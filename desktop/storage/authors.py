"""The people whose marks are in a library, and the machines these were made on."""

from __future__ import annotations

from desktop.model.author import AUTHOR_COLOURS, Author, Device
from desktop.model.settings import colour_of
from desktop.storage.database import Database
from desktop.storage.encoding import json_text
from desktop.storage.operations import OperationStore
from desktop.storage.settings import SettingStore
from desktop.storage.tables import Authors, Devices

_AUTHORS = f"""
SELECT id, name, CASE
    WHEN CAST(value AS INTEGER) BETWEEN 1 AND {AUTHOR_COLOURS:d} THEN CAST(value AS INTEGER)
    WHEN colour = 0
    THEN (SELECT count(*) FROM authors AS earlier WHERE earlier.rowid < authors.rowid) % {AUTHOR_COLOURS:d} + 1
    ELSE colour END
FROM authors LEFT JOIN settings ON key = '{colour_of("").key}' || id
"""  # noqa: S608 - a number and a name of our own


class AuthorStore:
    """All authors."""

    subject = "author"

    def __init__(self, database: Database, operations: OperationStore) -> None:
        self._database = database
        self._operations = operations
        self._settings = SettingStore(database)

    def all(self) -> list[Author]:
        """Return the authors by name, each with a colour: the one the user gave them, or else by their order of coming.

        Bundles of the first versions may tell a colour of the author's own, which comes before that order.
        """
        return [Author(*row) for row in self._database.sql(f"{_AUTHORS} ORDER BY name, id")]

    def get(self, author_id: str) -> Author | None:
        """Return one author with a colour, or None."""
        rows = self._database.sql(f"{_AUTHORS} WHERE id = ?", (author_id,))
        return Author(*rows[0]) if rows else None

    def rename(self, author_id: str, name: str) -> None:
        """Give an author another name. Raises KeyError for an unknown one, LibraryError when the disk refuses."""
        before = self.get(author_id)
        if before is None:
            raise KeyError(author_id)
        if before.name != name:
            with self._database.transaction():
                self._database.rows(Authors.update(name=name).where(Authors.id == author_id))
                self._operations.append(self.subject, author_id, "name", json_text(name))
                self._operations.tell_anew(self.subject, author_id)

    def recolour(self, author_id: str, colour: int) -> None:
        """Give an author a colour in this library, which colleagues are not told; 0 for that of their order again.

        Raises KeyError for an unknown author, ValueError for no such colour.
        """
        if self.get(author_id) is None:
            raise KeyError(author_id)
        if not 0 <= colour <= AUTHOR_COLOURS:
            raise ValueError(f"no colour {colour}")
        self._settings.set(colour_of(author_id), colour)

    def settle(self, author: Author) -> None:
        """Have an author stand in the table as the operations there are tell it, without another one."""
        self._database.sql(
            "INSERT INTO authors (id, name, colour) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour",
            (author.id, author.name, author.colour),
        )


def device_named(database: Database, name: str) -> Device | None:
    """Return the user's own machine of this name, if it is known to the library."""
    row = database.row(Devices.select(Devices.id, Devices.name).where((Devices.name == name) & (Devices.own == 1)))
    return Device(*row) if row else None


def devices(database: Database) -> list[Device]:
    """Return all machines, colleagues' too, by their ids."""
    return [Device(*row) for row in database.rows(Devices.select(Devices.id, Devices.name).order_by(Devices.id))]


def add_device(database: Database, device: Device, *, own: bool = True) -> None:
    """Make a machine known to the library, the user's own or a colleague's; one that is known stays as it is."""
    with database.transaction():
        database.rows(Devices.insert(id=device.id, name=device.name, own=int(own)).on_conflict_ignore())
