"""Going to a clause by its number: a small box over the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QVBoxLayout, QWidget

from desktop.model.span import Span
from desktop.parsing.addressing import Found, find_place
from desktop.services.reading import Reading
from desktop.text.blanks import one_line
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import BAR_HEIGHT, UNIT
from desktop.ui.widgets.elided_label import ElidedLabel

_WIDTH = 380
_MOST = 8
_BELOW_BAR = BAR_HEIGHT + 2 * UNIT


class GoToBox(QFrame):
    """Takes a clause number as people say it and shows at once where that is.

    `chosen` carries the span (code points) to go to, `left` says that the box was closed.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget, reading: Callable[[], Reading | None]) -> None:
        super().__init__(parent)
        self._parent = parent
        set_role(self, Role.POPUP)
        self.setFixedWidth(_WIDTH)
        self._reading = reading
        self._found: list[Found] = []
        self._line = QLineEdit()
        self._line.setPlaceholderText("22、第22条、22.3、第22条第3句、三、三.2")
        self._line.setAccessibleName("条款号")
        self._line.textChanged.connect(self._look_up)
        self._line.installEventFilter(self)
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda item: self._choose(self._list.row(item)))
        self._hint = ElidedLabel()
        set_role(self._hint, Role.MUTED)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(6)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        layout.addWidget(self._hint)
        self.hide()

    def open(self) -> None:
        """Show the box at the top of the text, empty."""
        self._line.clear()
        self._look_up("")
        self.move((self._parent.width() - self.width()) // 2, _BELOW_BAR)
        self.show()
        self.raise_()
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Walk the list with the arrows, take it with Enter, leave with Esc or by going elsewhere."""
        if watched is self._line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is not self._line or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(max(0, self._list.currentRow()))
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(max(0, min(self._list.currentRow() + step, self._list.count() - 1)))
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True

    def _look_up(self, typed: str) -> None:
        reading = self._reading()
        self._found = find_place(reading.outline, typed)[:_MOST] if reading and typed.strip() else []
        self._list.clear()
        for found in self._found:
            self._list.addItem(f"{found.address}　{self._words(found.span)}")
        self._list.setCurrentRow(0 if self._found else -1)
        self._list.setVisible(bool(self._found))
        self._list.setFixedHeight(len(self._found) * max(1, self._list.sizeHintForRow(0)) + 6)
        self._hint.setText(self._hint_for(typed))
        self.adjustSize()

    def _hint_for(self, typed: str) -> str:
        if not typed.strip():
            return "写条款号，回车前往；Esc 返回"
        return "回车前往" if self._found else f"没有“{typed.strip()}”这一条"

    def _words(self, span: Span) -> str:
        reading = self._reading()
        words = one_line(span.of(reading.text)) if reading else ""
        return words if len(words) <= 24 else words[:23] + "…"

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._found):
            span = self._found[row].span
            self.hide()
            self.chosen.emit(span)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
