"""Light and dark, larger and smaller."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.model.settings import THEME, ZOOM
from desktop.ui.looks import CHOICES, ZOOMS
from desktop.ui.theme.tokens import DARK, LIGHT, Theme
from tests.ui.sitting import Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier


def letters(desk: Sitting) -> int:
    return desk.reader.lines.typeface.pixels


def wheel(desk: Sitting, delta: int) -> None:
    middle = desk.reader.viewport().rect().center()
    where, nothing, inverted = QPointF(middle), QPoint(), False
    at = QPointF(desk.reader.viewport().mapToGlobal(middle))
    event = QWheelEvent(
        where, at, nothing, QPoint(0, delta), Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, inverted
    )
    QApplication.sendEvent(desk.reader.viewport(), event)
    desk.settle()


def test_ctrl_plus_and_minus_zoom_and_ctrl_0_restores(desk: Sitting) -> None:
    before = letters(desk)
    desk.key(Qt.Key.Key_Plus, CONTROL)
    larger = letters(desk)
    assert larger > before
    assert desk.library.settings.get(ZOOM) == desk.looks.zoom == 110
    assert desk.message == "字号 110 %"
    desk.key(Qt.Key.Key_Equal, CONTROL)
    assert letters(desk) > larger
    for _ in range(3):
        desk.key(Qt.Key.Key_Minus, CONTROL)
    assert letters(desk) < before
    desk.key(Qt.Key.Key_0, CONTROL)
    assert letters(desk) == before
    assert desk.looks.zoom == 100


def test_ctrl_and_the_wheel_zoom(desk: Sitting) -> None:
    wheel(desk, 120)
    assert desk.looks.zoom == 110
    wheel(desk, -60)
    assert desk.looks.zoom == 110
    wheel(desk, -60)
    assert desk.looks.zoom == 100


def test_the_zoom_ends_at_both_ends(desk: Sitting) -> None:
    for _ in ZOOMS:
        desk.key(Qt.Key.Key_Plus, CONTROL)
    assert desk.looks.zoom == ZOOMS[-1]
    for _ in ZOOMS:
        desk.key(Qt.Key.Key_Minus, CONTROL)
    assert desk.looks.zoom == ZOOMS[0]


def test_the_place_stays_when_the_text_is_zoomed(desk: Sitting) -> None:
    desk.reader.set_top(desk.place("22.加快建设").start)
    desk.settle()
    top = desk.reader.top()
    desk.key(Qt.Key.Key_Plus, CONTROL)
    assert desk.reader.top() <= top <= desk.reader.seen().end
    assert desk.address.startswith("六 · 22")


def everything_shown(desk: Sitting) -> None:
    """Build every panel and box there is."""
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    desk.window.left.open("library")
    desk.window.top_bar.search.setText("产业")
    desk.select("重要战略")
    desk.settle()


def colours(desk: Sitting) -> dict[str, object]:
    """Return the theme of each part of the window that keeps one of its own."""
    window = desk.window
    panels = {
        "outline": window.left.built("outline")._delegate.theme,  # noqa: SLF001 - the painter has no other sign of it
        "library": window.left.built("library")._delegate.theme,  # noqa: SLF001
        "marks": window.right.built("marks")._theme,  # noqa: SLF001
        "search": window.right.built("search").list.delegate.theme,
        "reader": window.reader.page.theme,
        "note_box": desk.desk.note_box._theme,  # noqa: SLF001
    }
    return {name: theme.name for name, theme in panels.items()}


def background(desk: Sitting, part: str) -> QColor:
    """Return the colour that most of a part of the window has."""
    picture = getattr(desk.window, part).grab().toImage()
    places = product(range(2, picture.width(), 5), range(2, picture.height(), 5))
    return QColor.fromRgb(Counter(picture.pixel(x, y) for x, y in places).most_common(1)[0][0])


@pytest.mark.parametrize(("first", "second"), [(LIGHT, DARK), (DARK, LIGHT)])
def test_a_theme_reaches_every_part_of_the_window_and_goes_again(desk: Sitting, first: Theme, second: Theme) -> None:
    everything_shown(desk)
    for theme in (first, second, first):
        desk.do(f"theme_{theme.name}")
        assert set(colours(desk).values()) == {theme.name}
        assert desk.window.palette().window().color() == QApplication.palette().window().color()
        assert background(desk, "reader") == QColor(theme.paper)
        for part in ("left", "right", "top_bar", "status"):
            dark = background(desk, part).lightness() < 128
            assert dark == theme.dark, part


@pytest.mark.parametrize("choices", [CHOICES, tuple(reversed(CHOICES)), ("light", "light"), ("system", "light")])
def test_one_theme_is_ticked_in_the_menu(desk: Sitting, choices: tuple[str, ...]) -> None:
    for choice in choices:
        desk.do(f"theme_{choice}")
        ticked = [name for name in CHOICES if desk.window.actions_by_id[f"theme_{name}"].isChecked()]
        assert ticked == [choice]
        assert desk.library.settings.get(THEME) == choice


def test_theme_and_zoom_are_kept(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.do("theme_dark")
    desk.do("zoom_in")
    desk.close()
    again = sit(desk.path)
    assert again.looks.theme is DARK
    assert again.reader.page.theme is DARK
    assert again.looks.zoom == 110
    assert again.reader.lines.typeface.pixels == desk.reader.lines.typeface.pixels
