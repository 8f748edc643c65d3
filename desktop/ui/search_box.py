"""The one search box: words on the left, the count and where is searched on the right."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from desktop.ui.theme.icons import icon
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Theme

_EDGE = 4
"""Room between what stands in the box and its right edge, in logical pixels."""
_WORDS = 90
"""So much room is kept for the words; the count gives way first."""


class Scope(StrEnum):
    """Where is searched; the values are what the switch says."""

    DOCUMENT = "本文件"
    LIBRARY = "文库"


class SearchBox(QLineEdit):
    """Where the user types what to find. What an input method is still composing is not part of the words.

    `entered` says that the user clicked in here. `stepped` asks for the next (+1) or previous (-1) hit,
    `list_requested` for the list, `scope_requested` for the other scope, `menu_requested` for the searches made before,
    `left` to go back to the text; `composing` says that an input method is at work.
    """

    entered = Signal()
    stepped = Signal(int)
    list_requested = Signal()
    scope_requested = Signal()
    menu_requested = Signal()
    composing = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = Scope.DOCUMENT
        self.committing = False
        """Whether what is being put in comes from an input method."""
        self.setAccessibleName("搜索正文、批注和标签")
        self.setMinimumWidth(180)
        self.setMaximumWidth(460)
        self._glass = QAction("最近搜索和保存的搜索", self)
        self._glass.setToolTip("最近搜索和保存的搜索（Alt+↓）")
        self._glass.triggered.connect(self.menu_requested)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._counts = ("", "")
        self._count = QLabel(self)
        set_role(self._count, Role.MUTED)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._switch = QToolButton(self)
        self._switch.setCheckable(True)
        self._switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._switch.setCursor(Qt.CursorShape.ArrowCursor)
        set_role(self._switch, Role.SWITCH)
        self._switch.clicked.connect(self.scope_requested)
        self.installEventFilter(self)
        self.set_theme(theme)
        self.set_scope(Scope.DOCUMENT)

    def set_count(self, text: str, short: str = "") -> None:
        """Show the count of hits, or that there is none; `short` where there is no room for more."""
        if (text, short) != self._counts:
            self._counts = (text, short)
            self._place_inside()

    def set_scope(self, scope: Scope) -> None:
        """Show where is searched."""
        self.scope = scope
        library = scope is Scope.LIBRARY
        self._switch.setText(scope.value)
        self._switch.setChecked(library)
        self._switch.setToolTip("改为只在本文件中搜索（Ctrl+F）" if library else "改为在整个文库中搜索（F4）")
        self._switch.setAccessibleName(f"搜索范围：{scope.value}")
        self.setPlaceholderText("在文库中搜索（F4）" if library else "搜索正文、批注、标签（Ctrl+F）")
        self._place_inside()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._glass.setIcon(icon("search", theme.muted))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the pointer brought the focus, before the first letter comes."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.entered.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Say that words are being composed."""
        if event.preeditString():
            self.composing.emit()
        self.committing = bool(event.commitString())
        super().inputMethodEvent(event)
        self.committing = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep count and switch at the right edge."""
        super().resizeEvent(event)
        self._place_inside()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that walk the hits; everything else is the line's own."""
        if watched is self and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._walk(event)
        return super().eventFilter(watched, event)

    def _walk(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if shift else 1)
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.menu_requested.emit()
        elif key == Qt.Key.Key_Down:
            self.list_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _place_inside(self) -> None:
        """Give count and switch their places at the right; where there is no room, the count goes."""
        self._switch.adjustSize()
        middle = self.height() // 2
        right = self.width() - _EDGE - self._switch.width()
        self._switch.move(right, middle - self._switch.height() // 2)
        left = right
        for text in filter(None, self._counts):
            self._count.setText(text)
            self._count.adjustSize()
            left = right - _EDGE - self._count.width()
            if left > _WORDS:
                break
            left = right
        if left == right:
            self._count.clear()
        self._count.move(left, middle - self._count.height() // 2)
        self._count.setVisible(left < right)
        self.setTextMargins(0, 0, self.width() - left + _EDGE, 0)
