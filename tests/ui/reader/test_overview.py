"""The strip beside the text."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.marks import PaintedMark
from desktop.ui.reader.overview import OverviewStrip
from desktop.ui.reader.reader import Reader
from desktop.ui.theme.tokens import LIGHT


@pytest.fixture
def strip(reader: Reader, qtbot: QtBot) -> OverviewStrip:
    """Show a strip beside the reader, which follows it."""
    strip = OverviewStrip(reader, LIGHT)
    qtbot.addWidget(strip)
    strip.resize(14, 694)
    strip.show()
    strip.jump_requested.connect(reader.set_top)
    return strip


def ticks(strip: OverviewStrip, colour: str) -> list[int]:
    image = strip.grab().toImage()
    return [y for y in range(image.height()) if any(image.pixelColor(x, y).name() == colour for x in range(14))]


def test_a_hit_is_where_its_place_is(strip: OverviewStrip, reader: Reader, plan_text: str) -> None:
    assert ticks(strip, LIGHT.hit_line) == []
    for offset in (0, len(plan_text) // 2, len(plan_text) - 10):
        strip.set_hits([Span(offset, offset + 2)])
        [first, *_] = ticks(strip, LIGHT.hit_line)
        assert abs(first / strip.height() - offset / len(plan_text)) < 0.08


def test_marks_show_their_pen(strip: OverviewStrip, mark: Callable[..., PaintedMark]) -> None:
    strip.set_marks([mark("a", 5000, 5010, pen=2), mark("b", 9000, 9010, pen=None)])
    assert ticks(strip, LIGHT.pen_lines[1])
    assert ticks(strip, LIGHT.accent)


def test_a_click_jumps_and_a_drag_follows(strip: OverviewStrip, reader: Reader, qtbot: QtBot) -> None:
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(7, 350))
    half = reader.verticalScrollBar().value() / reader.verticalScrollBar().maximum()
    assert 0.4 < half < 0.6
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(7, 350))
    for y in range(350, 700, 10):
        qtbot.mouseMove(strip, QPoint(7, y))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(7, 693))
    assert reader.verticalScrollBar().value() > 0.95 * reader.verticalScrollBar().maximum()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(7, 0))
    assert reader.top() == 0


def test_ten_thousand_marks_cost_no_more_looks_than_there_are_ticks(
    strip: OverviewStrip, reader: Reader, long_text: str, no_outline: Outline, mark: Callable[..., PaintedMark]
) -> None:
    reader.show_text(long_text, no_outline)
    chance = random.Random(3)
    strip.set_marks([mark(str(n), start := chance.randrange(900_000), start + 9) for n in range(10_000)])
    strip.set_hits([Span(offset, offset + 1) for offset in range(0, 900_000, 9)])
    before = reader.lines.laid_count
    assert len(ticks(strip, LIGHT.pen_lines[0])) > strip.height() / 2
    assert reader.lines.laid_count == before
