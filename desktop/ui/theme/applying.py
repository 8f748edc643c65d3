"""Puts a theme on the whole program and finds out which one the system wants."""

from __future__ import annotations

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path
from desktop.ui.theme.fonts import interface_font
from desktop.ui.theme.palette import palette_of
from desktop.ui.theme.stylesheet import stylesheet_of
from desktop.ui.theme.tokens import DARK, LIGHT, THEMES, Theme

STYLE_ARGUMENTS = ("-style", "Fusion")
"""Arguments of QApplication that choose the one style that looks the same on all systems and obeys a palette.

Chosen so, it is there at once; to ask the program for its style makes PySide load all of QStyle (4 ms of the start).
"""


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the program the colours, the face and the style sheet of a theme; every widget repaints by itself."""
    QDir.setSearchPaths("icons", [str(resource_path("icons"))])
    # QStyleHints.setColorScheme does nothing on plain X11: the colours come from a palette of our own.
    app.setPalette(palette_of(theme))
    app.setFont(interface_font())
    app.setStyleSheet(stylesheet_of(theme))


def system_is_dark(app: QApplication) -> bool:
    """Say whether the system asks for dark windows; False where it does not say."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def theme_for(name: str, app: QApplication) -> Theme:
    """Return the theme of the setting "light", "dark" or "system"; an unknown name counts as "system"."""
    if name in THEMES:
        return THEMES[name]
    return DARK if system_is_dark(app) else LIGHT
