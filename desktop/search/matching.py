"""Matching: whether a stretch of text is what a query asks for, and where its words stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from desktop.model.search import Mode, Within
from desktop.model.span import Span
from desktop.search.patterns import Pattern
from desktop.search.query import Query, Term
from desktop.text.folding import guises
from desktop.text.keys import Key, has_invisible, make_key
from desktop.text.occurrences import occurrences
from desktop.text.sentences import split_sentences

_MOST_GUISES = 16
"""Where more characters than this may stand for those looked for, a text is folded: that takes less time."""


_BESIDE_QUOTES = frozenset("\"' ")


class Matcher:
    """Looks into one stretch of text after the other for the same query.

    Of each group of the query a term must stand in the stretch, and none that is excluded; with `within` SENTENCE they
    must begin in one sentence of it. Fields are no business of the text's.
    """

    def __init__(
        self, query: Query, within: Within = Within.CLAUSE, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Raise PatternError where the query is a regular expression that is none.

        `stopped` is asked while one takes its time: Interrupted is raised where it says so.
        """
        self._strict = query.mode is Mode.STRICT
        self._groups = list(dict.fromkeys(self._forms(group) for group in query.groups))
        self._excluded = self._forms(query.excluded)
        self._wanted = tuple({form: None for forms in self._groups for form in forms})
        self._pattern = Pattern(query.typed, stopped=stopped) if query.mode is Mode.REGEX else None
        self.simple = len(self._groups) == 1 and not self._excluded
        """Whether one group is looked for and nothing else, so that it makes no difference where a stretch ends."""
        self._whole = within is Within.CLAUSE or self.simple
        self._guises = self._guises_of("".join((*self._wanted, *self._excluded)))

    def spans(self, text: str, key: Key | None = None) -> tuple[Span, ...] | None:
        """Return where the words stand in `text` (its code points), sorted, or None where it isn't what is asked for.

        Every occurrence of every term that is looked for is there, overlapping ones too; none where only exclusions are
        asked for. `key` is that of the text, where the caller has it. Raises PatternError where a regular expression
        takes too long.
        """
        if self._pattern is not None:
            return self._pattern.spans(text) or None
        key = self._key_for(text) if key is None or self._strict else key
        if self._whole and self._excluded and _stands(self._excluded, key.text):
            return None
        found = self._found(key)
        return found if self._whole or found is None else self._in_sentences(found, text, key)

    def count(self, text: str) -> int:
        """Return how many spans there are in `text`, which takes a fraction of the time."""
        if self._pattern is not None or not self._whole:
            return len(self.spans(text) or ())
        key = self._key_for(text)
        holds_all = self.simple or self._holds_all(key.text)
        return sum([_count(form, key.text) for form in self._wanted]) if holds_all else 0

    def _key_for(self, text: str) -> Key:
        """Return a key in which the words stand where they do in that of the text: mostly the text itself."""
        return Key(text) if self._strict or self._has_no_guise(text) else make_key(text)

    def _has_no_guise(self, text: str) -> bool:
        """Whether what is looked for can stand in a text only as it is written in the query."""
        if self._guises is None:
            return False
        for guise in self._guises:  # three times as fast as any()
            if guise in text:
                return False
        return not has_invisible(text)

    def _guises_of(self, words: str) -> str | None:
        """Return what else may stand for these characters; None where only the key of a text tells."""
        if not _BESIDE_QUOTES.isdisjoint(words):  # keys leave out blanks there
            return None
        found = guises(words)
        return found if len(found) <= _MOST_GUISES else None

    def _holds_all(self, key: str) -> bool:
        return not _stands(self._excluded, key) and all(_stands(forms, key) for forms in self._groups)

    def _forms(self, terms: Iterable[Term]) -> tuple[str, ...]:
        return tuple({form: None for term in terms for form in ((term.words,) if self._strict else term.forms)})

    def _found(self, key: Key) -> tuple[Span, ...] | None:
        """Return where the words stand, None where none of a group does."""
        spans: list[Span] = []
        for forms in self._groups:
            before = len(spans)
            spans += _occurrences(forms, key)
            if len(spans) == before:
                return None
        return tuple(sorted(set(spans)) if len(self._wanted) > 1 else spans)

    def _in_sentences(self, spans: tuple[Span, ...], text: str, key: Key) -> tuple[Span, ...] | None:
        """Return those of the spans in whose sentence all that is looked for stands."""
        starts = sentence_starts(text)

        def sentences(forms: tuple[str, ...]) -> set[int]:
            return {bisect_right(starts, span.start) for span in _occurrences(forms, key)}

        good = set(range(1, len(starts) + 1)).intersection(*map(sentences, self._groups))
        good -= sentences(self._excluded)
        if not good:
            return None
        return tuple(span for span in spans if bisect_right(starts, span.start) in good)


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin, line by line; the first is always 0. An empty line is one."""
    starts: list[int] = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        starts += [sentence.start for sentence in split_sentences(text, begin, end)] or [begin]
        begin = end + 1
    return starts


def _stands(forms: tuple[str, ...], key: str) -> bool:
    return forms[0] in key if len(forms) == 1 else any(form in key for form in forms)


def _count(form: str, key: str) -> int:
    overlaps = form[:1] in form[1:]  # some of its occurrences may
    return sum(1 for _ in occurrences(key, form)) if overlaps else key.count(form)


def _occurrences(forms: tuple[str, ...], key: Key) -> list[Span]:
    if key.dropped:
        return [key.span(start, len(form)) for form in forms for start in occurrences(key.text, form)]
    return [Span(start, start + len(form)) for form in forms for start in occurrences(key.text, form)]
