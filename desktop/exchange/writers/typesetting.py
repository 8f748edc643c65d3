"""Which lines of a text become paragraphs of an official document (公文), and in which style each is set."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import NoticeKind, Outline
from desktop.model.span import Span
from desktop.text.headings import is_heading, title_end, titled_above


class Style(StrEnum):
    """A paragraph style; the values are the ids of the styles in a Word file."""

    TITLE = "Title"
    NOTICE = "Notice"  # a subtitle, the adoption note
    ASIDE = "Aside"  # continuation marks, a title that is said again
    CHAPTER = "Chapter"  # 第一编 第一篇 第一章
    SECTION = "Section"  # 第一节
    HEADING_1 = "Heading1"  # 一、
    HEADING_2 = "Heading2"  # （一）
    HEADING_3 = "Heading3"  # 1. （1）
    BODY = "Body"
    BOX = "Box"  # the title of a box or a table
    CELL = "Cell"  # of a table
    SIGNATURE = "Signature"  # who signs, and when, far right


class Place(NamedTuple):
    """Where a cell stands: in the table that begins at a code point, in which row and column, counted from 0.

    The last cell of a row reaches over `span` columns: as many as the row is short of.
    """

    table: int
    row: int
    column: int
    span: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text, or one cell of a row, without the blanks at its ends (code points).

    Empty cells are paragraphs without words; `place` says where in its table a cell stands. The words up to
    `strong_end` are set bold (a run-in title); it is `start` where there are none. `level` is that of a heading in the
    navigation of a word processor, counted from 1, or None. With `apart` a title within the text has room above it.
    """

    start: int
    end: int
    style: Style
    strong_end: int
    level: int | None = None
    apart: bool = False
    place: Place | None = None


_NOTICES = {
    NoticeKind.TITLE: Style.TITLE,
    NoticeKind.SUBTITLE: Style.NOTICE,
    NoticeKind.ADOPTION: Style.NOTICE,
    NoticeKind.CONTINUED_FROM: Style.ASIDE,
    NoticeKind.CONTINUED_ON: Style.ASIDE,
    NoticeKind.OTHER: Style.BODY,
}
_KINDS = {
    ClauseKind.VOLUME: Style.CHAPTER,
    ClauseKind.SUBVOLUME: Style.CHAPTER,
    ClauseKind.PART: Style.CHAPTER,
    ClauseKind.CHAPTER: Style.CHAPTER,
    ClauseKind.SECTION: Style.SECTION,
    ClauseKind.BOX: Style.BOX,
}
_FIRST_DEGREE = re.compile(r"[〇○零一二三四五六七八九十百壹贰叁貳參肆伍陆陸柒捌玖拾]+\s*、")
_SECOND_DEGREE = re.compile(r"[（(][〇○零一二三四五六七八九十百]+[）)]")

MOST_KEPT = 5
"""How many headings are kept together with what follows: more of them would leave half a page empty."""
_SHORTLY = 200
"""A title that stands again behind more letters than these is that of another part of the text."""
_FAR = re.compile(r"[ \u00a0\u3000]{8,}")
"""Blanks within a line that set what stands behind them far right."""
_LONGEST_SIGNATURE = 30
_DATE = re.compile(r"[\d〇○零一二三四五六七八九十]{2,4}\s*年.{1,4}月.{1,4}日")


def typeset(text: str, outline: Outline, marks: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `text` in its order. Blank lines are none: distances belong to the styles.

    A title that stood shortly before is none either, unless one of the `marks` begins or ends in it.
    """
    notices = {notice.start: _NOTICES[notice.kind] for notice in outline.notices}
    again = {start for start, before in outline.repeated_titles.items() if start - before.end <= _SHORTLY}
    edges = sorted(edge for span in marks if span.start < span.end for edge in (span.start, span.end - 1))
    clauses = {node.clause.start: node.clause for node in outline.nodes if not node.clause.implied}
    rows = _rows_of_tables(text, outline)
    found: list[Paragraph] = []
    for line_start, start, end in _lines(text):
        notice = start if start in notices else line_start
        if notice in again:
            if bisect_left(edges, start) < bisect_left(edges, end):
                found.append(Paragraph(start, end, Style.ASIDE, start))
        elif notice in notices:
            apart = notices[notice] is Style.TITLE and bool(found) and found[-1].style is not Style.TITLE
            found += _parted(text, Paragraph(start, end, notices[notice], start, apart=apart), found)
        elif line_start in rows:
            found += rows[line_start]
        else:
            clause = clauses.get(start) or clauses.get(line_start) or titled_above(outline, start)
            found += _parted(text, _paragraph(text, start, end, clause), found)
    return tuple(found)


def group_of(paragraph: Paragraph) -> tuple[bool, int]:
    """Return what a paragraph stands in: whether in a table, and which; the others stand alone."""
    return (False, paragraph.start) if paragraph.place is None else (True, paragraph.place.table)


def column_widths(cells: Sequence[tuple[Place, float]], room: float) -> list[float]:
    """Return how wide the columns of a table are together `room`, when each cell would like to be so wide.

    Narrow columns get what they need, wide ones share what is left.
    """
    needs = [0.0] * max(place.column + place.span for place, _ in cells)
    for place, width in cells:
        if place.span == 1:
            needs[place.column] = max(needs[place.column], width)
    if sum(needs) <= room:
        spare = (room - sum(needs)) / len(needs)
        return [need + spare for need in needs]
    widths = [0.0] * len(needs)
    for left, column in zip(range(len(needs), 0, -1), sorted(range(len(needs)), key=needs.__getitem__), strict=True):
        widths[column] = min(needs[column], room / left)
        room -= widths[column]
    return widths


def letters_of(words: str) -> float:
    """Return how many Chinese letters wide words are, as far as their letters alone tell."""
    return sum(0.6 if letter.isascii() else 1.0 for letter in words)


def _rows_of_tables(text: str, outline: Outline) -> dict[int, list[Paragraph]]:
    """Return the cells of every row by the start of its line; of a table with a number (表1) the first is its title."""
    found: dict[int, list[Paragraph]] = {}
    for node in outline.nodes:
        table = node.clause
        if table.kind is not ClauseKind.TABLE:
            continue
        rows = [(start, text[start:end].split("\t")) for start, end in _lines_between(text, table)]
        if table.label:
            (start, words), *rows = rows
            title = Span(start, start + len("\t".join(words)))
            found[start] = [_trimmed(text, title, Style.BOX)]
        columns = max((len(cells) for _, cells in rows), default=0)
        for number, (start, cells) in enumerate(rows):
            found[start] = []
            at = start
            for column, cell in enumerate(cells):
                span = columns - column if column == len(cells) - 1 else 1
                place = Place(table.start, number, column, span)
                found[start].append(_trimmed(text, Span(at, at + len(cell)), Style.CELL, place))
                at += len(cell) + 1
    return found


def _lines_between(text: str, clause: Clause) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a clause that aren't blank begin and end, blanks before the first words included."""
    start = text.rfind("\n", 0, clause.start) + 1
    for line in text[start : clause.end].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _trimmed(text: str, span: Span, style: Style, place: Place | None = None) -> Paragraph:
    words = span.of(text)
    start = span.start + (len(words) - len(words.lstrip()) if words.strip() else 0)
    return Paragraph(start, start + len(words.strip()), style, start, place=place)


def _parted(text: str, made: Paragraph, above: Sequence[Paragraph]) -> list[Paragraph]:
    """Return a paragraph of the body in two where who signs stands far behind its words in the same line."""
    words = text[made.start : made.end]
    if made.style is not Style.BODY:
        return [made]
    signed = bool(above) and above[-1].style is Style.SIGNATURE
    if signed and _DATE.match(words) and len(words) <= _LONGEST_SIGNATURE:
        return [replace(made, style=Style.SIGNATURE, strong_end=made.start)]
    gaps = list(_FAR.finditer(words))
    if not gaps or len(words) - gaps[-1].end() > _LONGEST_SIGNATURE:
        return [made]
    end, start = made.start + gaps[-1].start(), made.start + gaps[-1].end()
    return [
        replace(made, end=end, strong_end=min(end, made.strong_end)),
        Paragraph(start, made.end, Style.SIGNATURE, start),
    ]


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    line_start = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = line_start + len(line) - len(line.lstrip())
            yield line_start, start, start + len(words)
        line_start += len(line) + 1


def _paragraph(text: str, start: int, end: int, clause: Clause | None) -> Paragraph:
    if clause is None:
        return Paragraph(start, end, Style.BODY, start)
    words = text[start:end]
    if is_heading(clause, words, end):
        style = _KINDS.get(clause.kind) or _style_of_heading(clause.label)
        return Paragraph(start, end, style, start, None if style is Style.BOX else clause.level)
    return Paragraph(start, end, Style.BODY, _strong_end(words, start, clause))


def _style_of_heading(label: str) -> Style:
    if _FIRST_DEGREE.fullmatch(label):
        return Style.HEADING_1
    return Style.HEADING_2 if _SECOND_DEGREE.fullmatch(label) else Style.HEADING_3


def _strong_end(words: str, start: int, clause: Clause) -> int:
    if clause.start < start:  # begun above: nothing of it stands out here
        return start
    if clause.kind is ClauseKind.ARTICLE and words.startswith(clause.label):
        return start + len(clause.label)
    return max(start, title_end(clause, words, start))
