"""Tags are written with commas and completed from those there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.tag_editor import SEPARATOR, TagEditor, matching_tags, parsed_tags

# What the offscreen plugin says for a window that pops up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")

KNOWN = ("工信局", "工信局/产业", "工信局/能源", "发改委/产业", "待核")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window that has an editor and a further line."""
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(TagEditor(KNOWN))
    layout.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture
def editor(window: QWidget, qtbot: QtBot) -> TagEditor:
    """Return the editor of the window; it has the keyboard."""
    line = window.findChild(TagEditor)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    return line


def write(editor: TagEditor, text: str) -> None:
    """Hand words over as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def popup(editor: TagEditor) -> QAbstractItemView:
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QAbstractItemView)
    return shown


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        ("工信局", ("工信局",)),
        ("工信局，待核,对标、任务；甲;乙", ("工信局", "待核", "对标", "任务", "甲", "乙")),
        ("  工信局  ， ，,, 待核，", ("工信局", "待核")),
        ("待核，工信局，待核", ("待核", "工信局")),
        ("工信局//产业，/工信局/产业/", ("工信局/产业",)),
        ("工信局 ／ 产业", ("工信局/产业",)),
        ("两个  词", ("两个 词",)),
        ("/，//", ()),
    ],
)
def test_a_line_is_read_as_tags(text: str, tags: tuple[str, ...]) -> None:
    assert parsed_tags(text) == tags


@given(st.text(alphabet="甲乙a /／，,、; \u3000", max_size=20))
def test_tags_written_into_a_line_are_read_as_they_were(text: str) -> None:
    tags = parsed_tags(text)
    assert parsed_tags(SEPARATOR.join(tags)) == tags
    assert len(set(tags)) == len(tags)
    assert all(tag and tag == tag.strip() and "//" not in tag and "，" not in tag for tag in tags)


def test_known_tags_that_begin_so_come_first_then_those_with_such_a_level() -> None:
    assert matching_tags("产", ("发改委/产业", "生产", "产业")) == ["产业", "发改委/产业", "生产"]
    assert matching_tags("工信局/", KNOWN) == ["工信局/产业", "工信局/能源"]
    assert matching_tags("GXJ", ("gxj",)) == ["gxj"]
    assert matching_tags("税务", KNOWN) == []


def test_the_part_under_the_caret_is_completed(editor: TagEditor, qtbot: QtBot) -> None:
    editor.set_tags(("待核", "末尾"))
    editor.setCursorPosition(3)
    write(editor, "产")
    assert editor.text() == "待核，产末尾"
    assert editor.offered_tags() == ("发改委/产业", "工信局/产业")
    qtbot.keyClick(popup(editor), Qt.Key.Key_Down)
    qtbot.keyClick(popup(editor), Qt.Key.Key_Return)
    assert editor.tags() == ("待核", "发改委/产业")
    assert editor.offered_tags() == ()
    assert editor.cursorPosition() == len(editor.text())


def test_tab_takes_the_first_offer_and_then_moves_on(editor: TagEditor, qtbot: QtBot) -> None:
    write(editor, "待核，工信局/")
    assert editor.offered_tags() == ("工信局/产业", "工信局/能源")
    qtbot.keyClick(popup(editor), Qt.Key.Key_Tab)
    assert editor.tags() == ("待核", "工信局/产业")
    assert editor.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert not editor.hasFocus()


def test_return_ends_the_line_as_it_stands(editor: TagEditor, qtbot: QtBot) -> None:
    write(editor, "工信")
    assert editor.offered_tags()
    with qtbot.waitSignal(editor.returnPressed):
        qtbot.keyClick(popup(editor), Qt.Key.Key_Return)
    assert editor.tags() == ("工信",)
    assert editor.offered_tags() == ()


def test_a_click_takes_an_offer(editor: TagEditor, qtbot: QtBot) -> None:
    write(editor, "能")
    offers = popup(editor)
    place = offers.visualRect(offers.model().index(0, 0)).center()
    qtbot.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.tags() == ("工信局/能源",)


def test_escape_closes_the_offers_and_keeps_the_words(editor: TagEditor, qtbot: QtBot) -> None:
    write(editor, "工")
    qtbot.keyClick(popup(editor), Qt.Key.Key_Escape)
    assert editor.offered_tags() == ()
    assert editor.text() == "工"
    assert editor.isVisible()


def test_down_offers_everything_that_is_not_there_yet(editor: TagEditor, qtbot: QtBot) -> None:
    editor.set_tags(("待核",))
    write(editor, "，")
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert set(editor.offered_tags()) == set(KNOWN) - {"待核"}
    qtbot.keyClick(popup(editor), Qt.Key.Key_Escape)


def test_what_an_input_method_still_composes_is_no_tag(editor: TagEditor, qtbot: QtBot) -> None:
    assert editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    write(editor, "工")
    QApplication.sendEvent(editor, QInputMethodEvent("xin", []))
    assert editor.tags() == ("工",)
    assert editor.offered_tags() == ()
    write(editor, "信局/")
    assert editor.tags() == ("工信局",)
    assert editor.offered_tags() == ("工信局/产业", "工信局/能源")
    qtbot.keyClick(popup(editor), Qt.Key.Key_Escape)


def test_leaving_the_line_tidies_it(editor: TagEditor, qtbot: QtBot) -> None:
    write(editor, "待核, 对标 ,")
    editor.clearFocus()
    assert editor.text() == "待核，对标"
