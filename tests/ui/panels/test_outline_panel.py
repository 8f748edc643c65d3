"""目录: walked, filtered, followed as a user does it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.span import Span
from desktop.services.marking import Marker
from desktop.ui.models.outline_model import OutlineRole
from desktop.ui.panels.outline_panel import OutlinePanel
from desktop.ui.session import Session
from desktop.ui.theme.tokens import DARK, LIGHT


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> OutlinePanel:
    panel = OutlinePanel(session, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(268, 600)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


def visible(panel: OutlinePanel) -> list[str]:
    """Return the words of all rows that are unfolded, from the top."""
    texts = []
    index = panel.tree.model().index(0, 0)
    while index.isValid():
        texts.append(index.data())
        index = panel.tree.indexBelow(index)
    return texts


def place_of(panel: OutlinePanel, beginning: str) -> QPoint:
    """Return the middle of the row that begins so, scrolled into sight."""
    index = panel.tree.model().index(0, 0)
    while not index.data().startswith(beginning):
        index = panel.tree.indexBelow(index)
    panel.tree.scrollTo(index)
    return panel.tree.visualRect(index).center()


def current(panel: OutlinePanel) -> str:
    return str(panel.tree.currentIndex().data())


def test_the_whole_plan_is_unfolded(panel: OutlinePanel, session: Session) -> None:
    assert session.reading is not None
    assert len(visible(panel)) == len(session.reading.outline.nodes) + len(session.reading.outline.notices)


def test_a_click_tells_the_place_and_gives_the_keyboard_back(panel: OutlinePanel, qtbot: QtBot, plan_text: str) -> None:
    place = place_of(panel, "22. ")
    told: list[object] = []
    panel.clause_activated.connect(told.append)
    panel.left.connect(lambda: told.append("left"))
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == [plan_text.index("\n22.") + 1, "left"]
    assert not panel.tree.hasFocus()


def test_a_click_before_the_words_folds_and_goes_nowhere(panel: OutlinePanel, qtbot: QtBot) -> None:
    place = place_of(panel, "5. ")
    before = len(visible(panel))
    index = panel.tree.indexAt(place)
    left = QPoint(panel.tree.visualRect(index).left() + 4, place.y())
    with qtbot.assertNotEmitted(panel.clause_activated):
        qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert len(visible(panel)) == before - 6


def test_enter_goes_there_and_keeps_the_keyboard(panel: OutlinePanel, qtbot: QtBot, plan_text: str) -> None:
    panel.follow(plan_text.index("智赋万企"))
    panel.tree.setFocus(Qt.FocusReason.TabFocusReason)
    assert current(panel).startswith("7. ")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.clause_activated) as caught, qtbot.assertNotEmitted(panel.left):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert caught.args == [plan_text.index("\n8.") + 1]
    assert panel.tree.hasFocus()


def test_home_end_and_numbers_walk(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.tree, Qt.Key.Key_End)
    assert current(panel).startswith("（下转")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Home)
    assert current(panel).startswith("标题")
    qtbot.keyClicks(panel.tree, "23")
    assert current(panel).startswith("23. ")
    qtbot.keyClick(panel.tree, Qt.Key.Key_A)
    assert current(panel).startswith("23. ")


def test_left_and_right_fold_and_unfold(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.tree, Qt.Key.Key_5)
    before = len(visible(panel))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Left)
    assert len(visible(panel)) == before - 6
    qtbot.keyClick(panel.tree, Qt.Key.Key_Right)
    assert len(visible(panel)) == before


def test_the_filter_works_as_one_types_and_esc_brings_all_back(panel: OutlinePanel, qtbot: QtBot) -> None:
    everything = visible(panel)
    panel.focus_filter()
    qtbot.keyClicks(panel.filter, "22")
    assert [text[:2] for text in visible(panel)] == ["六、", "22"]
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert visible(panel) == everything


def test_what_was_folded_is_folded_again_after_the_filter(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.tree, Qt.Key.Key_5)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Left)
    folded = visible(panel)
    panel.filter.setText("坚持人民至上")
    assert visible(panel)[-1] == "—— 坚持人民至上"
    panel.filter.clear()
    assert visible(panel) == folded


def test_down_leads_from_the_filter_to_the_first_match_and_up_back(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_filter()
    panel.filter.setText("产业园区")
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.tree.hasFocus()
    assert current(panel).startswith("9. ")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up)
    assert panel.filter.hasFocus()


def test_what_an_input_method_composes_is_not_filtered_by(panel: OutlinePanel, qtbot: QtBot) -> None:
    everything = visible(panel)
    panel.focus_filter()
    QApplication.sendEvent(panel.filter, QInputMethodEvent("chan'ye", []))
    assert visible(panel) == everything
    done = QInputMethodEvent("", [])
    done.setCommitString("产业园区")
    QApplication.sendEvent(panel.filter, done)
    assert len(visible(panel)) == 2


def test_letters_reach_the_tree_with_an_input_method_left_on(panel: OutlinePanel) -> None:
    panel.tree.setFocus(Qt.FocusReason.TabFocusReason)
    assert not panel.tree.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_filter_without_match_says_so(panel: OutlinePanel) -> None:
    panel.filter.setText("无此文字")
    assert not panel.tree.isVisible()
    assert "无此文字" in panel.findChild(type(panel._empty)).text()  # noqa: SLF001 - its own page
    panel.filter.clear()
    assert panel.tree.isVisible()


def test_the_tree_follows_the_text(panel: OutlinePanel, plan_text: str) -> None:
    panel.follow(plan_text.index("\n25.") + 5)
    row = panel.tree.indexAt(place_of(panel, "25. "))
    assert row.data(OutlineRole.ROW).in_view
    assert panel.tree.verticalScrollBar().value() > 0
    panel.follow(0)
    assert panel.tree.verticalScrollBar().value() == 0


def test_following_unfolds_a_branch_and_folds_it_again(panel: OutlinePanel, qtbot: QtBot, plan_text: str) -> None:
    panel.tree.collapseAll()
    folded = visible(panel)
    panel.follow(plan_text.index("坚持人民至上。"))
    assert "—— 坚持人民至上" in visible(panel)
    panel.follow(0)
    assert visible(panel) == folded


def test_nothing_moves_under_a_user_who_walks_the_tree_or_filters(
    panel: OutlinePanel, qtbot: QtBot, plan_text: str
) -> None:
    panel.tree.setFocus(Qt.FocusReason.TabFocusReason)
    panel.follow(plan_text.index("\n25.") + 5)
    assert panel.tree.verticalScrollBar().value() == 0
    panel.focus_filter()
    panel.filter.setText("产业")
    filtered = visible(panel)
    panel.follow(plan_text.index("坚持人民至上。"))
    assert visible(panel) == filtered


def test_marks_are_counted_as_they_come_and_go_private_ones_too(panel: OutlinePanel, session: Session) -> None:
    assert session.reading is not None
    at = session.reading.text.index("智赋万企")
    index = panel.tree.indexAt(place_of(panel, "7. "))
    session.run(Marker(session.library, session.reading).highlight(Span(at, at + 4), 2, "疑问"))
    assert index.data(OutlineRole.ROW).marks == 1
    assert index.parent().data(OutlineRole.ROW).marks == 1
    session.undo()
    assert index.data(OutlineRole.ROW).marks == 0


def test_hits_are_counted(panel: OutlinePanel, plan_text: str) -> None:
    panel.set_hits([at for at in range(len(plan_text)) if plan_text.startswith("智赋万企", at)])
    shown = panel.tree.indexAt(place_of(panel, "7. ")).data(OutlineRole.ROW)
    assert shown.hits == plan_text.count("智赋万企")


def test_the_pill_is_painted_in_the_colour_of_hits(panel: OutlinePanel, plan_text: str) -> None:
    def colours() -> set[str]:
        image = panel.tree.viewport().grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 2)}

    assert LIGHT.hit not in colours()
    panel.set_hits([plan_text.index("3.“十五五”")])
    assert LIGHT.hit in colours()
    panel.set_theme(DARK)
    assert DARK.hit in colours()


def test_another_text_brings_another_tree(panel: OutlinePanel, session: Session, qtbot: QtBot) -> None:
    panel.filter.setText("产业")
    session.reading = None
    session.opened.emit()
    assert panel.filter.text() == ""
