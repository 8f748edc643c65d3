"""The list of cards of different heights."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtWidgets import QStyledItemDelegate
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.card_view import CardView

GAP = 10


class Given:
    """Heights a test sets: those of the rows when measured, and one guess for all; counts what is measured."""

    def __init__(self, model: QStringListModel) -> None:
        self.model = model
        self.measured: list[int] = []

    def exact(self, row: int, width: int) -> int:
        self.measured.append(row)
        return int(self.model.index(row).data())

    def rough(self, row: int, width: int) -> int:
        return 60


def make(qtbot: QtBot, heights: list[int]) -> tuple[CardView, QStringListModel, Given]:
    model = QStringListModel([str(height) for height in heights])
    given_heights = Given(model)
    view = CardView(given_heights, GAP)
    model.setParent(view)
    view.setItemDelegate(QStyledItemDelegate(view))
    view.setModel(model)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    view.setFocus()
    qtbot.waitExposed(view)
    return view, model, given_heights


def test_cards_lie_below_one_another_with_a_gap(qtbot: QtBot) -> None:
    view, model, _ = make(qtbot, [30, 80, 50])
    rects = [view.visualRect(model.index(row)) for row in range(3)]
    assert [rect.height() for rect in rects] == [30, 80, 50]
    assert [rect.top() for rect in rects] == [GAP // 2, GAP // 2 + 40, GAP // 2 + 130]
    assert view.indexAt(rects[1].center()).row() == 1
    assert not view.indexAt(rects[1].bottomLeft() + QPoint(0, GAP // 2)).isValid()


def test_only_what_is_in_view_is_measured(qtbot: QtBot) -> None:
    view, model, heights = make(qtbot, [50] * 10_000)
    assert len(heights.measured) < 30
    heights.measured.clear()
    model.setData(model.index(3), "90")
    assert heights.measured == [3]
    assert view.visualRect(model.index(3)).height() == 90
    heights.measured.clear()
    model.setData(model.index(9_000), "90")
    assert heights.measured == []


@pytest.mark.parametrize("row", [0, 57, 199])
def test_scrolling_to_a_row_brings_it_into_view_as_a_whole(qtbot: QtBot, row: int) -> None:
    view, model, _ = make(qtbot, [20 + 37 * number % 150 for number in range(200)])
    view.scrollTo(model.index(row))
    assert view.viewport().rect().contains(view.visualRect(model.index(row)))


def test_what_is_in_view_stays_when_rows_above_come_and_go(qtbot: QtBot) -> None:
    view, model, _ = make(qtbot, [20 + 37 * number % 150 for number in range(200)])
    view.verticalScrollBar().setValue(3_000)
    row = view.visibleRows().start + 1
    before = view.visualRect(model.index(row)).top()
    model.insertRows(2, 3)
    for new in (2, 3, 4):
        model.setData(model.index(new), "200")
    assert view.visualRect(model.index(row + 3)).top() == before
    model.removeRows(1, 4)
    assert view.visualRect(model.index(row - 1)).top() == before


def test_the_end_is_the_end_although_heights_were_guessed(qtbot: QtBot) -> None:
    view, model, _ = make(qtbot, [150] * 500)
    view.scrollToBottom()
    assert view.visualRect(model.index(499)).bottom() <= view.viewport().height()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.visibleRows().stop == 500
    assert view.viewport().rect().contains(view.visualRect(model.index(499)))


def test_arrows_walk_and_tell_where(qtbot: QtBot) -> None:
    view, model, _ = make(qtbot, [50] * 30)
    view.setCurrentIndex(model.index(0))
    walked: list[int] = []
    view.walked.connect(lambda index: walked.append(index.row()))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert walked == [1, 2, 1, 29, 0]
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert walked == [1, 2, 1, 29, 0]
    assert sorted(index.row() for index in view.selectedIndexes()) == [0, 1]


def test_a_plain_click_goes_there_and_a_ctrl_click_only_selects(qtbot: QtBot) -> None:
    view, model, _ = make(qtbot, [50] * 5)
    walked: list[int] = []
    view.walked.connect(lambda index: walked.append(index.row()))
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.viewport(), left, pos=view.visualRect(model.index(1)).center())
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(view.viewport(), left, control, pos=view.visualRect(model.index(3)).center())
    assert walked == [1]
    assert sorted(index.row() for index in view.selectedIndexes()) == [1, 3]


def test_letters_are_left_to_the_parent_and_no_input_method_takes_them(qtbot: QtBot) -> None:
    view, model, _ = make(qtbot, [50] * 5)
    view.setCurrentIndex(model.index(1))
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    qtbot.keyClick(view, Qt.Key.Key_5)
    assert view.currentIndex().row() == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    heights=st.lists(st.integers(10, 300), min_size=1, max_size=60), steps=st.lists(st.integers(0, 9000), max_size=6)
)
def test_rows_in_view_are_those_whose_cards_are(qtbot: QtBot, heights: list[int], steps: list[int]) -> None:
    view, model, _ = make(qtbot, heights)
    for value in steps:
        view.verticalScrollBar().setValue(value)
        rows = view.visibleRows()
        inside = [
            row for row in range(len(heights)) if view.visualRect(model.index(row)).intersects(view.viewport().rect())
        ]
        assert set(inside) <= set(rows)
        assert [view.visualRect(model.index(row)).height() for row in inside] == [heights[row] for row in inside]
    view.close()
