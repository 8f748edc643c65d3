"""F5: a meeting is started, gone through, left, taken up again, and ended after a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QToolButton, QWidget

from desktop.model.mark import ClausePlace
from desktop.ui.dialogs.meeting_dialog import MeetingDialog
from desktop.ui.meeting_view import MeetingView
from tests.ui.sitting import Sitting, press_button

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAME = "党组会"


def name_it(dialog: MeetingDialog) -> None:
    line = dialog.findChildren(QLineEdit)[0]
    line.selectAll()
    line.insert(NAME)
    QTest.keyClick(line, Qt.Key.Key_Return)


def start(desk: Sitting, words: str = "22.加快建设") -> MeetingView:
    desk.window.navigator.go_to(desk.place(words).start)
    desk.answers.expect(name_it)
    desk.key(Qt.Key.Key_F5)
    return view_of(desk)


def view_of(desk: Sitting) -> MeetingView:
    view = desk.window.pages.currentWidget()
    assert isinstance(view, MeetingView)
    assert desk.reader is view.reader
    return view


def clause(view: MeetingView) -> str:
    node = view.node()
    assert node is not None
    return node.clause.label


def labels(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_f5_asks_for_a_name_and_shows_the_clause_in_view(desk: Sitting) -> None:
    view = start(desk)
    meeting = desk.library.meetings.running()
    assert meeting is not None
    assert meeting == desk.session.meeting
    assert meeting.name == NAME
    assert meeting.held_on == datetime.now().astimezone().date()
    assert clause(view) == "22."
    assert view.reader.hasFocus()
    assert NAME in labels(view)
    assert "六 · 22" in labels(view)
    assert NAME in labels(desk.window.status) or not desk.window.status.isVisible()


def test_one_clause_is_shown_in_larger_type(desk: Sitting) -> None:
    view = start(desk)
    node = view.node()
    assert node is not None
    assert view.reader.toPlainText() == node.clause.whole.of(desk.reading.text)
    assert view.reader.lines.typeface.pixels > desk.window.reader.lines.typeface.pixels * 1.4


def test_a_blank_name_is_no_name(desk: Sitting) -> None:
    def answer(dialog: MeetingDialog) -> None:
        line = dialog.findChildren(QLineEdit)[0]
        line.setText("  ")
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert "请写上会议名称" in labels(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    desk.answers.expect(answer)
    desk.key(Qt.Key.Key_F5)
    assert desk.library.meetings.all() == []
    assert desk.window.pages.currentIndex() == 0


def test_enter_alone_starts_a_meeting_with_todays_date(desk: Sitting) -> None:
    desk.answers.expect(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    desk.key(Qt.Key.Key_F5)
    today = datetime.now().astimezone().date()
    assert [meeting.name for meeting in desk.library.meetings.all()] == [f"{today.month}月{today.day}日会议"]


@pytest.mark.parametrize(
    ("forward", "backward"),
    [
        ((Qt.Key.Key_Space,), (Qt.Key.Key_Space, SHIFT)),
        ((Qt.Key.Key_Right,), (Qt.Key.Key_Left,)),
        ((Qt.Key.Key_Down,), (Qt.Key.Key_Up,)),
    ],
    ids=["space", "right and left", "down and up"],
)
def test_space_and_arrows_step(desk: Sitting, forward: tuple, backward: tuple) -> None:
    view = start(desk)
    desk.key(*forward)
    assert clause(view) == "23."
    assert view.reader.toPlainText().startswith("23.")
    desk.key(*backward)
    assert clause(view) == "22."


def test_the_steps_go_through_every_clause_and_end_at_both_ends(desk: Sitting) -> None:
    view = start(desk)
    desk.key(Qt.Key.Key_Home)
    assert clause(view) == "3."
    seen = [clause(view)]
    for _ in range(60):
        desk.key(Qt.Key.Key_Space)
        seen.append(clause(view))
    steps = list(dict.fromkeys(label for label in seen if label))
    assert [label for label in steps if label[0].isdigit()] == [f"{number}." for number in range(3, 26)]
    assert seen[-1] == "25."
    desk.key(Qt.Key.Key_Home)
    assert clause(view) == "3."
    desk.key(Qt.Key.Key_End)
    assert clause(view) == "25."


def test_the_buttons_step_and_leave(desk: Sitting) -> None:
    view = start(desk)
    buttons = {button.text(): button for button in view.findChildren(QToolButton)}
    QTest.mouseClick(buttons["下一条"], Qt.MouseButton.LeftButton)
    assert clause(view) == "23."
    QTest.mouseClick(buttons["上一条"], Qt.MouseButton.LeftButton)
    assert clause(view) == "22."
    QTest.mouseClick(buttons["返回正文"], Qt.MouseButton.LeftButton)
    assert desk.window.pages.currentIndex() == 0


def test_n_writes_on_the_clause_shown(desk: Sitting) -> None:
    view = start(desk)
    desk.key(Qt.Key.Key_Space)
    desk.key(Qt.Key.Key_N)
    desk.type("张局长：同意")
    desk.key(Qt.Key.Key_Escape)
    (mark,) = desk.marks
    assert isinstance(mark.place, ClausePlace)
    assert desk.reading.address_of(mark) == "六 · 23"
    assert mark.meeting_id == desk.session.meeting.id  # type: ignore[union-attr]
    assert "张局长：同意" in labels(view)
    assert view.reader.hasFocus()


def test_keys_mark_the_words_on_the_screen(desk: Sitting) -> None:
    view = start(desk)
    words = "传统商业提质改造"
    desk.select(words)
    desk.key(Qt.Key.Key_2)
    (mark,) = desk.marks
    assert (mark.pen, mark.span) == (2, desk.place(words))
    assert desk.painted(view.reader) == {mark.id}


def test_private_marks_are_not_shown(desk: Sitting) -> None:
    desk.select("传统商业提质改造")
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_P)
    desk.key(Qt.Key.Key_N)
    desk.type("不能说的话")
    desk.key(Qt.Key.Key_Escape)
    view = start(desk)
    assert desk.painted(view.reader) == set()
    assert "不能说的话" not in labels(view)
    desk.select("传统商业提质改造")
    desk.key(Qt.Key.Key_N)
    assert "不能说的话" not in desk.desk.note_box.form.note_edit.toPlainText()
    desk.key(Qt.Key.Key_Escape)
    desk.select("传统商业提质改造")
    desk.key(Qt.Key.Key_Delete)
    assert len(desk.marks) == 1


def test_a_mark_made_private_in_the_meeting_is_gone_from_it(desk: Sitting) -> None:
    view = start(desk)
    desk.select("传统商业提质改造")
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_P)
    assert [mark.private for mark in desk.marks] == [True]
    assert desk.painted(view.reader) == set()


def test_marks_made_until_the_end_belong_to_the_meeting(desk: Sitting) -> None:
    start(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    meeting = desk.session.meeting
    assert meeting is not None
    desk.answers.expect(press_button("结束会议"))
    desk.key(Qt.Key.Key_F5)
    desk.select("从全国看")
    desk.key(Qt.Key.Key_1)
    assert [mark.meeting_id for mark in desk.marks] == [meeting.id, None]


def test_esc_leads_back_to_the_clause_in_the_text_and_the_meeting_runs_on(desk: Sitting) -> None:
    start(desk)
    desk.key(Qt.Key.Key_Space)
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.pages.currentIndex() == 0
    assert desk.window.reader.hasFocus()
    assert desk.address.startswith("六 · 23")
    assert desk.session.meeting is not None
    assert NAME in labels(desk.window.status)
    desk.key(Qt.Key.Key_F5, SHIFT)
    assert clause(view_of(desk)) == "23."


def test_a_meeting_survives_a_restart(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    start(desk)
    meeting = desk.session.meeting
    assert meeting is not None
    desk.close()
    again = sit(desk.path)
    assert again.session.meeting == meeting
    assert NAME in labels(again.window.status)
    again.select("从全球看")
    again.key(Qt.Key.Key_1)
    assert [mark.meeting_id for mark in again.marks] == [meeting.id]
    again.answers.expect(press_button("结束会议"))
    again.key(Qt.Key.Key_F5)
    assert again.library.meetings.running() is None


def test_f5_ends_the_meeting_after_a_question(desk: Sitting) -> None:
    start(desk)
    desk.key(Qt.Key.Key_N)
    desk.type("一条意见")
    desk.key(Qt.Key.Key_Escape)
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(f"{box.text()} {box.informativeText()}")
        QTest.keyClick(box, Qt.Key.Key_Escape)

    desk.answers.expect(answer)
    desk.key(Qt.Key.Key_F5)
    assert asked == [f"结束“{NAME}”？ 会上做了 1 处标注。"]
    assert desk.session.meeting is not None
    view_of(desk)
    desk.answers.expect(press_button("结束会议"))
    desk.key(Qt.Key.Key_F5)
    assert desk.session.meeting is None
    assert desk.window.pages.currentIndex() == 0
    assert desk.window.reader.hasFocus()
    assert not desk.window.actions_by_id["meeting_view"].isEnabled()
    assert NAME not in labels(desk.window.status)


def test_start_and_end_are_undone_and_redone(desk: Sitting) -> None:
    start(desk)
    desk.do("undo")
    assert desk.session.meeting is None
    assert desk.window.pages.currentIndex() == 0
    desk.do("redo")
    assert desk.session.meeting is not None
    desk.answers.expect(press_button("结束会议"))
    desk.key(Qt.Key.Key_F5)
    desk.do("undo")
    assert desk.session.meeting is not None


def test_the_button_says_what_f5_does(desk: Sitting) -> None:
    button = next(b for b in desk.window.top_bar.findChildren(QToolButton) if "F5" in b.text())
    assert button.text() == "会议 F5"
    start(desk)
    desk.key(Qt.Key.Key_Escape)
    assert button.text() == "结束会议 F5"
    assert desk.window.actions_by_id["meeting"].text() == "结束会议…"


def test_the_input_method_is_off_in_the_meeting(desk: Sitting) -> None:
    view = start(desk)
    for widget in (view, view.reader, view.reader.viewport()):
        assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert view.reader.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False


def test_another_text_in_the_meeting_is_gone_through_from_its_beginning(desk: Sitting) -> None:
    view = start(desk)
    desk.open_text("某市规划\n\n一、总体要求\n1.指导思想。甲。\n2.基本原则。乙。\n")
    assert view.reader.toPlainText().strip() in desk.reading.text
    desk.key(Qt.Key.Key_End)
    assert view.reader.toPlainText().startswith("2.基本原则")
    desk.key(Qt.Key.Key_N)
    desk.type("新文件的意见")
    desk.key(Qt.Key.Key_Escape)
    assert [desk.reading.address_of(mark) for mark in desk.marks] == ["一 · 2"]


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_L, Qt.Key.Key_M])
def test_no_key_shows_the_text_with_its_private_marks_to_the_room(desk: Sitting, key: Qt.Key) -> None:
    start(desk)
    desk.key(key, CONTROL)
    assert desk.window.pages.currentIndex() == 1
    assert "Esc" in desk.message


def test_going_to_a_clause_and_stepping_stay_in_the_meeting(desk: Sitting) -> None:
    view = start(desk)
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type("12")
    desk.key(Qt.Key.Key_Return)
    assert desk.window.pages.currentIndex() == 1
    assert view.node() == desk.reading.outline.at(desk.place("12.推进关键").start)
    desk.key(Qt.Key.Key_Down, CONTROL)
    assert view.node() == desk.reading.outline.at(desk.place("13.强化企业").start)


def test_a_note_is_written_where_the_last_hit_led(desk: Sitting) -> None:
    desk.desk.finder.search("湘江源")
    hit = desk.desk.finder.hits[0].offset
    desk.reader.setFocus()
    desk.key(Qt.Key.Key_N)
    desk.type("查到这里")
    desk.key(Qt.Key.Key_Escape)
    [mark] = desk.marks
    assert mark.span == desk.reading.outline.at(hit).clause.span


def test_the_theme_and_the_zoom_reach_the_meeting(desk: Sitting) -> None:
    view = start(desk)
    before = view.reader.lines.typeface.pixels
    desk.key(Qt.Key.Key_Plus, CONTROL)
    assert view.reader.lines.typeface.pixels > before
    desk.do("theme_dark")
    assert view.reader.page.theme.dark
    assert view.reader.viewport().palette().base().color().lightness() < 128


def test_notes_on_the_clause_stand_beside_it_in_the_order_of_the_text(desk: Sitting) -> None:
    view = start(desk)
    for words, note in (("创新提升零售业", "后说"), ("国省市级示范步行街", "再说")):
        desk.select(words)
        desk.key(Qt.Key.Key_N)
        desk.type(note)
        desk.key(Qt.Key.Key_Escape)
    desk.window.setFocus()
    view.reader.setFocus()
    shown = labels(view)
    assert "本条批注 2" in shown
    order = [mark.note for mark in desk.marks]
    assert shown.index(order[0]) < shown.index(order[1])
    desk.key(Qt.Key.Key_Space)
    assert "本条还没有批注" in labels(view)


def test_a_clause_scrolled_down_is_still_the_one_that_is_written_on(desk: Sitting) -> None:
    view = start(desk, "5.基本原则")
    desk.window.resize(1000, 420)
    desk.settle()
    view.reader.verticalScrollBar().setValue(view.reader.verticalScrollBar().maximum())
    desk.settle()
    assert view.reader.seen().start > view.node().clause.start  # type: ignore[union-attr]
    desk.key(Qt.Key.Key_N)
    desk.type("对整条的意见")
    desk.key(Qt.Key.Key_Escape)
    assert [desk.reading.address_of(mark) for mark in desk.marks] == ["二 · 5"]


def test_a_selection_in_the_text_is_no_selection_of_the_meeting(desk: Sitting) -> None:
    desk.select("从全球看")
    start(desk)
    desk.key(Qt.Key.Key_1)
    assert desk.marks == []
