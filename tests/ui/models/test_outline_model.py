"""The outline as Qt sees it: a sound tree, filtered or not."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.parsing.outline import parse_outline
from desktop.ui.models.outline_model import OutlineModel, OutlineRole, OutlineRow


@pytest.fixture
def model(qtbot: QtBot, plan_text: str) -> OutlineModel:
    model = OutlineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert tester.model() is model
    model.show(parse_outline(plan_text), plan_text)
    return model


def walk(model: OutlineModel, parent: QModelIndex | None = None) -> list[QModelIndex]:
    parent = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [index, *walk(model, index)]
    return found


def row(index: QModelIndex) -> OutlineRow:
    shown = index.data(OutlineRole.ROW)
    assert isinstance(shown, OutlineRow)
    return shown


def test_the_tree_holds_every_row_once_under_its_parent(model: OutlineModel) -> None:
    everything = walk(model)
    assert len(everything) == model.size
    starts = [index.data(OutlineRole.START) for index in everything]
    assert starts == sorted(starts)
    item = next(index for index in everything if row(index).text == "—— 坚持人民至上")
    assert row(item.parent()).text == "5. 基本原则"
    assert row(item.parent().parent()).text.startswith("二、")


def test_counts_follow_what_is_set(model: OutlineModel, plan_text: str) -> None:
    at = plan_text.index("坚持人民至上。")
    model.set_marks([at, at, at])
    model.set_hits([at])
    counted = {row(i).text: (row(i).hits, row(i).marks) for i in walk(model) if row(i).marks or row(i).hits}
    assert set(counted.values()) == {(1, 3)}
    assert len(counted) == 3  # the item, clause 5, section two


def test_a_screen_reader_hears_words_and_counts(model: OutlineModel, plan_text: str) -> None:
    at = plan_text.index("坚持人民至上。")
    model.set_marks([at])
    model.set_hits([at, at + 2])
    item = next(index for index in walk(model) if row(index).marks and not model.hasChildren(index))
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "—— 坚持人民至上，找到 2 处，标注 1 处"


def test_a_filter_keeps_matches_and_what_they_hang_on(model: OutlineModel) -> None:
    model.set_filter("产业园区")
    assert [(row(index).text[:2], row(index).found) for index in walk(model)] == [("三、", False), ("9.", True)]
    assert [row(index).text[:2] for index in model.branches_to_matches()] == ["三、"]
    model.set_filter("")
    assert len(walk(model)) == model.size


def test_a_match_with_no_match_below_keeps_its_branch(model: OutlineModel) -> None:
    model.set_filter("基本原则")
    texts = [row(index).text for index in walk(model)]
    assert texts[1] == "5. 基本原则"
    assert len([text for text in texts if text.startswith("——")]) == 6


def test_a_filter_that_finds_nothing_leaves_nothing(model: OutlineModel) -> None:
    model.set_filter("无此文字")
    assert model.rowCount() == 0
    assert not model.first_match().isValid()


def test_the_place_in_view_is_one_row_and_moves(model: OutlineModel, plan_text: str) -> None:
    first = model.set_in_view(plan_text.index("智赋万企"))
    assert first is not None
    assert row(first).text.startswith("7. ")
    assert model.set_in_view(plan_text.index("智赋万企") + 5) is None
    model.set_in_view(plan_text.index("坚持人民至上。"))
    assert [row(index).text for index in walk(model) if row(index).in_view] == ["—— 坚持人民至上"]


def test_tool_tips_show_words_letter_by_letter(qtbot: QtBot) -> None:
    model = OutlineModel()
    text = "1.甲<b>乙。丙"
    model.show(parse_outline(text), text)
    assert "&lt;b&gt;" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_hits_set_before_the_text_is_shown_are_counted_in_it(qtbot: QtBot, plan_text: str) -> None:
    model = OutlineModel()
    model.set_hits([0, 1])
    model.show(parse_outline(plan_text), plan_text)
    assert row(model.index(0, 0)).hits == 2
