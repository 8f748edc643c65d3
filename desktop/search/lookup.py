"""Looks words up in the index: the units that may hold what a query asks for."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from heapq import merge
from itertools import islice
from typing import NamedTuple, overload

from desktop.model.search import Mode
from desktop.model.span import Span
from desktop.search.filling import MARK_COLUMNS, UNIT_COLUMNS, unit_of
from desktop.search.grams import all_of, holds, holds_letters, one_of
from desktop.search.index import Index, was_interrupted
from desktop.search.query import Query
from desktop.search.source import FIRST_MARK, Counted, Interrupted, Narrowing, SourceFailedError, Stopper, Unit

_FEW = 2000
"""A character that stands in no more units than this is looked for by the pairs that begin with it."""
_ASKED = 4
"""How many single characters of a query are looked at for that."""
_LONGEST = 64
"""Longer words are looked for by their beginning: hardly anything else has as many characters in common."""
_LOOKED_AT = 4
"""Of so many times more units than are left the ranks are worked out, where those left lie far apart."""
_AT_ONCE = 50
"""How many units of a ranking are fetched together."""
_LAST = 2**63 - 1

_TEXTS = f"SELECT {UNIT_COLUMNS} FROM units u JOIN editions e ON e.number = u.edition WHERE u.number"  # noqa: S608
_MARKS = f"SELECT {MARK_COLUMNS} FROM marks u JOIN editions e ON e.number = u.edition WHERE u.number"  # noqa: S608
_TEXTS_WITH = (
    f"SELECT {UNIT_COLUMNS} FROM {{table}} w JOIN units u ON u.number = w.rowid"  # noqa: S608 - our own names
    " JOIN editions e ON e.number = u.edition WHERE w.{table} MATCH ? AND w.rowid BETWEEN ? AND ? ORDER BY w.rowid"
)
_MARKS_WITH = _TEXTS_WITH.replace("JOIN units", "JOIN marks").replace(UNIT_COLUMNS, MARK_COLUMNS)
"""Units with words, and units without any asked for; the names put in are those of our own tables."""
_COUNTS = """
SELECT key, (SELECT count(*) FROM (SELECT 1 FROM grams WHERE grams MATCH pair.value LIMIT ?)) FROM json_each(?) AS pair
"""
"""In how many units pairs stand, counted up to a limit; the pairs come as JSON, each with its condition."""
_MOST_COUNTS = 200_000
"""How many of these are kept (some 40 MB)."""


class _Condition(NamedTuple):
    """What is asked of one of the word tables."""

    table: str
    match: str


class _Count(NamedTuple):
    """In how many units a pair stands; counted no further than one more than `limit`."""

    units: int
    limit: int


class _Range(NamedTuple):
    """Numbers of units, both ends included."""

    first: int
    last: int


class IndexSource:
    """The index as a `Source`. Every method may raise SourceFailedError: then there is no index of use any more."""

    def __init__(self, index: Index, stopper: Stopper | None = None) -> None:
        self._index = index
        self._running: sqlite3.Connection | None = None
        self._stopper = stopper or Stopper()
        self._counts: dict[str, _Count] = {}
        self._version: tuple[sqlite3.Connection, int] | None = None

    def candidates(self, query: Query, narrowing: Narrowing, *, after: int = -1) -> Iterator[Unit]:
        """Yield the units numbered above `after` that may satisfy the query, by number; none that does is missing."""
        with self._reading() as connection:
            condition = self._condition(connection, query)
            for first, last in _ranges(connection, narrowing, after + 1):
                texts = first < FIRST_MARK
                match = () if condition is None else (condition.match,)
                if condition is None:
                    sql = f"{_TEXTS if texts else _MARKS} BETWEEN ? AND ? ORDER BY u.number"
                else:
                    sql = (_TEXTS_WITH if texts else _MARKS_WITH).format(table=condition.table)
                with closing(connection.execute(sql, (*match, first, last))) as rows:
                    for row in rows:
                        unit = unit_of(row)
                        if _is_left(unit, narrowing):
                            yield unit
                        self._stopper.go_on()

    def ranked(self, query: Query, narrowing: Narrowing, limit: int) -> Sequence[Unit] | None:
        """Return all such units, the best first, or None where there are more than `limit` or no ranks are known."""
        with self._reading() as connection:
            condition = self._condition(connection, query, ranks=True)
            if condition is None:
                return None
            numbers = list(islice(self._numbers(connection, condition, narrowing), limit + 1))
            if len(numbers) > limit:
                return None
            order = _ordered(connection, condition.match, numbers, _LOOKED_AT * limit)
            return None if order is None else Ranking(self, order)

    def by_count(self, queries: Sequence[Query], narrowing: Narrowing, limit: int) -> Counted | None:
        """Return the units that may satisfy one of the queries, those that satisfy most of them first.

        They are the first `limit` of the library. None where only the texts themselves tell.
        """
        with self._reading() as connection:
            found = [self._condition(connection, query, ranks=True) for query in queries]
            conditions = [condition for condition in found if condition is not None]
            if len(conditions) < len(queries):
                return None
            counts: dict[int, int] = {}
            for number in merge(*(self._numbers(connection, condition, narrowing) for condition in conditions)):
                if number not in counts and len(counts) == limit:
                    break
                counts[number] = counts.get(number, 0) + 1
            else:
                limit = 0
            numbers = list(counts)
            match = one_of(condition.match for condition in conditions)
            ranked = None if limit else _ordered(connection, match, numbers, _LOOKED_AT * len(numbers))
            order = sorted(numbers if ranked is None else ranked, key=lambda number: -counts[number])
            return Counted(Ranking(self, order), numbers[-1] if limit else None)

    def numbering(self) -> sqlite3.Connection:
        """Return the connection: an index that is made anew is another file."""
        return self._index.reader()

    def unit(self, number: int) -> Unit | None:
        """Return a unit by its number."""
        return self.units([number]).get(number)

    def units(self, numbers: Iterable[int]) -> dict[int, Unit]:
        """Return units by their numbers; those that aren't there are left out."""
        found: dict[int, Unit] = {}
        with self._reading() as connection:
            for number in numbers:
                row = connection.execute(f"{_TEXTS if number < FIRST_MARK else _MARKS} = ?", (number,)).fetchone()
                if row:
                    found[number] = unit_of(row)
        return found

    def at(self, edition_id: str, offset: int) -> int | None:
        """Return the number of the unit that holds a code point of an edition's text."""
        with self._reading() as connection:
            for found, base, end in _blocks(connection):
                if found == edition_id:
                    return base + bisect_right(range(base, end), offset, key=lambda n: _start(connection, n)) - 1
        return None

    def size(self) -> int:
        """Return how many units of texts there are."""
        with self._reading() as connection:
            return int(connection.execute("SELECT coalesce(sum(count), 0) FROM editions").fetchone()[0])

    def frequencies(self, pairs: Iterable[str], most: int) -> dict[str, int]:
        """Return in how many units pairs of characters stand, of those that stand in two at least, and `most` at most.

        What was counted is kept for as long as the index stays as it is.
        """
        with self._reading() as connection:
            counts = self._counted(connection)
            pairs = list(pairs)
            unknown = [pair for pair in pairs if _too_little(counts.get(pair), most)]
            rows = connection.execute(_COUNTS, (most + 1, json.dumps({pair: holds(pair) for pair in unknown})))
            counts |= {pair: _Count(count, most) for pair, count in rows}
        return {pair: counts[pair].units for pair in pairs if 1 < counts[pair].units <= most}

    def best(self, match: str, limit: int) -> list[int]:
        """Return the numbers of the units of texts that meet a condition for the table of pairs, the best first."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT rowid FROM grams WHERE grams MATCH ? AND rowid < ? ORDER BY rank LIMIT ?",
                (match, FIRST_MARK, limit),
            )
            return [number for (number,) in found]

    def _counted(self, connection: sqlite3.Connection) -> dict[str, _Count]:
        """Return what was counted in the index as it is now."""
        version = (connection, connection.execute("PRAGMA data_version").fetchone()[0])
        if version != self._version or len(self._counts) > _MOST_COUNTS:
            self._version, self._counts = version, {}
        return self._counts

    def interrupt(self) -> None:
        """Stop what runs."""
        self._stopper.stop()
        running = self._running
        if running is not None:
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile, since another file lies there now
                running.interrupt()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection, and turn what goes wrong into what a source says."""
        connection = self._index.reader()
        self._running = connection
        try:
            yield connection
        except sqlite3.ProgrammingError as error:  # closed, since another file lies there now
            raise SourceFailedError from error
        except sqlite3.Error as error:
            if was_interrupted(error):
                self._stopper.stops()
                raise Interrupted from error
            self._index.distrust(error)
            raise SourceFailedError from error
        except (ValueError, TypeError) as error:  # a row that is not one of ours
            self._index.distrust(error)
            raise SourceFailedError from error

    # What is asked of the word tables.

    def _condition(self, connection: sqlite3.Connection, query: Query, *, ranks: bool = False) -> _Condition | None:
        """Return what all units that are looked for meet; None where that is nothing.

        Single characters stand in many pairs, and have a table of their own, which knows no ranks. They are looked for
        among the pairs where they are rare.
        """
        groups = _groups(query)
        singles = dict.fromkeys(form for forms in groups for form in forms if len(form) == 1)
        pairs = [forms for forms in groups if all(len(form) > 1 for form in forms)]
        if pairs or ranks:
            rare = {character for character in islice(singles, _ASKED) if self._is_rare(connection, character)}
            pairs = [forms for forms in groups if all(len(form) > 1 or form in rare for form in forms)]
        if pairs:
            return _Condition("grams", all_of(one_of(map(holds, forms)) for forms in pairs))
        if groups and not ranks:
            return _Condition("letters", all_of(one_of(map(holds_letters, forms)) for forms in groups))
        return None

    def _is_rare(self, connection: sqlite3.Connection, character: str) -> bool:
        found = connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM letters WHERE letters MATCH ? LIMIT ?)",
            (holds_letters(character), _FEW + 1),
        )
        return int(found.fetchone()[0]) <= _FEW

    def _numbers(self, connection: sqlite3.Connection, condition: _Condition, narrowing: Narrowing) -> Iterator[int]:
        """Yield the numbers of the units that meet a condition."""
        for first, last in _ranges(connection, narrowing, 0):
            if first < FIRST_MARK or narrowing == Narrowing():
                sql = "SELECT rowid FROM grams WHERE grams MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid"
                yield from (number for (number,) in connection.execute(sql, (condition.match, first, last)))
            else:
                rows = connection.execute(_MARKS_WITH.format(table="grams"), (condition.match, first, last))
                yield from (unit.number for unit in map(unit_of, rows) if _is_left(unit, narrowing))


class Ranking(Sequence[Unit]):
    """Units in the order of their ranks, fetched when they are asked for.

    Raises SourceFailedError where the index has changed in between: the order is another one now.
    """

    def __init__(self, source: IndexSource, order: Sequence[int]) -> None:
        self._source = source
        self._order = order
        self._fetched: dict[int, Unit] = {}

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Unit: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Unit]: ...

    def __getitem__(self, place: int | slice) -> Unit | Sequence[Unit]:
        if isinstance(place, slice):
            return Ranking(self._source, self._order[place])
        number = self._order[place]
        if number not in self._fetched:
            first = range(len(self._order))[place]
            self._fetched |= self._source.units(self._order[first : first + _AT_ONCE])
        if number not in self._fetched:
            raise SourceFailedError
        return self._fetched[number]


def _ordered(connection: sqlite3.Connection, match: str, numbers: Sequence[int], limit: int) -> list[int] | None:
    """Return the units `numbers` (sorted), the best first by what is asked of the table of pairs.

    None where more than `limit` units would have to be looked at.
    """
    if not numbers:
        return []
    found = connection.execute(
        "SELECT rank, rowid FROM grams WHERE grams MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
        (match, numbers[0], numbers[-1], limit + 1),
    ).fetchall()
    if len(found) > limit:
        return None
    wanted = set(numbers)
    return [number for _, number in sorted(found) if number in wanted]


def _too_little(count: _Count | None, most: int) -> bool:
    """Whether a pair must be counted, or counted further."""
    return count is None or count.limit < min(count.units, most)


def _groups(query: Query) -> list[list[str]]:
    """Return what must stand in a unit: of each group one of its forms. A group that tells nothing is left out."""
    if query.mode is Mode.REGEX:
        return []
    groups = ([[form[:_LONGEST] for form in term.forms] for term in group] for group in query.groups)
    return [[form for forms in group for form in forms] for group in groups if all(group)]


def _is_left(unit: Unit, narrowing: Narrowing) -> bool:
    """Whether narrowing leaves a unit; those of texts were looked for in what it leaves of them."""
    if unit.mark_id is None:
        return True
    marks, editions = narrowing.marks, narrowing.editions
    return (marks is None or unit.mark_id in marks) and (editions is None or unit.edition_id in editions)


def _ranges(connection: sqlite3.Connection, narrowing: Narrowing, first: int) -> Iterator[_Range]:
    """Yield the numbers from `first` on that narrowing leaves, first those of texts, then those of marks."""
    for low, high in _text_ranges(connection, narrowing):
        if high >= first:
            yield _Range(max(first, low), high)
    if narrowing.marks is None or narrowing.marks:
        yield _Range(max(first, FIRST_MARK), _LAST)


def _text_ranges(connection: sqlite3.Connection, narrowing: Narrowing) -> Iterator[_Range]:
    editions, spans = narrowing.editions, narrowing.spans
    if editions is None and spans is None:
        yield _Range(0, FIRST_MARK - 1)
        return
    blocks = _blocks(connection)
    wanted = [
        (editions is None or edition_id in editions) and (spans is None or edition_id in spans)
        for edition_id, _, _ in blocks
    ]
    first = None
    for index, (edition_id, base, end) in enumerate(blocks):
        if not wanted[index]:
            continue
        if spans is not None:
            yield from _of_spans(connection, range(base, end), spans[edition_id])
            continue
        first = base if first is None else first
        if index + 1 == len(blocks) or not wanted[index + 1]:  # neighbours are looked through together
            yield _Range(first, end - 1)
            first = None


def _of_spans(connection: sqlite3.Connection, block: range, spans: Sequence[Span]) -> Iterator[_Range]:
    """Yield the units of an edition that share a code point with `spans`, which are sorted and apart."""
    first = block.start
    for span in spans:
        last = block[0] + bisect_left(block, span.end, key=lambda number: _start(connection, number)) - 1
        low = block[0] + bisect_right(block, span.start, key=lambda number: _start(connection, number)) - 1
        low = max(first, low)
        if low <= last:
            yield _Range(low, last)
            first = last + 1


def _blocks(connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Return the ids of the editions in the library's order, with the numbers of their units (the end apart)."""
    rows = connection.execute("SELECT id, base, base + count FROM editions WHERE count > 0 ORDER BY base")
    return [(str(edition_id), int(base), int(end)) for edition_id, base, end in rows]


def _start(connection: sqlite3.Connection, number: int) -> int:
    return int(connection.execute("SELECT start FROM units WHERE number = ?", (number,)).fetchone()[0])
