"""Draws the pictures of resources/icons that a style sheet can only take from files.

Run `python -m desktop.ui.theme.pictures` after a change of a sign or a colour, and for a new theme.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QPixmap

from desktop.resources import resource_path
from desktop.ui.theme.icons import sign_pixmap
from desktop.ui.theme.tokens import THEMES, Theme

# To add a picture: its name in the style sheet, the sign, the field of Theme it takes its colour from, its side in
# logical pixels.
PICTURES: tuple[tuple[str, str, str, int], ...] = (
    ("tick", "check", "accent", 14),
    ("chevron", "chevron", "muted", 12),
    ("chevron-up", "chevron_up", "muted", 12),
    ("chevron-down", "chevron_down", "muted", 12),
)
SCALES = (("", 1), ("@2x", 2))


def pictures_of(theme: Theme) -> dict[str, QPixmap]:
    """Return the pictures of a theme by their file names."""
    return {
        f"{name}-{theme.name}{suffix}.png": sign_pixmap(sign, getattr(theme, field), side * scale)
        for name, sign, field, side in PICTURES
        for suffix, scale in SCALES
    }


def write_pictures(folder: Path) -> None:
    """Write the pictures of all themes into a folder; raises OSError where that is not possible."""
    for theme in THEMES.values():
        for name, picture in pictures_of(theme).items():
            if not picture.save(str(folder / name)):
                raise OSError(f"can't write {folder / name}")


if __name__ == "__main__":
    application = QGuiApplication([])
    write_pictures(resource_path("icons"))
