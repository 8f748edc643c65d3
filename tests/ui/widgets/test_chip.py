"""The pills that filter."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.chip import WIDEST, Chip


def test_a_chip_is_checked_by_pointer_and_by_space(qtbot: QtBot) -> None:
    chip = Chip("重点", 11)
    qtbot.addWidget(chip)
    chip.show()
    with qtbot.waitSignal(chip.toggled, check_params_cb=lambda on: on):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(chip.toggled, check_params_cb=lambda on: not on):
        qtbot.keyClick(chip, Qt.Key.Key_Space)


def test_several_chips_are_checked_at_once(qtbot: QtBot) -> None:
    chips = [Chip("重点", 11), Chip("含批注")]
    for chip in chips:
        qtbot.addWidget(chip)
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [chip.isChecked() for chip in chips] == [True, True]


def test_it_tells_words_and_count_and_grows_with_them(qtbot: QtBot) -> None:
    chip = Chip("疑问", 6)
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "疑问 6"
    narrow = chip.sizeHint().width()
    chip.set_count(1206)
    assert chip.count() == 1206
    assert chip.accessibleName() == "疑问 1206"
    assert chip.sizeHint().width() > narrow
    chip.set_count(None)
    assert chip.accessibleName() == "疑问"


def test_long_words_are_cut_and_told_in_the_tool_tip(qtbot: QtBot) -> None:
    words = "#衡阳市工业和信息化局/产业发展与园区建设/<重点>"
    chip = Chip(words, 3)
    qtbot.addWidget(chip)
    assert chip.sizeHint().width() == WIDEST
    assert "&lt;重点&gt;" in chip.toolTip()
    assert Chip("短", 3).toolTip() == ""


def test_a_chip_as_wide_as_it_wishes_shows_all_its_words(qtbot: QtBot) -> None:
    for words in ("#民生/就业", "#工信局/产业", "重点", "VIII-a", "有冲突"):
        for count in (None, 1, 29, 10_000):
            chip = Chip(words, count)
            qtbot.addWidget(chip)
            chip.resize(chip.sizeHint())
            assert chip.shown_words() == words
