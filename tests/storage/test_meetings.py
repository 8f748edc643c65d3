"""Meetings run until they are ended, also across restarts."""

from dataclasses import replace
from datetime import date, timedelta


def test_a_meeting_runs_until_it_is_ended_also_after_a_restart(library, records):
    assert library.meetings.running() is None
    meeting = records.new_meeting()
    library.close()
    with type(library).open(library.path) as again:
        assert again.meetings.running() == meeting
        ended = meeting.started + timedelta(hours=2)
        again.meetings.edit(meeting.id, ended=ended)
        assert again.meetings.running() is None
        assert again.meetings.get(meeting.id) == replace(meeting, ended=ended)
        again.meetings.edit(meeting.id, ended=None)
        assert again.meetings.running() == meeting


def test_of_several_the_latest_runs_and_a_removed_one_does_not(library, records):
    first = records.new_meeting()
    second = records.new_meeting(started=first.started + timedelta(seconds=1))
    assert library.meetings.all() == [first, second]
    assert library.meetings.running() == second
    library.meetings.remove(second.id)
    assert library.meetings.running() == first
    assert library.meetings.all() == [first]
    library.meetings.restore(second.id)
    assert library.meetings.running() == second


def test_every_change_of_a_meeting_is_an_operation(library, records):
    meeting = records.new_meeting()
    library.meetings.edit(meeting.id, name="第二次会", held_on=date(2026, 12, 1))
    library.meetings.remove(meeting.id)
    library.meetings.restore(meeting.id)
    assert library.meetings.get(meeting.id) == replace(meeting, name="第二次会", held_on=date(2026, 12, 1))
    operations = library.operations.of("meeting", meeting.id)
    assert [(operation.field, operation.value) for operation in operations[1:]] == [
        ("name", '"第二次会"'),
        ("held_on", '"2026-12-01"'),
        ("removed", "true"),
        ("removed", "false"),
    ]
