"""The line above a list or tree that filters it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme.icons import icon


class FilterBox(QLineEdit):
    """A line that filters as one types; what an input method still composes is no text yet.

    `escaped` says that Esc was pressed, `left_down` that Down or Enter was.
    """

    escaped = Signal()
    left_down = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self._clear = QAction("清除", self)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._paint_sign()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Paint the sign that clears in the colour of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_clear"):
            self._paint_sign()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take the keys that leave the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _paint_sign(self) -> None:
        # The style sheet gives the box a palette without muted words: the program's own has them.
        muted = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        self._clear.setIcon(icon("close", muted.name()))
