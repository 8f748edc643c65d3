"""Clauses that share rare wording with one clause, out of the index alone, each with the wording they share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from desktop.model.span import Span
from desktop.search.grams import holds, one_of, pairs
from desktop.search.lookup import IndexSource
from desktop.search.source import Unit
from desktop.text.keys import Key, make_key
from desktop.text.words import cut, quoted_terms

_RAREST = 30
"""How many pairs of characters a clause is looked for by."""
_SHARE = 50
"""Pairs that stand in more than one clause in so many say nothing about it."""
_FEWEST = 2
_LIMITS = (16, 64)
"""Most clauses have enough pairs that stand in no more clauses than this; only then they are counted further."""
_LONGEST_TEXT = 20_000
"""Of longer units only the beginning (code points) is looked at."""
_PHRASES = 8


@dataclass(frozen=True, slots=True)
class Related:
    """A unit that shares wording with another one; `shared` is that wording, the longest first."""

    unit: Unit
    shared: tuple[str, ...]


def related(source: IndexSource, place: int | tuple[str, int], limit: int = 10) -> list[Related]:
    """Return the clauses most like the one at `place`: a unit's number, or an edition and a code point of its text.

    They are found by the rarest pairs of characters, of those that stand in two clauses at least and in one of fifty at
    most, and come in the order of their ranks. Nothing where the place is in no unit. Raises what a source raises.
    """
    number = source.at(*place) if isinstance(place, tuple) else place
    unit = source.unit(number) if number is not None else None
    if unit is None:
        return []
    key = make_key(unit.text[:_LONGEST_TEXT])
    rarest = _rarest(source, key.text)
    if not rarest:
        return []
    best = [number for number in source.best(one_of(map(holds, rarest)), limit + 1) if number != unit.number]
    found = source.units(best[:limit])
    return [Related(other, shared_wording(unit.text, key, other.text, rarest)) for other in found.values()]


def shared_wording(text: str, key: Key, other: str, rare: Sequence[str]) -> tuple[str, ...]:
    """Return what stands in `text`, whose key is `key`, and in `other`, around the `rare` pairs, the longest first.

    Words that are shared in part are left out, unless nothing else is shared.
    """
    other_key = make_key(other).text
    spans = [key.span(start, end - start) for start, end in _runs(key.text, other_key, rare)]
    whole = filter(_says_something, (_trimmed(_whole_words(text, span).of(text)) for span in spans))
    return _longest(whole) or _longest(_trimmed(span.of(text)) for span in spans)


def _longest(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the longest phrases, without those that stand in others."""
    kept: list[str] = []
    for phrase in sorted(dict.fromkeys(filter(None, phrases)), key=len, reverse=True):
        if not any(phrase in longer for longer in kept):
            kept.append(phrase)
    return tuple(kept[:_PHRASES])


def _says_something(phrase: str) -> bool:
    return len(phrase) > 1


def _whole_words(text: str, span: Span) -> Span:
    """Return the words of a line that lie in `span` as a whole."""
    begin, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.start)
    borders = _borders(text[begin : end if end >= 0 else len(text)])
    start = borders[min(bisect_left(borders, span.start - begin), len(borders) - 1)]
    return Span(begin + start, begin + max(start, borders[bisect_right(borders, span.end - begin) - 1]))


@lru_cache(maxsize=64)
def _borders(line: str) -> tuple[int, ...]:
    """Return where the words of a line begin, and where the last one ends."""
    return tuple(accumulate(map(len, cut(line, quoted_terms(line))), initial=0))


def _rarest(source: IndexSource, key: str) -> list[str]:
    """Return the rarest pairs of a key, the rarest first."""
    found = [pair for pair in dict.fromkeys(pairs(key)) if pair.isalnum()]
    most = max(_FEWEST, source.size() // _SHARE)
    for limit in (*(limit for limit in _LIMITS if limit < most), most):
        counts = source.frequencies(found, limit)
        if len(counts) >= _RAREST:
            break
    return sorted(counts, key=lambda pair: counts[pair])[:_RAREST]


def _runs(key: str, other: str, rare: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the longest stretches of `key` around rare pairs that stand in `other`, each once."""
    behind = 0
    for place in sorted(_places(key, [pair for pair in rare if pair in other])):
        if place + 2 <= behind:
            continue
        start, end = place, place + 2
        while start > 0 and key[start - 1] != "\n" and key[start - 1 : end] in other:
            start -= 1
        while end < len(key) and key[end] != "\n" and key[start : end + 1] in other:
            end += 1
        behind = end
        yield start, end


def _places(key: str, found: Sequence[str]) -> Iterator[int]:
    for pair in found:
        place = key.find(pair)
        while place >= 0:
            yield place
            place = key.find(pair, place + 1)


def _trimmed(phrase: str) -> str:
    """Return a phrase without the punctuation it begins or ends with."""
    marks = "".join({character for character in phrase if not character.isalnum()})
    return phrase.strip(marks)
