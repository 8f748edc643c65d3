"""The three columns of the window; the side ones can be hidden, and fold by themselves where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_BOTH_FIT = 1150
"""From this width (logical pixels) on both side columns leave the text its measure."""
_ONE_FITS = 720
_NARROWEST = 200


class Columns(QSplitter):
    """Left, text, right. `changed` says that a side column came or went.

    The user's wishes are kept apart from what is shown: where only one side fits, the one asked for last stays, and
    where none fits only a side that was asked for since is shown.
    """

    changed = Signal()

    def __init__(self, left: QWidget, text: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._sides = {"left": left, "right": right}
        self._wanted = {"left": True, "right": True}
        self._asked = "left"
        self._insisted = False
        for widget in (left, text, right):
            self.addWidget(widget)
        for side in (left, right):
            side.setMinimumWidth(_NARROWEST)
        text.setMinimumWidth(320)
        for index, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(index, stretch)

    def set_up(self, *, left: bool, right: bool, left_width: int, right_width: int) -> None:
        """Take what was remembered."""
        self._wanted = {"left": left, "right": right}
        self._asked = "left" if left else "right"
        self._fold()
        self.setSizes([left_width, max(320, self.width() - left_width - right_width), right_width])

    def ask_for(self, side: str) -> None:
        """Show a side ("left", "right"), folding the other one where both don't fit."""
        self._wanted[side], self._asked, self._insisted = True, side, True
        self._fold()

    def toggle(self, side: str) -> None:
        """Hide a side that is shown, show one that is not. To hide one never brings the other."""
        if not self.shows(side):
            self.ask_for(side)
            return
        if self.width() < _ONE_FITS:
            self._insisted = False  # it was called up over the wish of the width; the user's own wish stays
        else:
            self._wanted[side] = False
        self._fold()

    def shows(self, side: str) -> bool:
        """Whether a side is shown."""
        return not self._sides[side].isHidden()

    def wants(self, side: str) -> bool:
        """Whether the user wants a side, shown or folded."""
        return self._wanted[side]

    def width_of(self, side: str) -> int | None:
        """Return the width of a side in logical pixels, None while it is hidden."""
        return self._sides[side].width() if self.shows(side) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold or unfold the sides for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._insisted = self._insisted and event.size().width() < _ONE_FITS
            self._fold()

    def _fold(self) -> None:
        width = self.width()
        if width >= _BOTH_FIT:
            shown = dict(self._wanted)
            if not self._wanted[self._asked]:
                self._asked = "right" if self._asked == "left" else "left"
        elif width >= _ONE_FITS or self._insisted:
            shown = {side: wanted and side == self._asked for side, wanted in self._wanted.items()}
        else:
            shown = dict.fromkeys(self._wanted, False)
        for side, visible in shown.items():
            self._sides[side].setVisible(visible)
        self.changed.emit()
