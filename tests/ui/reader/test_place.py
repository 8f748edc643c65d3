"""The place in view: reached exactly, and kept whatever changes."""

import random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.reader import Reader
from desktop.ui.theme.tokens import DARK, LIGHT


@pytest.fixture
def long(empty_reader: Reader, long_text: str, no_outline: Outline) -> Reader:
    """Show the reader with a million characters."""
    empty_reader.show_text(long_text, no_outline)
    return empty_reader


def rows(reader: Reader) -> list[tuple[int, int]]:
    """Return the rows in view: the code point each begins with, and where it stands."""
    found = []
    view = reader.viewport().height()
    y = reader.verticalScrollBar().value()
    for laid in reader.lines.shown(y, y + view):
        for row in range(laid.layout.lineCount()):
            rect = reader.row_rect(laid, row)
            if rect.bottom() >= 0 and rect.top() <= view:
                found.append((laid.offset(laid.layout.lineAt(row).textStart()), rect.top()))
    return found


def test_a_place_far_away_is_reached_exactly(long: Reader, long_text: str) -> None:
    chance = random.Random(7)
    for _ in range(30):
        offset = chance.randrange(len(long_text) - 4000)
        long.go_to(offset)
        rect = long.rect_of(Span(offset, offset + 1))
        assert rect.top() > 0
        assert rect.bottom() < long.viewport().height() / 2


def test_a_reading_place_is_restored(long: Reader, long_text: str) -> None:
    chance = random.Random(8)
    for _ in range(20):
        long.verticalScrollBar().setValue(chance.randrange(long.verticalScrollBar().maximum()))
        place = long.top()
        long.set_top(0)
        long.set_top(place)
        assert long.top() == place


def test_scrolling_up_into_unknown_text_moves_by_what_was_asked(long: Reader, long_text: str) -> None:
    long.set_top(len(long_text) // 2)
    bar = long.verticalScrollBar()
    for step in (-99, -33, -700, 99, -1500, 2000):
        before = dict(rows(long))
        bar.setValue(bar.value() + step)
        both = [(before[offset], y) for offset, y in rows(long) if offset in before]
        assert both or abs(step) > long.viewport().height() - 40
        assert all(was - now == step for was, now in both)


def test_what_is_scrolled_down_is_scrolled_up_again(long: Reader, long_text: str) -> None:
    long.set_top(len(long_text) // 3)
    bar, before = long.verticalScrollBar(), rows(long)
    for step in (99, -99):
        for _ in range(60):
            bar.setValue(bar.value() + step)
    assert rows(long) == before


def test_the_ends_are_reached(long: Reader, long_text: str) -> None:
    bar = long.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() == bar.maximum()
    assert 0 < long.rect_of(Span(len(long_text) - 1, len(long_text))).bottom() <= long.viewport().height()
    bar.setValue(0)
    assert long.top() == 0
    assert long.rect_of(Span(0, 1)).top() > 0


@pytest.mark.parametrize("zoom", [60, 120, 175, 300])
def test_zoom_keeps_the_place_and_comes_back_to_it(long: Reader, long_text: str, zoom: int) -> None:
    long.set_top(len(long_text) // 3)
    before, view = long.top(), rows(long)
    long.set_zoom(zoom)
    assert rows(long)[0][0] <= before < rows(long)[2][0]
    long.set_zoom(100)
    assert long.top() == before
    assert rows(long) == view


def test_resizing_back_and_forth_keeps_the_place(long: Reader, long_text: str) -> None:
    long.set_top(len(long_text) // 3)
    before = long.top()
    for width in (500, 430, 754, 300, 1200, 620, 754):
        long.resize(width, 694)
        QApplication.processEvents()
        assert rows(long)[0][0] <= before < rows(long)[2][0]
    assert long.top() == before


def test_the_beginning_stays_the_beginning(reader: Reader) -> None:
    for width in (500, 900):
        reader.resize(width, 600)
        assert reader.verticalScrollBar().value() == 0


def test_little_is_laid_out_for_a_long_text(long: Reader, long_text: str) -> None:
    before = long.lines.laid_count
    long.go_to(len(long_text) - 5000)
    assert long.lines.laid_count - before < 60
    for offset in range(0, len(long_text), 9000):
        long.go_to(offset)
    assert long.lines.laid_count <= 160


def test_what_is_in_view_is_not_moved_to_be_seen(reader: Reader) -> None:
    reader.set_top(3000)
    before = rows(reader)
    reader.ensure_visible(Span(3150, 3160))
    assert rows(reader) == before
    reader.ensure_visible(Span(9000, 9010))
    assert 0 < reader.rect_of(Span(9000, 9010)).top() < reader.viewport().height()
    reader.ensure_visible(Span(10, 12))
    assert reader.rect_of(Span(10, 12)).top() > 0


def test_the_place_is_told_once_for_many_moves(reader: Reader, qtbot: QtBot) -> None:
    QApplication.processEvents()
    told: list[int] = []
    reader.scrolled.connect(told.append)
    for offset in (2000, 4000, 6000):
        reader.set_top(offset)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [reader.top()]


def wheel(reader: Reader, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(200, 200)
    event = QWheelEvent(
        at,
        reader.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003
    )
    QApplication.sendEvent(reader.viewport(), event)


def test_a_notch_of_the_wheel_is_three_rows(reader: Reader) -> None:
    before = dict(rows(reader))
    wheel(reader, -1, Qt.KeyboardModifier.NoModifier)
    moved = {before[offset] - y for offset, y in rows(reader) if offset in before}
    assert moved == {3 * reader.lines.typeface.body_line}


def test_the_wheel_with_ctrl_asks_for_another_zoom(reader: Reader, qtbot: QtBot) -> None:
    for notches in (1, -1):
        with qtbot.waitSignal(reader.zoom_requested) as asked:
            wheel(reader, notches, Qt.KeyboardModifier.ControlModifier)
        assert asked.args == [notches]
    assert reader.top() == 0


def test_a_theme_changes_no_rows(reader: Reader) -> None:
    reader.set_top(4000)
    before, laid = rows(reader), reader.lines.laid_count
    reader.set_theme(DARK)
    assert rows(reader) == before
    assert reader.lines.laid_count == laid
    assert reader.grab().toImage().pixelColor(3, 3).name() == DARK.paper


def test_a_place_set_before_the_window_is_shown_is_kept(qtbot: QtBot, long_text: str, no_outline: Outline) -> None:
    reader = Reader(LIGHT)
    qtbot.addWidget(reader)
    reader.show_text(long_text, no_outline)
    reader.set_top(500_000)
    place = reader.top()
    reader.resize(754, 694)
    reader.show()
    qtbot.waitExposed(reader)
    assert rows(reader)[0][0] <= place < rows(reader)[2][0]


def test_texts_of_blank_lines_alone_are_shown_at_once(empty_reader: Reader, no_outline: Outline, qtbot: QtBot) -> None:
    empty_reader.show_text("\n" * 20_000 + " \n末", no_outline)
    assert empty_reader.lines.laid_count < 4
    qtbot.keyClick(empty_reader, Qt.Key.Key_Up)
    assert empty_reader.caret() == 20_002
    empty_reader.show_text("\n" * 500, no_outline)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        qtbot.keyClick(empty_reader, key)
    assert not empty_reader.grab().isNull()


def test_the_interface_may_change_its_font(reader: Reader, plan_text: str) -> None:
    reader.set_top(4000)
    body, before = reader.document().defaultFont(), rows(reader)
    reader.setFont(QFont("Noto Sans CJK SC", 30))
    QApplication.processEvents()
    reader.setStyleSheet("* { font-size: 9px; }")
    QApplication.processEvents()
    assert reader.document().defaultFont() == body
    assert rows(reader) == before
    reader.go_to(len(plan_text) - 500)
    assert rows(reader)[1][1] - rows(reader)[0][1] == reader.lines.typeface.body_line
