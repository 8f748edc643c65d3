"""A quiet message at the bottom of the text, which goes away by itself unless it tells of an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop.ui.theme.icons import icon
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import STATUS_HEIGHT, UNIT

SECONDS = 6.0
"""How long a message stays that asks for nothing."""
WIDEST = 760
"""Longer messages wrap, in logical pixels."""
_NUMBERS = re.compile(r"(?<=\d) (?=\w)")
"""The blank between a number and what is counted, where no line ends."""
ABOVE = STATUS_HEIGHT + 3 * UNIT
"""Distance to the lower edge of the window, in logical pixels: the status line stays free."""


class Action(NamedTuple):
    """A button of a message: the words on it, and what it does."""

    words: str
    do: Callable[[], object]


@dataclass(frozen=True)
class _Message:
    text: str
    actions: tuple[Action, ...]
    seconds: float | None


class MessageBar(QFrame):
    """A line that floats above the lower edge of its parent, so that the text beneath does not move.

    The newest message is shown. It stays some seconds, longer while the pointer or the focus is on it. An error stays
    until the user closes it (×, or Esc, also where the parent has the keyboard); where something newer takes its place
    it comes back after that, and meanwhile it is told how many wait so.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: _Message | None = None
        self._waiting: list[_Message] = []  # errors, the latest last
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_message)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._more = QLabel()
        set_role(self._more, Role.MUTED)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._close = QToolButton()
        self._close.setAccessibleName("关闭")
        self._close.setToolTip("关闭 (Esc)")
        self._close.setIconSize(QSize(12, 12))
        self._close.clicked.connect(self.close_message)
        self._parent = parent
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._more)
        layout.addLayout(self._buttons)
        layout.addWidget(self._close)
        set_role(self, Role.POPUP)
        self._take_colours()
        parent.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """Return the message on the screen, "" where there is none."""
        return self._shown.text if self._shown else ""

    def is_error(self) -> bool:
        """Say whether the message on the screen tells of an error."""
        return self._shown is not None and self._shown.seconds is None

    def show_message(self, text: str, *actions: Action, seconds: float = SECONDS) -> None:
        """Say something for some seconds, with a button for each of `actions`."""
        self._accept(_Message(text, actions, seconds))

    def show_error(self, text: str, *actions: Action) -> None:
        """Say what went wrong, until the user closes it."""
        self._accept(_Message(text, actions, None))

    def withdraw(self, text: str) -> None:
        """Take away an error that is over, be it on the screen or waiting."""
        self._waiting = [waiting for waiting in self._waiting if waiting.text != text]
        if self.is_error() and self.text() == text:
            self.close_message()
        elif self._shown is not None:
            self._tell_waiting()

    def close_message(self) -> None:
        """Take the message away and show the error that waits, if any."""
        self._timer.stop()
        self._shown = None
        if self._waiting:
            self._present(self._waiting.pop())
        else:
            self._retire()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close with Esc."""
        if _is_escape(event):
            self.close_message()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Stay while the pointer is here."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Count the seconds again from when the pointer leaves."""
        super().leaveEvent(event)
        self._start_timer()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the place above the lower edge of the parent; close with Esc, where nothing else takes it."""
        if watched is self._parent and self._shown is not None:
            if event.type() == QEvent.Type.Resize:
                self._settle()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_escape(event):
                self.close_message()
                return True
        return super().eventFilter(watched, event)

    def _accept(self, message: _Message) -> None:
        """Show a message now; an error in its place waits."""
        shown = (self._shown,) if self._shown is not None and self._shown.seconds is None else ()
        self._waiting = [waiting for waiting in (*self._waiting, *shown) if waiting.text != message.text]
        self._present(message)

    def _present(self, message: _Message) -> None:
        self._shown = message
        self._label.setText(_NUMBERS.sub("\u00a0", message.text))
        set_role(self._label, Role.ALERT if message.seconds is None else Role.PLAIN)
        self.setAccessibleName(message.text)
        while (item := self._buttons.takeAt(0)) is not None:
            _discard(item.widget())
        for action in message.actions:
            button = self._button(action)
            self._buttons.addWidget(button)
            button.show()  # at once: its room is asked for
        self._tell_waiting()
        self.show()
        self.raise_()
        self._start_timer()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _retire(self) -> None:
        """Hide, and give the focus back to the text where it was here."""
        held = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.hide()
        if held:
            self._parent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, action: Action) -> QPushButton:
        button = QPushButton(action.words)
        button.setFlat(True)
        button.setAutoDefault(False)
        button.clicked.connect(self._act)
        return button

    def _act(self) -> None:
        """Do what the button says that was pressed, once."""
        pressed = cast("QWidget", self.sender())
        if self._shown is None:
            return
        action = self._shown.actions[self._buttons.indexOf(pressed)]
        self.close_message()
        action.do()

    def _tell_waiting(self) -> None:
        count = len(self._waiting)
        self._more.setText(f"还有 {count} 条")
        self._more.setVisible(count > 0)
        self._settle()

    def _start_timer(self) -> None:
        self._timer.stop()
        if self._shown and self._shown.seconds is not None and not self.underMouse():
            self._timer.start(round(self._shown.seconds * 1000))

    def _settle(self) -> None:
        """Take the size the words need and the place above the parent's lower edge."""
        parent = self._parent
        room = max(1, min(WIDEST, parent.width() - 8 * UNIT))
        self._label.setWordWrap(False)
        self._row.invalidate()
        wish = self.sizeHint()
        if wish.width() > room:
            self._label.setWordWrap(True)
            wish = QSize(room, max(self._row.heightForWidth(room), self._row.minimumSize().height()))
        self.resize(wish)
        self.move((parent.width() - wish.width()) // 2, parent.height() - wish.height() - ABOVE)

    def _take_colours(self) -> None:
        self._close.setIcon(icon("close", self.palette().color(QPalette.ColorRole.PlaceholderText).name()))


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


def _discard(button: QWidget | None) -> None:
    if button is not None:
        button.hide()  # it may be the one that was pressed
        button.deleteLater()
