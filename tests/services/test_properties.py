"""What is known about a document is changed as one step and taken back as one."""

from datetime import date

import pytest

from desktop.model.errors import UserError
from desktop.services.command import perform
from desktop.services.properties import EditDocument, day_of, described


@pytest.mark.parametrize(
    "words", ["2026-01-15", "2026年1月15日", " 2026.1.15 ", "2026/01/15", "2026 年 1 月 15 日", "2026年01月15"]
)
def test_a_day_is_understood_as_people_write_it(words):
    assert day_of(words) == date(2026, 1, 15)


def test_no_day_is_none_given():
    assert day_of("  ") is None


@pytest.mark.parametrize("words", ["2026-02-30", "2026", "去年", "2026-13-01", "0000-01-01", "2026-01-15 上午"])
def test_what_is_no_day_is_refused_in_words(words):
    with pytest.raises(UserError, match="日期请写成"):
        day_of(words)


def test_an_edit_is_taken_back_and_done_again(library, reading):
    document = reading.document
    edit = EditDocument(document.id, "  新\n名  ", "纲要", "市", date(2026, 1, 15))
    assert edit.alters(document)
    assert perform(library, edit).documents == {document.id}
    edited = library.documents.get(document.id)
    assert (edited.title, edited.kind, edited.level, edited.issued) == ("新 名", "纲要", "市", date(2026, 1, 15))
    assert described(edited) == "纲要 · 市 · 2026-01-15"
    written = [operation.field for operation in library.operations.of("document", document.id)]
    assert written == ["", "title", "kind", "level", "issued"]
    edit.revert(library)
    assert library.documents.get(document.id) == document
    assert described(document) == ""
    perform(library, edit)
    assert library.documents.get(document.id) == edited


def test_a_blank_name_is_refused_and_nothing_is_changed(library, reading):
    with pytest.raises(UserError, match="文件名称"):
        perform(library, EditDocument(reading.document.id, " ", "纲要", "", None))
    assert library.documents.get(reading.document.id) == reading.document


def test_an_edit_that_says_what_is_there_alters_nothing(reading):
    document = reading.document
    assert not EditDocument(document.id, document.title, "", "", None).alters(document)
