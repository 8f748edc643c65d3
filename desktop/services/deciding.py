"""Conflicts: what several people changed at the same time, and deciding which of it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.model.changes import Changes
from desktop.model.decoding import decode
from desktop.model.history import Conflict, History, histories
from desktop.model.operation import Operation
from desktop.services.authorship import hands_of
from desktop.services.marking import refuse_large
from desktop.services.settling import settle
from desktop.storage.encoding import json_text

if TYPE_CHECKING:
    from desktop.storage.library import Library


def conflicts(library: Library) -> list[Conflict]:
    """Return what several people changed at the same time and nobody has decided yet, mark by mark.

    The first of the operations of each is the one that is shown; `value_at` reads them. There are none of meetings and
    authors: a meeting is held, ended and named only where it was begun, an author is named only by themselves, and
    where one works in two copies of a library, the later change holds without a question.
    """
    found = hands_of(library, library.merges.edited().get("mark", ()))
    return [conflict for hands in found.values() for conflict in hands.conflicts]


def value_at(operation: Operation) -> Any:
    """Return what an operation of a conflict sets its field to, as the model has it."""
    return decode(operation.subject, operation.field, operation.value)


def joined(conflict: Conflict) -> str | None:
    """Return the value (JSON) that keeps all sides: notes one below the other, all tags; None where one must be chosen.

    The earlier side comes first.
    """
    sides = [value_at(head) for head in reversed(conflict.heads)]
    if conflict.field == "note":
        return json_text("\n\n".join(side for side in sides if side))
    if conflict.field == "tags":
        return json_text(tuple(dict.fromkeys(tag for side in sides for tag in side)))
    return None


@dataclass(frozen=True)
class ResolveConflict:
    """Decide a conflict for the value of one of its operations, or for another one (JSON as operations have it)."""

    conflict: Conflict
    value: str
    _set: list[tuple[Operation, str]] = field(default_factory=list, repr=False)

    label = "解决冲突"

    def apply(self, library: Library) -> Changes:
        """Have every side of the conflict replaced by the value; remember them, the shown one last.

        Raises UserError where all sides together are too much for one mark.
        """
        if self.conflict.field in ("note", "tags"):
            refuse_large(**{self.conflict.field: decode(self.conflict.subject, self.conflict.field, self.value)})
        self._set.clear()
        history = self._history(library)
        tips = history.fields.get(self.conflict.field, [])
        self._set.extend((tip, tip.value) for tip in reversed(tips))
        for tip in reversed(tips):
            library.operations.replace(tip, self.value)
        return self._settle(library)

    def revert(self, library: Library) -> Changes:
        """Have the sides stand against one another again."""
        history = self._history(library)
        before = {one.id: one.replaces for one in history.operations}
        resolved: dict[str | None, Operation] = {}
        for tip in history.fields.get(self.conflict.field, []):
            behind: str | None = tip.id
            while behind:  # what was done since, and taken back, stands between
                resolved[behind] = tip
                behind = before.get(behind)
        for side, value in self._set:
            if side.id in resolved:
                library.operations.replace(resolved[side.id], value)
        return self._settle(library)

    def _history(self, library: Library) -> History:
        record = (self.conflict.subject, self.conflict.subject_id)
        return histories(library.operations.active(record[0], [record[1]])).get(record, History(()))

    def _settle(self, library: Library) -> Changes:
        return settle(library, {self.conflict.subject: [self.conflict.subject_id]})
