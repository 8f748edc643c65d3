"""The numbered chips of the pens."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.model.pen import DEFAULT_PENS, Pen
from desktop.ui.theme.tokens import DARK, LIGHT
from desktop.ui.widgets.pen_button import PenButton


def test_a_chip_says_its_name_and_number(qtbot: QtBot) -> None:
    button = PenButton(DEFAULT_PENS[0], LIGHT)
    qtbot.addWidget(button)
    assert "重点 (1)" in button.toolTip()
    assert button.accessibleName() == "重点 1"
    button.set_pen(Pen(1, "<b>要点</b>"))
    assert "&lt;b&gt;要点&lt;/b&gt; (1)" in button.toolTip()
    assert button.pen == Pen(1, "<b>要点</b>")


def test_it_is_pressed_by_pointer_and_by_space(qtbot: QtBot) -> None:
    button = PenButton(DEFAULT_PENS[2], LIGHT)
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_it_has_the_colour_of_its_pen_in_either_theme(qtbot: QtBot) -> None:
    button = PenButton(DEFAULT_PENS[3], LIGHT)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    for theme in (LIGHT, DARK):
        button.set_theme(theme)
        picture = button.grab().toImage()
        corner = QColor(picture.pixel(button.width() // 2 - 6, button.height() // 2 + 6))
        assert corner.name() == theme.pens[3]
