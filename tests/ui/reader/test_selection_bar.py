"""The bar at a selection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.model.span import Span
from desktop.ui.reader.reader import Reader
from desktop.ui.reader.selection_bar import SelectionBar, place_beside
from desktop.ui.theme.tokens import LIGHT

VIEW = QRect(0, 0, 700, 600)


@pytest.fixture
def bar(reader: Reader) -> SelectionBar:
    """Show a bar with one action for the reader."""
    note = QAction("批注", reader)
    bar = SelectionBar(LIGHT, [note])
    bar.show_for(reader)
    return bar


def test_the_bar_comes_above_the_words_and_goes_with_them(reader: Reader, bar: SelectionBar, qtbot: QtBot) -> None:
    assert not bar.isVisible()
    span = Span(400, 420)
    reader.select(span)
    qtbot.waitUntil(bar.isVisible)
    assert bar.geometry().bottom() < reader.rect_of(span).top()
    assert reader.viewport().rect().contains(bar.geometry())
    assert QApplication.focusWidget() is reader
    reader.clear_selection()
    assert not bar.isVisible()


def test_the_bar_follows_and_leaves_when_the_words_are_out_of_view(
    reader: Reader, bar: SelectionBar, qtbot: QtBot
) -> None:
    reader.select(Span(400, 420))
    qtbot.waitUntil(bar.isVisible)
    reader.scroll_by(60)
    qtbot.waitUntil(lambda: bar.geometry().bottom() < reader.rect_of(Span(400, 420)).top())
    reader.set_top(6000)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_bar_waits_for_the_end_of_a_drag(reader: Reader, bar: SelectionBar, qtbot: QtBot) -> None:
    view, start = reader.viewport(), reader.rect_of(Span(400, 401)).center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(200, 0))
    assert reader.selection() is not None
    qtbot.wait(400)
    assert not bar.isVisible()
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(200, 0))
    qtbot.waitUntil(bar.isVisible)


def test_buttons_choose_pens_and_trigger_actions(reader: Reader, bar: SelectionBar, qtbot: QtBot) -> None:
    reader.select(Span(400, 420))
    qtbot.waitUntil(bar.isVisible)
    buttons = {button.text(): button for button in bar.findChildren(QToolButton)}
    with qtbot.waitSignal(bar.pen_chosen) as chosen:
        qtbot.mouseClick(buttons["3"], Qt.MouseButton.LeftButton)
    assert chosen.args == [3]
    action = buttons["批注"].defaultAction()
    assert action is not None
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(buttons["批注"], Qt.MouseButton.LeftButton)
    assert reader.selection() == Span(400, 420)
    assert QApplication.focusWidget() is reader


@given(st.integers(-50, 700), st.integers(-700, 700), st.integers(1, 700), st.integers(10, 900))
def test_the_bar_never_covers_the_words(left: int, top: int, width: int, height: int) -> None:
    words, size = QRect(left, top, width, height), QSize(300, 40)
    at = place_beside(words, QRect(left, top, 1, 30), size, VIEW)
    if at is not None:
        assert not QRect(at, size).intersects(words)
        assert VIEW.contains(QRect(at, size))
    elif words.intersects(VIEW):
        assert words.top() < 48
        assert words.bottom() > VIEW.bottom() - 50
