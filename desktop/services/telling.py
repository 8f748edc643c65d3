"""Telling: what a plan of merging says of each mark, in words that are worked out when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from desktop.exchange.writers.wording import KIND_TITLES
from desktop.model.decoding import values_of
from desktop.model.errors import UserError
from desktop.model.history import Conflict, histories
from desktop.model.mark import VERDICT_TITLES, Mark, MarkStyle, Passage, Place, Verdict, words_at
from desktop.services.authorship import latest
from desktop.services.deciding import value_at
from desktop.services.merging import OUTCOME_TITLES, Line, MergePlan, Outcome
from desktop.services.reading import Reading, open_reading
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.storage.library import Library

_STYLES = {MarkStyle.FILL: "底色", MarkStyle.UNDERLINE: "下划线", MarkStyle.NONE: "不着色"}
_NOTHING = "（无）"
_OWN = "自己"
_WAITING = "等待正文"
_WAITS = "合并以后，导入它的原文，标注就会落到原处。"
_GONE = "您这里已经删除了它，合并不会恢复它。"
_NEVER_HERE = "文库里本来就没有它，合并以后也不会有。"


_AROUND: Final = 8
"""So many code points are told of what stands on either side of words."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one person wants a field to be; `at` is UTC."""

    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a mark: what it is called, and what it was and will be. Where the mark is new, `before` is None.

    `by` is who made it so, `at` when (UTC), where that is not simply the mark's author making the mark.
    """

    title: str
    before: str | None
    after: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something to a mark, what, and when (UTC): 李科长, 删除, to that of 张主任."""

    author: str
    verb: str
    owner: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.author}{self.verb}{self.owner}的标注"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed on both sides; the side that is shown for now comes first."""

    title: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a plan in words: where the mark stands, how it came there, on what, whose it is, and its fields.

    `deed` is what somebody does to a mark that is here; `hint` is a sentence on what the user may wonder about.
    """

    place: str
    verdict: str
    made_on: str
    stands_on: str
    author: str
    at: datetime
    facts: tuple[Fact, ...]
    clashes: tuple[Clash, ...]
    deed: Deed | None = None
    hint: str = ""


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

    def deed(self, line: Line) -> Deed | None:
        """Return what the file does to a mark that is here, the latest of several things; None where nothing."""
        before, after = line.before, line.after
        if before is None and line.outcome is not Outcome.REMOVED:
            return None
        done = {name: one for name, one in line.deeds.items() if getattr(before, name, False) != getattr(after, name)}
        done |= {one.field: line.deeds[one.field] for one in line.conflicts if one.field in line.deeds}
        last = done.get("removed") or latest(done.values())
        if last is None:
            return None
        verb = "改" if "removed" not in done else "删除" if after.removed else "恢复"
        own = last.author_id == after.author_id
        return Deed(self.author(last.author_id), verb, _OWN if own else self.author(after.author_id), last.at)

    def clash(self, conflict: Conflict) -> Clash:
        """Return the sides of a conflict in words."""
        title, text = _FIELDS.get(conflict.field, (conflict.field, lambda value, _: str(value)))
        sides = (
            Side(text(value_at(one), self) or _NOTHING, self.author(one.author_id), one.at) for one in conflict.heads
        )
        return Clash(title, tuple(sides))


def _words_in_place(place: Place) -> str:
    """Return the words of a place with some of what stands around them, for the same ones may stand elsewhere."""
    if not isinstance(place, Passage) or not (place.prefix or place.suffix):
        return one_line(words_at(place))
    return one_line(f"{place.prefix[-_AROUND:]}【{place.exact}】{place.suffix[:_AROUND]}")


_FIELDS: dict[str, tuple[str, Callable[[Any, Names], str]]] = {
    "note": ("批注", lambda note, _: str(note)),
    "tags": ("标签", lambda tags, _: "、".join(tags)),
    "pen": ("颜色", lambda pen, names: names.pen(pen)),
    "style": ("样式", lambda style, _: _STYLES[style]),
    "kind": ("类型", lambda kind, _: KIND_TITLES[kind]),
    "meeting_id": ("会议", lambda meeting_id, names: names.meeting(meeting_id)),
    "place": ("原文", lambda place, _: _words_in_place(place)),
    "private": ("私人", lambda private, _: "私人" if private else ""),
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
        waiting = reading is None or reading.waiting
        here = "" if mark.lost or reading is None else one_line(reading.quote_of(mark))
        as_made = mark.placing.verdict is Verdict.UNCHANGED
        return Told(
            place=self._place(mark, reading),
            verdict=_WAITING if waiting else verdict_of(mark),
            made_on=here if as_made and here else one_line(line.made_on),
            stands_on=here,
            author=self.names.author(mark.author_id),
            at=mark.created,
            facts=tuple(self._facts(line)),
            clashes=tuple(map(self.names.clash, line.conflicts)),
            deed=self.names.deed(line),
            hint=_hint(line, waiting=waiting),
        )

    def _facts(self, line: Line) -> list[Fact]:
        clashing = {conflict.field for conflict in line.conflicts}
        found = (self._fact(line, name) for name in _FIELDS if name not in clashing)
        return [fact for fact in found if fact is not None]

    def _fact(self, line: Line, name: str) -> Fact | None:
        before, after = line.before, line.after
        title, text = _FIELDS[name]
        old = None if before is None else text(getattr(before, name), self.names)
        new = text(getattr(after, name), self.names)
        changed = old is not None and old != new
        if not changed and not (name in _ALWAYS and (old or new)):
            return None
        deed = line.deeds.get(name)
        if deed is None or not (changed or (old is None and deed.author_id != after.author_id)):
            return Fact(title, old, new)
        return Fact(title, old, new, self.names.author(deed.author_id), deed.at)

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


def _hint(line: Line, *, waiting: bool) -> str:
    if line.outcome is Outcome.REMOVED:
        return _NEVER_HERE if line.before is None else ""
    if line.after.removed:
        return _GONE
    return _WAITS if waiting else ""


def counted(plan: MergePlan, *, all_of_them: bool = True) -> str:
    """Return the numbers of a plan in words; without `all_of_them` those of what it brings alone, "" for nothing."""
    return "，".join(
        f"{OUTCOME_TITLES[outcome]} {count} 处{_aside(plan, outcome, count)}"
        for outcome, count in plan.counts.items()
        if all_of_them or (count and outcome is not Outcome.SAME)
    )


def gone(plan: MergePlan) -> int:
    """Return how many marks of the file bring nothing because they were deleted here."""
    return sum(line.outcome is Outcome.SAME and line.after.removed for line in plan.lines)


def _aside(plan: MergePlan, outcome: Outcome, count: int) -> str:
    """Say of how many it is not as it sounds."""
    if outcome is Outcome.SAME and (deleted := gone(plan)):
        return f"（其中 {deleted} 处您这里已经删除）"
    if outcome is Outcome.REMOVED:
        strange = sum(line.outcome is outcome and line.before is None for line in plan.lines)
        if strange:
            return "（文库里本来就没有）" if strange == count else f"（其中 {strange} 处文库里本来就没有）"
    if outcome is Outcome.UNPLACED:
        homeless = {origin.id for origin, edition_id in plan.homes.items() if edition_id is None}
        waiting = sum(line.outcome is outcome and line.after.edition_id in homeless for line in plan.lines)
        if waiting:
            return "（要等导入原文）" if waiting == count else f"（其中 {waiting} 处要等导入原文）"
    return ""


def verdict_of(mark: Mark) -> str:
    """Return how a mark came to its place ("原样", "移动", "改写，83% 相符", "未找到")."""
    verdict = mark.placing.verdict
    score = f"，{mark.placing.score:.0%} 相符" if verdict is Verdict.REWRITTEN else ""
    return f"{VERDICT_TITLES[verdict]}{score}"
