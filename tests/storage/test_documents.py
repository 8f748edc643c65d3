"""Documents are added, renamed, removed and brought back, and every change leaves its operation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest


def fields_of(library, subject, subject_id):
    return [(operation.field, operation.value) for operation in library.operations.of(subject, subject_id)]


def test_what_was_added_is_found_as_it_was(library, records):
    assert library.documents.get(records.document.id) == records.document
    assert library.documents.get("nobody") is None


def test_all_lists_what_is_not_removed_oldest_first(library, records):
    younger = records.new_document(created=records.document.created + timedelta(microseconds=1))
    older = records.new_document(created=records.document.created - timedelta(days=1))
    gone = records.new_document()
    library.documents.remove(gone.id)
    assert library.documents.all() == [older, records.document, younger]


def test_every_change_is_an_operation_and_no_change_is_none(library, records):
    document = records.document
    library.documents.edit(document.id, title="新题")
    library.documents.edit(document.id, title="新题")
    library.documents.remove(document.id)
    library.documents.remove(document.id)
    assert library.documents.get(document.id) == replace(document, title="新题", removed=True)
    library.documents.restore(document.id)
    assert library.documents.get(document.id) == replace(document, title="新题")
    added, *rest = fields_of(library, "document", document.id)
    assert added[0] == ""
    assert '"title":"衡阳市规划建议"' in added[1]
    assert rest == [("title", '"新题"'), ("removed", "true"), ("removed", "false")]


def test_each_property_is_an_operation_of_its_own(library, records):
    document = records.document
    library.documents.edit(document.id, kind="纲要", level="市", issued=date(2026, 1, 15))
    assert library.documents.get(document.id) == replace(document, kind="纲要", level="市", issued=date(2026, 1, 15))
    library.documents.edit(document.id, kind="纲要", issued=None)
    assert library.documents.all() == [replace(document, kind="纲要", level="市")]
    assert fields_of(library, "document", document.id)[1:] == [
        ("kind", '"纲要"'),
        ("level", '"市"'),
        ("issued", '"2026-01-15"'),
        ("issued", "null"),
    ]


def test_adding_a_removed_document_again_brings_it_back(library, records):
    library.documents.remove(records.document.id)
    library.documents.add(records.document)
    assert library.documents.all() == [records.document]
    assert [field for field, _ in fields_of(library, "document", records.document.id)] == ["", "removed", "removed"]


def test_adding_what_is_there_is_a_bug(library, records):
    with pytest.raises(ValueError, match="is there already"):
        library.documents.add(records.document)


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_changing_what_never_was_is_a_bug(library, act):
    with pytest.raises(KeyError):
        getattr(library.documents, act)("nobody")
