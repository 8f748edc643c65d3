"""One line of words: those that fit, each a click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.word_chips import WordChips

WORDS = ("供应链", "园区", "数字化转型", "中小企业", "集群", "链主", "技术改造")


def made(qtbot: QtBot, width: int) -> WordChips:
    chips = WordChips("相关词", "加上")
    qtbot.addWidget(chips)
    chips.show_words(WORDS)
    chips.resize(width, 24)
    chips.show()
    return chips


def test_as_many_words_are_shown_as_the_line_holds(qtbot: QtBot) -> None:
    narrow, wide = made(qtbot, 200).words(), made(qtbot, 900).words()
    assert wide == list(WORDS)
    assert 0 < len(narrow) < len(WORDS)
    assert narrow == list(WORDS[: len(narrow)])
    assert made(qtbot, 200).height() == made(qtbot, 900).height()


def test_a_word_is_chosen_and_no_words_take_no_room(qtbot: QtBot) -> None:
    chips = made(qtbot, 900)
    chip = next(chip for chip in chips.findChildren(Chip) if chip.text() == "园区")
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chosen.args == ["园区"]
    chips.show_words(())
    assert chips.isHidden()
    assert chips.words() == []
