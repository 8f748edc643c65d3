"""The clauses of a text as they are told to those who have another one: by their paths and their first words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.anchoring.clauses import Chain, Clauses, own_words
from desktop.anchoring.letters import Letters
from desktop.model.mark import ClausePlace, Passage, Place
from desktop.model.origin import ToldClause


class ToldClauses:
    """Clauses of a text that marks were made on; not all of them, but each with those above it."""

    def __init__(self, clauses: Iterable[ToldClause]) -> None:
        self._clauses = sorted(clauses, key=_in_order)
        self._starts = [clause.start for clause in self._clauses]
        self._by_path = {clause.path: clause for clause in reversed(self._clauses)}

    def chain(self, place: Place) -> Chain:
        """Return the clause in which the words of a place begin, with those above it, from the top down."""
        index = bisect_right(self._starts, _first_letter(place)) - 1
        found: list[ToldClause] = []
        clause = self._clauses[index] if index >= 0 else None
        while clause is not None:
            found.append(clause)
            clause = self._by_path.get(clause.path[:-1]) if len(clause.path) > 1 else None
        return tuple(reversed(found))

    def holding(self, places: Iterable[Place]) -> tuple[ToldClause, ...]:
        """Return those clauses that hold places, with those above them, in the order of the text."""
        return tuple(sorted({clause for place in places for clause in self.chain(place)}, key=_in_order))


def tell(text: str, clauses: Sequence[ClausePlace], places: Iterable[Place]) -> tuple[ToldClause, ...]:
    """Return what is told of the clauses of a text, all of which are given in its order: of those that hold places."""
    words = [own_words(clause.path, clause.words) for clause in clauses]
    count = Counter(words)
    all_told = [
        ToldClause(clause.start, clause.end, clause.path, clause.words if count[own] == 1 else "")
        for clause, own in zip(clauses, words, strict=True)
    ]
    numbers = {clause.path: number for number, clause in enumerate(clauses)}
    known = Clauses(text, Letters(text), [(clause.path, clause.span) for clause in clauses])
    return tuple(
        replace(clause, alike=round(known.alike(numbers[clause.path]), 2)) if clause.words else clause
        for clause in ToldClauses(all_told).holding(places)
    )


def _in_order(clause: ToldClause) -> tuple[int, int, tuple[str, ...], str, float]:
    return clause.start, clause.end, clause.path, clause.words, clause.alike


def _first_letter(place: Place) -> int:
    if not isinstance(place, Passage):
        return place.start
    return place.start + next((index for index, letter in enumerate(place.exact) if letter.isalnum()), 0)
