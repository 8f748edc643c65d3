"""The clauses of a text, and finding those again that marks were made in: by their words, and the clauses above."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Final, NamedTuple

from desktop.anchoring.letters import Letters, alike, letters_of
from desktop.model.mark import CLAUSE_WORDS, ClausePlace
from desktop.model.origin import ToldClause
from desktop.model.span import Span

LOWEST_ALIKE: Final = 0.6
"""How much of its words must agree for a clause to be taken for another one."""
LOWEST_SHORT: Final = 0.85
"""How much of them, where they are very few."""
LOWEST_NUMBERED: Final = 0.35
"""How much of them, where it has the same number under the same clause."""
HIGHEST_GONE: Final = 0.45
"""Where no more of its words agrees with any clause, nor more than with the others of its own text, it is gone."""
MARGIN: Final = 0.12
"""By how much a clause must agree better than the next best one, where the clauses above don't tell."""

_LONG_ENOUGH = 16
"""A clause of which more letters are told is gone where nothing is like it."""
_HEAD = 12
"""By so many letters at their beginning clauses are looked up."""
_MOST_ALIKE = 200
"""Clauses that begin alike more often than this are rows of a table: their words say nothing about a place."""
_SAME = 12
"""Two beginnings of clauses that agree in so many letters are equal, wherever each of them was cut."""
_MANY = 24
"""So many letters of a clause need not agree better than more."""

Chain = tuple[ToldClause, ...]
"""A clause with those above it, from the top down."""


class Found(NamedTuple):
    """A clause by its number in the order of the text (from 0), and how much of its words agrees, 0 to 1."""

    number: int
    score: float


class Whereabouts(NamedTuple):
    """Which letters of a text are those of a clause, or of the nearest above it that is there (none where none is).

    `score` is how much of the words of that one agrees, 0 to 1; `is_gone` says that the clause itself is surely not in
    the text.
    """

    letters: Span
    score: float
    is_own: bool
    is_gone: bool


class Clauses:
    """The clauses of a text, by their paths as `ClausePlace` has them and the spans of their own text, in its order."""

    def __init__(self, text: str, letters: Letters, clauses: Iterable[tuple[tuple[str, ...], Span]]) -> None:
        self._text = text
        self._letters = letters
        self._clauses = tuple(clauses)
        self._found: dict[Chain, Found | None] = {}
        self._known: dict[Chain, Whereabouts | None] = {}
        self._likeliest: dict[Chain, Whereabouts | None] = {}

    def place(self, index: int) -> ClausePlace:
        """Return a clause as the place of a mark."""
        path, span = self._clauses[index]
        return ClausePlace(span.start, span.end, path, span.of(self._text)[:CLAUSE_WORDS])

    def at(self, offset: int) -> int | None:
        """Return the clause at a code point, or the one before it; before the first it is none."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 else None

    def alike(self, number: int) -> float:
        """Return how much of the words of a clause agrees with those of the one that is most like it, 0 to 1."""
        words = self._words[number]
        others = self._like(self.place(number), words) - {number}
        return max((self._agreement(words, other) for other in others), default=0.0)

    def is_under(self, index: int, chain: Chain) -> bool:
        """Tell whether a clause is right under the one that is the last of a chain."""
        above = self.find(chain)
        return above is not None and self._above(index) == above.number

    def whereabouts(self, chain: Chain) -> Whereabouts | None:
        """Return where the clause stands that is the last of the chain; None where nothing is known about it."""
        if chain not in self._known:
            self._known[chain] = self._whereabouts(chain)
        return self._known[chain]

    def _whereabouts(self, chain: Chain) -> Whereabouts | None:
        found = self.find(chain)
        if found is not None:
            return Whereabouts(self._span(found.number, found.number + 1), found.score, is_own=True, is_gone=False)
        is_gone = bool(chain) and self._is_gone(chain[-1])
        for depth in range(len(chain) - 1, 0, -1):
            above = self.find(chain[:depth])
            if above is not None:
                behind = self._behind(above.number)
                return Whereabouts(self._span(above.number, behind), above.score, is_own=False, is_gone=is_gone)
        return Whereabouts(Span(0, 0), 0.0, is_own=False, is_gone=True) if is_gone else None

    def _is_gone(self, told: ToldClause) -> bool:
        words = own_words(told.path, told.words)
        highest = max(HIGHEST_GONE, told.alike)
        like = (self._agreement(words, index) for index in self._like(told, words))
        return len(words) >= _LONG_ENOUGH and all(score <= highest for score in like)

    def _behind(self, index: int) -> int:
        """Return the clause behind all that is under one."""
        path = self._paths[index]
        behind = index + 1
        while behind < len(self._paths) and self._paths[behind][: len(path)] == path:
            behind += 1
        return behind

    def _span(self, first: int, behind: int) -> Span:
        """Return which letters of the text are those of these clauses, up to the next one."""
        offsets = self._letters.offsets
        end = self._starts[behind] if behind < len(self._starts) else len(self._text)
        return Span(bisect_left(offsets, self._starts[first]), bisect_left(offsets, end))

    def named(self, path: tuple[str, ...]) -> int | None:
        """Return the one clause of this path."""
        found = self._by_path.get(_folded(path), [])
        return found[0] if len(found) == 1 else None

    def find(self, chain: Chain) -> Found | None:
        """Return the clause that is the last of the chain; None rather than one of several that are alike."""
        if not chain:
            return None
        if chain not in self._found:
            self._found[chain] = self._best(chain)
        return self._found[chain]

    def _best(self, chain: Chain) -> Found | None:
        told = chain[-1]
        words = own_words(told.path, told.words)
        if not words:
            return None
        like = self._like(told, words)
        ranked = sorted((Found(number, self._agreement(words, number)) for number in like), key=_by_score)
        if not ranked or ranked[0].score < max(_lowest_of(words), (1 + told.alike) / 2):
            return self._by_number(chain, ranked)
        near = [one for one in ranked if ranked[0].score - one.score < MARGIN]
        equal = [one for one in near if one.score == 1.0] or near
        if len(equal) > 1:
            equal = [one for one in equal if self.is_under(one.number, chain[:-1])]
        return equal[0] if len(equal) == 1 else None

    def _by_number(self, chain: Chain, ranked: list[Found]) -> Found | None:
        """Return the clause that kept its number under the same clause, and enough of its words."""
        path, lowest = _folded(chain[-1].path), max(LOWEST_NUMBERED, chain[-1].alike + MARGIN)
        for one in ranked:
            if one.score >= lowest and self._paths[one.number][-1:] == path[-1:]:
                return one if self.is_under(one.number, chain[:-1]) else None
        return None

    def likeliest(self, chain: Chain) -> Whereabouts | None:
        """Return where the clause stands that has the same path and, if by little, the most of the words of one.

        It may be a look-alike, as in a list of lines that differ in a number only: more must tell that it is the one.
        """
        if chain not in self._likeliest:
            self._likeliest[chain] = self._most_like(chain)
        return self._likeliest[chain]

    def _most_like(self, chain: Chain) -> Whereabouts | None:
        words = own_words(chain[-1].path, chain[-1].words) if chain else ""
        number = self.named(chain[-1].path) if words else None
        if number is None or (len(chain) > 1 and not self.is_under(number, chain[:-1])):
            return None
        score = self._agreement(words, number)
        others = self._like(chain[-1], words) - {number}
        if score < _lowest_of(words) or any(self._agreement(words, other) >= score for other in others):
            return None
        return Whereabouts(self._span(number, number + 1), score, is_own=True, is_gone=False)

    def _like(self, told: ClausePlace, words: str) -> set[int]:
        """Return the clauses that may be the one."""
        begin_alike = self._heads.get(words[:_HEAD], [])
        found = set(begin_alike) if len(begin_alike) <= _MOST_ALIKE else set()
        found.update(self._by_path.get(_folded(told.path), ()))
        offsets = self._letters.offsets
        for start in self._letters.likely(words, len(words)):
            index = self.at(offsets[min(max(start, 0), len(offsets) - 1)])
            if index is not None:
                # A label that is told no more, or a blank line, may lie between.
                found.update(one for one in (index, index + 1) if one < len(self._clauses))
        return found

    def _agreement(self, words: str, index: int) -> float:
        own = self._words[index]
        shared = min(len(words), len(own))
        if shared >= _SAME and words[:shared] == own[:shared]:
            return 1.0
        return alike(words, own, LOWEST_NUMBERED)

    def _above(self, index: int) -> int | None:
        found = self._by_path.get(self._paths[index][:-1], [])
        return found[0] if found else None

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for _, span in self._clauses]

    @cached_property
    def _paths(self) -> list[tuple[str, ...]]:
        return [_folded(path) for path, _ in self._clauses]

    @cached_property
    def _by_path(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for index, path in enumerate(self._paths):
            found.setdefault(path, []).append(index)
        return found

    @cached_property
    def _words(self) -> list[str]:
        return [own_words(path, span.of(self._text)[:CLAUSE_WORDS]) for path, span in self._clauses]

    @cached_property
    def _heads(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, words in enumerate(self._words):
            found.setdefault(words[:_HEAD], []).append(index)
        return found


def own_words(path: tuple[str, ...], words: str) -> str:
    """Return the letters of the words of a clause without its number, which may be another one in another text."""
    letters, label = letters_of(words), letters_of(path[-1]) if path else ""
    return letters.removeprefix(label) or letters


def _lowest_of(words: str) -> float:
    """Return how much must agree of these words: the more, the fewer they are."""
    return LOWEST_ALIKE + (LOWEST_SHORT - LOWEST_ALIKE) * max(0.0, 1 - len(words) / _MANY)


def _by_score(found: Found) -> tuple[float, int]:
    return -found.score, found.number


def _folded(path: Iterable[str]) -> tuple[str, ...]:
    return tuple(letters_of(part) for part in path)
