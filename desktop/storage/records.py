"""What the stores of records have in common: every change of a field is also an operation, in one transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import ClassVar, Generic, Protocol, TypeVar

from desktop.storage.database import Database
from desktop.storage.encoding import json_text, plain
from desktop.storage.operations import OperationStore


class Record(Protocol):
    """A record of the model that is removed by a tombstone."""

    @property
    def id(self) -> str:
        """A UUID."""

    @property
    def removed(self) -> bool:
        """Whether it is a tombstone."""


R = TypeVar("R", bound=Record)


class RecordStore(ABC, Generic[R]):
    """Records of one kind. A subclass says how they lie in their tables.

    All changes raise LibraryError when the disk refuses, KeyError for an id that was never added.
    """

    subject: ClassVar[str]
    """What operations call this kind of record."""
    editable: ClassVar[tuple[str, ...]]
    """The fields that may change after a record was added, but for `removed`."""
    derived: ClassVar[frozenset[str]] = frozenset()
    """The fields that are worked out, and no part of operations."""

    def __init__(self, database: Database, operations: OperationStore) -> None:
        self._database = database
        self._operations = operations

    @abstractmethod
    def get(self, record_id: str) -> R | None:
        """Return one record, a removed one too, or None if there never was one."""

    @abstractmethod
    def _insert(self, record: R) -> None:
        """Put a new record into its tables."""

    @abstractmethod
    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        """Set the fields of a record in its tables."""

    def add(self, record: R) -> None:
        """Add a record; one that was removed comes back as it was (as a redo needs).

        Raises ValueError if it is there already.
        """
        with self._database.transaction():
            before = self.get(record.id)
            if before is None:
                self._insert(record)
                self._operations.append(self.subject, record.id, "", json_text(plain(record, without=self.derived)))
            elif before.removed:
                self._set(before, {"removed": False})
            else:
                msg = f"{self.subject} {record.id} is there already"
                raise ValueError(msg)

    def remove(self, record_id: str) -> None:
        """Make a record a tombstone: it is kept, and comes back by `restore`."""
        self._set(self._known(record_id), {"removed": True})

    def restore(self, record_id: str) -> None:
        """Bring a removed record back as it was."""
        self._set(self._known(record_id), {"removed": False})

    def settle(self, record: R) -> None:
        """Have a record stand in its tables as the operations there are tell it, without another one."""
        with self._database.transaction():
            before = self.get(record.id)
            if before is None:
                self._insert(record)
            else:
                self._make(before, record)

    def _make(self, before: R, record: R) -> None:
        """Have a record that is in its tables stand there as another one tells it."""
        if before != record:
            names = [field.name for field in fields_of(record)]  # type: ignore[arg-type]
            different = {name: getattr(record, name) for name in names}
            self._update(
                record.id, {name: value for name, value in different.items() if getattr(before, name) != value}
            )

    def _edit(self, record_id: str, fields: Mapping[str, object]) -> None:
        unknown = [name for name in fields if name not in self.editable]
        if unknown:
            msg = f"{self.subject} has no field that can be changed named {', '.join(unknown)}"
            raise TypeError(msg)
        self._set(self._known(record_id), fields)

    def _known(self, record_id: str) -> R:
        record = self.get(record_id)
        if record is None:
            raise KeyError(record_id)
        return record

    def _set(self, before: R, fields: Mapping[str, object]) -> None:
        """Set the fields that differ, and say so in an operation for each but the time of the change itself."""
        different = {name: value for name, value in fields.items() if getattr(before, name) != value}
        if not different:
            return
        with self._database.transaction():
            self._update(before.id, different)
            for name, value in different.items():
                if name != "changed":
                    self._operations.append(self.subject, before.id, name, json_text(value))
