"""How the words of a request are read: with their operators, as they stand, taken apart, as letters of pinyin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.model.search import Mode, Request
from desktop.search.query import Query, all_of, any_of, parse
from desktop.search.questions import split_question
from desktop.text.folding import fold

_SHORTEST_QUESTION = 4
_FEWEST_LETTERS = 2
_MOST_LETTERS = 60


class Letters(Protocol):
    """Knows words by the letters of their pinyin."""

    def words_for(self, letters: str, limit: int = 20) -> Sequence[str]:
        """Return the words whose initials or pinyin are these letters, the most frequent first."""
        ...


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to read a request. `message` and `read_as` are for the user, empty where it is read to the letter.

    With `by_count` clauses with more of the words come first.
    """

    query: Query
    message: str = ""
    read_as: tuple[str, ...] = ()
    by_count: bool = False


def wordings(request: Request) -> Iterator[Wording]:
    """Yield the ways to read a request; each is for the case that those before it find nothing."""
    query = parse(request.words, request.mode)
    if query.empty:
        return
    yield Wording(query)
    if query.mode is not Mode.WORDS:
        return
    literal = query.literal()
    if literal != query:
        yield Wording(literal)
    if _is_plain(query):
        yield from _apart(request.words.strip())


def _is_plain(query: Query) -> bool:
    """Whether a query is words and nothing else, without an operator that was meant."""
    words = [term.words for group in query.groups for term in group]
    return not (query.excluded or query.fields) and words == query.typed.split()


def _apart(typed: str) -> Iterator[Wording]:
    if len(typed) < _SHORTEST_QUESTION or typed.isascii():
        return
    words = split_question(typed)
    if len(words) > 1:
        message = f"没有“{_shortened(typed)}”，找到分开的词：{'、'.join(words)}"
        yield Wording(all_of(words), message, words)
        yield Wording(any_of(words), message, words, by_count=True)


def by_letters(request: Request, letters: Letters | None) -> Wording | None:
    """Return the request read as letters of pinyin, where it is that and there are words of these letters."""
    typed = fold("".join(request.words.split()))
    if letters is None or request.mode is not Mode.WORDS or not (typed.isascii() and typed.isalpha()):
        return None
    if not _FEWEST_LETTERS <= len(typed) <= _MOST_LETTERS:
        return None
    words = tuple(letters.words_for(typed))
    if not words:
        return None
    return Wording(any_of(words), f"按拼音“{typed}”找到：{'、'.join(words)}", words)


def _shortened(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"
