"""The append-only record of every change, read by history, trash and bundles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from desktop.model.history import NEVER_IN_CONFLICT, History
from desktop.model.operation import Operation
from desktop.storage.database import Database, Row
from desktop.storage.encoding import text_time, time_text
from desktop.storage.tables import Operations

# The clock and what is replaced are found in the statement itself, both by an index. Two look-ups and not one for
# either field: that would have to sort all that was ever done to the record.
_APPEND = """
INSERT INTO operations (id, clock, author_id, device_id, at, subject, subject_id, field, value, replaces)
VALUES (
    :id, coalesce((SELECT max(clock) FROM operations), 0) + 1,
    :author_id, :device_id, :at, :subject, :subject_id, :field, :value,
    coalesce(
        (SELECT id FROM operations
         WHERE subject = :subject AND subject_id = :subject_id AND field = :field ORDER BY clock DESC LIMIT 1),
        (SELECT id FROM operations
         WHERE subject = :subject AND subject_id = :subject_id AND field = '' ORDER BY clock DESC LIMIT 1)
    )
)
"""

_INSERT = """
INSERT INTO operations (id, clock, author_id, device_id, at, subject, subject_id, field, value, replaces)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_IS_MERGED = "SELECT 1 FROM merged_operations WHERE subject = ? AND subject_id = ? LIMIT 1"
_AT_ONCE = 500
"""How many ids are asked for in one query."""


class OperationStore:
    """All operations of a library, those that came with merges included; `active` ones are those that count.

    Only the other stores append to it, each within its own transaction. What came with a merge that was taken back
    counts for nothing, but stays.
    """

    def __init__(self, database: Database, author_id: str, device_id: str) -> None:
        self._database = database
        self._author_id = author_id
        self._device_id = device_id
        self._taken_back = range(0)

    def of(self, subject: str, subject_id: str) -> list[Operation]:
        """Return what was done to one record, oldest first."""
        chosen = (Operations.subject == subject) & (Operations.subject_id == subject_id)
        rows = self._database.rows(Operations.select().where(chosen).order_by(Operations.clock, Operations.id))
        return [_operation(row) for row in rows]

    def since(self, clock: int) -> list[Operation]:
        """Return what was done after `clock`, oldest first; after 0, everything."""
        query = Operations.select().where(Operations.clock > clock).order_by(Operations.clock, Operations.id)
        return [_operation(row) for row in self._database.rows(query)]

    def count(self) -> int:
        """Return how many there are."""
        return int(self._database.sql("SELECT count(*) FROM operations")[0][0])

    def clock(self) -> int:
        """Return the largest logical clock, 0 before the first operation."""
        return int(self._database.sql("SELECT coalesce(max(clock), 0) FROM operations")[0][0])

    def active(
        self, subject: str, subject_ids: Iterable[str] | None = None, also: Iterable[str] = ()
    ) -> list[Operation]:
        """Return the operations that count, on these records or on all of their kind, by their rank.

        What one that counts replaces is among them, even where it came with a merge that was taken back. But what added
        a record comes back for nothing, and nothing for what was done here and taken back before the merge was: with
        either goes all that was done on it here. `also` are ids of operations that are taken for counting.
        """
        if subject_ids is None:
            rows = self._database.sql("SELECT * FROM active_operations WHERE subject = ?", (subject,))
        else:
            rows = self._of_many(
                "SELECT * FROM active_operations WHERE subject = ? AND subject_id", subject, subject_ids
            )
        found = {row[0]: _operation(row) for row in rows} | self.known(also)
        missing = {one.replaces for one in found.values() if one.replaces} - found.keys()
        missing -= self._built_on_for_nothing(missing, found)
        while missing:
            behind = {one.id: one for one in self.known(missing).values() if one.field}
            found |= behind
            missing = {one.replaces for one in behind.values() if one.replaces} - found.keys()
        ranked = sorted(found.values(), key=lambda operation: operation.rank)
        for one in ranked:  # what replaces another comes behind it
            if one.replaces and one.replaces not in found:
                del found[one.id]
        return [one for one in ranked if one.id in found]

    def named(self, subject: str, subject_ids: Iterable[str]) -> list[Operation]:
        """Return the operations on records that others which count refer to, by their rank.

        Where such a record came with a merge that was taken back, it is all that was told of it.
        """
        wanted = list(subject_ids)
        found = self.active(subject, wanted)
        there = {one.subject_id for one in found}
        for subject_id in wanted:
            if subject_id not in there:
                found += self.of(subject, subject_id)
        return sorted(found, key=lambda operation: operation.rank)

    def _built_on_for_nothing(self, missing: Iterable[str], found: Mapping[str, Operation]) -> set[str]:
        """Return those of the operations taken back behind which all was done here, and at last says what they said."""
        behind = self.known(missing)
        built: dict[str, list[Operation]] = {}
        for one in found.values() if behind else ():
            built.setdefault(one.replaces or "", []).append(one)
        for_nothing = set()
        for base in behind.values():
            on_it = [*built[base.id]]
            for one in on_it:
                on_it += built.get(one.id, ())
            last = {one.value for one in on_it if one.id not in built}
            if last == {base.value} and all(map(self._is_made_here, on_it)):
                for_nothing.add(base.id)
        return for_nothing

    def _is_made_here(self, operation: Operation) -> bool:
        return (operation.author_id, operation.device_id) == (self._author_id, self._device_id)

    def known(self, operation_ids: Iterable[str]) -> dict[str, Operation]:
        """Return those of these operations that are here, whether they count or not."""
        rows = self._of_many("SELECT * FROM operations WHERE ? = '' AND id", "", operation_ids)
        return {row[0]: _operation(row) for row in rows}

    def counting(self, operation_ids: Iterable[str]) -> frozenset[str]:
        """Return which of these operations count."""
        rows = self._of_many("SELECT id FROM active_operations WHERE ? = '' AND id", "", operation_ids)
        return frozenset(row[0] for row in rows)

    def _of_many(self, query: str, first: str, ids: Iterable[str]) -> list[Row]:
        wanted = list(ids)
        rows: list[Row] = []
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows += self._database.sql(f"{query} IN ({','.join('?' * len(part))})", (first, *part))
        return rows

    def insert(self, operations: Iterable[Operation]) -> None:
        """Add operations of another library as they are.

        One that is here already stays as it is, or is told what it says where that was withheld.
        """
        added = list(operations)
        rows = self._of_many("SELECT id, value FROM operations WHERE ? = '' AND id", "", [one.id for one in added])
        there: dict[str, str] = dict(rows)
        self._database.many(
            "UPDATE operations SET value = ? WHERE id = ?",
            ((one.value, one.id) for one in added if there.get(one.id) == "" != one.value),
        )
        self._database.many(
            _INSERT,
            (
                (
                    operation.id,
                    operation.clock,
                    operation.author_id,
                    operation.device_id,
                    time_text(operation.at),
                    operation.subject,
                    operation.subject_id,
                    operation.field,
                    operation.value,
                    operation.replaces,
                )
                for operation in added
                if operation.id not in there
            ),
        )

    def append(self, subject: str, subject_id: str, field: str, value: str) -> None:
        """Record that `field` of a record was set to `value` (JSON), now, by this author on this device.

        Where colleagues set the field to other values at the same time, those stand on beside it: it replaces what is
        shown. A mark is shared again only where nobody keeps it private.
        """
        if field and self._database.sql(_IS_MERGED, (subject, subject_id)):
            history = History(tuple(self.active(subject, [subject_id])))
            tips = history.fields.get(field) or [one for one in (history.added,) if one is not None]
            every = field in NEVER_IN_CONFLICT
            undone = {tip: one for tip in tips if (one := self._undone(tip, history)) is not None}
            replaced = undone or [tip for tip in tips if every or tip.value == tips[0].value]
            before = {one.id: one.value for one in history.operations if one.field == field}
            for tip in reversed(list(replaced)):
                self.replace(tip, before.get(undone[tip].replaces or "", value) if tip in undone else value, field)
            if replaced:
                return
        self._database.sql(
            _APPEND,
            {
                "id": str(uuid4()),
                "author_id": self._author_id,
                "device_id": self._device_id,
                "at": time_text(datetime.now(UTC)),
                "subject": subject,
                "subject_id": subject_id,
                "field": field,
                "value": value,
            },
        )

    @contextmanager
    def taking_back(self, clocks: range) -> Iterator[None]:
        """Have what is appended meanwhile take back what was appended here at these clocks, and nothing else.

        So each of several sides stands again as it did; of a merge that is taken back later, nothing is left.
        """
        self._taken_back = clocks
        try:
            yield
        finally:
            self._taken_back = range(0)

    def _undone(self, tip: Operation, history: History) -> Operation | None:
        """Return what is to be taken back of an operation and those behind it on its field, or None."""
        known = {one.id: one for one in history.operations if one.field == tip.field}
        behind: Operation | None = tip
        while behind and not (behind.clock in self._taken_back and self._is_made_here(behind)):
            behind = known.get(behind.replaces or "")
        return behind

    def tell_anew(self, subject: str, subject_id: str) -> None:
        """Record once more what a record is, in place of the operation that added it, if it says something else by now.

        So it can be told without the words it had first (`services/bundling.py`). What a colleague added is theirs, and
        what colleagues changed stays their change, with all that was done to it since: it may be taken back with them.
        """
        alone: dict[str | None, Operation | None] = {None: None}
        for one in self.active(subject, [subject_id]):
            if one.replaces in alone and (one.is_of(self._author_id) if not one.field else self._is_made_here(one)):
                alone[one.id] = one
        own = History(tuple(one for one in alone.values() if one is not None))
        if own.added is None:
            return
        before = json.loads(own.added.value)
        shown = {field: own.shown(field) for field in own.fields}
        record = before | {field: json.loads(one.value) for field, one in shown.items() if one is not None}
        if record != before:
            self.replace(own.added, json.dumps(record, ensure_ascii=False, separators=(",", ":")), "")

    def replace(self, operation: Operation, value: str, field: str | None = None) -> None:
        """Record that a field was set to `value` (JSON) in place of what an operation set it to, now, by this author.

        It is the field of that operation, unless another is named, which it added with the whole record.
        """
        self.insert(
            [
                Operation(
                    id=str(uuid4()),
                    clock=self.clock() + 1,
                    author_id=self._author_id,
                    device_id=self._device_id,
                    at=datetime.now(UTC),
                    subject=operation.subject,
                    subject_id=operation.subject_id,
                    field=operation.field if field is None else field,
                    value=value,
                    replaces=operation.id,
                )
            ]
        )


def _operation(row: Row) -> Operation:
    identity, clock, author_id, device_id, at, *rest = row
    return Operation(identity, clock, author_id, device_id, text_time(at), *rest)
