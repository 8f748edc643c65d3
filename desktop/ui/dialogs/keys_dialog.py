"""The keys of every action, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import menus
from desktop.ui.actions import ACTIONS, Action
from desktop.ui.theme.roles import Role, set_role

_COLUMNS = 2


class KeysDialog(QDialog):
    """Shows what each key does, grouped as the menus are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("按键一览")
        self.resize(720, 520)
        by_id = {action.id: action for action in ACTIONS}
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(20)
        groups = [(title, [by_id[i] for i in menus.in_order(entries)]) for title, entries in menus.MAIN]
        shown = [(title, [action for action in actions if action.keys]) for title, actions in groups]
        for index, (title, actions) in enumerate(group for group in shown if group[1]):
            grid.addWidget(_group(title, actions), index // _COLUMNS, index % _COLUMNS, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        close = QPushButton("关闭")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 16)
        layout.addWidget(scroll, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)


def _group(title: str, actions: list[Action]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    grid.addWidget(_label(title, Role.STRONG), 0, 0)
    for row, action in enumerate(actions, start=1):
        keys = " ／ ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in action.keys)
        name = f"标为第 {action.text} 种颜色" if action.id.startswith("pen_") else action.text.rstrip("…")
        grid.addWidget(_label(name, Role.PLAIN), row, 0)
        grid.addWidget(_label(keys, Role.MUTED), row, 1, Qt.AlignmentFlag.AlignRight)
    return group


def _label(text: str, role: Role) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_role(label, role)
    return label
