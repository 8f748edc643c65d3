"""Meetings: starting one, ending it, and the clauses it goes through."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.model.changes import Changes
from desktop.model.clause import Clause, ClauseKind
from desktop.model.meeting import Meeting
from desktop.model.outline import Node, Outline
from desktop.model.span import Span
from desktop.services.command import new_id, now
from desktop.services.naming import cleaned

if TYPE_CHECKING:
    from desktop.storage.library import Library

_UNNUMBERED = {
    ClauseKind.LEAD,
    ClauseKind.CLOSING,
    ClauseKind.PARAGRAPH,
    ClauseKind.ITEM,
    ClauseKind.BOX,
    ClauseKind.TABLE,
}


@dataclass(frozen=True)
class StartMeeting:
    """Start a meeting; marks made from now on belong to it."""

    meeting: Meeting

    label = "开始会议"

    def apply(self, library: Library) -> Changes:
        """Add the meeting, or bring back the same one after a revert."""
        library.meetings.add(self.meeting)
        return Changes(meetings=frozenset({self.meeting.id}))

    def revert(self, library: Library) -> Changes:
        """Remove the meeting again."""
        library.meetings.remove(self.meeting.id)
        return Changes(meetings=frozenset({self.meeting.id}))


@dataclass(frozen=True)
class EndMeeting:
    """End a running meeting."""

    meeting_id: str
    at: datetime = field(default_factory=now)
    _ended: list[str] = field(default_factory=list, repr=False)

    label = "结束会议"

    def apply(self, library: Library) -> Changes:
        """Set the time of its end; one that has ended keeps the time it has."""
        self._ended.clear()
        meeting = library.meetings.get(self.meeting_id)
        if meeting is not None and meeting.running:
            library.meetings.edit(self.meeting_id, ended=self.at)
            self._ended.append(self.meeting_id)
        return Changes(meetings=frozenset(self._ended))

    def revert(self, library: Library) -> Changes:
        """Let it run on."""
        for meeting_id in self._ended:
            library.meetings.edit(meeting_id, ended=None)
        return Changes(meetings=frozenset(self._ended))


def start_meeting(name: str, held_on: date) -> StartMeeting:
    """Return the command that starts a meeting; raises UserError where the name is blank."""
    return StartMeeting(Meeting(new_id(), cleaned(name, "会议名称"), held_on, now()))


@dataclass(frozen=True, slots=True)
class Step:
    """What a meeting shows at a time: one clause (`node`) and the text of it (`span`, code points)."""

    node: Node
    span: Span


def steps(outline: Outline) -> list[Step]:
    """Return what a meeting goes through, in the order of the text.

    A numbered clause is one step with all its items. Where numbered clauses lie beneath it (a chapter, a section), its
    heading and what stands before the first of them are a step of their own. Unnumbered text on its own is a step.
    """
    found: list[Step] = []
    inside = -1
    for node in outline.nodes:
        clause = node.clause
        if clause.start < inside or clause.implied:
            continue
        numbered = next((child for child in clause.children if child.kind not in _UNNUMBERED), None)
        end = clause.last if numbered is None else _end_before(clause, numbered)
        found.append(Step(node, Span(clause.start, end)))
        inside = end
    return found


def step_at(found: list[Step], offset: int) -> int:
    """Return the index of the step that holds the code point at `offset`, or the nearest before it."""
    index = 0
    for number, step in enumerate(found):
        if step.span.start <= offset:
            index = number
    return index


def _end_before(clause: Clause, child: Clause) -> int:
    """Return where the text of `clause` before its child ends."""
    end = clause.end
    for other in clause.children:
        if other is child:
            break
        end = max(end, other.last)
    return end
