"""Chips wrap like words."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.flow_layout import FlowLayout


class Box(QWidget):
    """A widget that wishes for one size."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._wish = QSize(width, 20)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._wish


def filled(qtbot: QtBot, *widths: int) -> tuple[QWidget, FlowLayout, list[Box]]:
    panel = QWidget()
    qtbot.addWidget(panel)
    layout = FlowLayout(panel, spacing=6)
    boxes = [Box(width) for width in widths]
    for box in boxes:
        layout.addWidget(box)
    return panel, layout, boxes


def places(boxes: list[Box]) -> list[tuple[int, int, int]]:
    return [(box.x(), box.y(), box.width()) for box in boxes]


def test_a_row_is_filled_before_the_next_begins(qtbot: QtBot) -> None:
    panel, layout, boxes = filled(qtbot, 100, 80, 100)
    panel.resize(200, 100)
    panel.show()
    assert places(boxes) == [(0, 0, 100), (106, 0, 80), (0, 26, 100)]
    assert layout.heightForWidth(200) == 46
    assert layout.heightForWidth(400) == 20
    assert layout.heightForWidth(90) == 72


def test_what_is_wider_than_the_row_takes_the_row(qtbot: QtBot) -> None:
    panel, _, boxes = filled(qtbot, 300)
    panel.resize(120, 50)
    panel.show()
    assert places(boxes) == [(0, 0, 120)]


def test_hidden_widgets_take_no_room(qtbot: QtBot) -> None:
    panel, layout, boxes = filled(qtbot, 100, 100, 100)
    boxes[0].hide()
    panel.resize(210, 50)
    panel.show()
    assert places(boxes[1:]) == [(0, 0, 100), (106, 0, 100)]
    assert layout.heightForWidth(210) == 20


def test_it_can_be_emptied_and_filled_again(qtbot: QtBot) -> None:
    panel, layout, boxes = filled(qtbot, 100, 100)
    panel.show()
    for one in boxes:
        layout.removeWidget(one)
    assert layout.count() == 0
    assert layout.itemAt(0) is None
    assert layout.takeAt(0) is None
    box = Box(50)
    layout.addWidget(box)
    assert layout.count() == 1
    qtbot.waitUntil(box.isVisible)
    assert layout.heightForWidth(100) == 20
