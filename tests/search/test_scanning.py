"""The texts and marks of a library are units in the order in which it lists them, and none that matters is left out."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.model.search import Mode
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.search.matching import Matcher
from desktop.search.query import parse
from desktop.search.scanning import LibraryTexts
from desktop.search.source import EVERYTHING, FIRST_MARK, Interrupted, Narrowing, Unit
from desktop.services.command import perform
from desktop.services.importing import ImportedFile, import_document
from desktop.services.marking import Marker
from desktop.services.reading import open_reading, outline_of
from desktop.storage.library import Library

FIRST = "办法\n第一条　要点是甲。\n第二条　“ 乙 ”要点。\n"
SECOND = "规定\n第一条　丙。\n第二条　要点。\n"


@pytest.fixture
def library(tmp_path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "库.yuece", create=True)) as opened:
        for text in (FIRST, SECOND):
            perform(opened, import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text))))
        edition = opened.editions.summaries()[1].id
        perform(opened, Marker(opened, open_reading(opened, edition)).note(Span(0, 2), "要点", ("甲", "乙")))
        yield opened


def texts(library: Library) -> LibraryTexts:
    return LibraryTexts(library, outline_of)


def candidates(library: Library, words: str, narrowing: Narrowing = EVERYTHING, **more: object) -> list[Unit]:
    return list(texts(library).candidates(parse(words, **more), narrowing))


def test_units_are_numbered_in_the_order_of_the_library_marks_last(library):
    units = candidates(library, "要点|.", mode=Mode.REGEX)
    numbers = [unit.number for unit in units]
    assert numbers == sorted(set(numbers))
    assert [unit.mark_id is not None for unit in units] == [number >= FIRST_MARK for number in numbers]
    editions = [edition.id for edition in library.editions.summaries()]
    assert [unit.edition_id for unit in units if not unit.mark_id] == [editions[0]] * 3 + [editions[1]] * 3


def test_units_of_texts_partition_them(library):
    units = [unit for unit in candidates(library, ".", mode=Mode.REGEX) if not unit.mark_id]
    for edition in library.editions.summaries():
        text = "".join(unit.text for unit in units if unit.edition_id == edition.id)
        assert text == library.editions.get(edition.id).text


def test_a_mark_is_its_note_and_its_tags(library):
    (unit,) = [unit for unit in candidates(library, "要点") if unit.mark_id]
    assert (unit.text, unit.note_length, unit.start) == ("要点\n甲\n乙", 2, 0)


@pytest.mark.parametrize("words", ["要点", "“乙”", "丙", "甲 OR 丙 -乙", "要点 乙", "没有", "第一条 OR 没有"])
def test_no_unit_that_answers_is_missing(library, words):
    everything = candidates(library, ".", mode=Mode.REGEX)
    matcher = Matcher(parse(words))
    answering = [unit.number for unit in everything if matcher.spans(unit.text)]
    found = candidates(library, words)
    assert [unit.number for unit in found if matcher.spans(unit.text)] == answering
    for after in answering:
        rest = [unit.number for unit in texts(library).candidates(parse(words), EVERYTHING, after=after)]
        assert rest == [unit.number for unit in found if unit.number > after]


def test_only_what_is_left_is_looked_at(library):
    first, second = (edition.id for edition in library.editions.summaries())
    assert {unit.edition_id for unit in candidates(library, "要点", Narrowing(frozenset((second,))))} == {second}
    narrowing = Narrowing(frozenset((first, second)), {first: (Span(0, 5),)}, frozenset())
    assert {unit.edition_id for unit in candidates(library, "要点", narrowing)} == {first}


def test_nothing_is_known_of_ranks(library):
    assert texts(library).ranked(parse("要点"), EVERYTHING, 10) is None


def test_what_runs_is_stopped_and_the_next_runs(library):
    source = texts(library)
    units = source.candidates(parse("要点"), EVERYTHING)
    next(units)
    source.interrupt()
    with pytest.raises(Interrupted):
        list(units)
    assert len(list(source.candidates(parse("要点"), EVERYTHING))) == 4
