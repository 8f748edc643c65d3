"""Telling: what a plan of merging says of each mark, in words that are worked out when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.exchange.writers.wording import KIND_TITLES
from desktop.model.decoding import values_of
from desktop.model.errors import UserError
from desktop.model.history import Conflict, histories
from desktop.model.mark import VERDICT_TITLES, Mark, MarkStyle, Verdict
from desktop.services.merging import Line, MergePlan, value_at
from desktop.services.reading import Reading, open_reading
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.storage.library import Library

_STYLES = {MarkStyle.FILL: "底色", MarkStyle.UNDERLINE: "下划线", MarkStyle.NONE: "不着色"}
_NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a mark: what it is called, and what it was and will be. Where the mark is new, `before` is None."""

    title: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one person wants a field to be; `at` is UTC."""

    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed on both sides; the side that is shown for now comes first."""

    title: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a plan in words: where the mark stands, how it came there, on what, whose it is, and its fields."""

    place: str
    verdict: str
    made_on: str
    stands_on: str
    author: str
    at: datetime
    facts: tuple[Fact, ...]
    clashes: tuple[Clash, ...]


class Names:
    """What people, meetings and pens are called, in a library and in what is to be merged into it."""

    def __init__(self, library: Library, plan: MergePlan | None = None) -> None:
        self._authors = {author.id: author.name for author in library.authors.all()}
        self._meetings = {meeting.id: meeting.name for meeting in library.meetings.all()}
        self._pens = {pen.number: pen.name for pen in library.pens.all()}
        brought = histories(plan.bundle.operations) if plan is not None else {}
        for (subject, record_id), history in brought.items():
            known = {"author": self._authors, "meeting": self._meetings}.get(subject)
            if known is not None and (values := values_of(history)) is not None:
                known.setdefault(record_id, values["name"])

    def author(self, author_id: str) -> str:
        """Return the name of a person, who may have none."""
        return self._authors.get(author_id) or "未署名"

    def meeting(self, meeting_id: str | None) -> str:
        """Return the name of a meeting, "" for none."""
        return self._meetings.get(meeting_id or "", "")

    def pen(self, number: int | None) -> str:
        """Return what the user calls a pen, "" for none."""
        return self._pens.get(number or 0, "")

    def clash(self, conflict: Conflict) -> Clash:
        """Return the sides of a conflict in words."""
        title, text = _FIELDS.get(conflict.field, (conflict.field, lambda value, _: str(value)))
        sides = (
            Side(text(value_at(one), self) or _NOTHING, self.author(one.author_id), one.at) for one in conflict.heads
        )
        return Clash(title, tuple(sides))


_FIELDS: dict[str, tuple[str, Callable[[Any, Names], str]]] = {
    "note": ("批注", lambda note, _: str(note)),
    "tags": ("标签", lambda tags, _: "、".join(tags)),
    "pen": ("颜色", lambda pen, names: names.pen(pen)),
    "style": ("样式", lambda style, _: _STYLES[style]),
    "kind": ("类型", lambda kind, _: KIND_TITLES[kind]),
    "meeting_id": ("会议", lambda meeting_id, names: names.meeting(meeting_id)),
    "place": ("原文", lambda place, _: one_line(getattr(place, "exact", "") or getattr(place, "words", ""))),
    "private": ("私人", lambda private, _: "私人" if private else ""),
    "removed": ("删除", lambda removed, _: "已删除" if removed else ""),
}
"""What the fields of a mark that change are called, and how their values are told."""
_ALWAYS = ("note", "tags", "pen")
"""What is told of a mark even where it stays as it is."""


class Telling:
    """Tells the lines of one plan. It reads from the library, and belongs to its thread."""

    def __init__(self, library: Library, plan: MergePlan) -> None:
        self.names = Names(library, plan)
        self._library = library
        self._readings: dict[str, Reading | None] = {}
        self._titles = {origin.id: origin.title for origin in plan.bundle.origins}

    def tell(self, line: Line) -> Told:
        """Tell a line."""
        mark = line.after
        reading = self._reading(mark.edition_id)
        return Told(
            place=self._place(mark, reading),
            verdict=verdict_of(mark),
            made_on=one_line(line.made_on),
            stands_on="" if mark.lost or reading is None else one_line(reading.quote_of(mark)),
            author=self.names.author(mark.author_id),
            at=mark.created,
            facts=tuple(self._facts(line)),
            clashes=tuple(map(self.names.clash, line.conflicts)),
        )

    def _facts(self, line: Line) -> list[Fact]:
        before, after = line.before, line.after
        clashing = {conflict.field for conflict in line.conflicts}
        found = []
        for name, (title, text) in _FIELDS.items():
            if name in clashing:
                continue
            old = None if before is None else text(getattr(before, name), self.names)
            new = text(getattr(after, name), self.names)
            if (name in _ALWAYS and (old or new)) or (old is not None and old != new):
                found.append(Fact(title, old, new))
        return found

    def _place(self, mark: Mark, reading: Reading | None) -> str:
        if reading is None:
            return f"文库里没有这份文件：《{one_line(self._titles.get(mark.edition_id, ''))}》"
        return f"《{one_line(reading.document.title)}》{'' if mark.lost else reading.address_of(mark)}"

    def _reading(self, edition_id: str) -> Reading | None:
        if edition_id not in self._readings:
            self._readings[edition_id] = None
            with suppress(UserError):  # it is not here, or was removed
                self._readings[edition_id] = open_reading(self._library, edition_id)
        return self._readings[edition_id]


def verdict_of(mark: Mark) -> str:
    """Return how a mark came to its place ("原样", "移动", "改写，83% 相符", "未找到")."""
    verdict = mark.placing.verdict
    score = f"，{mark.placing.score:.0%} 相符" if verdict is Verdict.REWRITTEN else ""
    return f"{VERDICT_TITLES[verdict]}{score}"
