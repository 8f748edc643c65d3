"""A conflict: what each wrote, side by side with author and time; one is chosen, or all are kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.model.span import Span
from desktop.services.telling import Clash, Side
from desktop.text.differing import differences
from desktop.text.times import local_time_text
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.differing_words import insert_words
from desktop.ui.widgets.elided_label import ElidedLabel

WIDTH, HEIGHT = 720, 380
_NARROWEST = 260
"""How wide the text of a side is at least; more than two or three of them are scrolled."""
_KEYS = 9
"""So many sides have a digit of their own."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ConflictDialog(QDialog):
    """Asks which side holds. `chosen` is its number, None where all are kept (offered where they can be `joined`).

    What only one side has is marked in it. The first side's button has the focus; Return presses the one that has it,
    and a digit takes the side of that number.
    """

    def __init__(self, clash: Clash, theme: Theme, *, joined: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(f"{clash.title}有冲突")
        self.chosen: int | None = None
        self._takes: list[QPushButton] = []
        told = QLabel(f"{clash.title}被几个人改得不一样，请选定一个；选定以后可以按 Ctrl+Z 撤销。")
        told.setWordWrap(True)
        set_role(told, Role.MUTED)
        columns = QWidget()
        self._columns = QHBoxLayout(columns)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        now = datetime.now().astimezone()
        spans = differences([side.text for side in clash.sides])
        for number, side in enumerate(clash.sides):
            self._columns.addWidget(self._side(number, side, spans[number], now), 1)
        area = QScrollArea()
        area.setWidget(columns)
        area.setWidgetResizable(True)
        for ground in (area.viewport(), columns):
            ground.setAutoFillBackground(False)  # else it is that of a panel
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons.addWidget(cancel)
        if joined:
            both = QPushButton("都保留，接在一起")
            both.setAutoDefault(False)
            both.clicked.connect(partial(self._choose, None))
            buttons.addWidget(both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        self.resize(WIDTH, HEIGHT)
        self._takes[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Press what has the focus with Return, and take a side by its number; a key that is held decides once."""
        focused, number = self.focusWidget(), event.key() - Qt.Key.Key_1
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif is_return and isinstance(focused, QPushButton):
            focused.click()
        elif 0 <= number < min(len(self._takes), _KEYS) and not event.modifiers() & _HELD:
            self._choose(number)
        else:
            super().keyPressEvent(event)

    def _side(self, number: int, side: Side, spans: tuple[Span, ...], now: datetime) -> QWidget:
        told = f"{side.author} · {local_time_text(side.at, now)}" + (" · 现在显示的" if number == 0 else "")
        whose = ElidedLabel(told, Qt.TextElideMode.ElideMiddle)
        set_role(whose, Role.STRONG)
        words = QPlainTextEdit()
        insert_words(words.textCursor(), side.text, QTextCharFormat(), self._theme, spans)
        words.setAccessibleName(f"{side.author}写的")
        words.setReadOnly(True)
        words.setTabChangesFocus(True)
        words.setMinimumWidth(_NARROWEST)
        set_role(words, Role.FIELD)
        take = QPushButton(f"用这个（{number + 1}）" if number < _KEYS else "用这个")
        take.setAccessibleName(f"用{side.author}写的")
        take.setAutoDefault(False)
        take.clicked.connect(partial(self._choose, number))
        self._takes.append(take)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(whose)
        layout.addWidget(words, 1)
        layout.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _choose(self, number: int | None, _checked: bool = False) -> None:
        self.chosen = number
        self.accept()
