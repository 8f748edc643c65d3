"""What operations make of a record is the same in whatever order they came."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.decoding import decode, values_of
from desktop.model.history import History, heads, histories
from desktop.model.operation import Operation

THEN = datetime(2026, 11, 22, tzinfo=UTC)
MEETING = "00000000-0000-4000-8000-000000000001"
RECORD = {
    "id": MEETING,
    "name": "会",
    "held_on": "2026-11-22",
    "started": "2026-11-22T00:00:00.000000Z",
    "ended": None,
    "removed": False,
}


def operation(identity, clock, field, value, replaces, device="甲"):
    at = THEN + timedelta(minutes=clock)
    return Operation(identity, clock, "author", device, at, "meeting", MEETING, field, json.dumps(value), replaces)


ADDED = operation("0", 1, "", RECORD, None)


@st.composite
def records(draw):
    """Make the operations of some people on one record, each on what was there for them."""
    made = [ADDED]
    for number in range(draw(st.integers(0, 12))):
        field = draw(st.sampled_from(["name", "removed"]))
        base = draw(st.sampled_from([one for one in made if one.field in ("", field)]))
        clock = base.clock + draw(st.integers(1, 3))
        value = draw(st.sampled_from(["甲", "乙", "丙"])) if field == "name" else draw(st.booleans())
        made.append(operation(f"{number + 1}", clock, field, value, base.id, draw(st.sampled_from("甲乙"))))
    return made


@given(records(), st.randoms(use_true_random=False))
def test_the_order_in_which_operations_came_makes_no_difference(made, chance):
    shuffled = list(made)
    chance.shuffle(shuffled)
    one, other = History(tuple(made)), History(tuple(shuffled))
    assert values_of(one) == values_of(other)
    assert one.conflicts == other.conflicts
    assert one.fields == other.fields


@given(records())
def test_the_latest_operation_on_a_field_is_a_head_and_is_shown(made):
    history = History(tuple(made))
    for field, tips in history.fields.items():
        latest = max((one for one in made if one.field == field), key=lambda one: one.rank)
        assert tips[0] == latest == history.shown(field)
        assert {tip.replaces for tip in made} & {tip.id for tip in tips} == set()


def test_two_changes_of_one_value_are_a_conflict_unless_they_say_the_same():
    first, second = operation("1", 2, "name", "甲", "0"), operation("2", 3, "name", "乙", "0")
    (conflict,) = History((ADDED, first, second)).conflicts
    assert conflict.heads == (second, first)
    assert History((ADDED, first, operation("2", 3, "name", "甲", "0"))).conflicts == ()
    decided = operation("3", 4, "name", "丙", "1"), operation("4", 5, "name", "丙", "2")
    assert History((ADDED, first, second, *decided)).conflicts == ()
    assert heads([first, second, *decided]) == [decided[1], decided[0]]


def test_of_removals_the_later_holds_and_nobody_is_asked():
    away, back = (
        operation("1", 2, "removed", value=True, replaces="0"),
        operation("2", 3, "removed", value=False, replaces="0"),
    )
    history = History((ADDED, away, back))
    assert history.conflicts == ()
    assert values_of(history)["removed"] is False


def test_clocks_that_are_equal_are_told_apart_by_the_device():
    one, other = operation("2", 2, "name", "甲", "0", "甲"), operation("1", 2, "name", "乙", "0", "乙")
    assert values_of(History((ADDED, one, other)))["name"] == "甲"


def test_a_record_that_nothing_added_is_none():
    assert values_of(History((operation("1", 2, "name", "甲", "0"),))) is None
    assert histories([ADDED])[("meeting", MEETING)].added == ADDED


@pytest.mark.parametrize(
    ("subject", "field", "value"),
    [
        ("setting", "", "{}"),
        ("meeting", "id", f'"{MEETING}"'),
        ("meeting", "started", '"2026-11-22"'),
        ("meeting", "held_on", '"2026-02-30"'),
        ("meeting", "held_on", "20261122"),
        ("meeting", "", "[]"),
        ("meeting", "", "{}"),
        ("meeting", "name", '"\\ud800"'),
        ("meeting", "name", "{"),
        ("mark", "pen", "true"),
        ("mark", "pen", "0"),
        ("mark", "tags", '["甲", 1]'),
        ("mark", "place", '{"start": 0, "end": 1}'),
        ("mark", "kind", '"virus"'),
        ("mark", "changed", '"2026-11-22T00:00:00.000000Z"'),
        ("author", "colour", "9"),
        ("mark", "note", "[" * 100_000),
    ],
)
def test_a_value_that_cannot_be_is_refused(subject, field, value):
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        decode(subject, field, value)


def test_a_value_becomes_what_the_model_has():
    assert decode("mark", "tags", '["甲"]') == ("甲",)
    assert decode("meeting", "ended", '"2026-11-22T00:00:00.000000Z"') == THEN
    assert decode("mark", "place", '{"start":1,"end":2,"path":["一、"]}').words == ""
