"""Keys as rows of pairs: SQLite finds exactly what stands in them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.search.grams import all_of, holds, holds_letters, one_of, pairs, words_of

# Punctuation, blanks and controls of ASCII, letters, Chinese, a stand-in itself, characters beyond the basic plane.
CHARACTERS = "".join(map(chr, range(128))) + "发展经济“。〇é\u3000\uff02\ue00a\U00020bb7\U0001f600\U000323af"
KEYS = st.text(st.sampled_from(CHARACTERS), max_size=30)
CLEAR = st.text(
    st.sampled_from([character for character in CHARACTERS if character not in "\uff02\ue00a"]), max_size=30
)
"""Without stand-ins: who types one finds a candidate too many."""


@pytest.fixture(scope="module")
def tables() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE VIRTUAL TABLE grams USING fts5 (x, content='', tokenize='ascii')")
        connection.execute("CREATE VIRTUAL TABLE letters USING fts5 (x, content='', tokenize='ascii', detail=none)")
        yield connection


def meets(tables: sqlite3.Connection, key: str, table: str, condition: str) -> bool:
    words = words_of(key)
    text = words.grams if table == "grams" else words.letters
    tables.execute("BEGIN")
    tables.execute(f"INSERT INTO {table} (rowid, x) VALUES (1, ?)", (text,))  # noqa: S608
    found = tables.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH ?", (condition,)).fetchone()  # noqa: S608
    tables.execute("ROLLBACK")
    return found is not None


@settings(max_examples=150)
@given(KEYS.filter(bool), st.data())
def test_a_form_is_found_wherever_it_stands(tables: sqlite3.Connection, key: str, data: st.DataObject) -> None:
    key = key.lower()
    start = data.draw(st.integers(0, len(key) - 1))
    form = key[start : data.draw(st.integers(start + 1, len(key)))]
    assert meets(tables, key, "grams", holds(form))
    assert meets(tables, key, "letters", holds_letters(form))


@settings(max_examples=150)
@given(CLEAR.filter(bool), CLEAR.filter(bool))
def test_a_form_is_found_nowhere_else(tables: sqlite3.Connection, key: str, form: str) -> None:
    key, form = key.lower(), form.lower()
    assert meets(tables, key, "grams", holds(form)) == (form in key)
    assert meets(tables, key, "letters", holds_letters(form)) == (set(form) <= set(key))


def test_conditions_are_joined(tables: sqlite3.Connection) -> None:
    both = all_of([holds("发展"), one_of([holds("经济"), holds("市")])])
    assert meets(tables, "经济发展", "grams", both)
    assert meets(tables, "市的发展", "grams", both)
    assert not meets(tables, "发展", "grams", both)
    assert all_of([holds("发展"), holds("发展")]) == holds("发展")


def test_long_keys_are_cut_in_slices_without_a_seam() -> None:
    key = "".join(chr(0x4E00 + number % 20_000) for number in range(50_000))
    grams = words_of(key).grams.split(" ")
    assert grams[:-2] == list(pairs(key))
    assert [grams[-2], grams[-1]] == [key[-1], ""] or grams[-1] == key[-1]


def test_half_a_character_is_found_nowhere_and_no_error(tables: sqlite3.Connection) -> None:
    assert not meets(tables, "发展", "grams", holds("发\ud800"))
    assert not meets(tables, "发展", "letters", holds_letters("\udc00"))
