"""A text that is open: the document, its edition, and the outline of it.

The window paints a text before it knows its addresses and marks: these are imported where they are asked for.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.errors import LibraryError, UserError
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.codec import outline_from_cache, outline_to_cache
from desktop.parsing.version import PARSER_VERSION

if TYPE_CHECKING:
    from desktop.model.mark import Mark
    from desktop.storage.library import Library
    from desktop.text.keys import Key


@dataclass(frozen=True)
class Reading:
    """One edition opened for reading. Offsets are code points of `text`."""

    document: Document
    edition: Edition
    outline: Outline

    @property
    def text(self) -> str:
        """The text of the edition."""
        return self.edition.text

    @property
    def waiting(self) -> bool:
        """Whether there is no text yet, and only colleagues' marks that wait for it."""
        return not self.edition.format

    @cached_property
    def key(self) -> Key:
        """The text in the form in which words are looked for in it."""
        from desktop.text.keys import make_key

        return make_key(self.edition.text)

    def address(self, offset: int) -> str:
        """Return how people name the place at `offset` ("七 · 25 · 第3句")."""
        from desktop.parsing.addressing import address_at

        return address_at(self.outline, offset)

    def address_of(self, mark: Mark) -> str:
        """Return how people name the place a mark stands on; of one that was not found, that it was not."""
        from desktop.model.mark import VERDICT_TITLES

        if mark.lost:
            return VERDICT_TITLES[mark.placing.verdict]
        from desktop.parsing.addressing import address_of_place

        return address_of_place(self.outline, mark.place)

    def quote_of(self, mark: Mark) -> str:
        """Return the words a mark stands on; for a mark on a clause, the clause's label and title or first sentence.

        Of one that was not found, the words it was made on.
        """
        from desktop.model.mark import ClausePlace

        if not isinstance(mark.place, ClausePlace):
            return mark.place.exact
        if mark.lost:
            return mark.place.words or " ".join(mark.place.path)
        node = self.outline.at(mark.place.start)
        if node is None or not node.clause.sentences:
            return mark.place.span.of(self.text)
        return node.clause.sentences[0].of(self.text).rstrip()

    def quotation(self, span: Span) -> str:
        """Return the words at `span` in quotation marks with their source, ready to be pasted into another text."""
        from desktop.parsing.addressing import citation

        words = plain(span.of(self.text))
        return f"“{inner_quotes(words)}”（《{self.document.title}》{citation(self.outline, span)}）"


def plain(words: str) -> str:
    """Return words with their paragraphs, without the blank lines between them."""
    return "\n".join(line for line in words.split("\n") if line.strip())


def inner_quotes(words: str) -> str:
    """Turn double quotation marks into single ones, as a quotation within a quotation is written in Chinese.

    Single ones, within those, become double again; where they don't come in pairs they are apostrophes and stay.
    """
    paired = words.count("‘") == words.count("’")
    return words.translate(_TURNED if paired else _DOUBLE_TURNED)


_DOUBLE_TURNED = str.maketrans("“”", "‘’")
_TURNED = str.maketrans("“”‘’", "‘’“”")


def trimmed(text: str, span: Span) -> Span:
    """Return `span` without blanks and line ends at its edges.

    Raises UserError where nothing is left.
    """
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    if start >= end:
        raise UserError("没有选中文字：请先用鼠标或 Shift+方向键选中一段文字。")
    return Span(start, end)


def open_reading(library: Library, edition_id: str) -> Reading:
    """Open one edition of the library; its outline comes from the cache or is made anew.

    Raises UserError where the edition is not in the library, or it or its document was removed.
    """
    edition = library.editions.get(edition_id)
    document = library.documents.get(edition.document_id) if edition else None
    if edition is None or edition.removed or document is None or document.removed:
        raise UserError("文库里没有这个文件，它可能已被移除。")
    return Reading(document, edition, outline_of(library, edition))


def editions_of(library: Library, document_id: str) -> list[str]:
    """Return the ids of a document's editions, the latest last."""
    return [edition.id for edition in library.editions.summaries() if edition.document_id == document_id]


def outline_of(library: Library, edition: Edition) -> Outline:
    """Return the outline of an edition, from the cache where this parser made it, else made anew and kept there."""
    cached = library.editions.outline_cache(edition.id, PARSER_VERSION)
    if cached is not None:
        with suppress(ValueError):  # what is derived can be derived again
            return outline_from_cache(cached)
    from desktop.parsing.outline import parse_outline

    outline = parse_outline(edition.text, edition.hints)
    if not library.read_only:
        with suppress(LibraryError):  # a full disk is no reason not to read
            library.editions.keep_outline(edition.id, PARSER_VERSION, outline_to_cache(outline))
    return outline
