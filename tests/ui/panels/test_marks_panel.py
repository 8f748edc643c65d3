"""标注: walked, filtered and changed in place as a user does it."""

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from pytestqt.qtbot import QtBot

from desktop.services.marking import Marker, RemoveMarks, set_private, write
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.ui.panels.marks_panel import NO_MARKS, NO_MATCH, MarksPanel
from desktop.ui.session import Session
from desktop.ui.theme.tokens import DARK, LIGHT
from desktop.ui.widgets.chip import Chip
from tests.ui.plan_marks import WORDS, highlight, mark

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> MarksPanel:
    """Show the panel with five marks, one of each pen."""
    for number, words in enumerate(WORDS):
        highlight(session, words, number + 1)
    panel = MarksPanel(session, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(330, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def page(panel: MarksPanel) -> str:
    """Return what is said instead of the list."""
    return next((state.text() for state in (panel.no_marks, panel.no_match) if state.isVisible()), "")


def shown(panel: MarksPanel) -> list[str]:
    return [panel.model.card(row).quote for row in range(panel.model.rowCount())]


def chips(panel: MarksPanel) -> list[str]:
    found = [chip for chip in panel.findChildren(Chip) if chip.isVisible()]
    return [chip.accessibleName() for chip in sorted(found, key=lambda chip: (chip.y(), chip.x()))]


def press(panel: MarksPanel, text: str) -> None:
    next(chip for chip in panel.findChildren(Chip) if chip.text() == text and chip.isVisible()).click()


def middle(panel: MarksPanel, words: str) -> QPoint:
    row = shown(panel).index(words)
    return panel.view.visualRect(panel.model.index(row)).center()


def choose(panel: MarksPanel, qtbot: QtBot, *words: str) -> None:
    left = Qt.MouseButton.LeftButton
    for number, one in enumerate(words):
        modifier = CONTROL if number else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(panel.view.viewport(), left, modifier, pos=middle(panel, one))
    panel.view.setFocus()


def test_a_click_and_the_arrows_go_there(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    told: list[str] = []
    panel.mark_activated.connect(told.append)
    choose(panel, qtbot, WORDS[1])
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert told == [mark(session, WORDS[1]).id, mark(session, WORDS[2]).id]
    assert panel.current_marks() == told[1:]


def test_following_the_caret_activates_nothing(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.mark_activated):
        panel.set_current([mark(session, WORDS[4]).id])
    assert panel.current_marks() == [mark(session, WORDS[4]).id]


def test_a_ring_does_not_move_the_selection_while_the_user_walks(
    panel: MarksPanel, session: Session, qtbot: QtBot
) -> None:
    choose(panel, qtbot, WORDS[1], WORDS[2])
    panel.set_current([mark(session, WORDS[4]).id])
    assert panel.current_marks() == [mark(session, words).id for words in WORDS[1:3]]


def test_esc_leaves_from_the_list_and_from_the_filter(panel: MarksPanel, qtbot: QtBot) -> None:
    panel.view.setFocus()
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    panel.focus_filter()
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.filters.box, Qt.Key.Key_Escape)


def test_single_keys_change_the_selected_marks(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    choose(panel, qtbot, WORDS[1], WORDS[3])
    qtbot.keyClick(panel.view, Qt.Key.Key_5)
    assert [session.marks[row].pen for row in range(5)] == [1, 5, 3, 5, 5]
    qtbot.keyClick(panel.view, Qt.Key.Key_P)
    assert [found.private for found in session.marks] == [False, True, False, True, False]
    qtbot.keyClick(panel.view, Qt.Key.Key_P)
    assert not any(found.private for found in session.marks)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert shown(panel) == [WORDS[0], WORDS[2], WORDS[4]]
    session.undo()
    assert shown(panel) == list(WORDS)


def test_keys_typed_into_the_filter_change_no_mark(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    choose(panel, qtbot, WORDS[1])
    panel.focus_filter()
    steps = len(session.done)
    qtbot.keyClicks(panel.filters.box, "1p")
    qtbot.keyClick(panel.filters.box, Qt.Key.Key_Delete)
    assert len(session.done) == steps


def test_a_note_is_edited_in_its_card_as_one_step(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    choose(panel, qtbot, WORDS[2])
    steps = len(session.done)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    edit = panel.writer.form.note_edit
    assert edit.hasFocus()
    card = panel.view.visualRect(panel.model.index(2))
    assert card.contains(panel.writer.form.geometry())
    qtbot.keyClicks(edit, "one")
    assert panel.save()
    qtbot.keyClicks(edit, " two")
    qtbot.keyClick(edit, Qt.Key.Key_Return, CONTROL)
    assert mark(session, WORDS[2]).note == "one two"
    assert len(session.done) == steps + 1
    assert panel.view.hasFocus()
    session.undo()
    assert mark(session, WORDS[2]).note == ""


def test_composed_text_is_not_saved(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    panel.edit_note(mark(session, WORDS[2]).id)
    edit = panel.writer.form.note_edit
    qtbot.keyClicks(edit, "a")
    QCoreApplication.sendEvent(edit, QInputMethodEvent("pinyin", []))
    panel.filters.box.setFocus()
    assert mark(session, WORDS[2]).note == "a"


def test_a_double_click_edits_and_a_click_elsewhere_saves(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, WORDS[1]))
    qtbot.keyClicks(panel.writer.form.note_edit, "abc")
    panel.filters.box.setFocus()
    assert mark(session, WORDS[1]).note == "abc"
    assert not panel.writer.active
    assert panel.filters.box.hasFocus()


def test_a_click_between_the_fields_does_not_end_the_writing(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    panel.edit_note(mark(session, WORDS[0]).id)
    form = panel.writer.form
    for place in (form.rect().bottomLeft() + QPoint(20, -4), QPoint(2, form.note_edit.geometry().bottom() + 3)):
        target = form.childAt(place) or form
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(form, place))
        assert panel.writer.active


def test_a_click_hits_the_card_seen_although_the_writing_above_it_ends(
    panel: MarksPanel, session: Session, qtbot: QtBot
) -> None:
    panel.edit_note(mark(session, WORDS[0]).id)
    panel.writer.form.note_edit.setPlainText("一\n" * 9)
    place = middle(panel, WORDS[2])
    with qtbot.waitSignal(panel.mark_activated) as told:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [mark(session, WORDS[2]).id]
    assert panel.current_marks() == told.args
    assert not panel.view.visualRect(panel.model.index(2)).contains(place)
    assert mark(session, WORDS[0]).note == "\n".join("一" * 9)


def test_a_mark_stays_while_it_is_edited_although_it_no_longer_passes(
    panel: MarksPanel, session: Session, qtbot: QtBot
) -> None:
    session.run(write(mark(session, WORDS[2]), tags=("待核",)))
    press(panel, "#待核")
    choose(panel, qtbot, WORDS[2])
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    tags = panel.writer.form.tag_edit
    assert tags.hasFocus()
    tags.clear()
    panel.writer.form.note_edit.setFocus()
    assert panel.save()
    assert shown(panel) == [WORDS[2]]
    qtbot.keyClick(panel.writer.form.note_edit, Qt.Key.Key_Escape)
    assert mark(session, WORDS[2]).tags == ()
    assert shown(panel) == []


def test_tags_of_several_marks_gain_and_lose_what_was_written(
    panel: MarksPanel, session: Session, qtbot: QtBot
) -> None:
    session.run(write(mark(session, WORDS[0]), tags=("共同", "甲")))
    session.run(write(mark(session, WORDS[1]), tags=("乙", "共同")))
    choose(panel, qtbot, WORDS[0], WORDS[1])
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    edit = panel.writer.form.tag_edit
    assert edit.tags() == ("共同",)
    edit.set_tags(("新",))
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert mark(session, WORDS[0]).tags == ("甲", "新")
    assert mark(session, WORDS[1]).tags == ("乙", "新")
    session.undo()
    assert mark(session, WORDS[1]).tags == ("乙", "共同")


def test_undoing_a_mark_away_ends_the_writing_on_it(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    panel.edit_note(mark(session, WORDS[2]).id)
    session.run(RemoveMarks((mark(session, WORDS[2]).id,)))
    qtbot.waitUntil(lambda: not panel.writer.active)
    assert WORDS[2] not in shown(panel)


@pytest.mark.parametrize("others", [True, False])
def test_a_note_on_a_mark_that_is_removed_meanwhile_is_not_lost(
    panel: MarksPanel, session: Session, qtbot: QtBot, others: bool
) -> None:
    panel.edit_note(mark(session, WORDS[2]).id)
    qtbot.keyClicks(panel.writer.form.note_edit, "abc")
    gone = [found for found in session.marks if session.reading and (session.reading.quote_of(found) == WORDS[2])]
    session.run(RemoveMarks(tuple(found.id for found in (gone if others else session.marks))))
    qtbot.waitUntil(lambda: not panel.writer.active)
    assert mark(session, WORDS[2]).note == "abc"
    assert shown(panel) == (list(WORDS) if others else [WORDS[2]])
    session.undo()
    assert WORDS[2] not in shown(panel)


def test_tags_for_several_marks_are_given_to_those_that_are_left(
    panel: MarksPanel, session: Session, qtbot: QtBot
) -> None:
    choose(panel, qtbot, WORDS[0], WORDS[1])
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    panel.writer.form.tag_edit.set_tags(("新",))
    session.run(RemoveMarks((mark(session, WORDS[0]).id,)))
    qtbot.waitUntil(lambda: not panel.writer.active)
    assert mark(session, WORDS[1]).tags == ("新",)
    assert WORDS[0] not in shown(panel)


def test_a_mark_on_a_clause_keeps_no_colour(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    assert session.reading is not None
    node = session.reading.outline.at(mark(session, WORDS[0]).span.start)
    assert node is not None
    command = Marker(session.library, session.reading).clause_note(node, "整条意见")
    assert session.run(command)
    steps = len(session.done)
    panel.set_current([command.marks[0].id])
    panel.view.setFocus()
    with qtbot.waitSignal(session.said) as told:
        qtbot.keyClick(panel.view, Qt.Key.Key_3)
    assert "没有颜色" in told.args[0]
    assert len(session.done) == steps
    found = session.mark(command.marks[0].id)
    assert found is not None
    assert found.pen is None


def test_chips_tell_what_there_is_and_combine(panel: MarksPanel, session: Session) -> None:
    assert session.reading is not None
    assert chips(panel) == ["重点 1", "疑问 1", "数据 1", "任务 1", "精彩 1"]
    session.run(write(mark(session, WORDS[0]), note="甲"))
    session.run(set_private([mark(session, WORDS[1])], private=True))
    node = session.reading.outline.at(mark(session, WORDS[2]).span.start)
    assert node is not None
    panel.set_clause(node.clause.whole)
    assert chips(panel) == ["本条 3", "重点 1", "疑问 1", "数据 1", "任务 1", "精彩 1", "含批注 1", "私人 1"]
    press(panel, "重点")
    press(panel, "疑问")
    assert shown(panel) == list(WORDS[:2])
    press(panel, "私人")
    assert shown(panel) == [WORDS[1]]
    press(panel, "本条")
    assert shown(panel) == []


def test_the_clause_chip_follows_the_text(panel: MarksPanel, session: Session) -> None:
    assert session.reading is not None
    first, third = mark(session, WORDS[0]).span, mark(session, WORDS[2]).span
    panel.set_clause(first)
    press(panel, "本条")
    assert shown(panel) == [WORDS[0]]
    panel.set_clause(third)
    assert shown(panel) == [WORDS[2]]
    panel.set_clause(None)
    assert shown(panel) == list(WORDS)


def test_the_meeting_chip_is_there_while_a_meeting_runs(panel: MarksPanel, session: Session) -> None:
    assert "本次会议 0" not in chips(panel)
    session.run(start_meeting("产业座谈会", date(2026, 11, 22)))
    highlight(session, "两大未来", 1)
    assert "本次会议 1" in chips(panel)
    press(panel, "本次会议")
    assert shown(panel) == ["两大未来"]
    assert "产业座谈会" in panel.model.data(panel.model.index(0))
    assert session.meeting is not None
    session.run(EndMeeting(session.meeting.id))
    assert len(shown(panel)) == 6


def test_words_filter_as_they_are_committed(panel: MarksPanel, qtbot: QtBot) -> None:
    panel.focus_filter()
    box = panel.filters.box
    QCoreApplication.sendEvent(box, QInputMethodEvent("zhifu", []))
    assert len(shown(panel)) == 5
    done = QInputMethodEvent()
    done.setCommitString("智赋")
    QCoreApplication.sendEvent(box, done)
    assert shown(panel) == [WORDS[2]]
    with qtbot.waitSignal(panel.mark_activated):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert panel.view.hasFocus()


def test_where_nothing_matches_a_button_clears_the_filter(panel: MarksPanel, qtbot: QtBot) -> None:
    press(panel, "重点")
    panel.filters.box.setText("没有这个")
    assert page(panel) == NO_MATCH
    panel.no_match.action_requested.emit()
    assert shown(panel) == list(WORDS)
    assert page(panel) == ""


def test_without_marks_it_says_how_to_make_one(panel: MarksPanel, session: Session) -> None:
    session.run(RemoveMarks(tuple(found.id for found in session.marks)))
    assert page(panel) == NO_MARKS
    assert not panel.filters.isVisible()
    session.undo()
    assert page(panel) == ""


def test_the_menu_does_what_it_says(panel: MarksPanel, session: Session, qtbot: QtBot) -> None:
    choose(panel, qtbot, WORDS[2])
    entries = {action.text(): action for action in panel.menu().actions() if action.text()}
    assert list(entries) == ["写批注", "标签…", "颜色", "私人", "复制文字", "复制并注明出处", "删除"]
    entries["复制文字"].trigger()
    assert QGuiApplication.clipboard().text() == WORDS[2]
    entries["复制并注明出处"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"“{WORDS[2]}”（《")
    assert "第7条" in copied
    pens = entries["颜色"].menu()
    assert pens is not None
    pens.actions()[0].trigger()
    assert mark(session, WORDS[2]).pen == 1
    entries["私人"].trigger()
    assert mark(session, WORDS[2]).private
    entries["删除"].trigger()
    assert WORDS[2] not in shown(panel)


def test_another_theme_repaints_the_cards(panel: MarksPanel) -> None:
    before = panel.view.grab().toImage()
    panel.set_theme(DARK)
    assert panel.view.grab().toImage() != before
