"""The letters of a text, without what readers pass over, and where in them some others may stand, also changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from desktop.text.folding import fold

GRAM: Final = 3
"""So many letters that follow one another are looked up at once."""

_MOST_PLACES = 400
"""Letters that follow one another more often than this in a text say nothing about a place."""
_MOST_VOTES = 1_000
"""When the letters that are seldom have told so many places, the more frequent ones needn't."""
_CANDIDATES = 6
_SHARE_OF_LEADER = 0.2
"""A place at which fewer letters stand in the same distance than this share of the most can't come near that one."""


class Letters:
    """The letters and digits of a text, folded: what marks are compared by. All is worked out when it is first asked.

    Places are counted in letters; `offsets` has the code point of the text for each of them.
    """

    def __init__(self, text: str) -> None:
        self._folded = plain(text)

    @cached_property
    def all(self) -> str:
        """The letters."""
        return "".join(filter(str.isalnum, self._folded))

    @cached_property
    def offsets(self) -> Sequence[int]:
        """Where each of the letters stands in the text (code points)."""
        return [offset for offset, letter in enumerate(self._folded) if letter.isalnum()]

    def likely(self, words: str, apart: int) -> list[int]:
        """Return where `words` may begin: where many of their letters stand in the same distance; the likeliest first.

        Places nearer to one another than `apart` are the same one, stretched or shrunk in another spot.
        """
        grams = [(self._grams.get(words[at : at + GRAM], ()), at) for at in range(len(words) - GRAM + 1)]
        cast: list[int] = []
        for places, offset in sorted(grams, key=lambda gram: len(gram[0])):
            if len(places) > _MOST_PLACES or len(cast) > _MOST_VOTES:
                break
            cast += [place - offset for place in places]
        votes = Counter(cast)
        starts: list[int] = []
        leading = votes.most_common(_CANDIDATES * 4)
        for start, count in leading:
            if count >= leading[0][1] * _SHARE_OF_LEADER and all(abs(start - other) >= apart for other in starts):
                starts.append(start)
            if len(starts) == _CANDIDATES:
                break
        return starts

    def places_of(self, words: str, start: int = 0, end: int | None = None) -> list[int]:
        """Return where exactly these letters stand between two places; no more than a few."""
        found: list[int] = []
        at = self.all.find(words, start, end)
        while at >= 0 and len(found) < _CANDIDATES:
            found.append(at)
            at = self.all.find(words, at + 1, end)
        return found

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        letters = self.all
        found: dict[str, list[int]] = {}
        for start in range(len(letters) - GRAM + 1):
            found.setdefault(letters[start : start + GRAM], []).append(start)
        return found


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in the one form of what readers take for the same."""
    return "".join(filter(str.isalnum, plain(text)))


def plain(text: str) -> str:
    """Return a text folded, code point by code point; stars, which are folded to a letter, are Markdown's and go."""
    return fold(text.replace("*", " "))


def alike(one: str, other: str, lowest: float) -> float:
    """Return how much of two rows of letters agrees, 0 to 1; 0 where it is surely less than `lowest`."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= lowest <= matcher.quick_ratio() else 0.0
