"""The pictures shipped are those the program draws."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path
from desktop.ui.theme.pictures import pictures_of, write_pictures
from desktop.ui.theme.tokens import THEMES, Theme


def weighted(picture: QImage, x: int, y: int) -> tuple[float, float, float, float]:
    """Return a pixel as it shows: what is transparent has no colour."""
    red, green, blue, alpha = picture.pixelColor(x, y).getRgb()
    return red * alpha / 255, green * alpha / 255, blue * alpha / 255, alpha


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_shipped_pictures_are_up_to_date(qapp: QApplication, theme: Theme) -> None:
    for name, picture in pictures_of(theme).items():
        shipped = QImage(str(resource_path("icons", name)))
        drawn = picture.toImage()
        assert shipped.size() == drawn.size(), name
        # Two versions of Qt round the edges differently; a sign or a colour that changed differs by more.
        difference = sum(
            abs(one - other)
            for x in range(drawn.width())
            for y in range(drawn.height())
            for one, other in zip(weighted(shipped, x, y), weighted(drawn, x, y), strict=True)
        )
        assert difference < 255 * drawn.width() * drawn.height() * 0.02, name


def test_they_can_be_written_anew(qapp: QApplication, tmp_path: Path) -> None:
    write_pictures(tmp_path)
    assert len(list(tmp_path.glob("*.png"))) == len(THEMES) * 8
    with pytest.raises(OSError, match="can't write"):
        write_pictures(tmp_path / "missing")
