"""The faces of the interface, and of a text shown in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont

from desktop.ui.theme.tokens import (
    INTERFACE_FAMILIES,
    INTERFACE_PIXELS,
    SMALL_PIXELS,
    TEXT_FAMILIES,
)


def interface_font() -> QFont:
    """Return the face of buttons, rows and notes."""
    return _font(INTERFACE_FAMILIES, INTERFACE_PIXELS, QFont.StyleHint.SansSerif)


def small_font() -> QFont:
    """Return the interface's face for counts, addresses and chips."""
    return _font(INTERFACE_FAMILIES, SMALL_PIXELS, QFont.StyleHint.SansSerif)


def text_font(pixel_size: int) -> QFont:
    """Return the Song face a document and its quotes are set in; `pixel_size` in logical pixels."""
    return _font(TEXT_FAMILIES, pixel_size, QFont.StyleHint.Serif)


def has_chinese_font() -> bool:
    """Say whether any face of this system can show simplified Chinese.

    Without one Qt draws boxes and says nothing. The question walks every face of the system: ask it after the first
    paint.
    """
    from PySide6.QtGui import QFontDatabase

    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def _font(families: Sequence[str], pixel_size: int, hint: QFont.StyleHint) -> QFont:
    """Return a font that takes the first family that is there, or any of the same kind."""
    font = QFont()
    font.setFamilies(list(families))
    font.setStyleHint(hint)
    font.setPixelSize(pixel_size)
    # Upright strokes stay where the design puts them, level ones stay crisp: full hinting makes Han letters uneven.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
