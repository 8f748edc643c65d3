"""What is searched for, and what a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from desktop.model.span import Span


class Where(StrEnum):
    """What a hit stands in; the values are part of the command line's output and stay."""

    TEXT = "text"
    NOTE = "note"
    TAG = "tag"


class Mode(StrEnum):
    """How the words of a request are read."""

    WORDS = "words"  # words with operators, folded
    STRICT = "strict"  # the whole of it, character by character
    REGEX = "regex"  # a regular expression


class Order(StrEnum):
    """In which order hits are listed."""

    TEXT = "text"
    RANK = "rank"


class Within(StrEnum):
    """Where all the words of a request must stand together."""

    CLAUSE = "clause"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Request:
    """One search as the user put it. `edition_id` narrows it to one text; None means the whole library.

    Without `private` it is as if there were no private marks.
    """

    words: str
    mode: Mode = Mode.WORDS
    order: Order = Order.TEXT
    within: Within = Within.CLAUSE
    edition_id: str | None = None
    private: bool = True


class Hit(NamedTuple):
    """One occurrence of the words searched for.

    `span` counts code points of what `where` names: the edition's text, the note, the tag. `context` is the sentence
    (of the text, of the note) or the tag that holds its beginning, and `context_start` where that begins in the same
    text.
    `mark_id` is set for notes and tags; `offset` is the place in the edition's text to go to.
    """

    document_id: str
    edition_id: str
    where: Where
    span: Span
    context: str
    context_start: int
    offset: int
    mark_id: str | None = None


class Found(NamedTuple):
    """A hit of a search in the whole library, with what a list says of its place.

    `title` is the document's, with what tells it from others of the same title and from its other editions, `section`
    the heading of the top-level clause it stands under ("" outside), `address` how people name the place
    ("七 · 25 · 第3句").
    """

    hit: Hit
    title: str
    section: str
    address: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is in all: occurrences and clauses (or marks), and occurrences by edition.

    `message` tells why it was not counted to the end, where it wasn't: there is as much at least.
    """

    hits: int
    units: int
    by_edition: Mapping[str, int] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what was found, in order. `message` tells how the words were read where that was not to the letter.

    `read_as` are the words that were looked for instead or besides (of a question that was taken apart, of letters
    read as pinyin). `ranked` says whether the order is by rank (above 1,500 clauses it is the order of the texts),
    `more` whether another page may follow; `last` is where that goes on, for the search alone.
    """

    hits: tuple[Found, ...]
    more: bool = False
    ranked: bool = False
    message: str = ""
    read_as: tuple[str, ...] = ()
    last: tuple[int, int] = (0, -1)
