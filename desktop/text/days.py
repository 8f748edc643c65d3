"""Days as people write them: one, a month or a year of them, or from one to another."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_DAY = re.compile(r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2}))?(?:[-/.月](?P<day>\d{1,2}))?[年月日]?")
_RANGE = re.compile(r"\s*(?:\.\.|至|～|~)\s*")


class Days(NamedTuple):
    """From the first day to the last, both included; None where it is open."""

    first: date | None
    last: date | None


def days_of(written: str) -> Days | None:
    """Read "2026-01-01..2026-02-01", "2026-01..", "..2026年2月1日", "2026"; None where these are no days."""
    first, *rest = _RANGE.split(written.strip(), maxsplit=1)
    last = rest[0] if rest else first
    try:
        days = Days(_period(first)[0] if first else None, _period(last)[1] if last else None)
    except ValueError:
        return None
    if days == (None, None) or (days.first and days.last and days.last < days.first):
        return None
    return days


def _period(words: str) -> tuple[date, date]:
    """Return the first and the last day of a day, month or year. Raises ValueError."""
    found = _DAY.fullmatch(words)
    if found is None:
        raise ValueError(words)
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    first = date(year or 0, month or 1, day or 1)
    if day is not None:
        return first, first
    if month in (None, 12):
        return first, date(first.year, 12, 31)
    return first, date(first.year, first.month + 1, 1) - timedelta(days=1)
