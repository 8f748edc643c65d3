"""The keys that mark: on the selection, on the current marks, at the caret, and where there is nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QToolButton

from desktop.model import limits
from desktop.model.mark import ClausePlace, Mark, MarkKind, MarkStyle, Passage
from desktop.model.span import Span
from tests.ui.sitting import Sitting

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "大有可为的重要战略机遇期"
INSIDE = "重要战略"
PENS = [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5]


def only(desk: Sitting) -> Mark:
    marks = desk.marks
    assert len(marks) == 1
    return marks[0]


def highlight(desk: Sitting, words: str, key: Qt.Key = Qt.Key.Key_1) -> Mark:
    before = {mark.id for mark in desk.marks}
    desk.select(words)
    desk.key(key)
    return next(mark for mark in desk.marks if mark.id not in before)


def put_caret(desk: Sitting, words: str) -> None:
    """Click on the text, as a user does."""
    span = desk.place(words)
    desk.reader.ensure_visible(span)
    rect = desk.reader.rect_of(Span(span.start, span.start + 1))
    click(desk, QPoint(rect.left() + 2, rect.center().y()))


def click(desk: Sitting, point: QPoint) -> None:
    QTest.mouseClick(desk.reader.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    QTest.qWait(QGuiApplication.styleHints().mouseDoubleClickInterval() // 20)
    desk.settle()


def note_written(desk: Sitting) -> str:
    return desk.desk.note_box.form.note_edit.toPlainText()


# Highlights and underlines.


@pytest.mark.parametrize("number", range(1, 6))
def test_a_number_highlights_the_selection_with_its_pen(desk: Sitting, number: int) -> None:
    span = desk.select(WORDS)
    desk.key(PENS[number - 1])
    mark = only(desk)
    assert (mark.kind, mark.style, mark.pen, mark.span) == (MarkKind.HIGHLIGHT, MarkStyle.FILL, number, span)
    assert isinstance(mark.place, Passage)
    assert mark.place.exact == WORDS
    assert mark.place.prefix == desk.reading.text[span.start - 32 : span.start]
    assert mark.place.suffix == desk.reading.text[span.end : span.end + 32]
    assert (mark.author_id, mark.device_id) == (desk.library.author.id, desk.library.device.id)
    assert desk.reader.selection() is None


def test_a_click_on_a_colour_highlights(desk: Sitting) -> None:
    desk.select(WORDS)
    QTest.mouseClick(desk.window.top_bar.pens[2], Qt.MouseButton.LeftButton)
    assert only(desk).pen == 3
    assert desk.reader.hasFocus()


def test_a_click_on_a_colour_of_the_bar_at_the_selection_highlights(desk: Sitting) -> None:
    desk.select(WORDS)
    bar = desk.desk.selection_bar
    desk.wait(bar.isVisible)
    button = next(button for button in bar.findChildren(QToolButton) if button.text() == "4")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert only(desk).pen == 4
    assert not bar.isVisible()


def test_u_underlines_the_selection(desk: Sitting) -> None:
    span = desk.select(WORDS)
    desk.key(Qt.Key.Key_U)
    mark = only(desk)
    assert (mark.kind, mark.style, mark.span) == (MarkKind.UNDERLINE, MarkStyle.UNDERLINE, span)


def test_an_underline_is_made_once(desk: Sitting) -> None:
    for _ in range(2):
        desk.select(WORDS)
        desk.key(Qt.Key.Key_U)
    assert only(desk).kind is MarkKind.UNDERLINE
    assert "已有下划线" in desk.message


def test_u_underlines_the_words_of_the_current_mark(desk: Sitting) -> None:
    first = highlight(desk, WORDS)
    desk.key(Qt.Key.Key_U)
    assert {mark.kind for mark in desk.marks} == {MarkKind.HIGHLIGHT, MarkKind.UNDERLINE}
    assert {mark.span for mark in desk.marks} == {first.span}


def test_another_number_gives_the_same_words_another_colour(desk: Sitting) -> None:
    first = highlight(desk, WORDS)
    desk.key(Qt.Key.Key_3)
    assert only(desk).pen == 3
    desk.select(WORDS)
    desk.key(Qt.Key.Key_5)
    assert (only(desk).id, only(desk).pen) == (first.id, 5)


def test_the_same_number_twice_changes_nothing_and_says_so(desk: Sitting) -> None:
    highlight(desk, WORDS)
    steps = len(desk.session.done)
    desk.key(Qt.Key.Key_1)
    assert only(desk).pen == 1
    assert len(desk.session.done) == steps
    assert "这里已是“重点”" in desk.message


def test_a_number_colours_the_mark_at_the_caret(desk: Sitting) -> None:
    highlight(desk, WORDS)
    put_caret(desk, "从全球看")
    put_caret(desk, INSIDE)
    desk.key(Qt.Key.Key_2)
    assert only(desk).pen == 2


@pytest.mark.parametrize("key", [*PENS, Qt.Key.Key_U, Qt.Key.Key_P, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_key_that_finds_nothing_says_so_and_does_nothing(desk: Sitting, key: Qt.Key) -> None:
    desk.key(key)
    assert desk.marks == []
    assert desk.session.done == []
    assert desk.message


def test_marks_overlap_and_each_stays_reachable(desk: Sitting) -> None:
    outer = highlight(desk, WORDS)
    inner = highlight(desk, INSIDE, Qt.Key.Key_2)
    put_caret(desk, "从全球看")
    put_caret(desk, INSIDE)
    assert desk.desk.marking.current == [inner.id]
    put_caret(desk, INSIDE)
    assert desk.desk.marking.current == [outer.id]
    put_caret(desk, "大有可为")
    assert desk.desk.marking.current == [outer.id]
    desk.key(Qt.Key.Key_Delete)
    assert only(desk).id == inner.id


def test_a_mark_crosses_paragraphs(desk: Sitting) -> None:
    text = desk.reading.text
    span = Span(text.index("问题亟待解决"), text.index("两个确立"))
    assert "\n" in span.of(text)
    desk.reader.select(span)
    desk.key(Qt.Key.Key_1)
    assert only(desk).span == span
    assert only(desk).place.exact == span.of(text)


def test_blanks_at_the_edges_of_a_selection_are_not_marked(desk: Sitting) -> None:
    span = desk.place("奋力谱写中国式现代化衡阳篇章。")
    desk.reader.select(Span(span.start, span.end + 2))
    desk.key(Qt.Key.Key_1)
    assert only(desk).span == span


def test_the_words_can_be_selected_by_keyboard_and_mouse(desk: Sitting) -> None:
    put_caret(desk, WORDS)
    for _ in range(4):
        desk.key(Qt.Key.Key_Right, SHIFT)
    desk.key(Qt.Key.Key_1)
    assert only(desk).place.exact == WORDS[:4]


# Which mark is meant.


def test_a_caret_that_moved_on_leaves_the_mark_alone(desk: Sitting) -> None:
    highlight(desk, WORDS)
    for _ in range(3):
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Delete)
    assert len(desk.marks) == 1
    assert "没有标注" in desk.message


def test_a_click_beside_every_mark_leaves_none_current(desk: Sitting) -> None:
    mark = highlight(desk, WORDS)
    assert desk.desk.marking.current == [mark.id]
    put_caret(desk, "从全球看")
    assert desk.desk.marking.current == []


def test_a_note_after_going_to_another_clause_is_on_that_clause(desk: Sitting) -> None:
    highlight(desk, WORDS)
    desk.do("next_clause")
    desk.do("next_clause")
    here = desk.window.navigator.in_view()
    desk.key(Qt.Key.Key_N)
    desk.type("这一条")
    desk.key(Qt.Key.Key_Escape)
    note = next(mark for mark in desk.marks if mark.note)
    assert isinstance(note.place, ClausePlace)
    assert note.span.start == here


def test_a_note_after_scrolling_is_on_the_clause_in_view(desk: Sitting) -> None:
    """The caret stayed far above; nobody remembers where."""
    desk.reader.set_top(desk.place("22.加快建设").start)
    desk.settle()
    desk.key(Qt.Key.Key_N)
    desk.type("看到这里")
    desk.key(Qt.Key.Key_Escape)
    note = only(desk)
    assert desk.reading.address_of(note) == "六 · 22"


# Notes.


def test_n_writes_a_note_on_the_selection(desk: Sitting) -> None:
    span = desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    box = desk.desk.note_box
    assert box.isVisible()
    assert isinstance(QApplication.focusWidget(), QTextEdit | QPlainTextEdit)
    desk.type("要落实")
    desk.key(Qt.Key.Key_Return, CONTROL)
    mark = only(desk)
    assert (mark.kind, mark.style, mark.span, mark.note) == (MarkKind.NOTE, MarkStyle.NONE, span, "要落实")
    assert not box.isVisible()
    assert desk.reader.hasFocus()


def test_a_note_too_long_to_be_kept_is_told_and_stays_in_the_box(
    desk: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LONGEST_WORDS", 30)
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("长" * 31)
    desk.key(Qt.Key.Key_Return, CONTROL)
    assert "批注太长" in desk.message
    assert desk.desk.note_box.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backspace)
    desk.key(Qt.Key.Key_Return, CONTROL)
    assert only(desk).note == "长" * 30


def test_n_without_a_selection_writes_on_the_clause(desk: Sitting) -> None:
    put_caret(desk, WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("整条意见")
    desk.key(Qt.Key.Key_Escape)
    mark = only(desk)
    assert isinstance(mark.place, ClausePlace)
    assert mark.place.path[-1].startswith("3")
    assert mark.note == "整条意见"


def test_a_note_on_a_clause_takes_no_colour(desk: Sitting) -> None:
    put_caret(desk, WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("整条意见")
    desk.key(Qt.Key.Key_Escape)
    assert desk.desk.marking.current == [only(desk).id]
    desk.key(Qt.Key.Key_3)
    assert only(desk).pen is None
    assert "没有颜色" in desk.message


def test_n_on_a_current_mark_writes_its_note(desk: Sitting) -> None:
    mark = highlight(desk, WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("写在标注上")
    desk.key(Qt.Key.Key_Escape)
    assert (only(desk).id, only(desk).kind, only(desk).note) == (mark.id, MarkKind.HIGHLIGHT, "写在标注上")


def test_a_note_that_stays_empty_leaves_nothing_behind(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_Escape)
    assert desk.marks == []
    assert desk.session.done == []


def test_a_note_that_is_emptied_again_leaves_no_mark(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("写错了")
    assert desk.desk.note_box.save()
    assert len(desk.marks) == 1
    desk.desk.note_box.form.note_edit.selectAll()
    desk.key(Qt.Key.Key_Delete)
    desk.key(Qt.Key.Key_Escape)
    assert desk.marks == []


def test_the_savings_of_one_writing_are_one_step(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    for words in ("先写几个字，", "再写几个字，", "写完。"):
        desk.type(words)
        assert desk.desk.note_box.save()  # what the pause in typing does
    desk.key(Qt.Key.Key_Escape)
    assert only(desk).note == "先写几个字，再写几个字，写完。"
    assert len(desk.session.done) == 1
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.marks == []
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert only(desk).note == "先写几个字，再写几个字，写完。"


def test_a_pause_in_the_typing_saves(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("停一下")
    assert desk.marks == []
    desk.wait(lambda: desk.session.marks)
    assert only(desk).note == "停一下"
    assert desk.desk.note_box.isVisible()


def test_what_is_done_while_a_note_is_written_stays_a_step_of_its_own(desk: Sitting) -> None:
    other = highlight(desk, INSIDE)
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("一")
    assert desk.desk.note_box.save()
    desk.desk.marking.set_current([other.id])
    desk.do("pen_4")
    desk.desk.note_box.form.note_edit.setFocus()
    desk.type("二")
    desk.key(Qt.Key.Key_Escape)
    desk.do("undo")
    assert {mark.note for mark in desk.marks} == {"", "一"}
    assert next(mark for mark in desk.marks if mark.id == other.id).pen == 4


def test_what_is_written_is_not_lost_when_its_mark_is_taken_back_meanwhile(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("一")
    assert desk.desk.note_box.save()
    desk.do("undo")
    assert desk.marks == []
    desk.type("二")
    desk.key(Qt.Key.Key_Escape)
    assert only(desk).note == "一二"


def test_a_note_on_a_mark_that_is_removed_meanwhile_is_not_lost(desk: Sitting) -> None:
    mark = highlight(desk, WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("正在写")
    desk.desk.marking.set_current([mark.id])
    desk.do("remove_marks")
    desk.key(Qt.Key.Key_Escape)
    assert only(desk).note == "正在写"


def test_what_is_being_composed_is_not_saved(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("定了")
    edit = QApplication.focusWidget()
    assert edit is not None
    QCoreApplication.sendEvent(edit, QInputMethodEvent("pinyin", []))
    assert desk.desk.note_box.save()
    assert only(desk).note == "定了"
    event = QInputMethodEvent("", [])
    event.setCommitString("拼音")
    QCoreApplication.sendEvent(edit, event)
    desk.key(Qt.Key.Key_Escape)
    assert only(desk).note == "定了拼音"


# Tags, private, removing.


def test_t_gives_tags_to_the_selection(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_T)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    desk.type("机遇，产业/新材料")
    desk.key(Qt.Key.Key_Return)
    mark = only(desk)
    assert mark.tags == ("机遇", "产业/新材料")
    assert mark.kind is MarkKind.HIGHLIGHT
    assert desk.session.all_tags() == ["产业/新材料", "机遇"] or set(desk.session.all_tags()) == set(mark.tags)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a list that pops up, offscreen
def test_tags_complete_from_those_in_use(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_T)
    desk.type("产业/新材料")
    desk.key(Qt.Key.Key_Return)
    desk.select("从全球看")
    desk.key(Qt.Key.Key_T)
    desk.type("新")
    assert desk.desk.note_box.form.tag_edit.offered_tags() == ("产业/新材料",)
    desk.key(Qt.Key.Key_Tab, on=desk.desk.note_box.form.tag_edit)
    desk.desk.note_box.form.finish()
    assert [mark.tags for mark in desk.marks] == [("产业/新材料",), ("产业/新材料",)]


def test_t_without_a_selection_tags_the_clause(desk: Sitting) -> None:
    put_caret(desk, WORDS)
    desk.key(Qt.Key.Key_T)
    desk.type("总论")
    desk.key(Qt.Key.Key_Return)
    assert isinstance(only(desk).place, ClausePlace)
    assert only(desk).tags == ("总论",)


def test_p_makes_the_current_mark_private_and_shared_again(desk: Sitting) -> None:
    highlight(desk, WORDS)
    desk.key(Qt.Key.Key_P)
    assert only(desk).private
    assert "私人" in desk.message
    desk.key(Qt.Key.Key_P)
    assert not only(desk).private


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_del_removes_the_current_mark(desk: Sitting, key: Qt.Key) -> None:
    mark = highlight(desk, WORDS)
    desk.key(key)
    assert desk.marks == []
    stored = desk.library.marks.get(mark.id)
    assert stored is not None
    assert stored.removed


def test_del_removes_the_mark_that_is_selected(desk: Sitting) -> None:
    highlight(desk, WORDS)
    other = highlight(desk, "从全球看")
    desk.select(WORDS)
    desk.key(Qt.Key.Key_Delete)
    assert only(desk).id == other.id


def test_del_on_a_selection_without_marks_of_its_own_removes_nothing(desk: Sitting) -> None:
    highlight(desk, WORDS)
    desk.select(INSIDE)
    desk.key(Qt.Key.Key_Delete)
    assert len(desk.marks) == 1


# Undo and redo.


def step_highlight(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_1)


def step_underline(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_U)


def step_note(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    desk.type("批注")
    desk.key(Qt.Key.Key_Escape)


def step_tags(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.key(Qt.Key.Key_T)
    desk.type("标签")
    desk.key(Qt.Key.Key_Return)


def step_recolour(desk: Sitting) -> None:
    desk.select(INSIDE)
    desk.key(Qt.Key.Key_5)


def step_private(desk: Sitting) -> None:
    desk.select(INSIDE)
    desk.key(Qt.Key.Key_P)


def step_remove(desk: Sitting) -> None:
    desk.select(INSIDE)
    desk.key(Qt.Key.Key_Delete)


STEPS = (step_highlight, step_underline, step_note, step_tags, step_recolour, step_private, step_remove)


def seen(desk: Sitting) -> list[tuple[object, ...]]:
    return sorted(
        (m.id, m.kind, m.style, m.pen or 0, m.span, m.note, m.tags, m.private, m.created, m.changed) for m in desk.marks
    )


@pytest.mark.parametrize("redo", [(Qt.Key.Key_Z, CONTROL | SHIFT), (Qt.Key.Key_Y, CONTROL)])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_is_undone_and_redone(desk: Sitting, step, redo) -> None:
    highlight(desk, INSIDE)
    before, operations = seen(desk), desk.library.clock()
    step(desk)
    after = seen(desk)
    assert after != before
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert seen(desk) == before
    assert desk.message.startswith("已撤销")
    desk.key(*redo)
    assert seen(desk) == after
    assert desk.message.startswith("已重做")
    assert desk.library.clock() > operations
    assert desk.library.check().sound


def test_all_steps_in_a_row_come_back_one_by_one(desk: Sitting) -> None:
    highlight(desk, INSIDE)
    states = [seen(desk)]
    for step in STEPS:
        step(desk)
        states.append(seen(desk))
    for state in states[-2::-1]:
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert seen(desk) == state
    for state in states[1:]:
        desk.key(Qt.Key.Key_Y, CONTROL)
        assert seen(desk) == state


def test_a_new_step_ends_what_could_be_redone(desk: Sitting) -> None:
    highlight(desk, WORDS)
    desk.key(Qt.Key.Key_Z, CONTROL)
    highlight(desk, INSIDE)
    assert not desk.window.actions_by_id["redo"].isEnabled()
    assert desk.window.actions_by_id["undo"].text() == "撤销“标为重点”"


# Keys belong to the text.


def test_keys_do_not_mark_while_the_user_types_in_a_box(desk: Sitting) -> None:
    desk.select(WORDS)
    desk.do("find")
    desk.type("12345uUnNtTpP")
    assert desk.window.top_bar.search.text() == "12345uUnNtTpP"
    desk.key(Qt.Key.Key_Backspace)
    desk.key(Qt.Key.Key_Delete)
    assert desk.marks == []
    desk.do("focus_outline")
    desk.type("1")
    desk.key(Qt.Key.Key_Backspace)
    assert desk.marks == []


def test_the_input_method_is_off_in_the_text_and_on_in_boxes(desk: Sitting) -> None:
    attribute = Qt.WidgetAttribute.WA_InputMethodEnabled
    query = Qt.InputMethodQuery.ImEnabled
    assert not desk.reader.testAttribute(attribute)
    assert not desk.reader.viewport().testAttribute(attribute)
    assert desk.reader.inputMethodQuery(query) is False
    desk.select(WORDS)
    desk.key(Qt.Key.Key_N)
    boxes = [
        desk.window.top_bar.search,
        desk.desk.note_box.form.note_edit,
        desk.desk.note_box.form.tag_edit,
        desk.desk.outline.filter,
        *desk.desk.go_to_box.findChildren(QLineEdit),
    ]
    assert len(boxes) == 5
    for box in boxes:
        assert box.testAttribute(attribute)
        assert box.inputMethodQuery(query)


def test_what_an_input_method_sends_to_the_text_is_not_taken(desk: Sitting) -> None:
    desk.select(WORDS)
    event = QInputMethodEvent("", [])
    event.setCommitString("1")
    QCoreApplication.sendEvent(desk.reader, event)
    assert desk.marks == []
    assert desk.reading.text == desk.reader.toPlainText()


# The clipboard.


def test_ctrl_c_copies_the_words_with_their_paragraphs(desk: Sitting) -> None:
    text = desk.reading.text
    span = Span(text.index("问题亟待解决"), text.index("两个确立"))
    desk.reader.select(span)
    desk.key(Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied == "问题亟待解决。\n全市上下要深刻领悟“"
    assert "已复制" in desk.message


def test_ctrl_shift_c_copies_with_document_and_address(desk: Sitting) -> None:
    desk.select("加快建设区域消费中心")
    desk.key(Qt.Key.Key_C, CONTROL | SHIFT)
    title = desk.reading.document.title
    assert QGuiApplication.clipboard().text() == f"“加快建设区域消费中心”（《{title}》第22条）"


def test_without_a_selection_the_words_of_the_current_mark_are_copied(desk: Sitting) -> None:
    highlight(desk, WORDS)
    desk.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == WORDS


def test_copying_nothing_says_so_and_keeps_the_clipboard(desk: Sitting) -> None:
    QGuiApplication.clipboard().setText("原来的")
    desk.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "原来的"
    assert "先选中" in desk.message


def test_ctrl_a_selects_the_whole_text(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_A, CONTROL)
    selection = desk.reader.selection()
    assert selection is not None
    assert selection.of(desk.reading.text).strip() == desk.reading.text.strip()
