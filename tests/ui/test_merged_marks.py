"""Colleagues' marks in the window: merged, taken back and done again in one step; what has no place is only listed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from desktop.model.mark import Mark, Verdict
from desktop.services.bundling import bundle_of
from desktop.services.marking import EditMarks
from desktop.services.merging import MergeBundle, plan_merge
from desktop.services.naming import RenameAuthor
from desktop.ui.models.marks_model import CARD_ROLE, MarksModel
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.mark_filters import AUTHOR
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


def test_cards_tell_by_whom_they_are_where_not_all_are_the_users_own(sit, tmp_path):
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("新质生产力", "怎么因地制宜")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    window.open_text(TEXT, "意见.txt")
    window.select("坚持人民至上")
    window.key(Qt.Key.Key_1)
    panel = window.window.right.open("marks")
    me = window.library.author
    assert authors(panel) == [None]
    assert author_chips(panel) == []
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    assert authors(panel) == [me.name, "张三"]
    first, second = (panel.model.card(row).author.colour for row in range(2))
    assert first != second
    assert author_chips(panel) == sorted([f"{me.name} 1", "张三 1"])
    assert "张三" in panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    next(chip for chip in panel.findChildren(Chip) if chip.text() == "张三").click()
    assert authors(panel) == ["张三"]
    window.session.undo()
    assert authors(panel) == [None]  # the filter went with the author
    assert author_chips(panel) == []


def test_another_name_is_seen_on_the_cards(sit, tmp_path):
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("新质生产力")
    bundle = zhang.bundle()
    author_id = zhang.library.author.id
    zhang.library.close()
    window = sit()
    window.open_text(TEXT, "意见.txt")
    panel = window.window.right.open("marks")
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    assert window.session.run(RenameAuthor(author_id, "张三丰"))
    assert authors(panel) == ["张三丰"]


def test_authors_get_other_colours_and_the_user_another_name_in_one_step(sit, tmp_path, answers):
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("新质生产力")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    window.open_text(TEXT, "意见.txt")
    window.select("坚持人民至上")
    window.key(Qt.Key.Key_1)
    panel = window.window.right.open("marks")
    assert not authors_button(panel).isVisible()
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    before = colours(panel)
    assert authors_button(panel).isVisible()
    clock = window.library.clock()

    def change(dialog):
        line = dialog.findChild(QLineEdit)
        assert dialog.focusWidget() is line
        line.setText("李四")
        QTest.keyClick(line, Qt.Key.Key_Tab)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_End)  # one's own colour: the last
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget().accessibleName() == "张三的颜色"
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
        QTest.keyClick(dialog.accepting, Qt.Key.Key_Space)

    answers.expect(change)
    authors_button(panel).click()
    assert colours(panel) == [8, before[1] + 1]
    assert authors(panel) == ["李四", "张三"]
    assert author_chips(panel) == sorted(["李四 1", "张三 1"])
    told = window.library.operations.since(clock)  # of the name alone colleagues are told
    assert {(one.subject_id, one.field) for one in told} <= {(window.library.author.id, name) for name in ("", "name")}
    assert window.session.done[-1].label == "改署名和作者的颜色"
    window.session.undo()
    assert colours(panel) == before
    window.session.redo()
    assert colours(panel) == [8, before[1] + 1]

    def blank(dialog):
        dialog.findChild(QLineEdit).clear()
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.problem.text() == "署名不能是空的。"
        dialog.reject()

    answers.expect(blank)
    window.do("authors")
    assert not window.failures


def colours(panel) -> list[int]:
    return [panel.model.card(row).author.colour for row in range(panel.model.rowCount())]


def authors_button(panel) -> Chip:
    return next(chip for chip in panel.findChildren(Chip) if chip.text() == "作者…")


def test_cards_tell_how_a_mark_came_to_its_place(sit, tmp_path):
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("尊重人民主体地位", "谁来落实")
    zhang.mark("坚持高质量发展")
    zhang.mark("推动制造业高端化、智能化")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    window.open_text(WITHOUT.replace("推动制造业高端化、", "推动制造业绿色化、"), "意见.txt")
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    panel = window.window.right.open("marks")
    found = [panel.model.card(row) for row in range(panel.model.rowCount())]
    assert [(card.address, card.verdict) for card in found] == [
        ("未找到", ""),
        ("一 · 2 · 第1句", "移动"),
        ("二 · 3 · 第2句", "改写 88%"),
    ]
    kinds = [[piece.kind for piece in panel.view.itemDelegate().layout(card, 300).pieces] for card in found]
    assert [row[0] for row in kinds] == ["lost", "address", "address"]
    assert ["verdict" in row for row in kinds] == [False, True, True]
    assert [card.made_on for card in found] == ["", "", "推动制造业高端化、智能化"]
    layout = panel.view.itemDelegate().layout(found[2], 300)
    assert layout.origin.text() == "原为：推动制造业高端化、智能化"
    marked = [layout.origin.text()[one.start : one.start + one.length] for one in layout.origin.formats()]
    assert marked == ["高端"]
    assert layout.body_top > panel.view.itemDelegate().layout(found[1], 300).body_top
    tip = panel.model.index(2).data(Qt.ItemDataRole.ToolTipRole)
    assert "88% 相符" in tip
    assert "原来的文字：推动制造业高端化、智能化" in tip
    shown = {chip.text(): chip.count() for chip in panel.findChildren(Chip) if not chip.isHidden()}
    assert {name: shown.get(name) for name in ("未找到", "改写", "移动", "有冲突", "最近合并")} == {
        "未找到": 1,
        "改写": 1,
        "移动": 1,
        "有冲突": None,
        "最近合并": 3,
    }
    for name in ("未找到", "改写"):
        next(chip for chip in panel.findChildren(Chip) if chip.text() == name).click()
    assert [panel.model.card(row).address for row in range(panel.model.rowCount())] == ["未找到", "二 · 3 · 第2句"]


def test_cards_tell_who_changed_a_mark_that_is_anothers_until_it_is_taken_back(sit, tmp_path):
    li = Colleague(tmp_path, "李科长")
    theirs = li.mark("新质生产力", "李写的")
    window = sit()
    window.open_text(TEXT, "意见.txt")
    window.select("坚持人民至上")
    window.key(Qt.Key.Key_1)
    me = window.library.author.name
    (mine,) = (mark.id for mark in window.session.marks)
    li.merge(bundle_of(window.library))
    li.edit(mine, note="请工信局回复")
    assert window.session.run(MergeBundle(plan_merge(window.library, li.bundle())))
    li.library.close()
    panel = window.window.right.open("marks")
    assert editors(panel) == ["李科长", None]
    index = panel.model.index(0)
    pieces = panel.view.itemDelegate().layout(panel.model.card(0), 300).pieces
    (piece,) = (piece for piece in pieces if piece.kind == "editor")
    assert re.fullmatch(r"李科长改于 \d\d:\d\d", piece.text)
    assert "李科长改过" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert window.session.run(EditMarks("改", {theirs: {"note": "我写的"}}))
    assert editors(panel) == ["李科长", me]
    window.session.undo()
    assert editors(panel) == ["李科长", None]
    assert window.session.run(EditMarks("改", {mine: {"note": "我自己定"}}))
    assert editors(panel) == [None, None]


def editors(panel) -> list[str | None]:
    """Return who is said to have changed each mark last."""
    cards = (panel.model.card(row) for row in range(panel.model.rowCount()))
    return [card.editor.name if card.editor is not None else None for card in cards]


def test_what_only_stands_further_down_is_no_news(sit, tmp_path):
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("坚持高质量发展")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    window.open_text(TEXT.replace("\n", "\n（供讨论）\n", 1), "意见.txt")
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    model = window.window.right.open("marks").model
    assert model.card(0).mark.placing.verdict is Verdict.MOVED
    assert model.card(0).verdict == ""
    assert "移动：标注是在另一份文本上做的" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "100% 相符" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_document_without_its_text_says_so_and_imports_it(sit, tmp_path, answers):
    zhang = Colleague(tmp_path, "张三")
    mark_id = zhang.mark("尊重人民主体地位", "谁来落实")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    outline = window.window.left.open("outline")
    assert not window.desk.waiting.isVisible()
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    window.session.open_edition(window.library.marks.get(mark_id).edition_id)
    window.settle()
    waiting = window.desk.waiting
    assert waiting.isVisible()
    assert "还没有正文" in waiting.text()
    assert "同事的 1 处标注在等它" in waiting.text()
    model = window.window.right.open("marks").model
    assert model.card(0).address == "等待正文"
    assert "还没有正文" in outline.findChild(EmptyState).text()
    text = tmp_path / "意见.txt"
    text.write_text(TEXT, encoding="utf-8")

    def pick(dialog):
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(text.name)
        dialog.done(QDialog.DialogCode.Accepted)

    answers.expect(pick)
    waiting.findChild(QPushButton).click()
    window.desk._tasks.wait()  # noqa: SLF001
    window.settle()
    assert window.reading.text == TEXT
    assert not waiting.isVisible()
    assert painted(window) == {mark_id}


def test_a_mark_without_a_place_is_not_copied_as_nothing(sit, tmp_path):
    zhang = Colleague(tmp_path, "张三")
    zhang.mark("尊重人民主体地位", "谁来落实")
    bundle = zhang.bundle()
    zhang.library.close()
    window = sit()
    window.open_text(WITHOUT, "意见.txt")
    assert window.session.run(MergeBundle(plan_merge(window.library, bundle)))
    panel = window.window.right.open("marks")
    panel.view.setCurrentIndex(panel.model.index(0))
    for action in panel.menu().actions():
        if action.text() in ("复制文字", "复制并注明出处"):
            action.trigger()
    assert window.said[-2:] == ["正文里没有找到这条标注的原文"] * 2
    assert not window.failures


def authors(panel) -> list[str | None]:
    """Return by whom the cards are, None where that is not told."""
    cards = (panel.model.card(row) for row in range(panel.model.rowCount()))
    return [card.author.name if card.author is not None else None for card in cards]


def author_chips(panel) -> list[str]:
    """Return the chips of authors."""
    keys = panel.filters.chips._chips  # noqa: SLF001 - a chip doesn't say what it stands for
    return sorted(chip.accessibleName() for key, chip in keys.items() if key.startswith(AUTHOR))


def waiting(window, mark_id) -> Mark:
    """Return a mark that has no place."""
    mark = window.library.marks.get(mark_id)
    assert mark.lost
    return mark


def painted(window) -> set[str]:
    """Return the marks the text is painted with."""
    return window.painted(window.window.reader)
