"""Matching: whether a stretch of text is what a query asks for, and where its words stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from desktop.model.search import Mode, Within
from desktop.model.span import Span
from desktop.search.patterns import Pattern
from desktop.search.query import Query, Term
from desktop.text.keys import Key, make_key
from desktop.text.occurrences import occurrences
from desktop.text.sentences import split_sentences


class Matcher:
    """Looks into one stretch of text after the other for the same query.

    Of each group of the query a term must stand in the stretch, and none that is excluded; with `within` SENTENCE they
    must begin in one sentence of it. Fields are no business of the text's.
    """

    def __init__(self, query: Query, within: Within = Within.CLAUSE) -> None:
        """Raise PatternError where the query is a regular expression that is none."""
        self._strict = query.mode is Mode.STRICT
        self._groups = [self._forms(group) for group in query.groups]
        self._excluded = self._forms(query.excluded)
        self._one_form = sum(map(len, self._groups)) == 1
        self._pattern = Pattern(query.typed) if query.mode is Mode.REGEX else None
        self.simple = len(self._groups) == 1 and not self._excluded
        """Whether one group is looked for and nothing else, so that it makes no difference where a stretch ends."""
        self._whole = within is Within.CLAUSE or self.simple

    def spans(self, text: str, key: Key | None = None) -> tuple[Span, ...] | None:
        """Return where the words stand in `text` (its code points), sorted, or None where it isn't what is asked for.

        Every occurrence of every term that is looked for is there, overlapping ones too; none where only exclusions are
        asked for. `key` is that of the text, where the caller has it. Raises PatternError where a regular expression
        takes too long.
        """
        if self._pattern is not None:
            return tuple(self._pattern.spans(text)) or None
        if self._strict:
            key = Key(text)
        elif key is None:
            key = make_key(text)
        if not all(_stands(forms, key.text) for forms in self._groups):
            return None
        if self._whole:
            return None if _stands(self._excluded, key.text) else self._found(key)
        return self._spans_in_sentences(text, key)

    def _forms(self, terms: Iterable[Term]) -> tuple[str, ...]:
        return tuple({form: None for term in terms for form in ((term.words,) if self._strict else term.forms)})

    def _found(self, key: Key) -> tuple[Span, ...]:
        spans = [span for forms in self._groups for span in _occurrences(forms, key)]
        return tuple(spans) if self._one_form else tuple(sorted(set(spans)))

    def _spans_in_sentences(self, text: str, key: Key) -> tuple[Span, ...] | None:
        starts = sentence_starts(text)

        def sentences(forms: Iterable[str]) -> set[int]:
            return {bisect_right(starts, span.start) for span in _occurrences(forms, key)}

        good = set(range(1, len(starts) + 1)).intersection(*map(sentences, self._groups))
        good -= sentences(self._excluded)
        if not good:
            return None
        return tuple(span for span in self._found(key) if bisect_right(starts, span.start) in good)


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin, line by line; the first is always 0. An empty line is one."""
    starts: list[int] = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        starts += [sentence.start for sentence in split_sentences(text, begin, end)] or [begin]
        begin = end + 1
    return starts


def _stands(forms: Iterable[str], key: str) -> bool:
    return any(form in key for form in forms)


def _occurrences(forms: Iterable[str], key: Key) -> Iterator[Span]:
    return (key.span(start, len(form)) for form in forms for start in occurrences(key.text, form))
