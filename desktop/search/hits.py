"""Hits: from places in a unit to what a list shows of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

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
    section, addresses = unit.shown()
    starts = [address.start for address in addresses]
    contexts = _Contexts(unit.text, _bounds(unit.text, addresses))
    for start, end in spans:
        place = bisect_right(starts, start) - 1
        begin, context = contexts.at(start)
        span = Span(unit.start + start, unit.start + end)
        yield Found(
            Hit(unit.document_id, unit.edition_id, Where.TEXT, span, context, unit.start + begin, span.start),
            title,
            section,
            addresses[place].at(start) if place >= 0 else "",
        )


def _bounds(text: str, addresses: Sequence[Address]) -> list[int]:
    """Return where the sentences of a text's unit begin; what stands around the clauses is one by itself."""
    if not addresses:
        return sentence_starts(text)
    sentences = [start for address in addresses for start in (address.start, *address.sentences) if start >= 0]
    return sorted({0, *sentences})


def _in_mark(unit: Unit, spans: Sequence[Span], title: str) -> Iterator[Found]:
    note = unit.text[: unit.note_length]
    tags = unit.text[unit.note_length + 1 :].split("\n")
    starts = [0, *accumulate((len(tag) + 1 for tag in tags[:-1]), initial=unit.note_length + 1)]
    contexts = _Contexts(note, sentence_starts(note))
    section, (address,) = unit.shown()
    for span in spans:
        part = bisect_right(starts, span.start) - 1
        text = note if part == 0 else tags[part - 1]
        within = Span(span.start - starts[part], span.end - starts[part])
        if within.end > len(text):
            continue
        begin, context = contexts.at(within.start) if part == 0 else (0, text)
        yield Found(
            Hit(
                document_id=unit.document_id,
                edition_id=unit.edition_id,
                where=Where.TAG if part else Where.NOTE,
                span=within,
                context=context,
                context_start=begin,
                offset=unit.start,
                mark_id=unit.mark_id,
            ),
            title,
            section,
            address.name,
        )


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


class _Contexts:
    """The sentences of a text, each cut out once: a sentence may hold thousands of hits."""

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text = text
        self._starts = starts
        self._cut: dict[int, str] = {}

    def at(self, offset: int) -> tuple[int, str]:
        """Return where the sentence at `offset` begins, and the sentence without line ends and blanks behind it.

        Lines that are no sentence's are sentences themselves.
        """
        index = bisect_right(self._starts, offset) - 1
        begin = self._starts[index]
        context = self._cut.get(begin)
        if context is None:
            end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
            context = self._cut[begin] = self._text[begin:end].rstrip()
        return begin, context
