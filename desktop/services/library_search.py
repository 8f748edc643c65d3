"""The search of a library as a thread of its own runs it: a connection for reading, the index, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from desktop.model.errors import UserError
from desktop.model.search import Hit, Page, Request, Totals
from desktop.model.span import Span
from desktop.search.index import Index, State
from desktop.search.lexicon import Lexicon
from desktop.search.lookup import IndexSource
from desktop.search.patterns import PatternError
from desktop.search.query import parse
from desktop.search.related import related
from desktop.search.source import SourceDamagedError, SourceFailedError, Stopper, Unit
from desktop.services.finding import Answer, search_reading
from desktop.services.reading import outline_of
from desktop.services.searching import Searcher
from desktop.services.wording import may_be_letters
from desktop.storage.library import Library

if TYPE_CHECKING:
    from desktop.model.mark import Mark
    from desktop.services.reading import Reading

T = TypeVar("T")

_TROUBLES = {State.FULL: "磁盘空间不够，索引没有建立", State.UNUSABLE: "索引文件不能读写，索引没有建立"}


@dataclass(frozen=True, slots=True)
class RelatedClause:
    """A clause that shares wording with another one; `shared` is that wording, the longest first.

    `text` is the clause's own, `span` where it stands (code points of the edition's text).
    """

    edition_id: str
    title: str
    address: str
    text: str
    span: Span
    shared: tuple[str, ...]


class LibrarySearch:
    """Belongs to the thread that opened it, but for `interrupt`. The library is only read, the index is kept up.

    Where the index isn't current, the texts themselves are searched: that gives the same, later. What is interrupted
    raises Interrupted.
    """

    def __init__(self, library: Library, *, keeps_index: bool) -> None:
        """Take over an open library; use `open` instead."""
        self._library = library
        self._index = Index.open(library.path, library.id, read_only=not keeps_index)
        self._keeps_index = keeps_index
        self._stopper = Stopper()
        self._source = IndexSource(self._index, self._stopper)
        self._lexicon = Lexicon(self._index, library, outline_of, self._stopper, learns_aside=not keeps_index)
        self._by_texts = Searcher(library, None, self._lexicon, self._stopper)
        self._by_index = Searcher(library, self._source, self._lexicon, self._stopper)
        self._paging = self._by_texts
        self._listed: list[Hit] = []
        self._known: frozenset[Hit] = frozenset()

    @classmethod
    def open(cls, path: Path, *, keeps_index: bool) -> Self:
        """Open the library at `path` for reading, and its index; `keeps_index` says that nobody else writes that.

        Raises LibraryError.
        """
        return cls(Library.open(path, read_only=True), keeps_index=keeps_index)

    # What is asked.

    def page(self, request: Request, after: Page | None, size: int, before: int = 0) -> Page:
        """Return about `size` hits: the first, or those behind the page `after`, up to which there were `before`.

        Each comes once, also where the index goes between two pages, and with it the order in which they stood.
        """
        if after is None:
            self._paging, self._known = self._searcher(), frozenset()
        del self._listed[before:]
        try:
            page = self._paging.page(request, after, size)
        except SourceFailedError as error:
            self._distrust(error)
            page = self._by_texts.page(request, None, before + size)
            self._paging, self._known = self._by_texts, frozenset(self._listed)
        page = self._unknown(page)
        while page.more and not page.hits:
            page = self._unknown(self._paging.page(request, page, size))
        self._listed += [found.hit for found in page.hits]
        unread = after is None and not page.hits and not page.message
        return replace(page, message=self._why_unread(request)) if unread else page

    def totals(self, request: Request, stop: Callable[[], bool]) -> Totals:
        """Return how many hits there are in all; gives way as soon as `stop` says so."""
        return self._with_searcher(lambda searcher: searcher.totals(request, stop))

    def everything(self, request: Request, stop: Callable[[], bool]) -> Page:
        """Return all hits on one page, in the order of the library. Raises UserError where that takes too long."""
        try:
            return self._with_searcher(lambda searcher: searcher.everything(request, stop))
        except PatternError as error:
            raise UserError(str(error)) from error

    def in_reading(self, reading: Reading, marks: Iterable[Mark], request: Request) -> Answer:
        """Find every place in one open text, letters that stand for words included."""
        answer = search_reading(reading, marks, request, self._library, self._lexicon, self._stopper.stops)
        unread = not answer.hits and not answer.message
        return replace(answer, message=self._why_unread(request)) if unread else answer

    def marks(self, edition_ids: Iterable[str]) -> dict[str, list[Mark]]:
        """Return the marks of some editions."""
        return {edition_id: self._library.marks.of_edition(edition_id) for edition_id in edition_ids}

    def related(self, edition_id: str, offset: int, limit: int = 12) -> list[RelatedClause] | None:
        """Return the clauses most like the one at a code point of a text; None while the index isn't built."""
        if not self._index.clock:
            return None
        try:
            found = related(self._source, (edition_id, offset), limit)
            titles = self._by_texts.titles()
            return [self._clause(one.unit, titles, one.shared) for one in found]
        except SourceFailedError as error:
            self._distrust(error)
            return None

    def suggest(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Return words of the library that go on after `prefix`; none before it was learnt which there are."""
        return self._lexicon.suggest(prefix, limit)

    def beside(self, words: str, texts: Iterable[str]) -> tuple[str, ...]:
        """Return words that stand unusually often in what `words` found; none before the library's were learnt."""
        sought = [term.words for group in parse(words).groups for term in group]
        return self._lexicon.beside(texts, sought)

    def terms(self) -> frozenset[str]:
        """Return the terms that the texts of the library put in quotation marks; none before they were learnt."""
        return frozenset(self._lexicon.terms())

    def interrupt(self) -> None:
        """Stop what runs, or else what is asked next; called from another thread."""
        self._source.interrupt()

    # The index.

    def catch_up(self, stop: Callable[[], bool], told: Callable[[int, int], None]) -> bool:
        """Bring the index up to what the library holds, then its words; True when all is in, and nothing else is left.

        `stop` is asked every few milliseconds whether to come back; the next call goes on. `told` hears how much of how
        much is in, and when it is all: the words take their time after that, and nobody waits for them. False also
        where the disk refuses: then the texts are searched.
        """
        if not self._index.catch_up(self._library, outline_of, stop, told):
            return False
        told(1, 1)
        return not self._keeps_index or (self._lexicon.learn(stop) and self._index.tidy(stop))

    @property
    def behind(self) -> bool:
        """Whether the index is to be kept and lacks something, or all of it was lost, and nothing stands in the way."""
        return self._keeps_index and not self.trouble and not self._index.is_current(self._library)

    @property
    def ready(self) -> tuple[bool, int]:
        """Whether there is an index, and up to which clock of the library its words are known: searches hang on both.

        The best hits come first by the index alone, and letters are read as words that are known.
        """
        return self._index.clock > 0, self._lexicon.clock

    @property
    def trouble(self) -> str:
        """Why there is no index, as the user is told; "" where there is one or none is wanted."""
        return _TROUBLES.get(self._index.state, "")

    def close(self) -> None:
        """Let go of library and index."""
        self._lexicon.close()
        self._index.close()
        self._library.close()

    # Parts.

    def _searcher(self) -> Searcher:
        return self._by_index if self._index.is_current(self._library) else self._by_texts

    def _with_searcher(self, ask: Callable[[Searcher], T]) -> T:
        """Ask by the index, where that is of use, else in the texts."""
        searcher = self._searcher()
        try:
            return ask(searcher)
        except SourceFailedError as error:
            self._distrust(error)
            return ask(self._by_texts)

    def _unknown(self, page: Page) -> Page:
        """Return a page without what was listed before, in another order."""
        return replace(page, hits=tuple([found for found in page.hits if found.hit not in self._known]))

    def _why_unread(self, request: Request) -> str:
        """Return why letters that found nothing were not read as words; "" where that was not to be."""
        if not may_be_letters(request, found=False) or self._lexicon.clock:
            return ""
        why = f"{self.trouble}，不能按拼音找" if self.trouble else "文库里的词还没有学完，学完就能按拼音找"
        return f"没有“{request.words}”。{why}。"

    def _distrust(self, error: SourceFailedError) -> None:
        if isinstance(error, SourceDamagedError):
            self._index.distrust(error)

    @staticmethod
    def _clause(unit: Unit, titles: dict[str, str], shared: tuple[str, ...]) -> RelatedClause:
        addresses = unit.shown().addresses
        address = addresses[0].name if addresses else ""
        span = Span(unit.start, unit.start + len(unit.text.rstrip()))
        title = titles.get(unit.edition_id, "")
        return RelatedClause(unit.edition_id, title, address, unit.text.strip(), span, shared)
