"""What completes the words in the search box, offered beneath it; nothing has to be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget

from desktop.services.completing import MOST, Offer, Part, offers_for, part_before, values_in, word_offers
from desktop.text.utf16 import Utf16Map
from desktop.ui.search_box import SearchBox
from desktop.ui.search_worker import Kind, SearchWorker
from desktop.ui.session import Session
from desktop.ui.theme.roles import Role, set_role

if TYPE_CHECKING:
    from desktop.services.library_search import LibrarySearch

_WORDS = 5
"""So many words of the library are offered."""
_PAUSE_MS = 120
"""Words are looked up when the typing pauses so long: what is found comes first."""
_UNUSED_MS = 4000
"""Offers nobody takes go by themselves after so long: what was found lies beneath them."""
_NARROWEST = 200
"""The list is no narrower than this, in logical pixels; it lies over the text."""
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchOffers(QObject):
    """Shows offers while the user types. Tab takes the first; PgDn leads into the list, where arrows and Enter work.

    Until it was entered all other keys are those of the box. It closes when it isn't used for a while, when an input
    method composes and when the hits are walked; what was pasted isn't completed.
    """

    def __init__(self, session: Session, worker: SearchWorker, box: SearchBox, window: QWidget) -> None:
        super().__init__(box)
        self._session = session
        self._worker = worker
        self._box = box
        self._window = window
        self._part: Part | None = None
        self._offers: list[Offer] = []
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._unused = QTimer(self, singleShot=True, interval=_UNUSED_MS)
        self._unused.timeout.connect(self._close_unused)
        self._before = ""
        self.list = QListWidget(window)
        set_role(self.list, Role.POPUP)
        self.list.setAccessibleName("补全")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self.list.hide()
        box.textEdited.connect(self._follow)
        box.textChanged.connect(self._remember)
        box.composing.connect(self.close)
        box.installEventFilter(self)

    def shown(self) -> list[str]:
        """Return what is offered at this moment."""
        return [offer.text for offer in self._offers] if self.list.isVisible() else []

    def close(self) -> None:
        """Offer nothing."""
        self._part, self._offers = None, []
        self._pause.stop()
        self._unused.stop()
        self._worker.drop(Kind.OFFERS)
        self.list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that are for the list, while there is one."""
        if watched is self._box and self.list.isVisible():
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._do_key(event)
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Move):
                self.close()
        return super().eventFilter(watched, event)

    def _do_key(self, event: QKeyEvent) -> bool:
        key, row = event.key(), self.list.currentRow()
        alone = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Tab and alone:
            self._take(max(0, row))
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key == Qt.Key.Key_PageDown and alone:
            self.list.setCurrentRow(max(0, row))
        elif row >= 0 and alone and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(row + (1 if key == Qt.Key.Key_Down else -1))
        elif row >= 0 and alone and key in _ENTERS:
            self._take(row)
        else:
            if key in (Qt.Key.Key_Down, *_ENTERS):
                self.close()
            return False
        return True

    def _walk(self, row: int) -> None:
        """Go to a row; above the first one the list is left."""
        if row < 0:
            self.list.setCurrentRow(-1)
            self.list.clearSelection()
        else:
            self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _remember(self, text: str) -> None:
        self._before = text

    def _close_unused(self) -> None:
        """Close the list, unless it was entered."""
        if self.list.currentRow() < 0:
            self.close()

    def _follow(self, text: str) -> None:
        """Complete what is typed or composed; what came in one piece was pasted."""
        if _inserted(self._before, text) > 1 and not self._box.committing:
            self.close()
        else:
            self._complete(text)

    def _complete(self, text: str) -> None:
        """Offer what completes the word before the caret; words of the library come when they are found."""
        caret = Utf16Map(text).to_code_point(self._box.cursorPosition())
        part = self._part = part_before(text, caret)
        blank = part is not None and part.field is None and not part.value
        if part is None or blank or not self._session.attached:
            self.close()
            return
        values = values_in(self._session.library, [pen.name for pen in self._session.pens])
        self._show(offers_for(part, values))
        self._worker.drop(Kind.OFFERS)
        if part.is_word:
            self._pause.start()

    def _ask(self) -> None:
        if (part := self._part) is not None:
            self._worker.ask(Kind.OFFERS, _suggesting(part.value), lambda words: self._add(part, words))

    def _add(self, part: Part, words: Sequence[str]) -> None:
        if part is self._part and self._box.hasFocus():
            entered = self.list.currentRow()
            self._show((self._offers + word_offers(part, words))[:MOST])
            self.list.setCurrentRow(entered)

    def _show(self, offers: list[Offer]) -> None:
        self._offers = offers
        self.list.clear()
        self.list.addItems([offer.text for offer in offers])
        self.list.setCurrentRow(-1)
        if not offers:
            self.list.hide()
            return
        frame = 2 * self.list.frameWidth() + 4
        width = min(self._box.width(), max(_NARROWEST, self.list.sizeHintForColumn(0) + 3 * frame))
        self.list.resize(QSize(width, len(offers) * self.list.sizeHintForRow(0) + frame))
        self.list.move(self._box.mapTo(self._window, QPoint(0, self._box.height() + 2)))
        self.list.raise_()
        self.list.show()
        self._unused.start()

    def _take(self, row: int) -> None:
        """Put an offer in the place of what it completes."""
        part, offer = self._part, self._offers[row]
        self.close()
        if part is None:
            return
        units = Utf16Map(self._box.text())
        start, end = units.to_utf16(part.start), units.to_utf16(part.start + len(part.value))
        self._box.setSelection(start, end - start)
        self._box.insert(offer.insert)
        if offer.insert.endswith(":"):
            self._complete(self._box.text())


def _inserted(before: str, after: str) -> int:
    """Return how many characters came into a text at one place."""
    same = _alike(before, after)
    return len(after) - same - _alike(before[same:][::-1], after[same:][::-1])


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _suggesting(prefix: str) -> Callable[[LibrarySearch, Callable[[], bool]], object]:
    def find(search: LibrarySearch, _stop: Callable[[], bool]) -> tuple[str, ...]:
        return search.suggest(prefix, _WORDS)

    return find
