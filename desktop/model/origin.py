"""The origin of a merged mark: the text of another library that it was made on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.model.mark import ClausePlace

MOST_CLAUSES: Final = 10_000
"""How many clauses are told of one text."""


@dataclass(frozen=True, slots=True)
class ToldClause(ClausePlace):
    """A clause of a text as others are told of it, so that they find it in another text.

    `words` are "" where another clause begins with the same; `alike` is how much the words of the clause that is most
    like it agree with its own, 0 to 1: what isn't more like it in another text is a look-alike.
    """

    alike: float = 0.0


@dataclass(frozen=True, slots=True)
class Origin:
    """An edition of another library, without its text.

    `id` and `document_id` are those it has there, `title` that of its document. `sha256` is the hash of the file's
    bytes, `text_sha256` that of the text in UTF-8 (both hexadecimal, "" where unknown), `length` counts its code
    points. `clauses` are those that marks stand in, with those above them.
    """

    id: str
    document_id: str
    title: str
    name: str
    sha256: str
    text_sha256: str
    length: int
    clauses: tuple[ToldClause, ...] = ()
