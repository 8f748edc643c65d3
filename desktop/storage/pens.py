"""What the five pens are called in a library."""

from __future__ import annotations

from desktop.model.pen import DEFAULT_PENS, Pen
from desktop.storage.database import Database
from desktop.storage.encoding import json_text
from desktop.storage.operations import OperationStore
from desktop.storage.tables import Pens


class PenStore:
    """The pens: by the names the user gave them, or else by the program's."""

    subject = "pen"

    def __init__(self, database: Database, operations: OperationStore) -> None:
        self._database = database
        self._operations = operations

    def all(self) -> tuple[Pen, ...]:
        """Return the five pens by number."""
        named: dict[int, str] = dict(self._database.rows(Pens.select()))
        return tuple(Pen(pen.number, named.get(pen.number, pen.name)) for pen in DEFAULT_PENS)

    def rename(self, number: int, name: str) -> None:
        """Give a pen another name. Raises KeyError for a number there is no pen of, LibraryError for the disk."""
        before = {pen.number: pen.name for pen in self.all()}[number]
        if before != name:
            with self._database.transaction():
                self._database.sql("INSERT OR REPLACE INTO pens (number, name) VALUES (?, ?)", (number, name))
                self._operations.append(self.subject, str(number), "name", json_text(name))
