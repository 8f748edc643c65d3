"""Messages at the bottom of the text."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme.tokens import STATUS_HEIGHT
from desktop.ui.widgets.message_bar import MessageBar


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
    bar.show_message("已删除 3 处标注。", "撤销", lambda: done.append("undone"))
    button = bar.findChild(QPushButton)
    assert button.text() == "撤销"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert not bar.isVisible()


def test_an_action_may_say_something_itself(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("已删除", "撤销", lambda: bar.show_message("已恢复"))
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert bar.text() == "已恢复"
    assert not bar.findChild(QPushButton).isVisible()
    bar.close_message()


def test_an_error_stays_until_it_is_closed(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_error("磁盘已满，请先腾出空间。")
    assert bar.is_error()
    bar.show_message("已自动保存", seconds=0.01)
    qtbot.wait(60)
    assert bar.text() == "磁盘已满，请先腾出空间。"
    qtbot.mouseClick(close_button(bar), Qt.MouseButton.LeftButton)
    assert bar.text() == "已自动保存"
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)


def test_errors_are_told_one_after_another_and_none_twice(bar: MessageBar) -> None:
    bar.show_error("甲")
    bar.show_error("乙")
    bar.show_error("甲")
    bar.show_error("乙")
    told = []
    while bar.isVisible():
        told.append(bar.text())
        bar.close_message()
    assert told == ["甲", "乙"]


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
