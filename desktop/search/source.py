"""Where a search takes its units from: the index, or the texts themselves; both give the same, in the same order."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, NamedTuple, Protocol

from desktop.model.span import Span

if TYPE_CHECKING:
    from desktop.search.query import Query

FIRST_MARK = 2**40
"""Units of marks are numbered from here on, so that they come after all units of texts."""
_JSON = json.JSONDecoder()


class Address(NamedTuple):
    """Where in a unit a clause or a line around the clauses begins, and how people name it ("七 · 25", "标题").

    `sentences` is where the clause's sentences begin, empty where it has only one. All are code points of the unit's
    text; a clause that goes on from the unit before begins at less than 0.
    """

    start: int
    name: str
    sentences: tuple[int, ...] = ()

    def at(self, offset: int) -> str:
        """Return how people name the place at `offset` of the unit's text ("七 · 25 · 第3句")."""
        return f"{self.name} · 第{self.sentence(offset)}句" if self.sentences else self.name

    def sentence(self, offset: int) -> int:
        """Return the number, counted from 1, of the sentence at `offset` of the unit's text."""
        return max(1, bisect_right(self.sentences, offset))


class Places(NamedTuple):
    """How a list names what stands in a unit.

    `section` is the heading of the top-level clause above, `addresses` the clauses in the unit in order (none before
    the first of a text); of a mark there is one, which names the place it stands on as a whole.
    """

    section: str = ""
    addresses: tuple[Address, ...] = ()


class Unit(NamedTuple):
    """A stretch of text that is searched as one: a numbered clause, or the note and the tags of a mark.

    `number` orders units: texts as the library lists them, then marks. `start` is the code point of the edition's text
    where the unit begins, for a mark where the mark begins. `text` is the clause's text; of a mark it is the note, a
    line end, and the tags joined by line ends, and `note_length` tells where the note ends. `places` are read by
    `shown`: nobody needs them of a unit that is looked through only.
    """

    number: int
    document_id: str
    edition_id: str
    start: int
    text: str
    places: Places | str = Places()
    mark_id: str | None = None
    note_length: int = 0

    def shown(self) -> Places:
        """Return how a list names what stands in the unit. Raises SourceDamagedError where it is no such thing."""
        if isinstance(self.places, Places):
            return self.places
        try:
            (section, addresses), _ = _JSON.raw_decode(self.places)
            return Places(section, tuple([Address(start, name, tuple(starts)) for start, name, starts in addresses]))
        except (ValueError, TypeError) as error:
            raise SourceDamagedError from error


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the fields of a query leave of the library; None stands for everything.

    `spans` are the stretches of each edition's text (code points, sorted, apart) that hits in texts must begin in; an
    edition that is not in it has none. `marks` are the marks whose notes and tags are searched.
    """

    editions: frozenset[str] | None = None
    spans: Mapping[str, tuple[Span, ...]] | None = None
    marks: frozenset[str] | None = None


EVERYTHING = Narrowing()


class Counted(NamedTuple):
    """Units by how much of what is asked for they hold; `behind` is the number of the last where others follow."""

    units: Sequence[Unit]
    behind: int | None


class Source(Protocol):
    """Units of a library to be searched. Used on one thread; `interrupt` may be called from another.

    An interrupted call raises `Interrupted`.
    """

    def candidates(self, query: Query, narrowing: Narrowing, *, after: int = -1) -> Iterator[Unit]:
        """Yield the units numbered above `after` that may satisfy the query, by number; none that does is missing."""
        ...

    def ranked(self, query: Query, narrowing: Narrowing, limit: int) -> Sequence[Unit] | None:
        """Return all such units, the best first, or None where there are more than `limit` or no ranks are known."""
        ...

    def by_count(self, queries: Sequence[Query], narrowing: Narrowing, limit: int) -> Counted | None:
        """Return the units that may satisfy one of the queries, those that satisfy most of them first.

        None where only the texts themselves tell.
        """
        ...

    def numbering(self) -> object:
        """Return what tells one numbering of the units from another, for as long as the library stays as it is."""
        ...

    def interrupt(self) -> None:
        """Stop what runs."""
        ...


class Interrupted(Exception):  # noqa: N818 - no error: another keystroke came
    """The search was stopped because another one was wanted."""


class Stopper:
    """Stops what runs, or else what is asked next: no stop is lost that comes between a question and its beginning."""

    def __init__(self) -> None:
        """Stop nothing yet."""
        self._asked = Event()

    def stop(self) -> None:
        """Stop it; called from another thread."""
        self._asked.set()

    def stops(self) -> bool:
        """Tell whether what runs is to stop. It is told once: who hears it raises Interrupted."""
        if not self._asked.is_set():
            return False
        self._asked.clear()
        return True

    def go_on(self) -> None:
        """Raise Interrupted where what runs is to stop."""
        if self.stops():
            raise Interrupted


class SourceFailedError(Exception):
    """The source can't be read any more, as an index that was deleted or damaged; search the texts themselves."""


class SourceDamagedError(SourceFailedError):
    """What the source holds is not what was put there: it is to be made anew."""
