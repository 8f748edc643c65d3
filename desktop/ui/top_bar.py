"""The line on top of the window: menu, back and forward, the address in view, search, pens, four words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.model.pen import Pen
from desktop.ui.search_box import SearchBox
from desktop.ui.theme.icons import icon
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import BAR_HEIGHT, Theme
from desktop.ui.widgets.elided_label import ElidedLabel
from desktop.ui.widgets.pen_button import PenButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_WORDS = (("note", "批注 N"), ("tags", "标签 T"), ("meeting", "会议 F5"), ("export", "导出"))


class TopBar(QFrame):
    """Shows where the reader is and what can be done; every button is tied to an action of the window."""

    def __init__(self, pens: tuple[Pen, ...], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, Role.BAR)
        self.setFixedHeight(BAR_HEIGHT)
        self.search = SearchBox(theme, self)
        self.address = ElidedLabel(mode=Qt.TextElideMode.ElideRight, parent=self)
        self.address.setAccessibleName("当前位置")
        self.pens = [PenButton(pen, theme, self) for pen in pens]
        self._name = QToolButton(self)
        self._name.setText("阅策")
        set_role(self._name, Role.SEAL)
        self._arrows = {name: self._arrow() for name in ("back", "forward")}
        self._words = {action_id: self._word(text) for action_id, text in _WORDS}
        self._lay_out()
        self._paint_arrows(theme)

    def tie(self, actions: Mapping[str, QAction]) -> None:
        """Let the buttons trigger the actions, and fill the menu with them; the focus stays where it is."""
        from PySide6.QtWidgets import QMenu

        from desktop.ui import menus

        menu = QMenu(self._name)
        menus.fill(menu, menus.MAIN, actions)
        self._name.setMenu(menu)
        self._name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name.setToolTip("菜单（Alt+M）")
        for action_id, arrow in self._arrows.items():
            action = actions[action_id]
            arrow.setToolTip(f"{action.text()}（{action.shortcut().toString()}）")
            arrow.setAccessibleName(action.text())
        pens = {f"pen_{button.number}": button for button in self.pens}
        for action_id, button in (self._arrows | self._words | pens).items():
            _tie(button, actions[action_id])

    def set_address(self, address: str, title: str) -> None:
        """Show the place in view, with the title of its clause behind it."""
        self.address.setText(f"{address}　{title}" if title and title not in address else address)

    def set_pens(self, pens: tuple[Pen, ...]) -> None:
        """Take the user's names for the pens."""
        for button, pen in zip(self.pens, pens, strict=True):
            button.set_pen(pen)

    def set_meeting(self, *, running: bool) -> None:
        """Show whether a meeting is running."""
        button = self._words["meeting"]
        button.setText("结束会议 F5" if running else "会议 F5")
        button.setCheckable(running)
        button.setChecked(running)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._paint_arrows(theme)
        for pen in self.pens:
            pen.set_theme(theme)
        self.search.set_theme(theme)

    def open_menu(self) -> None:
        """Open the main menu from the keyboard."""
        self._name.showMenu()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """On a narrow window the pens go first: their keys and the bar at the selection stay."""
        super().resizeEvent(event)
        for pen in self.pens:
            pen.setVisible(self.width() >= 1000)

    def _paint_arrows(self, theme: Theme) -> None:
        for name, arrow in self._arrows.items():
            arrow.setIcon(icon(name, theme.ink))

    def _arrow(self) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setEnabled(False)  # at the start there is no place to go back to
        return button

    def _word(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(4)
        for widget in (self._name, *self._arrows.values()):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.address, 3)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        for pen in self.pens:
            row.addWidget(pen)
            row.addSpacing(4)
        for button in self._words.values():
            row.addWidget(button)


def _tie(button: QAbstractButton, action: QAction) -> None:
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
