"""Rows of chips that combine, few enough to leave room for the list below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import SPACING, FlowLayout

MOST_ROWS = 3
MORE = "更多…"


@dataclass(frozen=True)
class Offer:
    """One thing to filter by. `spare` ones are for the menu 更多…, as long as they are not checked."""

    key: str
    text: str
    count: int
    spare: bool = False


class FilterChips(QWidget):
    """Chips in at most three rows; what has no room there is in a menu, with the same check marks.

    Behind them may stand a `button`, which is `pressed` and filters nothing.
    """

    changed = Signal()
    pressed = Signal()

    def __init__(self, button: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()
        self._checked: set[str] = set()
        self._chips: dict[str, Chip] = {}
        self._hidden: list[Offer] = []
        self._flow = FlowLayout(self)
        self._more = Chip(MORE, parent=self)
        self._more.setCheckable(False)
        self._more.clicked.connect(self._open_menu)
        self._more.hide()
        self._button = Chip(button, parent=self)
        self._button.setCheckable(False)
        self._button.clicked.connect(self.pressed)
        self._button.setVisible(bool(button))
        self._wants_button = bool(button)

    def checked(self) -> frozenset[str]:
        """Return the keys of what is checked."""
        return frozenset(self._checked)

    def clear(self) -> None:
        """Check nothing."""
        self._set_checked(set())

    def check_alone(self, key: str) -> None:
        """Check one of what is offered, and nothing else; nothing where it is not offered."""
        self._set_checked({key} & {offer.key for offer in self._offers})

    def toggle(self, key: str) -> None:
        """Check what is not, and the other way round."""
        self._set_checked(self._checked ^ {key})

    def set_button(self, *, shown: bool) -> None:
        """Show or hide the button."""
        if shown != self._wants_button:
            self._wants_button = shown
            self._button.setVisible(shown)
            self._arrange()

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Show these; what is no longer offered is no longer checked."""
        offers = tuple(offers)
        if offers == self._offers:
            return
        self._offers = offers
        kept = self._checked & {offer.key for offer in offers}
        gone, self._checked = kept != self._checked, kept
        self._rebuild()
        if gone:
            self.changed.emit()

    def menu(self) -> QMenu:
        """Return the menu of what has no room among the chips."""
        menu = QMenu(self)
        for offer in self._hidden:
            action = QAction(f"{offer.text}  {offer.count}".replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(offer.key in self._checked)
            action.triggered.connect(lambda _=False, key=offer.key: self.toggle(key))
            menu.addAction(action)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as many chips as three rows hold."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _set_checked(self, keys: set[str]) -> None:
        if keys != self._checked:
            self._checked = keys
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        """Make and drop chips so that each offer but the spare ones has one; those that stay keep the focus."""
        wanted = {offer.key: offer.text for offer in self._offers if not offer.spare or offer.key in self._checked}
        for key in [key for key, chip in self._chips.items() if wanted.get(key) != chip.text()]:
            chip = self._chips.pop(key)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        for offer in self._offers:
            if offer.key not in wanted:
                continue
            chip = self._chips.get(offer.key) or self._make(offer)
            chip.set_count(offer.count)
            chip.setChecked(offer.key in self._checked)
            self._flow.addWidget(chip)
        self._flow.addWidget(self._more)
        self._flow.addWidget(self._button)
        self._arrange()

    def _make(self, offer: Offer) -> Chip:
        chip = Chip(offer.text, offer.count, self)
        chip.clicked.connect(lambda: self.toggle(offer.key))
        self._chips[offer.key] = chip
        return chip

    def _arrange(self) -> None:
        """Show the chips that fit into the rows, with room for 更多… where some do not."""
        fixed = [offer for offer in self._offers if not offer.spare or offer.key in self._checked]
        spare = [offer for offer in self._offers if offer.spare and offer.key not in self._checked]
        shown = self._fitting(fixed, more=bool(spare))
        if len(shown) < len(fixed) and not spare:
            shown = self._fitting(fixed, more=True)
        keys = {offer.key for offer in shown}
        self._hidden = [offer for offer in self._offers if offer.key not in keys]
        for key, chip in self._chips.items():
            chip.setVisible(key in keys)
        self._more.setVisible(bool(self._hidden))
        self._flow.invalidate()
        self.updateGeometry()

    def _fitting(self, offers: list[Offer], *, more: bool) -> list[Offer]:
        """Return the offers that fit; what is checked is let in before what is not."""
        by_need = sorted(offers, key=lambda offer: offer.key not in self._checked)
        kept: set[str] = set()
        for offer in by_need:
            tried = [other for other in offers if other.key in kept or other is offer]
            if self._rows(tried, more=more) > MOST_ROWS:
                break
            kept.add(offer.key)
        return [offer for offer in offers if offer.key in kept]

    def _rows(self, offers: list[Offer], *, more: bool) -> int:
        """Return how many rows the chips of these offers take."""
        widths = [self._chips[offer.key].sizeHint().width() for offer in offers]
        if more:
            widths.append(self._more.sizeHint().width())
        if self._wants_button:
            widths.append(self._button.sizeHint().width())
        room, rows, x = max(1, self.width()), 1, 0
        for width in widths:
            if x and x + min(width, room) > room:
                rows, x = rows + 1, 0
            x += width + SPACING
        return rows

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
