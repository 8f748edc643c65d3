"""The search as the user sees it: what is found, which hit is the current one, and going from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.search import Found, Hit, Mode, Order, Page, Request, Totals, Where, Within
from desktop.model.settings import SEARCH_ORDER, SEARCH_WITHIN
from desktop.model.span import Span
from desktop.search.units import section_at
from desktop.services.finding import Answer, search_reading
from desktop.services.wording import may_be_letters
from desktop.ui.marking import painted
from desktop.ui.models.hits_model import Aside
from desktop.ui.navigator import Navigator
from desktop.ui.reader.marks import MarkIndex
from desktop.ui.reader.reader import Reader
from desktop.ui.search_box import Scope
from desktop.ui.search_worker import Kind, SearchWorker
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.model.changes import Changes
    from desktop.services.library_search import LibrarySearch

E = TypeVar("E", Order, Within)
_Answer = tuple[Page, dict[str, MarkIndex]]

LONG = 200_000
"""Texts of more code points are searched on the worker's thread: on ours one would feel it while typing."""
FIRST, MORE = 50, 200
"""How many hits of the library come at first, and each time more are wanted."""
_AHEAD = 20
"""More hits are fetched when so many are left to be walked; those of one sentence are one step."""
_MOST_AT_ONCE = 5000
"""So many hits that aren't listed yet are fetched to go back from the first to the last."""
_PATIENCE_MS = 300
"""How long an answer may take before the count says that it is awaited."""
_KINDS = (Kind.TEXT, Kind.PAGE, Kind.MORE, Kind.TOTALS)


_NO_PAGE = Page(())
_LOST = "搜索没有完成，请改一改文字再试"


@dataclass(slots=True)
class _Listed:
    """What is listed: hits as far as they are there, the page that came last, and how many there are in all.

    The number is None until it is known.
    """

    hits: list[Found] = field(default_factory=list)
    last: Page = _NO_PAGE
    totals: Totals | None = None


class Finder(QObject):
    """Holds the words, where and how they are searched, the hits and the current one.

    The hits in the text in view are always known: they are painted, and counted in the tree. In the scope of the
    document they are the list; in that of the library the list comes from the worker, page by page.

    `found` says that the words or the list changed, `grown` that hits were added at its end, `counted` that their
    number is known, `stepped` that another hit is the current one (its index, or -1), `switched` that another scope,
    mode or order holds. `painted` says that other hits are shown in the text.
    """

    found = Signal()
    grown = Signal()
    counted = Signal()
    painted = Signal()
    stepped = Signal(int)
    switched = Signal()

    def __init__(
        self,
        session: Session,
        reader: Reader,
        navigator: Navigator,
        worker: SearchWorker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._navigator = navigator
        self._worker = worker
        self._from = 0
        self._listed = _Listed()
        self._spans: list[Span] = []
        self._read_anew: list[Span] = []
        self._marks: dict[str, MarkIndex] = {}
        self._wanted: int | None = None
        self._fetching = False
        self._awaited = False
        self._stays = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.counted)
        self.words = ""
        self.current: int | None = None
        self.scope = Scope.DOCUMENT
        self.mode = Mode.WORDS
        self.order = _chosen(Order, session.setting(SEARCH_ORDER))
        self.within = _chosen(Within, session.setting(SEARCH_WITHIN))
        worker.readied.connect(self._on_readied)
        session.changed.connect(self._on_changed)
        session.opened.connect(self._on_opened)

    # What was found.

    @property
    def places(self) -> Sequence[Found]:
        """The hits that are listed, as far as they are there."""
        return self._listed.hits

    @property
    def hits(self) -> list[Hit]:
        """The hits that are listed, without their places."""
        return [found.hit for found in self._listed.hits]

    @property
    def totals(self) -> Totals | None:
        """How many hits there are in all, once that is known."""
        return self._listed.totals

    @property
    def more(self) -> bool:
        """Whether there are hits that are not listed yet."""
        return self._listed.last.more

    @property
    def ranked(self) -> bool:
        """Whether the best hits are listed first."""
        return self._listed.last.ranked

    @property
    def message(self) -> str:
        """How the words were read, where that was not to the letter."""
        return self._listed.last.message

    @property
    def waiting(self) -> bool:
        """Whether the answer takes its time."""
        return self._awaited and not self._patience.isActive()

    @property
    def settled(self) -> bool:
        """Whether everything that was asked is answered."""
        return not self._awaited and (self._listed.totals is not None or not self.words)

    @property
    def elsewhere(self) -> bool:
        """Whether the current hit stands in another document than the one in view."""
        hit = self._current_hit()
        return hit is not None and not self._in_view(hit.edition_id)

    def text_spans(self) -> list[Span]:
        """Return the hits in the text in view (code points), in order."""
        return self._spans

    def count_text(self) -> str:
        """Return what stands beside the words: "第 12 / 97 处 · 22 条", "第 3 / 50+ 处", "没有找到", or nothing."""
        if not self.words:
            return ""
        if self.waiting:
            return "正在找…"
        totals, hits = self._listed.totals, len(self._listed.hits)
        if not hits:
            return "" if self._awaited else "没有找到"
        number = self._number()
        place = f"第 {self.current + 1} / {number} 处" if self.current is not None else f"{number} 处"
        return f"{place} · {totals.units} 条" if totals is not None and totals.units else place

    def short_count(self) -> str:
        """Return the same where there is little room: "12/97", "3/50+", "无"."""
        hits = self._listed.hits
        if not self.words or self.waiting or not hits:
            return "无" if self.words and not hits and not self._awaited else ""
        number = self._number()
        return f"{self.current + 1}/{number}" if self.current is not None else number

    def _number(self) -> str:
        """Return how many hits there are, "50+" where that isn't known yet, or was not counted to the end."""
        totals, hits = self._listed.totals, len(self._listed.hits)
        if totals is None or totals.message:
            return f"{max(hits, totals.hits if totals else 0)}{'+' if self.more or totals else ''}"
        return str(totals.hits)

    def request(self, edition_id: str | None = None) -> Request:
        """Return what is searched for, in one edition or in the whole library."""
        return Request(self.words, self.mode, self.order, self.within, edition_id)

    def aside(self, row: Sequence[Found]) -> Aside:
        """Return what is told beside the hits of one sentence, note or tag."""
        found, hit = row[0], row[0].hit
        reading = self._session.reading
        here = reading is not None and reading.edition.id == hit.edition_id
        mark = self._session.mark(hit.mark_id) if here and hit.mark_id else None
        address = found.address
        if reading is not None and here and not address:
            address = reading.address_of(mark) if mark else reading.address(hit.offset)
        marks = self._reader.page.marks if here else self._marks.get(hit.edition_id)
        if marks is None:
            return Aside(address)
        if hit.mark_id is not None:
            there = [one for one in marks.overlapping(Span(hit.offset, hit.offset + 1)) if one.id == hit.mark_id]
        else:
            stretch = Span(hit.span.start, row[-1].hit.span.end)
            there = [one for one in marks.overlapping(stretch) if not one.on_clause]
        pens = {one.pen: None for one in there if one.pen is not None}
        private = hit.mark_id is not None and any(one.private for one in there)
        return Aside(address, tuple(pens), note=any(one.has_note for one in there), private=private)

    def listed_request(self) -> Request:
        """Return what the worker is asked to list."""
        reading = self._session.reading
        here = self.scope is Scope.DOCUMENT and reading is not None
        return self.request(reading.edition.id if here and reading is not None else None)

    # Searching.

    def start(self) -> None:
        """Remember the place from which the search that now begins looks for its first hit; back leads there."""
        caret = self._reader.caret()
        self._from = caret if caret in range(*self._reader.seen()) else self._reader.top()
        self._navigator.remember()

    def search(self, words: str) -> None:
        """Find words as they are typed; in the document the first hit from here on becomes the current one."""
        self.words = words if self.mode is not Mode.WORDS and words.strip() else words.strip()
        self._search(None)

    def clear(self) -> None:
        """Forget the search."""
        self.search("")

    def switch(
        self,
        *,
        scope: Scope | None = None,
        mode: Mode | None = None,
        order: Order | None = None,
        within: Within | None = None,
    ) -> None:
        """Search elsewhere or in another way for the same words; order and `within` are remembered."""
        before = (self.scope, self.mode, self.order, self.within)
        self.scope, self.mode = scope or self.scope, mode or self.mode
        self.order, self.within = order or self.order, within or self.within
        if (self.scope, self.mode, self.order, self.within) == before:
            return
        if order is not None:
            self._session.remember(SEARCH_ORDER, str(order))
        if within is not None:
            self._session.remember(SEARCH_WITHIN, str(within))
        self.switched.emit()
        self._search(None)

    def fetch_more(self, size: int = MORE) -> None:
        """Have about `size` further hits come, where there are any."""
        if not self.more or self._fetching:
            return
        self._fetching = True
        find = self._finding(size, after=self._listed.last)
        self._worker.ask(Kind.MORE, find, self._take_more, self._lose_more)

    # Walking.

    def step(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) hit, round the end; where hits are still to come, they come."""
        count = len(self._listed.hits)
        if not count:
            return
        before = -1 if direction > 0 else 0
        target = (before if self.current is None else self.current) + direction
        if target >= count and self.more:
            self._wanted = target
            self.fetch_more()
        elif target >= 0 or not self.more:
            self.go(target % count)
        elif self._listed.totals is not None and self._listed.totals.hits - count <= _MOST_AT_ONCE:
            self._wanted = target
            self.fetch_more(_MOST_AT_ONCE)
        else:
            self._session.said.emit("已是第一处；后面的还没有全部列出，按 F3 往后走")

    def go(self, index: int) -> None:
        """Make a hit the current one and bring it into view, opening its document where that is another one."""
        if not 0 <= index < len(self._listed.hits):
            return
        self.current, self._wanted = index, None
        edition_id = self._listed.hits[index].hit.edition_id
        if not self._in_view(edition_id):
            self._navigator.go_to_edition(edition_id)
        self._show()

    def walk(self, index: int) -> None:
        """Make a hit the current one, and bring it into view where its document is open."""
        if not 0 <= index < len(self._listed.hits):
            return
        if self._in_view(self._listed.hits[index].hit.edition_id):
            self.go(index)
        else:
            self.current, self._wanted = index, None
            self._paint()
            self.stepped.emit(index)
        if index >= len(self._listed.hits) - _AHEAD:
            self.fetch_more()

    def _in_view(self, edition_id: str) -> bool:
        return self._session.reading is not None and self._session.reading.edition.id == edition_id

    # Following the session.

    def _on_changed(self, changes: Changes) -> None:
        self._worker.catch_up()
        # Fields ask for names: of pens and authors, too. Nothing else the user can change is found but saved searches.
        if self.words and replace(changes, searches=frozenset()):
            self._search(self._current_hit(), again=True)

    def _on_readied(self) -> None:
        """Search anew what the index, or the words of the library, may answer in another way; the text stays there.

        A list that the user walks is not put into another order.
        """
        lettered = may_be_letters(self.request(), found=bool(self._listed.hits))
        rankable = self.order is Order.RANK and not self.ranked and self.current == self._first()
        if self.words and (lettered or rankable):
            self._search(self._current_hit(), again=True, stays=True)

    def _on_opened(self) -> None:
        if not self.words:
            return
        self._read_anew = []
        self._set_spans(())  # those of the text before mean nothing in this one, and the answer may take its time
        self._paint()
        if self.scope is Scope.DOCUMENT:
            self._search(self._current_hit())
        else:
            self._search_text()

    def _current_hit(self) -> Hit | None:
        return self._listed.hits[self.current].hit if self.current is not None else None

    # Asking.

    def _search(self, kept: Hit | None, *, again: bool = False, stays: bool = False) -> None:
        """Search; `kept` stays the current hit where it still stands, with `stays` the text where it is.

        What is searched for `again` in the same place is listed as far as it was.
        """
        self._stays = stays
        self._worker.drop(*_KINDS)
        self._fetching, self._wanted = False, None
        self._awaited = bool(self.words)
        self._patience.start() if self._awaited else self._patience.stop()
        if not self.words:
            self._set_spans(())
            self._take(_Listed(), None)
            return
        self._search_text(kept)
        if self._remote:
            self._search_library(kept, again=again)

    def _search_text(self, kept: Hit | None = None) -> None:
        """Find what stands in the text in view; what letters stand for is known to the worker alone."""
        reading, marks = self._session.reading, list(self._session.marks)
        if reading is None:
            self._take_text(Answer([]), kept)
            return
        request = self.request(reading.edition.id)
        if len(reading.text) <= LONG and self.mode is not Mode.REGEX:  # a pattern may take its time
            answer = search_reading(reading, marks, request, self._session.library)
            lettered = may_be_letters(request, found=bool(answer.hits))
            if answer.hits or not lettered:
                self._take_text(answer, kept)
            if not lettered:
                return
            kept = kept or self._current_hit() if answer.hits else kept

        def find(search: LibrarySearch, _stop: Callable[[], bool]) -> Answer:
            return search.in_reading(reading, marks, request)

        self._worker.ask(Kind.TEXT, find, lambda answer: self._take_text(answer, kept), self._lose_text)

    def _search_library(self, kept: Hit | None, *, again: bool) -> None:
        request = self.listed_request()
        size = max(FIRST, len(self._listed.hits)) if again else FIRST
        self._marks.clear()

        def count(search: LibrarySearch, stop: Callable[[], bool]) -> Totals:
            return search.totals(request, stop)

        self._worker.ask(
            Kind.PAGE, self._finding(size), lambda answer: self._take_first(answer, kept, again=again), self._lose
        )
        self._worker.ask(Kind.TOTALS, count, self._take_totals)

    def _finding(self, size: int, after: Page | None = None) -> Callable[[LibrarySearch, Callable[[], bool]], _Answer]:
        """Return what finds hits of the library and the marks at them, on the thread of the worker."""
        request, known, before = self.listed_request(), frozenset(self._marks), len(self._listed.hits)

        def find(search: LibrarySearch, _stop: Callable[[], bool]) -> _Answer:
            page = search.page(request, after, size, before)
            marks = search.marks({found.hit.edition_id for found in page.hits} - known)
            return page, {edition_id: MarkIndex(map(painted, there)) for edition_id, there in marks.items()}

        return find

    # Answers.

    def _take_text(self, answer: Answer, kept: Hit | None) -> None:
        spans = [hit.span for hit in answer.hits if hit.where is Where.TEXT]
        if self._remote:
            # Words that were read differently in this text were perhaps found to the letter in others.
            self._read_anew = spans if answer.message else []
            self._set_spans(() if answer.message and not self.message else spans)
            self._paint()
            return
        self._set_spans(spans)
        places, clauses = self._placed(answer.hits)
        page = Page((), message=answer.message, read_as=answer.read_as)
        self._take(_Listed(places, page, Totals(len(places), clauses)), kept)

    @property
    def _remote(self) -> bool:
        """Whether the list comes from the worker: that of the library, and that of the best hits first."""
        return self.scope is Scope.LIBRARY or self.order is Order.RANK

    def _placed(self, hits: Sequence[Hit]) -> tuple[list[Found], int]:
        """Return hits of the text in view with their sections, and how many clauses hold one.

        Addresses are left out: `aside` knows them. Items and paragraphs count with the numbered clause above them.
        """
        reading = self._session.reading
        if reading is None:
            return [], 0
        title, at = reading.document.title, reading.outline.at
        places, clauses = [], set()
        sections: dict[int, str] = {}
        for hit in hits:
            node = at(hit.offset)
            section = ""
            if node is not None:
                clauses.add(node.numbered.start)
                top = node.path[0]
                if top.start not in sections:
                    sections[top.start] = section_at(reading.outline, hit.offset)
                section = sections[top.start]
            places.append(Found(hit, title, section, ""))
        return places, len(clauses)

    def _take_first(self, answer: _Answer, kept: Hit | None, *, again: bool) -> None:
        page, marks = answer
        self._marks.update(marks)
        if self._read_anew:
            self._set_spans(self._read_anew if page.message else ())
        totals = self._listed.totals if again and self._listed.hits and page.hits else None
        self._take(_Listed(list(page.hits), page, totals), kept)

    def _take_more(self, answer: _Answer) -> None:
        page, marks = answer
        self._fetching = False
        self._marks.update(marks)
        self._listed.hits += page.hits
        self._listed.last = replace(page, message=page.message or self.message)
        self.grown.emit()
        if self._wanted is not None and self._wanted < 0 and self.more:
            self.fetch_more(_MOST_AT_ONCE)
        elif self._wanted is not None:
            self.go(self._wanted % len(self._listed.hits))

    def _lose(self) -> None:
        """Show nothing where an error came instead of an answer."""
        self._take(_Listed([], Page((), message=_LOST), Totals(0, 0)), None)

    def _lose_text(self) -> None:
        if not self._remote:
            self._lose()

    def _lose_more(self) -> None:
        """Let the hits that did not come be asked for again."""
        self._fetching, self._wanted = False, None

    def _take_totals(self, totals: Totals) -> None:
        self._listed.totals = totals
        if totals.message and not self.message:
            self._listed.last = replace(self._listed.last, message=totals.message)
            self.found.emit()
        self.counted.emit()

    def _take(self, listed: _Listed, kept: Hit | None) -> None:
        self._listed = listed
        self._awaited = False
        self._patience.stop()
        self.current = self._place_of(kept) if kept is not None else self._first()
        self.found.emit()
        if kept is None and self.scope is Scope.DOCUMENT and not self._stays:
            self._show()
        else:
            self._paint()
            self.stepped.emit(-1 if self.current is None else self.current)

    def _place_of(self, hit: Hit) -> int | None:
        """Return where a hit is listed; where it is gone, the first stands for it in the document."""
        hits = self.hits
        if hit in hits:
            return hits.index(hit)
        return 0 if hits and self.scope is Scope.DOCUMENT else None

    def _first(self) -> int | None:
        """Return the first hit from here on; in the library none is the current one until the user goes to it."""
        hits = self._listed.hits
        if not hits or self.scope is Scope.LIBRARY:
            return None
        if self.ranked:
            return 0
        onward = (i for i, one in enumerate(hits) if one.hit.where is Where.TEXT and one.hit.offset >= self._from)
        return next(onward, 0)

    # Showing.

    def _show(self) -> None:
        self._paint()
        if self.current is not None:
            hit = self._listed.hits[self.current].hit
            if self._in_view(hit.edition_id):
                mark = self._session.mark(hit.mark_id) if hit.mark_id else None
                self._reader.ensure_visible(mark.span if mark else hit.span)
                self._reader.set_caret(hit.offset)  # what is done next is done here
                self._navigator.aim(hit.offset)
        self.stepped.emit(-1 if self.current is None else self.current)

    def _set_spans(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self.painted.emit()

    def _paint(self) -> None:
        """Paint the hits in the text, the current one apart."""
        current = None
        hit = self._current_hit()
        if hit is not None and hit.where is Where.TEXT and self._in_view(hit.edition_id):
            at = bisect_left(self._spans, hit.span)
            current = at if at < len(self._spans) and self._spans[at] == hit.span else None
        self._reader.set_hits(self._spans, current)


def _chosen(kind: type[E], value: str) -> E:
    """Return what was remembered, or the first choice where that means nothing."""
    return kind(value) if value in list(kind) else next(iter(kind))
