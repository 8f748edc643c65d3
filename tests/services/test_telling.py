"""A merge in words: where a mark stands, how it came there, what it was and will be, and who wants what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.model.mark import Placing, Verdict
from desktop.services.command import perform
from desktop.services.marking import Marker, RemoveMarks
from desktop.services.merging import Outcome, plan_merge
from desktop.services.telling import Clash, Fact, Telling, Told, counted, gone, verdict_of
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
    line = told(zhang, li)[Outcome.CHANGED]
    assert [(fact.title, fact.before, fact.after, fact.by) for fact in line.facts] == [
        ("批注", "怎么推动", "怎么推动", ""),
        ("颜色", "重点", "数据", "李"),
    ]
    assert str(line.deed) == "李改自己的标注"


def test_a_removal_is_told_with_who_did_it(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张")
    mark = zhang.mark("推动制造业高端化", "怎么推动")
    li.merge(zhang)
    perform(li.library, RemoveMarks((mark,)))
    line = told(zhang, li)[Outcome.REMOVED]
    assert (line.author, str(line.deed)) == ("张", "李删除张的标注")
    assert line.deed is not None
    assert line.deed.at > line.at
    assert (line.facts, line.hint) == ((Fact("批注", "怎么推动", "怎么推动"), Fact("颜色", "重点", "重点")), "")
    zhang.merge(li)
    li.library.marks.restore(mark)
    assert str(told(zhang, li)[Outcome.CHANGED].deed) == "李恢复张的标注"


def test_what_a_colleague_wrote_on_a_mark_is_told_as_theirs(desks: Callable[..., Desk]) -> None:
    li, zhang, wang = desks("李"), desks("张"), desks("王")
    mark = zhang.mark("推动制造业高端化", "怎么推动")
    li.merge(zhang)
    li.edit(mark, note="李写的")
    line = told(zhang, li)[Outcome.CHANGED]
    assert str(line.deed) == "李改张的标注"
    assert [(fact.before, fact.after, fact.by) for fact in line.facts] == [
        ("怎么推动", "李写的", "李"),
        ("重点", "重点", ""),
    ]
    new = told(wang, li)[Outcome.NEW]
    assert (new.author, new.deed) == ("张", None)
    assert [(fact.after, fact.by) for fact in new.facts] == [("李写的", "李"), ("重点", "")]


def test_what_was_taken_back_is_nobodys_deed(desks: Callable[..., Desk]) -> None:
    li, zhang, wang = desks("李"), desks("张"), desks("王")
    mark = zhang.mark("推动制造业高端化")
    li.merge(zhang)
    for note in ("李写的", ""):
        li.edit(mark, note=note)
    assert [fact.by for fact in told(wang, li)[Outcome.NEW].facts] == [""]


def test_a_removal_of_what_was_never_here_and_what_was_removed_here_are_no_loss(desks: Callable[..., Desk]) -> None:
    li, zhang = desks("李"), desks("张")
    marks = [li.mark(words) for words in ("推动制造业高端化", "新质生产力", "坚持人民至上")]
    zhang.merge(li)
    perform(zhang.library, RemoveMarks(tuple(marks[:2])))
    plan = plan_merge(zhang.library, li.bundle())
    assert "相同 3 处（其中 2 处您这里已经删除）" in counted(plan)
    assert (gone(plan), counted(plan, all_of_them=False)) == (2, "")
    assert told(zhang, li)[Outcome.SAME].hint in ("", "您这里已经删除了它，合并不会恢复它。")
    passing = li.mark("因地制宜")
    perform(li.library, RemoveMarks((passing, marks[2])))
    plan = plan_merge(zhang.library, li.bundle())
    assert counted(plan, all_of_them=False) == "删除 2 处（其中 1 处文库里本来就没有）"
    wang = desks("王")
    line = told(wang, li)[Outcome.REMOVED]
    assert line.hint == "文库里本来就没有它，合并以后也不会有。"
    assert counted(plan_merge(wang.library, li.bundle()), all_of_them=False) == (
        "新增 2 处，删除 2 处（文库里本来就没有）"
    )


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
    assert (line.verdict, line.made_on, line.stands_on) == ("等待正文", "推动制造业高端化", "")
    plan = plan_merge(zhang.library, li.bundle())
    assert counted(plan, all_of_them=False) == "找不到位置 1 处（要等导入原文）"
    assert "导入它的原文" in line.hint


def test_a_score_is_told_of_what_was_rewritten_alone(desks: Callable[..., Desk]) -> None:
    li = desks("李")
    li.mark("推动制造业高端化")
    (mark,) = li.marks()
    words = {one: verdict_of(replace(mark, placing=Placing(one, 0.834))) for one in Verdict}
    assert list(words.values()) == ["原样", "移动", "改写，83% 相符", "未找到"]


def test_a_note_on_a_clause_that_is_only_a_label_is_told_with_the_words_it_stands_on(
    desks: Callable[..., Desk],
) -> None:
    text = TEXT.replace("一、总体要求\n", "")
    li, zhang = desks("李", text), desks("张", text)
    node = next(node for node in li.reading.outline.nodes if node.clause.implied)
    perform(li.library, Marker(li.library, li.reading).clause_note(node, "上一页呢"))
    line = told(zhang, li)[Outcome.NEW]
    assert line.verdict == "原样"
    assert line.made_on == line.stands_on
