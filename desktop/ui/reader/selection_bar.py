"""The bar that floats beside a selection: five pens and what else can be done with the words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.model.pen import DEFAULT_PENS, Pen
from desktop.ui.reader.reader import Reader
from desktop.ui.theme import tokens
from desktop.ui.theme.tokens import Theme
from desktop.ui.widgets.tool_tip import plain_tool_tip

DISTANCE = 8
"""Pixels between the words and the bar."""
PAUSE = 180
"""Milliseconds a selection has to rest before the bar comes: it does not chase a drag or held keys."""


class SelectionBar(QFrame):
    """Comes with a selection, never over the selected words, and goes with it. The focus stays in the reader."""

    pen_chosen = Signal(int)
    """The number of the pen that was clicked."""

    def __init__(
        self,
        theme: Theme,
        actions: Sequence[QAction],
        pens: Sequence[Pen] = DEFAULT_PENS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader: Reader | None = None
        self._pen_buttons: dict[int, QToolButton] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._place)
        self.setObjectName("selection_bar")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(6)
        for pen in pens:
            row.addWidget(self._pen_button(pen))
        for action in actions:
            row.addWidget(self._divider())
            row.addWidget(self._action_button(action))
        self.set_theme(theme)
        self.hide()

    def set_pens(self, pens: Sequence[Pen]) -> None:
        """Take the pens' names."""
        for pen in pens:
            button = self._pen_buttons[pen.number]
            button.setToolTip(plain_tool_tip(f"{pen.name}（{pen.number}）"))
            button.setAccessibleName(f"标为{pen.name}")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        pens = "".join(
            f'QToolButton[pen="{number}"] {{ background: {fill}; border: 1px solid {line}; }}'
            for number, (fill, line) in enumerate(zip(theme.pens, theme.pen_lines, strict=True), start=1)
        )
        families = ", ".join(f'"{family}"' for family in tokens.INTERFACE_FAMILIES)
        self.setStyleSheet(
            f"#selection_bar {{ background: {theme.panel}; border: 1px solid {theme.line};"
            f" border-radius: {tokens.CARD_RADIUS}px; }}"
            f"QToolButton {{ color: {theme.ink}; background: transparent; border: 0; border-radius: 4px;"
            f" padding: 2px 4px; font: {tokens.INTERFACE_PIXELS}px {families}; }}"
            f"QToolButton[pen] {{ padding: 0; min-width: 18px; max-width: 18px; min-height: 18px; max-height: 18px; }}"
            f"{pens}"
            f"QToolButton:hover {{ background: {theme.accent_soft}; }}"
            f"QToolButton[pen]:hover {{ border: 2px solid {theme.accent}; }}"
            f"#divider {{ background: {theme.line}; }}"
        )

    def show_for(self, reader: Reader) -> None:
        """Come beside the selection of `reader` as soon as it rests; go away if there is none."""
        if self._reader is not reader:
            self._reader = reader
            self.setParent(reader.viewport())
            reader.selection_changed.connect(self._on_selection)
            reader.scrolled.connect(self._on_scrolled)
        self._on_selection()

    def _on_selection(self) -> None:
        self.hide()
        if self._reader is not None and self._reader.selection() is not None:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_scrolled(self) -> None:
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        reader = self._reader
        span = None if reader is None else reader.selection()
        if reader is None or span is None or not reader.isVisible():
            self.hide()
            return
        if reader.dragging:
            self._timer.start()
            return
        words, view = reader.rect_of(span), reader.viewport().rect()
        at = place_beside(words, reader.caret_box(), self.sizeHint(), view)
        if at is None:
            self.hide()
            return
        self.adjustSize()
        self.move(at)
        self.show()
        self.raise_()

    def _pen_button(self, pen: Pen) -> QToolButton:
        button = self._button()
        button.setText(str(pen.number))
        button.setProperty("pen", str(pen.number))
        button.clicked.connect(lambda: self.pen_chosen.emit(pen.number))
        self._pen_buttons[pen.number] = button
        self.set_pens((pen,))
        return button

    def _action_button(self, action: QAction) -> QToolButton:
        button = self._button()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return button

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    def _divider(self) -> QFrame:
        line = QFrame(self)
        line.setObjectName("divider")
        line.setFixedSize(1, 14)
        return line


def place_beside(words: QRect, end: QRect, size: QSize, view: QRect) -> QPoint | None:
    """Return where a bar of `size` stands beside the box `words`: above if there is room, else below, else nowhere.

    It ends where the selection ends (`end`) as far as it fits into `view`. Words out of view have no bar.
    """
    if not words.intersects(view):
        return None
    x = min(max(view.left() + DISTANCE, end.center().x() - size.width() // 2), view.right() - DISTANCE - size.width())
    above = words.top() - DISTANCE - size.height()
    if above >= view.top():
        return QPoint(x, above)
    below = words.bottom() + DISTANCE
    return QPoint(x, below) if below + size.height() <= view.bottom() else None
