"""What came of a merge is one key or one button away: its marks, and what is undecided, file after file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.services.bundling import bundle_of
from desktop.services.marking import EditMarks
from desktop.services.merging import MergeBundle, plan_merge
from desktop.ui.dialogs.conflict_dialog import ConflictDialog
from desktop.ui.panels.marks_panel import MarksPanel
from tests.services.desks import TEXT
from tests.services.desks import Desk as Colleague
from tests.ui.sitting import Sitting
from tests.ui.test_merging import answer, bring, handed_over

OTHER = "关于改进工作的通知\n一、总要求\n（一）提高认识。各单位要认真学习。\n（二）抓好落实。责任到人。\n"
SMALL = (1093, 614)
"""A screen of 1366 x 768 at 125 %, in logical pixels."""


@pytest.fixture
def li(tmp_path: Path) -> Colleague:
    colleague = Colleague(tmp_path, "李科长")
    yield colleague
    colleague.library.close()


def panel_of(desk: Sitting) -> MarksPanel:
    panel = desk.window.right.built("marks")
    assert isinstance(panel, MarksPanel)
    return panel


def shown(desk: Sitting) -> list[str]:
    model = panel_of(desk).model
    return [model.card(row).quote for row in range(model.rowCount())]


def current(desk: Sitting) -> str:
    """Return the words of the card one would walk on from."""
    panel = panel_of(desk)
    assert desk.window.focusWidget() is panel.view
    return panel.model.card(panel.view.currentIndex().row()).quote


def torn(desk: Sitting, li: Colleague, *notes: str) -> None:
    """Have the notes of these marks changed on both sides, and merge."""
    assert desk.session.run(MergeBundle(plan_merge(desk.library, bundle_of(li.library))))
    for words in notes:
        mark = next(mark for mark in li.marks() if mark.place.exact == words)
        li.edit(mark.id, note=f"李：{words}")
        assert desk.session.run(EditMarks("改", {mark.id: {"note": f"我：{words}"}}))
    assert desk.session.run(MergeBundle(plan_merge(desk.library, bundle_of(li.library))))


def test_the_message_leads_to_what_a_merge_brought(sit: Callable[..., Sitting], li: Colleague) -> None:
    desk = sit(size=SMALL)
    desk.open_text(TEXT, "意见.txt")
    desk.select("坚持人民至上")
    desk.key(Qt.Key.Key_1)
    assert not desk.window.columns.shows("right")
    li.mark("新质生产力", "怎么因地制宜")
    desk.answers.expect(answer("合并"))
    bring(desk, handed_over(li))
    (button,) = (one for one in desk.desk.messages.findChildren(QPushButton) if one.text() == "查看")
    button.click()
    desk.settle()
    assert desk.window.columns.shows("right")
    assert shown(desk) == ["新质生产力"]
    assert current(desk) == "新质生产力"
    desk.session.undo()
    assert shown(desk) == ["坚持人民至上"]
    desk.do("show_merged")
    assert desk.said[-1] == "还没有合并过同事的标注"


def test_nothing_is_offered_to_look_at_where_a_merge_only_removed(desk: Sitting, li: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    mark = li.mark("新质生产力")
    assert desk.session.run(MergeBundle(plan_merge(desk.library, bundle_of(li.library))))
    li.library.marks.remove(mark)
    desk.answers.expect(answer("合并"))
    bring(desk, handed_over(li))
    assert "删除 1 处" in desk.message
    assert not [one for one in desk.desk.messages.findChildren(QPushButton) if one.text() == "查看"]


def test_marks_of_several_files_merged_at_once_are_shown_and_on_another_text_that_is_opened(
    desk: Sitting, li: Colleague, tmp_path: Path
) -> None:
    wang = Colleague(tmp_path, "王")
    wang.mark("坚持人民至上")
    li.mark("新质生产力")
    desk.open_text(TEXT, "意见.txt")
    edition = desk.reading.edition.id
    desk.open_text(OTHER, "通知.txt")
    desk.answers.expect(answer("合并"), answer("合并"))
    bring(desk, handed_over(li, "李.yuece"), handed_over(wang, "王.yuece"))
    wang.library.close()
    desk.do("show_merged")
    assert desk.reading.edition.id == edition
    assert shown(desk) == ["坚持人民至上", "新质生产力"]


def test_f8_goes_from_one_conflict_to_the_next_through_all_files(desk: Sitting, li: Colleague) -> None:
    desk.open_text(OTHER, "通知.txt")
    desk.open_text(TEXT, "意见.txt")
    for words in ("坚持人民至上", "新质生产力", "推动制造业高端化"):
        li.mark(words)
    li.take(OTHER)
    li.mark("责任到人")
    torn(desk, li, "坚持人民至上", "推动制造业高端化", "责任到人")
    seen = []
    for _ in range(4):
        desk.key(Qt.Key.Key_F8)
        seen.append((desk.reading.document.title[:5], current(desk)))
        assert [desk.session.mark(one) is not None for one in desk.desk.marking.current] == [True]
    assert len(set(seen)) == 3
    assert seen[3] == seen[0]
    assert set(seen) == {("关于加快发", "坚持人民至上"), ("关于加快发", "推动制造业高端化"), ("关于改进工", "责任到人")}
    assert desk.message.endswith("处冲突，共 3 处")
    panel = panel_of(desk)
    panel.filters.box.setText("别的词")
    desk.key(Qt.Key.Key_F8, on=desk.window.reader)
    assert current(desk) in dict.fromkeys(words for _, words in seen)


def test_what_is_undecided_is_decided_by_key_and_then_there_is_none(desk: Sitting, li: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    li.mark("坚持人民至上")
    torn(desk, li, "坚持人民至上")
    chosen = []

    def take(dialog: ConflictDialog) -> None:
        chosen.append(dialog.windowTitle())
        button = next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == "用李科长写的")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    desk.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)  # nothing is meant yet: it goes there
    assert current(desk) == "坚持人民至上"
    desk.answers.expect(take)
    desk.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert chosen == ["批注有冲突"]
    assert [mark.note for mark in desk.marks] == ["李：坚持人民至上"]
    desk.key(Qt.Key.Key_F8)
    assert desk.said[-1] == "没有冲突：几个人改得不一样的地方都已经选定"


def test_a_conflict_on_a_mark_without_a_place_is_reached_on_its_card(desk: Sitting, li: Colleague) -> None:
    desk.open_text(TEXT.replace("新质生产力", "别的什么"), "意见.txt")
    for words in ("坚持人民至上", "新质生产力"):
        li.mark(words)
    torn(desk, li, "坚持人民至上", "新质生产力")
    seen = []
    for _ in range(4):
        desk.key(Qt.Key.Key_F8)
        seen.append(current(desk))
    assert seen[:2] == seen[2:]
    assert set(seen) == {"坚持人民至上", "新质生产力"}


def test_the_room_sees_no_conflict(desk: Sitting, li: Colleague) -> None:
    desk.open_text(TEXT, "意见.txt")
    li.mark("坚持人民至上")
    torn(desk, li, "坚持人民至上")
    desk.answers.expect(lambda dialog: dialog.accept())
    desk.do("meeting")
    for action in ("next_conflict", "decide_conflict", "show_merged"):
        desk.do(action)
        assert "会议中只显示条款" in desk.said[-1]
