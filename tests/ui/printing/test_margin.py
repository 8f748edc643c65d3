"""Notes in the margin: in their order, none over another, none below the page, none lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.comments import Comment
from desktop.model.export import Margin
from desktop.model.span import Span
from desktop.ui.printing.margin import Note, fill_column, set_note, set_sign
from desktop.ui.printing.measures import COLUMNS, NOTE_GAP, TOP, Column
from tests.ui.printing.conftest import mark_on, report_on

TEXT = "规划\n正文在这里。\n"
REPORT = report_on(TEXT)
COLUMN = COLUMNS[Margin.NARROW]
BOTTOM = COLUMN.bottom
SIGN = "见"


def sign(of: Note, carried: bool) -> Note:
    return replace(of, lines=set_sign(f"{SIGN}{'下页' if carried else ''}", COLUMN))


def note(number: int, lines: int, top: float, *, late: bool = False) -> Note:
    comment = Comment(number, mark_on(TEXT, Span(3, 5), "字\n" * lines), 3, 5)
    return Note(comment, set_note(comment, REPORT, COLUMN, 1)[0], 2000, top + 100, 1, top, late)


def is_sign(of: Note) -> bool:
    return of.lines[0].paragraph.words.startswith(SIGN)


columns = st.lists(st.tuples(st.integers(1, 30), st.floats(TOP, BOTTOM - 290)), max_size=25)


@given(columns, st.integers(0, 4))
def test_notes_lie_apart_in_their_order_and_none_is_lost(wanted, late):
    own = [note(number, lines, top) for number, (lines, top) in enumerate(sorted(wanted, key=lambda pair: pair[1]))]
    carried = [note(100 + number, 3, TOP, late=True) for number in range(late)]
    beside, to_carry, too_many = fill_column(carried, own, COLUMN, sign)
    placed = [one for one in beside if not is_sign(one)]
    signs = [one.comment.number for one in beside if is_sign(one)]
    everything = [one.comment.number for one in (*placed, *to_carry, *too_many)]
    assert sorted(everything) == sorted(one.comment.number for one in (*carried, *own))
    away = {one.comment.number for one in (*to_carry, *too_many) if not one.late}
    assert set(signs) <= away
    assert len(signs) == len(set(signs)) >= min(len(away), 10)
    free = TOP
    for one in beside:
        assert one.top >= free - 0.01
        free = one.top + one.height + NOTE_GAP
    assert free - NOTE_GAP <= BOTTOM + 0.01
    assert not any(one.late for one in to_carry)


@given(st.lists(st.floats(TOP, BOTTOM - 600), max_size=4))
def test_a_note_with_room_around_it_stands_beside_its_line(tops):
    own = [note(number, 1, top) for number, top in enumerate(sorted(tops))]
    placed, to_carry, too_many = fill_column((), own, COLUMN, sign)
    assert (to_carry, too_many) == ([], [])
    apart = all(two.top - one.top > one.height + NOTE_GAP for one, two in pairwise(own))
    if apart:
        assert [one.top for one in placed] == [one.top for one in own]


@pytest.mark.parametrize("column", COLUMNS.values())
def test_details_stand_whole_on_lines_that_begin_with_none_of_their_dots(column: Column) -> None:
    mark = mark_on(TEXT, Span(3, 5), "字", tags=("经济/工业", "民生"), meeting="常委会", private=True, author="Li Ming")
    lines, _ = set_note(Comment(0, mark, 3, 5), REPORT, column, 1)
    details = [line.paragraph.words for line in lines[1:]]
    assert " · ".join(details) == "#经济/工业 #民生 · Li Ming · 2026-11-22 · 常委会 · 私人"
    assert len(details) == len({line.paragraph for line in lines[1:]})
