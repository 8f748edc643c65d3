"""Pinyin without tones: how characters are read, and which characters letters may stand for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, islice, product
from string import ascii_letters, digits

from desktop.resources import resource_path
from desktop.text.folding import fold

MOST_INITIALS = 8
"""How many rows of initials a word is given at most."""
MOST_SPLITS = 32
"""How many ways to split letters into syllables are tried at most."""

# ü is v as people type it; lue and nue are typed too, and mean nothing else.
_TYPED = {"lue": "lve", "nue": "nve"}


def readings(character: str) -> tuple[str, ...]:
    """Return how a character is read, the commonest reading first; ü is v. Empty where that isn't known.

    These are the readings that words use: 重 is zhong and chong, 大 is da, dai and tai, but 体 is not ben.
    """
    return _readings().get(character, ())


def initials(word: str) -> tuple[str, ...]:
    """Return the rows of first letters a word may be typed with, the likeliest first, at most `MOST_INITIALS`.

    A Latin letter or a digit stands for itself, punctuation for nothing. Empty where a character has no known reading.
    """
    known = _first_letters()
    choices = [known.get(character, "") for character in word]
    if "" in choices:
        if any(character.isalnum() and character not in known for character in word):
            return ()
        choices = list(filter(None, choices))
    row = "".join(choices)
    if len(row) == len(choices):
        return (row,) if row else ()
    return tuple(islice(_rows(choices), MOST_INITIALS))


def place_among(word: str) -> tuple[tuple[int, str, str], ...]:
    """Return what words are sorted by: digits and Latin letters first, then characters as they are read.

    Punctuation doesn't count, but for the stroke: what stands under a tag follows it.
    """
    return tuple(_place_of(character) for character in fold(word) if character == "/" or character.isalnum())


def _place_of(character: str) -> tuple[int, str, str]:
    known = readings(character)
    if known:
        return 2, known[0], character
    return (0 if character == "/" else 1 if character.isascii() else 3), character, ""


def _rows(choices: list[str]) -> Iterator[str]:
    """Yield one letter of each place: the first of all, then those with another at one place, at two, and so on."""
    unsure = [place for place, letters in enumerate(choices) if len(letters) > 1]
    likeliest = [letters[0] for letters in choices]
    for count in range(len(unsure) + 1):
        for places in combinations(unsure, count):
            for others in product(*(choices[place][1:] for place in places)):
                row = likeliest.copy()
                for place, other in zip(places, others, strict=True):
                    row[place] = other
                yield "".join(row)


def characters(syllable: str) -> str:
    """Return the characters that may be read as this syllable."""
    return _characters().get(_TYPED.get(syllable, syllable), "")


def characters_from(beginning: str) -> str:
    """Return the characters that have a reading with this beginning."""
    names = [name for name in (*_characters(), *_TYPED) if name.startswith(beginning)]
    return "".join(dict.fromkeys("".join(map(characters, names))))


def splits(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read lower-case letters as syllables, at most `MOST_SPLITS`; fangan is fang an and fan gan.

    The last may be the beginning of a syllable only. Empty where there is no way.
    """
    live = {len(letters)}
    for start in range(len(letters) - 1, -1, -1):
        if any(end in live for end in _ends(letters, start)):
            live.add(start)

    def ways(start: int) -> Iterator[tuple[str, ...]]:
        if start == len(letters):
            yield ()
        for end in _ends(letters, start):
            if end in live:
                yield from ((letters[start:end], *rest) for rest in ways(end))

    return tuple(islice(ways(0), MOST_SPLITS)) if letters else ()


def is_syllable(letters: str) -> bool:
    """Return whether letters are a whole syllable."""
    return bool(characters(letters))


def _ends(letters: str, start: int) -> list[int]:
    """Return where a syllable that starts there may end, the longest first; a mere beginning ends with the letters."""
    longest = max(map(len, _characters()))
    ends = [end for end in range(start + 1, start + longest + 1) if is_syllable(letters[start:end])]
    ends = sorted({min(end, len(letters)) for end in ends}, reverse=True)
    if len(letters) not in ends and letters[start:] in _beginnings():
        ends.append(len(letters))
    return ends


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    text = resource_path("dictionaries", "pinyin.txt").read_text("utf-8")
    rows = (line.split(" ") for line in text.splitlines() if not line.startswith("#"))
    return tuple((syllable, first, other) for syllable, first, other in rows)


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable, first, _other in _lines():
        found.update(dict.fromkeys(first, (syllable,)))
    for syllable, _first, other in _lines():
        for character in other:
            found[character] += (syllable,)
    return found


@cache
def _first_letters() -> dict[str, str]:
    """Return the different letters that the readings of each character begin with, the commonest reading's first."""
    known = {character: character.lower() for character in ascii_letters + digits}
    for character, syllables in _readings().items():
        known[character] = "".join(dict.fromkeys(syllable[0] for syllable in syllables))
    return known


@cache
def _characters() -> dict[str, str]:
    return {syllable: first + other for syllable, first, other in _lines()}


@cache
def _beginnings() -> frozenset[str]:
    names = (*_characters(), *_TYPED)
    return frozenset(name[:end] for name in names for end in range(1, len(name) + 1))
