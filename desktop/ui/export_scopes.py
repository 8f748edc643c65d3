"""What can be handed over of the text in view: all its marks, or those of one tag, colour, clause or author."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.model.mark import Mark
from desktop.model.outline import Node, Outline
from desktop.parsing.naming import clause_names, joined_names, shortened
from desktop.services.exporting import Selection
from desktop.services.reading import Reading
from desktop.services.selecting import Condition, by_authors, in_pens, inside, tagged
from desktop.text.blanks import one_line
from desktop.text.pinyin import place_among
from desktop.ui.export_memory import Remembered, remembered
from desktop.ui.models.marks_filter import with_parents
from desktop.ui.session import Session

_NAME_LENGTH = 40
_PLACE_LENGTH = 60


@dataclass(frozen=True)
class Choice:
    """One thing to hand over: `id` is remembered, `label` shown; `name` ends the name of the file."""

    id: str
    label: str
    name: str
    selection: Selection


@dataclass(frozen=True)
class Scope:
    """A kind of choice. Where there is one alone, its label says all; the days have none and are typed."""

    id: str
    label: str
    choices: tuple[Choice, ...]


ALL = Scope("", "全部标注", (Choice("", "全部标注", "", Selection()),))
DAYS = "days"


View = Callable[[], tuple[frozenset[str] | None, int]]
"""Says what the user has in view: which marks pass the filter of the panel 标注, if any; the code point he reads."""


@dataclass(frozen=True)
class Offer:
    """What can be chosen of the text in view, and what was chosen last."""

    reading: Reading
    marks: Sequence[Mark]
    scopes: Sequence[Scope]
    last: Remembered


def offer_of(session: Session, view: View) -> Offer | None:
    """Return what can be handed over now; None without a text."""
    if session.reading is None:
        return None
    return Offer(session.reading, session.marks, _scopes(session, session.reading, *view()), remembered(session))


def _scopes(session: Session, reading: Reading, passing: frozenset[str] | None, offset: int) -> tuple[Scope, ...]:
    """Return the kinds there is something to choose of. The clause at `offset` comes first among them."""
    marks = [mark for mark in session.marks if not mark.removed]
    made = (
        Scope("filter", "当前筛选", tuple(_filtered(passing))),
        Scope("tag", "标签", tuple(_tags(marks))),
        Scope("pen", "颜色", tuple(_pens(session, marks))),
        Scope("clause", "条款及以下", tuple(_clauses(reading, offset))),
        Scope("author", "作者", tuple(_authors(session, marks))),
        Scope("meeting", "会议", tuple(_meetings(session, marks))),
    )
    days = (Scope(DAYS, "日期", ()),) if marks else ()
    return (ALL, *(scope for scope in made if scope.choices), *days)


def _choice(key: str, label: str, condition: Condition) -> Choice:
    label = one_line(label)
    return Choice(key, label, _short(label), Selection(conditions=(condition,)))


def _short(name: str) -> str:
    """Return a name as it may end that of a file."""
    return one_line(name)[:_NAME_LENGTH]


def _filtered(passing: frozenset[str] | None) -> Iterator[Choice]:
    if passing is not None:
        yield _choice("", "当前筛选", lambda mark: mark.id in passing)


def _tags(marks: list[Mark]) -> Iterator[Choice]:
    for tag in sorted({tag for mark in marks for tag in with_parents(mark.tags)}, key=_sorted_by):
        yield _choice(tag, tag, tagged(tag))


def _sorted_by(tag: str) -> tuple[object, ...]:
    return place_among(tag), tag


def _pens(session: Session, marks: list[Mark]) -> Iterator[Choice]:
    used = {mark.pen for mark in marks}
    for pen in session.pens:
        if pen.number in used:
            yield _choice(str(pen.number), f"{pen.number} {pen.name}", in_pens((pen.number,)))
    if None in used:
        yield _choice("0", "没有颜色", in_pens((None,)))


def _clauses(reading: Reading, offset: int) -> Iterator[Choice]:
    here = reading.outline.at(offset)
    nodes = [node for node in reading.outline.nodes if not node.clause.implied]
    if here is not None:  # the clause in view can be taken by Return alone
        nodes.sort(key=lambda node: node.clause is not here.numbered)
    for node in nodes:
        place = _place(node, reading.outline)
        yield _choice(place, place, inside((node.clause.whole,)))


def _place(node: Node, outline: Outline) -> str:
    """Return the address of a clause as everywhere else, and its title where the address doesn't end with it."""
    address = joined_names(clause_names(node.path, outline.clauses))
    title = node.clause.title or ""
    return one_line(address if address.endswith(shortened(title)) else f"{address} {title}")[:_PLACE_LENGTH]


def _authors(session: Session, marks: list[Mark]) -> Iterator[Choice]:
    used = {mark.author_id for mark in marks}
    for author in session.library.authors.all():
        if author.id in used:
            yield _choice(author.id, author.name, by_authors((author.id,)))


def _meetings(session: Session, marks: list[Mark]) -> Iterator[Choice]:
    used = {mark.meeting_id for mark in marks}
    for meeting in session.library.meetings.all():
        if meeting.id in used:
            choice = _choice(meeting.id, f"{meeting.name}（{meeting.held_on:%Y-%m-%d}）", lambda _: True)
            yield replace(choice, name=_short(meeting.name), selection=Selection(meeting.id))
