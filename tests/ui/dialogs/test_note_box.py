"""The box beside the words: where it stands, and how it closes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.dialogs.note_box import HIGHEST, LEAST_HEIGHT, WIDEST, NoteBox, place_beside
from desktop.ui.theme.tokens import LIGHT


def open_box(qtbot: QtBot, size: QSize, anchor: QRect, note: str = "") -> tuple[QWidget, NoteBox, list[str]]:
    ground = QWidget()
    ground.resize(size)
    qtbot.addWidget(ground)
    ground.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    box = NoteBox(ground, LIGHT)
    saved: list[str] = []
    box.open_for(anchor, heading="三 · 7", note=note, tags=(), all_tags=[], on_save=lambda note, _: saved.append(note))
    return ground, box, saved


@given(
    x=st.integers(0, 470),
    y=st.integers(0, 500),
    width=st.integers(1, 460),
    height=st.integers(10, 200),
    wish=st.integers(LEAST_HEIGHT, HIGHEST),
)
def test_it_stands_inside_and_never_over_the_words(x: int, y: int, width: int, height: int, wish: int) -> None:
    inside = QRect(4, 4, 487, 532)
    anchor = QRect(x, y, width, height).intersected(inside)
    place = place_beside(anchor, QSize(WIDEST, wish), inside)
    assert inside.contains(place)
    assert not place.intersects(anchor)


def test_where_the_words_fill_everything_it_lies_at_the_lower_edge() -> None:
    inside = QRect(0, 0, 500, 400)
    place = place_beside(inside, QSize(420, 180), inside)
    assert inside.contains(place)
    assert place.bottom() == inside.bottom()


@pytest.mark.parametrize("anchor", [QRect(60, 30, 200, 34), QRect(60, 500, 380, 30), QRect(0, 240, 495, 60)])
def test_it_fits_the_smallest_window_and_grows_only_so_far(qtbot: QtBot, anchor: QRect) -> None:
    ground, box, _ = open_box(qtbot, QSize(495, 540), anchor, note="一行\n" * 60)
    assert ground.rect().contains(box.geometry())
    assert box.width() <= WIDEST
    assert box.height() <= HIGHEST
    assert not box.geometry().intersects(anchor)
    ground.resize(430, 420)
    assert ground.rect().contains(box.geometry())


def test_it_grows_as_one_writes(qtbot: QtBot) -> None:
    _, box, _ = open_box(qtbot, QSize(700, 600), QRect(100, 400, 100, 30))
    low, bottom = box.height(), box.geometry().bottom()
    box.form.note_edit.setPlainText("一\n" * 6)
    assert box.height() > low
    box.form.note_edit.setPlainText("一\n" * 12)
    assert not box.geometry().intersects(QRect(100, 400, 100, 30))
    assert bottom != box.geometry().bottom() or box.geometry().top() < 400


def test_a_key_closes_it_and_gives_the_focus_back(qtbot: QtBot) -> None:
    _, box, saved = open_box(qtbot, QSize(700, 600), QRect(100, 100, 100, 30))
    assert box.form.note_edit.hasFocus()
    qtbot.keyClicks(box.form.note_edit, "abc")
    with qtbot.waitSignals([box.finished, box.closed]):
        qtbot.keyClick(box.form.note_edit, Qt.Key.Key_Escape)
    assert saved == ["abc"]
    assert not box.isVisible()


def test_a_click_elsewhere_closes_it_and_keeps_the_focus_there(qtbot: QtBot) -> None:
    ground, box, saved = open_box(qtbot, QSize(700, 600), QRect(100, 100, 100, 30))
    other = QLineEdit(ground)
    other.show()
    qtbot.keyClicks(box.form.note_edit, "abc")
    with qtbot.waitSignal(box.closed), qtbot.assertNotEmitted(box.finished):
        other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert saved == ["abc"]
    assert other.hasFocus()


def test_opening_it_elsewhere_saves_what_was_written_before(qtbot: QtBot) -> None:
    _, box, saved = open_box(qtbot, QSize(700, 600), QRect(100, 100, 100, 30))
    qtbot.keyClicks(box.form.note_edit, "abc")
    later: list[str] = []
    box.open_for(
        QRect(300, 300, 50, 20), heading="", note="x", tags=(), all_tags=[], on_save=lambda note, _: later.append(note)
    )
    assert saved == ["abc"]
    assert box.isVisible()
    assert box.form.note_edit.toPlainText() == "x"
    qtbot.keyClicks(box.form.note_edit, "y")
    assert box.save()
    assert later == ["xy"]
    assert box.isVisible()
    box.form.finish()
