"""Selecting and moving with keys and mouse, as in any text."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.reader import Reader

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def middle(reader: Reader, offset: int) -> QPoint:
    """Return the middle of a character, in the viewport."""
    return reader.rect_of(Span(offset, offset + 1)).center()


def before(reader: Reader, offset: int) -> QPoint:
    """Return the left part of a character, in the viewport."""
    rect = reader.rect_of(Span(offset, offset + 1))
    return QPoint(rect.left() + 3, rect.center().y())


def drag(qtbot: QtBot, reader: Reader, start: QPoint, end: QPoint) -> None:
    view = reader.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_a_drag_selects_across_paragraphs(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    start, end = plan_text.index("紧扣省"), plan_text.index("深化区域")
    reader.set_top(start)
    drag(qtbot, reader, before(reader, start), before(reader, end))
    assert reader.selection() == Span(start, end)
    assert reader.copy_text() == plan_text[start:end]
    drag(qtbot, reader, before(reader, end), before(reader, start))
    assert reader.selection() == Span(start, end)
    assert reader.caret() == start


def test_the_last_character_of_a_row_can_be_dragged_over(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    start = plan_text.index("3.“十五五”")
    laid = reader.lines.laid(reader.lines.paragraphs.line_at(start))
    end = laid.offset(laid.layout.lineAt(1).textStart())
    rect = reader.rect_of(Span(start + 5, start + 6))
    drag(qtbot, reader, before(reader, start + 5), QPoint(laid.right + 30, rect.center().y()))
    assert reader.selection() == Span(start + 5, end)


def test_shift_and_a_click_extend(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    start = plan_text.index("从全球看")
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=before(reader, start))
    assert reader.caret() == start
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=before(reader, start + 40))
    assert reader.selection() == Span(start, start + 40)
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=before(reader, start - 10))
    assert reader.selection() == Span(start - 10, start)


def send(reader: Reader, kind: QEvent.Type, at: QPoint, time: int = 0, *, held: bool = True) -> None:
    """Send a mouse event of the left button to the viewport; `time` in milliseconds."""
    view, left, none = reader.viewport(), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    changed = none if kind is QEvent.Type.MouseMove else left
    event = QMouseEvent(kind, QPointF(at), view.mapToGlobal(QPointF(at)), changed, left if held else none, NONE)
    event.setTimestamp(time)
    QApplication.sendEvent(view, event)


def test_two_clicks_take_a_word_three_a_sentence_four_a_paragraph(reader: Reader, plan_text: str) -> None:
    at = middle(reader, plan_text.index("机遇大于") + 1)
    taken = []
    # Every second press that follows soon comes from Qt as a double click.
    for time, kind in enumerate([QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick] * 3):
        send(reader, kind, at, 1000 + 100 * time)
        send(reader, QEvent.Type.MouseButtonRelease, at, 1050 + 100 * time, held=False)
        taken.append(reader.copy_text())
    assert taken[:2] == ["", "机遇"]
    assert taken[2].startswith("“十五五”时期我市总体")
    assert taken[2].endswith("发展机遇大于风险挑战。")
    assert taken[3] == plan_text[plan_text.index("3.“") : plan_text.index("\n\n全市上下")]
    assert taken[4:] == ["", "机遇"]


def test_two_clicks_take_a_term_that_is_quoted_somewhere_or_known_to_the_library(reader: Reader) -> None:
    reader.show_text("实施“稳五进三布二”。\n稳五进三布二，两主一特。\n", Outline("", (), (), ()))
    reader.terms = lambda: frozenset({"两主一特"})
    for time, word in ((1000, "稳五进三布二"), (3000, "两主一特")):
        at = middle(reader, reader.lines.paragraphs.text.rindex(word) + 2)
        send(reader, QEvent.Type.MouseButtonDblClick, at, time)
        send(reader, QEvent.Type.MouseButtonRelease, at, time + 50, held=False)
        assert reader.copy_text() == word


def test_a_drag_from_a_double_click_goes_by_words(reader: Reader, plan_text: str) -> None:
    start, end = middle(reader, plan_text.index("机遇大于")), middle(reader, plan_text.index("风险挑战"))
    send(reader, QEvent.Type.MouseButtonDblClick, start)
    send(reader, QEvent.Type.MouseMove, end)
    assert reader.copy_text() == "机遇大于风险"
    send(reader, QEvent.Type.MouseButtonRelease, end, held=False)
    assert not reader.dragging


def test_a_drag_held_below_the_view_scrolls_on(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    view = reader.viewport()
    start = plan_text.index("从全球看")
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=before(reader, start))
    qtbot.mouseMove(view, QPoint(300, view.height() + 60))
    qtbot.waitUntil(lambda: reader.top() > start + 300)
    assert reader.dragging
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, view.height() + 60))
    selected = reader.selection()
    assert selected is not None
    assert selected.start == start
    assert selected.end > start + 300
    assert not reader.dragging


def test_arrows_pass_over_blank_lines(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    end, start = plan_text.index("\n\n全市上下"), plan_text.index("全市上下")
    reader.set_top(end - 200)
    reader.set_caret(end)
    qtbot.keyClick(reader, Qt.Key.Key_Right)
    assert reader.caret() == start
    qtbot.keyClick(reader, Qt.Key.Key_Left)
    assert reader.caret() == end
    qtbot.keyClick(reader, Qt.Key.Key_Down)
    assert plan_text[reader.caret() - 1 : reader.caret() + 1] != "\n\n"
    assert reader.caret() >= start
    qtbot.keyClick(reader, Qt.Key.Key_Up)
    assert reader.caret() <= end


def test_a_click_between_paragraphs_goes_to_text(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    offset = plan_text.index("全市上下")
    reader.set_top(offset - 200)
    rect = reader.rect_of(Span(offset, offset + 1))
    for y in range(rect.top() - 40, rect.bottom()):
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left(), y))
        assert not reader.lines.paragraphs.is_blank(reader.lines.paragraphs.line_at(reader.caret()))


@pytest.mark.parametrize(
    ("keys", "start", "end"),
    [
        ([(Qt.Key.Key_Right, SHIFT)] * 3, 0, 3),
        ([(Qt.Key.Key_Left, SHIFT)] * 2, -2, 0),
        ([(Qt.Key.Key_Right, SHIFT)] * 3 + [(Qt.Key.Key_Left, SHIFT)], 0, 2),
    ],
)
def test_shift_and_arrows_select(
    reader: Reader, plan_text: str, qtbot: QtBot, keys: list[tuple[Qt.Key, Qt.KeyboardModifier]], start: int, end: int
) -> None:
    offset = plan_text.index("从全球看")
    reader.set_caret(offset)
    for key, modifier in keys:
        qtbot.keyClick(reader, key, modifier)
    assert reader.selection() == Span(offset + start, offset + end)


def test_an_arrow_leaves_a_selection_at_its_edge(reader: Reader, qtbot: QtBot) -> None:
    reader.select(Span(120, 130))
    qtbot.keyClick(reader, Qt.Key.Key_Left)
    assert (reader.caret(), reader.selection()) == (120, None)


def test_shift_and_end_select_to_the_end_of_the_row_and_stay_there(
    reader: Reader, plan_text: str, qtbot: QtBot
) -> None:
    start = plan_text.index("3.“十五五”") + 4
    laid = reader.lines.laid(reader.lines.paragraphs.line_at(start))
    end = laid.offset(laid.layout.lineAt(1).textStart())
    reader.set_caret(start)
    for _ in range(2):
        qtbot.keyClick(reader, Qt.Key.Key_End, SHIFT)
        assert reader.selection() == Span(start, end)
    reader.set_caret(start)
    for _ in range(2):
        qtbot.keyClick(reader, Qt.Key.Key_End)
        assert reader.caret() == end - 1
    qtbot.keyClick(reader, Qt.Key.Key_Home)
    assert reader.caret() == start - 4


def test_all_is_selected_and_the_view_stays(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    reader.set_top(4000)
    top = reader.top()
    qtbot.keyClick(reader, Qt.Key.Key_A, CTRL)
    assert reader.copy_text() == plan_text
    assert reader.top() == top


def test_the_ends_of_a_long_text_are_a_key_away(
    empty_reader: Reader, long_text: str, no_outline: Outline, qtbot: QtBot
) -> None:
    empty_reader.show_text(long_text, no_outline)
    qtbot.keyClick(empty_reader, Qt.Key.Key_End, CTRL)
    assert empty_reader.caret() == len(long_text)
    rect = empty_reader.caret_rect()
    assert 0 < rect.top() < rect.bottom() <= empty_reader.viewport().height()
    qtbot.keyClick(empty_reader, Qt.Key.Key_Home, CTRL | SHIFT)
    assert empty_reader.selection() == Span(0, len(long_text))
    assert empty_reader.top() == 0


def test_pages_share_a_row_and_lead_through_the_whole_text(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    view, seen = reader.viewport().height(), [0]
    reader.set_caret(0)
    while reader.verticalScrollBar().value() < reader.verticalScrollBar().maximum():
        last = reader.hit_offset(QPoint(300, view - reader.lines.typeface.body_line))
        qtbot.keyClick(reader, Qt.Key.Key_PageDown)
        assert reader.top() <= last
        assert reader.top() > seen[-1]
        assert reader.viewport().rect().contains(reader.caret_rect().center())
        seen.append(reader.top())
    for _ in range(len(seen) + 1):
        qtbot.keyClick(reader, Qt.Key.Key_PageUp)
    assert reader.top() == 0
    assert reader.lines.paragraphs.line_at(reader.caret()) == 0


def test_shift_and_page_down_select(reader: Reader, qtbot: QtBot) -> None:
    reader.set_caret(200)
    qtbot.keyClick(reader, Qt.Key.Key_PageDown, SHIFT)
    selected = reader.selection()
    assert selected is not None
    assert selected.start == 200
    assert selected.end > 500


def test_the_caret_comes_to_where_the_eye_is(reader: Reader, qtbot: QtBot) -> None:
    reader.set_top(5000)
    qtbot.keyClick(reader, Qt.Key.Key_Down)
    assert 0 <= reader.caret_rect().top() < 100
    assert reader.caret() >= reader.top()


def test_holding_down_scrolls_a_row_at_a_time(
    empty_reader: Reader, long_text: str, no_outline: Outline, qtbot: QtBot
) -> None:
    empty_reader.show_text(long_text, no_outline)
    empty_reader.set_top(400_000)
    caret, view = 0, empty_reader.viewport().rect()
    for _ in range(80):
        qtbot.keyClick(empty_reader, Qt.Key.Key_Down)
        assert empty_reader.caret() > caret
        caret = empty_reader.caret()
        assert view.contains(empty_reader.caret_rect())
    for _ in range(160):
        qtbot.keyClick(empty_reader, Qt.Key.Key_Up)
        assert empty_reader.caret() < caret
        caret = empty_reader.caret()
        assert view.contains(empty_reader.caret_rect())


def test_a_change_of_the_selection_is_told(reader: Reader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(reader.selection_changed):
        qtbot.keyClick(reader, Qt.Key.Key_Right, SHIFT)
    with qtbot.waitSignal(reader.selection_changed):
        reader.clear_selection()
    assert reader.selection() is None
