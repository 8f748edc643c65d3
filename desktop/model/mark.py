"""A mark (标注): something the user put on a passage or on a clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.model.span import Span

CONTEXT_LENGTH = 32
"""How many code points before and after a passage are kept with it, to find it again in another text."""
CLAUSE_WORDS = 64
"""How many code points of a clause are kept with a mark on it."""


class MarkKind(StrEnum):
    """What a mark is for."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    NOTE = "note"
    OPINION = "opinion"
    TASK = "task"


class MarkStyle(StrEnum):
    """How a mark looks in the text: FILL behind the words, UNDERLINE below them, NONE only in the margin."""

    FILL = "fill"
    UNDERLINE = "underline"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in words: code points of the edition, the exact words, and up to 32 code points on either side."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def span(self) -> Span:
        """The code points of the words."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """A place that is a clause: its own text by code points, and the labels from the top of the outline down to it.

    `path` holds, for each clause on the way, its label, or its title where it has no telling label; `words` are the
    first of its own text, "" in marks of older versions, which did not keep them.
    """

    start: int
    end: int
    path: tuple[str, ...]
    words: str = ""

    @property
    def span(self) -> Span:
        """The code points of the clause's own text."""
        return Span(self.start, self.end)


Place = Passage | ClausePlace


def words_at(place: Place) -> str:
    """Return the words of a place, of a clause the first ones, or the labels that lead to it."""
    return place.exact if isinstance(place, Passage) else place.words or " ".join(place.path)


class Verdict(StrEnum):
    """How a mark that was made on another text was placed in this one."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    LOST = "lost"


VERDICT_TITLES = {
    Verdict.UNCHANGED: "原样",
    Verdict.MOVED: "移动",
    Verdict.REWRITTEN: "改写",
    Verdict.LOST: "未找到",
}
"""What the verdicts are called on the screen."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How a mark came to its place. `score` is how much of its words and surroundings agrees, 0 to 1."""

    verdict: Verdict = Verdict.UNCHANGED
    score: float = 1.0


AS_MADE = Placing()
"""The mark stands where it was made."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. Times are UTC. `pen` is 1 to 5 (the user names them) or None; a removed mark is a tombstone.

    `placing` is derived, and no part of operations. A mark that is lost stands at 0..0 and keeps the words it was made
    on in its place.
    """

    id: str
    document_id: str
    edition_id: str
    kind: MarkKind
    style: MarkStyle
    pen: int | None
    place: Place
    note: str
    tags: tuple[str, ...]
    private: bool
    author_id: str
    device_id: str
    meeting_id: str | None
    created: datetime
    changed: datetime
    removed: bool = False
    placing: Placing = AS_MADE

    @property
    def span(self) -> Span:
        """The code points the mark stands on."""
        return self.place.span

    @property
    def lost(self) -> bool:
        """Whether its words were not found in the text: it has no place there."""
        return self.placing.verdict is Verdict.LOST


def in_text_order(mark: Mark) -> tuple[int, int, datetime, str]:
    """Return what puts marks into the order of the text: by their start, the longer first, then the older first."""
    span = mark.place.span
    return span.start, -span.end, mark.created, mark.id
