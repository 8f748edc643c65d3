"""The search box, the list of hits and the tree, tied to what the finder finds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.model.search import Hit
from desktop.ui.columns import Columns
from desktop.ui.finder import Finder
from desktop.ui.panels.search_panel import SearchPanel
from desktop.ui.search_box import SearchBox
from desktop.ui.session import Session
from desktop.ui.side import Side

_LONGEST_SELECTION = 40


class Searching(QObject):
    """Searches as the user types, and shows the hits in the right column.

    `left` goes back to the text: the hits stay there to be walked, until Esc in the text ends the search.
    """

    left = Signal()

    def __init__(self, session: Session, finder: Finder, box: SearchBox, columns: Columns, side: Side) -> None:
        super().__init__(box)
        self._session = session
        self._finder = finder
        self._box = box
        self._columns = columns
        self._side = side
        self._shown = ""
        box.entered.connect(finder.start)
        box.textChanged.connect(finder.search)
        box.stepped.connect(finder.step)
        box.list_requested.connect(self._enter_hits)
        box.left.connect(self.left)
        finder.found.connect(self._show)
        finder.stepped.connect(self._show_current)

    def begin(self, selected: str) -> None:
        """Put the focus into the box, with the words selected in the text, if any, as a first try."""
        self._finder.start()
        if selected and "\n" not in selected and len(selected) <= _LONGEST_SELECTION:
            self._box.setText(selected)
        self._box.setFocus()
        self._box.selectAll()

    def end(self) -> None:
        """Forget the words and their hits."""
        self._box.clear()

    def connect_panel(self, panel: SearchPanel) -> None:
        """Take in the list of hits, which is built when it is first shown."""
        panel.hit_activated.connect(self._finder.go)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), panel, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def address(self, hit: Hit) -> str:
        """Return how people name the place of a hit."""
        reading = self._session.reading
        mark = self._session.mark(hit.mark_id) if hit.mark_id else None
        if reading is None:
            return ""
        return reading.address_of(mark) if mark else reading.address(hit.offset)

    def _show(self) -> None:
        finder = self._finder
        self._box.set_count(finder.count_text())
        self._side.set_count("search", len(finder.hits))
        if finder.words and finder.words != self._shown:
            # Only other words bring the list forward: a change of the marks finds again, and must not take the
            # column from a user who is writing in it, or who closed it.
            self._columns.ask_for("right")
            self._side.open("search")
        elif not finder.words and self._side.current == "search" and self._side.built("search"):
            self._side.open("marks")
        self._shown = finder.words
        panel = self._side.built("search")
        if isinstance(panel, SearchPanel):
            panel.show_hits(finder.words, finder.hits, self.address)

    def _show_current(self, index: int) -> None:
        panel = self._side.built("search")
        if isinstance(panel, SearchPanel):
            panel.set_current(index if index >= 0 else None)
        self._box.set_count(self._finder.count_text())

    def _enter_hits(self) -> None:
        panel = self._side.built("search")
        if self._finder.hits and panel is not None:
            panel.setFocus()
