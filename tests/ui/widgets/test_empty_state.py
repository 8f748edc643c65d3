"""What an empty list says."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.empty_state import EmptyState


def test_it_says_what_to_do_and_offers_it(qtbot: QtBot) -> None:
    state = EmptyState("文库里还没有文件。", "导入文件")
    qtbot.addWidget(state)
    state.resize(300, 300)
    state.show()
    assert state.text() == state.accessibleName() == "文库里还没有文件。"
    button = state.findChild(QPushButton)
    assert button.text() == "导入文件"
    with qtbot.waitSignal(state.action_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_an_action_there_is_no_button(qtbot: QtBot) -> None:
    state = EmptyState("没有符合的标注。")
    qtbot.addWidget(state)
    state.show()
    assert not state.findChild(QPushButton).isVisible()
    state.set_action("清除筛选")
    assert state.findChild(QPushButton).isVisible()


def test_long_words_wrap_in_a_narrow_panel_and_none_is_lost(qtbot: QtBot) -> None:
    state = EmptyState("这份文件还没有标注。选中文字，按 1–5 就能标上颜色，按 N 写批注。" * 3)
    qtbot.addWidget(state)
    state.resize(200, 500)
    state.show()
    label = state.findChild(QPushButton).parentWidget().layout().itemAt(1).widget()
    assert label.height() >= label.heightForWidth(label.width())
