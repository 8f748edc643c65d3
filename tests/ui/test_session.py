"""The session: one way for every change, and nothing on the screen that is not stored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.model.settings import ZOOM
from desktop.services.importing import RemoveDocument
from desktop.services.marking import Marker
from tests.ui.sitting import Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def full_disk(desk: Sitting) -> Sitting:
    """Make the disk full, as SQLite sees it, for everything that needs more than what is there."""
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    database = desk.library._database  # noqa: SLF001 - the disk is made small by SQLite itself
    pages = database.sql("PRAGMA page_count")[0][0]
    database.sql(f"PRAGMA max_page_count = {pages}")
    for number in range(500):  # fill what is left of the last pages
        marker = Marker(desk.library, desk.reading)
        command = marker.note(desk.place("从全国看"), f"填{number}" * 40)
        if not desk.session.run(command):
            break
    else:
        raise AssertionError("the disk did not get full")
    desk.failures.clear()
    desk.desk.messages.close_message()
    while desk.message:
        desk.desk.messages.close_message()
    return desk


def more_room(desk: Sitting) -> None:
    desk.library._database.sql("PRAGMA max_page_count = 100000")  # noqa: SLF001


def test_a_full_disk_is_told_and_changes_nothing_on_the_screen(full_disk: Sitting) -> None:
    desk = full_disk
    before, done, undone = desk.marks, list(desk.session.done), list(desk.session.undone)
    for number in range(200):
        desk.select("大有可为")
        desk.key([Qt.Key.Key_1, Qt.Key.Key_2][number % 2])
        if desk.failures:
            break
        before, done = desk.marks, list(desk.session.done)
    assert "磁盘已满" in desk.message
    assert desk.desk.messages.is_error()
    assert desk.marks == before
    assert desk.session.done == done
    assert desk.session.undone == undone
    more_room(desk)
    desk.select("长期向好的支撑条件")
    desk.key(Qt.Key.Key_1)
    assert len(desk.marks) == len(before) + 1
    assert desk.library.check().sound


def test_a_step_that_can_not_be_taken_back_stays_where_it_is(full_disk: Sitting) -> None:
    desk = full_disk
    for _ in range(500):
        before, done, undone = desk.marks, list(desk.session.done), list(desk.session.undone)
        desk.session.undo() if desk.session.done else None
        if desk.failures:
            break
        desk.session.redo()
        if desk.failures:
            before, done, undone = desk.marks, list(desk.session.done), list(desk.session.undone)
            break
    assert "磁盘已满" in desk.message
    assert desk.marks == before
    assert (desk.session.done, desk.session.undone) == (done, undone)
    more_room(desk)
    while desk.session.done:
        desk.session.undo()
    assert desk.marks == []


def test_a_note_the_disk_refuses_stays_in_the_box(full_disk: Sitting) -> None:
    desk = full_disk
    desk.select("长期向好的支撑条件")
    desk.key(Qt.Key.Key_N)
    words = "写不下的批注" * 400
    desk.desk.note_box.form.note_edit.setPlainText(words)
    desk.key(Qt.Key.Key_Escape)
    assert desk.desk.note_box.isVisible()
    assert desk.desk.note_box.form.note_edit.toPlainText() == words
    assert "磁盘已满" in desk.message
    assert not desk.close()
    assert desk.window.isVisible()
    more_room(desk)
    desk.desk.note_box.form.note_edit.setFocus()
    desk.key(Qt.Key.Key_Escape)
    assert words in [mark.note for mark in desk.marks]


def test_a_setting_that_can_not_be_stored_is_not_worth_a_word(full_disk: Sitting) -> None:
    desk = full_disk
    for _ in range(3):
        desk.key(Qt.Key.Key_Plus, CONTROL)
    assert desk.looks.zoom == 135
    assert desk.failures == []


def test_a_setting_of_the_wrong_kind_is_the_default(desk: Sitting) -> None:
    desk.library._database.sql(  # noqa: SLF001 - no store writes such a thing
        "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (ZOOM.key, '"large"')
    )
    assert desk.session.setting(ZOOM) == ZOOM.default


def test_what_the_session_shows_is_what_the_library_holds_after_any_steps(desk: Sitting) -> None:
    for words, key in (("从全球看", Qt.Key.Key_1), ("从全国看", Qt.Key.Key_U), ("从全省看", Qt.Key.Key_3)):
        desk.select(words)
        desk.key(key)
        assert desk.marks == desk.session.marks
    desk.do("undo")
    desk.do("undo")
    desk.do("redo")
    assert desk.marks == desk.session.marks


def test_a_removed_document_comes_back_with_its_marks(desk: Sitting) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    marks = desk.marks
    assert desk.session.run(RemoveDocument(desk.reading.document))
    assert desk.library.editions.summaries() == []
    desk.do("undo")
    assert len(desk.library.editions.summaries()) == 1
    assert desk.marks == marks


def test_changes_of_marks_in_another_text_do_not_come_into_view(desk: Sitting) -> None:
    first = desk.reading.edition.id
    desk.open_text("某市规划\n\n一、总体要求\n1.甲。\n")
    second = desk.reading.edition.id
    desk.session.open_edition(first)
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    desk.session.open_edition(second)
    for change in (desk.session.undo, desk.session.redo):
        change()
        assert desk.marks == []
    desk.session.open_edition(first)
    assert len(desk.marks) == 1
