"""Which marks of a text are meant: conditions on marks, and the words a user filters them by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

from desktop.model.errors import UserError
from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.parsing.addressing import find_place
from desktop.search.matching import Matcher
from desktop.search.query import Field, FieldName, Query, Term, parse
from desktop.services.reading import Reading
from desktop.text.keys import make_key

if TYPE_CHECKING:
    from desktop.storage.library import Library

Condition = Callable[[Mark], bool]
"""Says of a mark whether it is meant."""

_COLOURS = {"黄": 1, "蓝": 2, "绿": 3, "紫": 4, "红": 5}
_CARRIER = f"{FieldName.DOCUMENT}:筛选"
"""Parsed along and taken off again: to a search exclusions alone are ordinary words, to a filter they are not."""
_DATE = re.compile(r"日期[:：]\s*[\"“]?(?P<value>[^\"”]*)[\"”]?")
_DAY = re.compile(r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2}))?(?:[-/.月](?P<day>\d{1,2}))?[年月日]?")
_RANGE = re.compile(r"\s*(?:\.\.|至|～|~)\s*")


def tagged(*tags: str) -> Condition:
    """Return the condition to have one of these tags, or a tag with one of them between its strokes (经济/工业)."""
    wanted = [f"/{make_key(tag).text.strip('/')}/" for tag in tags]
    return lambda mark: any(part in f"/{make_key(tag).text}/" for tag in mark.tags for part in wanted)


def in_pens(pens: Iterable[int | None]) -> Condition:
    """Return the condition to be of one of these colours; None is none."""
    wanted = frozenset(pens)
    return lambda mark: mark.pen in wanted


def by_authors(author_ids: Iterable[str]) -> Condition:
    """Return the condition to be by one of these authors."""
    wanted = frozenset(author_ids)
    return lambda mark: mark.author_id in wanted


def at_meetings(meeting_ids: Iterable[str]) -> Condition:
    """Return the condition to belong to one of these meetings."""
    wanted = frozenset(meeting_ids)
    return lambda mark: mark.meeting_id in wanted


def inside(spans: Iterable[Span]) -> Condition:
    """Return the condition to stand on one of these stretches of the text (code points), or on a part of it.

    A mark on a clause that the text lacks stands where that clause would begin.
    """
    wanted = tuple(spans)

    def stands_there(mark: Mark) -> bool:
        start, end = mark.span
        return any(span.overlaps(Span(start, max(end, start + 1))) for span in wanted)

    return stands_there


def between(since: date | None, until: date | None, zone: tzinfo | None = None) -> Condition:
    """Return the condition to be made on these days, both included; by default in the zone of this machine."""

    def made_then(mark: Mark) -> bool:
        day = mark.created.astimezone(zone).date()
        return (since is None or since <= day) and (until is None or day <= until)

    return made_then


def saying(query: Query, text: str) -> Condition:
    """Return the condition that note, tags and words marked hold together what a query asks for."""
    matcher = Matcher(query)
    return lambda mark: matcher.spans("\n".join((mark.note, *mark.tags, mark.span.of(text)))) is not None


def negated(condition: Condition) -> Condition:
    """Return the condition that is satisfied where this one is not."""
    return lambda mark: not condition(mark)


def conditions_of(library: Library, reading: Reading, typed: str) -> tuple[Condition, ...]:
    """Return what a user's filter asks of the marks of a text; all of it must be satisfied.

    The filter is written as a search is: words, and 标签:… 颜色:… 会议:… 作者:… 条款:… 日期:2026-01-01..2026-02-01,
    with OR between two of a kind and - in front of what is left out. Raises UserError for a name there is none of,
    an address that leads nowhere, a day that can't be read, and a filter of a thousand characters.
    """
    carried = parse(f"{typed} {_CARRIER}")
    if not carried.fields:
        raise UserError("筛选条件太长，请少写几个。")
    query, days = _without_days(replace(carried, fields=carried.fields[:-1]))
    conditions = [_day_condition(values, excluded=excluded) for values, excluded in days]
    for field in query.fields:
        condition = _field_condition(library, reading, field)
        conditions.append(negated(condition) if field.excluded else condition)
    if query.groups or query.excluded:
        conditions.append(saying(replace(query, fields=()), reading.text))
    return tuple(conditions)


def _field_condition(library: Library, reading: Reading, field: Field) -> Condition:
    match field.name:
        case FieldName.TAG:
            return tagged(*field.values)
        case FieldName.COLOUR:
            return in_pens(pen for value in field.values for pen in _pens(library, value))
        case FieldName.MEETING:
            names = {meeting.id: meeting.name for meeting in library.meetings.all()}
            return at_meetings(found for value in field.values for found in _named(names, value, "会议"))
        case FieldName.AUTHOR:
            names = {author.id: author.name for author in library.authors.all()}
            return by_authors(found for value in field.values for found in _named(names, value, "作者"))
        case FieldName.CLAUSE:
            return inside(span for value in field.values for span in _clauses(reading, value))
        case FieldName.DOCUMENT:
            raise UserError("筛选里不能写“文件:”：一次只导出一个文件，请直接选定它。")


def _named(names: dict[str, str], value: str, what: str) -> list[str]:
    """Return the ids whose names hold `value`."""
    wanted = make_key(value).text
    found = [key for key, name in names.items() if wanted in make_key(name).text]
    if not found:
        raise UserError(f"没有叫“{value}”的{what}；有：{'、'.join(dict.fromkeys(names.values())) or '还没有'}。")
    return found


def _pens(library: Library, value: str) -> list[int]:
    wanted = make_key(value).text
    pens = library.pens.all()
    found = [pen.number for pen in pens if wanted in (str(pen.number), make_key(pen.name).text)]
    colour = _COLOURS.get(wanted.removesuffix("色"))
    if not found and colour is None:
        listed = "、".join(f"{pen.number}（{pen.name}）" for pen in pens)
        raise UserError(f"没有“{value}”这种颜色；有：{listed}，也可以写 {'、'.join(_COLOURS)}。")
    return found if colour is None else [*found, colour]


def _clauses(reading: Reading, value: str) -> Iterator[Span]:
    """Yield the places an address may mean, each clause with all that lies under it."""
    places = find_place(reading.outline, value)
    if not places:
        raise UserError(f"《{reading.document.title}》里没有“{value}”这一条，请照目录写条款号。")
    for place in places:
        node = reading.outline.at(place.span.start)
        yield node.clause.whole if node and node.clause.span == place.span else place.span


_Days = list[tuple[Sequence[str], bool]]


def _without_days(query: Query) -> tuple[Query, _Days]:
    """Take the dates out of a query: what was written, and whether it is left out."""
    groups = [group for group in query.groups if not all(map(_is_day, group))]
    excluded = [term for term in query.excluded if not _is_day(term)]
    days: _Days = [([term.words for term in group], False) for group in query.groups if all(map(_is_day, group))]
    days += [([term.words], True) for term in query.excluded if _is_day(term)]
    return replace(query, groups=tuple(groups), excluded=tuple(excluded)), days


def _is_day(term: Term) -> bool:
    return _DATE.fullmatch(term.words) is not None


def _day_condition(values: Iterable[str], *, excluded: bool) -> Condition:
    ranges = [between(*_days(match["value"].strip())) for value in values if (match := _DATE.fullmatch(value))]
    return lambda mark: any(made_then(mark) for made_then in ranges) != excluded


def _days(written: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of "2026-01-01..2026-02-01", "2026-01..", "..2026年2月1日", "2026"."""
    first, *rest = _RANGE.split(written, maxsplit=1)
    since = _period(first, written)[0] if first else None
    until = _period(rest[0], written)[1] if rest and rest[0] else None
    if not rest and first:
        until = _period(first, written)[1]
    if (since is None and until is None) or (since and until and until < since):
        raise _no_days(written)
    return since, until


def _period(words: str, written: str) -> tuple[date, date]:
    """Return the first and the last day of a day, month or year."""
    found = _DAY.fullmatch(words)
    if found is None:
        raise _no_days(written)
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    try:
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            return first, first
        behind = date(first.year + 1, 1, 1) if month in (None, 12) else date(first.year, first.month + 1, 1)
        return first, behind - timedelta(days=1)
    except ValueError as error:
        raise _no_days(written) from error


def _no_days(written: str) -> UserError:
    return UserError(f"看不懂日期“{written}”：请写成 日期:2026-01-01..2026-02-01，也可以只写一天、一月或一年。")
