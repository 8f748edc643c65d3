"""Searching the library: in texts, notes and tags at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.model.mark import Mark
from desktop.model.search import Hit
from desktop.search.scanning import Scanner
from desktop.services.reading import Reading, editions_of, open_reading

if TYPE_CHECKING:
    from desktop.storage.library import Library


def search_reading(reading: Reading, marks: Iterable[Mark], words: str, *, strict: bool = False) -> list[Hit]:
    """Find `words` in one open text and in the notes and tags of its marks, the hits in the text first.

    Every occurrence is a hit, overlapping ones too. `strict` compares the characters as they are, without folding.
    """
    scanner = Scanner(words, strict=strict)
    hits = scanner.in_text(reading.edition, reading.outline, None if strict else reading.folded)
    for mark in marks:
        hits.extend(scanner.in_mark(mark))
    return hits


def search_library(library: Library, words: str, *, strict: bool = False) -> list[tuple[Reading, Hit]]:
    """Find `words` in every text, note and tag of the library, document by document."""
    found: list[tuple[Reading, Hit]] = []
    for document in library.documents.all():
        for edition_id in editions_of(library, document.id):
            reading = open_reading(library, edition_id)
            marks = library.marks.of_edition(edition_id)
            found.extend((reading, hit) for hit in search_reading(reading, marks, words, strict=strict))
    return found
