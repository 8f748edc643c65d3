"""Our own search as an engine: what the index and the matching find, and what a list in the window is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from desktop.model.search import Found, Order, Request
from desktop.search.matching import Matcher
from desktop.search.query import Query as Parsed
from desktop.search.query import parse
from desktop.search.source import EVERYTHING, Source, Unit
from desktop.services.searching import MOST_RANKED, Searcher
from tests.benchmarks.searching.engines import FIRST, Query

Places = Mapping[tuple[str, int], int]
"""Ids of the clauses by edition and start."""


class Index:
    """The clauses with their texts, as the other engines return them."""

    def __init__(self, name: str, source: Source, places: Places) -> None:
        self.name = name
        self._source = source
        self._places = places

    def first(self, query: Query) -> list[Unit]:
        return list(islice(self._units(query), FIRST))

    def top(self, query: Query) -> list[Unit]:
        """Return the best; above two thousand the first in the order of the library, as the window does."""
        parsed = parse(query.typed)
        best = self._source.ranked(parsed, EVERYTHING, MOST_RANKED)
        return self.first(query) if best is None else list(islice(_matching(parsed, iter(best)), FIRST))

    def all(self, query: Query) -> list[int]:
        return [self._places[unit.edition_id, unit.start] for unit in self._units(query)]

    def _units(self, query: Query) -> Iterator[Unit]:
        parsed = parse(query.typed)
        return _matching(parsed, self._source.candidates(parsed, EVERYTHING))


class List:
    """What the window's list is given: each hit with its sentence, its address and its section."""

    def __init__(self, name: str, searcher: Searcher, index: Index) -> None:
        self.name = name
        self._searcher = searcher
        self._index = index

    def first(self, query: Query) -> tuple[Found, ...]:
        return self._searcher.page(Request(query.typed), size=FIRST).hits

    def top(self, query: Query) -> tuple[Found, ...]:
        return self._searcher.page(Request(query.typed, order=Order.RANK), size=FIRST).hits

    def all(self, query: Query) -> list[int]:
        """Return the ids; what takes its time is to count all places exactly."""
        self._searcher.totals(Request(query.typed), lambda: False)
        return self._index.all(query)


def _matching(query: Parsed, units: Iterator[Unit]) -> Iterator[Unit]:
    matcher = Matcher(query)
    return (unit for unit in units if matcher.spans(unit.text) is not None)
