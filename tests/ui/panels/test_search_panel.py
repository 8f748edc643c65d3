"""搜索: hits are listed, walked, chosen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.model.search import Hit, Where
from desktop.model.span import Span
from desktop.services.marking import Marker
from desktop.services.searching import search_reading
from desktop.ui.models.hits_model import HitRole
from desktop.ui.panels.search_panel import SearchPanel
from desktop.ui.session import Session
from desktop.ui.theme.tokens import LIGHT
from desktop.ui.widgets.empty_state import EmptyState


@pytest.fixture
def panel(qtbot: QtBot) -> SearchPanel:
    panel = SearchPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(330, 500)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def hits(session: Session) -> list[Hit]:
    """Find 产业园区 in the plan, in a note and in a tag."""
    assert session.reading is not None
    at = session.reading.text.index("智赋万企")
    session.run(Marker(session.library, session.reading).note(Span(at, at + 4), "产业园区，产业园区", ("产业园区",)))
    return search_reading(session.reading, session.marks, "产业园区")


def show(panel: SearchPanel, session: Session, hits: list[Hit]) -> None:
    reading = session.reading
    assert reading is not None
    panel.show_hits("产业园区", hits, lambda hit: reading.address(hit.offset))


def said(panel: SearchPanel) -> str:
    return panel.findChild(EmptyState).text()


def test_the_groups_are_counted(panel: SearchPanel, session: Session, hits: list[Hit]) -> None:
    show(panel, session, hits)
    text = sum(hit.where is Where.TEXT for hit in hits)
    assert {where: chip.count() for where, chip in panel.chips.items()} == {
        Where.TEXT: text,
        Where.NOTE: 2,
        Where.TAG: 1,
    }
    assert panel.list.model().rowCount() == text + 3 + 2


def test_a_row_has_the_address_of_its_place(panel: SearchPanel, session: Session, hits: list[Hit]) -> None:
    show(panel, session, hits)
    panel.set_current(hits.index(next(hit for hit in hits if hit.where is Where.TAG)))
    assert panel.list.currentIndex().data(HitRole.ROW).address.startswith("三 · 7")


def test_arrows_walk_over_headings_and_tell_each_hit(
    panel: SearchPanel, qtbot: QtBot, session: Session, hits: list[Hit]
) -> None:
    show(panel, session, hits)
    told: list[int] = []
    panel.hit_activated.connect(told.append)
    panel.set_current(0)
    panel.list.setFocus()
    assert told == []
    for _ in range(len(hits)):
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert sorted(told) == list(range(1, len(hits)))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert told[-1] == told[-2]


def test_a_click_tells_the_hit_once(panel: SearchPanel, qtbot: QtBot, session: Session, hits: list[Hit]) -> None:
    show(panel, session, hits)
    told: list[int] = []
    panel.hit_activated.connect(told.append)
    place = panel.list.visualRect(panel.list.model().index(1, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == [1]


def test_a_chip_brings_its_group_into_sight(panel: SearchPanel, qtbot: QtBot) -> None:
    note = Hit("d", "e", Where.NOTE, Span(0, 2), "产业", 0, 5, "m")
    many = [Hit("d", "e", Where.TEXT, Span(n, n + 2), "产业", n, n) for n in range(500)]
    panel.show_hits("产业", [*many, note], lambda _hit: "三 · 7")
    qtbot.mouseClick(panel.chips[Where.NOTE], Qt.MouseButton.LeftButton)
    assert panel.list.viewport().rect().intersects(panel.list.visualRect(panel.list.model().index(501, 0)))
    qtbot.mouseClick(panel.chips[Where.TEXT], Qt.MouseButton.LeftButton)
    assert panel.list.verticalScrollBar().value() == 0


def test_nothing_searched_and_nothing_found_say_so(panel: SearchPanel, session: Session, hits: list[Hit]) -> None:
    assert "输入要找的文字" in said(panel)
    panel.show_hits("<b>无", [], lambda _hit: "")
    assert "没有找到“<b>无”" in said(panel)
    show(panel, session, hits)
    assert panel.list.isVisible()
    panel.clear()
    assert not panel.list.isVisible()
    assert "输入要找的文字" in said(panel)


def test_no_current_hit_leaves_no_row_marked(panel: SearchPanel, session: Session, hits: list[Hit]) -> None:
    show(panel, session, hits)
    panel.set_current(1)
    assert panel.list.selectionModel().hasSelection()
    panel.set_current(None)
    assert not panel.list.selectionModel().hasSelection()
