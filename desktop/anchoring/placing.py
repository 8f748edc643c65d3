"""Placing marks that were made on another text of a document: by their words and surroundings, each with a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile
from typing import Final, NamedTuple

from desktop.anchoring.quotes import passage_at
from desktop.model.mark import CLAUSE_WORDS, CONTEXT_LENGTH, ClausePlace, Passage, Place, Placing, Verdict
from desktop.model.span import Span
from desktop.text.folding import fold

LOWEST_SCORE: Final = 0.6
"""How much of words and surroundings must agree for a place to be taken at all."""
LOWEST_WORDS: Final = 0.45
"""How much of the words alone must agree."""
MARGIN: Final = 0.12
"""By how much a place must agree better than the next best one."""
LOWEST_CONTEXT: Final = 0.3
"""How much of its surroundings a place needs to be taken for the very same words, unless they tell it by themselves."""
TELLING_LENGTH: Final = 16
"""From this many letters on, words that stand only once tell their place by themselves."""

_GRAM = 3
_MOST_PLACES = 400
"""Letters that follow one another more often than this in a text say nothing about a place."""
_CANDIDATES = 6
_SHARE_OF_LEADER = 0.2
"""A place at which fewer letters stand in the same distance than this share of the most can't come near that one."""
_SLACK = 24
"""How many letters further than its own length a passage may have been stretched."""
_WEIGHT_OF_WORDS = 0.6


class Placed(NamedTuple):
    """Where a mark stands in a text, and how it came there. One that is lost stands at 0..0 with its own words."""

    place: Place
    placing: Placing


class _Found(NamedTuple):
    """A place of the letters of a text that may be the one; `score` is of words and surroundings, `words` of these."""

    start: int
    end: int
    score: float
    words: float


class Ground:
    """A text to place marks on. `clauses` are the paths of its clauses, as `ClausePlace` has them, with their spans.

    Marks are compared by letters alone: folded, without blanks and punctuation. What is worked out for one mark is kept
    for the next. It can be used from any thread, but from one at a time.
    """

    def __init__(self, text: str, clauses: Iterable[tuple[tuple[str, ...], Span]] = ()) -> None:
        self.text = text
        self._clauses = tuple(clauses)

    def place(self, place: Place, *, same_text: bool = False) -> Placed:
        """Place a mark; with `same_text` it was made on this very text, and its offsets hold where its words do."""
        if isinstance(place, ClausePlace):
            return self._place_clause(place, same_text=same_text)
        return self._place_passage(place, same_text=same_text)

    def holds(self, place: Place) -> bool:
        """Tell whether the words of a mark stand in this text, wherever."""
        words = letters_of(place.exact if isinstance(place, Passage) else place.words)
        return bool(words) and words in self._letters

    # Words

    def _place_passage(self, place: Passage, *, same_text: bool) -> Placed:
        if not place.exact.strip():
            return _lost(place)
        if self._stands_here(place, same_text=same_text):
            return Placed(place, Placing())
        found = self._find(_Pattern.of(place))
        if found is None:
            return _lost(place)
        span = self._span(found.start, found.end, place.exact)
        verdict = Verdict.MOVED if found.words == 1.0 else Verdict.REWRITTEN
        return Placed(passage_at(self.text, span), Placing(verdict, round(found.score, 3)))

    def _stands_here(self, place: Passage, *, same_text: bool) -> bool:
        start, end = place.start, place.end
        if self.text[start:end] != place.exact:
            return False
        before, behind = self.text[max(0, start - CONTEXT_LENGTH) : start], self.text[end : end + CONTEXT_LENGTH]
        return same_text or (before == place.prefix and behind == place.suffix)

    def _find(self, pattern: _Pattern) -> _Found | None:
        """Find the place that agrees best; None rather than one about as good as another, or hardly alike."""
        if not pattern.words:
            return None
        found = sorted(self._candidates(pattern), key=lambda one: one.score, reverse=True)
        found = _apart(found)
        if not found:
            return None
        best = found[0]
        if len(found) > 1 and best.score - found[1].score < MARGIN:
            return None
        if best.words == 1.0:
            context = (best.score - _WEIGHT_OF_WORDS) / (1 - _WEIGHT_OF_WORDS)
            telling = len(pattern.words) >= TELLING_LENGTH
            return best if context >= LOWEST_CONTEXT or (telling and len(found) == 1) else None
        return best if best.score >= LOWEST_SCORE and best.words >= LOWEST_WORDS else None

    def _candidates(self, pattern: _Pattern) -> list[_Found]:
        return [self._weigh(pattern, start) for start in self._likely_starts(pattern)]

    def _likely_starts(self, pattern: _Pattern) -> list[int]:
        """Return where the pattern may begin in the letters: where many of its letters stand in the same distance."""
        votes: Counter[int] = Counter()
        for offset in range(len(pattern.all) - _GRAM + 1):
            places = self._grams.get(pattern.all[offset : offset + _GRAM], ())
            if len(places) <= _MOST_PLACES:
                votes.update(place - offset for place in places)
        if not votes:
            return [start - len(pattern.before) for start in self._places_of(pattern.words)]
        # Nearer to one another than this they are the same place, stretched or shrunk in another spot.
        apart = max(2, min(_SLACK, len(pattern.words)))
        starts: list[int] = []
        leading = votes.most_common(_CANDIDATES * 4)
        for start, count in leading:
            if count >= leading[0][1] * _SHARE_OF_LEADER and all(abs(start - other) >= apart for other in starts):
                starts.append(start)
            if len(starts) == _CANDIDATES:
                break
        return starts

    def _places_of(self, words: str) -> list[int]:
        found: list[int] = []
        start = self._letters.find(words)
        while start >= 0 and len(found) < _CANDIDATES:
            found.append(start)
            start = self._letters.find(words, start + 1)
        return found

    def _weigh(self, pattern: _Pattern, likely: int) -> _Found:
        """Lay the pattern beside the letters from about `likely` on, and see how much of it is there."""
        letters = self._letters
        at = likely + len(pattern.before)
        if letters[max(0, likely) : likely + len(pattern.all)] == pattern.all and likely >= 0:
            return _Found(at, at + len(pattern.words), 1.0, 1.0)
        first = max(0, likely - _SLACK)
        window = letters[first : likely + len(pattern.all) + _SLACK]
        matcher = SequenceMatcher(None, pattern.all, window, autojunk=False)
        return _weighed(pattern, matcher.get_matching_blocks(), window, first)

    def _span(self, start: int, end: int, words: str) -> Span:
        """Return the code points of the text that letters stand at, with the punctuation around them as in `words`."""
        first, behind = self._offsets[start], self._offsets[end - 1] + 1
        folded, own = fold(words), fold(self.text[max(0, first - len(words)) : behind + len(words)])
        shift = first - max(0, first - len(words))
        head = next((index for index, letter in enumerate(folded) if letter.isalnum()), 0)
        tail = next((index for index, letter in enumerate(reversed(folded)) if letter.isalnum()), 0)
        before = _shared(reversed(folded[:head]), reversed(own[:shift]))
        after = _shared(folded[len(folded) - tail :], own[shift + behind - first :])
        return Span(first - before, behind + after)

    # Clauses

    def _place_clause(self, place: ClausePlace, *, same_text: bool) -> Placed:
        words = letters_of(place.words)
        if same_text and place.end <= len(self.text) and self.text[place.start : place.end].startswith(place.words):
            return Placed(place, Placing())
        if not words:
            return self._place_by_path(place)
        scored = [(_alike(words, own), index) for index, own in enumerate(self._clause_words)]
        named = [(score, index) for score, index in scored if self._paths[index] == _folded(place.path)]
        for among in (named, scored):
            best = self._best_clause(among)
            if best is not None:
                score, index = best
                verdict = Verdict.MOVED if score == 1.0 else Verdict.REWRITTEN
                return Placed(self._clause_place(index), Placing(verdict, round(score, 3)))
        return _lost(place)

    def _best_clause(self, scored: list[tuple[float, int]]) -> tuple[float, int] | None:
        ordered = sorted(scored, reverse=True)
        if not ordered or ordered[0][0] < LOWEST_SCORE:
            return None
        return None if len(ordered) > 1 and ordered[0][0] - ordered[1][0] < MARGIN else ordered[0]

    def _place_by_path(self, place: ClausePlace) -> Placed:
        """Place a mark of an older version, which kept nothing of the clause but its number: to be looked at."""
        named = [index for index, path in enumerate(self._paths) if path == _folded(place.path)]
        if len(named) != 1:
            return _lost(place)
        return Placed(self._clause_place(named[0]), Placing(Verdict.REWRITTEN, 0.5))

    def _clause_place(self, index: int) -> ClausePlace:
        path, span = self._clauses[index]
        return ClausePlace(span.start, span.end, path, span.of(self.text)[:CLAUSE_WORDS])

    # What is worked out once

    @cached_property
    def _offsets(self) -> Sequence[int]:
        return [offset for offset, letter in enumerate(fold(self.text)) if letter.isalnum()]

    @cached_property
    def _letters(self) -> str:
        return letters_of(self.text)

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        letters = self._letters
        found: dict[str, list[int]] = {}
        for start in range(len(letters) - _GRAM + 1):
            found.setdefault(letters[start : start + _GRAM], []).append(start)
        return found

    @cached_property
    def _paths(self) -> list[tuple[str, ...]]:
        return [_folded(path) for path, _ in self._clauses]

    @cached_property
    def _clause_words(self) -> list[str]:
        return [letters_of(span.of(self.text)[:CLAUSE_WORDS]) for _, span in self._clauses]


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


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in the one form of what readers take for the same."""
    return "".join(filter(str.isalnum, fold(text)))


def _weighed(pattern: _Pattern, blocks: Sequence[tuple[int, int, int]], window: str, first: int) -> _Found:
    """Return what matching blocks (in the pattern, in the window, length) make of the words of a pattern."""
    begin = len(pattern.before)
    end = begin + len(pattern.words)
    start, stop = _edges(blocks, begin, end)
    if start is None or stop is None or stop <= start:
        return _Found(0, 0, 0.0, 0.0)
    words = _ratio(_inside(blocks, begin, end), len(pattern.words), stop - start)
    around = len(pattern.before) + len(pattern.behind)
    kept = _inside(blocks, 0, begin) + _inside(blocks, end, len(pattern.all))
    context = kept / around if around else 1.0
    if words == 1.0 and window[start:stop] != pattern.words:
        words = 0.99
    return _Found(first + start, first + stop, _WEIGHT_OF_WORDS * words + (1 - _WEIGHT_OF_WORDS) * context, words)


def _edges(blocks: Sequence[tuple[int, int, int]], begin: int, end: int) -> tuple[int | None, int | None]:
    """Return where the words begin and end in the window.

    An edge is where the letter at it stands, or else beside the letter on its other side, or else at the outermost of
    the letters that stand.
    """
    start = stop = None
    for mine, theirs, length in blocks:
        if mine <= begin < mine + length:
            start = theirs + begin - mine
        elif mine < begin == mine + length and start is None:
            start = theirs + length
        elif begin < mine < end and start is None:
            start = theirs
        if mine < end <= mine + length:
            stop = theirs + end - mine
        elif begin < mine + length < end:
            stop = theirs + length
        elif mine == end and length:
            stop = theirs
    return start, stop


def _inside(blocks: Sequence[tuple[int, int, int]], begin: int, end: int) -> int:
    return sum(max(0, min(mine + length, end) - max(mine, begin)) for mine, _, length in blocks)


def _ratio(kept: int, one: int, other: int) -> float:
    return 2 * kept / (one + other)


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many characters two sequences have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LOWEST_SCORE <= matcher.quick_ratio() else 0.0


def _apart(found: Sequence[_Found]) -> list[_Found]:
    """Return those that are there at all, of several over one another the best; the best come first."""
    kept: list[_Found] = []
    for one in found:
        if one.score > 0 and all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return kept


def _folded(path: Iterable[str]) -> tuple[str, ...]:
    return tuple(letters_of(part) for part in path)


def _lost(place: Place) -> Placed:
    if isinstance(place, Passage):
        nowhere: Place = Passage(0, 0, place.exact, place.prefix, place.suffix)
    else:
        nowhere = ClausePlace(0, 0, place.path, place.words)
    return Placed(nowhere, Placing(Verdict.LOST, 0.0))
