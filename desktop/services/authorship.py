"""Authorship: what several people made of one mark, and on which words it was made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.model.decoding import values_of
from desktop.model.history import Conflict, History, histories
from desktop.model.mark import words_at
from desktop.model.operation import Operation

if TYPE_CHECKING:
    from desktop.storage.library import Library

_PRIVATE = "private"
"""The field that is each one's own business, and no word on the mark."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What several people did to one mark: what is undecided between them, and the last word not by its author."""

    conflicts: tuple[Conflict, ...] = ()
    last: Operation | None = None


def hands_of(library: Library, mark_ids: Iterable[str]) -> dict[str, Hands]:
    """Return what several people did to these marks, by their ids; what one person alone did is not there."""
    found = {}
    for (_, mark_id), history in histories(library.operations.active("mark", list(mark_ids))).items():
        if len({one.author_id for one in history.operations}) == 1 and not history.conflicts:
            continue  # most marks of a colleague; to read them takes its time
        values = values_of(history)
        if values is not None and not values["removed"]:
            hands = Hands(history.conflicts, latest(words_of_others(history)))
            if hands != Hands():
                found[mark_id] = hands
    return found


def words_made_on(library: Library, mark_ids: Iterable[str]) -> dict[str, str]:
    """Return the words these marks were made on, by their ids."""
    told = histories(library.operations.active("mark", list(mark_ids)))
    values = ((mark_id, values_of(history)) for (_, mark_id), history in told.items())
    return {mark_id: words_at(one["place"]) for mark_id, one in values if one is not None}


def credited(history: History, field: str) -> Operation | None:
    """Return the operation that first set a field to what it shows; None where it shows what the mark was made with.

    So what somebody took back is nobody's word, and what is set back to an earlier word is its author's.
    """
    shown, added = history.shown(field), history.added
    if shown is None or (added is not None and json.loads(added.value).get(field) == json.loads(shown.value)):
        return None
    same = (one for one in history.operations if one.field == field and one.value == shown.value)
    return min(same, key=lambda one: one.rank)


def words_of_others(history: History) -> Iterator[Operation]:
    """Yield, of each field that shows the word of another than the mark's author, the operation it comes from."""
    added = history.added
    author_id = json.loads(added.value)["author_id"] if added is not None else ""
    for field in history.fields:
        one = credited(history, field)
        if one is not None and field != _PRIVATE and one.author_id != author_id:
            yield one


def latest(operations: Iterable[Operation]) -> Operation | None:
    """Return the last of some operations, None where there are none."""
    return max(operations, key=lambda one: one.rank, default=None)
