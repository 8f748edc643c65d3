"""The table of actions: complete, placed, without two keys that clash, none that belongs to input methods."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.ui import menus
from desktop.ui.actions import ACTIONS, Scope, bind, make_actions
from tests.ui.sitting import Sitting

IN_NO_MENU = {"menu"}
"""The key that opens the menu stands in none."""
OF_INPUT_METHODS = ("Ctrl+Space", "Ctrl+.", "Shift+Space", "Ctrl+Shift", "Shift")
OF_SOME_INPUT_METHODS = "Ctrl+Shift+F"


def placed() -> list[str]:
    return [name for _, entries in menus.MAIN for name in menus.in_order(entries)]


def test_every_action_has_an_id_of_its_own() -> None:
    assert max(Counter(action.id for action in ACTIONS).values()) == 1


def test_every_action_stands_in_the_menu_once() -> None:
    assert sorted(placed()) == sorted({action.id for action in ACTIONS} - IN_NO_MENU)


def test_the_menu_of_the_text_holds_actions_of_the_text_only() -> None:
    scopes = {action.id: action.scope for action in ACTIONS}
    assert {scopes[name] for name in menus.in_order(menus.TEXT)} == {Scope.TEXT}


def test_no_two_actions_share_a_key() -> None:
    """Not even across scopes: Qt would fire neither, or the one by the focus."""
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_is_one_qt_understands() -> None:
    for action in ACTIONS:
        for key in action.keys:
            assert QKeySequence(key).toString(), key
            assert QKeySequence(key)[0].key() != Qt.Key.Key_unknown, key


def test_no_key_belongs_to_input_methods() -> None:
    taken = {QKeySequence(key).toString() for action in ACTIONS for key in action.keys}
    assert not taken & {QKeySequence(key).toString() for key in OF_INPUT_METHODS}


def test_what_some_input_methods_take_has_another_key_that_stands_first() -> None:
    having = [action for action in ACTIONS if OF_SOME_INPUT_METHODS in action.keys]
    assert [action.id for action in having] == ["find_library"]
    assert having[0].keys[0] != OF_SOME_INPUT_METHODS


def test_single_keys_work_in_the_text_only() -> None:
    for action in ACTIONS:
        for key in action.keys:
            combination = QKeySequence(key)[0]
            types = (
                combination.keyboardModifiers()
                in (
                    Qt.KeyboardModifier.NoModifier,
                    Qt.KeyboardModifier.ShiftModifier,
                )
                and not Qt.Key.Key_F1 <= combination.key() <= Qt.Key.Key_F35
            )
            assert not types or action.scope is Scope.TEXT, action.id


def test_an_action_without_a_handler_is_an_error(qtbot: object) -> None:
    parent = QObject()
    actions = make_actions(parent)
    handlers = {action.id: lambda: None for action in ACTIONS}
    del handlers["note"]
    with pytest.raises(KeyError, match="note"):
        bind(actions, handlers)


def test_every_action_of_the_window_is_bound(desk: Sitting) -> None:
    actions = desk.window.actions_by_id
    assert set(actions) == {action.id for action in ACTIONS}
    for name, action in actions.items():
        assert action.receivers("2triggered(bool)") > 0, name


def test_what_can_be_done_is_enabled(desk: Sitting) -> None:
    actions = desk.window.actions_by_id
    disabled = {name for name, action in actions.items() if not action.isEnabled()}
    without_hits = {"find_end", "find_next", "find_previous", "export_hits"}
    assert disabled == {"undo", "redo", "back", "forward", "meeting_view"} | without_hits


def shown_menu(desk: Sitting) -> QMenu:
    button = next(b for b in desk.window.top_bar.findChildren(QToolButton) if b.menu() is not None)
    menu = button.menu()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_shows_every_action_with_its_key(desk: Sitting) -> None:
    found: dict[str, str] = {}

    def walk(menu: QMenu) -> None:
        for entry in menu.actions():
            inner = entry.menu()
            if isinstance(inner, QMenu):
                walk(inner)
            elif not entry.isSeparator():
                found[entry.objectName()] = entry.shortcut().toString()

    walk(shown_menu(desk))
    assert sorted(found) == sorted(placed())
    for action in ACTIONS:
        if action.id in found and action.keys:
            assert found[action.id] == QKeySequence(action.keys[0]).toString()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_the_text_comes_at_the_pointer(desk: Sitting) -> None:
    desk.select("从全球看")
    desk.reader.customContextMenuRequested.emit(desk.reader.viewport().rect().center())
    menu = next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())
    names = [entry.objectName() for entry in menu.actions() if not entry.isSeparator()]
    assert names == menus.in_order(menus.TEXT)
    next(entry for entry in menu.actions() if entry.objectName() == "underline").trigger()
    menu.close()
    QTest.qWait(1)
    assert len(desk.marks) == 1
