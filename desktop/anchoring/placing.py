"""Placing marks that were made on another text of a document: by words, context and clause, each with a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from desktop.anchoring.clauses import Chain, Clauses, Whereabouts
from desktop.anchoring.letters import Letters, letters_of, plain
from desktop.anchoring.quotes import passage_at
from desktop.model.mark import CONTEXT_LENGTH, ClausePlace, Passage, Place, Placing, Verdict
from desktop.model.origin import ToldClause
from desktop.model.span import Span

LOWEST_SCORE: Final = 0.6
"""How much of words and surroundings must agree for a place to be taken at all."""
LOWEST_WORDS: Final = 0.45
"""How much of the words alone must agree."""
MARGIN: Final = 0.12
"""By how much a place must agree better than the next best one."""
LOWEST_CONTEXT: Final = 0.3
"""How much of its surroundings a place needs to be taken for the very same words, unless they tell it by themselves."""
LOWEST_INSIDE: Final = 0.1
"""How much, where they stand in the clause they were made in; of very few letters `LOWEST_CONTEXT` all the same."""
LOWEST_NEAR: Final = 0.6
"""How much, where that clause is gone, and they stand in another one under the same."""
LOWEST_OUTSIDE: Final = 0.9
"""How much, where they don't, unless they tell it by themselves."""
TELLING_LENGTH: Final = 16
"""From this many letters on, words that stand only once tell their place by themselves."""

LONGEST_ALIGNED: Final = 50_000
"""Of more letters, nothing but the very same are found: to compare others takes too long."""
MOST_STRETCHED: Final = 2.5
"""How many times its own length a passage of one paragraph may have come to be,"""
MOST_ACROSS: Final = 1.5
"""and where it runs over the end of a paragraph here."""
LOWEST_SIDE: Final = 0.6
"""How much of what stands on either side must agree for few letters outside their clause to be only moved."""

_SLACK = 24
"""How many letters further than its own length a passage may have been stretched."""
_CHUNK = 400
"""So many letters are compared at once: the time grows with their square."""
_SIGNS = 40
"""How far from its letters the signs at the ends of a passage are looked for."""
_WEIGHT_OF_WORDS = 0.6
_WEIGHT_OF_FEW_WORDS = 0.3
_CONTRADICTION = 0.05
"""A place that agrees better in words and context by more than this is not passed over for its clause."""
_FEW, _MANY = 2, 12
"""So many letters tell little, and so many enough, for what stands around them to count for more or for less."""
_WEIGHT_OF_CLAUSE = 0.4
"""How much of the surroundings the clause is, where it is known; the rest are the letters on either side."""


class Placed(NamedTuple):
    """Where a mark stands in a text, and how it came there. One that is lost stands at 0..0 with its own words."""

    place: Place
    placing: Placing


class _Found(NamedTuple):
    """A place of the letters of a text that may be the one, and how much agrees of words, context and clause.

    `side` is how much agrees of what stands before or behind the words, whichever is less; `has_side` says that all of
    one of them does.
    """

    start: int
    end: int
    words: float
    context: float
    weight: float
    side: float = 1.0
    has_side: bool = True
    clause: float | None = None

    @property
    def exact(self) -> bool:
        """Whether all of words and context is there."""
        return self.words == 1.0 == self.context

    @property
    def around(self) -> float:
        """How much of the surroundings agrees."""
        if self.clause is None:
            return self.context
        return (1 - _WEIGHT_OF_CLAUSE) * self.context + _WEIGHT_OF_CLAUSE * self.clause

    @property
    def plain(self) -> float:
        """How much of words and context agrees."""
        return self.weight * self.words + (1 - self.weight) * self.context

    @property
    def score(self) -> float:
        """How much of all agrees."""
        return self.weight * self.words + (1 - self.weight) * self.around


class Ground:
    """A text to place marks on. `clauses` are the paths of its clauses, as `ClausePlace` has them, with their spans.

    Marks are compared by letters alone: folded, without blanks and punctuation. What is worked out for one mark is kept
    for the next. It can be used from any thread, but from one at a time.
    """

    def __init__(self, text: str, clauses: Iterable[tuple[tuple[str, ...], Span]] = ()) -> None:
        self.text = text
        self._letters = Letters(text)
        self._clauses = Clauses(text, self._letters, clauses)

    def place(self, place: Place, within: Chain = (), *, same_text: bool = False) -> Placed:
        """Place a mark that was made in a clause, told from the top down.

        With `same_text` it was made on this very text, and its offsets hold where its words do. One at 0..0 tells no
        position.
        """
        if isinstance(place, ClausePlace):
            return self._place_clause(place, within, same_text=same_text)
        return self._place_passage(place, within, same_text=same_text)

    def holds(self, place: Place) -> bool:
        """Tell whether the words of a mark stand in this text, wherever."""
        words = letters_of(place.exact if isinstance(place, Passage) else place.words)
        return bool(words) and words in self._letters.all

    # Words

    def _place_passage(self, place: Passage, within: Chain, *, same_text: bool) -> Placed:
        if not place.exact.strip():
            return _lost(place)
        if self._stands_here(place, same_text=same_text):
            return Placed(passage_at(self.text, place.span), Placing())
        pattern = _Pattern.of(place)
        known = self._clauses.whereabouts(within)
        found = self._find(pattern, known)
        if found is None:
            known = self._clauses.likeliest(within)
            found = self._find_beside(pattern, known) if known is not None else None
        if found is None:
            return _lost(place)
        span = self._span(found.start, found.end, place.exact)
        if not place.end and self._stands_here(replace(place, start=span.start, end=span.end), same_text=False):
            return Placed(passage_at(self.text, span), Placing())  # no position is told that it could have left
        if found.words < 1.0 and self._is_stretched(place, span):
            return _lost(place)
        verdict = Verdict.MOVED if _tells(pattern, known, found) else Verdict.REWRITTEN
        return Placed(passage_at(self.text, span), Placing(verdict, round(found.score, 3)))

    def _is_stretched(self, place: Passage, span: Span) -> bool:
        """Tell whether words of one paragraph reach much further than they did where they were made."""
        here = span.of(self.text)
        most = MOST_ACROSS if "\n" in here.strip() else MOST_STRETCHED
        return "\n" not in place.exact.strip() and len(letters_of(here)) > most * len(letters_of(place.exact))

    def _stands_here(self, place: Passage, *, same_text: bool) -> bool:
        start, end = place.start, place.end
        if self.text[start:end] != place.exact:
            return False
        if not (place.prefix or place.suffix):
            return True  # all that is told of it agrees
        before, behind = self.text[max(0, start - CONTEXT_LENGTH) : start], self.text[end : end + CONTEXT_LENGTH]
        return same_text or (before.endswith(place.prefix) and behind.startswith(place.suffix))

    def _find(self, pattern: _Pattern, known: Whereabouts | None) -> _Found | None:
        """Find the place that agrees best; None rather than one about as good as another, or hardly alike."""
        if not pattern.words:
            return None
        found = _apart(sorted(self._candidates(pattern, known), key=lambda one: one.score, reverse=True))
        if not found or (self._is_rivalled(found) and not self._stands_once(pattern, found[0])):
            return None
        best = found[0]
        if any(other.plain - best.plain > _CONTRADICTION for other in found):
            return None
        if best.words < 1.0:
            return best if best.score >= LOWEST_SCORE and best.words >= LOWEST_WORDS else None
        telling = len(pattern.words) >= TELLING_LENGTH
        lowest = _lowest_context(pattern, known, best)
        return best if best.context >= lowest or (telling and len(found) == 1) else None

    def _find_beside(self, pattern: _Pattern, likeliest: Whereabouts) -> _Found | None:
        """Find the place in a clause that is likely the one, where all that stood on one side of the words is there."""
        found = self._find(pattern, likeliest)
        return found if found is not None and found.clause and found.has_side else None

    def _is_rivalled(self, found: Sequence[_Found]) -> bool:
        return len(found) > 1 and found[0].score - found[1].score < MARGIN

    def _stands_once(self, pattern: _Pattern, best: _Found) -> bool:
        """Tell whether all of a passage stands there and nowhere else, so that nothing hardly like it is a rival."""
        return best.exact and len(self._letters.places_of(pattern.all)) == 1

    def _candidates(self, pattern: _Pattern, known: Whereabouts | None) -> list[_Found]:
        if len(pattern.all) > LONGEST_ALIGNED:
            return [self._weigh(pattern, start) for start in self._letters.places_of(pattern.all)]
        starts = self._letters.likely(pattern.all, max(2, min(_SLACK, len(pattern.words))))
        if known is not None:
            here = self._letters.places_of(pattern.words, *known.letters)
            starts += [start - len(pattern.before) for start in here]
        if not starts:
            starts = [start - len(pattern.before) for start in self._letters.places_of(pattern.words)]
        found = [self._weigh(pattern, start) for start in dict.fromkeys(starts)]
        if known is None:
            return found
        first, behind = known.letters
        return [one._replace(clause=known.score if first <= one.start < behind else 0.0) for one in found]

    def _weigh(self, pattern: _Pattern, likely: int) -> _Found:
        """Lay the pattern beside the letters from about `likely` on, and see how much of it is there."""
        letters = self._letters.all
        at = likely + len(pattern.before)
        if likely >= 0 and letters.startswith(pattern.all, likely):
            return _Found(at, at + len(pattern.words), 1.0, 1.0, pattern.weight)
        first = max(0, likely - _SLACK)
        window = letters[first : likely + len(pattern.all) + _SLACK]
        return _weighed(pattern, _aligned(pattern.all, window), window, first)

    def _span(self, start: int, end: int, words: str) -> Span:
        """Return the code points of the text that letters stand at, with the punctuation around them as in `words`."""
        first, behind = self._letters.offsets[start], self._letters.offsets[end - 1] + 1
        head = next((index for index, letter in enumerate(words) if letter.isalnum()), 0)
        tail = next((index for index, letter in enumerate(reversed(words)) if letter.isalnum()), 0)
        before = _signs(plain(words[:head])[::-1], plain(self.text[max(0, first - _SIGNS) : first])[::-1])
        after = _signs(plain(words[len(words) - tail :]), plain(self.text[behind : behind + _SIGNS]))
        return Span(first - before, behind + after)

    # Clauses

    def _place_clause(self, place: ClausePlace, within: Chain, *, same_text: bool) -> Placed:
        if same_text and place.end <= len(self.text) and self.text[place.start : place.end].startswith(place.words):
            return Placed(place, Placing())
        if not letters_of(place.words):
            return self._place_by_path(place)
        told = ToldClause(place.start, place.end, place.path, place.words, within[-1].alike if within else 0.0)
        found = self._clauses.find((*within[:-1], told))
        was_alone = not within or within[-1].words
        if found is None or not (was_alone or self._clauses.is_under(found.number, within[:-1])):
            return _lost(place)
        verdict = Verdict.MOVED if found.score == 1.0 else Verdict.REWRITTEN
        return Placed(self._clauses.place(found.number), Placing(verdict, round(found.score, 3)))

    def _place_by_path(self, place: ClausePlace) -> Placed:
        """Place a mark of an older version, which kept nothing of the clause but its number: to be looked at."""
        named = self._clauses.named(place.path)
        if named is None:
            return _lost(place)
        return Placed(self._clauses.place(named), Placing(Verdict.REWRITTEN, 0.5))


class _Pattern(NamedTuple):
    """The letters of a passage with those around it."""

    before: str
    words: str
    behind: str

    @classmethod
    def of(cls, place: Passage) -> _Pattern:
        return cls(letters_of(place.prefix), letters_of(place.exact), letters_of(place.suffix))

    @property
    def all(self) -> str:
        return self.before + self.words + self.behind

    @property
    def weight(self) -> float:
        """How much the words tell, beside what is around them."""
        share = min(1.0, max(0.0, (len(self.words) - _FEW) / (_MANY - _FEW)))
        return _WEIGHT_OF_FEW_WORDS + (_WEIGHT_OF_WORDS - _WEIGHT_OF_FEW_WORDS) * share


def _tells(pattern: _Pattern, known: Whereabouts | None, found: _Found) -> bool:
    """Tell whether the very same words are surely those that were meant, by themselves, their clause or both sides."""
    if found.words < 1.0:
        return False
    if len(pattern.words) >= TELLING_LENGTH or (known is not None and known.is_own and found.clause):
        return True
    return found.side >= LOWEST_SIDE


def _lowest_context(pattern: _Pattern, known: Whereabouts | None, found: _Found) -> float:
    """Return how much of its context a place must have for the very same words."""
    if known is None or len(pattern.words) >= TELLING_LENGTH or not (known.is_own or known.is_gone):
        return LOWEST_CONTEXT
    if not found.clause:
        return LOWEST_OUTSIDE
    if not known.is_own:
        return LOWEST_NEAR
    return LOWEST_INSIDE if len(pattern.words) > _FEW else LOWEST_CONTEXT


def _aligned(words: str, window: str) -> list[tuple[int, int, int]]:
    """Return the blocks (in the words, in the window, length) that agree, in the order of both."""
    found: list[tuple[int, int, int]] = []
    behind = 0
    for start in range(0, len(words), _CHUNK):
        last = start + _CHUNK >= len(words)
        part = words[start : start + _CHUNK]
        there = window[behind:] if last else window[behind : behind + len(part) + 2 * _SLACK]
        blocks = SequenceMatcher(None, part, there, autojunk=False).get_matching_blocks()
        found += [(start + mine, behind + theirs, length) for mine, theirs, length in blocks if length]
        if found:
            behind = found[-1][1] + found[-1][2]
    return found


def _weighed(pattern: _Pattern, blocks: Sequence[tuple[int, int, int]], window: str, first: int) -> _Found:
    """Return what matching blocks (in the pattern, in the window, length) make of the words of a pattern."""
    begin = len(pattern.before)
    end = begin + len(pattern.words)
    start, stop = _edges(blocks, begin, end)
    if start is None or stop is None or stop <= start:
        return _Found(0, 0, 0.0, 0.0, pattern.weight)
    words = _ratio(_inside(blocks, begin, end), len(pattern.words), stop - start)
    around = len(pattern.before), len(pattern.behind)
    kept = _inside(blocks, 0, begin), _inside(blocks, end, len(pattern.all))
    context = sum(kept) / sum(around) if any(around) else 1.0
    side = min(there / whole if whole else 1.0 for there, whole in zip(kept, around, strict=True))
    if words == 1.0 and window[start:stop] != pattern.words:
        words = 0.99
    has_side = any(there == whole > 0 for there, whole in zip(kept, around, strict=True))
    return _Found(first + start, first + stop, words, context, pattern.weight, side, has_side)


def _edges(blocks: Sequence[tuple[int, int, int]], begin: int, end: int) -> tuple[int | None, int | None]:
    """Return where the words begin and end in the window.

    An edge is where the letter at it stands, or else beside the letter on its other side, or else at the outermost of
    the letters that stand.
    """
    start = stop = None
    ends = False
    for mine, theirs, length in blocks:
        if mine <= begin < mine + length:
            start = theirs + begin - mine
        elif mine < begin == mine + length and start is None:
            start = theirs + length
        elif begin < mine < end and start is None:
            start = theirs
        if mine < end <= mine + length:
            stop, ends = theirs + end - mine, True
        elif begin < mine + length < end:
            stop = theirs + length
        elif mine == end and length and not ends:
            stop = theirs
    return start, stop


def _inside(blocks: Sequence[tuple[int, int, int]], begin: int, end: int) -> int:
    return sum(max(0, min(mine + length, end) - max(mine, begin)) for mine, _, length in blocks)


def _ratio(kept: int, one: int, other: int) -> float:
    return 2 * kept / (one + other)


def _signs(wanted: str, there: str) -> int:
    """Return how far those signs reach that are wanted; others may stand between them, but no letters."""
    reach = 0
    for sign in wanted:
        at = there.find(sign, reach)
        if at >= 0 and not any(map(str.isalnum, there[reach:at])):
            reach = at + 1
        elif not sign.isspace():
            break
    return reach


def _apart(found: Sequence[_Found]) -> list[_Found]:
    """Return those that are there at all, of several over one another the best; the best come first."""
    kept: list[_Found] = []
    for one in found:
        if one.words > 0 and all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return kept


def _lost(place: Place) -> Placed:
    if isinstance(place, Passage):
        nowhere: Place = Passage(0, 0, place.exact, place.prefix, place.suffix)
    else:
        nowhere = ClausePlace(0, 0, place.path, place.words)
    return Placed(nowhere, Placing(Verdict.LOST, 0.0))
