"""The judge of screenshots knows text from boxes and from an empty page."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.screenshot_has_text import main

PAGE = QRect(400, 60, 560, 640)


def _picture(folder: Path, text: str, family: str = "Noto Sans CJK SC") -> str:
    image = QImage(1366, 768, QImage.Format.Format_RGB32)
    image.fill(QColor("#fffdf8"))
    painter = QPainter(image)
    font = QFont(family)
    font.setPixelSize(17)
    painter.setFont(font)
    painter.drawText(PAGE, Qt.TextFlag.TextWrapAnywhere, text)
    painter.end()
    path = folder / "window.png"
    image.save(str(path))
    return str(path)


def test_a_page_of_the_plan_is_text(qtbot: QtBot, tmp_path: Path, plan_text: str) -> None:
    assert main(_picture(tmp_path, plan_text[:900])) == 0


@pytest.mark.parametrize("text", ["", "□" * 900, "只有这么孤零零的一行字而已" * 3])
def test_an_empty_page_boxes_and_two_lines_are_not(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    assert main(_picture(tmp_path, text)) == 1


def test_a_file_that_is_no_picture_is_not(tmp_path: Path) -> None:
    assert main(str(tmp_path / "none.png")) == 1
