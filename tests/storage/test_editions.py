"""Editions keep text and bytes as they were imported."""

import json
from dataclasses import replace

import peewee
import pytest

from desktop.model.source import Hint, LineStyle
from desktop.storage.database import Database, Mode


def test_text_and_bytes_come_back_exactly(library, records):
    text = "一\r二\u2028三\x0c四\x00五\u00a0𠮷👍🏽"
    edition = records.new_edition(records.document, text)
    library.close()
    with type(library).open(library.path, read_only=True) as again:
        assert again.editions.get(edition.id) == edition
        assert again.editions.original(edition.id) == text.encode()


def test_summaries_tell_all_but_the_text(library, records):
    (summary,) = library.editions.summaries()
    edition = records.edition
    assert (summary.id, summary.document_id, summary.length) == (edition.id, edition.document_id, len(edition.text))
    assert (summary.name, summary.source_name, summary.imported) == (edition.name, "建议.txt", edition.imported)


def test_editions_of_removed_documents_are_kept_but_not_listed(library, records):
    other = records.new_edition(records.new_document())
    assert {found.id for found in library.editions.summaries()} == {records.edition.id, other.id}
    library.documents.remove(other.document_id)
    assert [found.id for found in library.editions.summaries()] == [records.edition.id]
    assert library.editions.of_document(other.document_id) == [other]
    assert library.editions.get(other.id) == other


def test_a_removed_edition_is_kept_and_comes_back_when_it_is_added_again(library, records):
    edition = records.new_edition(records.document, "另一版")
    mark = records.mark(0, 2, edition_id=edition.id)
    library.marks.add(mark)
    library.editions.remove(edition.id)
    library.editions.remove(edition.id)
    assert library.editions.get(edition.id) == replace(edition, removed=True)
    assert [found.id for found in library.editions.summaries()] == [records.edition.id]
    assert library.editions.of_document(records.document.id) == [records.edition]
    assert library.editions.by_sha256(edition.sha256) is None
    assert library.editions.by_sha256(edition.sha256, removed=True) == replace(edition, removed=True)
    library.editions.restore(edition.id)
    assert library.editions.by_sha256(edition.sha256, removed=True) is None
    library.editions.remove(edition.id)
    library.editions.add(edition, b"")
    assert library.editions.by_sha256(edition.sha256) == edition
    assert library.marks.of_edition(edition.id) == [mark]
    written = [(operation.field, operation.value) for operation in library.operations.of("edition", edition.id)]
    assert written[1:] == [("removed", "true"), ("removed", "false")] * 2
    with pytest.raises(KeyError):
        library.editions.remove("nobody")


def test_a_file_is_known_by_its_sha256_unless_its_document_was_removed(library, records):
    assert library.editions.by_sha256(records.edition.sha256) == records.edition
    assert library.editions.by_sha256("0" * 64) is None
    library.documents.remove(records.document.id)
    assert library.editions.by_sha256(records.edition.sha256) is None


def test_adding_an_edition_is_one_operation_without_its_text(library, records):
    library.editions.add(records.edition, records.edition.text.encode())
    (operation,) = library.operations.of("edition", records.edition.id)
    value = json.loads(operation.value)
    assert "text" not in value
    assert value["document_id"] == records.document.id
    assert value["sha256"] == records.edition.sha256


def test_an_id_never_gets_another_text(library, records):
    with pytest.raises(ValueError, match="another text"):
        records.new_edition(records.document, "别的", id=records.edition.id)


def test_not_even_sql_alters_a_text(library, records):
    database = Database(library.path, Mode.WRITE)
    try:
        with pytest.raises(peewee.IntegrityError, match="never altered"):
            database.sql("UPDATE texts SET text = 'x'")
    finally:
        database.close()


def test_outlines_are_kept_for_one_version_of_the_parser_and_leave_no_operation(library, records):
    count = library.operations.count()
    identity = records.edition.id
    assert library.editions.outline_cache(identity, 1) is None
    library.editions.keep_outline(identity, 1, "甲")
    assert library.editions.outline_cache(identity, 1) == "甲"
    library.editions.keep_outline(identity, 2, "乙")
    assert library.editions.outline_cache(identity, 1) is None
    assert library.editions.outline_cache(identity, 2) == "乙"
    assert library.operations.count() == count


def test_an_edition_that_was_rolled_back_is_gone(library, records):
    added = []

    def add_and_fail():
        with library.transaction():
            added.append(records.new_edition(records.document, "将被撤回"))
            assert library.editions.get(added[0].id) == added[0]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    (edition,) = added
    assert library.editions.get(edition.id) is None
    with pytest.raises(KeyError):
        library.editions.original(edition.id)


def test_more_texts_than_are_kept_in_memory_stay_apart(library, records):
    editions = [records.new_edition(records.document, f"第{number}个文本") for number in range(9)]
    for _ in range(2):
        assert [library.editions.get(edition.id).text for edition in editions] == [e.text for e in editions]


def test_what_the_format_said_about_the_lines_is_kept_with_the_text(library, records):
    edition = records.new_edition(records.document, hints=(Hint(0, LineStyle.TITLE), Hint(7, LineStyle.HEADING, 2)))
    library.close()
    with type(library).open(library.path, read_only=True) as again:
        assert again.editions.get(edition.id) == edition
        assert again.editions.get(edition.id).hints == edition.hints
