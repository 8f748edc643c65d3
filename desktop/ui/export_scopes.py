"""What can be handed over of the text in view: all its marks, or those of one tag, colour, clause or author."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from desktop.model.mark import Mark
from desktop.model.outline import Node
from desktop.parsing.naming import labelled
from desktop.services.exporting import Selection
from desktop.services.reading import Reading
from desktop.services.selecting import Condition, by_authors, in_pens, inside
from desktop.text.blanks import one_line
from desktop.ui.models.marks_filter import Card, MarksFilter, with_parents
from desktop.ui.session import Session

_NAME_LENGTH = 40


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


ALL = Scope("", "全部标注", (Choice("", "全部标注", "批注", Selection()),))
DAYS = "days"


def scopes_of(session: Session, reading: Reading, shown: MarksFilter, offset: int) -> tuple[Scope, ...]:
    """Return the kinds there is something to choose of. `shown` is the filter of the panel 标注.

    `offset` is the place in view: the clause there comes first.
    """
    marks = [mark for mark in session.marks if not mark.removed]
    made = (
        Scope("filter", "当前筛选", tuple(_filtered(reading, shown))),
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
    return Choice(key, label, label[:_NAME_LENGTH], Selection(conditions=(condition,)))


def _filtered(reading: Reading, shown: MarksFilter) -> Iterator[Choice]:
    if shown:
        yield _choice("", "当前筛选", lambda mark: shown.passes(Card(mark, reading, "")))


def _tags(marks: list[Mark]) -> Iterator[Choice]:
    for tag in sorted({tag for mark in marks for tag in with_parents(mark.tags)}):
        yield _choice(tag, tag, _with_tag(tag))


def _with_tag(tag: str) -> Callable[[Mark], bool]:
    return lambda mark: tag in with_parents(mark.tags)


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
        yield _choice(_place(node), _place(node), inside((node.clause.whole,)))


def _place(node: Node) -> str:
    clause = node.clause
    above = "".join(f"{part.label} " for part in node.path[:-1] if part.label)
    return one_line(above + labelled(clause.label, clause.title or ""))[:_NAME_LENGTH]


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
            yield replace(choice, name=one_line(meeting.name), selection=Selection(meeting.id))
