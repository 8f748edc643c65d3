"""Words that stand unusually often with what a search in the library found, offered above the list to narrow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.search import Mode, Where
from desktop.ui.finder import Finder
from desktop.ui.search_box import Scope
from desktop.ui.search_worker import Kind, SearchWorker

if TYPE_CHECKING:
    from desktop.services.library_search import LibrarySearch

_SETTLED_MS = 500
"""How long nothing is typed before words are looked for: it costs the worker a tenth of a second."""
_MOST = 200
"""In so many of the sentences listed they are looked for."""


class WordsBeside(QObject):
    """Asks whenever the list has stood still for a while; `changed` says that `words` are others, or none."""

    changed = Signal()

    def __init__(self, finder: Finder, worker: SearchWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._finder = finder
        self._worker = worker
        self._found_by = ""
        self.words: tuple[str, ...] = ()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        finder.found.connect(self._follow)
        finder.switched.connect(self._forget)

    def _follow(self) -> None:
        """Ask anew, where other words are sought; a change of the marks finds the same words again."""
        if self._finder.words != self._found_by or not self.words:
            self._forget()
            self._settled.start()

    def _forget(self) -> None:
        self._settled.stop()
        self._worker.drop(Kind.WORDS)
        self._show(())

    def _ask(self) -> None:
        finder = self._finder
        if finder.scope is not Scope.LIBRARY or finder.mode is not Mode.WORDS or finder.message:
            return
        texts = {hit.context: None for hit in finder.hits[: 2 * _MOST] if hit.where is Where.TEXT}
        if texts:
            self._found_by = finder.words
            self._worker.ask(Kind.WORDS, _finding(finder.words, list(texts)[:_MOST]), self._show)

    def _show(self, words: tuple[str, ...]) -> None:
        if words != self.words:
            self.words = words
            self.changed.emit()


def _finding(words: str, texts: Sequence[str]) -> Callable[[LibrarySearch, Callable[[], bool]], object]:
    def find(search: LibrarySearch, _stop: Callable[[], bool]) -> tuple[str, ...]:
        return search.beside(words, texts)

    return find
