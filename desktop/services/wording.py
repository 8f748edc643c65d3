"""How the words of a request are read: with their operators, as they stand, taken apart, as letters of pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.model.search import Mode, Request
from desktop.search.query import Query, all_of, any_of, parse
from desktop.search.questions import split_question
from desktop.text.blanks import one_line
from desktop.text.folding import fold

_SHORTEST_QUESTION = 4
_FEWEST_LETTERS = 2
_FEWEST_BESIDES = 3
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

    def only(self, stands: Callable[[str], bool]) -> Wording:
        """Return the same, but nothing is told of words that stand nowhere."""
        words = tuple(filter(stands, self.read_as))
        message = self.message.removesuffix("、".join(self.read_as)) + "、".join(words)
        return replace(self, message=message, read_as=words)


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
    relaxed = query.relaxed()
    if relaxed not in (query, literal) and not relaxed.empty:
        message = _taken_over(query, relaxed)
        yield Wording(relaxed, message)
        if message:
            yield Wording(query.relaxed(without_fields_beside_or=True), "“OR”只能连接同类条件，这里只找词")
    if _is_plain(query):
        yield from _apart(request.words.strip())


def _is_plain(query: Query) -> bool:
    """Whether a query is words and nothing else, without an operator that was meant."""
    words = [term.words for group in query.groups for term in group]
    return not (query.excluded or query.fields) and words == query.typed.split()


def _taken_over(query: Query, relaxed: Query) -> str:
    """Return what is told where a word was taken for the value of the field on the other side of an OR."""
    before = {value for field in query.fields for value in field.values}
    names = [field.name for field in relaxed.fields if len(field.values) > 1 and not before.issuperset(field.values)]
    return "；".join(f"“OR”两边都按“{name}”找" for name in dict.fromkeys(names))


def _apart(typed: str) -> Iterator[Wording]:
    if len(typed) < _SHORTEST_QUESTION or fold(typed).isascii():
        return
    words = split_question(typed)
    if len(words) > 1:
        message = f"没有“{_shortened(typed)}”，找到分开的词：{'、'.join(words)}"
        yield Wording(all_of(words), message, words)
        yield Wording(any_of(words), message, words, by_count=True)


def may_be_letters(request: Request, *, found: bool) -> bool:
    """Tell whether a request may be read as letters of pinyin; with `found` something stands there to the letter.

    Where nothing does, any two letters may. Else only three and more do, for their hits to come after the others: two
    are the initials of very many words. Capitals are mostly meant as they stand.
    """
    typed = _letters_of(request)
    if request.mode is not Mode.WORDS or not (typed.isascii() and typed.isalpha()) or len(typed) > _MOST_LETTERS:
        return False
    return len(typed) >= _FEWEST_BESIDES and typed.islower() if found else len(typed) >= _FEWEST_LETTERS


def by_letters(request: Request, letters: Letters | None, *, found: bool) -> Wording | None:
    """Return the request read as letters of pinyin, where it may be that and there are words of these letters."""
    if letters is None or not may_be_letters(request, found=found):
        return None
    typed = _letters_of(request).lower()
    words = tuple(word for word in letters.words_for(typed) if typed not in fold(word))
    if not words:
        return None
    return Wording(any_of(words), f"按拼音“{''.join(request.words.split()).lower()}”找到：{'、'.join(words)}", words)


def told(used: Sequence[Wording]) -> tuple[str, tuple[str, ...]]:
    """Return what is to be said of the ways in which a request was read, and the words they were read as."""
    messages = dict.fromkeys(wording.message for wording in used if wording.message)
    return "；".join(messages), tuple(dict.fromkeys(word for wording in used for word in wording.read_as))


def _letters_of(request: Request) -> str:
    """Return the letters of a request; ü is typed as v, too."""
    typed = unicodedata.normalize("NFKC", "".join(request.words.split()))
    return typed.replace("ü", "v").replace("Ü", "V")


def _shortened(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= 30 else words[:29] + "…"
