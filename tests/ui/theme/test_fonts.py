"""The faces of the program."""

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from desktop.ui.theme.fonts import has_chinese_font, interface_font, small_font, text_font
from desktop.ui.theme.tokens import INTERFACE_PIXELS


def test_sizes_are_in_pixels_and_never_too_small(qapp: QApplication) -> None:
    assert interface_font().pixelSize() == INTERFACE_PIXELS
    assert small_font().pixelSize() >= 11.5
    assert text_font(17).pixelSize() == 17


def test_a_chinese_face_of_the_asked_kind_is_taken(qapp: QApplication) -> None:
    if not has_chinese_font():
        pytest.skip("no Chinese font on this machine: nothing to choose from")
    for font in (interface_font(), text_font(17)):
        family = QFontInfo(font).family()
        assert family in font.families() or not set(font.families()) & {family}
        assert "JP" not in family
