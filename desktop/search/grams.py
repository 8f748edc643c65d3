"""The words of the index: every two neighbouring characters of a search key, and the characters it consists of.

A key becomes a row of overlapping pairs, so that a phrase of pairs stands in the index exactly where its characters
stand in the key: no word borders, nothing left out. The tokenizer of the tables is `ascii`, for which everything
beyond ASCII belongs to a word: it knows no Unicode tables, and characters younger than SQLite are as good as any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add

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


def grams(key: str) -> str:
    """Return a key as the table of pairs is to read it: all its pairs, in order, and its last character alone."""
    key = _standing_in(key)
    return " ".join(
        " ".join(map(add, key[start : start + _SLICE], key[start + 1 : start + 1 + _SLICE] + " "))
        for start in range(0, len(key), _SLICE)
    )


def letters(key: str) -> str:
    """Return a key as the table of characters is to read it: each of its characters once."""
    return " ".join(sorted(set(_standing_in(key))))


def holds(form: str) -> str:
    """Return the condition that a key holds `form` (not empty), for the table of pairs.

    One character is looked for by the pairs that begin with it, which takes its time where they are many.
    """
    form = _standing_in(form)
    return f'"{form}" *' if len(form) == 1 else f'"{" ".join(map(add, form, form[1:]))}"'


def holds_letters(form: str) -> str:
    """Return the condition that a key holds all the characters of `form` (not empty), for the table of characters."""
    return all_of(f'"{letter}"' for letter in sorted(set(_standing_in(form))))


def all_of(conditions: Iterable[str]) -> str:
    """Join conditions that must all be met."""
    return _joined(" AND ", conditions)


def one_of(conditions: Iterable[str]) -> str:
    """Join conditions of which one must be met."""
    return _joined(" OR ", conditions)


def pairs(key: str) -> Iterator[str]:
    """Yield the pairs of a key in order, as they stand in the index."""
    key = _standing_in(key)
    return map(add, key, key[1:])


def _joined(operator: str, conditions: Iterable[str]) -> str:
    parts = list(dict.fromkeys(conditions))
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"


def _standing_in(key: str) -> str:
    # Few of these stand in any one text, and str.replace is many times as fast as str.translate.
    for character in _STAND_INS.keys() & set(key):
        key = key.replace(character, _STAND_INS[character])
    # Half a character beyond the basic plane can be typed, but no library holds one, nor would SQLite.
    return key if key.isprintable() else key.encode("utf-8", "replace").decode("utf-8")
