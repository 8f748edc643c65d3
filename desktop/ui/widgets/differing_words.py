"""Words that differ from those beside them: bold, underlined and on a ground of their own, so not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from desktop.model.span import Span
from desktop.text.differing import pieces
from desktop.ui.theme.tokens import Theme


def insert_words(
    cursor: QTextCursor, words: str, letters: QTextCharFormat, theme: Theme, spans: Iterable[Span] = ()
) -> None:
    """Put in words, those in the spans (code points) marked."""
    marked = QTextCharFormat(letters)
    marked.setFontWeight(QFont.Weight.Bold)
    marked.setFontUnderline(True)
    marked.setForeground(QColor(theme.ink))
    marked.setBackground(QColor(theme.accent_soft))
    for piece, differs in pieces(words, spans):
        cursor.insertText(piece, marked if differs else letters)
