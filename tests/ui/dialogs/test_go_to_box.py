"""Ctrl+G: the number of a clause, typed as people say it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget

from tests.ui.sitting import HIGHEST_DIALOG, Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier


RESTARTING = "某市规划\n\n" + "\n".join(
    f"{chapter}、{chapter}的标题\n" + "\n".join(f"{number}.{chapter}第{number}项。说明。" for number in range(1, 4))
    for chapter in "一二三四五六七八九"
)
"""A text whose numbers begin again in every section."""


def rows(desk: Sitting) -> list[str]:
    found = desk.desk.go_to_box.findChild(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def hint(desk: Sitting) -> str:
    return next(label.text() for label in desk.desk.go_to_box.findChildren(QLabel) if label.text())


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("22", "六 · 22 · 第1句"),
        ("第22条", "六 · 22 · 第1句"),
        ("第二十二条", "六 · 22 · 第1句"),
        ("22.3", "六 · 22 · 第3句"),
        ("第22条第3句", "六 · 22 · 第3句"),
        ("25.3", "七 · 25 · 第3句"),
        ("三.8", "三 · 8 · 第1句"),
        ("三", "三"),
        ("坚持人民至上", "二 · 5 · 坚持人民至上 · 第1句"),
    ],
)
def test_a_number_goes_to_its_place(desk: Sitting, typed: str, address: str) -> None:
    desk.key(Qt.Key.Key_G, CONTROL)
    box = desk.desk.go_to_box
    assert box.isVisible()
    desk.type(typed)
    assert len(rows(desk)) >= 1
    desk.key(Qt.Key.Key_Return)
    assert not box.isVisible()
    assert desk.address == address
    assert desk.reader.hasFocus()
    assert desk.reader.seen().start <= desk.reader.caret() <= desk.reader.seen().end


@pytest.mark.parametrize("typed", ["99", "没有这样的条款", "22.99", "¥%"])
def test_nonsense_is_said_to_be_none_and_leads_nowhere(desk: Sitting, typed: str) -> None:
    top = desk.reader.top()
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type(typed)
    assert rows(desk) == []
    assert f"没有“{typed}”这一条" in hint(desk)
    desk.key(Qt.Key.Key_Return)
    assert desk.desk.go_to_box.isVisible()
    assert desk.reader.top() == top


def test_esc_leads_back_to_the_text(desk: Sitting) -> None:
    top = desk.reader.top()
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type("22")
    desk.key(Qt.Key.Key_Escape)
    assert not desk.desk.go_to_box.isVisible()
    assert desk.reader.hasFocus()
    assert desk.reader.top() == top


def test_the_box_is_empty_when_it_comes_again(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type("22")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_G, CONTROL)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == ""
    assert rows(desk) == []


def test_several_places_are_walked_and_chosen(desk: Sitting) -> None:
    desk.open_text(RESTARTING)
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type("2")
    assert [row.split("\u3000")[0] for row in rows(desk)[:3]] == ["一 · 2", "二 · 2", "三 · 2"]
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Return)
    assert desk.address.startswith("二 · 2")


def test_a_click_on_a_row_goes_there(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type("22.3")
    rows_shown = desk.desk.go_to_box.findChild(QListWidget)
    middle = rows_shown.visualItemRect(rows_shown.item(0)).center()
    QTest.mouseClick(rows_shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    desk.settle()
    assert desk.address == "六 · 22 · 第3句"
    assert desk.reader.hasFocus()


def test_every_row_is_seen_and_the_box_stays_in_the_window(desk: Sitting) -> None:
    desk.open_text(RESTARTING)
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.type("2")
    assert len(rows(desk)) == 8
    box, rows_shown = desk.desk.go_to_box, desk.desk.go_to_box.findChild(QListWidget)
    last = rows_shown.visualItemRect(rows_shown.item(rows_shown.count() - 1))
    assert rows_shown.viewport().rect().contains(last)
    assert desk.window.pages.rect().contains(box.geometry())
    assert box.height() <= HIGHEST_DIALOG


def test_what_is_being_composed_is_not_looked_up(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_G, CONTROL)
    line = QApplication.focusWidget()
    assert line is not None
    QCoreApplication.sendEvent(line, QInputMethodEvent("san", []))
    assert rows(desk) == []
    event = QInputMethodEvent("", [])
    event.setCommitString("三")
    QCoreApplication.sendEvent(line, event)
    assert len(rows(desk)) == 1


def test_going_elsewhere_closes_the_box(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_G, CONTROL)
    desk.window.top_bar.search.setFocus()
    desk.settle()
    assert not desk.desk.go_to_box.isVisible()


def test_a_decimal_number_goes_to_its_clause_where_clauses_are_numbered_so(desk: Sitting) -> None:
    desk.open_text("某市预案\n1 总则\n1.1 目的\n为了。\n1.2 依据\n1.2.1 法律。\n1.2.2 法规。再者。\n2 附则\n2.1 解释\n")
    for typed, address in (("1.2.2", "1.2.2 · 第1句"), ("1.2.2.2", "1.2.2 · 第2句"), ("1.2", "1.2")):
        desk.key(Qt.Key.Key_G, CONTROL)
        desk.type(typed)
        desk.key(Qt.Key.Key_Return)
        assert desk.address == address or desk.address.startswith(f"{address}\u3000")
