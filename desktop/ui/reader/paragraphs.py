"""Says how each line of a text is to look, from the text and its outline alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Notice, NoticeKind, Outline
from desktop.model.span import Span
from desktop.text.headings import DIVISIONS, is_heading, title_end, titled_above
from desktop.ui.reader.lines import LineIndex

BLANKS = " \t\u00a0\u3000"
"""What may stand before a line's first word and counts towards its indent."""


class Role(Enum):
    """What a line is to the eye."""

    BODY = "body"
    TITLE = "title"
    REPEATED_TITLE = "repeated_title"
    SUBTITLE = "subtitle"
    ADOPTION = "adoption"
    CONTINUATION = "continuation"
    OTHER = "other"
    CHAPTER = "chapter"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BOX = "box"
    TABLE = "table"


class Face(Enum):
    """Which family a role is set in."""

    SONG = "song"
    HEI = "hei"


class Alignment(Enum):
    """How a line's words are placed in the column."""

    JUSTIFIED = "justified"
    LEFT = "left"
    CENTRED = "centred"


class Style(NamedTuple):
    """How a role looks. Lengths are multiples of the body's letter height; `leading` of the role's own."""

    face: Face = Face.SONG
    scale: float = 1.0
    bold: bool = False
    alignment: Alignment = Alignment.JUSTIFIED
    indent: int = 0
    before: float = 0.7
    leading: float = 1.95
    muted: bool = False


STYLES = {
    Role.BODY: Style(indent=2),
    Role.TITLE: Style(scale=1.4, bold=True, alignment=Alignment.CENTRED, before=1.0, leading=1.6),
    Role.REPEATED_TITLE: Style(alignment=Alignment.CENTRED, before=1.2, leading=1.7, muted=True),
    Role.SUBTITLE: Style(scale=1.06, alignment=Alignment.CENTRED, before=0.6, leading=1.7),
    Role.ADOPTION: Style(scale=0.88, alignment=Alignment.CENTRED, before=0.5, leading=1.8, muted=True),
    Role.CONTINUATION: Style(
        face=Face.HEI, scale=0.76, alignment=Alignment.CENTRED, before=1.1, leading=1.8, muted=True
    ),
    Role.OTHER: Style(scale=0.94, before=0.5, muted=True),
    Role.CHAPTER: Style(Face.HEI, 1.18, bold=True, alignment=Alignment.CENTRED, before=1.7, leading=1.7),
    Role.HEADING: Style(Face.HEI, 1.1, bold=True, alignment=Alignment.LEFT, before=1.7, leading=1.7),
    Role.SUBHEADING: Style(Face.HEI, bold=True, alignment=Alignment.LEFT, indent=2, before=1.0, leading=1.8),
    Role.BOX: Style(Face.HEI, 1.0, bold=True, alignment=Alignment.CENTRED, before=1.2, leading=1.8),
    Role.TABLE: Style(Face.HEI, 0.92, alignment=Alignment.LEFT, before=0.3, leading=1.7),
}
"""To add a role: add it to `Role`, here, and where a line gets it (`_ROLE_OF_NOTICE`, `Paragraphs._role_of_clause`)."""

_ROLE_OF_NOTICE = {
    NoticeKind.TITLE: Role.TITLE,
    NoticeKind.SUBTITLE: Role.SUBTITLE,
    NoticeKind.ADOPTION: Role.ADOPTION,
    NoticeKind.CONTINUED_FROM: Role.CONTINUATION,
    NoticeKind.CONTINUED_ON: Role.CONTINUATION,
    NoticeKind.OTHER: Role.OTHER,
}


class Run(NamedTuple):
    """A stretch of a line set in Hei: code points counted from the line's start; `bold` or in the plain weight."""

    start: int
    end: int
    bold: bool


class Paragraph(NamedTuple):
    """One line of the text: what it is, and which of its words stand out."""

    text: str
    role: Role
    runs: tuple[Run, ...] = ()

    @property
    def style(self) -> Style:
        """How it looks as a whole."""
        return STYLES[self.role]

    @property
    def blank(self) -> bool:
        """Whether it has nothing to show: such a line takes no height and no caret."""
        return not self.text.strip()

    @property
    def lead(self) -> str:
        """The blanks before its first word."""
        return self.text[: len(self.text) - len(self.text.lstrip(BLANKS))]


def starting_in(clauses: Sequence[Clause], span: Span) -> Iterator[Clause]:
    """Yield the clauses, at any depth, that begin in `span`, without implied ones, in the order of the text."""
    index = bisect_left(clauses, span.start, key=lambda clause: clause.start)
    if index:
        yield from starting_in(clauses[index - 1].children, span)
    for clause in clauses[index:]:
        if clause.start >= span.end:
            break
        if not clause.implied:
            yield clause
        yield from starting_in(clause.children, span)


class Paragraphs:
    """The lines of `text`, or of the part `span` of it. Offsets are code points of the whole text.

    Nothing is worked out line by line beforehand: the role of a line is looked up when it is asked for.
    """

    def __init__(self, text: str, outline: Outline, span: Span | None = None) -> None:
        part = Span(0, len(text)) if span is None else span
        self.text = text if span is None else text[part.start : part.end]
        self.base = part.start
        self._outline = outline
        self.index = LineIndex(self.text)

    def __len__(self) -> int:
        return len(self.index)

    @property
    def span(self) -> Span:
        """What of the whole text is shown."""
        return Span(self.base, self.base + len(self.text))

    def start(self, line: int) -> int:
        """Return the code point at which `line` begins."""
        return self.base + self.index.start(line)

    def span_of(self, line: int) -> Span:
        """Return the code points of `line`, without its line end."""
        start = self.start(line)
        return Span(start, start + self.index.length(line))

    def line_text(self, line: int) -> str:
        """Return the characters of `line`."""
        start = self.index.start(line)
        return self.text[start : start + self.index.length(line)]

    def line_at(self, offset: int) -> int:
        """Return the line that holds the code point at `offset`; the nearest one if it is outside."""
        return self.index.line_at(offset - self.base)

    def is_blank(self, line: int) -> bool:
        """Whether `line` has nothing to show."""
        return not self.line_text(line).strip()

    def paragraph(self, line: int) -> Paragraph:
        """Return what `line` is."""
        span = self.span_of(line)
        text = self.line_text(line)
        if not text.strip():
            return Paragraph(text, Role.BODY)
        notice = self._notice_at(span)
        if notice is not None:
            return Paragraph(text, self._role_of_notice(notice))
        clauses = [clause for clause in starting_in(self._outline.clauses, span) if clause.end > clause.start]
        if not clauses:
            return Paragraph(text, self._role_of_a_further_line(span, text))
        role = self._role_of_clause(clauses[0], span, text)
        runs = () if role is not Role.BODY else tuple(run for clause in clauses for run in _runs(clause, span, text))
        return Paragraph(text, role, runs)

    def _role_of_a_further_line(self, span: Span, text: str) -> Role:
        """Return what a line is that no clause begins in: below 附件1 or 第一章 its title may stand."""
        clause = titled_above(self._outline, span.start)
        return Role.BODY if clause is None else self._role_of_clause(clause, span, text)

    def _notice_at(self, span: Span) -> Notice | None:
        notices = self._outline.notices
        index = bisect_left(notices, span.end, key=lambda notice: notice.start) - 1
        return notices[index] if index >= 0 and notices[index].end > span.start else None

    def _role_of_notice(self, notice: Notice) -> Role:
        role = _ROLE_OF_NOTICE[notice.kind]
        if role is Role.TITLE:
            # A newspaper prints the title over every page; only the first one is the document's.
            for earlier in self._outline.notices:
                if earlier.start >= notice.start:
                    break
                if earlier.kind is NoticeKind.TITLE and earlier.text.strip() == notice.text.strip():
                    return Role.REPEATED_TITLE
        return role

    def _role_of_clause(self, clause: Clause, span: Span, text: str) -> Role:
        if clause.kind is ClauseKind.TABLE:
            return Role.TABLE
        heading = is_heading(clause, text, span.end)
        if clause.kind is ClauseKind.BOX:
            return Role.BOX if heading else Role.TABLE
        if not heading:
            return Role.BODY
        if clause.kind in DIVISIONS:
            return Role.CHAPTER
        return Role.HEADING if clause.level == 1 else Role.SUBHEADING


def _runs(clause: Clause, span: Span, text: str) -> Iterator[Run]:
    """Yield what stands out of a clause whose title runs into its text."""
    start = clause.start - span.start
    if clause.kind is ClauseKind.ARTICLE:
        label = start + len(clause.label)
        if clause.label and text.startswith(clause.label, start):
            yield Run(start, label, bold=True)
        return
    if clause.kind not in (ClauseKind.HEADING, ClauseKind.ITEM):
        return
    end = title_end(clause, text, span.start) - span.start
    if end > start:
        yield Run(start, end, bold=clause.kind is ClauseKind.HEADING)
