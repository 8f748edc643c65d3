"""Values of operations: from JSON, which may come from anywhere, to the fields of records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from desktop.model.author import AUTHOR_COLOURS
from desktop.model.history import NEVER_IN_CONFLICT, History
from desktop.model.limits import FIRST_YEAR, FURTHEST, LAST_YEAR, MOST_PARTS
from desktop.model.mark import ClausePlace, MarkKind, MarkStyle, Passage, Place
from desktop.model.origin import ToldClause
from desktop.model.pen import DEFAULT_PENS

Decoder = Callable[[Any], Any]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def decode(subject: str, field: str, value: str) -> Any:
    """Return what an operation sets `field` to, as the model has it; for the field "" all fields by their names.

    Raises ValueError for what is no such value. How large it is, is asked of what comes from elsewhere
    (`model/limits.py`): what a library holds can always be read.
    """
    fields = _FIELDS.get(subject)
    if fields is None:
        raise _wrong(f"no kind of record: {subject!r}")
    try:
        found = json.loads(value)
    except RecursionError as error:
        raise _wrong("too deep") from error
    if not field:
        return _record(found, fields, _OPTIONAL)
    if field not in fields or field in _FIXED:
        raise _wrong(f"a {subject} has no field {field!r} that changes")
    return fields[field](found)


def values_of(history: History) -> dict[str, Any] | None:
    """Return what the fields of a record are by its history, or None where nothing added it.

    The time of its last change is that of the latest operation whose value is shown; that it is removed or private is
    no change of what it says.
    """
    added = history.added
    if added is None:
        return None
    values: dict[str, Any] = decode(added.subject, "", added.value)
    for field in history.fields:
        shown = history.shown(field)
        if shown is not None:
            values[field] = decode(shown.subject, field, shown.value)
            if "changed" in values and field not in NEVER_IN_CONFLICT:
                values["changed"] = max(values["changed"], shown.at)
    return values


def text_of(value: Any, longest: int | None = None) -> str:
    """Return a text that can be stored. Raises ValueError for what is none, or longer."""
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        raise _wrong("not a text")
    value.encode()  # half a character (a lone surrogate) raises UnicodeEncodeError, which is a ValueError
    return value


def id_of(value: Any) -> str:
    """Return the id of a record. Raises ValueError for what is none."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _wrong("not an id")
    return value


def time_of(value: Any) -> datetime:
    """Return a moment as operations write it. Raises ValueError for what is none, or what no machine's clock shows.

    A clock may be wrong, and what was done by it stays: times to come are told where they are merged, not refused.
    """
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise _wrong("not a time")
    moment = datetime.fromisoformat(value)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _wrong("a time that no clock shows")
    return moment


def number_of(value: Any, most: int = FURTHEST) -> int:
    """Return a whole number from 0 to `most`. Raises ValueError for what is none."""
    if type(value) is not int or not 0 <= value <= most:
        raise _wrong("not a number")
    return value


def told_clause_of(value: Any) -> ToldClause:
    """Return what is told of a clause. Raises ValueError for what is no such thing."""
    return ToldClause(**_record(value, {**_CLAUSE_PLACE, "alike": _share}))


def _share(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise _wrong("not a share")
    return float(value)


def _wrong(what: str) -> ValueError:
    return ValueError(what)


def _record(found: Any, decoders: Mapping[str, Decoder], optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _wrong("not a record")
    if not decoders.keys() - optional <= found.keys() <= decoders.keys():
        raise _wrong("fields that are missing or unknown")
    return {name: decoders[name](value) for name, value in found.items()}


def _or_none(decoder: Decoder) -> Decoder:
    return lambda value: None if value is None else decoder(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _wrong("not a list of texts")
    return tuple(text_of(part) for part in value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong("neither true nor false")
    return value


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _wrong("not a day")
    return date.fromisoformat(value)


def _pen(value: Any) -> int:
    if number_of(value) not in {pen.number for pen in DEFAULT_PENS}:
        raise _wrong("not a pen")
    return int(value)


def _place(value: Any) -> Place:
    if not isinstance(value, dict):
        raise _wrong("not a place")
    place: Place
    if "path" in value:
        place = ClausePlace(**_record(value, _CLAUSE_PLACE, frozenset({"words"})))
    else:
        place = Passage(**_record(value, _PASSAGE))
    if place.end < place.start:
        raise _wrong("a place that ends before it begins")
    return place


_PASSAGE: dict[str, Decoder] = {
    "start": number_of,
    "end": number_of,
    "exact": text_of,
    "prefix": partial(text_of, longest=MOST_PARTS),
    "suffix": partial(text_of, longest=MOST_PARTS),
}
_CLAUSE_PLACE: dict[str, Decoder] = {
    "start": number_of,
    "end": number_of,
    "path": _texts,
    "words": partial(text_of, longest=MOST_PARTS),
}
_FIELDS: dict[str, dict[str, Decoder]] = {
    "mark": {
        "id": id_of,
        "document_id": id_of,
        "edition_id": id_of,
        "kind": MarkKind,
        "style": MarkStyle,
        "pen": _or_none(_pen),
        "place": _place,
        "note": text_of,
        "tags": _texts,
        "private": _truth,
        "author_id": id_of,
        "device_id": id_of,
        "meeting_id": _or_none(id_of),
        "created": time_of,
        "changed": time_of,
        "removed": _truth,
    },
    "meeting": {
        "id": id_of,
        "name": text_of,
        "held_on": _day,
        "started": time_of,
        "ended": _or_none(time_of),
        "removed": _truth,
    },
    "author": {"id": id_of, "name": text_of, "colour": partial(number_of, most=AUTHOR_COLOURS)},
}
_OPTIONAL = frozenset({"colour"})
_FIXED = frozenset({"id", "document_id", "edition_id", "author_id", "device_id", "created", "changed"})
"""What never changes once a record was added, or is told by the operation itself."""
