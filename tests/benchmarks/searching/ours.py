"""Our own search as engines: what the index and the matching find, and what a list in the window is given."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from desktop.model.search import Found, Order, Request
from desktop.search.matching import Matcher
from desktop.search.query import Query as Parsed
from desktop.search.query import parse
from desktop.search.source import EVERYTHING, Source, Unit
from desktop.services.searching import MOST_RANKED, Searcher
from tests.benchmarks.searching.engines import FIRST, Engine, Query

Places = Mapping[tuple[str, int], int]
"""Ids of the clauses by edition and start."""


class Clauses(Engine):
    """The clauses with their texts, as the other engines return them."""

    def __init__(self, name: str, source: Source, places: Places) -> None:
        self.name = name
        self._source = source
        self._places = places

    def first(self, query: Query) -> list[Unit]:
        return list(islice(self._units(query), FIRST))

    def top(self, query: Query) -> list[Unit] | None:
        """Return the best; where there are more than `MOST_RANKED` the first, as the window shows them."""
        parsed = parse(query.typed)
        best = self._source.ranked(parsed, EVERYTHING, MOST_RANKED)
        return self.first(query) if best is None else list(islice(_matching(parsed, iter(best)), FIRST))

    def all(self, query: Query) -> list[int]:
        return [self._places[unit.edition_id, unit.start] for unit in self._units(query)]

    def _units(self, query: Query) -> Iterator[Unit]:
        parsed = parse(query.typed)
        return _matching(parsed, self._source.candidates(parsed, EVERYTHING))


class Unranked(Clauses):
    """The same from a source that knows no ranks."""

    def top(self, _query: Query) -> None:
        return None


class Listed(Engine):
    """What the window's list is given: each hit with its sentence, its address and its section, and the totals.

    Where nothing is found it takes what was typed apart and looks for the words, which is a part of its time.
    """

    def __init__(self, name: str, searcher: Searcher, places: Places) -> None:
        self.name = name
        self._searcher = searcher
        self._places = places
        self._starts = defaultdict[str, list[int]](list)
        for edition_id, start in places:
            self._starts[edition_id].append(start)

    def first(self, query: Query) -> tuple[Found, ...]:
        return self._searcher.page(Request(query.typed), size=FIRST).hits

    def top(self, query: Query) -> tuple[Found, ...]:
        return self._searcher.page(Request(query.typed, order=Order.RANK), size=FIRST).hits

    def all(self, query: Query) -> list[int]:
        """Count all places exactly; nobody waits for them one by one."""
        self._searcher.totals(Request(query.typed))
        return []

    def ids(self, query: Query) -> list[int]:
        return list({self._clause(edition_id, start): None for edition_id, start in self.places(query)})

    def places(self, query: Query) -> list[tuple[str, int]]:
        """Return where all hits are, by edition and start; none where something else is offered instead."""
        page = self._searcher.everything(Request(query.typed))
        return [] if page.message else [(found.hit.edition_id, found.hit.span.start) for found in page.hits]

    def _clause(self, edition_id: str, start: int) -> int:
        starts = self._starts[edition_id]
        return self._places[edition_id, starts[bisect_right(starts, start) - 1]]


def _matching(query: Parsed, units: Iterator[Unit]) -> Iterator[Unit]:
    matcher = Matcher(query)
    return (unit for unit in units if matcher.spans(unit.text) is not None)
