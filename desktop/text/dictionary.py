"""jieba's dictionary and its model for words it lacks, read as texts need them."""

from __future__ import annotations

import sys
import warnings
from bisect import bisect_left
from functools import cache, lru_cache
from math import exp, log
from pathlib import Path
from typing import Any

TOTAL = 60_101_967
"""The sum of all frequencies in jieba 0.42.1's dictionary."""
PREFIX = float("-inf")
"""The weight of what only begins a word."""
LONGEST_RUN = 400
"""How many characters the model is given at once: its time grows with the square of them."""

Words = dict[str, float]
"""Words with one beginning, and all beginnings of these words, each with its weight."""


def weight_of(frequency: float) -> float:
    """Return the weight of a word: the logarithm of how likely it is; `PREFIX` for the frequency 0."""
    return log(frequency) - log(TOTAL) if frequency else PREFIX


def frequency_of(weight: float) -> float:
    """Return how often a word of this weight stands in a text as large as the dictionary's."""
    return exp(weight) * TOTAL


class Dictionary:
    """The words of a dictionary by their first character; those of a character are read when it is first asked for.

    jieba itself builds a table of all words and all their prefixes, which takes half a second and freezes a window.
    The file is in order but for some thirty lines, so that sorting it costs next to nothing, and a text needs the words
    of a few hundred characters.
    """

    def __init__(self, path: Path) -> None:
        self._lines = path.read_bytes().split(b"\n")
        self._lines.sort()
        self._read: dict[str, Words] = {}

    def __contains__(self, word: str) -> bool:
        return self.beginning_with(word[:1]).get(word, PREFIX) > PREFIX

    def beginning_with(self, character: str) -> Words:
        """Return the words that begin with a character; not to be changed."""
        words = self._read.get(character)
        if words is None:
            words = self._read[character] = self._read_words(character)
        return words

    def _read_words(self, character: str) -> Words:
        words: Words = {}
        beginning = character.encode("utf-8", "surrogatepass")
        first = bisect_left(self._lines, beginning)
        for line in self._lines[first : bisect_left(self._lines, beginning + b"\xff", first)]:
            word, frequency, _kind = line.decode().split(" ")
            enter(words, word, weight_of(int(frequency)))
        return words


def enter(words: Words, word: str, weight: float) -> None:
    """Add a word and its beginnings; a word that is there takes the new weight."""
    for end in range(1, len(word)):
        words.setdefault(word[:end], PREFIX)
    words[word] = weight


@cache
def dictionary() -> Dictionary:
    """Return jieba's dictionary."""
    return Dictionary(Path(_jieba().__file__).with_name("dict.txt"))


@lru_cache(maxsize=1 << 14)
def coined(run: str) -> tuple[str, ...]:
    """Cut a run of characters that the dictionary has no words for, by jieba's model of how words are made."""
    cut = _jieba().finalseg.cut
    return tuple(word for start in range(0, len(run), LONGEST_RUN) for word in cut(run[start : start + LONGEST_RUN]))


@cache
def _jieba() -> Any:
    # WORKAROUND: with setuptools installed jieba imports pkg_resources, which takes four times as long as jieba.
    missing = object()
    before = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            # jieba 0.42.1 has invalid escapes in its string literals.
            warnings.simplefilter("ignore")
            import jieba.finalseg
    finally:
        if before is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    return jieba
