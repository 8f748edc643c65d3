"""The meetings of a library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack

from desktop.model.meeting import Meeting
from desktop.storage.database import Row
from desktop.storage.encoding import plain, text_time
from desktop.storage.records import RecordStore
from desktop.storage.tables import Meetings, MergedOperations, Operations


class MeetingFields(TypedDict, total=False):
    """What of a meeting can be changed."""

    name: str
    held_on: date
    started: datetime
    ended: datetime | None


class MeetingStore(RecordStore[Meeting]):
    """All meetings, removed ones as tombstones."""

    subject = "meeting"
    editable = tuple(MeetingFields.__annotations__)

    def get(self, record_id: str) -> Meeting | None:
        """Return one meeting, a removed one too, or None if there never was one."""
        row = self._database.row(Meetings.select().where(Meetings.id == record_id))
        return _meeting(row) if row else None

    def all(self) -> list[Meeting]:
        """Return the meetings that are not removed, oldest first."""
        query = Meetings.select().where(Meetings.removed == 0).order_by(Meetings.started, Meetings.id)
        return [_meeting(row) for row in self._database.rows(query)]

    def running(self) -> Meeting | None:
        """Return the meeting that was started here and not ended yet; the latest, if there are several."""
        theirs = (
            MergedOperations.select(MergedOperations.subject_id)
            .join(Operations, on=(MergedOperations.operation_id == Operations.id))
            .where((MergedOperations.subject == self.subject) & (Operations.field == ""))
        )
        open_ones = (Meetings.removed == 0) & Meetings.ended.is_null() & Meetings.id.not_in(theirs)
        order = (Meetings.started.desc(), Meetings.id.desc())
        row = self._database.row(Meetings.select().where(open_ones).order_by(*order).limit(1))
        return _meeting(row) if row else None

    def edit(self, meeting_id: str, **fields: Unpack[MeetingFields]) -> None:
        """Change fields of a meeting; setting `ended` ends it."""
        self._edit(meeting_id, fields)

    def _insert(self, record: Meeting) -> None:
        self._database.rows(Meetings.insert(**_columns({name: getattr(record, name) for name in _FIELDS})))

    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        self._database.rows(Meetings.update(**_columns(fields)).where(Meetings.id == record_id))


_FIELDS = ("id", "name", "held_on", "started", "ended", "removed")


def _columns(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in fields.items()}


def _meeting(row: Row) -> Meeting:
    identity, name, held_on, started, ended, removed = row
    return Meeting(
        identity,
        name,
        date.fromisoformat(held_on),
        text_time(started),
        text_time(ended) if ended is not None else None,
        bool(removed),
    )
