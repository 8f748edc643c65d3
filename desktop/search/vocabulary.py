"""The words of a library with their letters, in tables of the index: for queries typed as letters, and suggestions.

What enters, each with how often it was seen:

- the words of the texts, of two characters and more, as jieba cuts them and as quotation marks make them;
- two to four neighbouring words without punctuation or digits between them, of up to twelve characters in all, unless
  they begin or end with a word that only joins (的, 和 …). While the vocabulary has fewer than `SMALL` entries all of
  them enter, later only those seen twice within one stretch of text (`STRETCH`);
- what stands in quotation marks, headings, and the tags of marks, whole.

A text is taken in stretch by stretch, and how each was taken in is noted, so that exactly this is taken out again when
the text goes. Nobody here begins or ends a transaction: `learning` does.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from string import ascii_lowercase

from desktop.model.span import Span
from desktop.text.pinyin import characters, characters_from, initials, is_syllable, splits
from desktop.text.words import Cutter, quotations, quoted_terms

VERSION = 1
"""Grows when the same text gives another vocabulary; the tables are then made anew with the index."""
SMALL = 300_000
STRETCH = 20_000
"""Code points."""
LONGEST_RUN = 12
LONGEST = 40
"""Longer headings, quotations and tags are no words."""
LETTERS_TO_COMPLETE = 4
"""From how many letters on a query also finds what merely begins with them."""
MARGIN = 5
"""How many times more entries are fetched than wanted, because some go on after others."""
RARE = 4
"""What goes on after a whole entry is told apart from it where it makes up so large a part of it: a quarter."""

_TABLES = {
    "words": "(word TEXT NOT NULL PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    "letters": "(initials TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (initials, word)) WITHOUT ROWID",
    # In how many editions a term stands in quotation marks.
    "terms": "(term TEXT NOT NULL PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    # `least` has a digit for every stretch that is in: how often neighbouring words had to be seen there to enter.
    "editions": "(id TEXT NOT NULL PRIMARY KEY, headings TEXT NOT NULL, least TEXT NOT NULL, finished INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "tags": "(tag TEXT NOT NULL PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    # One row. `version` is that of the rules, `clock` that of the library.
    "state": "(version INTEGER NOT NULL, clock INTEGER NOT NULL, entries INTEGER NOT NULL, total INTEGER NOT NULL)",
}
_JOINING = frozenset(("的", "了", "和", "与", "及", "或", "等", "而", "且", "以及", "并", "并且"))
_LONGEST_QUERY = 40
_STEP = 500
"""So many words are cut or stored between two times that it can be stopped: some milliseconds."""
_ENTRIES = """
SELECT word, count FROM vocabulary_letters JOIN vocabulary_words USING (word)
WHERE {} ORDER BY count DESC, word LIMIT ?
"""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, empty; what was there is dropped."""
    for name, columns in _TABLES.items():
        connection.execute(f"DROP TABLE IF EXISTS vocabulary_{name}")
        connection.execute(f"CREATE TABLE vocabulary_{name} {columns}")
    connection.execute("INSERT INTO vocabulary_state VALUES (?, 0, 0, 0)", (VERSION,))


def is_there(connection: sqlite3.Connection) -> bool:
    """Return whether the tables are there, made by these rules."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vocabulary_state'").fetchone():
        return False
    (version,) = connection.execute("SELECT version FROM vocabulary_state").fetchone()
    return bool(version == VERSION)


def stands_at(connection: sqlite3.Connection) -> int:
    """Return the library's clock up to which everything is in; 0 for none."""
    (clock,) = connection.execute("SELECT clock FROM vocabulary_state").fetchone()
    return int(clock)


def stand_at(connection: sqlite3.Connection, clock: int) -> None:
    """Note that everything up to this clock is in."""
    connection.execute("UPDATE vocabulary_state SET clock = ?", (clock,))


def editions(connection: sqlite3.Connection) -> dict[str, bool]:
    """Return the ids of the editions that are in, and whether they are in wholly."""
    rows = connection.execute("SELECT id, finished FROM vocabulary_editions")
    return {edition_id: bool(finished) for edition_id, finished in rows}


def add_edition(
    connection: sqlite3.Connection, edition_id: str, text: str, headings: Iterable[str] = ()
) -> Iterator[bool]:
    """Take in an edition in steps of some milliseconds; True after a step says that what was done may be committed.

    Whoever stops there goes on behind it with the next call; whoever stops elsewhere rolls back what came since. An
    edition that is in is left as it is.
    """
    row = connection.execute("SELECT least, finished FROM vocabulary_editions WHERE id = ?", (edition_id,)).fetchone()
    if row is None:
        row = ("", 0)
        yield from _begin(connection, edition_id, text, headings)
    least, finished = row
    if finished:
        return
    cutter = Cutter(quoted_terms(text))
    for stretch in _stretches(text)[len(least) :]:
        (entries,) = connection.execute("SELECT entries FROM vocabulary_state").fetchone()
        seen = 1 if entries < SMALL else 2
        words, total = yield from _words_and_runs(cutter, stretch.of(text), seen)
        yield from _take_in(connection, words, total)
        connection.execute("UPDATE vocabulary_editions SET least = least || ? WHERE id = ?", (str(seen), edition_id))
        yield True
    connection.execute("UPDATE vocabulary_editions SET finished = 1 WHERE id = ?", (edition_id,))
    yield True


def remove_edition(connection: sqlite3.Connection, edition_id: str, text: str) -> Iterator[bool]:
    """Take out what an edition brought in, in steps as it came; `text` is the one it was taken in with.

    An edition that isn't in is passed over.
    """
    row = connection.execute("SELECT headings, least FROM vocabulary_editions WHERE id = ?", (edition_id,)).fetchone()
    if row is None:
        return
    headings, least = row
    terms = quoted_terms(text)
    cutter = Cutter(terms)
    stretches = _stretches(text)
    while least:
        words, total = yield from _words_and_runs(cutter, stretches[len(least) - 1].of(text), int(least[-1]))
        yield from _take_out(connection, words, total)
        least = least[:-1]
        connection.execute("UPDATE vocabulary_editions SET least = ?, finished = 0 WHERE id = ?", (least, edition_id))
        yield True
    yield from _take_out(connection, _wholes([*quotations(text), *headings.split("\n")]))
    connection.executemany("UPDATE vocabulary_terms SET count = count - 1 WHERE term = ?", [(term,) for term in terms])
    connection.execute("DELETE FROM vocabulary_terms WHERE count < 1")
    connection.execute("DELETE FROM vocabulary_editions WHERE id = ?", (edition_id,))
    yield True


def set_tags(connection: sqlite3.Connection, tags: Mapping[str, int]) -> Iterator[bool]:
    """Make these the tags that are in, each with the number of its marks; in steps."""
    before = Counter(dict(connection.execute("SELECT tag, count FROM vocabulary_tags").fetchall()))
    after = Counter(dict(tags))
    yield from _take_out(connection, _wholes((before - after).elements()))
    yield from _take_in(connection, _wholes((after - before).elements()))
    connection.execute("DELETE FROM vocabulary_tags")
    connection.executemany("INSERT INTO vocabulary_tags VALUES (?, ?)", sorted(tags.items()))
    yield True


class Vocabulary:
    """Asks the vocabulary of an index. Used on the thread of its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def words_for(self, letters: str, limit: int = 20) -> tuple[str, ...]:
        """Return the entries that letters stand for, the most frequent first.

        The letters are initials or the whole pinyin of an entry; from four letters on, what merely begins with that
        pinyin follows, without those that only go on after another of them, or seldom after one found whole. Case and '
        don't count; ü is v. Empty for anything but two to forty letters.
        """
        letters = letters.casefold().replace("ü", "v").replace("'", "").replace("’", "")
        if not (letters.isascii() and letters.isalpha() and 1 < len(letters) <= _LONGEST_QUERY):
            return ()
        ways = splits(letters)
        found = self._entries("initials = ?", (letters,), limit)
        for syllables in ways:
            if is_syllable(syllables[-1]):
                condition = "initials = ? AND word GLOB ?"
                found |= self._entries(condition, (_firsts(syllables), _pattern(map(characters, syllables))), limit)
        begun: dict[str, int] = {}
        if len(letters) >= LETTERS_TO_COMPLETE:
            for syllables in ways:
                begun |= self._read_from(syllables, limit * MARGIN)
        further: list[str] = []
        for word in sorted(begun.keys() - found, key=lambda word: (-begun[word], word)):
            rare = any(word.startswith(other) and begun[word] * RARE < count for other, count in found.items())
            if not rare and not word.startswith(tuple(further)):
                further.append(word)
        return (*sorted(found, key=lambda word: (-found[word], word)), *further)[:limit]

    def beginning_with(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Return the entries that go on after `prefix`, the most frequent first, without pieces of longer ones."""
        if not prefix or not prefix.isprintable():  # half a character can't even be asked for
            return ()
        rows = self._connection.execute(
            "SELECT word, count FROM vocabulary_words WHERE word > ? AND word < ? ORDER BY count DESC, word LIMIT ?",
            (prefix, prefix + "\U0010ffff", limit * MARGIN),
        ).fetchall()
        # What never stands without the same words behind it is a piece of a longer entry.
        pieces = {
            word
            for word, count in rows
            for other, as_often in rows
            if count == as_often and other.startswith(word) and other != word
        }
        return tuple(word for word, _count in rows if word not in pieces)[:limit]

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return how often words were seen; those that never were are left out."""
        return _counts(self._connection, words)

    @property
    def total(self) -> int:
        """How many words have been seen in all, each as often as it was."""
        (total,) = self._connection.execute("SELECT total FROM vocabulary_state").fetchone()
        return int(total)

    def terms(self, limit: int = 20_000) -> tuple[str, ...]:
        """Return the terms the texts put in quotation marks, those of most editions first."""
        rows = self._connection.execute("SELECT term FROM vocabulary_terms ORDER BY count DESC, term LIMIT ?", (limit,))
        return tuple(term for (term,) in rows)

    def _read_from(self, syllables: tuple[str, ...], limit: int) -> dict[str, int]:
        """Return the most frequent entries whose pinyin begins with these syllables."""
        *whole, last = syllables
        firsts, pattern = _firsts(syllables), _pattern([*map(characters, whole), characters_from(last)]) + "*"
        if len(syllables) > 1:
            condition = "initials >= ? AND initials < ? AND word GLOB ?"
            return self._entries(condition, (firsts, firsts + "{", pattern), limit)
        # A twentieth of all entries begins with one letter: only the words of two characters are looked through.
        pairs = json.dumps([firsts + letter for letter in ascii_lowercase])
        return self._entries("initials IN (SELECT value FROM json_each(?)) AND word GLOB ?", (pairs, pattern), limit)

    def _entries(self, condition: str, parameters: tuple[str, ...], limit: int) -> dict[str, int]:
        statement = _ENTRIES.format(condition)
        return dict(self._connection.execute(statement, (*parameters, limit)))


def _firsts(syllables: tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in syllables)


def _pattern(classes: Iterable[str]) -> str:
    """Return a GLOB pattern of one character of each class."""
    return "".join(f"[{found}]" for found in classes)


def _begin(connection: sqlite3.Connection, edition_id: str, text: str, headings: Iterable[str]) -> Iterator[bool]:
    headings = [heading.replace("\n", " ") for heading in headings]
    connection.execute("INSERT INTO vocabulary_editions VALUES (?, ?, '', 0)", (edition_id, "\n".join(headings)))
    yield from _take_in(connection, _wholes([*quotations(text), *headings]))
    connection.executemany(
        "INSERT INTO vocabulary_terms VALUES (?, 1) ON CONFLICT (term) DO UPDATE SET count = count + 1",
        [(term,) for term in sorted(quoted_terms(text))],
    )


def _stretches(text: str) -> list[Span]:
    """Cut a text into stretches at line ends; a line that is longer than a stretch is cut."""
    found, start = [], 0
    while start < len(text):
        end = text.find("\n", start + STRETCH, start + 2 * STRETCH) + 1 or min(len(text), start + 2 * STRETCH)
        found.append(Span(start, end))
        start = end
    return found


def _wholes(texts: Iterable[str]) -> Counter[str]:
    return Counter(text for text in texts if 1 < len(text) <= LONGEST)


def _words_and_runs(cutter: Cutter, text: str, seen: int) -> Generator[bool, None, tuple[Counter[str], int]]:
    """Count the words and the runs of neighbouring words of a text, runs seen less than `seen` times left out.

    Return them, and how many words there were, in steps.
    """
    words: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    neighbours: list[str] = []
    for index, word in enumerate(cutter.cut(text)):
        if index % _STEP == 0:
            yield False
        if not word.isalpha():
            neighbours = []
            continue
        if len(word) > 1:
            words[word] += 1
        neighbours = [*neighbours[-3:], word]
        if word not in _JOINING:
            run = word
            for before in neighbours[-2::-1]:
                run = before + run
                if len(run) > LONGEST_RUN:
                    break
                if before not in _JOINING:
                    runs[run] += 1
    total = words.total()
    words.update({run: count for run, count in runs.items() if count >= seen})
    return words, total


def _take_in(connection: sqlite3.Connection, counts: Mapping[str, int], total: int = 0) -> Iterator[bool]:
    for words in _portions(counts):
        known = _counts(connection, words)
        connection.executemany(
            "UPDATE vocabulary_words SET count = count + ? WHERE word = ?", [(counts[word], word) for word in known]
        )
        new = [word for word in words if word not in known]
        connection.executemany("INSERT INTO vocabulary_words VALUES (?, ?)", [(word, counts[word]) for word in new])
        connection.executemany("INSERT INTO vocabulary_letters VALUES (?, ?)", _letters(new))
        connection.execute("UPDATE vocabulary_state SET entries = entries + ?", (len(new),))
        yield False
    connection.execute("UPDATE vocabulary_state SET total = total + ?", (total,))


def _take_out(connection: sqlite3.Connection, counts: Mapping[str, int], total: int = 0) -> Iterator[bool]:
    for words in _portions(counts):
        known = _counts(connection, words)
        connection.executemany(
            "UPDATE vocabulary_words SET count = count - ? WHERE word = ?", [(counts[word], word) for word in known]
        )
        gone = [word for word, count in known.items() if count <= counts[word]]
        connection.executemany("DELETE FROM vocabulary_words WHERE word = ?", [(word,) for word in gone])
        connection.executemany("DELETE FROM vocabulary_letters WHERE initials = ? AND word = ?", _letters(gone))
        connection.execute("UPDATE vocabulary_state SET entries = entries - ?", (len(gone),))
        yield False
    connection.execute("UPDATE vocabulary_state SET total = total - ?", (total,))


def _portions(counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield the words in order, some at a time."""
    words = sorted(counts)
    for start in range(0, len(words), _STEP):
        yield words[start : start + _STEP]


def _letters(words: Iterable[str]) -> list[tuple[str, str]]:
    return sorted((row, word) for word in words for row in initials(word))


def _counts(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    return dict(
        connection.execute(
            "SELECT word, count FROM json_each(?) JOIN vocabulary_words ON word = value",
            (json.dumps(sorted(words), ensure_ascii=False),),
        )
    )
