"""搜索: hits are listed, walked, chosen, previewed."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.model.search import Found, Hit, Where
from desktop.model.span import Span
from desktop.ui.models.hits_model import Aside, Grouping, HitRole
from desktop.ui.panels.search_panel import WIDEN, SearchPanel
from desktop.ui.theme.tokens import LIGHT
from desktop.ui.widgets.empty_state import EmptyState

CONTEXT = "建设产业园区，做强产业园区。"


def hit(number: int, where: Where = Where.TEXT, section: str = "一、总体") -> Found:
    start = 100 * number
    mark = None if where is Where.TEXT else "m"
    return Found(Hit("d", "e", where, Span(start + 2, start + 6), CONTEXT, start, start + 2, mark), "规划", section, "")


FOUND = [hit(1), hit(2), hit(3, section="二、产业"), hit(4, Where.NOTE), hit(5, Where.TAG)]


@pytest.fixture
def panel(qtbot: QtBot) -> SearchPanel:
    panel = SearchPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(330, 500)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


def show(panel: SearchPanel, found: list[Found], *, whole_library: bool = False, message: str = "") -> None:
    grouping = Grouping(documents=whole_library)
    aside = Aside("三 · 7")
    panel.show_hits("产业园区", found, grouping, lambda _found: aside, message=message, whole_library=whole_library)


def said(panel: SearchPanel) -> str:
    return panel.findChild(EmptyState).text()


def place(panel: SearchPanel, hit: int) -> QModelIndex:
    rows = (panel.list.model().index(row, 0) for row in range(panel.list.model().rowCount()))
    return next(index for index in rows if index.data(HitRole.HIT) == hit)


def test_hits_in_text_notes_and_tags_are_counted(panel: SearchPanel) -> None:
    show(panel, FOUND)
    assert {where: chip.count() for where, chip in panel.chips.items()} == {
        Where.TEXT: 3,
        Where.NOTE: 1,
        Where.TAG: 1,
    }
    assert panel.list.model().rowCount() == len(FOUND) + 3
    show(panel, FOUND[:3])
    assert not panel.chips[Where.TEXT].isVisible()


def test_arrows_walk_over_headings_and_tell_each_hit(panel: SearchPanel, qtbot: QtBot) -> None:
    show(panel, FOUND)
    walked: list[int] = []
    confirmed: list[int] = []
    panel.hit_walked.connect(walked.append)
    panel.hit_confirmed.connect(confirmed.append)
    panel.set_current(0)
    panel.list.setFocus()
    assert walked == []
    for _ in range(len(FOUND)):
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert walked == [1, 2, 3, 4]
    qtbot.keyClick(panel.list, Qt.Key.Key_Up)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert (walked[-1], confirmed) == (3, [3])
    qtbot.keyClick(panel.list, Qt.Key.Key_Home)
    with qtbot.waitSignal(panel.left_up):
        qtbot.keyClick(panel.list, Qt.Key.Key_Up)


def test_a_click_chooses_a_hit_and_no_heading(panel: SearchPanel, qtbot: QtBot) -> None:
    show(panel, FOUND)
    chosen: list[int] = []
    walked: list[int] = []
    panel.hit_chosen.connect(chosen.append)
    panel.hit_walked.connect(walked.append)
    for index in (place(panel, 1), panel.list.model().index(0, 0)):
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(index).center())
    assert (chosen, walked) == ([1], [])


def test_a_chip_brings_its_hits_into_sight(panel: SearchPanel, qtbot: QtBot) -> None:
    show(panel, [*(hit(number) for number in range(500)), hit(500, Where.NOTE)])
    qtbot.mouseClick(panel.chips[Where.NOTE], Qt.MouseButton.LeftButton)
    assert panel.list.viewport().rect().intersects(panel.list.visualRect(place(panel, 500)))
    qtbot.mouseClick(panel.chips[Where.TEXT], Qt.MouseButton.LeftButton)
    assert panel.list.verticalScrollBar().value() == 0


def test_near_its_end_the_list_asks_for_more_and_goes_on(panel: SearchPanel, qtbot: QtBot) -> None:
    found = [hit(number) for number in range(100)]
    show(panel, found, whole_library=True)
    with qtbot.waitSignal(panel.more_wanted):
        panel.list.scrollToBottom()
    top = panel.list.verticalScrollBar().value()
    found += [hit(number) for number in range(100, 150)]
    panel.show_more()
    assert panel.list.verticalScrollBar().value() == top
    assert place(panel, 149).isValid()


def test_in_the_library_the_current_hit_is_shown_with_its_whole_sentence(panel: SearchPanel) -> None:
    show(panel, FOUND, whole_library=True)
    assert not panel.preview.isVisible()
    panel.set_current(2, preview=True)
    assert panel.preview.isVisible()
    assert panel.preview.text() == CONTEXT
    panel.set_current(1)
    assert not panel.preview.isVisible()


def test_of_a_note_of_100_000_characters_what_stands_around_the_hit_is_shown(panel: SearchPanel) -> None:
    note = "没有标点的长文水电" * 11_112
    places = [at for at in range(len(note)) if note.startswith("水电", at)]
    found = [Found(Hit("d", "e", Where.NOTE, Span(at, at + 2), note, 0, 7, "m"), "规划", "", "") for at in places]
    show(panel, found, whole_library=True)
    assert panel.list.model().rowCount() == 3
    begun = time.process_time()
    panel.set_current(len(found) // 2, preview=True)
    assert time.process_time() - begun < 0.5  # it took a minute when all were coloured
    assert "长文水电没有" in panel.preview.text()
    assert 300 < len(panel.preview.text()) < 1000


def test_nothing_searched_and_nothing_found_say_what_to_do(panel: SearchPanel, qtbot: QtBot) -> None:
    assert "输入要找的文字" in said(panel)
    panel.show_hits("<b>无", [], Grouping(), lambda _found: Aside())
    assert "没有找到“<b>无”" in said(panel)
    button = next(button for button in panel.findChildren(QPushButton) if button.text() == WIDEN)
    with qtbot.waitSignal(panel.library_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    show(panel, [], whole_library=True)
    assert "文库里没有找到" in said(panel)
    assert not button.isVisible()
    show(panel, FOUND)
    assert panel.list.isVisible()


def test_how_the_words_were_read_is_told(panel: SearchPanel) -> None:
    assert not panel.message.isVisible()
    show(panel, FOUND, message="没有“怎样建园区”，找到分开的词：园区")
    assert panel.message.isVisible()
    assert "分开的词" in panel.message.text()


def test_switches_show_and_switch_their_actions(qtbot: QtBot) -> None:
    action = QAction("正则表达式")
    action.setCheckable(True)
    panel = SearchPanel(LIGHT, [("正则", action)])
    qtbot.addWidget(panel)
    panel.show()
    chip = next(chip for chip in panel.findChildren(type(panel.chips[Where.TEXT])) if chip.text() == "正则")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert action.isChecked()
    action.setChecked(False)
    assert not chip.isChecked()


def test_the_building_of_the_index_is_told_and_can_be_stopped(panel: SearchPanel, qtbot: QtBot) -> None:
    panel.show_progress("正在建立索引 37 %，搜索可用", paused=False)
    button = next(button for button in panel.findChildren(QPushButton) if button.text() == "暂停")
    with qtbot.waitSignal(panel.pause_wanted) as wanted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted.args == [True]
    panel.show_progress("", paused=False)
    assert not button.isVisible()


def test_no_current_hit_leaves_no_row_marked(panel: SearchPanel) -> None:
    show(panel, FOUND)
    panel.set_current(1)
    assert panel.list.selectionModel().hasSelection()
    panel.set_current(None)
    assert not panel.list.selectionModel().hasSelection()
