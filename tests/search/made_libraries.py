"""Small libraries for the tests of the index, and what a source gives of them."""

# ruff: noqa: RUF001 (characters that look alike are what folding is about)

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from desktop.model.edition import Edition
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.search.index import Index
from desktop.search.lookup import IndexSource
from desktop.search.matching import Matcher
from desktop.search.query import Query, parse
from desktop.search.scanning import LibraryTexts
from desktop.search.source import EVERYTHING, Narrowing, Source, Unit
from desktop.services.command import perform
from desktop.services.importing import ImportedFile, import_document
from desktop.services.marking import Marker
from desktop.services.reading import open_reading, outline_of
from desktop.storage.library import Library

ALL = Query("")
"""Every unit is a candidate of it."""


def add_text(library: Library, text: str) -> Edition:
    """Import a text as a document of its own."""
    command = import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    return command.edition


def add_note(library: Library, edition_id: str, note: str, start: int = 0, tags: tuple[str, ...] = ()) -> str:
    """Put a note on two characters of a text; return the mark's id."""
    reading = open_reading(library, edition_id)
    command = Marker(library, reading).note(Span(start, start + 2), note, tags)
    perform(library, command)
    return command.marks[0].id


def catch_up(index: Index, library: Library) -> None:
    """Bring the index up to the library, which must work."""
    assert index.catch_up(library, outline_of, lambda: False, lambda _done, _all: None)
    assert index.is_current(library)


def plain(units: Iterable[Unit]) -> list[Unit]:
    """Return units without their numbers, which every source has of its own."""
    return [replace(unit, number=0) for unit in units]


def found(source: Source, query: Query, narrowing: Narrowing = EVERYTHING) -> list[tuple[Unit, object]]:
    """Return the units that are what a query asks for, with the places in them."""
    matcher = Matcher(query)
    units = list(source.candidates(query, narrowing))
    assert [unit.number for unit in units] == sorted({unit.number for unit in units})
    return [(unit, spans) for unit in plain(units) if (spans := matcher.spans(unit.text)) is not None]


def same_as_scanned(index: Index, library: Library, *typed: str) -> None:
    """Make sure that index and texts give the same units, in the same order, and the same hits."""
    indexed, scanned = IndexSource(index), LibraryTexts(library, outline_of)
    assert plain(indexed.candidates(ALL, EVERYTHING)) == plain(scanned.candidates(ALL, EVERYTHING))
    for words in typed:
        query = parse(words)
        assert found(indexed, query) == found(scanned, query), words


def sentence(chance: random.Random) -> str:
    """Return some words of few characters, so that they come again and again."""
    return "".join(chance.choices("发展经济产业链高质量的，。“”1２AａⅧ𠮷😀国國", k=chance.randrange(3, 40)))
