"""The library is searched whole: texts, notes and tags, document by document, and nothing that was removed."""

# ruff: noqa: RUF001 (full-width letters are what folding is about)

from desktop.model.search import Where
from desktop.model.span import Span
from desktop.services.command import perform
from desktop.services.importing import ImportedFile, RemoveDocument, import_document
from desktop.services.marking import Marker, RemoveMarks, set_private
from desktop.services.reading import open_reading
from desktop.services.searching import search_library, search_reading
from desktop.storage.library import Library


def add_text(library: Library, text: str) -> str:
    from desktop.parsing.outline import parse_outline

    command = import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    return command.edition.id


def test_text_notes_and_tags_are_found_document_by_document(library):
    first, second = (
        add_text(library, "办法\n第一条　要点是甲。\n"),
        add_text(library, "规定\n第一条　要点是乙。要点。\n"),
    )
    marker = Marker(library, open_reading(library, second))
    added = marker.note(Span(0, 2), "我的要点", ("要点",))
    perform(library, added)
    found = search_library(library, "要点")
    assert [found[0][0].document, found[-1][0].document] == library.documents.all()
    # Two documents made in the same millisecond may stand either way round.
    rows = [(reading.edition.id, hit.where, tuple(hit.span)) for reading, hit in found]
    assert sorted(rows, key=lambda row: row[0] != first) == [
        (first, Where.TEXT, (7, 9)),
        (second, Where.TEXT, (7, 9)),
        (second, Where.TEXT, (12, 14)),
        (second, Where.NOTE, (2, 4)),
        (second, Where.TAG, (0, 2)),
    ]
    assert [hit.mark_id for _, hit in found if hit.mark_id] == [added.marks[0].id] * 2


def test_private_notes_are_the_users_own_and_found(library):
    edition = add_text(library, "办法\n第一条　甲。\n")
    added = Marker(library, open_reading(library, edition)).note(Span(0, 2), "暗号")
    perform(library, added)
    perform(library, set_private(added.marks, private=True))
    assert len(search_library(library, "暗号")) == 1


def test_what_was_removed_is_not_found_and_found_again_after_undo(library):
    edition = add_text(library, "办法\n第一条　要点。\n")
    reading = open_reading(library, edition)
    added = Marker(library, reading).note(Span(0, 2), "要点")
    perform(library, added)
    gone = RemoveMarks((added.marks[0].id,))
    perform(library, gone)
    assert [hit.where for _, hit in search_library(library, "要点")] == [Where.TEXT]
    shelved = RemoveDocument(reading.document)
    perform(library, shelved)
    assert search_library(library, "要点") == []
    shelved.revert(library)
    gone.revert(library)
    assert [hit.where for _, hit in search_library(library, "要点")] == [Where.TEXT, Where.NOTE]


def test_strict_compares_the_characters_as_they_are(library):
    edition = add_text(library, "办法\n第一条　ＧＤＰ与gdp。\n")
    reading = open_reading(library, edition)
    perform(library, Marker(library, reading).note(Span(0, 2), "GDP"))
    assert len(search_library(library, "Gdp")) == 3
    assert len(search_library(library, "Gdp", strict=True)) == 0
    assert [hit.where for _, hit in search_library(library, "GDP", strict=True)] == [Where.NOTE]
    marks = library.marks.of_edition(edition)
    assert [hit for _, hit in search_library(library, "Gdp")] == search_reading(reading, marks, "Gdp")


def test_every_occurrence_in_the_plan_is_counted(library, reading):
    assert len(search_library(library, "衡阳")) == reading.text.count("衡阳")
    assert search_library(library, "") == []
    assert search_library(library, "没有这样的话") == []
