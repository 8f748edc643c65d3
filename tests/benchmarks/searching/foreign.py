"""Search engines of others, each where it is installed: run by the Python of `dev.py bench --peers`, tells its results.

    python -m tests.benchmarks.searching.foreign search CLAUSES QUERIES FOLDER ROUNDS
    python -m tests.benchmarks.searching.foreign related CLAUSES IDS

CLAUSES is a database with a table clause(id, key), QUERIES and IDS are JSON. Imports nothing of the project but what
engines have in common.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sqlite3
import sys
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from math import log
from pathlib import Path
from typing import Any

from tests.benchmarks.searching.engines import (
    FIRST,
    Built,
    Engine,
    Query,
    bigrams,
    built,
    measure,
    median,
    read_keys,
)

WHOOSH_CLAUSES = 50_000
"""With more clauses whoosh is left out: it would take half an hour to take them in."""
_ALL = 1_000_000


def main() -> None:
    """Do what the arguments say and print it as JSON."""
    warnings.simplefilter("ignore")  # what others deprecate is no business of the measurement
    what, clauses, *rest = sys.argv[1:]
    if what == "related":
        print(json.dumps(related(read_keys(Path(clauses)), json.loads(rest[0]))))
        return
    asked, folder, rounds = rest
    queries = [Query(kind, typed, tuple(terms)) for kind, typed, terms in json.loads(asked)]
    found = engines(Path(clauses), Path(folder))
    print(json.dumps([asdict(result) for result in measure(found, queries, int(rounds))]))


def engines(clauses: Path, folder: Path) -> list[tuple[Engine, Built]]:
    """Return those that are installed."""
    found: list[tuple[Engine, Built]] = []
    keys = read_keys(clauses)
    if importlib.util.find_spec("tantivy"):
        place, how = built(folder, "tantivy", keys, lambda path: Tantivy.build(path, keys))
        found.append((Tantivy(place, clauses), how))
    if importlib.util.find_spec("whoosh") and len(keys) < WHOOSH_CLAUSES:
        place, how = built(folder, "whoosh", keys, lambda path: Whoosh.build(path, keys))
        found.append((Whoosh(place, clauses), how))
    return found


class Texts(Engine):
    """The clauses of the ids an engine found."""

    def __init__(self, clauses: Path) -> None:
        self._connection = sqlite3.connect(clauses)

    def texts(self, ids: Sequence[int]) -> list[str]:
        one = "SELECT key FROM clause WHERE id = ?"
        return [self._connection.execute(one, (number,)).fetchone()[0] for number in ids]


class Tantivy(Texts):
    """tantivy with phrases of bigrams, and single characters in a field of their own."""

    name = "tantivy, bigrams"

    def __init__(self, place: Path, clauses: Path) -> None:
        import tantivy

        super().__init__(clauses)
        self._tantivy: Any = tantivy
        self._index = tantivy.Index(self._schema(), str(place), reuse=True)
        self._index.reload()
        self._searcher = self._index.searcher()

    @classmethod
    def build(cls, place: Path, keys: Sequence[str]) -> None:
        """Take the clauses in."""
        import tantivy

        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        writer = tantivy.Index(cls._schema(), str(place)).writer(200_000_000)
        for number, key in enumerate(keys):
            pairs = " ".join(bigrams(_without_blanks(key)))
            writer.add_document(tantivy.Document(id=number, pairs=pairs, single=" ".join(set(key))))
        writer.commit()
        writer.wait_merging_threads()

    @staticmethod
    def _schema() -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=False, indexed=False, fast=True)
        builder.add_text_field("pairs", stored=False, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field("single", stored=False, tokenizer_name="whitespace", index_option="basic")
        return builder.build()

    def first(self, query: Query) -> list[str]:
        order = self._tantivy.Order.Asc
        hits = self._searcher.search(self._query(query), FIRST, count=False, order_by_field="id", order=order).hits
        return self.texts([number for number, _ in hits])

    def top(self, query: Query) -> list[str]:
        hits = self._searcher.search(self._query(query), FIRST, count=False).hits
        return self.texts(self._ids(hits))

    def all(self, query: Query) -> list[int]:
        return self._ids(self._searcher.search(self._query(query), _ALL, count=False).hits)

    def _ids(self, hits: Sequence[Any]) -> list[int]:
        return list(self._searcher.fast_field_values("id", [address for _, address in hits]))

    def _query(self, query: Query) -> Any:
        parts = [self._term(term) for term in query.terms]
        return self._tantivy.Query.boolean_query([(self._tantivy.Occur.Must, part) for part in parts])

    def _term(self, term: str) -> Any:
        make, schema = self._tantivy.Query, self._index.schema
        if len(term) == 1:
            return make.term_query(schema, "single", term, "basic")
        pairs = bigrams(_without_blanks(term))[:-1]
        return (
            make.phrase_query(schema, "pairs", pairs) if len(pairs) > 1 else make.term_query(schema, "pairs", pairs[0])
        )


class Whoosh(Texts):
    """whoosh with jieba's own analyzer for it, as tutorials have it."""

    name = "whoosh, jieba words"

    def __init__(self, place: Path, clauses: Path) -> None:
        from whoosh.index import open_dir
        from whoosh.qparser import QueryParser

        super().__init__(clauses)
        index = open_dir(str(place))
        self._searcher: Any = index.searcher()
        self._parser: Any = QueryParser("text", index.schema)

    @staticmethod
    def build(place: Path, keys: Sequence[str]) -> None:
        """Take the clauses in."""
        from jieba.analyse.analyzer import ChineseAnalyzer
        from whoosh.fields import NUMERIC, TEXT, Schema
        from whoosh.index import create_in

        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        schema = Schema(id=NUMERIC(stored=True, sortable=True), text=TEXT(analyzer=ChineseAnalyzer()))
        writer = create_in(str(place), schema).writer(limitmb=512)
        for number, key in enumerate(keys):
            writer.add_document(id=number, text=key)
        writer.commit()

    def first(self, query: Query) -> list[str]:
        return self.texts(self._ids(query, limit=FIRST, sortedby="id"))

    def top(self, query: Query) -> list[str]:
        return self.texts(self._ids(query, limit=FIRST))

    def all(self, query: Query) -> list[int]:
        return self._ids(query, limit=None)

    def _ids(self, query: Query, **options: Any) -> list[int]:
        typed = " ".join(f'"{term}"' for term in query.terms)
        return [hit["id"] for hit in self._searcher.search(self._parser.parse(typed), **options)]


def _without_blanks(key: str) -> str:
    """Return a key in which no blank divides what is one token."""
    return "▁".join(key.split())


def related(keys: Sequence[str], ids: Sequence[int]) -> list[float]:
    """Return how many milliseconds each clause takes to find its ten nearest, by exact TF-IDF over numpy postings."""
    import jieba
    import numpy as np

    jieba.setLogLevel("ERROR")
    counts: list[dict[str, int]] = []
    for key in keys:
        own: dict[str, int] = defaultdict(int)
        for word in jieba.cut(key):
            if word.isalnum():
                own[word] += 1
        counts.append(own)
    holding: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(counts):
        for word in own:
            holding[word].append(number)
    rarity = {word: log(len(keys) / len(numbers)) for word, numbers in holding.items()}
    norms = np.array([sum((n * rarity[word]) ** 2 for word, n in own.items()) ** 0.5 or 1.0 for own in counts])
    postings = {
        word: (
            np.array(numbers),
            np.array([counts[number][word] * rarity[word] for number in numbers]) / norms[numbers],
        )
        for word, numbers in holding.items()
    }

    def nearest(number: int) -> Any:
        scores = np.zeros(len(keys))
        for word, n in counts[number].items():
            numbers, weights = postings[word]
            scores[numbers] += n * rarity[word] * weights
        scores[number] = -1
        best = np.argpartition(scores, -10)[-10:]
        return best[np.argsort(-scores[best])]

    return [median(lambda: nearest(number), 3) for number in ids]  # noqa: B023 - called at once


if __name__ == "__main__":
    main()
