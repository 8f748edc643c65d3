"""The record of changes tells the whole story: played again, it gives the marks there are."""

import json
from datetime import UTC, datetime
from pathlib import Path

import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.mark import ClausePlace, MarkKind, MarkStyle, Passage
from desktop.storage.database import Database, Mode
from desktop.storage.encoding import plain
from desktop.storage.library import Library
from desktop.storage.marks import MarkStore

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
offsets = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
places = st.builds(lambda span, a, b, c: Passage(*span, a, b, c), offsets, words, words, words) | st.builds(
    lambda span, path: ClausePlace(*span, tuple(path)), offsets, st.lists(words, max_size=3)
)
edits = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(MarkKind),
        "style": st.sampled_from(MarkStyle),
        "pen": st.none() | st.integers(1, 5),
        "place": places,
        "note": words,
        "tags": st.lists(words, max_size=3).map(tuple),
        "private": st.booleans(),
        "changed": st.datetimes(timezones=st.just(UTC)),
    },
)
which = st.integers(0, 2)
actions = st.lists(
    st.tuples(st.just("edit"), which, edits)
    | st.tuples(st.sampled_from(["remove", "restore", "add", "fail"]), which, st.just({})),
    max_size=15,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("shared") / "library.yuece", create=True) as opened:
        yield opened


def replayed(operations):
    """Play operations again, knowing nothing but their fields and values."""
    state = {}
    for operation in operations:
        value = json.loads(operation.value)
        if operation.field == "":
            state[operation.subject_id] = value
        else:
            state[operation.subject_id][operation.field] = value
    return state


@given(actions)
@settings(max_examples=60, deadline=None)
def test_the_marks_are_what_their_operations_say(shared, records_for, steps):
    records = records_for(shared)
    begin = shared.clock()
    marks = [records.new_mark(index, index + 3, note=str(index)) for index in range(3)]
    for act, index, fields in steps:
        _take(shared, act, marks[index], fields)
    told = replayed(o for o in shared.operations.since(begin) if o.subject == "mark")
    seen = {mark.id: plain(shared.marks.get(mark.id), without=MarkStore.derived) for mark in marks}
    for state in (*told.values(), *seen.values()):
        del state["changed"]
    assert told == seen


def _take(library, act, mark, fields):
    if act == "edit":
        library.marks.edit(mark.id, **fields)
    elif act == "add":
        if library.marks.get(mark.id).removed:
            library.marks.add(mark)
    elif act == "fail":
        with pytest.raises(ZeroDivisionError):
            _edit_and_fail(library, mark)
    else:
        getattr(library.marks, act)(mark.id)


def _edit_and_fail(library, mark):
    with library.transaction():
        library.marks.edit(mark.id, note="不算数", tags=("不算数",))
        raise ZeroDivisionError


def test_each_operation_names_the_one_it_replaces(library, records):
    mark = records.new_mark()
    library.marks.edit(mark.id, note="一")
    library.marks.edit(mark.id, pen=3, note="二")
    library.marks.remove(mark.id)
    library.marks.restore(mark.id)
    added, first, *rest = library.operations.of("mark", mark.id)
    assert added.replaces is None
    assert first.replaces == added.id
    by_field = {operation.field: operation for operation in rest}
    assert by_field["pen"].replaces == added.id
    assert by_field["note"].replaces == first.id
    removed, restored = rest[-2:]
    assert removed.replaces == added.id
    assert restored.replaces == removed.id


def test_the_clock_only_grows_and_every_operation_says_who_and_when(library, records):
    before = datetime.now(UTC)
    begin = library.clock()
    mark = records.new_mark()
    library.marks.edit(mark.id, note="一")
    operations = library.operations.since(begin)
    assert [operation.clock for operation in operations] == [begin + 1, begin + 2]
    assert library.clock() == begin + 2
    assert library.operations.count() == len(library.operations.since(0))
    for operation in operations:
        assert (operation.author_id, operation.device_id) == (library.author.id, library.device.id)
        assert before <= operation.at <= datetime.now(UTC)
    library.close()
    with Library.open(library.path) as again:
        again.marks.edit(mark.id, note="二")
        assert again.clock() == begin + 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operations SET value = 'x'",
        "DELETE FROM operations",
        "INSERT OR REPLACE INTO operations SELECT * FROM operations",
    ],
)
def test_not_even_sql_changes_what_was_recorded(library: Library, statement: str) -> None:
    operations = library.operations.since(0)
    database = Database(Path(library.path), Mode.WRITE)
    try:
        with pytest.raises(peewee.IntegrityError, match="append-only"):
            database.sql(statement)
    finally:
        database.close()
    assert library.operations.since(0) == operations


def test_a_change_costs_no_more_as_the_history_grows(library, records):
    mark = records.new_mark()
    steps = []
    library._database.connection.set_progress_handler(lambda: steps.append(1), 1)  # noqa: SLF001 - SQLite's own count

    def cost(note):
        steps.clear()
        library.marks.edit(mark.id, note=note)
        return len(steps)

    cost("一")
    few = cost("二")
    for number in range(500):
        library.marks.edit(mark.id, note=str(number))
    assert cost("三") < few + 20
