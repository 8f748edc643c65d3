"""The library's texts and marks as units, without an index: what is looked for is looked for in all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from typing import TYPE_CHECKING

from desktop.model.edition import Edition
from desktop.model.outline import Outline
from desktop.model.search import Mode
from desktop.search.query import Query
from desktop.search.source import FIRST_MARK, Narrowing, Stopper, Unit
from desktop.search.units import Stretch, mark_unit, text_unit, units_of
from desktop.text.keys import make_key

if TYPE_CHECKING:
    from desktop.storage.library import Library

_OF_EDITION = 2**20
"""No edition has as many units, nor as many marks, as this; its number times this is where its own begin."""
_KEPT = 20_000_000
"""How many code points of texts are kept between searches (about 80 MB with their keys)."""


class LibraryTexts:
    """Units of a library, straight from its texts and marks: a `Source`.

    Units are numbered as the library lists its editions; the numbers hold until one is added or removed. A text is kept
    with its key once it was read, up to twenty million code points of all.
    """

    def __init__(
        self, library: Library, outline_of: Callable[[Library, Edition], Outline], stopper: Stopper | None = None
    ) -> None:
        self._library = library
        self._outline_of = outline_of
        self._texts: OrderedDict[str, _Text] = OrderedDict()
        self._stopper = stopper or Stopper()

    def candidates(self, query: Query, narrowing: Narrowing, *, after: int = -1) -> Iterator[Unit]:
        """Yield the units numbered above `after` that may satisfy the query, by number; none that does is missing."""
        needles = _needles(query)
        editions = self._editions(narrowing)
        for base, edition_id in editions:
            if base + _OF_EDITION > after + 1 and (narrowing.spans is None or edition_id in narrowing.spans):
                text = self._text(edition_id)
                for index in text.holding(needles, max(0, after + 1 - base)):
                    self._stopper.go_on()
                    yield text_unit(base + index, text.edition, text.stretches[index])
        marked = self._library.marks.count_by_edition()
        for base, edition_id in editions:
            if edition_id in marked and base + FIRST_MARK + _OF_EDITION > after + 1:
                yield from self._marks(FIRST_MARK + base, edition_id, narrowing, after)

    def ranked(self, query: Query, narrowing: Narrowing, limit: int) -> Sequence[Unit] | None:  # noqa: ARG002
        """Return None: nothing is known of ranks here."""
        return None

    def by_count(self, queries: Sequence[Query], narrowing: Narrowing, limit: int) -> None:
        """Return None: only the texts themselves tell."""

    def numbering(self) -> None:
        """Return None: while the library stays as it is, there is but one."""

    def interrupt(self) -> None:
        """Stop what runs."""
        self._stopper.stop()

    def _editions(self, narrowing: Narrowing) -> list[tuple[int, str]]:
        """Return where the numbers of each edition's units begin, with its id."""
        return [
            (place * _OF_EDITION, edition.id)
            for place, edition in enumerate(self._library.editions.summaries())
            if narrowing.editions is None or edition.id in narrowing.editions
        ]

    def _marks(self, base: int, edition_id: str, narrowing: Narrowing, after: int) -> Iterator[Unit]:
        outline = None
        for number, mark in enumerate(self._library.marks.of_edition(edition_id), base):
            self._stopper.go_on()
            if number > after and (mark.note or mark.tags) and (narrowing.marks is None or mark.id in narrowing.marks):
                outline = outline or self._text(edition_id).outline
                yield mark_unit(number, mark, outline)

    def _text(self, edition_id: str) -> _Text:
        self._stopper.go_on()
        text = self._texts.pop(edition_id, None)
        if text is None:
            edition = self._library.editions.get(edition_id)
            if edition is None:
                raise KeyError(edition_id)
            text = _Text(edition, self._outline_of(self._library, edition))
            room = _KEPT - len(edition.text)
            while self._texts and sum(len(kept.edition.text) for kept in self._texts.values()) > room:
                self._texts.popitem(last=False)
        self._texts[edition_id] = text
        return text


class _Text:
    """An edition's text with its outline, its units and its key."""

    def __init__(self, edition: Edition, outline: Outline) -> None:
        self.edition = edition
        self.outline = outline
        self._key = make_key(edition.text)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The units of the text."""
        return units_of(self.edition.text, self.outline)

    @cached_property
    def _ends(self) -> list[int]:
        return [stretch.end for stretch in self.stretches]

    def holding(self, needles: Sequence[str], first: int) -> Iterator[int]:
        """Yield which units, from the `first` on, may hold one of the needles; all of them where there are none."""
        if not needles:
            yield from range(first, len(self.stretches))
            return
        found = -1
        for index in merge(*(self._where(needle, first) for needle in needles)):
            if index > found:
                found = index
                yield index

    def _where(self, needle: str, first: int) -> Iterator[int]:
        """Yield in which units a needle begins, from the `first` on, each at least once, by number."""
        key = self._key
        exact = not key.dropped  # then the key has the text's offsets, and what is left of a unit can be passed over
        start = key.text.find(needle, self.stretches[first].start if exact and first < len(self.stretches) else 0)
        while start >= 0:
            index = bisect_right(self._ends, key.origin(start))
            if index >= first:
                yield index
            start = key.text.find(needle, self._ends[index] if exact else start + 1)


def _needles(query: Query) -> Sequence[str]:
    """Return what must stand in a unit, any of it: the forms of that group whose shortest form is the longest."""
    groups = [[form for term in group for form in term.forms] for group in query.groups if query.mode is not Mode.REGEX]
    told = [forms for forms in groups if forms]
    return max(told, key=lambda forms: min(map(len, forms)), default=())
