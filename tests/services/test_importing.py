"""A file becomes a document with one edition, or is refused in words."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

from desktop.model.errors import UnreadableFileError, UserError
from desktop.parsing.outline import parse_outline
from desktop.services.command import perform
from desktop.services.importing import (
    RemoveDocument,
    add_edition,
    import_document,
    namesake,
    read_file,
    shipped_plan,
    take_in,
)
from desktop.services.reading import editions_of, open_reading

ROOT = Path(__file__).parents[2]


def test_the_shipped_plan_is_the_file_in_the_resources(plan_text):
    plan = shipped_plan()
    raw = (ROOT / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt").read_bytes()
    assert (plan.text, plan.data, plan.format) == (plan_text, raw, "txt")
    assert plan.sha256 == hashlib.sha256(raw).hexdigest()
    assert plan.title == "中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议"


def test_what_is_imported_is_kept_whole_with_its_bytes(library, tmp_path):
    path = tmp_path / "a \U00020bb7 b.TXT"
    path.write_bytes("\ufeff建议\r\n一、甲\r\n1.乙\u2028丙\x0c丁。\r".encode())
    command = import_document(read_file(path))
    assert command.label == "导入《建议》"
    changes = perform(library, command)
    assert (changes.documents, changes.editions) == ({command.document.id}, {command.edition.id})
    edition = library.editions.get(command.edition.id)
    assert edition == command.edition
    assert edition.text == "建议\n一、甲\n1.乙\u2028丙\x0c丁。\n"
    assert (edition.source_name, edition.format, edition.name) == ("a \U00020bb7 b.TXT", "txt", "导入版")
    assert library.editions.original(edition.id) == path.read_bytes()
    assert open_reading(library, edition.id).outline == parse_outline(edition.text)


def test_a_text_without_a_title_is_called_by_its_file(tmp_path):
    path = tmp_path / "任务分工.txt"
    path.write_text("第一条　为了试验。\n", encoding="utf-8")
    assert read_file(path).title == "任务分工"


def test_an_undone_import_is_gone_and_comes_back_with_its_marks(library, reading, marker, plan):
    (document,) = library.documents.all()
    from desktop.model.span import Span

    added = marker.highlight(Span(0, 3), 1, "重点")
    perform(library, added)
    remove = RemoveDocument(document)
    assert perform(library, remove).documents == {document.id}
    assert library.documents.all() == []
    assert library.editions.by_sha256(plan.sha256) is None
    assert not perform(library, RemoveDocument(document))
    remove.revert(library)
    assert library.documents.all() == [document]
    assert library.marks.of_edition(reading.edition.id) == list(added.marks)


def test_a_further_edition_stands_beneath_its_document_until_it_is_taken_back(library, reading, tmp_path):
    path = tmp_path / "建议二稿.txt"
    path.write_text(reading.text.replace("衡阳", "衡南"), encoding="utf-8")
    file = read_file(path)
    second = add_edition(library, file, reading.document)
    assert second.label == f"导入《{reading.document.title}》的版本2"
    perform(library, second)
    assert open_reading(library, second.edition.id).document == reading.document
    assert add_edition(library, file, reading.document).edition.name == "版本3"
    second.revert(library)
    assert editions_of(library, reading.document.id) == [reading.edition.id]
    assert library.documents.all() == [reading.document]
    with pytest.raises(UserError):
        open_reading(library, second.edition.id)
    perform(library, second)
    assert editions_of(library, reading.document.id) == [reading.edition.id, second.edition.id]


def test_without_a_user_to_ask_the_same_title_again_is_a_new_document(library, reading, tmp_path):
    path = tmp_path / "建议二稿.txt"
    path.write_text(f"{reading.text}增加的一段。\n", encoding="utf-8")
    _, command = take_in(library, read_file(path))
    perform(library, command)
    assert [one.title for one in library.documents.all()] == [reading.document.title] * 2


def test_an_edition_removed_with_its_document_brings_both_back(library, reading, tmp_path):
    path = tmp_path / "建议二稿.txt"
    path.write_text(f"{reading.text}增加的一段。\n", encoding="utf-8")
    second = add_edition(library, read_file(path), reading.document)
    perform(library, second)
    second.revert(library)
    perform(library, RemoveDocument(reading.document))
    known, command = take_in(library, read_file(path))
    assert (known, command.label) == (second.edition.id, f"恢复《{reading.document.title}》")
    perform(library, command)
    assert editions_of(library, reading.document.id) == [reading.edition.id, second.edition.id]
    command.revert(library)
    assert library.documents.all() == []
    assert library.editions.get(known).removed


def test_a_document_is_found_by_the_title_it_bears(library, reading):
    assert namesake(library, f" {reading.document.title}\n") == reading.document
    assert namesake(library, "别的") is None
    perform(library, RemoveDocument(reading.document))
    assert namesake(library, reading.document.title) is None


def test_a_document_removed_twice_comes_back_by_the_first_undo_alone(library, reading):
    first, second = RemoveDocument(reading.document), RemoveDocument(reading.document)
    perform(library, first)
    perform(library, second)
    assert not second.revert(library)
    assert library.documents.all() == []
    first.revert(library)
    assert library.documents.all() == [reading.document]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("白.txt", b" \n\n"),
        ("二进制.txt", bytes(range(256)) * 8),
        ("没有后缀", b"abc"),
        ("不认识.xyz", b"abc"),
        ("其实是.txt", b"%PDF-1.7 abc"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as refused:
        read_file(path)
    assert name in str(refused.value) or path.suffix in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_and_a_missing_file_are_refused_by_their_names(tmp_path):
    for name in ("文件夹.txt", "没有.txt"):
        if name.startswith("文件夹"):
            (tmp_path / name).mkdir()
        with pytest.raises(UnreadableFileError, match=name):
            read_file(tmp_path / name)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is always text")
def test_a_name_that_is_not_text_is_kept_as_well_as_it_can_be(library, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe5\xbb\xba.txt"))
    path.write_text("第一条　为了试验。\n", encoding="utf-8")
    command = import_document(read_file(path))
    perform(library, command)
    assert library.editions.get(command.edition.id).source_name == "\ufffd建.txt"
