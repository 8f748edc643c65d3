"""Messages at the bottom of the text."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme.tokens import STATUS_HEIGHT
from desktop.ui.widgets.message_bar import Action, MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    """Return a bar over a window."""
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    qtbot.waitExposed(window)
    return MessageBar(window)


def shown_buttons(bar: MessageBar) -> list[QPushButton]:
    return [button for button in bar.findChildren(QPushButton) if button.isVisible()]


def waiting(bar: MessageBar) -> str:
    """Return what is said of the errors that wait."""
    return "".join(label.text() for label in bar.findChildren(QLabel)[1:] if label.isVisible())


def close_button(bar: MessageBar) -> QToolButton:
    return bar.findChild(QToolButton)


def test_it_is_not_there_until_there_is_something_to_say(bar: MessageBar) -> None:
    assert not bar.isVisible()
    assert bar.text() == ""


def test_a_message_goes_away_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("已自动保存", seconds=0.05)
    assert bar.isVisible()
    assert bar.text() == bar.accessibleName() == "已自动保存"
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)


def test_a_message_stays_while_the_pointer_is_on_it(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("已删除 3 处标注。", seconds=0.05)
    middle = bar.rect().center().toPointF()
    QApplication.sendEvent(bar, QEnterEvent(middle, middle, middle))
    qtbot.wait(150)
    assert bar.isVisible()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)


def test_the_action_is_done_once_and_the_message_goes(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.show_message("已删除 3 处标注。", Action("撤销", lambda: done.append("undone")))
    button = bar.findChild(QPushButton)
    assert button.text() == "撤销"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert not bar.isVisible()


def test_an_action_may_say_something_itself(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("已删除", Action("撤销", lambda: bar.show_message("已恢复")))
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert bar.text() == "已恢复"
    assert shown_buttons(bar) == []
    bar.close_message()


def test_a_message_may_have_several_actions(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.show_error("没有写成。", Action("再试", lambda: done.append("again")))
    ways = ("打开", "打开所在文件夹")
    bar.show_message("已导出", *(Action(way, lambda way=way: done.append(way)) for way in ways))
    assert [button.text() for button in shown_buttons(bar)] == list(ways)
    assert bar.parentWidget().rect().contains(bar.geometry())
    qtbot.mouseClick(shown_buttons(bar)[1], Qt.MouseButton.LeftButton)
    assert done == ["打开所在文件夹"]
    assert [button.text() for button in shown_buttons(bar)] == ["再试"]
    bar.close_message()


def test_an_error_stays_until_it_is_closed_and_hides_nothing_newer(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_error("磁盘已满，请先腾出空间。")
    assert bar.is_error()
    assert waiting(bar) == ""
    bar.show_message("已导出 3 处标注", seconds=0.05)
    assert bar.text() == "已导出 3 处标注"
    assert waiting(bar) == "还有 1 条"
    qtbot.waitUntil(lambda: bar.text() == "磁盘已满，请先腾出空间。", timeout=2000)
    qtbot.wait(100)
    assert bar.is_error()
    assert waiting(bar) == ""
    qtbot.mouseClick(close_button(bar), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_errors_are_told_the_newest_first_and_none_twice(bar: MessageBar) -> None:
    for words in ("甲", "乙", "甲", "乙"):
        bar.show_error(words)
    told = []
    while bar.isVisible():
        told.append((bar.text(), waiting(bar)))
        bar.close_message()
    assert told == [("乙", "还有 1 条"), ("甲", "")]


def test_an_error_that_is_over_is_taken_away_also_where_it_waits(bar: MessageBar) -> None:
    for words in ("甲", "乙", "丙"):
        bar.show_error(words)
    bar.withdraw("甲")
    assert (bar.text(), waiting(bar)) == ("丙", "还有 1 条")
    bar.withdraw("丙")
    assert (bar.text(), waiting(bar)) == ("乙", "")
    bar.withdraw("乙")
    assert not bar.isVisible()


def test_escape_in_the_text_closes_it_too(bar: MessageBar, qtbot: QtBot) -> None:
    window = bar.parentWidget()
    text = QTextEdit(window)
    text.setReadOnly(True)
    text.show()
    window.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    bar.show_error("磁盘已满。")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert text.hasFocus()


def test_escape_closes_and_gives_the_keyboard_back(bar: MessageBar, qtbot: QtBot) -> None:
    window = bar.parentWidget()
    window.activateWindow()
    bar.show_error("磁盘已满。")
    close_button(bar).setFocus()
    qtbot.waitUntil(close_button(bar).hasFocus)
    qtbot.keyClick(close_button(bar), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.hasFocus()


def test_it_keeps_its_place_and_wraps_in_a_narrow_window(bar: MessageBar) -> None:
    window = bar.parentWidget()
    bar.show_error("无法写入文库所在的文件夹，请检查权限，或者用 --library 指定另一个位置。")
    wide = bar.height()
    for width, height in ((900, 300), (260, 500)):
        window.resize(width, height)
        inside = window.rect()
        assert inside.contains(bar.geometry())
        assert abs(bar.geometry().center().x() - inside.center().x()) <= 1
        assert STATUS_HEIGHT < inside.bottom() - bar.geometry().bottom() < STATUS_HEIGHT + 24
    assert bar.height() > wide
    bar.close_message()


def test_a_message_has_the_room_there_is_and_ends_no_line_before_what_is_counted(bar: MessageBar) -> None:
    bar.parentWidget().resize(1093, 614)
    told = "已合并“李科长的意见.yuece”：新增 29 处，有修改 11 处，有冲突 1 处，找不到位置 2 处"
    bar.show_message(told, Action("查看", print))
    label = bar.findChild(QLabel)
    assert label.height() < 2 * label.fontMetrics().lineSpacing()
    assert "29\u00a0处" in label.text()
    assert bar.text() == told
