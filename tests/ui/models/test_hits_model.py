"""The hits of a search as rows: under headings, each with its words in their context."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.search import Found, Hit, Where
from desktop.model.span import Span
from desktop.ui.models.hits_model import MARKS, Aside, Grouping, HeadingRow, HitRole, HitRow, HitsModel

CONTEXT = "加快传统产业改造。"
BOTH, SECTIONS, NONE = Grouping(documents=True), Grouping(), Grouping(sections=False)


def hit(
    where: Where = Where.TEXT, start: int = 104, edition: str = "e", section: str = "一、总体", context: int = 100
) -> Found:
    mark = None if where is Where.TEXT else "m"
    return Found(Hit("d", edition, where, Span(start, start + 2), CONTEXT, context, start, mark), edition, section, "")


def apart(number: int, section: str = "一、总体", edition: str = "e") -> Found:
    """Return a hit in a sentence of its own."""
    return hit(start=104 + 100 * number, context=100 + 100 * number, section=section, edition=edition)


def shown(model: HitsModel) -> list[HitRow | HeadingRow]:
    return [model.index(row).data(HitRole.ROW) for row in range(model.rowCount())]


def headings(model: HitsModel) -> list[HeadingRow | str]:
    return [row if isinstance(row, HeadingRow) else "hit" for row in shown(model)]


def made(found: Sequence[Found], grouping: Grouping = SECTIONS) -> HitsModel:
    model = HitsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert tester.model() is model
    model.show(found, grouping, lambda one: Aside(f"第{one[0].hit.offset}处", (1,), note=True))
    return model


def test_a_hit_is_cut_out_of_its_context_with_what_stands_beside_it(qtbot: QtBot) -> None:
    assert shown(made([hit()], NONE)) == [
        HitRow("加快传统", "产业", "改造。", "e · 第104处", pens=(1,), note=True),
    ]


def test_in_a_document_hits_stand_under_sections_and_those_in_marks_after_them(qtbot: QtBot) -> None:
    found = [apart(0), apart(1), apart(2, "二、产业"), hit(Where.NOTE), hit(Where.TAG)]
    model = made(found)
    assert headings(model) == [
        *(HeadingRow("一、总体"), "hit", "hit"),
        *(HeadingRow("二、产业"), "hit"),
        *(HeadingRow(MARKS), "hit", "hit"),
    ]
    assert model.counts() == {Where.TEXT: 3, Where.NOTE: 1, Where.TAG: 1}
    addresses = [row.address for row in shown(model) if isinstance(row, HitRow)]
    assert addresses == ["第104处", "第204处", "第304处", "批注 · 第104处", "标签 · 第104处"]


def test_in_a_library_sections_stand_under_documents_with_their_counts(qtbot: QtBot) -> None:
    model = made([apart(0), apart(0, edition="f"), apart(1, "", "f")], BOTH)
    model.set_counts({"e": 7})
    assert headings(model) == [
        *(HeadingRow("e", top=True, count=7), HeadingRow("一、总体"), "hit"),
        *(HeadingRow("f", top=True), HeadingRow("一、总体"), "hit", "hit"),
    ]


def test_further_hits_go_on_under_the_last_heading(qtbot: QtBot) -> None:
    found = [hit()]
    model = made(found, BOTH)
    found += [apart(1), apart(2, "二、产业")]
    model.extend()
    assert headings(model) == [
        *(HeadingRow("e", top=True), HeadingRow("一、总体"), "hit", "hit"),
        *(HeadingRow("二、产业"), "hit"),
    ]
    model.extend()
    assert model.rowCount() == 6


def test_the_best_first_have_no_headings_but_say_where_they_stand(qtbot: QtBot) -> None:
    rows = shown(made([hit(), hit(Where.NOTE, edition="f")], NONE))
    assert [row.address for row in rows if isinstance(row, HitRow)] == ["e · 第104处", "批注 · f · 第104处"]


def test_hits_of_one_sentence_share_a_row_that_shows_the_current_one(qtbot: QtBot) -> None:
    model = made([hit(start=102), hit(start=104), hit(start=106), hit(Where.NOTE)], NONE)
    first, note = shown(model)
    assert isinstance(first, HitRow)
    assert isinstance(note, HitRow)
    assert (first.words, first.others, note.others) == ("传统", ((2, 4), (4, 6)), ())
    model.set_current(1)
    row = model.index_of(1)
    assert (row, row.data(HitRole.HIT), model.beside(1)) == (model.index_of(0), 1, range(3))
    second = shown(model)[0]
    assert isinstance(second, HitRow)
    assert (second.words, second.others) == ("产业", ((-2, 0), (2, 4)))
    model.set_current(3)
    assert shown(model)[0] == first


def test_only_rows_that_show_another_hit_are_told(qtbot: QtBot) -> None:
    model = made([hit(start=102), hit(start=104), apart(1), apart(2)], NONE)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    for current in (2, 3, -1):
        model.set_current(current)
    assert told == []
    model.set_current(1)
    assert told == [0]
    model.set_counts({})
    assert told == [0]


def test_of_thousands_of_hits_in_a_sentence_those_that_may_be_seen_are_told(qtbot: QtBot) -> None:
    words = "水电" * 5000
    found = [Found(Hit("d", "e", Where.TEXT, Span(n, n + 2), words, 0, n), "", "", "") for n in range(0, 10_000, 2)]
    model = made(found, NONE)
    model.set_current(2500)
    row = shown(model)[0]
    assert isinstance(row, HitRow)
    assert (model.rowCount(), row.others[0], len(row.others)) == (1, (-2, 0), 80)


def test_every_hit_has_its_row_and_headings_can_not_be_chosen(qtbot: QtBot) -> None:
    found = [hit(), hit(section="二、产业", context=200, start=204), hit(Where.NOTE)]
    model = made(found)
    assert all(model.index_of(number).data(HitRole.HIT) == number for number in range(len(found)))
    assert not model.index_of(99).isValid()
    assert model.is_heading(0)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.first_of(Where.NOTE) == model.index_of(2)
    assert not model.first_of(Where.TAG).isValid()


def test_line_ends_in_a_context_are_blanks(qtbot: QtBot) -> None:
    found = Found(Hit("d", "e", Where.TEXT, Span(2, 5), "甲\n乙\n丙丁\n戊", 0, 2), "", "", "")
    row = shown(made([found]))[0]
    assert isinstance(row, HitRow)
    assert (row.before, row.words, row.after) == ("甲 ", "乙 丙", "丁 戊")


def test_only_rows_that_are_looked_at_are_worked_out(qtbot: QtBot) -> None:
    asked: list[Sequence[Found]] = []

    def aside(row: Sequence[Found]) -> Aside:
        asked.append(row)
        return Aside()

    model = HitsModel()
    model.show([apart(number) for number in range(1000)], NONE, aside)
    model.index(500).data(HitRole.ROW)
    assert len(asked) == 1
    assert model.index(500).parent() == QModelIndex()


def test_counts_of_hits_that_are_not_listed_change_no_row(qtbot: QtBot) -> None:
    model, changed = made([]), list[object]()
    model.dataChanged.connect(lambda *rows: changed.append(rows))
    model.set_counts({"e": 3})
    assert changed == []
