"""The keys of every action, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.model.pen import Pen
from desktop.ui import menus
from desktop.ui.actions import ACTIONS, Action
from desktop.ui.theme.roles import Role, set_role

_COLUMNS = 2
_OTHERS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "会议中",
        [
            ("下一条", "空格 ／ → ／ ↓"),
            ("上一条", "Shift+空格 ／ ← ／ ↑"),
            ("本条往下、往上翻", "PgDn ／ PgUp"),
            ("第一条、最后一条", "Home ／ End"),
            ("返回正文，会议继续", "Esc"),
        ],
    ),
    (
        "搜索框里",
        [
            ("本文件 ⇄ 文库", "再按 Ctrl+F"),
            ("下一处、上一处", "Enter ／ Shift+Enter"),
            ("到结果列表", "↓"),
            ("最近搜索和保存的搜索", "Alt+↓"),
            ("补全、到补全列表里选", "Tab ／ PgDn"),
        ],
    ),
    (
        "随处",
        [
            ("打开菜单", "Alt+M"),
            ("关闭小窗，返回正文", "Esc"),
            ("保存正在写的批注", "Ctrl+Enter"),
            ("放大、缩小", "Ctrl+滚轮"),
            ("选一个词、一句、一段", "双击、三击、四击"),
        ],
    ),
]
"""Keys that are no actions: those of boxes, of the meeting, of the mouse."""


class KeysDialog(QDialog):
    """Shows what each key does, grouped as the menus are."""

    def __init__(self, pens: tuple[Pen, ...], parent: QWidget | None = None) -> None:
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
        shown = [(title, [_row(action, pens) for action in actions if action.keys]) for title, actions in groups]
        for index, (title, rows) in enumerate(group for group in [*shown, *_OTHERS] if group[1]):
            grid.addWidget(_group(title, rows), index // _COLUMNS, index % _COLUMNS, Qt.AlignmentFlag.AlignTop)
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


def _row(action: Action, pens: tuple[Pen, ...]) -> tuple[str, str]:
    """Return what an action does and its keys; the pens by the names the user gave them."""
    keys = " ／ ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in action.keys)
    names = {f"pen_{pen.number}": f"标为{pen.name}" for pen in pens}
    return names.get(action.id, action.text.rstrip("…")), keys


def _group(title: str, rows: list[tuple[str, str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    grid.addWidget(_label(title, Role.STRONG), 0, 0)
    for row, (name, keys) in enumerate(rows, start=1):
        grid.addWidget(_label(name, Role.PLAIN), row, 0)
        grid.addWidget(_label(keys, Role.MUTED), row, 1, Qt.AlignmentFlag.AlignRight)
    return group


def _label(text: str, role: Role) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_role(label, role)
    return label
