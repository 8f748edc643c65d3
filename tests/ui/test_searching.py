"""Ctrl+F: as the user types, every place, counted, walked, coloured; and back to the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.model.search import Where
from desktop.model.span import Span
from desktop.services.marking import Marker
from desktop.ui.models.hits_model import HitRole
from desktop.ui.models.outline_model import OutlineRole
from tests.ui.sitting import Sitting

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RARE = "稳五进三布二"


def search(desk: Sitting, words: str) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    assert desk.window.top_bar.search.hasFocus()
    desk.type(words)


def count(desk: Sitting) -> str:
    return desk.desk.finder.count_text()


def places(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


def shown(desk: Sitting) -> str:
    """Return the count as it stands in the box."""
    return desk.window.top_bar.search.findChildren(QLabel)[0].text()


@pytest.mark.parametrize("words", ["产", "产业", "现代化", RARE, ",", "(", "十五五"])
def test_every_place_is_found_from_one_character_on(desk: Sitting, words: str) -> None:
    search(desk, words)
    found = [hit.span.start for hit in desk.desk.finder.hits if hit.where is Where.TEXT]
    if words in ",(":
        assert len(found) >= len(places(desk.reading.text, words))  # full and half width are one
    else:
        assert found == places(desk.reading.text, words)
    assert desk.reader.page.hits == desk.desk.finder.text_spans()
    assert f"/ {len(found)} 处" in count(desk)


def test_it_finds_with_every_letter_that_is_typed(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    seen = []
    for letter in "产业":
        desk.type(letter)
        seen.append(len(desk.desk.finder.hits))
    assert seen == [desk.reading.text.count("产"), desk.reading.text.count("产业")]
    assert seen[0] > seen[1] > 0
    desk.key(Qt.Key.Key_Backspace)
    assert len(desk.desk.finder.hits) == seen[0]


def test_the_count_tells_places_and_clauses(desk: Sitting) -> None:
    search(desk, RARE)
    hits = places(desk.reading.text, RARE)
    clauses = {desk.reading.address(at).split(" · 第")[0] for at in hits}
    assert count(desk) == f"第 1 / {len(hits)} 处 · {len(clauses)} 条"
    assert shown(desk) == count(desk)
    assert desk.window.top_bar.search.findChildren(QLabel)[0].isVisible()


def test_nothing_found_is_said(desk: Sitting) -> None:
    search(desk, "没有这些字")
    assert shown(desk) == "没有找到"
    assert desk.desk.finder.hits == []
    assert desk.reader.page.hits == []
    assert not desk.window.actions_by_id["find_next"].isEnabled()


@pytest.mark.parametrize("by_mouse", [False, True])
def test_the_first_hit_from_here_on_is_the_current_one_and_in_view(desk: Sitting, *, by_mouse: bool) -> None:
    desk.reader.set_top(desk.place("16.全面激发").start)
    top = desk.reader.top()
    if by_mouse:
        QTest.mouseClick(desk.window.top_bar.search, Qt.MouseButton.LeftButton)
        desk.type("产业")
    else:
        search(desk, "产业")
    current = desk.desk.finder.hits[desk.desk.finder.current or 0]
    assert current.offset == desk.reading.text.index("产业", top)
    seen = desk.reader.seen()
    assert seen.start <= current.offset < seen.end
    assert desk.reader.page.current_hit == desk.desk.finder.current


@pytest.mark.parametrize("on_box", [True, False])
def test_f3_and_shift_f3_walk_round(desk: Sitting, *, on_box: bool) -> None:
    search(desk, RARE)
    if not on_box:
        desk.reader.setFocus()
    total = len(desk.desk.finder.hits)
    assert total > 1
    walked = [desk.desk.finder.current]
    for _ in range(total):
        desk.key(Qt.Key.Key_F3)
        walked.append(desk.desk.finder.current)
        hit = desk.desk.finder.hits[walked[-1] or 0]
        assert desk.reader.seen().overlaps(hit.span)
        assert shown(desk).startswith(f"第 {(walked[-1] or 0) + 1} /")
    assert walked == [*range(total), 0]
    desk.key(Qt.Key.Key_F3, SHIFT)
    assert desk.desk.finder.current == total - 1


def test_return_in_the_box_walks_too(desk: Sitting) -> None:
    search(desk, RARE)
    desk.key(Qt.Key.Key_Return)
    assert desk.desk.finder.current == 1
    desk.key(Qt.Key.Key_Return, SHIFT)
    assert desk.desk.finder.current == 0


def test_the_list_shows_every_hit_and_a_click_goes_there(desk: Sitting) -> None:
    search(desk, RARE)
    panel = desk.window.right.built("search")
    assert panel.isVisible()
    last = len(desk.desk.finder.hits) - 1
    index = panel._model.index_of(last)  # noqa: SLF001
    assert index.isValid()
    panel.list.scrollTo(index)
    desk.settle()
    middle = panel.list.visualRect(index).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    desk.settle()
    assert desk.desk.finder.current == last
    assert desk.reader.seen().overlaps(desk.desk.finder.hits[last].span)


def test_the_list_is_entered_and_left_by_keyboard(desk: Sitting) -> None:
    search(desk, RARE)
    desk.key(Qt.Key.Key_Down)
    panel = desk.window.right.built("search")
    assert panel.list.hasFocus()
    desk.key(Qt.Key.Key_Escape)
    assert desk.reader.hasFocus()


def test_hits_are_counted_in_the_tree(desk: Sitting) -> None:
    search(desk, RARE)
    model = desk.desk.outline._model  # noqa: SLF001
    total = sum(model.index(row, 0).data(OutlineRole.ROW).hits for row in range(model.rowCount()))
    assert total == len(desk.desk.finder.hits)
    assert desk.window.right._buttons["search"].text() == f"搜索 {total}"  # noqa: SLF001


def test_notes_and_tags_are_searched_too(desk: Sitting) -> None:
    marker = Marker(desk.library, desk.reading)
    span = desk.place("从全球看")
    assert desk.session.run(marker.note(span, "玄武岩纤维要问清楚", ("材料/玄武岩",)))
    search(desk, "玄武岩")
    kinds = [hit.where for hit in desk.desk.finder.hits]
    assert Where.NOTE in kinds
    assert Where.TAG in kinds
    desk.desk.finder.go(kinds.index(Where.NOTE))
    assert desk.reader.seen().overlaps(span)


def test_a_note_written_meanwhile_is_found(desk: Sitting) -> None:
    search(desk, "独一无二的词")
    assert desk.desk.finder.hits == []
    marker = Marker(desk.library, desk.reading)
    assert desk.session.run(marker.note(desk.place("从全球看"), "独一无二的词"))
    assert [hit.where for hit in desk.desk.finder.hits] == [Where.NOTE]
    desk.do("undo")
    assert desk.desk.finder.hits == []


def test_what_is_being_composed_is_not_searched(desk: Sitting) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    box = desk.window.top_bar.search
    QCoreApplication.sendEvent(box, QInputMethodEvent("chan'ye", []))
    assert desk.desk.finder.words == ""
    assert desk.desk.finder.hits == []
    event = QInputMethodEvent("", [])
    event.setCommitString("产业")
    QCoreApplication.sendEvent(box, event)
    assert desk.desk.finder.words == "产业"
    assert len(desk.desk.finder.hits) == desk.reading.text.count("产业")


def test_esc_returns_to_the_text_with_its_hits_and_there_ends_the_search(desk: Sitting) -> None:
    search(desk, "产业")
    desk.key(Qt.Key.Key_Escape)
    assert desk.reader.hasFocus()
    assert desk.window.top_bar.search.text() == "产业"
    current = desk.desk.finder.current
    desk.key(Qt.Key.Key_F3)
    assert desk.desk.finder.current == (current or 0) + 1
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.top_bar.search.text() == ""
    assert desk.reader.page.hits == []
    assert shown(desk) == ""
    assert desk.window.right.current == "marks"


def test_what_is_selected_is_searched_for_at_once(desk: Sitting) -> None:
    desk.select(RARE)
    desk.key(Qt.Key.Key_F, CONTROL)
    assert desk.window.top_bar.search.text() == RARE
    assert len(desk.desk.finder.hits) == desk.reading.text.count(RARE)
    desk.type("产业")
    assert desk.window.top_bar.search.text() == "产业"


def test_a_long_selection_is_not_searched_for(desk: Sitting) -> None:
    desk.reader.select(Span(100, 200))
    desk.key(Qt.Key.Key_F, CONTROL)
    assert desk.window.top_bar.search.text() == ""


def test_blanks_alone_find_nothing(desk: Sitting) -> None:
    search(desk, "  ")
    assert desk.desk.finder.hits == []
    assert shown(desk) == ""


def test_the_search_goes_on_in_another_text(desk: Sitting) -> None:
    search(desk, RARE)
    first = desk.reading.edition.id
    desk.open_text("某市规划\n\n一、总体要求\n1.稳五进三布二是什么。稳五进三布二！\n")
    assert len(desk.desk.finder.hits) == 2
    assert desk.reader.page.hits == desk.desk.finder.text_spans()
    desk.session.open_edition(first)
    assert len(desk.desk.finder.hits) == desk.reading.text.count(RARE)


def test_the_column_of_hits_comes_where_it_was_hidden(desk: Sitting) -> None:
    desk.do("show_right")
    assert not desk.window.right.isVisible()
    search(desk, RARE)
    assert desk.window.right.built("search").isVisible()


def test_a_sentence_is_one_row_that_f3_walks_through(desk: Sitting) -> None:
    search(desk, "人才 教育")
    finder, panel = desk.desk.finder, desk.window.right.built("search")
    hits = finder.hits
    several = next(n for n, hit in enumerate(hits) if hits[n + 1].context_start == hit.context_start)
    finder.go(several)
    row = panel.list.currentIndex()
    desk.key(Qt.Key.Key_F3)
    assert (finder.current, panel.list.currentIndex()) == (several + 1, row)
    assert row.data(HitRole.HIT) == several + 1
    panel.setFocus()
    desk.key(Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() > row.row()
    assert hits[finder.current or 0].context_start > hits[several].context_start
    desk.key(Qt.Key.Key_Up)
    assert (finder.current, panel.list.currentIndex()) == (several, row)
    assert f"/ {len(hits)} 处" in count(desk)
