"""The signs are there, in their colour, and crisp at every scale."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path
from desktop.ui.theme.icons import PIXELS, SIGNS, icon, sign_pixmap


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_is_drawn_in_its_colour_inside_its_square(qapp: QApplication, name: str) -> None:
    picture = sign_pixmap(name, "#285a8c", 32).toImage()
    solid = [
        (x, y)
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() > 250 and picture.pixelColor(x, y) == QColor("#285a8c")
    ]
    assert solid
    edge = [picture.pixelColor(at, side).alpha() for at in range(32) for side in (0, 31)]
    edge += [picture.pixelColor(side, at).alpha() for at in range(32) for side in (0, 31)]
    assert max(edge) == 0


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_a_picture_of_the_very_size_a_screen_wants(qapp: QApplication, scale: float) -> None:
    pixmap = icon("search", "#285a8c").pixmap(QSize(16, 16), scale)
    assert pixmap.width() == round(16 * scale)
    assert pixmap.width() in PIXELS


def test_an_unknown_sign_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("horse", "#285a8c")


@pytest.mark.parametrize("name", ["yuece.png", "yuece.ico", "yuece.icns"])
def test_the_programs_own_icon_is_shipped(name: str) -> None:
    assert resource_path("icons", name).stat().st_size > 1000
