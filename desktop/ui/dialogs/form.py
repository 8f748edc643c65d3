"""A small dialog of labelled lines with 取消 and one button that says what it does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme.roles import Role, set_role


class FormDialog(QDialog):
    """Labelled lines above two buttons; the accepting one is named by what it does and is the default."""

    def __init__(self, title: str, accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(12)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        set_role(self.problem, Role.ALERT)
        self.problem.hide()
        self.accepting = QPushButton(accept)
        self.accepting.setDefault(True)
        self.accepting.clicked.connect(self.accept)
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accepting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        self.body = QHBoxLayout()  # the lines, and what may stand beside them
        self.body.setSpacing(24)
        self.body.addLayout(self.form, 1)
        layout.addLayout(self.body, 1)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)

    def tell(self, problem: str) -> None:
        """Say above the buttons what is wrong, or nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def add_hint(self, text: str) -> QLabel:
        """Add a muted line below the last one and return it."""
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        set_role(label, Role.MUTED)
        self.form.addRow("", label)
        return label
