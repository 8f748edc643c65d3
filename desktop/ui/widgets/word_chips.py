"""Words to choose from as one quiet line of chips; those that have no room are left out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from desktop.ui.theme.roles import Role, set_role
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import SPACING


class WordChips(QWidget):
    """A name and words behind it; `chosen` carries the word that was clicked. Hidden while there are none."""

    chosen = Signal(str)

    def __init__(self, name: str, tool_tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel(name)
        set_role(self._name, Role.MUTED)
        self._tool_tip = tool_tip
        self._chips: list[Chip] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACING)
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it takes what room there is
        self._line.addWidget(self._name)
        self._line.addStretch(1)
        self.hide()

    def words(self) -> list[str]:
        """Return the words that are shown."""
        return [chip.text() for chip in self._chips if not chip.isHidden()] if not self.isHidden() else []

    def show_words(self, words: Iterable[str]) -> None:
        """Show these words and no others."""
        words = tuple(words)
        if words == tuple(chip.text() for chip in self._chips):
            return
        for chip in self._chips:
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(word) for word in words]
        for chip in self._chips:
            self._line.insertWidget(self._line.count() - 1, chip)
        self.setVisible(bool(self._chips))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as many words as the line holds."""
        super().resizeEvent(event)
        self._fit()

    def _chip(self, word: str) -> Chip:
        chip = Chip(word, parent=self)
        chip.setCheckable(False)
        chip.setToolTip(self._tool_tip)
        chip.clicked.connect(partial(self._choose, word))
        return chip

    def _choose(self, word: str, _checked: bool = False) -> None:
        self.chosen.emit(word)

    def _fit(self) -> None:
        room = self.width() - self._name.sizeHint().width()
        for chip in self._chips:
            room -= SPACING + chip.sizeHint().width()
            chip.setVisible(room >= 0)
