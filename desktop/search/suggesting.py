"""Suggests words: how a beginning may go on, and what stands unusually often beside what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from math import log

from desktop.search.questions import content_words
from desktop.search.vocabulary import Vocabulary
from desktop.text.words import quoted_terms

MOST_TEXTS = 200
"""From how many texts related words are taken."""
FEW_TEXTS = 10
"""In fewer texts than these a word must stand twice to count, else three times."""

UNUSUAL = 1.5
"""How many times more often than in the library a word must stand in the texts."""

_LABEL = re.compile("第[〇一二三四五六七八九十百千]+.?")


def suggest(vocabulary: Vocabulary, prefix: str, limit: int = 10) -> tuple[str, ...]:
    """Return words of the library that complete what was typed, the most frequent first; letters are read as pinyin."""
    return vocabulary.beginning_with(prefix, limit) or vocabulary.words_for(prefix, limit)


def related_words(
    vocabulary: Vocabulary, texts: Iterable[str], limit: int = 8, *, without: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return words that stand unusually often in these texts of the library, the most telling first.

    The texts are those of the units found, of which the first `MOST_TEXTS` are read; `without` are the words they were
    found by, and what holds one of these or lies in one is left out, as are labels (第一条). A word weighs as many as
    it has texts, times the logarithm of how many times more often it stands in them than in the library. Few or none
    where nothing stands out.
    """
    texts = list(islice(texts, MOST_TEXTS))
    terms = quoted_terms("\n".join(texts))
    often: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for text in texts:
        words = [word for word in content_words(text, terms) if _says_something(word)]
        often.update(words)
        spread.update(set(words))
    least = 2 if len(texts) < FEW_TEXTS else 3
    sought = tuple(without)
    candidates = [
        word
        for word, count in spread.items()
        if count >= least and not any(word in other or other in word for other in sought)
    ]
    share = vocabulary.total / max(1, often.total())
    ratios = {word: often[word] * share / count for word, count in vocabulary.counts(candidates).items()}
    weights = {word: spread[word] * log(ratio) for word, ratio in ratios.items() if ratio > UNUSUAL}
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:limit])


def _says_something(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and not _LABEL.fullmatch(word)
