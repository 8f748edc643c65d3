"""Exporting: which marks are handed over, and the file they go into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.files import write_atomically
from desktop.exchange.formats import writer_of
from desktop.model.mark import ClausePlace, Mark
from desktop.model.meeting import Meeting
from desktop.model.report import Report, ReportMark
from desktop.services.command import now
from desktop.services.reading import Reading

if TYPE_CHECKING:
    from desktop.storage.library import Library


@dataclass(frozen=True, slots=True)
class Selection:
    """Which marks are handed over. Private ones stay out of everything."""

    meeting_id: str | None = None

    def takes(self, mark: Mark) -> bool:
        """Whether a mark is handed over."""
        return not mark.private and not mark.removed and self.meeting_id in (None, mark.meeting_id)


def build_report(library: Library, reading: Reading, selection: Selection) -> Report:
    """Collect what is handed over of one text, in the order of the text."""
    return prepare_report(library, reading, selection)()


def prepare_report(library: Library, reading: Reading, selection: Selection) -> Callable[[], Report]:
    """Read from the library what a report needs, and return what makes it: pure, safe on any thread."""
    marks = [mark for mark in library.marks.of_edition(reading.edition.id) if selection.takes(mark)]
    authors = {author.id: author.name for author in library.authors.all()}
    meetings = {meeting.id: meeting.name for meeting in library.meetings.all()}
    meeting = library.meetings.get(selection.meeting_id) if selection.meeting_id else None
    pens = library.pens.all()

    def make() -> Report:
        return Report(
            title=reading.document.title,
            subtitle=_subtitle(meeting),
            text=reading.text,
            outline=reading.outline,
            marks=tuple(_report_marks(reading, marks, authors, meetings)),
            pens=pens,
            made=now().astimezone(),
        )

    return make


def export(report: Report, path: Path, *, overwrite: bool = False, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Write a report in the format that the suffix of `path` names; False where it was stopped before that.

    Raises UserError for an unknown suffix, an existing file (without `overwrite`), a folder or disk that refuses.
    """
    content = writer_of(path)(report)
    if stopped():
        return False
    write_atomically(path, content, overwrite=overwrite)
    return True


def _subtitle(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return f"{meeting.name}（{meeting.held_on.year}年{meeting.held_on.month}月{meeting.held_on.day}日）"


def _report_marks(
    reading: Reading, marks: Iterable[Mark], authors: dict[str, str], meetings: dict[str, str]
) -> Iterable[ReportMark]:
    for mark in marks:
        yield ReportMark(
            id=mark.id,
            kind=mark.kind,
            style=mark.style,
            pen=mark.pen,
            span=mark.span,
            quote=reading.quote_of(mark),
            on_clause=isinstance(mark.place, ClausePlace),
            note=mark.note,
            tags=mark.tags,
            address=reading.address_of(mark),
            author=authors.get(mark.author_id, ""),
            meeting=meetings.get(mark.meeting_id or "", ""),
            created=mark.created,
            changed=mark.changed,
        )
