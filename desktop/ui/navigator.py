"""Going places in the text: back and forward, the address in view, the place kept from one start to the next."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from desktop.model.settings import aim_of, place_of
from desktop.model.span import Span
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session

_NOWHERE = -1
_KEPT = 200
"""How many places are kept to go back to."""
_EYE = 0.25
"""How far down the view the eye of a reader rests, as a share of its height."""
_SETTLED_MS = 400
"""How long the text must stand still until its place is stored."""


class _Stop(NamedTuple):
    """A view of a text: the code point it begins with, and the one the user went to in it, -1 for none."""

    edition_id: str
    top: int
    aim: int


class Navigator(QObject):
    """Moves the reader, and remembers where it was.

    `moved` carries the code point in view after any movement; `history_changed` says that back or forward may now be
    possible or impossible.
    """

    moved = Signal(int)
    history_changed = Signal()

    def __init__(self, session: Session, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._back: list[_Stop] = []
        self._forward: list[_Stop] = []
        self._target: tuple[int, int] | None = None
        self._unkept: _Stop | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self.keep_place)
        reader.scrolled.connect(self._on_scrolled)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place to go forward to."""
        return bool(self._forward)

    def go_to(self, offset: int, *, flash: Span | None = None) -> None:
        """Go to a place in the text (code point) and remember where we came from."""
        self.remember()
        self._arrive_at(offset, flash)

    def aim(self, offset: int) -> None:
        """Take a code point for the place the user is at, as long as the view stays as it is."""
        self._target = (offset, self._reader.top())
        self._settled.start()
        self.moved.emit(offset)

    def remember(self) -> None:
        """Remember the view, for going back to it."""
        self._note_stop(self._back)
        self._forward.clear()
        self.history_changed.emit()

    def go_to_edition(self, edition_id: str, offset: int | None = None, *, flash: Span | None = None) -> None:
        """Open a text of the library, at a place (code point) or where it was left; remember where we came from."""
        self.remember()
        self._session.open_edition(edition_id)
        reading = self._session.reading
        if offset is not None and reading is not None and reading.edition.id == edition_id:
            self._arrive_at(offset, flash)
        self.history_changed.emit()

    def back(self) -> None:
        """Go to the place before this one."""
        self._travel(self._back, self._forward)

    def forward(self) -> None:
        """Go to the place we came back from."""
        self._travel(self._forward, self._back)

    def arrived(self) -> None:
        """Say where the view is, after another text came into it; where the one before was left is stored."""
        if self._unkept is not None:
            self._keep(self._unkept)
            self._unkept = None
        reading = self._session.reading
        aim = self._session.setting(aim_of(reading.edition.id)) if reading is not None else _NOWHERE
        self._target = (aim, self._reader.top()) if aim != _NOWHERE else None
        self.moved.emit(self.in_view())

    def step_clause(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) clause of the text."""
        if self._session.reading is None:
            return
        here = self.in_view()
        starts = [node.clause.start for node in self._session.reading.outline.nodes if not node.clause.implied]
        onward = [start for start in starts if (start > here if direction > 0 else start < here)]
        if onward:
            self.go_to(onward[0] if direction > 0 else onward[-1])

    def keep_place(self) -> None:
        """Store the place in view for the next start."""
        self._settled.stop()
        self._unkept = None
        if (here := self._here()) is not None:
            self._keep(here)

    def in_view(self) -> int:
        """Return the place the user is reading (code point): where they went, or what scrolled to their eye.

        The eye rests in the upper part of the view. Towards both ends of the text it moves to its first and last line,
        so that every clause comes into view once.
        """
        if self._target is not None and self._target[1] == self._reader.top():
            return self._target[0]
        self._target = None
        bar, height = self._reader.verticalScrollBar(), self._reader.viewport().height()
        eye = int(height * _EYE)
        above, below = bar.value() - bar.minimum(), bar.maximum() - bar.value()
        row = min(eye, above) if above < eye else max(eye, height - below - 1)
        return self._reader.hit_offset(QPoint(self._reader.viewport().width() // 2, row))

    def _arrive_at(self, offset: int, flash: Span | None) -> None:
        self._reader.go_to(offset, flash=flash)
        self._reader.set_caret(offset)
        self.aim(offset)

    def _on_scrolled(self, _: int) -> None:
        in_view = self.in_view()
        self._unkept = self._here()
        self._settled.start()
        self.moved.emit(in_view)

    def _here(self) -> _Stop | None:
        """Return the view as it is now."""
        if self._session.reading is None:
            return None
        top = self._reader.top()
        aim = self._target[0] if self._target is not None and self._target[1] == top else _NOWHERE
        return _Stop(self._session.reading.edition.id, top, aim)

    def _keep(self, stop: _Stop) -> None:
        self._session.remember(place_of(stop.edition_id), stop.top)
        self._session.remember(aim_of(stop.edition_id), stop.aim)

    def _note_stop(self, stops: list[_Stop]) -> None:
        if (here := self._here()) is not None:
            if not stops or stops[-1] != here:
                stops.append(here)
            del stops[:-_KEPT]

    def _travel(self, source: list[_Stop], target: list[_Stop]) -> None:
        if not source:
            return
        stop = source.pop()
        self._note_stop(target)
        self._session.open_edition(stop.edition_id)
        reading = self._session.reading
        if reading is not None and reading.edition.id == stop.edition_id:  # it may have been removed meanwhile
            self._reader.set_top(stop.top)
            if stop.aim != _NOWHERE:
                self.aim(stop.aim)
        self.history_changed.emit()
