"""The words of the index: every two neighbouring characters of a search key, and the characters it consists of.

A key becomes a row of overlapping pairs, so that a phrase of pairs stands in the index exactly where its characters
stand in the key: no word borders, nothing left out. The tokenizer of the tables is `ascii`, for which everything
beyond ASCII belongs to a word: it knows no Unicode tables, and characters younger than SQLite are as good as any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add
from typing import NamedTuple

_STAND_INS = {
    chr(code): chr(0xFEE0 + code) if 0x20 < code < 0x7F else chr(0xE000 + code)
    for code in range(0x80)
    if not chr(code).isalnum()
}
"""What of ASCII would part words, and what stands for it in the index: its full-width twin, which no key holds; for
blanks and controls, which have none, a character for private use. A text that holds such a character itself is a
candidate too many at worst."""

_SLICE = 1 << 14
"""How many characters are cut at a time: another thread gets its turn in between."""


class Words(NamedTuple):
    """A key as the tables are to read it: all its pairs in order and its last character alone; each character once."""

    grams: str
    letters: str


def words_of(key: str) -> Words:
    """Return what the tables are given of a key."""
    characters = set(key)
    key = _standing_in(key, characters)
    return Words(
        " ".join(
            " ".join(map(add, key[start : start + _SLICE], key[start + 1 : start + 1 + _SLICE] + " "))
            for start in range(0, len(key), _SLICE)
        ),
        " ".join(_STAND_INS.get(character, character) for character in characters),
    )


def holds(form: str) -> str:
    """Return the condition that a key holds `form` (not empty), for the table of pairs.

    One character is looked for by the pairs that begin with it, which takes its time where they are many.
    """
    form = _standing_in(form, set(form))
    return f'"{form}" *' if len(form) == 1 else f'"{" ".join(map(add, form, form[1:]))}"'


def holds_letters(form: str) -> str:
    """Return the condition that a key holds all the characters of `form` (not empty), for the table of characters."""
    return all_of(f'"{letter}"' for letter in dict.fromkeys(_standing_in(form, set(form))))


def all_of(conditions: Iterable[str]) -> str:
    """Join conditions that must all be met."""
    return _joined(" AND ", conditions)


def one_of(conditions: Iterable[str]) -> str:
    """Join conditions of which one must be met."""
    return _joined(" OR ", conditions)


def pairs(key: str) -> Iterator[str]:
    """Yield the pairs of a key in order, as they stand in the index."""
    key = _standing_in(key, set(key))
    return map(add, key, key[1:])


def _joined(operator: str, conditions: Iterable[str]) -> str:
    parts = list(dict.fromkeys(conditions))
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"


def _standing_in(key: str, characters: set[str]) -> str:
    """Return a key, which consists of `characters`, with stand-ins."""
    # Few of these stand in any one text, and str.replace is many times as fast as str.translate.
    for character in characters & _STAND_INS.keys():
        key = key.replace(character, _STAND_INS[character])
    # Half a character beyond the basic plane can be typed, but no library holds one, nor would SQLite.
    return key if key.isprintable() else key.encode("utf-8", "replace").decode("utf-8")
