"""Clauses like the one in view, looked for while their panel is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.span import Span
from desktop.ui.navigator import Navigator
from desktop.ui.panels.related_panel import NO_CLAUSE, NO_INDEX, RelatedPanel
from desktop.ui.search_worker import Kind, Progress, SearchWorker
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.model.outline import Node
    from desktop.services.library_search import LibrarySearch, RelatedClause
    from desktop.services.reading import Reading

_SETTLED_MS = 250
"""How long the text must stand still before it is asked what is like it."""


class Relating(QObject):
    """Fills the panel whenever another clause comes into view. `left` gives the focus back to the text."""

    left = Signal()

    def __init__(
        self, session: Session, navigator: Navigator, worker: SearchWorker, panel: RelatedPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._navigator = navigator
        self._worker = worker
        self._panel = panel
        self._shown: tuple[str, int] | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        navigator.moved.connect(lambda _offset: self._settled.start())
        session.changed.connect(self._forget)
        session.opened.connect(self._forget)
        worker.progressed.connect(self._on_progress)
        panel.wanted.connect(self._ask)
        panel.left.connect(self.left)
        panel.clause_activated.connect(self._go)

    def _forget(self) -> None:
        self._shown = None
        self._settled.start()

    def _on_progress(self, progress: Progress | None) -> None:
        if progress is None:  # the index is whole
            self._forget()

    def _ask(self) -> None:
        """Ask for clauses like the one in view, unless they are shown already or nobody sees them."""
        if not self._panel.isVisible():
            return
        reading = self._session.reading
        node = _clause_in_view(reading, self._navigator.in_view()) if reading is not None else None
        if reading is None or node is None:
            self._worker.drop(Kind.RELATED)
            self._forget_shown()
            self._panel.say(NO_CLAUSE)
            return
        place = (reading.edition.id, node.numbered.start)
        if place == self._shown:
            return
        self._shown = place
        address = reading.address(node.numbered.start).split(" · 第1句")[0]
        show = partial(self._show, place, address)
        self._worker.ask(Kind.RELATED, _finding(*place), show, self._forget_shown)

    def _forget_shown(self) -> None:
        self._shown = None

    def _show(self, place: tuple[str, int], address: str, found: list[RelatedClause] | None) -> None:
        if found is None:
            self._shown = None
            self._panel.say(NO_INDEX)
            self._worker.catch_up()
        else:
            self._panel.show_clauses(address, found, place[0])

    def _go(self, clause: RelatedClause) -> None:
        self._navigator.go_to_edition(clause.edition_id, clause.span.start, flash=_first_line(clause))
        self.left.emit()


def _clause_in_view(reading: Reading, offset: int) -> Node | None:
    """Return the clause at a code point; above the first one, the first."""
    nodes = (node for node in reading.outline.nodes if not node.clause.implied)
    return reading.outline.at(offset) or next(nodes, None)


def _first_line(clause: RelatedClause) -> Span:
    """Return the first line of a clause, which is shown for a moment."""
    return Span(clause.span.start, clause.span.start + len(clause.text.split("\n", 1)[0]))


def _finding(edition_id: str, offset: int) -> Callable[[LibrarySearch, Callable[[], bool]], object]:
    def find(search: LibrarySearch, _stop: Callable[[], bool]) -> list[RelatedClause] | None:
        return search.related(edition_id, offset)

    return find
