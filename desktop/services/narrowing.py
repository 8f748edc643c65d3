"""What the fields of a query leave of a library: editions, stretches of their texts, and marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.model.mark import Mark
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.addressing import find_place
from desktop.search.query import Field, FieldName
from desktop.search.source import EVERYTHING, Narrowing
from desktop.services.reading import open_reading
from desktop.text.keys import make_key

if TYPE_CHECKING:
    from desktop.model.edition import EditionSummary
    from desktop.storage.library import Library

_COLOURS = {"黄": 1, "蓝": 2, "绿": 3, "紫": 4, "红": 5}
OF_MARKS = frozenset((FieldName.TAG, FieldName.COLOUR, FieldName.MEETING, FieldName.AUTHOR))
"""The fields that say something of marks."""

Chosen = Callable[[Mark], bool]
Spans = Mapping[str, Sequence[Span]]


def narrow(
    library: Library, fields: Iterable[Field], edition_id: str | None = None, go_on: Callable[[], None] = lambda: None
) -> Narrowing:
    """Return what the fields leave of the library, or of one edition of it.

    文件 is part of a document's title; 条款 an address as people type it, with what lies under the clause; 标签 a tag,
    or part of one between its strokes; 颜色 the number, name or colour of a pen; 会议 and 作者 part of a name. The last
    four leave marks and the text these stand on, and so does a clause. `go_on` is called again and again, and may raise
    to stop.
    """
    fields = tuple(fields)
    if not fields and edition_id is None:
        return EVERYTHING
    editions = [edition for edition in library.editions.summaries() if edition_id in (None, edition.id)]
    editions = list(_with_titles(library, editions, [field for field in fields if field.name is FieldName.DOCUMENT]))
    kept = frozenset(edition.id for edition in editions)
    inner = [field for field in fields if field.name is not FieldName.DOCUMENT]
    if not inner:
        return Narrowing(kept)
    return _within(library, editions, inner, go_on)


def limited(spans: Iterable[Span], narrowing: Narrowing, edition_id: str) -> Iterator[Span]:
    """Yield the spans of an edition's text (code points) that begin in what the narrowing leaves of it."""
    left = narrowing.spans.get(edition_id, ()) if narrowing.spans is not None else None
    if narrowing.editions is None or edition_id in narrowing.editions:
        for span in spans:
            if left is None or _begins_in(left, span):
                yield span


def _begins_in(limits: Sequence[Span], span: Span) -> bool:
    index = bisect_right(limits, span.start, key=lambda limit: limit.start) - 1
    return index >= 0 and span.start < limits[index].end


def _with_titles(
    library: Library, editions: Iterable[EditionSummary], fields: Sequence[Field]
) -> Iterator[EditionSummary]:
    titles = {document.id: _key(document.title) for document in library.documents.all()} if fields else {}
    for edition in editions:
        if all(_part(field, titles.get(edition.document_id, "")) != field.excluded for field in fields):
            yield edition


def _within(
    library: Library, editions: Sequence[EditionSummary], fields: Sequence[Field], go_on: Callable[[], None]
) -> Narrowing:
    clauses = [field for field in fields if field.name is FieldName.CLAUSE]
    wanted = [(_chooser(library, field), field.excluded) for field in fields if field.name in OF_MARKS]
    marked = library.marks.count_by_edition()
    spans: dict[str, tuple[Span, ...]] = {}
    marks: set[str] = set()
    for edition in editions:
        go_on()
        left: list[Span] = [Span(0, edition.length)]
        if clauses:
            outline = open_reading(library, edition.id).outline
            for field in clauses:
                left = _limited(left, _clauses(outline, field.values), excluded=field.excluded)
        if not left:
            continue
        of_edition = library.marks.of_edition(edition.id) if edition.id in marked else []
        of_edition = [mark for mark in of_edition if not clauses or any(mark.span.overlaps(span) for span in left)]
        for chosen, excluded in wanted:
            left = _limited(left, [mark.span for mark in of_edition if chosen(mark)], excluded=excluded)
        marks.update(mark.id for mark in of_edition if all(chosen(mark) != excluded for chosen, excluded in wanted))
        if left:
            spans[edition.id] = tuple(left)
    return Narrowing(frozenset(edition.id for edition in editions), spans, frozenset(marks))


def _chooser(library: Library, field: Field) -> Chosen:
    """Return what tells whether a mark is one that the field is about."""
    if field.name is FieldName.TAG:
        wanted = [f"/{_key(value).strip('/')}/" for value in field.values]
        return lambda mark: any(value in f"/{_key(tag)}/" for tag in mark.tags for value in wanted)
    if field.name is FieldName.COLOUR:
        pens = _pens(library, field)
        return lambda mark: mark.pen in pens
    if field.name is FieldName.MEETING:
        meetings = {meeting.id for meeting in library.meetings.all() if _part(field, _key(meeting.name))}
        return lambda mark: mark.meeting_id in meetings
    authors = {author.id for author in library.authors.all() if _part(field, _key(author.name))}
    return lambda mark: mark.author_id in authors


def _pens(library: Library, field: Field) -> set[int | None]:
    values = [_key(value) for value in field.values]
    coloured = {_COLOURS[value.removesuffix("色")] for value in values if value.removesuffix("色") in _COLOURS}
    named = {pen.number for pen in library.pens.all() if _key(pen.name) in values or str(pen.number) in values}
    return {*coloured, *named}


def _clauses(outline: Outline, values: Iterable[str]) -> list[Span]:
    """Return the places that addresses may mean, each clause with all that lies under it."""
    found = []
    for value in values:
        for place in find_place(outline, value):
            node = outline.at(place.span.start)
            found.append(node.clause.whole if node and node.clause.span == place.span else place.span)
    return found


def _limited(spans: Sequence[Span], limits: Iterable[Span], *, excluded: bool) -> list[Span]:
    """Return the parts of `spans` that lie within the limits, or outside them; both are sorted and apart."""
    joined = _joined(limits)
    return list(_shared(spans, _between(joined, spans[-1].end) if excluded and spans else joined))


def _between(spans: Sequence[Span], end: int) -> list[Span]:
    """Return what lies between the spans, from 0 up to `end`."""
    edges = [0, *(edge for span in spans for edge in span), end]
    return [Span(start, behind) for start, behind in zip(edges[::2], edges[1::2], strict=True) if start < behind]


def _shared(some: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    one = other = 0
    while one < len(some) and other < len(others):
        start, end = max(some[one].start, others[other].start), min(some[one].end, others[other].end)
        if start < end:
            yield Span(start, end)
        if some[one].end < others[other].end:
            one += 1
        else:
            other += 1


def _joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _part(field: Field, key: str) -> bool:
    return any(_key(value) in key for value in field.values)


def _key(text: str) -> str:
    return make_key(text).text
