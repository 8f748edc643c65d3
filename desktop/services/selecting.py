"""Which marks are meant: conditions on marks, what the fields of a query ask of them, and the filter of an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.model.errors import UserError
from desktop.model.mark import Mark
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.addressing import find_place
from desktop.search.matching import Matcher
from desktop.search.query import Field, FieldName, Query, fields_unknown, has_loose_or, parse
from desktop.services.reading import Reading
from desktop.text.days import Days, days_of
from desktop.text.folding import fold
from desktop.text.keys import make_key

if TYPE_CHECKING:
    from desktop.storage.library import Library

Condition = Callable[[Mark], bool]
"""Says of a mark whether it is meant."""

_COLOURS = {"黄": 1, "蓝": 2, "绿": 3, "紫": 4, "红": 5}
_NO_COLOUR = ("无", "没有", "没有颜色")
_MOST_LISTED = 20
_BRACKETED = re.compile(rf"(?:^|\s)-?[(（]+(?:{'|'.join(FieldName)})[:：]")
_CARRIER = f"{FieldName.DOCUMENT}:筛选"
"""Parsed along and taken off again: to a search exclusions alone are ordinary words, to a filter they are not."""


def tagged(*tags: str) -> Condition:
    """Return the condition to have one of these tags, or a tag with one of them between its strokes (经济/工业)."""
    said = _saying_tags(tags)
    return lambda mark: any(said(tag) for tag in mark.tags)


def _saying_tags(tags: Iterable[str]) -> Callable[[str], bool]:
    wanted = [f"/{make_key(tag).text.strip('/')}/" for tag in tags]
    return lambda tag: any(part in f"/{make_key(tag).text}/" for part in wanted)


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


def asked_by(library: Library, field: Field) -> Condition:
    """Return what a field of `OF_MARKS` asks of a mark; a value that means nothing in the library fits none.

    标签 is a tag, or part of one between its strokes; 颜色 the number, name or colour of a pen, or that
    there is none; 会议 and 作者 part of a
    name; 日期 days, of which the mark was made on one. Whether the field excludes is left to the caller.
    """
    kind = _OF_MARKS[field.name]
    return kind.condition([meant for value in field.values for meant in kind.meant(library, value)])


def clauses_named(outline: Outline, values: Iterable[str]) -> list[Span]:
    """Return the places that addresses may mean, each clause with all that lies under it (code points).

    No address begins with a hyphen: a clause is left out by one before the field.
    """
    found = []
    for value in values:
        if fold(value).startswith("-"):
            continue
        for place in find_place(outline, value):
            node = outline.at(place.span.start)
            found.append(node.clause.whole if node and node.clause.span == place.span else place.span)
    return found


def conditions_of(library: Library, reading: Reading, typed: str) -> tuple[Condition, ...]:
    """Return what a user's filter asks of the marks of a text; all of it must be satisfied.

    The filter is written as a search is: words and fields, with OR between two of a kind and - in front of what is left
    out. Raises UserError for a field, name or tag there is none of, an address that leads nowhere, a day that can't be
    read, an OR that has no two sides of a kind, brackets around conditions, and a filter of a thousand characters.
    """
    if _BRACKETED.search(typed):
        raise UserError("筛选里不能用括号：条件之间空一格是都要符合，OR 是符合一个就行，前面加 - 是排除。")
    if has_loose_or(typed):
        raise UserError("筛选里的 OR 要写在两个词之间，或两个同样的条件之间，例如 标签:民生 OR 标签:产业。")
    for unknown in fields_unknown(typed):
        if unknown in tuple(FieldName):
            raise UserError(f"“{unknown}:”后面还没有写要筛选什么，请写上。")
        listed = "、".join(field for field in FieldName if field is not FieldName.DOCUMENT)
        raise UserError(f"不能按“{unknown}”筛选；可以按 {listed}。要找的就是这些字时，请加上引号。")
    query = parse(f"{typed} {_CARRIER}")
    if not query.fields:
        raise UserError("筛选条件太长，请少写几个。")
    conditions = []
    for field in query.fields[:-1]:
        condition = _meant_by(library, reading, field)
        conditions.append(negated(condition) if field.excluded else condition)
    if query.groups or query.excluded:
        conditions.append(saying(replace(query, fields=()), reading.text))
    return tuple(conditions)


def _meant_by(library: Library, reading: Reading, field: Field) -> Condition:
    """Return what a field asks of the marks of a text. Raises UserError where one of its values means nothing."""
    if field.name is FieldName.DOCUMENT:
        raise UserError("筛选里不能写“文件:”：一次只导出一个文件，请直接选定它。")
    if field.name is FieldName.CLAUSE:
        for value in field.values:
            if not clauses_named(reading.outline, (value,)):
                raise UserError(f"《{reading.document.title}》里没有“{value}”这一条，请照目录写条款号。")
        return inside(clauses_named(reading.outline, field.values))
    kind = _OF_MARKS[field.name]
    for value in field.values:
        if not (kind.meant(library, value) and (field.name is not FieldName.TAG or _is_tag(library, value))):
            raise UserError(kind.told(library, value))
    return asked_by(library, field)


class _Kind(NamedTuple):
    """A field of marks: what a value means in a library, the condition to be one of that, what is told of nothing."""

    meant: Callable[[Library, str], Sequence[Any]]
    condition: Callable[[Iterable[Any]], Condition]
    told: Callable[[Library, str], str]


def _pens(library: Library, value: str) -> list[int | None]:
    wanted = _key(value)
    found: list[int | None] = [pen.number for pen in library.pens.all() if wanted in (str(pen.number), _key(pen.name))]
    if wanted in _NO_COLOUR:
        return [*found, None]
    colour = _COLOURS.get(wanted.removesuffix("色"))
    return found if colour is None else [*found, colour]


def _no_pens(library: Library, value: str) -> str:
    listed = "、".join(f"{pen.number}（{pen.name}）" for pen in library.pens.all())
    return f"没有“{value}”这种颜色；有：{listed}，也可以写 {'、'.join(_COLOURS)}，没有颜色的写 {_NO_COLOUR[0]}。"


def _meetings(library: Library) -> dict[str, str]:
    return {meeting.id: meeting.name for meeting in library.meetings.all()}


def _authors(library: Library) -> dict[str, str]:
    return {author.id: author.name for author in library.authors.all()}


def _by_name(
    names: Callable[[Library], dict[str, str]], condition: Callable[[Iterable[str]], Condition], what: str
) -> _Kind:
    """Return what a field means whose values are parts of names."""

    def meant(library: Library, value: str) -> list[str]:
        return [key for key, name in names(library).items() if _key(value) in _key(name)]

    def told(library: Library, value: str) -> str:
        listed = "、".join(dict.fromkeys(names(library).values()))
        return f"没有叫“{value}”的{what}；有：{listed or '还没有'}。"

    return _Kind(meant, condition, told)


def _days(_library: Library, value: str) -> list[Days]:
    days = days_of(value)
    return [days] if days else []


def _made_on(ranges: Iterable[Days]) -> Condition:
    conditions = [between(*days) for days in ranges]
    return lambda mark: any(condition(mark) for condition in conditions)


def _no_days(_library: Library, value: str) -> str:
    return f"看不懂日期“{value}”：请写成 日期:2026-01-01..2026-02-01，也可以只写一天、一月或一年。"


def _key(text: str) -> str:
    return make_key(text).text


def _tags(_library: Library, value: str) -> list[str]:
    return [value]  # also one that no mark has: marks come and go


def _is_tag(library: Library, value: str) -> bool:
    return any(map(_saying_tags((value,)), library.marks.tags()))


def _no_tags(library: Library, value: str) -> str:
    tags = list(library.marks.tags())
    listed = "、".join(tags[:_MOST_LISTED]) + ("……" if len(tags) > _MOST_LISTED else "")
    return f"没有叫“{value}”的标签；有：{listed or '还没有'}。"


_OF_MARKS = {
    FieldName.TAG: _Kind(_tags, lambda tags: tagged(*tags), _no_tags),
    FieldName.COLOUR: _Kind(_pens, in_pens, _no_pens),
    FieldName.MEETING: _by_name(_meetings, at_meetings, "会议"),
    FieldName.AUTHOR: _by_name(_authors, by_authors, "作者"),
    FieldName.DATE: _Kind(_days, _made_on, _no_days),
}
OF_MARKS = frozenset(_OF_MARKS)
"""The fields that ask something of marks."""
