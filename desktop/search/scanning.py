"""Plain substring search over folded text: exact, from one character on, without an index."""

from __future__ import annotations

from bisect import bisect_right

from desktop.model.edition import Edition
from desktop.model.mark import Mark
from desktop.model.outline import Outline
from desktop.model.search import Hit, Where
from desktop.model.span import Span
from desktop.text.folding import fold
from desktop.text.occurrences import occurrences
from desktop.text.sentences import split_sentences


class Scanner:
    """Finds one string wherever it stands. `strict` compares characters as they are, else both sides are folded."""

    def __init__(self, words: str, *, strict: bool = False) -> None:
        self._strict = strict
        self._words = words if strict else fold(words)

    def in_text(self, edition: Edition, outline: Outline, folded: str | None = None) -> list[Hit]:
        """Find the words in an edition's text. `folded` is that text folded, where the caller has it."""
        text = edition.text
        matched = text if self._strict else (folded if folded is not None else fold(text))
        hits = []
        context = Span(0, 0)
        for start in occurrences(matched, self._words):
            if not context.start <= start < context.end:
                context = _sentence(text, outline, start)
            hits.append(
                Hit(
                    document_id=edition.document_id,
                    edition_id=edition.id,
                    where=Where.TEXT,
                    span=Span(start, start + len(self._words)),
                    context=context.of(text),
                    context_start=context.start,
                    offset=start,
                )
            )
        return hits

    def in_mark(self, mark: Mark) -> list[Hit]:
        """Find the words in the note and the tags of a mark."""
        hits = []
        for where, text in ((Where.NOTE, mark.note), *((Where.TAG, tag) for tag in mark.tags)):
            starts = list(occurrences(text if self._strict else fold(text), self._words))
            sentences = _sentences(text) if starts and where is Where.NOTE else [Span(0, len(text))]
            for start in starts:
                context = sentences[max(0, bisect_right(sentences, start, key=lambda span: span.start) - 1)]
                hits.append(
                    Hit(
                        document_id=mark.document_id,
                        edition_id=mark.edition_id,
                        where=where,
                        span=Span(start, start + len(self._words)),
                        context=context.of(text),
                        context_start=context.start,
                        offset=mark.span.start,
                        mark_id=mark.id,
                    )
                )
        return hits


def _sentence(text: str, outline: Outline, offset: int) -> Span:
    """Return the sentence at `offset`, or its line where it stands outside the clauses."""
    found = outline.sentence_at(offset)
    if found:
        node, number = found
        if node.clause.start <= offset < node.clause.end:
            return node.clause.sentences[number - 1]
    return _line(text, offset)


def _sentences(text: str) -> list[Span]:
    """Return the sentences of a note, line by line; the whole of it where it has none."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        found += split_sentences(text, start, start + len(line))
        start += len(line) + 1
    return found or [Span(0, len(text))]


def _line(text: str, offset: int) -> Span:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Span(start, len(text) if end < 0 else end)
