"""The window: how it looks when it comes back, what it keeps when it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.model.settings import GEOMETRY
from tests.ui.sitting import Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_s_only_says_that_everything_is_saved(desk: Sitting) -> None:
    clock = desk.library.clock()
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.message == "已自动保存"
    assert desk.library.clock() == clock
    desk.window.top_bar.search.setFocus()
    desk.desk.messages.close_message()
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.message == "已自动保存"


def test_ctrl_q_closes_the_window(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_Q, CONTROL)
    assert not desk.window.isVisible()
    assert not desk.session.attached


def test_size_and_place_on_the_screen_are_kept(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.window.resize(700, 600)
    desk.window.move(20, 30)
    desk.settle()
    size = desk.window.size()
    assert desk.close()
    again = sit(desk.path, size=None)
    assert again.library.settings.get(GEOMETRY)
    assert again.window.size() == size
    assert not again.window.isMaximized()


def test_a_spoilt_geometry_is_passed_over(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.close()
    again = sit(desk.path)
    again.library.settings.set(GEOMETRY, "kein Base64 !!")
    again.session.close()  # what is kept at closing would mend it
    third = sit(desk.path)
    assert third.opened
    assert third.window.isVisible()


def test_closing_while_a_note_is_written_keeps_the_note(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_N)
    desk.type("还没写完")
    assert desk.close()
    assert [mark.note for mark in sit(desk.path).marks] == ["还没写完"]


def test_closing_while_a_tag_is_written_keeps_the_tag(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_T)
    desk.type("国际，形势")
    assert desk.close()
    assert [mark.tags for mark in sit(desk.path).marks] == [("国际", "形势")]


def test_closing_while_a_card_is_written_on_keeps_the_note(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    panel = desk.window.right.open("marks")
    desk.settle()
    panel.edit_note(desk.marks[0].id)
    desk.settle()
    desk.type("在卡片上写的")
    assert desk.close()
    assert [mark.note for mark in sit(desk.path).marks] == ["在卡片上写的"]


def test_the_library_is_free_after_closing(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    assert desk.close()
    assert not sit(desk.path).library.read_only


def test_a_click_on_a_card_goes_to_the_words(desk: Sitting) -> None:
    span = desk.select("品牌农业")
    desk.key(Qt.Key.Key_1)
    desk.reader.set_top(0)
    desk.settle()
    panel = desk.window.right.open("marks")
    desk.settle()
    middle = panel.view.visualRect(panel.model.index(0)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    desk.settle()
    assert desk.reader.seen().overlaps(span)
    assert desk.desk.marking.current == [desk.marks[0].id]
    assert desk.address.startswith("七 · 25")


def test_the_tab_counts_the_marks(desk: Sitting) -> None:
    buttons = desk.window.right.findChildren(QToolButton)
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    assert "标注 1" in [button.text() for button in buttons]
    desk.do("undo")
    assert "标注" in [button.text() for button in buttons]


@pytest.mark.parametrize("words", ["note", "tags", "export", "meeting"])
def test_the_words_in_the_bar_do_what_their_keys_do(desk: Sitting, words: str) -> None:
    shown = {"note": "批注 N", "tags": "标签 T", "export": "导出", "meeting": "会议 F5"}[words]
    triggered: list[bool] = []
    desk.window.actions_by_id[words].triggered.disconnect()
    desk.window.actions_by_id[words].triggered.connect(lambda: triggered.append(True))
    button = next(b for b in desk.window.top_bar.findChildren(QToolButton) if b.text() == shown)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert triggered == [True]
    assert desk.reader.hasFocus()


def test_tab_walks_out_of_the_text_and_through_the_window(desk: Sitting) -> None:
    """Nobody is caught: the keyboard reaches search, tree and list and comes back."""
    seen = []
    for _ in range(60):
        desk.key(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        seen.append(focus)
        if focus is desk.reader:
            break
    assert desk.window.top_bar.search in seen
    assert desk.desk.outline.tree in seen or desk.desk.outline.filter in seen
    assert seen[-1] is desk.reader


def test_the_text_is_the_first_thing_under_the_keyboard(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.close()
    assert sit(desk.path).reader.hasFocus()
