"""Hits: from places in a unit to what a list shows of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from desktop.model.edition import Edition
from desktop.model.outline import Outline
from desktop.model.search import Found, Hit, Where
from desktop.model.span import Span
from desktop.search.matching import sentence_starts
from desktop.search.source import Address, Unit


def hits_in(unit: Unit, spans: Sequence[Span], title: str) -> Iterator[Found]:
    """Yield a hit for each span (code points of the unit's text, sorted), with its place; `title` is its document's.

    A span that runs from the note of a mark into its tags, or from tag to tag, is none.
    """
    return _in_mark(unit, spans, title) if unit.mark_id else _in_text(unit, spans, title)


def _in_text(unit: Unit, spans: Sequence[Span], title: str) -> Iterator[Found]:
    _, document_id, edition_id, first, text, *_ = unit
    section, addresses = unit.shown()
    bounds = _bounds(text, addresses)
    begin = behind = 0
    context = address = ""
    for start, end in spans:
        if not begin <= start < behind:
            begin, behind, context = _sentence_of(text, bounds, start)
            address = _address(addresses, start)
        span = Span(first + start, first + end)
        hit = Hit(document_id, edition_id, Where.TEXT, span, context, first + begin, first + start)
        yield Found(hit, title, section, address)


def _bounds(text: str, addresses: Sequence[Address]) -> Sequence[int]:
    """Return where the sentences of a text's unit begin; what stands around the clauses is one by itself."""
    if not addresses:
        return sentence_starts(text)
    if len(addresses) == 1 and addresses[0].sentences[:1] == (0,):
        return addresses[0].sentences
    sentences = [start for address in addresses for start in (address.start, *address.sentences) if start >= 0]
    return sorted({0, *sentences})


def _sentence_of(text: str, bounds: Sequence[int], offset: int) -> tuple[int, int, str]:
    """Return where the sentence at `offset` begins and ends, and without the blanks behind it.

    It is cut out once for all that is found in it: that may be thousands of places.
    """
    number = bisect_right(bounds, offset)
    begin, behind = bounds[number - 1], bounds[number] if number < len(bounds) else len(text)
    return begin, behind, text[begin:behind].rstrip()


def _address(addresses: Sequence[Address], offset: int) -> str:
    """Return how people name the place at `offset`, "" before the first clause."""
    if addresses and addresses[-1].start <= offset:  # mostly there is one
        return addresses[-1].at(offset)
    place = bisect_right(addresses, offset, key=attrgetter("start")) - 1
    return addresses[place].at(offset) if place >= 0 else ""


def _in_mark(unit: Unit, spans: Sequence[Span], title: str) -> Iterator[Found]:
    note = unit.text[: unit.note_length]
    tags = unit.text[unit.note_length + 1 :].split("\n")
    starts = [0, *accumulate((len(tag) + 1 for tag in tags[:-1]), initial=unit.note_length + 1)]
    bounds = sentence_starts(note)
    begin = behind = 0
    context = ""
    section, (address,) = unit.shown()
    for span in spans:
        part = bisect_right(starts, span.start) - 1
        text = note if part == 0 else tags[part - 1]
        within = Span(span.start - starts[part], span.end - starts[part])
        if within.end > len(text):
            continue
        if part:
            begin, behind, context = 0, 0, text
        elif not begin <= within.start < behind:
            begin, behind, context = _sentence_of(note, bounds, within.start)
        where = Where.TAG if part else Where.NOTE
        hit = Hit(unit.document_id, unit.edition_id, where, within, context, begin, unit.start, unit.mark_id)
        yield Found(hit, title, section, address.name)


def hits_in_reading(edition: Edition, outline: Outline, spans: Iterable[Span]) -> Iterator[Hit]:
    """Yield a hit for each span of an edition's text (code points, sorted), without its address."""
    text = edition.text
    place = Span(0, 0)
    context = ""
    for span in spans:
        if not place.start <= span.start < place.end:
            place = _sentence(text, outline, span.start)
            context = place.of(text).rstrip()
        yield Hit(
            document_id=edition.document_id,
            edition_id=edition.id,
            where=Where.TEXT,
            span=span,
            context=context,
            context_start=place.start,
            offset=span.start,
        )


def _sentence(text: str, outline: Outline, offset: int) -> Span:
    """Return the sentence at `offset`, or its line, without indent, where it stands outside the clauses."""
    found = outline.sentence_at(offset)
    if found:
        node, number = found
        if node.clause.start <= offset < node.clause.end:
            return node.clause.sentences[number - 1]
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = Span(start, len(text) if end < 0 else end)
    inner = line.end - len(line.of(text).lstrip())
    return Span(inner, line.end) if inner <= offset else line
