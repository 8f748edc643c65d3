"""Reviewing what came of merges: the marks they brought, and what is undecided, one place after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.model.mark import Mark, in_text_order
from desktop.ui.conflicts import Conflicts
from desktop.ui.marking import Marking
from desktop.ui.navigator import Navigator
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.panels.marks_panel import MarksPanel

NOTHING_MERGED = "还没有合并过同事的标注"
NO_CONFLICT = "没有冲突：几个人改得不一样的地方都已经选定"


class Reviewing(QObject):
    """Leads the user through the cards of 标注, from one file to the next.

    `arrived` tells at which conflict, of how many.
    """

    arrived = Signal(int, int)

    def __init__(
        self,
        session: Session,
        navigator: Navigator,
        marking: Marking,
        conflicts: Conflicts,
        panel: Callable[[], MarksPanel],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._navigator = navigator
        self._marking = marking
        self._conflicts = conflicts
        self._panel = panel

    def show_merged(self) -> None:
        """Show the marks that came with the last merge: of the text in view, else of the one that has most of them."""
        from desktop.ui.widgets.mark_filters import MERGED

        merged = self._session.merged
        if all(mark.id not in merged for mark in self._session.marks):
            marks = self._session.library.marks
            editions = self._session.library.editions.summaries()
            counts = {one.id: len(merged.intersection(marks.ids_on(one.id))) for one in editions}
            edition_id = max(counts, key=counts.__getitem__, default="")
            if not counts.get(edition_id):
                self._session.said.emit(NOTHING_MERGED)
                return
            self._navigator.go_to_edition(edition_id)
        self._panel().ask_for(MERGED)

    def next_conflict(self) -> None:
        """Go to the next mark about which something is undecided, behind the last one again to the first."""
        places = self._undecided()
        if not places:
            self._session.said.emit(NO_CONFLICT)
            return
        number = self._next(places)
        mark = places[number]
        self._navigator.go_to_edition(mark.edition_id, None if mark.lost else mark.span.start)
        self._marking.set_current([mark.id])
        self._panel().reveal(mark.id)
        self.arrived.emit(number + 1, len(places))

    def decide(self) -> None:
        """Have the conflict of the current mark decided; where there is none, go to the next one."""
        here = next(filter(self._session.conflicts_of, self._marking.current), None)
        if here is not None:
            self._conflicts.decide(here)
        else:
            self.next_conflict()

    def _undecided(self) -> list[Mark]:
        """Return the marks about which something is undecided, as they follow one another in the list of files."""
        library = self._session.library
        order = {one.id: number for number, one in enumerate(library.editions.summaries())}
        seen, get = self._session.mark, library.marks.get  # most are in view, and there may be thousands
        found = [seen(mark_id) or get(mark_id) for mark_id in self._session.conflicting()]
        marks = [mark for mark in found if mark is not None and mark.edition_id in order]
        return sorted(marks, key=lambda mark: (order[mark.edition_id], *in_text_order(mark)))

    def _next(self, places: list[Mark]) -> int:
        """Return which of these marks comes behind the current one, or behind the place in view."""
        ids = [mark.id for mark in places]
        current = next((mark_id for mark_id in self._marking.current if mark_id in ids), None)
        if current is not None:
            return (ids.index(current) + 1) % len(ids)
        reading, offset = self._session.reading, self._navigator.in_view()
        here = [n for n, mark in enumerate(places) if reading is not None and mark.edition_id == reading.edition.id]
        return next((n for n in here if places[n].span.start >= offset), here[0] if here else 0)
