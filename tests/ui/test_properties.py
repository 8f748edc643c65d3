"""A document is renamed and described in a dialog; window, list and library follow, and undo takes it back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from desktop.model.document import KINDS, LEVELS
from desktop.ui.dialogs.document_dialog import DocumentDialog
from tests.ui.sitting import Answer, Sitting, press_button


def press(dialog: DocumentDialog, words: str) -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def say(title: str = "", day: str = "", kind: str = "", level: str = "") -> Answer:
    """Fill in the dialog and save."""

    def answer(dialog: DocumentDialog) -> None:
        name, date_line = dialog.findChildren(QLineEdit)
        for line, words in ((name, title), (date_line, day)):
            if words:
                line.setText(words)
        for box, choice in zip(dialog.findChildren(QComboBox), (kind, level), strict=True):
            if choice:
                box.setCurrentText(choice)
        press(dialog, "保存")

    return answer


def test_a_document_is_renamed_and_window_and_list_follow(desk: Sitting) -> None:
    before = desk.reading.document
    panel = desk.window.left.open("library")
    desk.answers.expect(say("衡阳建议", "2025年12月8日", "建议", "市"))
    desk.do("properties")
    document = desk.library.documents.get(before.id)
    assert document is not None
    assert (document.title, document.kind, document.level, document.issued) == (
        "衡阳建议",
        "建议",
        "市",
        date(2025, 12, 8),
    )
    assert desk.window.windowTitle() == "衡阳建议 — 阅策"
    assert desk.reading.document == document
    assert panel.list.model().index(0, 0).data() == "衡阳建议"
    desk.do("undo")
    assert desk.window.windowTitle() == f"{before.title} — 阅策"
    assert desk.library.documents.get(before.id) == before
    desk.do("redo")
    assert desk.window.windowTitle() == "衡阳建议 — 阅策"


def test_renaming_keeps_place_and_marks(desk: Sitting) -> None:
    desk.select("从全球看")
    desk.key(Qt.Key.Key_1)
    desk.reader.set_top(desk.place("16.全面激发").start)
    desk.settle()
    top = desk.reader.top()
    desk.answers.expect(say("衡阳建议"))
    desk.do("properties")
    assert desk.reader.top() == top
    assert len(desk.marks) == 1


def test_f2_in_the_library_opens_the_properties(desk: Sitting) -> None:
    panel = desk.window.left.open("library")
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    panel.list.setFocus()
    desk.answers.expect(say("衡阳建议"))
    desk.key(Qt.Key.Key_F2)
    assert desk.reading.document.title == "衡阳建议"


def test_the_kinds_and_levels_offered_begin_with_none(desk: Sitting) -> None:
    offered: list[list[str]] = []

    def look(dialog: DocumentDialog) -> None:
        boxes = dialog.findChildren(QComboBox)
        offered.extend([box.itemText(number) for number in range(box.count())] for box in boxes)
        press(dialog, "取消")

    desk.answers.expect(look)
    desk.do("properties")
    assert offered == [["未注明", *KINDS], ["未注明", *LEVELS]]
    assert desk.session.done == []


def test_saving_what_was_there_is_no_step(desk: Sitting) -> None:
    desk.answers.expect(say())
    desk.do("properties")
    assert desk.session.done == []


def test_a_blank_name_and_a_day_that_is_none_keep_the_dialog_open(desk: Sitting) -> None:
    told: list[str] = []

    def answer(dialog: DocumentDialog) -> None:
        name, day = dialog.findChildren(QLineEdit)
        day.setText("去年")
        press(dialog, "保存")
        told.append(dialog.problem.text())
        name.setText("  ")
        press(dialog, "保存")
        told.append(dialog.problem.text())
        assert dialog.isVisible()
        press(dialog, "取消")

    desk.answers.expect(answer)
    desk.do("properties")
    assert [words[:2] for words in told] == ["日期", "请写"]
    assert desk.session.done == []


def test_in_a_library_that_is_only_read_nothing_is_asked(desk: Sitting, sit) -> None:
    desk.answers.expect(press_button("只读打开"))
    second = sit(desk.path)
    second.do("properties")
    assert "只读打开" in second.message
