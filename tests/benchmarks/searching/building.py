"""Our index of a library: built, as quickly as that goes and beside a window; followed, clause by clause."""

from __future__ import annotations

import gc
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.search.index import Index
from desktop.search.lookup import IndexSource
from desktop.search.related import related
from desktop.services.command import perform
from desktop.services.marking import Marker, write
from desktop.services.reading import open_reading, outline_of
from desktop.storage.library import Library
from tests.benchmarks.searching.engines import median, milliseconds, p95
from tests.benchmarks.searching.tables import Goal

_WORD_TABLES = ("grams", "letters")
"""The tables of the index that are FTS5's; the others hold the clauses themselves, to be shown and to be deleted."""
CHANGES = 200
LIBRARY_ID = "bench"


@dataclass(frozen=True)
class Sizes:
    """Bytes of an index: of its FTS5 tables alone, and of the whole file."""

    words: int
    file: int


@contextmanager
def opened(path: Path, *, read_only: bool) -> Iterator[tuple[Library, Index, IndexSource]]:
    """Open a library with its index."""
    with (
        Library.open(path, read_only=True) as library,
        closing(Index.open(path, LIBRARY_ID, read_only=read_only)) as index,
    ):
        yield library, index, IndexSource(index)


def build(path: Path) -> tuple[float, float]:
    """Build the index of a library in a thread of its own; return the milliseconds, and the longest gap beside it.

    That is the longest time in which another thread, which ticks every millisecond as a window might, got no turn.
    """
    took: list[float] = []
    worker = threading.Thread(target=lambda: took.append(_build(path)))
    gc.collect()
    gc.freeze()  # the texts the benchmark holds are looked through at every collection otherwise
    gap = _longest_gap(worker)
    gc.unfreeze()
    return took[0], gap


def _build(path: Path) -> float:
    with opened(path, read_only=False) as (library, index, _):
        return milliseconds(lambda: _catch_up(index, library))


def sizes(path: Path) -> Sizes:
    """Measure the index of the library at `path`."""
    with opened(path, read_only=True) as (_, index, _source):
        file = index.path
    with closing(sqlite3.connect(file)) as connection:
        try:
            names = " OR ".join(f"name GLOB '{table}_*'" for table in _WORD_TABLES)
            (words,) = connection.execute(f"SELECT sum(pgsize) FROM dbstat WHERE {names}").fetchone()  # noqa: S608
        except sqlite3.OperationalError:  # not every SQLite can tell
            words = 0
    return Sizes(words, file.stat().st_size)


def changes(path: Path) -> list[Goal]:
    """Change one clause at a time, which in a library is a note as long as a clause; return the goal.

    What is timed is what the index does about it; the library has written the note before, in the window's own thread.
    """
    writes, follows = [], []
    with Library.open(path) as library, closing(Index.open(path, LIBRARY_ID, read_only=False)) as index:
        summaries = library.editions.summaries()
        reading = open_reading(library, summaries[len(summaries) // 2].id)
        clauses = [node for node in reading.outline.nodes if len(node.clause.span.of(reading.text)) > 200]
        notes = [node.clause.span.of(reading.text).strip() for node in clauses]
        added = Marker(library, reading).clause_note(clauses[0], notes[0])
        perform(library, added)
        _catch_up(index, library)
        (mark,) = added.marks
        for number in range(1, CHANGES + 1):
            command = write(mark, note=f"{number}{notes[number % len(notes)]}")
            writes.append(milliseconds(lambda: perform(library, command)))  # noqa: B023 - called at once
            follows.append(milliseconds(lambda: _catch_up(index, library)))
    told = f"p95 {p95(follows):.2f}, max {max(follows):.1f}; the library itself {statistics.median(writes):.2f}"
    return [Goal("changing one clause, median", statistics.median(follows), 2, "ms", told=told)]


def related_milliseconds(source: IndexSource, clauses: Sequence[tuple[str, int]]) -> list[float]:
    """Return how many milliseconds each clause (an edition and a code point of its text) takes to find its ten."""
    return [median(lambda: related(source, clause), 3) for clause in clauses]  # noqa: B023 - called at once


def _catch_up(index: Index, library: Library) -> None:
    if not index.catch_up(library, outline_of, lambda: False, lambda _done, _all: None):
        msg = f"the index was not built: {index.state}"
        raise RuntimeError(msg)


def _longest_gap(worker: threading.Thread) -> float:
    longest = 0.0
    worker.start()
    before = time.perf_counter()
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    worker.join()
    return longest * 1000
