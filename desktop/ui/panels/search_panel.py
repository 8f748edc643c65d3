"""The panel 搜索: every place where the words stand, in text, notes and tags, each with its context."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedLayout, QVBoxLayout, QWidget

from desktop.model.search import Hit, Where
from desktop.ui.delegates.hits_delegate import HitsDelegate
from desktop.ui.models.hits_model import GROUPS, HitRole, HitsModel
from desktop.ui.theme.tokens import UNIT, Theme
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.row_list import RowList

EMPTY = "在上方输入要找的文字，一个字起就能找。\n正文、批注和标签一起找。"


class SearchPanel(QWidget):
    """Lists the hits of a search. `hit_activated` carries the index of the hit the user walked to or chose."""

    hit_activated = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HitsModel(self)
        self._delegate = HitsDelegate(theme, self)
        self.list = RowList()
        self.list.setAccessibleName("搜索结果")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self._model)
        self.setFocusProxy(self.list)
        self._empty = EmptyState(EMPTY)
        self._counts = QWidget()
        self.chips: dict[Where, Chip] = {}
        self._lay_out()
        for chosen in (self.list.walked, self.list.confirmed, self.list.clicked):
            chosen.connect(self._activate)
        self.clear()

    def show_hits(self, words: str, hits: Sequence[Hit], addresses: Callable[[Hit], str]) -> None:
        """Show what was found for `words`; `addresses` tells how people name the place of a hit."""
        self._fill(hits, addresses)
        if not hits:
            self._say(f"没有找到“{words}”。\n可以少输几个字，或换一个说法。" if words else EMPTY)

    def set_current(self, index: int | None) -> None:
        """Show which hit is the current one, by its index; nothing is emitted."""
        row = self._model.index_of(index) if index is not None else QModelIndex()
        self.list.setCurrentIndex(row)
        if not row.isValid():
            self.list.clearSelection()

    def clear(self) -> None:
        """Show that nothing is searched for."""
        self.show_hits("", (), lambda _hit: "")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def _lay_out(self) -> None:
        flow = FlowLayout(self._counts)
        flow.setContentsMargins(10, 0, 10, 2 * UNIT)
        for where, name in GROUPS.items():
            chip = Chip(name)
            chip.setCheckable(False)
            chip.clicked.connect(lambda _checked=False, where=where: self._show_group(where))
            flow.addWidget(chip)
            self.chips[where] = chip
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._counts)
        layout.addWidget(pages, 1)

    def _fill(self, hits: Sequence[Hit], addresses: Callable[[Hit], str]) -> None:
        self._model.show(hits, addresses)
        counts = self._model.counts()
        for where, chip in self.chips.items():
            chip.set_count(counts.get(where))
            chip.setVisible(where in counts)
            chip.setToolTip(f"转到{GROUPS[where]}里的第一处")
        self._counts.setVisible(bool(counts))
        self._pages.setCurrentWidget(self.list)

    def _say(self, words: str) -> None:
        self._empty.set_text(words)
        self._pages.setCurrentWidget(self._empty)

    def _show_group(self, where: Where) -> None:
        """Bring the beginning of a group to the top of the list."""
        heading = self._model.heading_of(where)
        if heading.isValid():
            self.list.scrollTo(heading, QAbstractItemView.ScrollHint.PositionAtTop)
        else:
            self.list.scrollToTop()

    def _activate(self, index: QModelIndex) -> None:
        hit = index.data(HitRole.HIT)
        if hit is not None and hit >= 0:
            self.hit_activated.emit(hit)
