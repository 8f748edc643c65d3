"""How times, places and whole records are written: as text, and as JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.model.source import Hint


def time_text(moment: datetime) -> str:
    """Return `moment` as ISO 8601 in UTC, of one length so that it sorts. Raises ValueError if it names no zone."""
    if moment.tzinfo is None:
        msg = f"a time without a zone: {moment}"
        raise ValueError(msg)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def text_time(text: str) -> datetime:
    """Return the time that `time_text` wrote."""
    return datetime.fromisoformat(text)


def hints_text(hints: tuple[Hint, ...]) -> str:
    """Return hints as compact JSON; '' where there are none."""
    return json_text([[hint.start, hint.style.value, hint.level] for hint in hints]) if hints else ""


def text_hints(text: str) -> tuple[Hint, ...]:
    """Return the hints that `hints_text` wrote. Raises ValueError where `text` is something else."""
    if not text:
        return ()  # as most texts have none, and the window paints before it loads what knows of them
    from desktop.model.source import Hint, LineStyle

    try:
        rows = json.loads(text)
        return tuple(Hint(int(start), LineStyle(style), int(level)) for start, style, level in rows)
    except TypeError as error:
        raise ValueError("not hints") from error


def json_text(value: object) -> str:
    """Return `value`, a record or a field of one, as compact JSON."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def plain(value: object, without: frozenset[str] = frozenset()) -> object:
    """Return `value` in terms of JSON; of a record, all fields but those named in `without`."""
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value) if field.name not in without}
    return value
