"""The names of the colours and of the author, the keys, what the program is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox, QPushButton

from desktop import __version__
from desktop.model.pen import DEFAULT_PENS
from desktop.ui.actions import ACTIONS
from tests.ui.sitting import Answer, Sitting


def press(dialog: QDialog, words: str) -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def rename(*names: str | None, button: str = "确定") -> Answer:
    """Write these names into the lines, from the first; None leaves a line as it is."""

    def answer(dialog: QDialog) -> None:
        for line, name in zip(dialog.findChildren(QLineEdit), names, strict=False):
            if name is not None:
                line.selectAll()
                line.insert(name)
                if not name:
                    line.clear()
        press(dialog, button)

    return answer


def names(desk: Sitting) -> list[str]:
    return [pen.name for pen in desk.library.pens.all()]


def test_the_colours_have_names_at_first(desk: Sitting) -> None:
    assert names(desk) == ["重点", "疑问", "数据", "任务", "精彩"]


def test_a_renamed_colour_is_called_so_everywhere_and_undone(desk: Sitting) -> None:
    desk.answers.expect(rename(None, "待核实"))
    desk.do("rename_pens")
    assert names(desk) == ["重点", "待核实", "数据", "任务", "精彩"]
    assert desk.session.pens == desk.library.pens.all()
    assert desk.window.actions_by_id["pen_2"].text() == "标为待核实"
    assert "待核实" in desk.window.top_bar.pens[1].accessibleName()
    desk.select("从全球看")
    desk.key(Qt.Key.Key_2)
    assert desk.session.done[-1].label == "标为待核实"
    desk.do("undo")
    desk.do("undo")
    assert names(desk)[1] == "疑问"
    assert desk.window.actions_by_id["pen_2"].text() == "标为疑问"
    desk.do("redo")
    assert names(desk)[1] == "待核实"


def test_an_emptied_name_takes_the_first_one_again(desk: Sitting) -> None:
    for answer in (rename("要点"), rename("")):
        desk.answers.expect(answer)
        desk.do("rename_pens")
    assert names(desk) == [pen.name for pen in DEFAULT_PENS]


@pytest.mark.parametrize("button", ["确定", "取消"])
def test_names_left_as_they_are_or_given_up_are_no_step(desk: Sitting, button: str) -> None:
    desk.answers.expect(rename(*([None] if button == "确定" else ["别的"]), button=button))
    desk.do("rename_pens")
    assert desk.session.done == []
    assert names(desk) == [pen.name for pen in DEFAULT_PENS]


def test_return_accepts_the_names(desk: Sitting) -> None:
    def answer(dialog: QDialog) -> None:
        line = dialog.findChildren(QLineEdit)[4]
        line.setText("亮点")
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_Return)

    desk.answers.expect(answer)
    desk.do("rename_pens")
    assert names(desk)[4] == "亮点"


def test_the_author_is_renamed_and_undone(desk: Sitting) -> None:
    before = desk.library.author
    desk.answers.expect(rename("市发改委"))
    desk.do("rename_author")
    assert desk.library.author.name == "市发改委"
    assert desk.library.author.id == before.id
    desk.do("undo")
    assert desk.library.author == before
    desk.do("redo")
    assert desk.library.author.name == "市发改委"


def test_an_author_needs_a_name(desk: Sitting) -> None:
    def answer(dialog: QDialog) -> None:
        dialog.findChildren(QLineEdit)[0].setText("  ")
        press(dialog, "确定")
        assert dialog.isVisible()
        assert any(label.isVisible() and "署名" in label.text() for label in dialog.findChildren(QLabel))
        press(dialog, "取消")

    desk.answers.expect(answer)
    desk.do("rename_author")
    assert desk.session.done == []


def test_every_key_stands_in_the_list_of_keys(desk: Sitting) -> None:
    shown: list[str] = []

    def answer(dialog: QDialog) -> None:
        shown.extend(label.text() for label in dialog.findChildren(QLabel))
        press(dialog, "关闭")

    desk.answers.expect(answer)
    desk.key(Qt.Key.Key_F1)
    for action in ACTIONS:
        if action.keys and action.id != "menu":
            assert any(text.startswith(action.keys[0]) for text in shown), action.id
            assert any("下划线" in text for text in shown)


def test_about_tells_name_version_and_licence(desk: Sitting) -> None:
    shown: list[str] = []

    def answer(box: QMessageBox) -> None:
        shown.append(f"{box.text()} {box.informativeText()}")
        QTest.keyClick(box, Qt.Key.Key_Escape)

    desk.answers.expect(answer)
    desk.do("about")
    assert f"阅策 {__version__}" in shown[0]
    assert "Apache-2.0" in shown[0]
    assert (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
