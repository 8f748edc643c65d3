"""Colleagues' marks in the window: merged, taken back and done again in one step; what has no place is only listed."""

from __future__ import annotations

from desktop.model.mark import Mark
from desktop.services.merging import MergeBundle, plan_merge
from desktop.ui.models.marks_model import CARD_ROLE, MarksModel
from tests.services.desks import TEXT
from tests.services.desks import Desk as Colleague

WITHOUT = TEXT.replace("尊重人民主体地位，", "")


def cards(model: MarksModel) -> list[tuple[str, str]]:
    """Return what the cards say of place and words."""
    found = [model.index(row).data(CARD_ROLE) for row in range(model.rowCount())]
    return [(card.address, card.quote) for card in found]


def test_a_merge_is_one_step_and_marks_without_a_place_are_listed_but_not_painted(sit, tmp_path):
    zhang = Colleague(tmp_path, "张")
    lost = zhang.mark("尊重人民主体地位", "谁来落实")
    placed = zhang.mark("新质生产力", "怎么因地制宜")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    window.open_text(WITHOUT, "意见.txt")
    model = MarksModel(window.session)
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle, "包.yuece")))
    assert cards(model) == [("未找到", "尊重人民主体地位"), ("一 · 2 · 第2句", "新质生产力")]
    assert painted(window) == {placed}
    window.desk._go_to_mark(lost)  # noqa: SLF001 - what a click on its card does
    assert "没有找到" in window.said[-1]
    window.session.undo()
    assert (cards(model), painted(window)) == ([], set())
    assert window.said[-1] == "已撤销：合并“包.yuece”"
    window.session.redo()
    assert painted(window) == {placed}
    assert not window.failures


def test_a_text_that_comes_later_takes_the_place_of_the_empty_one(sit, tmp_path):
    zhang = Colleague(tmp_path, "张")
    mark_id = zhang.mark("尊重人民主体地位", "谁来落实")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    mark = waiting(window, mark_id)
    window.session.open_edition(mark.edition_id)
    window.settle()
    assert window.reading.text == ""
    assert painted(window) == set()
    window.open_text(TEXT, "意见.txt")
    assert painted(window) == {mark_id}
    assert [one.title for one in window.library.documents.all()].count(window.reading.document.title) == 1
    assert not window.failures


def waiting(window, mark_id) -> Mark:
    """Return a mark that has no place."""
    mark = window.library.marks.get(mark_id)
    assert mark.lost
    return mark


def painted(window) -> set[str]:
    """Return the marks the text is painted with."""
    return window.painted(window.window.reader)
