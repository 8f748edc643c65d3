"""Words of Chinese text, for a double click: jieba over its own dictionary file, without loading it into a table."""

from __future__ import annotations

import sys
import unicodedata
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from desktop.model.span import Span

TOTAL = 60_101_967
"""The sum of all frequencies in jieba 0.42.1's dictionary."""
REACH = 60
"""How many characters on either side of the place decide where its word begins and ends."""


class Frequencies(Mapping[str, int]):
    """jieba's dictionary, looked up by bisection in its sorted lines.

    jieba itself builds a table of all words and all their prefixes, which takes 0.7 s and freezes a window; the file is
    in order but for some thirty lines, so sorting it costs next to nothing and a look-up twenty comparisons. As in
    jieba's table, a mere prefix of a word is there too, with the frequency 0.
    """

    def __init__(self, path: Path) -> None:
        self._lines = path.read_bytes().split(b"\n")
        self._lines.sort()

    def __getitem__(self, word: str) -> int:
        sought = word.encode("utf-8", "surrogatepass")
        index = bisect_left(self._lines, sought)
        if index == len(self._lines) or not self._lines[index].startswith(sought):
            raise KeyError(word)
        line = self._lines[index]
        return int(line.split(b" ")[1]) if line.startswith(sought + b" ") else 0

    def __iter__(self) -> Iterator[str]:
        return (line.split(b" ")[0].decode() for line in self._lines if line)

    def __len__(self) -> int:
        return sum(1 for line in self._lines if line)


def word_at(text: str, offset: int) -> Span:
    """Return the word that holds the code point at `offset`; in code points of `text`.

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
    for word in _tokenizer().cut(text[start:end]):
        if start + len(word) > offset:
            return Span(start, start + len(word))
        start += len(word)
    return Span(offset, offset + 1)


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Lo":
        return "han"
    if category[0] in "LNM":
        return "letter"
    if character != "\n" and (category[0] == "Z" or character == "\t"):
        return "blank"
    return "mark"


@cache
def _tokenizer() -> Any:
    # WORKAROUND: with setuptools installed jieba imports pkg_resources, which takes four times as long as jieba.
    missing = object()
    before = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            # jieba 0.42.1 has invalid escapes in its string literals.
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if before is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = Frequencies(Path(jieba.__file__).with_name("dict.txt"))
    tokenizer.total = TOTAL
    tokenizer.initialized = True
    return tokenizer
