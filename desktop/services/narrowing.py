"""What the fields of a query leave of a library: editions, stretches of their texts, and marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.model.span import Span
from desktop.search.query import Field, FieldName
from desktop.search.source import EVERYTHING, Narrowing
from desktop.services.reading import open_reading
from desktop.services.selecting import OF_MARKS, asked_by, clauses_named, inside
from desktop.text.keys import make_key

if TYPE_CHECKING:
    from desktop.model.edition import EditionSummary
    from desktop.model.mark import Mark
    from desktop.storage.library import Library


_KEPT = 50_000
"""Of so many texts and addresses it is kept where they lead; then it begins anew."""


class Named:
    """Where in texts addresses lead; kept, since texts stay as they are, and their outlines take long to open."""

    def __init__(self) -> None:
        """Know of none yet."""
        self._found: dict[tuple[str, tuple[str, ...]], Sequence[Span]] = {}

    def spans(self, library: Library, edition_id: str, fields: Sequence[Field]) -> list[Sequence[Span]]:
        """Return for each field of addresses the places in a text that they may mean, with what lies under them."""
        unknown = [field for field in fields if (edition_id, field.values) not in self._found]
        if unknown:
            if len(self._found) > _KEPT:
                self._found.clear()
                unknown = list(fields)
            outline = open_reading(library, edition_id).outline
            self._found |= {(edition_id, field.values): clauses_named(outline, field.values) for field in unknown}
        return [self._found[edition_id, field.values] for field in fields]


def narrow(
    library: Library,
    fields: Iterable[Field],
    edition_id: str | None = None,
    go_on: Callable[[], None] = lambda: None,
    *,
    private: bool = True,
    named: Named | None = None,
) -> Narrowing:
    """Return what the fields leave of the library, or of one edition of it.

    文件 is part of a document's title, 条款 an address as people type it, with what lies under the clause; the others
    are told at `selecting.asked_by`. All but 文件 leave marks and the text these stand on; without `private` it is as
    if there were no private marks. `go_on` is called again and again, and may raise to stop; `named` knows where
    addresses led before.
    """
    fields = tuple(fields)
    if not fields and edition_id is None and private:
        return EVERYTHING
    editions = [edition for edition in library.editions.summaries() if edition_id in (None, edition.id)]
    editions = list(_with_titles(library, editions, [field for field in fields if field.name is FieldName.DOCUMENT]))
    kept = frozenset(edition.id for edition in editions)
    inner = [field for field in fields if field.name is not FieldName.DOCUMENT]
    if inner:
        return _within(library, editions, inner, go_on, named or Named(), private=private)
    if private:
        return Narrowing(kept)
    shared = [mark.id for edition in editions for mark in _marks_on(library, edition.id, private=False)]
    return Narrowing(kept, marks=frozenset(shared))


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
    library: Library,
    editions: Sequence[EditionSummary],
    fields: Sequence[Field],
    go_on: Callable[[], None],
    named: Named,
    *,
    private: bool,
) -> Narrowing:
    clauses = [field for field in fields if field.name is FieldName.CLAUSE]
    wanted = [(asked_by(library, field), field.excluded) for field in fields if field.name in OF_MARKS]
    marked = library.marks.count_by_edition()
    spans: dict[str, tuple[Span, ...]] = {}
    marks: set[str] = set()
    for edition in editions:
        go_on()
        left: list[Span] = [Span(0, edition.length)]
        if clauses:
            for field, spans_named in zip(clauses, named.spans(library, edition.id, clauses), strict=True):
                left = _limited(left, spans_named, excluded=field.excluded)
        if not left:
            continue
        of_edition = _marks_on(library, edition.id, private=private) if edition.id in marked else []
        if clauses:
            of_edition = list(filter(inside(left), of_edition))
        for asked, excluded in wanted:
            left = _limited(left, [mark.span for mark in of_edition if asked(mark)], excluded=excluded)
        marks.update(mark.id for mark in of_edition if all(asked(mark) != excluded for asked, excluded in wanted))
        if left:
            spans[edition.id] = tuple(left)
    return Narrowing(frozenset(edition.id for edition in editions), spans, frozenset(marks))


def _marks_on(library: Library, edition_id: str, *, private: bool) -> list[Mark]:
    return [mark for mark in library.marks.of_edition(edition_id) if private or not mark.private]


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
