"""What every engine that is measured has in common, and the measuring: this project's Python and the peers' run it.

An engine searches the keys of the clauses, so that all of them look for the same. Imports nothing of the project.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

FIRST = 50
"""How many hits a list shows at first."""
_SPLIT_SAMPLE = 2_000_000
_LONG = 500.0


@dataclass(frozen=True)
class Query:
    """What is looked for: as a user types it, and the keys of its terms, all of which must stand in one clause."""

    kind: str
    typed: str
    terms: tuple[str, ...]


class Engine:
    """Something that finds clauses by their keys; ids count the clauses in the order of the library."""

    name = ""

    def first(self, query: Query) -> Sequence[object]:
        """Return the first fifty clauses in the order of the library, with their texts."""
        raise NotImplementedError

    def top(self, _query: Query) -> Sequence[object] | None:
        """Return the fifty best clauses with their texts; None where the engine knows no order but the library's."""
        return None

    def all(self, query: Query) -> Sequence[int]:
        """Return the ids of all clauses, in any order."""
        raise NotImplementedError

    def ids(self, query: Query) -> Sequence[int]:
        """Return the same, where nobody looks at the clock."""
        return self.all(query)


@dataclass
class Built:
    """How an index was built, nothing where there is none.

    Millions of code points in a second, that over the rate of splitting into bigrams alone, and the index's bytes.
    """

    rate: float = 0.0
    of_split: float = 0.0
    size: int = 0


@dataclass
class Measured:
    """What came out for one engine: milliseconds for each query (medians of the rounds), and the ids found.

    `top_worst` are the longest of all runs for the best, the very first included.
    """

    name: str
    built: Built = field(default_factory=Built)
    first: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    top_worst: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)
    found: list[list[int]] = field(default_factory=list)


def measure(engines: Sequence[tuple[Engine, Built]], queries: Sequence[Query], rounds: int) -> list[Measured]:
    """Put every query to every engine, in turns, so that what slows the machine down slows all."""
    results = [Measured(engine.name, built) for engine, built in engines]
    gc.collect()
    gc.freeze()  # the texts in memory are looked through at every collection otherwise
    for query in queries:
        for (engine, _), result in zip(engines, results, strict=True):
            result.first.append(median(lambda: engine.first(query), rounds))  # noqa: B023 - called at once
            if took := _top_runs(engine, query, rounds):
                result.top.append(statistics.median(took))
                result.top_worst.append(max(took))
            result.found.append(list(engine.ids(query)))
            result.all.append(median(lambda: engine.all(query), rounds))  # noqa: B023
    gc.unfreeze()
    return results


def median(job: Callable[[], object], rounds: int) -> float:
    """Return the median milliseconds of a job; what takes longer than half a second is done once."""
    return statistics.median(_runs(job, rounds))


def _runs(job: Callable[[], object], rounds: int) -> list[float]:
    times = [milliseconds(job)]
    while len(times) < rounds and times[-1] < _LONG:
        times.append(milliseconds(job))
    return times


def _top_runs(engine: Engine, query: Query, rounds: int) -> list[float]:
    """Return the milliseconds of each time the best were asked for; none where the engine knows no such order."""
    found: list[object] = []
    took = _runs(lambda: found.append(engine.top(query)), rounds)
    return [] if found[0] is None else took


def milliseconds(job: Callable[[], object]) -> float:
    """Return the milliseconds a job takes."""
    began = time.perf_counter()
    job()
    return (time.perf_counter() - began) * 1000


def p95(values: Iterable[float]) -> float:
    """Return what nineteen of twenty values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def bigrams(key: str) -> list[str]:
    """Return the overlapping pairs of characters of a key, and its last character alone."""
    return [key[start : start + 2] for start in range(len(key))]


def split_rate(keys: Iterable[str]) -> float:
    """Return how many millions of code points a second are split into bigrams, and nothing else done to them."""
    sample: list[str] = []
    size = 0
    for key in keys:
        sample.append(key)
        size += len(key)
        if size > _SPLIT_SAMPLE:
            break
    return size / 1000 / median(lambda: [bigrams(key) for key in sample], 3)


def built(folder: Path, name: str, keys: Sequence[str], build: Callable[[Path], object]) -> tuple[Path, Built]:
    """Return an index and how it was built; it is built where it is not kept from another run."""
    place, told = folder / name, folder / f"{name}.json"
    if not told.exists():
        rate = split_rate(keys)
        size = sum(map(len, keys)) / 1000
        took = milliseconds(lambda: build(place))
        files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
        found = Built(size / took, size / took / rate, sum(file.stat().st_size for file in files))
        told.write_text(json.dumps(asdict(found)), "utf-8")
    return place, Built(**json.loads(told.read_text("utf-8")))


def read_keys(database: Path) -> list[str]:
    """Return the keys of the clauses by their ids, from a table clause(id, key)."""
    with closing(sqlite3.connect(database)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM clause ORDER BY id")]
