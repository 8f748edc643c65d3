"""A note as it is written: saved by itself, never lost, plain text."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.note_form import PAUSE_MS, NoteForm

CONTROL = Qt.KeyboardModifier.ControlModifier


class Stage:
    """A form beside another field in one window, and what it saved."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.form = NoteForm()
        self.other = QLineEdit()
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.form)
        layout.addWidget(self.other)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.saved: list[tuple[str, tuple[str, ...]]] = []
        self.works = True
        self.closed: list[bool] = []
        self.form.closed.connect(self.closed.append)

    def save(self, note: str, tags: tuple[str, ...]) -> bool:
        if self.works:
            self.saved.append((note, tags))
        return self.works

    def open(self, note: str = "", tags: tuple[str, ...] = (), **options: bool) -> None:
        self.form.open_for(note, tags, ["工信局", "待核"], self.save, **options)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_Return, CONTROL), (Qt.Key.Key_Escape, None)])
def test_both_keys_save_and_close(
    stage: Stage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None
) -> None:
    stage.open("旧", ("待核",))
    qtbot.keyClicks(stage.form.note_edit, "new")
    qtbot.keyClick(stage.form.note_edit, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert stage.saved == [("旧new", ("待核",))]
    assert stage.closed == [True]


def test_what_was_not_changed_is_not_saved(stage: Stage, qtbot: QtBot) -> None:
    stage.open("旧\u00a0注", ("待核",))
    qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Escape)
    assert stage.saved == []
    assert stage.closed == [True]


def test_going_elsewhere_saves_and_leaves_the_focus_there(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    qtbot.keyClicks(stage.form.note_edit, "abc")
    stage.other.setFocus()
    assert stage.saved == [("abc", ())]
    assert stage.closed == [False]
    assert stage.other.hasFocus()


def test_going_from_the_note_to_its_tags_is_no_leaving(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Tab)
    assert stage.form.tag_edit.hasFocus()
    assert stage.closed == []
    qtbot.keyClicks(stage.form.tag_edit, "x/y")
    qtbot.keyClick(stage.form.tag_edit, Qt.Key.Key_Return)
    assert stage.saved == [("", ("x/y",))]
    assert stage.closed == [True]


def test_a_pause_saves_what_is_whole(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    qtbot.keyClicks(stage.form.note_edit, "abc")
    assert stage.saved == []
    qtbot.waitUntil(lambda: stage.saved == [("abc", ())], timeout=PAUSE_MS + 1000)
    assert stage.form.active
    qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Escape)
    assert stage.saved == [("abc", ())]


def test_half_a_tag_is_not_saved_in_a_pause(stage: Stage, qtbot: QtBot) -> None:
    stage.open(focus_tags=True)
    assert stage.form.tag_edit.hasFocus()
    qtbot.keyClicks(stage.form.tag_edit, "half")
    assert stage.form.save()
    assert stage.saved == []
    qtbot.keyClick(stage.form.tag_edit, Qt.Key.Key_Escape)
    qtbot.keyClick(stage.form.tag_edit, Qt.Key.Key_Escape)
    assert stage.saved == [("", ("half",))]


def test_what_an_input_method_composes_is_no_text_yet(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    edit = stage.form.note_edit
    assert edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    qtbot.keyClicks(edit, "a")
    QCoreApplication.sendEvent(edit, QInputMethodEvent("chanye", []))
    assert stage.form.save()
    assert stage.saved == [("a", ())]
    done = QInputMethodEvent()
    done.setCommitString("产业")
    QCoreApplication.sendEvent(edit, done)
    qtbot.keyClick(edit, Qt.Key.Key_Return, CONTROL)
    assert stage.saved[-1] == ("a产业", ())


def test_where_saving_fails_the_text_stays_until_esc_is_pressed_twice(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    stage.works = False
    qtbot.keyClicks(stage.form.note_edit, "abc")
    qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Escape)
    assert stage.closed == []
    assert stage.form.note_edit.toPlainText() == "abc"
    stage.works = True
    qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Escape)
    assert stage.saved == [("abc", ())]
    stage.open("x")
    stage.works = False
    qtbot.keyClicks(stage.form.note_edit, "y")
    for _ in range(2):
        qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Escape)
    assert stage.closed == [True, True]


def test_markup_is_text(stage: Stage, qtbot: QtBot) -> None:
    stage.open("<b>粗</b>")
    assert stage.form.note_edit.toPlainText() == "<b>粗</b>"
    qtbot.keyClick(stage.form.note_edit, Qt.Key.Key_Escape)


def test_hiding_the_form_saves(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    qtbot.keyClicks(stage.form.note_edit, "abc")
    stage.window.hide()
    assert stage.saved == [("abc", ())]


def test_it_grows_with_its_lines_to_a_limit(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    low = stage.form.wanted_height(280)
    stage.form.note_edit.setPlainText("一\n" * 7)
    higher = stage.form.wanted_height(280)
    stage.form.note_edit.setPlainText("一\n" * 70)
    highest = stage.form.wanted_height(280)
    assert low < higher < highest
    stage.form.note_edit.setPlainText("一\n" * 700)
    assert stage.form.wanted_height(280) == highest
    stage.form.finish()
