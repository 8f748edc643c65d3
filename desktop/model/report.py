"""What an export contains, before any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.meeting import Meeting
from desktop.model.outline import NO_OUTLINE, Outline
from desktop.model.pen import Pen
from desktop.model.span import Span


@dataclass(frozen=True, slots=True)
class ReportMark:
    """A mark as it is handed over: the names of its author and meeting, not their ids. `span` counts code points.

    `address` is the place in words ("七 · 25 · 第3句"); `on_clause` tells a note on a clause from one on words, and
    `clause_path` then holds the labels from the top of the outline down to it. `context` is what stood before and
    behind its words in the text it was made on. `author_id` and `meeting_record` tell apart who and what have one name;
    `source` is the IRI of the text it was made on where that is not here, "" elsewhere.
    """

    id: str
    kind: MarkKind
    style: MarkStyle
    pen: int | None
    span: Span
    quote: str
    on_clause: bool
    note: str
    tags: tuple[str, ...]
    address: str
    author: str
    meeting: str
    created: datetime
    changed: datetime
    private: bool = False
    clause_path: tuple[str, ...] = ()
    context: tuple[str, str] = ("", "")
    author_id: str = ""
    meeting_record: Meeting | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One document with the marks that are handed over, in the order of the text.

    Where `total` is set, `marks` are only the first of so many. `made` carries the time zone that times are shown in.
    `sha256` is that of the file the text was imported from (hexadecimal).
    """

    title: str
    subtitle: str
    text: str
    outline: Outline
    marks: tuple[ReportMark, ...]
    pens: tuple[Pen, ...]
    made: datetime
    sha256: str = ""
    total: int = 0

    @property
    def count(self) -> int:
        """How many marks are handed over."""
        return max(self.total, len(self.marks))


NO_REPORT: Final = Report("", "", "", NO_OUTLINE, (), (), datetime(1970, 1, 1, tzinfo=UTC))
"""The report of no document, for what is of all of them."""
