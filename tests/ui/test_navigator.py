"""Going places: the address in view, back and forward, the tree that follows, the place that is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from desktop.model.settings import place_of
from desktop.ui.models.outline_model import OutlineRole
from desktop.ui.navigator import _SETTLED_MS
from tests.ui.sitting import Sitting

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def go(desk: Sitting, words: str) -> int:
    """Scroll as the wheel does, and return the place."""
    start = desk.place(words).start
    desk.reader.set_top(start)
    desk.settle()
    return start


def in_tree(desk: Sitting) -> int:
    """Return where the clause begins that the tree shows as the one in view."""
    return int(desk.desk.outline._model.in_view().data(OutlineRole.START))  # noqa: SLF001


def test_the_address_and_the_tree_follow_the_text(desk: Sitting) -> None:
    for words, clause in (("13.强化企业", "四 · 13"), ("25.加快推进农业", "七 · 25"), ("3.“十五五”", "一 · 3")):
        start = go(desk, words)
        desk.window.navigator.go_to(start)
        desk.settle()
        assert desk.address.startswith(clause), words
        assert in_tree(desk) == start
        assert desk.desk.outline.tree.visualRect(desk.desk.outline._model.in_view()).isValid()  # noqa: SLF001


def test_every_clause_comes_into_the_address_while_scrolling(desk: Sitting) -> None:
    seen = set()
    bar = desk.reader.verticalScrollBar()
    bar.setValue(0)
    for _ in range(9000):
        desk.settle()
        seen.add(in_tree(desk))
        if bar.value() >= bar.maximum():
            break
        bar.setValue(bar.value() + desk.reader.lines.typeface.body_line // 2)
    expected = {
        node.clause.start for node in desk.reading.outline.nodes if node.clause.number and not node.clause.implied
    }
    missing = {desk.reading.address(start) for start in expected - seen}
    assert not missing


def test_the_title_of_the_clause_stands_behind_the_address(desk: Sitting) -> None:
    desk.window.navigator.go_to(desk.place("22.加快建设").start)
    desk.settle()
    assert desk.window.top_bar.address.text() == "六 · 22 · 第1句\u3000加快建设区域消费中心"


def test_a_click_in_the_tree_goes_there_and_gives_the_focus_to_the_text(desk: Sitting) -> None:
    tree, model = desk.desk.outline.tree, desk.desk.outline._model  # noqa: SLF001
    index = model.numbered("15")
    tree.scrollTo(index)
    desk.settle()
    QTest.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        tree.visualRect(index).center(),
    )
    desk.settle()
    assert desk.address.startswith("四 · 15")
    assert desk.reader.hasFocus()


def test_back_and_forward_walk_the_places_gone_to(desk: Sitting) -> None:
    tops = [desk.reader.top()]
    for words in ("7.加快构建", "16.全面激发", "24.构建"):
        desk.window.navigator.go_to(desk.place(words).start)
        desk.settle()
        tops.append(desk.reader.top())
    assert len(set(tops)) == 4
    for top in tops[-2::-1]:
        desk.key(Qt.Key.Key_Left, ALT)
        assert desk.reader.top() == top
    assert not desk.window.actions_by_id["back"].isEnabled()
    for top in tops[1:]:
        desk.key(Qt.Key.Key_Right, ALT)
        assert desk.reader.top() == top
    assert not desk.window.actions_by_id["forward"].isEnabled()


def test_going_somewhere_new_forgets_what_lay_ahead(desk: Sitting) -> None:
    for words in ("7.加快构建", "16.全面激发"):
        desk.window.navigator.go_to(desk.place(words).start)
    desk.do("back")
    desk.window.navigator.go_to(desk.place("24.构建").start)
    assert not desk.window.actions_by_id["forward"].isEnabled()
    desk.do("back")
    assert desk.address.startswith("三 · 7")


def test_the_arrows_of_the_bar_are_the_same(desk: Sitting) -> None:
    desk.window.navigator.go_to(desk.place("16.全面激发").start)
    top = desk.reader.top()
    arrows = {button.accessibleName(): button for button in desk.window.top_bar.findChildren(QToolButton)}
    QTest.mouseClick(arrows["后退"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.reader.top() < top
    QTest.mouseClick(arrows["前进"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.reader.top() == top


def test_ctrl_down_and_up_step_from_clause_to_clause(desk: Sitting) -> None:
    desk.window.navigator.go_to(desk.place("7.加快构建").start)
    desk.key(Qt.Key.Key_Down, CONTROL)
    assert desk.address.startswith("三 · 8")
    desk.key(Qt.Key.Key_Up, CONTROL)
    assert desk.address.startswith("三 · 7")
    desk.key(Qt.Key.Key_Up, CONTROL)
    assert desk.address.startswith("三")
    assert not desk.address.startswith("三 · 7")


def test_stepping_ends_at_both_ends(desk: Sitting) -> None:
    for _ in range(2):
        desk.do("previous_clause") if desk.reader.top() else None
    top = desk.reader.top()
    desk.do("previous_clause")
    assert desk.reader.top() == top
    desk.window.navigator.go_to(desk.place("25.加快推进农业").start)
    desk.settle()
    desk.do("next_clause")
    assert desk.address.startswith("七 · 25")


def test_the_place_is_stored_when_the_text_stands_still(desk: Sitting) -> None:
    go(desk, "16.全面激发")
    setting = place_of(desk.reading.edition.id)
    desk.wait(lambda: desk.library.settings.get(setting) == desk.reader.top(), _SETTLED_MS * 5)


def test_the_place_is_kept_from_one_start_to_the_next(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    go(desk, "16.全面激发")
    top = desk.reader.top()
    assert desk.close()
    again = sit(desk.path)
    assert again.reader.top() == top
    assert again.address.startswith("五 · 16")
    assert again.library.settings.get(place_of(again.reading.edition.id)) == top


def test_a_note_at_the_start_is_written_where_the_text_was_left(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    go(desk, "16.全面激发")
    assert desk.close()
    again = sit(desk.path)
    top = again.reader.top()
    again.key(Qt.Key.Key_N)
    again.type("接着写")
    again.key(Qt.Key.Key_Escape)
    assert [again.reading.address_of(mark) for mark in again.marks] == ["五 · 16"]
    assert again.reader.top() == top
