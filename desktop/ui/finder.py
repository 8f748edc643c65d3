"""The search as the user sees it: what is found, which hit is the current one, and going from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.model.search import Hit, Where
from desktop.model.span import Span
from desktop.services.searching import search_reading
from desktop.ui.navigator import Navigator
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session


class Finder(QObject):
    """Holds the words, the hits and the current hit of the text in view.

    `found` says that the words or the hits changed, `stepped` that another hit is the current one (its index, or -1).
    """

    found = Signal()
    stepped = Signal(int)

    def __init__(self, session: Session, reader: Reader, navigator: Navigator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._navigator = navigator
        self._from = 0
        self.words = ""
        self.hits: list[Hit] = []
        self.current: int | None = None
        self._clauses = 0
        session.changed.connect(self._refresh)
        session.opened.connect(self._refresh)

    def start(self) -> None:
        """Remember the place from which the search that now begins looks for its first hit; back leads there."""
        caret = self._reader.caret()
        self._from = caret if caret in range(*self._reader.seen()) else self._reader.top()
        self._navigator.remember()

    def search(self, words: str) -> None:
        """Find words as they are typed, and make the first hit from here on the current one."""
        self.words = words.strip()
        self._collect()
        after = (i for i, hit in enumerate(self.hits) if hit.where is Where.TEXT and hit.offset >= self._from)
        self.current = next(after, 0 if self.hits else None)
        self.found.emit()
        self._show()

    def clear(self) -> None:
        """Forget the search."""
        self.words, self.hits, self.current = "", [], None
        self.found.emit()
        self._paint()

    def step(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) hit, round the end."""
        if self.hits:
            self.go(((self.current if self.current is not None else -direction) + direction) % len(self.hits))

    def go(self, index: int) -> None:
        """Make a hit the current one and bring it into view."""
        if 0 <= index < len(self.hits):
            self.current = index
            self._show()

    def count_text(self) -> str:
        """Return what stands beside the words: "第 12 / 97 处 · 22 条", "没有找到", or nothing."""
        if not self.words:
            return ""
        if not self.hits:
            return "没有找到"
        place = f"第 {self.current + 1} / {len(self.hits)} 处" if self.current is not None else f"{len(self.hits)} 处"
        return f"{place} · {self._clauses} 条" if self._clauses else place

    def text_spans(self) -> list[Span]:
        """Return the hits in the text (code points), in order."""
        return [hit.span for hit in self.hits if hit.where is Where.TEXT]

    def _count_clauses(self) -> int:
        """Return how many clauses hold a hit; items and paragraphs count with the numbered clause above them."""
        if self._session.reading is None:
            return 0
        nodes = (self._session.reading.outline.at(hit.offset) for hit in self.hits)
        return len({node.numbered.start for node in nodes if node is not None})

    def _refresh(self) -> None:
        """Search again after the text or its marks changed, keeping the current hit where it still stands."""
        if not self.words:
            return
        before = self.hits[self.current] if self.current is not None and self.current < len(self.hits) else None
        self._collect()
        self.current = self.hits.index(before) if before in self.hits else (0 if self.hits else None)
        self.found.emit()
        self._paint()
        self.stepped.emit(-1 if self.current is None else self.current)

    def _collect(self) -> None:
        reading = self._session.reading
        self.hits = search_reading(reading, self._session.marks, self.words) if reading and self.words else []
        self._clauses = self._count_clauses()

    def _show(self) -> None:
        self._paint()
        if self.current is not None:
            hit = self.hits[self.current]
            mark = self._session.mark(hit.mark_id) if hit.mark_id else None
            self._reader.ensure_visible(mark.span if mark else hit.span)
            self._reader.set_caret(hit.offset)  # what is done next is done here
            self._navigator.aim(hit.offset)
        self.stepped.emit(-1 if self.current is None else self.current)

    def _paint(self) -> None:
        spans = self.text_spans()
        current = self.current if self.current is not None and self.current < len(spans) else None
        self._reader.set_hits(spans, current)
