"""A line that shortens its words."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.elided_label import ElidedLabel

LONG = "中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议（征求意见稿）"


def test_it_cuts_the_middle_or_the_end(qtbot: QtBot) -> None:
    middle, end = ElidedLabel(LONG), ElidedLabel(LONG, Qt.TextElideMode.ElideRight)
    for label in (middle, end):
        qtbot.addWidget(label)
        label.resize(160, 20)
        assert label.is_elided()
    assert middle.shown_text().endswith("）")
    assert end.shown_text().endswith("…")
    middle.resize(middle.sizeHint())
    assert middle.shown_text() == LONG


def test_it_gives_way_in_a_narrow_window(qtbot: QtBot) -> None:
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 30 < label.sizeHint().width()


def test_markup_is_shown_as_it_is_written(qtbot: QtBot) -> None:
    label = ElidedLabel("<b>甲</b>\n乙")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert label.shown_text() == "<b>甲</b> 乙"


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen plugin, for a window that pops up
def test_the_tool_tip_has_what_was_cut(qtbot: QtBot) -> None:
    label = ElidedLabel(LONG + "<i>")
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    ask = QHelpEvent(QEvent.Type.ToolTip, label.rect().center(), label.mapToGlobal(label.rect().center()))
    QApplication.sendEvent(label, ask)
    assert "&lt;i&gt;" in QToolTip.text()
    QToolTip.hideText()
