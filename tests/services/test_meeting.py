"""A meeting holds the marks made while it runs, and goes through a text clause by clause."""

from datetime import date
from pathlib import Path

import pytest

from desktop.model.clause import ClauseKind
from desktop.model.errors import UserError
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.command import perform
from desktop.services.importing import read_file
from desktop.services.marking import Marker
from desktop.services.meeting import EndMeeting, start_meeting, step_at, steps
from desktop.services.reading import open_reading
from desktop.storage.library import Library

DAY = date(2026, 11, 22)


def uncovered(text: str, outline: Outline) -> str:
    """Return the characters that stand in no step and no notice; fails where one stands in two steps."""
    free = list(text)
    end = 0
    for step in steps(outline):
        assert step.span.start >= end, "steps overlap or are out of order"
        assert step.span.end > step.span.start
        assert step.span.start == step.node.clause.start
        end = step.span.end
        free[step.span.start : end] = "\n" * (end - step.span.start)
    for notice in outline.notices:
        free[notice.start : notice.end] = "\n" * (notice.end - notice.start)
    return "".join(free).replace("\n", "")


def test_marks_made_meanwhile_belong_to_it_also_after_a_restart(library, reading):
    def mark_now(opened: Library) -> str | None:
        command = Marker(opened, open_reading(opened, reading.edition.id)).highlight(Span(0, 3), 1, "重点")
        perform(opened, command)
        return opened.marks.get(command.marks[0].id).meeting_id

    path = library.path
    assert mark_now(library) is None
    start = start_meeting(" 逐条  讨论会 ", DAY)
    assert (start.meeting.name, start.meeting.held_on) == ("逐条 讨论会", DAY)
    perform(library, start)
    assert mark_now(library) == start.meeting.id
    library.close()
    with Library.open(path) as again:
        assert again.meetings.running() == start.meeting
        assert mark_now(again) == start.meeting.id
        end = EndMeeting(start.meeting.id)
        perform(again, end)
        assert mark_now(again) is None
        end.revert(again)
        assert mark_now(again) == start.meeting.id
        perform(again, end)
        assert again.meetings.get(start.meeting.id).ended == end.at
        assert len(again.marks.of_meeting(start.meeting.id)) == 3


def test_a_marker_made_before_the_meeting_knows_of_it(library, marker):
    start = start_meeting("会", DAY)
    perform(library, start)
    assert marker.note(Span(0, 3), "想").marks[0].meeting_id == start.meeting.id
    start.revert(library)
    assert marker.note(Span(0, 3), "想").marks[0].meeting_id is None


def test_a_meeting_that_has_ended_keeps_its_end(library):
    start = start_meeting("会", DAY)
    perform(library, start)
    first, second = EndMeeting(start.meeting.id), EndMeeting(start.meeting.id)
    perform(library, first)
    assert not perform(library, second)
    second.revert(library)
    assert library.meetings.get(start.meeting.id).ended == first.at


@pytest.mark.parametrize("name", ["", "  ", "\u3000\n"])
def test_a_meeting_needs_a_name(name):
    with pytest.raises(UserError, match="会议名称"):
        start_meeting(name, DAY)


def test_the_steps_of_the_plan_are_its_sections_and_clauses(plan):
    found = steps(plan.outline)
    labels = [step.node.clause.label for step in found]
    expected = ["3."]
    for section, clauses in zip("二三四五六七", [range(4, 7), range(7, 11), range(11, 16), range(16, 22),
                                              range(22, 25), range(25, 26)], strict=True):  # fmt: skip
        expected += [f"{section}、", *(f"{number}." for number in clauses)]
    assert labels == expected
    five = found[labels.index("5.")].span.of(plan.text)
    assert five.count("\n——") == 6
    assert "第十五个五年规划" not in found[0].span.of(plan.text)[:3]
    section = found[labels.index("三、")]
    lead = section.node.clause.children[0]
    assert lead.kind is ClauseKind.LEAD
    assert section.span.end == lead.end


def test_every_character_of_the_plan_is_in_one_step_or_notice(plan):
    assert uncovered(plan.text, plan.outline) == ""


def test_every_clause_of_the_samples_is_in_one_step(samples: Path):
    texts = {path.name: read_file(path).text for path in samples.glob("*.txt")}
    texts |= {path.name: path.read_text("utf-8") for path in samples.glob("*.md")}
    assert len(texts) > 5
    for name, text in texts.items():
        outline = parse_outline(text)
        assert steps(outline), name
        assert uncovered(text, outline).strip() == "", name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章 总则\n前言。\n第一条 甲。\n（一）乙；\n（二）丙。\n第二条 丁。\n", None),
        ("没有编号的一段。\n又一段。\n", None),
        ("第一章 甲\n前言。\n——乙；\n——丙。\n第一条 丁。\n", ["第一章", "第一条"]),
        ("第一章 甲\n专栏1 乙\n——丙。\n第一条 丁。\n", ["第一章", "第一条"]),
        (
            "方案\n一、甲。" + "".join(f"（{n}）{'乙' * 200}。" for n in "一二三四"),
            ["一、", "（一）", "（二）", "（三）", "（四）"],
        ),
        ("一、甲\n（一）乙\n1.丙。\n（1）丁。\n", ["一、", "（一）", "1.", "（1）"]),
    ],
)
def test_chapters_are_steps_of_their_own(text, expected):
    outline = parse_outline(text)
    assert uncovered(text, outline).strip() == ""
    if expected is not None:
        assert [step.node.clause.label for step in steps(outline)] == expected


def test_the_step_at_a_place_is_the_one_that_holds_it(plan):
    found = steps(plan.outline)
    for index, step in enumerate(found):
        assert step_at(found, step.span.start) == index
        assert step_at(found, step.span.end - 1) == index
    assert step_at(found, 0) == 0
    assert step_at(found, len(plan.text)) == len(found) - 1
    assert step_at([], 5) == 0
