"""Words of Chinese text: under a double click, and of whole texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from desktop.model.span import Span
from desktop.text.dictionary import Words, coined, dictionary, enter, frequency_of, weight_of

REACH = 60
"""How many characters on either side of the place decide where its word begins and ends."""

# What jieba cuts into words; everything else is cut into characters.
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%-]+)")
_CHARACTER = re.compile(r"\r\n|.", re.DOTALL)
_QUOTATION = re.compile("“([^“”\n]{2,40})”|「([^「」\n]{2,40})」|『([^『』\n]{2,40})』")
_TERM = re.compile("(?<![\u4e00-\u9fd5])[\u4e00-\u9fd5]{2,12}(?![\u4e00-\u9fd5])")
_UNKNOWN = weight_of(1)
_NONE = -1e300


class Cutter:
    """Cuts text into words as jieba does, its model for unknown words included; `terms` stay whole besides.

    Ready at once: the dictionary is read as characters come up. May be used on any thread.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._words: dict[str, Words] = {}
        self._terms: dict[str, list[str]] = {}
        for term in terms:
            self._terms.setdefault(term[:1], []).append(term)

    def cut(self, text: str) -> Iterator[str]:
        """Yield the words of `text`, and all that is between them; joined they are the text again."""
        for index, block in enumerate(_BLOCK.split(text)):
            if index % 2:
                yield from self._cut_block(block)
            else:
                yield from _CHARACTER.findall(block)

    def _cut_block(self, block: str) -> Iterator[str]:
        start = run = 0
        ends, _weight = self._likeliest(block)
        while start < len(block):
            end = ends[start]
            if end - start > 1:
                yield from self._cut_run(block[run:start])
                yield block[start:end]
                run = end
            start = end
        yield from self._cut_run(block[run:])

    def _cut_run(self, run: str) -> Iterable[str]:
        """Cut characters that stand for themselves on the likeliest way."""
        if len(run) < 2 or self._beginning_with(run[0]).get(run, _NONE) > _NONE:
            return run
        return coined(run)

    def _likeliest(self, block: str) -> tuple[list[int], float]:
        """Return where the word at each place ends on the likeliest way from there, and the weight of the whole way."""
        size = len(block)
        best = [0.0] * (size + 1)
        ends = [0] * size
        known = self._words
        for start in range(size - 1, -1, -1):
            words = known.get(block[start])
            if words is None:
                words = self._beginning_with(block[start])
            top, chosen = _NONE, 0
            for end in range(start + 1, size + 1):
                weight = words.get(block[start:end])
                if weight is None:
                    break
                weight += best[end]
                if weight >= top:
                    top, chosen = weight, end
            if not chosen:
                top, chosen = _UNKNOWN + best[start + 1], start + 1
            best[start], ends[start] = top, chosen
        return ends, best[0]

    def _beginning_with(self, character: str) -> Words:
        words = self._words.get(character)
        if words is None:
            words = dictionary().beginning_with(character)
            if character in self._terms:
                words = dict(words)
                for term in self._terms[character]:
                    enter(words, term, max(words.get(term, _NONE), _whole(term)))
            self._words[character] = words
        return words


def cut(text: str, terms: Iterable[str] = ()) -> Iterator[str]:
    """Yield the words of `text`, and all that is between them; `terms` stay whole."""
    return Cutter(terms).cut(text)


def is_word(word: str) -> bool:
    """Return whether the dictionary has this word."""
    return word in dictionary()


def word_at(text: str, offset: int, terms: Iterable[str] = ()) -> Span:
    """Return the word that holds the code point at `offset`; in code points of `text`. `terms` are words too.

    A punctuation mark is a word by itself, a stretch of blanks too; at the end of a line the word before is taken.
    """
    if offset >= len(text) or text[offset] == "\n":
        offset -= 1
    if offset < 0 or text[offset] == "\n":
        return Span(offset + 1, offset + 1)
    kind = _kind(text[offset])
    if kind == "mark":
        return Span(offset, offset + 1)
    start, end = offset, offset + 1
    while start > 0 and offset - start < REACH and _kind(text[start - 1]) == kind:
        start -= 1
    while end < len(text) and end - offset < REACH and _kind(text[end]) == kind:
        end += 1
    if kind != "han":
        return Span(start, end)
    stretch = text[start:end]
    for word in cut(stretch, [term for term in terms if term in stretch]):
        if start + len(word) > offset:
            return Span(start, start + len(word))
        start += len(word)
    return Span(offset, offset + 1)


def quotations(text: str) -> Iterator[str]:
    """Yield what stands in quotation marks (“…” 「…」 『…』) within a line, without blanks around it.

    Of two to forty code points each: longer ones are speech.
    """
    for found in _QUOTATION.finditer(text):
        quoted = next(filter(None, found.groups())).strip()
        if quoted:
            yield quoted


@lru_cache(maxsize=2)
def quoted_terms(text: str) -> frozenset[str]:
    """Return the terms a text names in quotation marks: what its writers made a word of (“稳五进三布二”).

    They are the stretches of two to twelve Han characters in its quotations; “制造立市、文旅兴城” holds two.
    """
    return frozenset(term for quoted in quotations(text) for term in _TERM.findall(quoted))


@lru_cache(maxsize=1 << 14)
def _whole(term: str) -> float:
    """Return a weight that just outweighs the words the term is made of."""
    _ends, weight = _ALONE._likeliest(term)  # noqa: SLF001
    return weight_of(frequency_of(weight) + 1)


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Lo":
        return "han"
    if category[0] in "LNM":
        return "letter"
    if character != "\n" and (category[0] == "Z" or character == "\t"):
        return "blank"
    return "mark"


_ALONE = Cutter()
