"""Exporting: which marks are handed over, and the file they go into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.files import write_atomically
from desktop.exchange.formats import Form, form_of
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.errors import CancelledError, ExportError
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.mark import ClausePlace, Mark, Passage
from desktop.model.meeting import Meeting
from desktop.model.report import Report, ReportMark
from desktop.services.command import now
from desktop.services.homes import sources_of
from desktop.services.reading import Reading
from desktop.services.selecting import Condition

if TYPE_CHECKING:
    from desktop.storage.library import Library


GATHERING_AND_WRITING = (1, 9)
"""The shares that making a report and writing it have in an export (`Watch.parts`)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which marks are handed over: those of one meeting, or all, that satisfy every condition.

    Private ones stay out of everything unless `private` is asked for.
    """

    meeting_id: str | None = None
    conditions: tuple[Condition, ...] = ()
    private: bool = False

    def takes(self, mark: Mark) -> bool:
        """Whether a mark is handed over."""
        return (
            not mark.removed
            and (self.private or not mark.private)
            and self.meeting_id in (None, mark.meeting_id)
            and all(condition(mark) for condition in self.conditions)
        )


def counted(count: int, private: int) -> str:
    """Return how many marks are handed over, in words, and how many of them are private."""
    return f"{count} 处标注" + (f"，其中 {private} 处私人" if private else "")


def build_report(library: Library, reading: Reading, selection: Selection) -> Report:
    """Collect what is handed over of one text, in the order of the text."""
    return prepare_report(library, reading, selection)(UNWATCHED)


def prepare_report(
    library: Library, reading: Reading, selection: Selection, marks: Iterable[Mark] | None = None
) -> Callable[[Watch], Report]:
    """Read from the library what a report needs, and return what makes it: pure, safe on any thread.

    The selection is made among `marks`, by default all of the text. What is returned raises CancelledError.
    """
    among = library.marks.of_edition(reading.edition.id) if marks is None else marks
    marks = [mark for mark in among if selection.takes(mark)]
    authors = {author.id: author.name for author in library.authors.all()}
    meetings = {meeting.id: meeting for meeting in library.meetings.all()}
    sources = {} if reading.edition.format else sources_of(library, [mark.id for mark in marks])
    meeting = library.meetings.get(selection.meeting_id) if selection.meeting_id else None
    pens = library.pens.all()

    def make(watch: Watch) -> Report:
        return Report(
            title=reading.document.title,
            subtitle=_subtitle(meeting),
            text=reading.text,
            outline=reading.outline,
            marks=tuple(_report_marks(reading, watch.over(marks), authors, meetings, sources)),
            pens=pens,
            made=now().astimezone(),
            sha256=reading.edition.sha256,
        )

    return make


def export(
    report: Report,
    path: Path,
    *,
    form: Form | None = None,
    options: Options = DEFAULT_OPTIONS,
    overwrite: bool = False,
    watch: Watch = UNWATCHED,
) -> bool:
    """Write a report in a form, by default the one that the suffix of `path` names; False where it was stopped.

    True says that the file is there, also where the user wanted to stop a moment too late. A form that the composition
    root has the writer of comes with it (`exchange.formats.forms`). Raises UserError for an unknown suffix, an existing
    file (without `overwrite`), a folder or disk that refuses.
    """
    writer = (form or form_of(path)).writer
    if writer is None:
        raise ExportError(f"这里不能导出{path.suffix}，请换一种格式。")
    try:
        content = writer(report, options, watch)
        watch.check()
        write_atomically(path, content, overwrite=overwrite, watch=watch)
    except CancelledError:
        return False
    return True


def _subtitle(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return f"{meeting.name}（{meeting.held_on.year}年{meeting.held_on.month}月{meeting.held_on.day}日）"


def _report_marks(
    reading: Reading,
    marks: Iterable[Mark],
    authors: dict[str, str],
    meetings: dict[str, Meeting],
    sources: dict[str, str],
) -> Iterable[ReportMark]:
    for mark in marks:
        meeting = meetings.get(mark.meeting_id or "")
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
            meeting=meeting.name if meeting is not None else "",
            created=mark.created,
            changed=mark.changed,
            private=mark.private,
            clause_path=mark.place.path if isinstance(mark.place, ClausePlace) else (),
            context=(mark.place.prefix, mark.place.suffix) if isinstance(mark.place, Passage) else ("", ""),
            author_id=mark.author_id,
            meeting_record=meeting,
            source=sources.get(mark.id, ""),
        )
