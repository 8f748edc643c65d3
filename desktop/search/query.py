"""From what a user types to what is looked for: words, phrases, alternatives, exclusions and fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.model.search import Mode
from desktop.search.years import year_forms
from desktop.text.folding import DOUBLE_QUOTES, SINGLE_QUOTES, fold
from desktop.text.keys import make_key

_HYPHENS = "-－"
_COLONS = ":："
_LONGEST_WITH_OPERATORS = 1000
_OR = ("or", "|")
_BAR = re.compile("[|\uff5c]")


class FieldName(StrEnum):
    """What a search can be narrowed by, as it is typed before a colon."""

    TAG = "标签"
    COLOUR = "颜色"
    MEETING = "会议"
    DOCUMENT = "文件"
    CLAUSE = "条款"
    AUTHOR = "作者"
    DATE = "日期"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand somewhere as they are.

    `forms` are what is looked for in search keys, any of them (a year in digits or in characters). Of a strict query
    they only tell where it can stand; empty forms tell nothing, and the term may stand anywhere.
    """

    words: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A narrowing: what the field `name` holds is one of `values`, or none of them where it is `excluded`."""

    name: FieldName
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: of each group one term at least, none of the excluded ones, within what the fields leave.

    In a regular expression (`mode` REGEX) there are no terms: `typed` is the pattern.
    """

    typed: str
    mode: Mode = Mode.WORDS
    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is looked for."""
        return not (self.groups or self.fields or (self.mode is Mode.REGEX and self.typed))

    @property
    def only_fields(self) -> bool:
        """Whether there are no words to be found, only something to narrow by."""
        return bool(self.fields) and not self.groups

    def literal(self) -> Query:
        """Return the query without operators: all that was typed as it is, blanks at its edges aside."""
        return self if self.mode is not Mode.WORDS else _of_words(self.typed, ((self.typed.strip(),),))

    def relaxed(self, *, without_fields_beside_or: bool = False) -> Query:
        """Return the query as it is meant where an operator isn't finished, or not written as it should be.

        A quotation mark without a partner and an OR with one side are as if they weren't there, 甲|乙 is 甲 OR 乙, and
        标签:甲 OR 乙 is one of two tags, or the word 乙 alone. The result may be empty.
        """
        if self.mode is not Mode.WORDS or len(self.typed) > _LONGEST_WITH_OPERATORS:
            return self
        return _assembled(self.typed, _relaxed(self.typed, takes_over=not without_fields_beside_or))


def parse(typed: str, mode: Mode = Mode.WORDS) -> Query:
    """Read what a user typed; nothing is an error.

    Several words are all looked for; 甲 OR 乙 (also |) is one of the two and binds tighter; "…" (any quotation marks)
    is a phrase; -甲 excludes; 标签:甲 (or ：, the value in quotation marks where it has blanks) narrows, -标签:甲 the
    other way round. All these stand at the borders of words, between blanks: a quotation mark, hyphen or colon inside a
    word is an ordinary character, and so is an operator that has nothing to work on. What is longer than a thousand
    code points is a passage and read as it is; STRICT and REGEX have no operators.
    """
    if mode is Mode.REGEX:
        return Query(typed, mode)
    if mode is Mode.STRICT:
        if not typed:
            return Query(typed, mode)
        # Blanks beside quotation marks are not in keys, and what stood around the words isn't known.
        form = make_key(typed).text.strip(" ")
        return Query(typed, mode, ((Term(typed, (form,) if form else ()),),))
    query = Query(typed)
    if len(typed) <= _LONGEST_WITH_OPERATORS:
        query = _assembled(typed, _joined(list(_tokens(typed))))
    return query.literal() if query.empty else query


def has_loose_or(typed: str) -> bool:
    """Return whether an OR stands in what a user typed that has no two sides of a kind, so that it is a word."""
    return any(_is_or(tokens[0]) for tokens in _joined(list(_tokens(typed))))


def fields_unknown(typed: str) -> list[str]:
    """Return the names before colons in what a user typed that narrow nothing, so that they are words."""
    words = (token.words for token in _tokens(typed) if token.field is None and not token.phrase)
    return [match[1] for match in map(_NAMED.match, words) if match]


def all_of(words: Iterable[str]) -> Query:
    """Return a query for clauses in which all of these words stand."""
    words = tuple(words)
    return _of_words(" ".join(words), ((word,) for word in words))


def any_of(words: Iterable[str]) -> Query:
    """Return a query for clauses in which one of these words stands."""
    words = tuple(words)
    return _of_words(" OR ".join(words), (words,))


def _of_words(typed: str, groups: Iterable[Iterable[str]]) -> Query:
    made = (tuple(_term(words) for words in group if make_key(words).text) for group in groups)
    return Query(typed, Mode.WORDS, tuple(group for group in made if group))


def _term(words: str) -> Term:
    return Term(words, year_forms(make_key(words).text))


_NAMED = re.compile(rf"([^\W\d_]+)[{_COLONS}]")
"""A word that looks like a field. What begins with a digit is a time or a proportion."""


class _Token(NamedTuple):
    """A word with what was read before it; `source` is how it was typed."""

    source: str
    words: str
    excluded: bool = False
    field: FieldName | None = None
    phrase: bool = False


_PHRASE = "|".join(
    rf"[{marks}](?P<{name}>(?:(?![{marks}](?:\s|\Z)).)+)[{marks}](?=\s|\Z)"
    for name, marks in (("double", DOUBLE_QUOTES), ("single", SINGLE_QUOTES))
)
_WORD = re.compile(
    rf"(?P<hyphen>[{_HYPHENS}](?=\S))?"
    rf"(?:(?P<field>{'|'.join(FieldName)})[{_COLONS}]\s*(?=\S))?"
    rf"(?:{_PHRASE}|(?P<word>\S+))",
    re.DOTALL,
)


def _tokens(typed: str) -> Iterator[_Token]:
    position = 0
    while match := _WORD.search(typed, position):
        position = match.end()
        phrase = (match["double"] or match["single"] or "").strip()
        words = phrase or match["word"]
        if words and not make_key(words).text:  # nobody sees it
            continue
        if not words or (match["hyphen"] and words[0] in _HYPHENS):  # "" and --: no operators
            yield _Token(match[0], match[0])
            continue
        field = FieldName(match["field"]) if match["field"] else None
        yield _Token(match[0], words, bool(match["hyphen"]), field, bool(phrase))


def _joined(tokens: list[_Token]) -> list[list[_Token]]:
    """Return the tokens in groups of alternatives: those between which an OR stands that has two sides."""
    groups: list[list[_Token]] = []
    joins = {index for index in range(1, len(tokens) - 1) if _joins(*tokens[index - 1 : index + 2])}
    for index, token in enumerate(tokens):
        if index - 1 in joins:
            groups[-1].append(token)
        elif index not in joins:
            groups.append([token])
    return groups


def _relaxed(typed: str, *, takes_over: bool) -> Iterator[list[_Token]]:
    """Yield the groups of what is meant: see `Query.relaxed`."""
    sources = (token.source if token.phrase else _BAR.sub(" | ", token.source) for token in _tokens(typed))
    tokens = [token for token in map(_without_strays, _tokens(" ".join(sources))) if token.words]
    for index in range(2, len(tokens)):
        before, between, token = tokens[index - 2 : index + 1]
        if _is_or(between) and before.field and not (token.field or token.excluded or _is_or(token)):
            if takes_over:
                tokens[index] = token._replace(field=before.field, excluded=before.excluded)
            else:
                tokens[index - 2] = tokens[index - 1] = _Token("", "")
    yield from (group for group in _joined([token for token in tokens if token.words]) if not _is_or(group[0]))


def _without_strays(token: _Token) -> _Token:
    """Return a word without the quotation marks at its edges that have no partner in it."""
    words = token.words
    for marks in () if token.phrase else (DOUBLE_QUOTES, SINGLE_QUOTES):
        if sum(map(words.count, marks)) % 2:
            words = words.strip(marks)
    return token._replace(words=words)


def _joins(before: _Token, token: _Token, behind: _Token) -> bool:
    """Whether a token is an OR between two words, or between two values of one field."""
    if not _is_or(token) or _is_or(before) or _is_or(behind) or before.excluded != behind.excluded:
        return False
    return before.field is behind.field and (before.field is not None or not before.excluded)


def _is_or(token: _Token) -> bool:
    return fold(token.source) in _OR


def _assembled(typed: str, joined: Iterable[list[_Token]]) -> Query:
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    fields: list[Field] = []
    for tokens in joined:
        first = tokens[0]
        if first.field is not None:
            fields.append(Field(first.field, tuple(token.words for token in tokens), first.excluded))
        elif first.excluded:
            excluded.append(_term(first.words))
        else:
            groups.append(tuple(_term(token.words) for token in tokens))
    return Query(typed, Mode.WORDS, tuple(groups), tuple(excluded), tuple(fields))
