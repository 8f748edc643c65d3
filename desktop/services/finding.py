"""Searching in one open text and in the notes and tags of its marks: every place, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from desktop.model.mark import Mark
from desktop.model.outline import Outline
from desktop.model.search import Hit, Mode, Request
from desktop.model.span import Span
from desktop.search.hits import hits_in, hits_in_reading
from desktop.search.matching import Matcher
from desktop.search.patterns import PatternError
from desktop.search.query import Query, any_of
from desktop.search.source import EVERYTHING, Interrupted, Narrowing
from desktop.search.units import mark_unit, stretches_of
from desktop.services.narrowing import limited, narrow
from desktop.services.reading import Reading
from desktop.services.selecting import OF_MARKS
from desktop.services.wording import Letters, Wording, by_letters, told, wordings

if TYPE_CHECKING:
    from desktop.storage.library import Library

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """All hits in one text and in the notes and tags of its marks, the text's first; the rest is as in a `Page`.

    Those of words that letters stand for come after all others.
    """

    hits: list[Hit]
    message: str = ""
    read_as: tuple[str, ...] = ()


def search_reading(
    reading: Reading,
    marks: Iterable[Mark],
    request: Request,
    library: Library | None = None,
    letters: Letters | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Answer:
    """Find every place in one open text and in the notes and tags of its marks.

    Fields are resolved with `library`, without one they are words like others. `letters` knows words by their pinyin.
    `stopped` is asked again and again: Interrupted is raised where it says so.
    """
    marks = [mark for mark in marks if request.private or not mark.private]
    hits: list[Hit] = []
    used: list[Wording] = []

    def find(wording: Wording) -> list[Hit]:
        return _hits_in_reading(reading, marks, wording.query, request, library, stopped)

    try:
        for wording in wordings(request):
            if hits := find(wording):
                used = [wording.only(lambda word: bool(find(Wording(any_of((word,))))))]
                break
        lettered = by_letters(request, letters, found=bool(hits))
        if lettered is not None and (besides := find(lettered)):
            hits += besides
            used.append(lettered)
    except PatternError as error:
        return Answer([], str(error))
    return Answer(hits, *told(used))


def _hits_in_reading(
    reading: Reading,
    marks: Sequence[Mark],
    query: Query,
    request: Request,
    library: Library | None,
    stopped: Callable[[], bool],
) -> list[Hit]:
    narrowing = EVERYTHING
    if query.fields:
        if library is None:
            query = query.literal()
        else:
            narrowing = narrow(library, query.fields, reading.edition.id, private=request.private)
    if query.only_fields:
        return list(places_left(reading, marks, query, narrowing))
    matcher = Matcher(query, request.within, stopped)
    spans = limited(_spans(reading, query, matcher), narrowing, reading.edition.id)
    hits = list(hits_in_reading(reading.edition, reading.outline, _while_wanted(spans, stopped)))
    if narrowing.editions is not None and reading.edition.id not in narrowing.editions:
        return hits
    for mark in _while_wanted(marks, stopped):
        if (mark.note or mark.tags) and (narrowing.marks is None or mark.id in narrowing.marks):
            unit = mark_unit(0, mark, reading.outline)
            hits += [found.hit for found in hits_in(unit, matcher.spans(unit.text) or (), "")]
    return hits


def _while_wanted(things: Iterable[T], stopped: Callable[[], bool]) -> Iterator[T]:
    """Yield things; raise Interrupted where `stopped` says so."""
    if stopped():
        raise Interrupted
    for thing in things:
        if stopped():
            raise Interrupted
        yield thing


def _spans(reading: Reading, query: Query, matcher: Matcher) -> Iterator[Span]:
    """Yield where the words stand in a text, in order; one walk over all of it, where clauses make no difference."""
    if query.mode is Mode.REGEX or matcher.simple:
        yield from matcher.spans(reading.text, reading.key) or ()
        return
    for stretch in stretches_of(reading.text, reading.outline):
        text = reading.text[stretch.start : stretch.end]
        for span in matcher.spans(text, reading.key.part(stretch.start, stretch.end)) or ():
            yield Span(stretch.start + span.start, stretch.start + span.end)


def places_left(reading: Reading, marks: Iterable[Mark], query: Query, narrowing: Narrowing) -> Iterator[Hit]:
    """Yield what fields alone leave of a text: passages of marks, clauses, or else its first line."""
    edition = reading.edition
    if narrowing.editions is not None and edition.id not in narrowing.editions:
        return
    if any(field.name in OF_MARKS for field in query.fields):
        chosen = {mark.span for mark in marks if narrowing.marks is None or mark.id in narrowing.marks}
        spans: Iterable[Span] = sorted(chosen)
    elif narrowing.spans is not None:
        spans = [_own(reading.outline, span) for span in narrowing.spans.get(edition.id, ())]
    else:
        start = len(reading.text) - len(reading.text.lstrip())
        spans = [Span(start, start + len(reading.text[start:].split("\n", 1)[0]))]
    matcher = Matcher(Query(query.typed, query.mode, excluded=query.excluded))
    kept = [span for span in spans if matcher.spans(span.of(reading.text)) is not None]
    yield from hits_in_reading(edition, reading.outline, kept)


def _own(outline: Outline, span: Span) -> Span:
    """Return what of a stretch is the own text of the clause it begins with."""
    node = outline.at(span.start)
    return Span(span.start, min(span.end, node.clause.end)) if node and span.start < node.clause.end else span
