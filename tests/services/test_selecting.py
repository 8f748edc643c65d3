"""Which marks are meant: each condition by itself, a user's filter, and what it says where it can't be understood."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from desktop.model.errors import UserError
from desktop.model.span import Span
from desktop.search.query import parse
from desktop.services import selecting
from desktop.services.command import perform
from desktop.services.exporting import Selection, build_report
from desktop.services.marking import set_private
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.services.naming import RenameAuthor, RenamePens
from desktop.services.selecting import conditions_of


@pytest.fixture
def marks(library, reading, marker):
    """Make marks in the plan, by what they are for."""
    made = {}

    def add(name, command):
        perform(library, command)
        (made[name],) = command.marks

    perform(library, RenameAuthor(library.author.id, "王小明"))
    perform(library, RenamePens({2: "要核实"}))
    start = reading.text.index("坚持人民至上")
    add("words", marker.highlight(Span(start, start + 6), 1, "重点"))
    add("blue", marker.highlight(Span(200, 230), 2, "疑问"))
    add("note", marker.note(Span(5000, 5010), "GDP 年均增长", ("经济/工业", "2026")))
    meeting = start_meeting("逐条讨论会", date(2026, 3, 5))
    perform(library, meeting)
    clause = next(node for node in reading.outline.nodes if node.clause.label == "22.")
    add("clause", marker.clause_note(clause, "会上说的"))
    perform(library, EndMeeting(meeting.meeting.id))
    add("private", marker.note(Span(300, 310), "只给自己"))
    perform(library, set_private([made["private"]], private=True))
    return {name: library.marks.get(mark.id) for name, mark in made.items()}


@pytest.fixture
def found(library, reading, marks):
    """Return the function that names the marks a filter leaves."""

    def find(typed, **values):
        selection = Selection(conditions=conditions_of(library, reading, typed), **values)
        return {name for name, mark in marks.items() if selection.takes(mark)}

    return find


EVERYTHING = {"words", "blue", "note", "clause"}


FILTERS = {
    "": EVERYTHING,
    "  ": EVERYTHING,
    "标签:经济": {"note"},
    "标签:经济/工业": {"note"},
    "标签:工业": {"note"},
    "标签:经济 -标签:工业": set(),
    '年均 "OR"': set(),
    "甲OR乙": set(),
    "(增长)": set(),
    "标签：2026 标签:工业": {"note"},
    "-标签:经济": EVERYTHING - {"note"},
    "颜色:1": {"words"},
    "颜色:蓝": {"blue"},
    "颜色:蓝色 OR 颜色:黄": {"words", "blue"},
    "颜色:要核实": {"blue"},
    "-颜色:2": EVERYTHING - {"blue"},
    "颜色:无": {"note", "clause"},
    "颜色:没有 OR 颜色:蓝": {"note", "clause", "blue"},
    '"类型:批注"': set(),
    "3:2": set(),
    "会议:讨论会": {"clause"},
    "-会议:逐条讨论会": EVERYTHING - {"clause"},
    "作者:小明": EVERYTHING,
    "-作者:王小明": set(),
    "条款:22": {"clause"},
    "条款:六": {"clause"},
    "条款:二 OR 条款:22": {"words", "clause"},
    "gdp": {"note"},
    "年均 增长": {"note"},
    "坚持人民至上": {"words"},
    "会上 OR 年均": {"note", "clause"},
    "-会上": EVERYTHING - {"clause"},
    "GDP 条款:22": set(),
    "GDP -会上": {"note"},
    "-会上 -坚持人民至上 -颜色:2": {"note"},
    "只给自己": set(),
}


def test_a_filter_leaves_the_marks_that_satisfy_all_of_it(found):
    assert {typed: found(typed) for typed in FILTERS} == FILTERS


def test_private_marks_are_meant_only_when_they_are_asked_for(found):
    assert found("只给自己", private=True) == {"private"}
    assert found("", private=True) == EVERYTHING | {"private"}


DAYS = {
    "日期:2026-03-05": True,
    "日期：2026年3月5日": True,
    "日期:2026-03-06": False,
    "日期:2026-03": True,
    "日期:2026年3月": True,
    "日期:2026": True,
    "日期:2025": False,
    "日期:2026-03-01..2026-03-05": True,
    "日期:2026/3/1..2026.3.4": False,
    "日期:2026-03-05至2026-04": True,
    "日期:2025..2026": True,
    "日期:2026-03..": True,
    "日期:..2026-03": True,
    "日期:..2026-02": False,
    "-日期:2026-03": False,
    "-日期:2025": True,
    "日期:2025 OR 日期:2026-03": True,
    "日期:2024-12 OR 日期:2025": False,
    '日期:"2026-03-05"': True,
}


def test_a_day_a_month_a_year_or_a_range_of_them(library, reading, marks, monkeypatch):
    zone = timezone(timedelta(hours=8))
    between = selecting.between
    monkeypatch.setattr(selecting, "between", lambda since, until: between(since, until, zone))
    # Half past one in the morning in Beijing, the day before in UTC.
    mark = replace(marks["note"], created=datetime(2026, 3, 4, 17, 30, tzinfo=UTC))
    taken = {typed: all(met(mark) for met in conditions_of(library, reading, typed)) for typed in DAYS}
    assert taken == DAYS


MEANINGLESS = dict(
    [
        ("标签:没有这个", "没有叫“没有这个”的标签；有：2026、经济/工业"),
        ("-标签:没有这个", "没有叫“没有这个”的标签"),
        ("标签:经济 OR 标签:没有这个", "没有叫“没有这个”的标签"),
        ("标签:经济 OR 颜色:黄", "OR 要写在两个词之间"),
        ("标签:经济 OR 年均", "OR 要写在两个词之间"),
        ("颜色:黄 OR", "OR 要写在两个词之间"),
        ("甲 |", "OR 要写在两个词之间"),
        ("(标签:经济", "不能用括号"),
        ("-（颜色:黄 OR 颜色:蓝）", "不能用括号"),
        ("会议:没开过", "没有叫“没开过”的会议；有：逐条讨论会"),
        ("作者:没有", "没有叫“没有”的作者；有：王小明"),
        ("颜色:橙", "没有“橙”这种颜色；有：1（重点）、2（要核实）"),
        ("条款:九百", "没有“九百”这一条"),
        ("文件:别的", "一次只导出一个文件"),
        *[(f"日期:{day}", "看不懂日期") for day in ("昨天", "2026-13", "2026-02-30", "..", "0000", "2027..2026")],
        ("类型:批注", "不能按“类型”筛选；可以按 标签、颜色、会议、条款、作者、日期"),
        ("颜色:黄 -批注：保留", "不能按“批注”筛选"),
        ("标签:", "“标签:”后面还没有写"),
        ("长" * 1200, "太长"),
    ]
)


def test_a_filter_that_means_nothing_is_told(library, reading, marks):
    for typed, said in MEANINGLESS.items():
        with pytest.raises(UserError, match=said):
            conditions_of(library, reading, typed)


def test_a_part_of_a_tag_is_no_tag(library, reading, marks):
    with pytest.raises(UserError, match="没有叫“经”的标签"):
        conditions_of(library, reading, "标签:经")


def test_conditions_can_be_made_without_words(marks, reading):
    note, blue, clause = marks["note"], marks["blue"], marks["clause"]
    assert selecting.tagged("经济", "民生")(note)
    assert selecting.in_pens([2, None])(blue)
    assert selecting.in_pens([None])(note)
    assert selecting.by_authors([note.author_id])(note)
    assert not selecting.by_authors([])(note)
    assert selecting.at_meetings([clause.meeting_id])(clause)
    assert selecting.inside([Span(0, 10), Span(5000, 5001)])(note)
    assert selecting.inside([Span(5001, 6000)])(note)
    assert not selecting.inside([Span(5010, 6000)])(note)
    lacking = replace(clause, place=replace(clause.place, end=clause.span.start))
    assert selecting.inside([clause.span])(lacking)
    assert selecting.inside([clause.span])(clause)
    assert selecting.saying(parse("年均"), reading.text)(note)
    assert selecting.negated(selecting.tagged("经济"))(blue)
    assert selecting.between(None, None)(note)


def test_a_filter_chooses_what_a_report_holds(library, reading, marks):
    selection = Selection(conditions=conditions_of(library, reading, "颜色:蓝 OR 颜色:黄"))
    ids = [mark.id for mark in build_report(library, reading, selection).marks]
    assert sorted(ids) == sorted((marks["words"].id, marks["blue"].id))
