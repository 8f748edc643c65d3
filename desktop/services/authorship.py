"""Authorship: whose word it is that a mark shows, where that is not its author's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from desktop.model.history import History
from desktop.model.operation import Operation

_PRIVATE = "private"
"""The field that is each one's own business, and no word on the mark."""


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
