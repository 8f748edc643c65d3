"""The hits of a search as rows: grouped, each with its words in their context."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.search import Hit, Where
from desktop.model.span import Span
from desktop.ui.models.hits_model import HeadingRow, HitRole, HitRow, HitsModel

CONTEXT = "加快传统产业改造。"


def hit(where: Where, start: int = 104) -> Hit:
    return Hit("d", "e", where, Span(start, start + 2), CONTEXT, 100, start, None if where is Where.TEXT else "m")


def shown(model: HitsModel) -> list[HitRow | HeadingRow]:
    return [model.index(row).data(HitRole.ROW) for row in range(model.rowCount())]


def made(hits: list[Hit]) -> HitsModel:
    model = HitsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert tester.model() is model
    model.show(hits, lambda one: f"第{one.offset}处")
    return model


def test_a_hit_is_cut_out_of_its_context_with_its_address(qtbot: QtBot) -> None:
    assert shown(made([hit(Where.TEXT)])) == [HitRow("加快传统", "产业", "改造。", "第104处")]


def test_text_comes_first_then_notes_and_tags_under_headings(qtbot: QtBot) -> None:
    model = made([hit(Where.TEXT), hit(Where.TAG), hit(Where.NOTE), hit(Where.TEXT), hit(Where.NOTE)])
    assert [index if isinstance(index, HeadingRow) else "hit" for index in shown(model)] == [
        "hit",
        "hit",
        HeadingRow("批注 2 处"),
        "hit",
        "hit",
        HeadingRow("标签 1 处"),
        "hit",
    ]
    assert model.counts() == {Where.TEXT: 2, Where.NOTE: 2, Where.TAG: 1}
    assert [model.index(row).data(HitRole.HIT) for row in range(7)] == [0, 3, -1, 2, 4, -1, 1]


def test_every_hit_has_its_row_and_headings_can_not_be_chosen(qtbot: QtBot) -> None:
    hits = [hit(where) for where in (Where.NOTE, Where.TEXT, Where.TAG, Where.TEXT)]
    model = made(hits)
    assert all(model.index_of(number).data(HitRole.HIT) == number for number in range(len(hits)))
    assert not model.index_of(99).isValid()
    heading = model.heading_of(Where.TAG)
    assert model.flags(heading) == Qt.ItemFlag.NoItemFlags
    assert not model.heading_of(Where.TEXT).isValid()


def test_line_ends_in_a_context_are_blanks(qtbot: QtBot) -> None:
    row = shown(made([Hit("d", "e", Where.TEXT, Span(2, 5), "甲\n乙\n丙丁\n戊", 0, 2)]))[0]
    assert row == HitRow("甲 ", "乙 丙", "丁 戊", "第2处")


def test_only_rows_that_are_looked_at_are_worked_out(qtbot: QtBot) -> None:
    asked: list[Hit] = []
    model = HitsModel()
    model.show([hit(Where.TEXT)] * 1000, lambda one: asked.append(one) or "")  # type: ignore[func-returns-value]
    model.index(500).data(HitRole.ROW)
    assert len(asked) == 1
    assert model.index(500).parent() == QModelIndex()
