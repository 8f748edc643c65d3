"""A hit with its whole sentence, for reading while one walks the list of a library."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QTextEdit, QVBoxLayout, QWidget

from desktop.model.span import Span
from desktop.text.utf16 import Utf16Map
from desktop.ui.theme.fonts import text_font
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import UNIT, Theme
from desktop.ui.widgets.elided_label import ElidedLabel

HEIGHT = 168
PIXELS = 15
"""Height of its letters in logical pixels."""


class HitPreview(QFrame):
    """Shows where a hit stands and what is written there, with the words found in colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, str, str, Span, tuple[Span, ...]] | None = None
        self.setFixedHeight(HEIGHT)
        set_role(self, Role.STATUS)
        self._title = ElidedLabel()
        set_role(self._title, Role.STRONG)
        self._address = ElidedLabel()
        set_role(self._address, Role.MUTED)
        self._words = QTextEdit()
        self._words.setReadOnly(True)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setFont(text_font(PIXELS))
        self._words.viewport().setAutoFillBackground(False)
        self._words.document().setDocumentMargin(0)
        self._words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hint = QLabel("Enter 前往")
        set_role(hint, Role.MUTED)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self._title)
        layout.addWidget(self._address)
        layout.addWidget(self._words, 1)
        layout.addWidget(hint)

    def text(self) -> str:
        """Return the words shown."""
        return self._words.toPlainText()

    def show_words(self, title: str, address: str, words: str, current: Span, others: Iterable[Span]) -> None:
        """Show `words` with what was found in them (code points); the `current` hit is brought into view."""
        others = tuple(others)
        self._shown = (title, address, words, current, others)
        self._title.setText(title)
        self._address.setText(address)
        self._words.setPlainText(words)
        units = Utf16Map(words)
        for span in others:
            self._colour(units, span, 0.4)
        self._colour(units, current, 1)
        cursor = self._words.textCursor()
        cursor.setPosition(units.to_utf16(current.start))
        self._words.setTextCursor(cursor)
        self._words.ensureCursorVisible()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        if self._shown is not None:
            self.show_words(*self._shown)

    def _colour(self, units: Utf16Map, span: Span, share: float) -> None:
        """Put the colour of hits behind words; those that are not the current one get a share of it."""
        cursor = self._words.textCursor()
        cursor.setPosition(units.to_utf16(span.start))
        cursor.setPosition(units.to_utf16(span.end), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        colour = QColor(self._theme.hit)
        colour.setAlphaF(share)
        form.setBackground(colour)
        form.setForeground(QColor(self._theme.hit_ink if share == 1 else self._theme.ink))
        cursor.mergeCharFormat(form)
