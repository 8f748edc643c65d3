"""Completing what is typed into the search box: names of fields, their values, words of the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from desktop.search.query import FieldName
from desktop.text.pinyin import initials

if TYPE_CHECKING:
    from desktop.storage.library import Library

MOST = 8
"""How many offers there are at most."""
_PART = re.compile(r"(?P<hyphen>[-－])?(?:(?P<field>" + "|".join(FieldName) + r")[:：])?(?P<value>[^\s:：]*)\Z")
_SHORTEST_WORD = 2
"""From how many characters on words of the library are offered."""

Values = Callable[[FieldName], Iterable[str]]
"""Tells what a field can hold in a library."""


class Part(NamedTuple):
    """What stands before the caret and can be completed: `value` from `start` on, of a field or of none."""

    start: int
    value: str
    field: FieldName | None = None

    @property
    def is_word(self) -> bool:
        """Whether words of the library are worth being looked for."""
        return self.field is None and len(self.value) >= _SHORTEST_WORD


class Offer(NamedTuple):
    """What can be put in the place of a part: `text` is shown, `insert` is written."""

    text: str
    insert: str


def part_before(text: str, caret: int) -> Part | None:
    """Return what can be completed before the caret (a code point of `text`); None inside of words."""
    if text[caret : caret + 1].strip():
        return None
    before = text[:caret]
    start = max((before.rfind(blank) for blank in " \u3000\t"), default=-1) + 1
    match = _PART.match(before[start:])
    if match is None:
        return None
    field = FieldName(match["field"]) if match["field"] else None
    return Part(start + match.start("value"), match["value"], field)


def offers_for(part: Part, values: Values) -> list[Offer]:
    """Return names of fields that begin so, or whose initials are typed, or values that hold what was typed.

    The likest value comes first.
    """
    wanted = part.value.casefold()
    if part.field is None:
        return [Offer(f"{name}：…", f"{name}:") for name in FieldName if _begins(name, wanted)]
    found = {value: None for value in values(part.field) if wanted in value.casefold() and value != part.value}
    ordered = sorted(found, key=lambda value: (not value.casefold().startswith(wanted), value))
    return [Offer(value, f"{_quoted(value)} ") for value in ordered[:MOST]]


def _begins(name: str, wanted: str) -> bool:
    """Whether a name begins so, or has these letters as its initials."""
    return bool(wanted) and (name.startswith(wanted) or (wanted.isascii() and wanted in initials(name)))


def word_offers(part: Part, words: Iterable[str]) -> list[Offer]:
    """Return words of the library as offers."""
    return [Offer(word, word) for word in words if word != part.value][:MOST]


def values_in(library: Library, pens: Iterable[str]) -> Values:
    """Return what tells the values that fields can have in a library; `pens` are the names of the colours."""
    tell: Mapping[FieldName, Callable[[], Iterable[str]]] = {
        FieldName.TAG: library.marks.tags,
        FieldName.COLOUR: lambda: pens,
        FieldName.MEETING: lambda: [meeting.name for meeting in library.meetings.all()],
        FieldName.DOCUMENT: lambda: [document.title for document in library.documents.all()],
        FieldName.AUTHOR: lambda: [author.name for author in library.authors.all()],
        FieldName.DATE: _today,
    }
    return lambda name: tell[name]() if name in tell else ()


def _today() -> list[str]:
    """Return this day, month and year, as examples of what can be written."""
    today = date.today().isoformat()  # noqa: DTZ011 - the user's own day
    return [today, today[:7], today[:4]]


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
