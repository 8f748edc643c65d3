"""The one search box: words on the left, the count on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.ui.theme.icons import icon
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Theme


class SearchBox(QLineEdit):
    """Where the user types what to find. What an input method is still composing is not part of the words.

    `entered` says that the user clicked in here. `stepped` asks for the next (+1) or previous (-1) hit,
    `list_requested` for the list, `left` to go back to the text.
    """

    entered = Signal()
    stepped = Signal(int)
    list_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("搜索正文、批注和标签")
        self.setPlaceholderText("搜索正文、批注、标签（Ctrl+F）")
        self.setMinimumWidth(180)
        self.setMaximumWidth(420)
        self._glass = self.addAction(icon("search", theme.muted), QLineEdit.ActionPosition.LeadingPosition)
        self._count = QLabel(self)
        set_role(self._count, Role.MUTED)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.installEventFilter(self)

    def set_count(self, text: str) -> None:
        """Show the count of hits, or that there is none."""
        self._count.setText(text)
        self._place_count()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._glass.setIcon(icon("search", theme.muted))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the pointer brought the focus, before the first letter comes."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the count at the right edge."""
        super().resizeEvent(event)
        self._place_count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that walk the hits; everything else is the line's own."""
        if watched is self and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._walk(event)
        return super().eventFilter(watched, event)

    def _walk(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if shift else 1)
        elif key == Qt.Key.Key_Down:
            self.list_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _place_count(self) -> None:
        self._count.adjustSize()
        room = self.width() - self._count.width() - 12
        self._count.move(room, (self.height() - self._count.height()) // 2)
        self._count.setVisible(bool(self._count.text()) and room > 120)
        self.setTextMargins(0, 0, self._count.width() + 8 if self._count.isVisible() else 0, 0)
