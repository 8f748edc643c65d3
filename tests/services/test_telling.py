"""A merge in words: where a mark stands, how it came there, what it was and will be, and who wants what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.model.mark import Placing, Verdict
from desktop.services.command import perform
from desktop.services.marking import RemoveMarks
from desktop.services.merging import Outcome, plan_merge
from desktop.services.telling import Clash, Fact, Telling, Told, verdict_of
from tests.services.desks import TEXT, Desk


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(name: str, text: str | None = TEXT) -> Desk:
        made.append(Desk(tmp_path, name, text))
        return made[-1]

    yield make
    for desk in made:
        desk.library.close()


def told(here: Desk, other: Desk) -> dict[Outcome, Told]:
    """Return what is told of the last mark of each outcome."""
    plan = plan_merge(here.library, other.bundle())
    telling = Telling(here.library, plan)
    return {line.outcome: telling.tell(line) for line in plan.lines}


def test_a_new_mark_is_told_with_its_place_and_author(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张")
    li.edit(li.mark("推动制造业高端化", "怎么推动"), tags=("产业", "工信局/任务"))
    line = told(zhang, li)[Outcome.NEW]
    assert (line.place, line.verdict, line.author) == ("《关于加快发展的意见》二 · 3 · 第2句", "原样", "李")
    assert line.made_on == line.stands_on == "推动制造业高端化"
    assert line.facts == (
        Fact("批注", None, "怎么推动"),
        Fact("标签", None, "产业、工信局/任务"),
        Fact("颜色", None, "重点"),
    )


def test_a_change_is_told_with_what_was_before(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张")
    mark = li.mark("推动制造业高端化", "怎么推动")
    zhang.merge(li)
    li.edit(mark, pen=3)
    assert told(zhang, li)[Outcome.CHANGED].facts == (
        Fact("批注", "怎么推动", "怎么推动"),
        Fact("颜色", "重点", "数据"),
    )


def test_a_removal_is_told(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张")
    mark = li.mark("推动制造业高端化")
    zhang.merge(li)
    perform(li.library, RemoveMarks((mark,)))
    assert Fact("删除", "", "已删除") in told(zhang, li)[Outcome.REMOVED].facts


def test_the_sides_of_a_conflict_are_told_and_not_as_a_change(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张")
    mark = li.mark("推动制造业高端化", "原来")
    zhang.merge(li)
    li.edit(mark, note="李写的")
    zhang.edit(mark, note="")
    line = told(zhang, li)[Outcome.CONFLICTING]
    (clash,) = line.clashes
    assert isinstance(clash, Clash)
    assert {(side.author, side.text) for side in clash.sides} == {("李", "李写的"), ("张", "（无）")}
    assert "批注" not in [fact.title for fact in line.facts]


def test_a_text_that_is_not_here_is_named(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张", text=None)
    li.mark("推动制造业高端化")
    line = told(zhang, li)[Outcome.UNPLACED]
    assert line.place == "文库里没有这份文件：《关于加快发展的意见》"
    assert (line.verdict, line.made_on, line.stands_on) == ("未找到", "推动制造业高端化", "")


def test_a_score_is_told_of_what_was_rewritten_alone(desks: Callable[..., Desk]) -> None:
    li = desks("李")
    li.mark("推动制造业高端化")
    (mark,) = li.marks()
    words = {one: verdict_of(replace(mark, placing=Placing(one, 0.834))) for one in Verdict}
    assert list(words.values()) == ["原样", "移动", "改写，83% 相符", "未找到"]
