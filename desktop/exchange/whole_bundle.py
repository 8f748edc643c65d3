"""Whether a bundle is whole: asked of what is read, and of what is handed over before anybody has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

from desktop.model.bundle import Bundle
from desktop.model.decoding import decode
from desktop.model.history import History, histories
from desktop.model.mark import Mark
from desktop.model.operation import Operation
from desktop.model.origin import Origin


def refuse_partial(bundle: Bundle) -> None:
    """Raise ValueError or KeyError where a bundle isn't whole.

    It is not where an id stands twice, something is referred to that isn't in it, somebody tells of another person or
    of what somebody else made as if it were theirs, a mark is private, or nothing stands in the place of what is
    withheld.
    """
    operations = {operation.id: operation for operation in bundle.operations}
    origins = {origin.id: origin for origin in bundle.origins}
    devices = {device.id for device in bundle.devices}
    whole = len(operations), len(origins), len(devices)
    if whole != (len(bundle.operations), len(bundle.origins), len(bundle.devices)):
        raise ValueError("an id that stands twice")
    records = histories(bundle.operations)
    known = partial(_in, records)
    for operation in bundle.operations:
        known("author", operation.author_id)
        if operation.device_id not in devices:
            raise ValueError("a device that isn't there")
        _refuse_loose(operation, operations)
        if operation.subject == "mark":
            _refuse_mark(operation, origins, known)
    for (subject, subject_id), history in records.items():
        _refuse_meddling(subject, subject_id, history)
        if history.added is None:
            raise ValueError("a record that nobody added")
        if subject == "mark" and _is_private(history, history.added):
            raise ValueError("a mark that is nobody else's business")
    replaced = {(one.replaces, one.field) for one in bundle.operations}
    if any(one.withheld and (one.id, one.field) not in replaced for one in bundle.operations):
        raise ValueError("withheld, and nothing in its place")


def _refuse_loose(operation: Operation, operations: Mapping[str, Operation]) -> None:
    """Raise ValueError where an operation doesn't follow one on the same field, or the one that added its record."""
    if operation.replaces is None:
        if operation.field:
            raise ValueError("a change of nothing")
        return
    before = operations[operation.replaces]
    same = (before.subject, before.subject_id) == (operation.subject, operation.subject_id)
    if not same or before.field not in ("", operation.field) or before.clock >= operation.clock:
        raise ValueError("an operation that replaces another record's, or a later one")


def _refuse_meddling(subject: str, subject_id: str, history: History) -> None:
    """Raise ValueError where somebody tells of another person, or of a meeting or mark that somebody else made.

    A mark is everybody's to change, what web annotations told everybody's to tell.
    """
    if len(history.makers) > 1:
        raise ValueError("what several people made")
    if subject == "author":
        telling, own = history.operations, frozenset({subject_id})
    else:
        telling = tuple(one for one in history.operations if one.field and subject != "mark")
        own = history.makers or frozenset(one.author_id for one in history.operations if not one.field)
    if any(one.author_id not in own for one in telling):
        raise ValueError("a change of what belongs to another person")


def _is_private(history: History, added: Operation) -> bool:
    shown = history.shown("private")
    return json.loads(added.value)["private"] is True if shown is None else shown.value == "true"


def _refuse_mark(operation: Operation, origins: Mapping[str, Origin], known: Callable[[str, str], None]) -> None:
    if operation.withheld:
        return
    value = decode(operation.subject, operation.field, operation.value)
    meeting_id = value if operation.field == "meeting_id" else None
    if not operation.field:
        Mark(**value)
        meeting_id = value["meeting_id"]
        known("author", value["author_id"])
        if origins[value["edition_id"]].document_id != value["document_id"]:
            raise ValueError("an edition of another document")
    if meeting_id is not None:
        known("meeting", meeting_id)


def _in(records: Mapping[tuple[str, str], object], subject: str, subject_id: str) -> None:
    if (subject, subject_id) not in records:
        raise ValueError(f"a {subject} that isn't there")
