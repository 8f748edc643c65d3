"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.model.span import Span


class Where(StrEnum):
    """What a hit stands in; the values are part of the command line's output and stay."""

    TEXT = "text"
    NOTE = "note"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Hit:
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
