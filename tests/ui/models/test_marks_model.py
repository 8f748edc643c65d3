"""The marks as rows: filtered, counted, and refreshed without touching the rows that stay."""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.services.marking import RemoveMarks, set_private, write
from desktop.ui.models.marks_filter import MarksFilter, with_parents
from desktop.ui.models.marks_model import MarksModel
from desktop.ui.session import Session
from tests.ui.plan_marks import WORDS, highlight, mark


@pytest.fixture
def session(session: Session) -> Session:
    """Mark the plan in view."""
    for number, words in enumerate(WORDS):
        highlight(session, words, number + 1)
    return session


def quotes(model: MarksModel) -> list[str]:
    return [model.card(row).quote for row in range(model.rowCount())]


def test_all_marks_are_rows_in_the_order_of_the_text(session: Session) -> None:
    model = MarksModel(session)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert tester.model() is model
    assert quotes(model) == list(WORDS)
    highlight(session, "智赋", 1)
    assert quotes(model)[2:4] in (["智赋万企", "智赋"], ["智赋", "智赋万企"])
    session.undo()
    assert quotes(model) == list(WORDS)


def test_a_change_touches_its_own_row_alone(session: Session, qtbot: QtBot) -> None:
    model = MarksModel(session)
    cards = [model.card(row) for row in range(5)]
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.rowsInserted),
        qtbot.assertNotEmitted(model.rowsRemoved),
    ):
        session.run(write(mark(session, WORDS[2]), note="请核实"))
    assert told == [(2, 2)]
    assert [model.card(row) is cards[row] for row in range(5)] == [True, True, False, True, True]
    assert model.card(2).mark.note == "请核实"


def test_a_removal_removes_one_row_and_undo_brings_it_back(session: Session, qtbot: QtBot) -> None:
    model = MarksModel(session)
    gone: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: gone.append((first, last)))
    session.run(RemoveMarks((mark(session, WORDS[1]).id,)))
    assert gone == [(1, 1)]
    with qtbot.waitSignal(model.rowsInserted, check_params_cb=lambda *told: told[1:] == (1, 1)):
        session.undo()
    assert quotes(model) == list(WORDS)


def test_pens_combine_by_or_and_groups_by_and(session: Session) -> None:
    session.run(write(mark(session, WORDS[0]), note="甲"))
    session.run(write(mark(session, WORDS[2]), note="乙"))
    model = MarksModel(session)
    model.set_filter(MarksFilter(pens=frozenset({1, 2})))
    assert quotes(model) == [WORDS[0], WORDS[1]]
    model.set_filter(MarksFilter(pens=frozenset({1, 2}), noted=True))
    assert quotes(model) == [WORDS[0]]


def test_a_tag_finds_those_nested_in_it(session: Session) -> None:
    session.run(write(mark(session, WORDS[0]), tags=("工信局/产业",)))
    session.run(write(mark(session, WORDS[1]), tags=("工信局",)))
    session.run(write(mark(session, WORDS[2]), tags=("工信",)))
    model = MarksModel(session)
    model.set_filter(MarksFilter(tags=frozenset({"工信局"})))
    assert quotes(model) == [WORDS[0], WORDS[1]]
    assert model.tallies(None).tags == {"工信局": 2, "工信局/产业": 1, "工信": 1}
    assert with_parents(("a/b/c",)) == {"a", "a/b", "a/b/c"}


@pytest.mark.parametrize(
    ("words", "found"),
    [("智赋", 1), ("４个", 1), ("kpi", 1), ('"两问"', 1), ("待核", 1), ("三 7", 3), ("没有", 0), ("  ", 5)],
)
def test_words_are_found_in_quote_note_tags_and_address(session: Session, words: str, found: int) -> None:
    session.run(write(mark(session, WORDS[0]), note="KPI 怎么定？4个“两问”"))
    session.run(write(mark(session, WORDS[0]), tags=("待核",)))
    model = MarksModel(session)
    model.set_filter(MarksFilter(words=words))
    assert model.rowCount() == found


def test_the_clause_in_view_filters_and_counts(session: Session) -> None:
    assert session.reading is not None
    model = MarksModel(session)
    node = session.reading.outline.at(mark(session, WORDS[2]).span.start)
    assert node is not None
    clause = node.clause.whole
    model.set_filter(MarksFilter(clause=clause))
    assert quotes(model) == list(WORDS[2:])
    assert model.tallies(clause).here == 3
    assert model.tallies(None).here == 0


def test_a_mark_that_is_written_on_stays_until_it_is_let_go(session: Session) -> None:
    model = MarksModel(session)
    first = mark(session, WORDS[0])
    model.set_filter(MarksFilter(private=True))
    assert model.rowCount() == 0
    model.keep(first.id)
    assert quotes(model) == [WORDS[0]]
    model.keep(None)
    assert model.rowCount() == 0
    session.run(set_private([first], private=True))
    assert quotes(model) == [WORDS[0]]


def test_a_row_says_in_words_what_is_seen(session: Session) -> None:
    session.run(write(mark(session, WORDS[2]), note="有任务量？"))
    session.run(set_private([mark(session, WORDS[2])], private=True))
    model = MarksModel(session)
    spoken = model.data(model.index(2))
    assert spoken == "三 · 7 · 第3句，智赋万企，数据，有任务量？，私人"
    assert model.data(QModelIndex()) is None
