"""Other ways to search Chinese text that the standard library and jieba allow: scans, and FTS5 as it is mostly used."""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path

from tests.benchmarks.searching.engines import FIRST, Built, Engine, Query, built
from tests.benchmarks.searching.texts import bare_jieba

Row = tuple[int, str]


def peers(folder: Path, keys: Sequence[str], clauses: Path) -> list[tuple[Engine, Built]]:
    """Return the engines; `clauses` is a database with a table clause(id, key). What they build stays in `folder`."""
    words, words_built = built(folder, "jieba", keys, lambda path: _build(path, map(_cut, keys), ""))
    grams, grams_built = built(
        folder, "trigram", keys, lambda path: _build(path, keys, ", tokenize='trigram case_sensitive 1'")
    )
    connection = sqlite3.connect(clauses)
    return [
        (Scan("LIKE", connection, "key LIKE '%' || ? || '%'"), Built()),
        (Scan("instr()", connection, "instr(key, ?)"), Built()),
        (Find(keys), Built()),
        (Words(clauses, words), words_built),
        (Trigrams(clauses, grams), grams_built),
    ]


class Scan(Engine):
    """A condition that SQLite puts to every clause."""

    def __init__(self, name: str, connection: sqlite3.Connection, condition: str) -> None:
        self.name = name
        self._connection = connection
        self._condition = condition

    def first(self, query: Query) -> list[Row]:
        return list(self._rows("id, key", query, f"ORDER BY id LIMIT {FIRST}"))

    def all(self, query: Query) -> list[int]:
        return [number for (number,) in self._rows("id", query)]

    def _rows(self, columns: str, query: Query, rest: str = "") -> sqlite3.Cursor:
        where = " AND ".join([self._condition] * len(query.terms))
        return self._connection.execute(f"SELECT {columns} FROM clause WHERE {where} {rest}", query.terms)  # noqa: S608


class Fetch(Engine):
    """No search at all: fifty clauses by their ids, which is the least that can be done to show them."""

    name = "fetching 50 by id"

    def __init__(self, clauses: Path, count: int) -> None:
        self._connection = sqlite3.connect(clauses)
        self._count = count
        self._chance = random.Random(FIRST)

    def first(self, _query: Query) -> list[Row]:
        ids = self._chance.choices(range(self._count), k=FIRST)
        statement = f"SELECT id, key FROM clause WHERE id IN ({','.join('?' * FIRST)})"  # noqa: S608
        return self._connection.execute(statement, ids).fetchall()

    def all(self, _query: Query) -> list[int]:
        return []


class Find(Engine):
    """str.find over all clauses in one string."""

    name = "str.find, one string"

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._text = "\n".join(keys)
        self._starts = [0, *accumulate(len(key) + 1 for key in keys)]

    def first(self, query: Query) -> list[Row]:
        return [(number, self._keys[number]) for number in islice(self._found(query), FIRST)]

    def all(self, query: Query) -> list[int]:
        return list(self._found(query))

    def _found(self, query: Query) -> Iterator[int]:
        longest, *others = sorted(query.terms, key=len, reverse=True)
        place = self._text.find(longest)
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            if all(term in self._keys[number] for term in others):
                yield number
            place = self._text.find(longest, self._starts[number + 1])


class Table(Engine):
    """An FTS5 table without content, asked by `match` and `filters`."""

    def __init__(self, clauses: Path, index: Path) -> None:
        self._connection = sqlite3.connect(clauses)
        self._connection.execute("ATTACH ? AS beside", (str(index),))

    def first(self, query: Query) -> list[Row]:
        return self._rows("clause.id, clause.key", query, f"ORDER BY clause.id LIMIT {FIRST}")

    def top(self, query: Query) -> list[Row]:
        order = "rank" if self.match(query) else "clause.id"
        return self._rows("clause.id, clause.key", query, f"ORDER BY {order} LIMIT {FIRST}")

    def all(self, query: Query) -> list[int]:
        return [row[0] for row in self._rows("clause.id", query, "")]

    def match(self, query: Query) -> str:
        """Return what FTS5 is to match; "" where it can't serve."""
        raise NotImplementedError

    def filters(self, _query: Query) -> list[str]:
        """Return the terms that are looked for in the clauses themselves."""
        return []

    def _rows(self, columns: str, query: Query, rest: str) -> list[Row]:
        match, filters = self.match(query), self.filters(query)
        tables = "clause"
        where = ["instr(clause.key, ?)"] * len(filters)
        if match:
            where.insert(0, "found MATCH ?")
            tables = "beside.found CROSS JOIN clause ON clause.id = found.rowid"
            if columns == "clause.id" and not filters:
                columns, tables = "rowid", "beside.found"
            rest = rest.replace("ORDER BY clause.id", "ORDER BY found.rowid")
        statement = f"SELECT {columns} FROM {tables} WHERE {' AND '.join(where)} {rest}"  # noqa: S608
        return self._connection.execute(statement, [*([match] if match else []), *filters]).fetchall()


class Words(Table):
    """The words jieba cuts for search engines, all of them in the clause."""

    name = "jieba words in FTS5"

    def __init__(self, clauses: Path, index: Path) -> None:
        super().__init__(clauses, index)
        bare_jieba().initialize()

    def match(self, query: Query) -> str:
        words = [word for term in query.terms for word in _cut(term).split() if word.isalnum()]
        return " AND ".join(f'"{word}"' for word in dict.fromkeys(words)) or '"…"'


class Trigrams(Table):
    """SQLite's own answer; it cannot look for one or two characters, which are left to a scan."""

    name = "trigram, else scan"

    def match(self, query: Query) -> str:
        return " AND ".join('"{}"'.format(term.replace('"', '""')) for term in query.terms if len(term) > 2)

    def filters(self, query: Query) -> list[str]:
        return [term for term in query.terms if len(term) <= 2]


def _build(path: Path, texts: Iterable[str], options: str) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE VIRTUAL TABLE found USING fts5(text, content=''{options})")
    connection.executemany("INSERT INTO found (rowid, text) VALUES (?, ?)", enumerate(texts))
    connection.commit()
    connection.close()


def _cut(text: str) -> str:
    return " ".join(bare_jieba().cut_for_search(text))
