"""The history of a record: its operations, and what they make of it, the same in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from desktop.model.author import ANNOTATION_DEVICE
from desktop.model.operation import Operation

NEVER_IN_CONFLICT: Final = frozenset({"removed", "private"})
"""The fields of which the later operation holds, or where one is private, that."""


def heads(operations: Iterable[Operation]) -> list[Operation]:
    """Return those of the operations of one field that no other of them replaces, the latest first."""
    known = list(operations)
    replaced = {operation.replaces for operation in known}
    return sorted((one for one in known if one.id not in replaced), key=lambda one: one.rank, reverse=True)


@dataclass(frozen=True)
class Conflict:
    """A field that several people changed at the same time. `heads` are their operations, the one shown first.

    Of those that say the same, one stands for all.
    """

    subject: str
    subject_id: str
    field: str
    heads: tuple[Operation, ...]


@dataclass(frozen=True)
class History:
    """The operations on one record that count."""

    operations: tuple[Operation, ...]

    @cached_property
    def added(self) -> Operation | None:
        """The operation that added the record, or told it anew; without one there is no record.

        What web annotations told gives way to what those said who made it.
        """
        told = [one for one in self.operations if not one.field and not one.withheld]
        made = [one for one in told if not self.is_annotated(one)]
        return max(made or told, key=lambda one: one.rank, default=None)

    def is_annotated(self, operation: Operation) -> bool:
        """Whether an operation that added the record came of web annotations, or tells anew what they told."""
        return operation.id in self._annotated

    @cached_property
    def _annotated(self) -> frozenset[str]:
        found: dict[str, bool] = {}
        adding = (one for one in self.operations if not one.field)
        for one in sorted(adding, key=lambda one: one.rank):  # what tells anew comes behind what it replaces
            found[one.id] = found.get(one.replaces or "", one.device_id == ANNOTATION_DEVICE.id)
        return frozenset(identity for identity, annotated in found.items() if annotated)

    @cached_property
    def makers(self) -> frozenset[str]:
        """The ids of those who made the record: one person. What web annotations told has none."""
        return frozenset(one.author_id for one in self.operations if not one.field and not self.is_annotated(one))

    @cached_property
    def fields(self) -> dict[str, list[Operation]]:
        """For every field that was changed, its heads, the latest first. What is withheld is never one."""
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            if operation.field:
                found.setdefault(operation.field, []).append(operation)
        return {field: [tip for tip in heads(of_field) if not tip.withheld] for field, of_field in found.items()}

    def shown(self, field: str) -> Operation | None:
        """Return the operation whose value a changed field has."""
        tips = self.fields.get(field)
        if not tips:
            return None
        if field == "private":
            return next((tip for tip in tips if tip.value == "true"), tips[0])
        return tips[0]

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The fields with heads that say different things."""
        found = []
        for field, tips in sorted(self.fields.items()):
            latest: dict[str, Operation] = {}
            for tip in tips:
                latest.setdefault(tip.value, tip)
            if len(latest) > 1 and field not in NEVER_IN_CONFLICT:
                found.append(Conflict(tips[0].subject, tips[0].subject_id, field, tuple(latest.values())))
        return tuple(found)


def histories(operations: Iterable[Operation]) -> dict[tuple[str, str], History]:
    """Return the history of every record, by the kind of record and its id."""
    found: dict[tuple[str, str], list[Operation]] = {}
    for operation in operations:
        found.setdefault((operation.subject, operation.subject_id), []).append(operation)
    return {record: History(tuple(of_record)) for record, of_record in found.items()}
