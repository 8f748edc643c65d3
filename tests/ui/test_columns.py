"""The side columns: shown, hidden, folded where there is no room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.model.settings import LEFT_SHOWN, LEFT_WIDTH, RIGHT_SHOWN, RIGHT_WIDTH
from tests.ui.sitting import Sitting


def sides(desk: Sitting) -> tuple[bool, bool]:
    columns = desk.window.columns
    assert columns.shows("left") == desk.window.left.isVisible()
    assert columns.shows("right") == desk.window.right.isVisible()
    ticked = tuple(desk.window.actions_by_id[f"show_{name}"].isChecked() for name in ("left", "right"))
    assert ticked == (columns.shows("left"), columns.shows("right"))
    return columns.shows("left"), columns.shows("right")


def resize(desk: Sitting, width: int) -> None:
    for _ in range(3):  # the pens give way first, and let the window become narrower: a drag takes that in steps
        desk.window.resize(width, 700)
        QTest.qWait(5)


@pytest.mark.parametrize(("width", "expected"), [(1366, (True, True)), (1093, (True, False)), (700, (False, False))])
def test_columns_fold_by_themselves(desk: Sitting, width: int, expected: tuple[bool, bool]) -> None:
    resize(desk, width)
    assert desk.window.width() == width
    assert sides(desk) == expected
    assert desk.reader.width() >= 320
    assert desk.reader.lines.left >= 0


def test_columns_unfold_again(desk: Sitting) -> None:
    for width in (700, 1366):
        resize(desk, width)
    assert sides(desk) == (True, True)


def test_f9_and_f10_hide_and_show(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_F9)
    assert sides(desk) == (False, True)
    desk.key(Qt.Key.Key_F10)
    assert sides(desk) == (False, False)
    desk.key(Qt.Key.Key_F9)
    desk.key(Qt.Key.Key_F10)
    assert sides(desk) == (True, True)


def test_where_one_fits_the_one_asked_for_last_is_shown(desk: Sitting) -> None:
    resize(desk, 1093)
    desk.key(Qt.Key.Key_F10)
    assert sides(desk) == (False, True)
    desk.key(Qt.Key.Key_F9)
    assert sides(desk) == (True, False)
    resize(desk, 1366)
    assert sides(desk) == (True, True)


def test_where_none_fits_one_can_be_asked_for(desk: Sitting) -> None:
    resize(desk, 700)
    desk.key(Qt.Key.Key_F9)
    assert sides(desk) == (True, False)
    desk.key(Qt.Key.Key_F9)
    assert sides(desk) == (False, False)


def test_hiding_one_never_brings_the_other(desk: Sitting) -> None:
    resize(desk, 1093)
    desk.key(Qt.Key.Key_F9)
    assert sides(desk) == (False, False)
    resize(desk, 1366)
    assert sides(desk) == (False, True)
    resize(desk, 1093)
    assert sides(desk) == (False, True)


def test_what_was_called_up_on_a_narrow_window_goes_without_changing_the_wish(desk: Sitting) -> None:
    resize(desk, 700)
    for _ in range(2):
        desk.key(Qt.Key.Key_F10)
    assert sides(desk) == (False, False)
    resize(desk, 1366)
    assert sides(desk) == (True, True)


def test_a_column_hidden_by_the_user_stays_hidden_when_there_is_room(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_F10)
    for width in (700, 1093, 1366):
        resize(desk, width)
    assert sides(desk) == (True, False)


def test_a_panel_that_is_asked_for_brings_its_column(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_F9)
    desk.key(Qt.Key.Key_F10)
    desk.do("focus_marks")
    assert sides(desk) == (False, True)
    assert desk.window.right.current == "marks"
    desk.do("focus_outline")
    assert sides(desk) == (True, True)
    assert desk.desk.outline.filter.hasFocus()


def test_widths_and_wishes_are_kept(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.window.columns.setSizes([310, 700, 356])
    desk.settle()
    left = desk.window.left.width()
    assert left == 310
    desk.key(Qt.Key.Key_F10)
    assert desk.close()
    again = sit(desk.path)
    assert sides(again) == (True, False)
    assert again.window.left.width() == left
    settings = again.library.settings
    assert (settings.get(LEFT_SHOWN), settings.get(RIGHT_SHOWN), settings.get(LEFT_WIDTH)) == (True, False, left)
    again.key(Qt.Key.Key_F10)
    assert sides(again) == (True, True)
    assert again.window.right.width() >= 200


def test_both_widths_are_as_they_were_left(desk: Sitting, sit: Callable[..., Sitting]) -> None:
    desk.window.columns.setSizes([300, 690, 376])
    desk.settle()
    widths = desk.window.left.width(), desk.window.right.width()
    assert desk.close()
    again = sit(desk.path)
    assert (again.window.left.width(), again.window.right.width()) == widths
    assert (again.library.settings.get(LEFT_WIDTH), again.library.settings.get(RIGHT_WIDTH)) == widths


def test_a_column_folded_for_want_of_room_is_wanted_still_at_the_next_start(
    desk: Sitting, sit: Callable[..., Sitting]
) -> None:
    resize(desk, 700)
    assert desk.close()
    again = sit(desk.path)
    assert sides(again) == (True, True)


def test_a_panel_not_shown_is_not_built(sit: Callable[..., Sitting]) -> None:
    desk = sit(size=(1093, 700))
    assert desk.window.right.built("marks") is None
    assert desk.window.left.built("library") is None
    assert desk.window.right.built("search") is None
    desk.key(Qt.Key.Key_F10)
    assert desk.window.right.built("marks").isVisible()
