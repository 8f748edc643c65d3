"""A side column of the window: tabs on top, one panel below, built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import UNIT


class Tab(NamedTuple):
    """A panel of a side column: its id and its name on the screen."""

    id: str
    title: str


class Side(QWidget):
    """Shows one of several panels."""

    def __init__(self, tabs: tuple[Tab, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.SIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tabs = {tab.id: tab for tab in tabs}
        self._builders: dict[str, Callable[[], QWidget]] = {}
        self._panels: dict[str, QWidget] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 8, 10, 0)
        bar.setSpacing(UNIT)
        for tab in tabs:
            bar.addWidget(self._button(tab))
        bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        self.current = tabs[0].id
        self._buttons[self.current].setChecked(True)

    def provide(self, tab_id: str, build: Callable[[], QWidget]) -> None:
        """Say how a panel is built; it is built when it is first needed."""
        self._builders[tab_id] = build

    def open(self, tab_id: str) -> Any:
        """Bring a panel into view, building it first where needed, and return it."""
        panel = self.panel(tab_id)
        self.current = tab_id
        self._buttons[tab_id].setChecked(True)
        self._stack.setCurrentWidget(panel)
        return panel

    def panel(self, tab_id: str) -> QWidget:
        """Return a panel, building it where it was not needed before."""
        if tab_id not in self._panels:
            self._panels[tab_id] = panel = self._builders[tab_id]()
            self._stack.addWidget(panel)
        return self._panels[tab_id]

    def built(self, tab_id: str) -> Any:
        """Return a panel if it is there already."""
        return self._panels.get(tab_id)

    def set_count(self, tab_id: str, count: int) -> None:
        """Show a count beside a tab's name; none for 0."""
        title = self._tabs[tab_id].title
        self._buttons[tab_id].setText(f"{title} {count}" if count else title)

    def _on_clicked(self, tab_id: str) -> None:
        if tab_id in self._builders:
            self.open(tab_id)
        else:
            self._buttons[self.current].setChecked(True)

    def _button(self, tab: Tab) -> QToolButton:
        button = QToolButton(self)
        button.setText(tab.title)
        button.setCheckable(True)
        set_role(button, Role.TAB)
        button.clicked.connect(lambda: self._on_clicked(tab.id))
        self._buttons[tab.id] = button
        self._group.addButton(button)
        return button
