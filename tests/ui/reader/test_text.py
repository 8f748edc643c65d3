"""The reader's text is the model's, whatever Qt makes of some characters."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.reader import Reader

ODD = "甲\u00a0乙\u2028丙\u000c丁\n\n𠮷野家😀e\u0301 末\n\u2029\ufdd0\ufdd1\ufffc\0\r戊\n\u3000\n第五行"
"""Characters Qt has its own mind about, beyond U+FFFF, combining; and blank lines."""


class Above(QWidget):
    """Stands above the reader and notes the keys that come up to it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        self.seen.append(event.key())


def test_every_span_of_an_odd_text_is_selected_and_copied_as_it_is(empty_reader: Reader, no_outline: Outline) -> None:
    empty_reader.show_text(ODD, no_outline)
    for start in range(len(ODD)):
        for end in range(start + 1, len(ODD) + 1):
            empty_reader.select(Span(start, end))
            assert empty_reader.selection() == Span(start, end)
            assert empty_reader.copy_text() == ODD[start:end]


def test_one_block_is_one_line_of_the_text(empty_reader: Reader, no_outline: Outline) -> None:
    empty_reader.show_text(ODD, no_outline)
    assert empty_reader.document().blockCount() == ODD.count("\n") + 1
    assert empty_reader.document().characterCount() - 1 == len(ODD.encode("utf-16-le")) // 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(alphabet="甲乙\n \u3000𠮷😀\u00a0\u2028\u2029\u000c\ufdd0e\u0301\0", max_size=40), data=st.data())
def test_a_caret_is_where_it_was_put(empty_reader: Reader, no_outline: Outline, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    empty_reader.show_text(text, no_outline, span)
    offset = data.draw(st.integers(span.start, span.end))
    empty_reader.set_caret(offset)
    assert empty_reader.caret() == offset
    assert empty_reader.selection() is None
    empty_reader.grab()


def test_a_part_is_shown_with_the_offsets_of_the_whole(reader: Reader, plan_text: str, plan_outline: Outline) -> None:
    start = plan_text.index("7.加快构建")
    span = Span(start, plan_text.index("\n", start))
    reader.show_text(plan_text, plan_outline, span)
    assert reader.top() == start
    QCoreApplication.sendPostedEvents()
    reader.select(span)
    assert reader.copy_text() == span.of(plan_text)
    assert reader.toPlainText() == span.of(plan_text)


def test_another_text_forgets_marks_hits_and_selection(reader: Reader, no_outline: Outline) -> None:
    reader.set_hits([Span(5, 9)], 0)
    reader.select(Span(3, 9))
    reader.show_text("短文", no_outline)
    assert reader.selection() is None
    assert reader.caret() == 0
    assert not reader.page.hits
    reader.show_text("", no_outline)
    assert (reader.top(), reader.caret()) == (0, 0)
    assert not reader.grab().isNull()


def test_a_line_of_two_hundred_thousand_characters_is_read_and_left(empty_reader: Reader, no_outline: Outline) -> None:
    text = "一二三四五六七八九十" * 20_000
    empty_reader.show_text(f"前\n{text}\n后", no_outline)
    empty_reader.go_to(150_000)
    assert abs(empty_reader.top() - 150_000) < 36 * 20
    empty_reader.select(Span(149_999, 150_010))
    assert empty_reader.copy_text() == text[149_997:150_008]
    assert not empty_reader.grab().isNull()


def test_a_screen_reader_hears_the_text(reader: Reader, plan_text: str) -> None:
    heard = QAccessible.queryAccessibleInterface(reader).textInterface()
    assert heard.characterCount() == len(plan_text)
    start = plan_text.index("指导思想")
    assert heard.text(start, start + 4) == "指导思想"
    reader.set_caret(start)
    assert heard.cursorPosition() == start
    reader.select(Span(start, start + 4))
    assert heard.selectionCount() == 1
    assert reader.lines.laid_count < 60


def test_an_input_method_is_not_let_in(reader: Reader, plan_text: str) -> None:
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(reader, query)
    assert not query.value(Qt.InputMethodQuery.ImEnabled)
    assert not reader.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    preedit = QInputMethodEvent("zhi", [])
    preedit.setCommitString("制")
    QCoreApplication.sendEvent(reader, preedit)
    assert reader.toPlainText() == plan_text


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_U, Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_of_actions_go_on_to_the_window(reader: Reader, qtbot: QtBot, key: Qt.Key) -> None:
    above = Above()
    qtbot.addWidget(above)
    reader.setParent(above)
    top = reader.top()
    qtbot.keyClick(reader, key)
    assert above.seen == [key]
    assert reader.top() == top
    reader.setParent(None)
