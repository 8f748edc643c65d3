"""Searching the whole library: in texts, notes and tags at once, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from desktop.model.search import Found, Hit, Order, Page, Request, Totals, Where
from desktop.parsing.addressing import address_of_span
from desktop.search.hits import hits_in
from desktop.search.matching import Matcher
from desktop.search.patterns import PatternError
from desktop.search.query import Query, any_of
from desktop.search.scanning import LibraryTexts
from desktop.search.source import Counted, Interrupted, Narrowing, Source, Stopper, Unit
from desktop.search.units import section_at
from desktop.services.finding import places_left
from desktop.services.narrowing import Named, limited, narrow
from desktop.services.reading import open_reading, outline_of
from desktop.services.shelving import titles_apart
from desktop.services.wording import Letters, Wording, by_letters, told, wordings

if TYPE_CHECKING:
    from desktop.storage.library import Library

MOST_RANKED = 1500
"""Where more clauses than this are found, they stand in the order of the texts: ranks are worked out within a hundredth
of what it takes to look through 230,000 clauses."""
_OF_EDITION = 2**20
"""What fields alone leave of an edition is numbered from this times its place in the library on."""
_NOTHING = Page(())


@dataclass(frozen=True, slots=True)
class _Stage:
    """One way in which a request is read, with what its fields leave, and its clauses where they are put in order.

    Where they are not, those numbered above `behind` belong to it.
    """

    wording: Wording
    narrowing: Narrowing
    matcher: Matcher
    units: Sequence[Unit] | None = None
    behind: int = -1


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a request is read at a state of the library: in the one way that finds something, then by letters.

    `numbering` is that of the units which are put in order.
    """

    request: Request
    clock: int
    numbering: object
    stages: tuple[_Stage, ...]


class Searcher:
    """Answers requests for the whole library, or for one edition of it, from a source of units.

    Used on one thread, that of the library; `interrupt` may be called from another.
    """

    def __init__(
        self,
        library: Library,
        source: Source | None = None,
        letters: Letters | None = None,
        stopper: Stopper | None = None,
    ) -> None:
        """Search in the texts themselves, or by the index that `source` is; `letters` knows words by their pinyin.

        `stopper` is what they are stopped by, too, where it is told from outside.
        """
        self._library = library
        self._stopper = stopper or Stopper()
        self._source = source or LibraryTexts(library, outline_of, self._stopper)
        self._letters = letters
        self._plan: _Plan | None = None
        self._named = Named()
        self._titles: tuple[int, dict[str, str]] = (-1, {})

    def page(self, request: Request, after: Page | None = None, size: int = 50) -> Page:
        """Return the first hits, or those behind the page `after` of the same request.

        A page has all hits of each of its clauses and ends with the clause that makes `size` hits full, or where the
        request is read in another way from there on. The last page may be empty. Raises Interrupted.
        """
        self._go_on()
        try:
            if after is None:
                return self._begin(request, size)
            stages = self._anew(request)
            for index in range(after.last[0], len(stages)):
                page = self._filled(stages, index, after.last[1] if index == after.last[0] else -1, size)
                if page.hits or page.message != stages[index].wording.message:
                    return page
        except PatternError as error:
            return Page((), message=str(error))
        return _NOTHING

    def totals(self, request: Request, stop: Callable[[], bool] = lambda: False) -> Totals:
        """Return how much there is on all pages of a request, or how much a regular expression found in its time.

        Raises Interrupted when `stop` says so.
        """
        self._go_on()
        hits: Counter[str] = Counter()
        units: set[int] = set()
        message = ""
        try:
            for stage in self._by_number(request):
                for number, edition_id, count in self._counted(stage):
                    if stop():
                        raise Interrupted
                    units.add(number)
                    hits[edition_id] += count
        except PatternError as error:
            message = str(error)
        return Totals(hits.total(), len(units), dict(hits), message)

    def everything(self, request: Request, stop: Callable[[], bool] = lambda: False) -> Page:
        """Return all hits in one page, edition by edition: those in its text, then those in its notes and tags.

        However the request is read, and whatever the order of its pages, they stand in the order of the texts.

        Raises Interrupted when `stop` says so, PatternError for a regular expression that is none or takes too long.
        """
        self._go_on()
        hits: list[tuple[int, Found]] = []
        stages = self._by_number(request)
        for stage in stages:
            for number, found in self._found(stage, -1):
                if stop():
                    raise Interrupted
                hits += [(number, one) for one in found]
        places = {edition.id: place for place, edition in enumerate(self._library.editions.summaries())}
        hits.sort(key=lambda row: (places.get(row[1].hit.edition_id, -1), row[0], *_place_in_unit(row[1].hit)))
        message, read_as = told([stage.wording for stage in stages])
        return Page(tuple([found for _, found in hits]), message=message, read_as=read_as)

    def titles(self) -> dict[str, str]:
        """Return how a list names the editions, by their ids."""
        clock = self._library.clock()
        if self._titles[0] != clock:
            self._titles = (clock, titles_apart(self._library))
        return self._titles[1]

    def interrupt(self) -> None:
        """Stop what runs, or else what is asked next: it raises Interrupted."""
        self._stopper.stop()
        self._source.interrupt()

    def _go_on(self) -> None:
        self._stopper.go_on()

    # How a request is read.

    def _begin(self, request: Request, size: int) -> Page:
        """Read a request anew, and return its first page."""
        clock = self._library.clock()
        stages: list[_Stage] = []
        page = _NOTHING
        for wording in wordings(request):
            stages = self._stages(wording, request)
            page = self._filled(stages, 0, -1, size)
            if page.hits or page.message != wording.message:
                break
        else:
            stages, page = [], _NOTHING
        if page.hits and wording.by_count:
            narrowing = stages[0].narrowing
            wording = wording.only(lambda word: self._stands(any_of((word,)), narrowing))
            stages = [replace(stage, wording=wording) for stage in stages]
            page = replace(page, message=wording.message, read_as=wording.read_as)
        lettered = by_letters(request, self._letters, found=bool(page.hits))
        if lettered is not None:
            stages += self._stages(lettered, request)
            page = replace(page, more=True) if page.hits else self._filled(stages, 0, -1, size)
        self._plan = _Plan(request, clock, self._source.numbering(), tuple(stages))
        return page

    def _planned(self, request: Request) -> _Plan:
        """Return how a request is read: as it was before, while neither it nor library or source has changed."""
        plan = self._plan
        known = (request, self._library.clock(), self._source.numbering())
        if plan is None or (plan.request, plan.clock, plan.numbering) != known:
            self._begin(request, 1)
            plan = self._plan
        return plan or _Plan(*known, ())

    def _anew(self, request: Request) -> list[_Stage]:
        """Return how a request is read, with new matchers: a regular expression has its time anew."""
        stages = self._planned(request).stages
        return [replace(stage, matcher=self._matcher(stage.wording.query, request)) for stage in stages]

    def _by_number(self, request: Request) -> list[_Stage]:
        """Return the same, each way once and with its clauses by their numbers."""
        return [replace(stage, units=None) for stage in self._anew(request) if stage.behind < 0]

    def _matcher(self, query: Query, request: Request) -> Matcher:
        return Matcher(query, request.within, self._stopper.stops)

    def _stages(self, wording: Wording, request: Request) -> list[_Stage]:
        """Return one stage, or two where there are too many clauses to put all in order by how many words they hold."""
        query = wording.query
        narrowing = narrow(
            self._library, query.fields, request.edition_id, self._go_on, private=request.private, named=self._named
        )
        stage = _Stage(wording, narrowing, self._matcher(query, request))
        if query.only_fields or (request.order is Order.TEXT and not wording.by_count):
            return [stage]
        if not wording.by_count:
            return [replace(stage, units=self._source.ranked(query, narrowing, MOST_RANKED))]
        words = [any_of((word,)) for word in wording.read_as]
        counted = self._source.by_count(words, narrowing, MOST_RANKED) or self._by_count(query, words, narrowing)
        stage = replace(stage, units=counted.units)
        return [stage] if counted.behind is None else [stage, replace(stage, units=None, behind=counted.behind)]

    def _by_count(self, query: Query, words: Sequence[Query], narrowing: Narrowing) -> Counted:
        """Return the same from the texts."""
        first = list(islice(self._source.candidates(query, narrowing), MOST_RANKED))
        matchers = [Matcher(word) for word in words]
        units = sorted(first, key=lambda unit: -sum(matcher.count(unit.text) > 0 for matcher in matchers))
        return Counted(units, first[-1].number if len(first) == MOST_RANKED else None)

    def _stands(self, query: Query, narrowing: Narrowing) -> bool:
        """Whether what is looked for stands anywhere."""
        return any(self._found(_Stage(Wording(query), narrowing, Matcher(query)), -1))

    # What is found.

    def _filled(self, stages: Sequence[_Stage], index: int, after: int, size: int) -> Page:
        """Return a page of one stage: what stands behind `after` in it."""
        stage = stages[index]
        hits: list[Found] = []
        message, more = stage.wording.message, index + 1 < len(stages)
        last = (index + 1, -1)
        try:
            for number, found in self._found(stage, after):
                hits += found
                if len(hits) >= size:
                    more, last = True, (index, number)
                    break
        except PatternError as error:
            message, more = str(error), False
        return Page(tuple(hits), more, stage.units is not None, message, stage.wording.read_as, last)

    def _found(self, stage: _Stage, after: int) -> Iterator[tuple[int, list[Found]]]:
        """Yield the hits of each clause or mark behind `after`, with its number: its place where they are in order."""
        if stage.wording.query.only_fields:
            yield from self._left(stage, after)
            return
        titles = self.titles()
        for number, unit in self._units(stage, after):
            self._go_on()
            found = self._hits(stage, unit, titles.get(unit.edition_id, ""))
            if found:
                yield number, found

    def _counted(self, stage: _Stage) -> Iterator[tuple[int, str, int]]:
        """Yield for each clause or mark with hits its number, its edition, and how many they are."""
        if stage.wording.query.only_fields:
            yield from ((number, found[0].hit.edition_id, len(found)) for number, found in self._left(stage, -1))
            return
        for number, unit in self._units(stage, -1):
            self._go_on()
            simple = unit.mark_id is None and stage.narrowing.spans is None
            count = stage.matcher.count(unit.text) if simple else len(self._hits(stage, unit, ""))
            if count:
                yield number, unit.edition_id, count

    def _units(self, stage: _Stage, after: int) -> Iterator[tuple[int, Unit]]:
        if stage.units is not None:
            return ((place, stage.units[place]) for place in range(after + 1, len(stage.units)))
        units = self._source.candidates(stage.wording.query, stage.narrowing, after=max(after, stage.behind))
        return ((unit.number, unit) for unit in units)

    def _hits(self, stage: _Stage, unit: Unit, title: str) -> list[Found]:
        spans = stage.matcher.spans(unit.text)
        if not spans:
            return []
        found = list(hits_in(unit, spans, title))
        if unit.mark_id or stage.narrowing.spans is None:
            return found
        return [hit for hit in found if any(limited((hit.hit.span,), stage.narrowing, unit.edition_id))]

    def _left(self, stage: _Stage, after: int) -> Iterator[tuple[int, list[Found]]]:
        """Yield what fields alone leave: passages of marks, clauses, texts; each by itself, with a number."""
        narrowing, query, titles = stage.narrowing, stage.wording.query, self.titles()
        for place, edition in enumerate(self._library.editions.summaries()):
            self._go_on()
            if narrowing.editions is not None and edition.id not in narrowing.editions:
                continue
            if narrowing.spans is not None and edition.id not in narrowing.spans:
                continue
            reading = open_reading(self._library, edition.id)
            marks = self._library.marks.of_edition(edition.id)
            hits = places_left(reading, marks, query, narrowing)
            for number, hit in enumerate(hits, place * _OF_EDITION):
                if number > after:
                    address = address_of_span(reading.outline, hit.span)
                    section = section_at(reading.outline, hit.offset)
                    yield number, [Found(hit, titles.get(edition.id, ""), section, address)]


def _place_in_unit(hit: Hit) -> tuple[bool, int]:
    """Return what hits of one clause or mark are sorted by: notes come before tags, which stay as they stand."""
    return hit.where is Where.TAG, 0 if hit.where is Where.TAG else hit.span.start
