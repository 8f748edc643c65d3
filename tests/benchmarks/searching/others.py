"""The engines of others: where their files lie, and those that run in the Python of `dev.py bench --peers`."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import dev
from tests.benchmarks.searching.corpora import kept
from tests.benchmarks.searching.engines import Built, Measured, Query

NOT_INSTALLED = "tantivy, whoosh-reloaded and numpy: not installed; python3 dev.py bench search --peers does that"


def beside(name: str, keys: Sequence[str]) -> Path:
    """Return the folder for what others build from the keys of the corpus `name`; a database of the keys is in it."""
    place = kept(f"others-{name}", hashlib.sha256("\n".join(keys).encode()).hexdigest())
    if not clauses_in(place).exists():
        place.mkdir(parents=True, exist_ok=True)
        unfinished = place / "unfinished"
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("CREATE TABLE clause (id INTEGER PRIMARY KEY, key TEXT)")
            connection.executemany("INSERT INTO clause VALUES (?, ?)", enumerate(keys))
            connection.commit()
        unfinished.rename(clauses_in(place))
    return place


def clauses_in(folder: Path) -> Path:
    """Return the database of the keys, with a table clause(id, key)."""
    return folder / "clauses.sqlite"


def measure_foreign(folder: Path, queries: Sequence[Query], rounds: int) -> list[Measured]:
    """Measure the engines that are installed apart; none where they are not."""
    if not dev.PEERS_PYTHON.exists():
        return []
    asked = json.dumps([[query.kind, query.typed, query.terms] for query in queries])
    told = _run("search", clauses_in(folder), asked, folder, rounds)
    return [Measured(**(result | {"built": Built(**result["built"])})) for result in json.loads(told)]


def related_milliseconds(folder: Path, ids: Sequence[int]) -> list[float]:
    """Return the milliseconds in which numpy finds what is related to each clause; none where it is not installed."""
    if not dev.PEERS_PYTHON.exists():
        return []
    found: list[float] = json.loads(_run("related", clauses_in(folder), json.dumps(list(ids))))
    return found


def _run(*words: object) -> str:
    command = [str(dev.PEERS_PYTHON), "-m", "tests.benchmarks.searching.foreign", *map(str, words)]
    done = subprocess.run(command, cwd=dev.ROOT, check=True, text=True, stdout=subprocess.PIPE)
    return done.stdout
