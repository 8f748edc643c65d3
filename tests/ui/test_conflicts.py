"""What several people changed at the same time is shown side by side, decided in one step, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.services.marking import EditMarks
from desktop.services.merging import MergeBundle, plan_merge
from desktop.services.telling import Clash, Side
from desktop.ui.dialogs.conflict_dialog import ConflictDialog
from desktop.ui.panels.marks_panel import MarksPanel
from desktop.ui.theme.tokens import DARK
from tests.services.desks import TEXT
from tests.services.desks import Desk as Colleague
from tests.ui.sitting import NO_KEY, Answer, Sitting


@pytest.fixture
def torn(sit: Callable[..., Sitting], tmp_path: Path) -> Sitting:
    """Sit at a mark whose note and tags were changed on both sides."""
    zhang = Colleague(tmp_path, "张三")
    mark_id = zhang.mark("坚持人民至上", "原来的")
    desk = sit()
    desk.open_text(TEXT, "意见.txt")
    assert desk.session.run(MergeBundle(plan_merge(desk.library, zhang.bundle())))
    zhang.edit(mark_id, note="张三的\n两行", tags=("民生", "产业"))
    assert desk.session.run(EditMarks("改", {mark_id: {"note": "我的", "tags": ("民生", "民生/就业")}}))
    assert desk.session.run(MergeBundle(plan_merge(desk.library, zhang.bundle())))
    zhang.library.close()
    return desk


def panel_of(desk: Sitting) -> MarksPanel:
    panel = desk.window.right.open("marks")
    assert isinstance(panel, MarksPanel)
    desk.settle()
    return panel


def press(words: str, seen: list[str] | None = None) -> Answer:
    def answer(dialog: ConflictDialog) -> None:
        if seen is not None:
            seen.extend(edit.toPlainText() for edit in dialog.findChildren(QPlainTextEdit))
            seen.extend(label.text() for label in dialog.findChildren(QLabel))
        button = next(one for one in dialog.findChildren(QPushButton) if words in (one.text(), one.accessibleName()))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return answer


def decide(desk: Sitting, *answers: Answer) -> None:
    """Choose it from the menu of the card."""
    panel = panel_of(desk)
    panel.view.setCurrentIndex(panel.model.index(0))
    desk.answers.expect(*answers)
    next(action for action in panel.menu().actions() if action.text() == "解决冲突…").trigger()
    desk.settle()


def test_both_texts_are_shown_with_author_and_time_and_one_is_chosen(torn: Sitting) -> None:
    seen: list[str] = []
    steps = len(torn.session.done)
    decide(torn, press("用张三写的", seen), press("用张三写的"))
    assert {"我的", "张三的\n两行"} <= set(seen)
    assert any(words.startswith("张三 · ") for words in seen)
    (mark,) = torn.marks
    assert (mark.note, mark.tags) == ("张三的\n两行", ("民生", "产业"))
    assert torn.session.conflicts_of(mark.id) == ()
    assert not panel_of(torn).model.card(0).clashes
    assert len(torn.session.done) == steps + 1
    torn.do("undo")
    assert len(torn.session.conflicts_of(mark.id)) == 2
    assert panel_of(torn).model.card(0).clashes
    torn.do("redo")
    assert torn.session.conflicts_of(mark.id) == ()


def test_what_only_one_side_has_is_marked_and_long_names_leave_both_sides_their_room(qtbot: QtBot) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    sides = (Side("由工信局牵头", "李科长" * 30, at), Side("由发改委牵头", "张三", at))
    dialog = ConflictDialog(Clash("批注", sides), DARK, joined=True)
    qtbot.addWidget(dialog)
    dialog.show()
    edits = dialog.findChildren(QPlainTextEdit)
    assert abs(edits[0].width() - edits[1].width()) <= 1
    assert not dialog.findChild(QScrollArea).horizontalScrollBar().isVisible()
    found = []
    for edit in edits:
        fragments = [one.fragment() for one in edit.document().begin()]
        found.append([one.text() for one in fragments if one.charFormat().fontUnderline()])
        assert all(one.charFormat().fontUnderline() == (one.charFormat().fontWeight() > 400) for one in fragments)
    assert found == [["工信局"], ["发改委"]]


def held(dialog: ConflictDialog) -> QPushButton:
    button = dialog.focusWidget()
    assert isinstance(button, QPushButton)
    return button


def test_return_takes_the_side_whose_button_has_the_focus_which_is_the_first(torn: Sitting) -> None:
    def first(dialog: ConflictDialog) -> None:
        assert held(dialog) is dialog.findChildren(QPushButton)[0]
        QTest.keyClick(held(dialog), Qt.Key.Key_Return)

    def second(dialog: ConflictDialog) -> None:
        QTest.keyClick(held(dialog), Qt.Key.Key_Tab)
        assert isinstance(dialog.focusWidget(), QPlainTextEdit)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)  # a text decides nothing
        assert dialog.isVisible()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert held(dialog).accessibleName() == "用张三写的"
        QTest.keyClick(held(dialog), Qt.Key.Key_Enter)

    decide(torn, first, second)
    (mark,) = torn.marks
    assert (mark.note, mark.tags) == ("我的", ("民生", "产业"))


@pytest.mark.parametrize("on_a_text", [False, True])
def test_a_digit_takes_a_side_and_a_key_that_is_held_decides_nothing(qtbot: QtBot, on_a_text: bool) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    dialog = ConflictDialog(Clash("批注", (Side("甲", "李", at), Side("乙", "张", at))), DARK, joined=True)
    qtbot.addWidget(dialog)
    dialog.show()
    focused = dialog.findChildren(QPlainTextEdit)[1] if on_a_text else held(dialog)
    for key in (Qt.Key.Key_2, Qt.Key.Key_Return):
        QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, key, NO_KEY, "", autorep=True))
    QTest.keyClick(focused, Qt.Key.Key_3)
    QTest.keyClick(focused, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert dialog.isVisible()
    QTest.keyClick(focused, Qt.Key.Key_2)
    assert (dialog.result(), dialog.chosen) == (ConflictDialog.DialogCode.Accepted, 1)


def test_both_are_kept_joined(torn: Sitting) -> None:
    decide(torn, press("都保留，接在一起"), press("都保留，接在一起"))
    (mark,) = torn.marks
    assert sorted(mark.note.split("\n\n")) == ["张三的\n两行", "我的"]
    assert sorted(mark.tags) == ["产业", "民生", "民生/就业"]
    assert torn.session.conflicts_of(mark.id) == ()


def test_a_dialog_that_is_left_decides_nothing(torn: Sitting) -> None:
    before, steps = torn.marks, len(torn.session.done)
    decide(torn, press("取消"))
    assert (torn.marks, len(torn.session.done)) == (before, steps)
    assert panel_of(torn).model.card(0).clashes


def test_the_sign_on_the_card_opens_it_and_nothing_beside_it_does(torn: Sitting) -> None:
    panel = panel_of(torn)
    view, card = panel.view, panel.model.card(0)
    rect = view.visualRect(panel.model.index(0))
    layout = view.itemDelegate().layout(card, rect.width())
    piece = next(piece for piece in layout.pieces if piece.kind == "clash")
    beside = next(piece for piece in layout.pieces if piece.kind == "address")
    from desktop.ui.delegates.mark_delegate import PADDING

    def click(place: object) -> None:
        point = rect.topLeft() + place.rect.center().toPoint()
        point.setX(point.x() + PADDING)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        torn.settle()
        torn.settle()

    click(beside)
    torn.answers.expect(press("取消"))
    click(piece)


def test_a_conflict_goes_with_the_merge_that_brought_it(torn: Sitting) -> None:
    torn.do("undo")
    (mark,) = torn.marks
    assert torn.session.conflicts_of(mark.id) == ()
    assert not panel_of(torn).model.card(0).clashes
