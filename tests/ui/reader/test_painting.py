"""What is seen of marks, hits and signs, and what a click on them does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.model.mark import MarkStyle
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.ui.reader.marks import PaintedMark
from desktop.ui.reader.reader import Reader
from desktop.ui.theme.tokens import DARK, LIGHT, Theme

Make = Callable[..., PaintedMark]


def colours(reader: Reader, span: Span, rows: tuple[int, int] | None = None) -> set[str]:
    """Return the colours in the box of `span`, or in some rows of pixels above (negative) or below its top."""
    image: QImage = reader.viewport().grab().toImage()
    box = reader.rect_of(span)
    top, bottom = rows or (0, box.height())
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left() + 1, box.right())
        for y in range(box.top() + top, box.top() + bottom)
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_fill_lies_behind_its_words_and_nowhere_else(
    reader: Reader, plan_text: str, mark: Make, theme: Theme
) -> None:
    start = plan_text.index("从全球看")
    reader.set_theme(theme)
    reader.set_marks([mark("a", start, start + 4, pen=2)])
    assert theme.pens[1] in colours(reader, Span(start, start + 4))
    assert theme.pens[1] not in colours(reader, Span(start + 5, start + 9))


def test_of_two_fills_on_the_same_words_both_are_seen(reader: Reader, plan_text: str, mark: Make) -> None:
    start = plan_text.index("从全球看")
    span = Span(start, start + 4)
    reader.set_marks([mark("a", *span, pen=1), mark("b", *span, pen=3)])
    assert {LIGHT.pens[0], LIGHT.pens[2]} <= colours(reader, span)


def test_an_underline_and_a_note_leave_the_words_free(reader: Reader, plan_text: str, mark: Make) -> None:
    start = plan_text.index("从全球看")
    span = Span(start, start + 4)
    reader.set_marks([mark("a", *span, pen=4, style=MarkStyle.UNDERLINE)])
    assert LIGHT.pen_lines[3] in colours(reader, span)
    assert LIGHT.pens[3] not in colours(reader, span)
    assert LIGHT.pen_lines[3] not in colours(reader, span, (0, 12))
    reader.set_marks([mark("a", *span, pen=None, style=MarkStyle.NONE, has_note=True)])
    assert len(colours(reader, span, (18, 26))) > 1


def test_hits_lie_over_marks_and_the_current_one_has_a_ring(reader: Reader, plan_text: str, mark: Make) -> None:
    start = plan_text.index("从全球看")
    reader.set_marks([mark("a", start, start + 4)])
    reader.set_hits([Span(start, start + 2), Span(start + 2, start + 4)], None)
    assert LIGHT.hit in colours(reader, Span(start, start + 2))
    assert LIGHT.pens[0] not in colours(reader, Span(start, start + 4), (3, 20))
    before = reader.viewport().grab().toImage()
    reader.set_hits([Span(start, start + 2), Span(start + 2, start + 4)], 1)
    assert reader.viewport().grab().toImage() != before


def test_a_current_mark_has_a_ring(reader: Reader, plan_text: str, mark: Make) -> None:
    start = plan_text.index("从全球看")
    reader.set_marks([mark("a", start, start + 4)])
    before = reader.viewport().grab().toImage()
    reader.set_current_marks(["a"])
    ringed = reader.viewport().grab().toImage()
    assert ringed != before
    reader.set_current_marks([])
    assert reader.viewport().grab().toImage() == before


def test_a_selection_lets_the_mark_below_shine_through(reader: Reader, plan_text: str, mark: Make) -> None:
    start = plan_text.index("从全球看")
    span = Span(start, start + 8)
    reader.set_marks([mark("a", start, start + 4)])
    reader.select(span)
    assert not colours(reader, Span(start + 1, start + 3)) <= colours(reader, Span(start + 5, start + 7))
    assert LIGHT.paper not in colours(reader, Span(start + 1, start + 7))


def test_a_flash_goes_away_by_itself(reader: Reader, plan_text: str, qtbot: QtBot) -> None:
    start = plan_text.index("指导思想")
    span = Span(start, start + 4)
    reader.go_to(start, flash=span)
    assert LIGHT.accent_soft in colours(reader, span)
    qtbot.waitUntil(lambda: LIGHT.accent_soft not in colours(reader, span), timeout=1000)


def test_a_click_on_marks_names_them_shortest_first(reader: Reader, plan_text: str, mark: Make, qtbot: QtBot) -> None:
    start = plan_text.index("从全球看")
    reader.set_marks(
        [
            mark("long", start - 10, start + 20),
            mark("short", start, start + 4, style=MarkStyle.UNDERLINE),
            mark("elsewhere", start + 6, start + 9),
            mark("clause", start - 50, start + 90, style=MarkStyle.NONE, on_clause=True),
        ]
    )
    assert reader.marks_at(start + 1) == ["short", "long"]
    at = reader.rect_of(Span(start + 1, start + 2)).center()
    with qtbot.waitSignal(reader.mark_activated) as activated:
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert activated.args == [["short", "long"]]


def test_a_drag_over_marks_activates_none(reader: Reader, plan_text: str, mark: Make, qtbot: QtBot) -> None:
    start = plan_text.index("从全球看")
    reader.set_marks([mark("a", start, start + 8)])
    first, last = (reader.rect_of(Span(offset, offset + 1)).center() for offset in (start, start + 6))
    with qtbot.assertNotEmitted(reader.mark_activated):
        qtbot.mousePress(reader.viewport(), Qt.MouseButton.LeftButton, pos=first)
        qtbot.mouseMove(reader.viewport(), last)
        qtbot.mouseRelease(reader.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert reader.selection() is not None


def signs(reader: Reader) -> list[tuple[str, tuple[str, ...], bool]]:
    y, view = reader.verticalScrollBar().value(), reader.viewport().height()
    found = [sign for laid in reader.lines.shown(y, y + view) for sign in reader.page.signs(laid)]
    return [(sign.label, sign.ids, sign.locked) for sign in found]


def test_signs_tell_pen_note_and_privacy(reader: Reader, plan_text: str, mark: Make) -> None:
    start, other = plan_text.index("从全球看"), plan_text.index("衡阳进出口")
    clause = plan_text.index("3.“")
    reader.set_marks(
        [
            mark("a", start, start + 4, pen=3, has_note=True),
            mark("b", other, other + 4, pen=2, private=True),
            mark("c", clause, other, pen=None, style=MarkStyle.NONE, has_note=True, on_clause=True),
        ]
    )
    assert signs(reader) == [("注", ("c",), False), ("3注", ("a",), False), ("2", ("b",), True)]


def test_many_signs_on_a_row_are_counted(reader: Reader, plan_text: str, mark: Make, qtbot: QtBot) -> None:
    start = plan_text.index("从全球看")
    reader.set_marks([mark(str(n), start, start + 1 + n, has_note=n == 2) for n in range(4)])
    [(label, ids, _), (rest, all_ids, _)] = signs(reader)
    assert (label, ids, rest) == ("1注", ("2",), "+3")
    assert set(all_ids) == {"0", "1", "2", "3"}
    y = reader.verticalScrollBar().value()
    laid = reader.lines.laid(reader.lines.paragraphs.line_at(start))
    sign = reader.page.signs(laid)[1]
    at = QPoint(int(sign.box.center().x()), int(sign.box.center().y()) - y)
    with qtbot.waitSignal(reader.sign_activated) as activated:
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert set(activated.args[0]) == {"0", "1", "2", "3"}


@pytest.mark.parametrize("width", [754, 520, 1200])
@pytest.mark.parametrize(("zoom", "count"), [(100, 2), (100, 12), (200, 2)])
def test_signs_have_room_beside_the_column(
    reader: Reader, plan_text: str, mark: Make, width: int, zoom: int, count: int
) -> None:
    start = plan_text.index("从全球看")
    reader.set_marks([mark(str(n), start, start + 1 + n, has_note=True, private=True) for n in range(count)])
    reader.set_zoom(zoom)
    reader.resize(width, 694)
    reader.set_top(start)
    laid = reader.lines.laid(reader.lines.paragraphs.line_at(start))
    for sign in reader.page.signs(laid):
        assert laid.right < sign.box.left()
        assert sign.box.right() <= reader.viewport().width()


def test_marks_beyond_the_basic_plane_stand_on_their_words(
    empty_reader: Reader, no_outline: Outline, mark: Make
) -> None:
    text = "𠮷𠮷𠮷甲乙丙丁"
    empty_reader.show_text(text, no_outline)
    empty_reader.set_marks([mark("a", 4, 5)])
    assert LIGHT.pens[0] in colours(empty_reader, Span(4, 5))
    assert LIGHT.pens[0] not in colours(empty_reader, Span(0, 3)) | colours(empty_reader, Span(6, 7))


def test_nothing_is_written_into_the_document(reader: Reader, plan_text: str, mark: Make) -> None:
    reader.set_marks([mark(str(n), n * 9, n * 9 + 30) for n in range(1000)])
    reader.set_hits([Span(n, n + 2) for n in range(0, 9000, 7)], 3)
    reader.grab()
    assert reader.toPlainText() == plan_text
    assert not reader.document().isUndoAvailable()


def test_the_title_is_larger_than_the_text(reader: Reader, plan_text: str) -> None:
    title, body = reader.rect_of(Span(0, 1)), reader.rect_of(Span(150, 151))
    assert title.height() > body.height() * 1.2
    assert QColor(LIGHT.paper).name() in colours(reader, Span(0, 4))
