"""What a list says when it is empty: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import UNIT


class EmptyState(QWidget):
    """Muted words in the middle, with a button below them where there is something to press."""

    action_requested = Signal()

    def __init__(self, text: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        set_role(self._label, Role.MUTED)
        self._button = QPushButton()
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.action_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * UNIT, 4 * UNIT, 6 * UNIT, 4 * UNIT)
        layout.setSpacing(3 * UNIT)
        layout.addStretch(2)
        layout.addWidget(self._label)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.set_text(text)
        self.set_action(action)

    def text(self) -> str:
        """Return the words shown."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Show other words."""
        self._label.setText(text)
        self.setAccessibleName(text)

    def set_action(self, action: str) -> None:
        """Name the button; without a name there is none."""
        self._button.setText(action)
        self._button.setVisible(bool(action))
