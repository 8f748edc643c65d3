"""How the window looks to its user: light or dark, and the size of the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.model import settings
from desktop.ui.session import Session
from desktop.ui.theme.applying import apply_theme, theme_for
from desktop.ui.theme.tokens import Theme

ZOOMS = (70, 80, 90, 100, 110, 120, 135, 150, 175, 200, 250, 300)
"""The sizes of the text, in percent."""
CHOICES = ("system", "light", "dark")


class Looks(QObject):
    """Holds the theme and the zoom; whoever shows colours or the text follows them."""

    theme_changed = Signal(object)
    zoom_changed = Signal(int)

    def __init__(self, session: Session, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._app = app
        self.choice = self._known(session.setting(settings.THEME))
        self.theme = theme_for(self.choice, app)
        self.zoom = max(ZOOMS[0], min(session.setting(settings.ZOOM), ZOOMS[-1]))
        apply_theme(app, self.theme)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def follow_theme(self, set_theme: Callable[[Theme], object]) -> None:
        """Call `set_theme` whenever the theme changes."""
        self.theme_changed.connect(set_theme)

    def choose(self, choice: str) -> None:
        """Take the theme "system", "light" or "dark", and remember it."""
        self.choice = self._known(choice)
        self._session.remember(settings.THEME, self.choice)
        theme = theme_for(self.choice, self._app)
        if theme is self.theme:
            self.theme_changed.emit(theme)  # the colours are the same, the tick in the menu is not
        self._take(theme)

    def step_zoom(self, direction: int) -> None:
        """Make the text larger (+1) or smaller (-1)."""
        steps = [zoom for zoom in ZOOMS if (zoom > self.zoom if direction > 0 else zoom < self.zoom)]
        if steps:
            self.set_zoom(steps[0] if direction > 0 else steps[-1])

    def set_zoom(self, percent: int) -> None:
        """Set the size of the text, and remember it."""
        if percent != self.zoom:
            self.zoom = percent
            self._session.remember(settings.ZOOM, percent)
            self.zoom_changed.emit(percent)

    def _follow_system(self) -> None:
        if self.choice == "system":
            self._take(theme_for(self.choice, self._app))

    def _take(self, theme: Theme) -> None:
        if theme is not self.theme:
            self.theme = theme
            apply_theme(self._app, theme)
            self.theme_changed.emit(theme)

    @staticmethod
    def _known(choice: str) -> str:
        return choice if choice in CHOICES else settings.THEME.default
