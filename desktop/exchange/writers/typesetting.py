"""Which lines of a text become paragraphs of an official document (公文), and in which style each is set."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import NoticeKind, Outline
from desktop.model.span import Span


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
    PLAIN = "Plain"  # a line of a table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text without the blanks at its ends (code points).

    The words up to `strong_end` are set bold (a run-in title); it is `start` where there are none. `level` is that of
    a heading in the navigation of a word processor, counted from 1, or None. With `apart` a title within the text has
    room above it.
    """

    start: int
    end: int
    style: Style
    strong_end: int
    level: int | None = None
    apart: bool = False


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
    ClauseKind.TABLE: Style.PLAIN,
}
_FIRST_DEGREE = re.compile(r"[〇○零一二三四五六七八九十百壹贰叁貳參肆伍陆陸柒捌玖拾]+\s*、")
_SECOND_DEGREE = re.compile(r"[（(][〇○零一二三四五六七八九十百]+[）)]")

_SHORTLY = 200
"""A title that stands again behind more letters than these is that of another part of the text."""


def typeset(text: str, outline: Outline, marks: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `text` in its order. Blank lines are none: distances belong to the styles.

    A title that stood shortly before is none either, unless one of the `marks` begins or ends in it.
    """
    notices = {notice.start: _NOTICES[notice.kind] for notice in outline.notices}
    again = {start for start, before in outline.repeated_titles.items() if start - before.end <= _SHORTLY}
    edges = sorted(edge for span in marks if span.start < span.end for edge in (span.start, span.end - 1))
    clauses = {node.clause.start: node.clause for node in outline.nodes if not node.clause.implied}
    found = []
    for line_start, start, end in _lines(text):
        notice = start if start in notices else line_start
        if notice in again:
            if bisect_left(edges, start) < bisect_left(edges, end):
                found.append(Paragraph(start, end, Style.ASIDE, start))
        elif notice in notices:
            apart = notices[notice] is Style.TITLE and bool(found) and found[-1].style is not Style.TITLE
            found.append(Paragraph(start, end, notices[notice], start, apart=apart))
        else:
            found.append(_paragraph(text, start, end, clauses.get(start) or clauses.get(line_start)))
    return tuple(found)


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
    style = _KINDS.get(clause.kind, Style.BODY)
    if clause.kind is ClauseKind.HEADING and clause.title is not None and len(clause.sentences) <= 1:
        style = _style_of_heading(clause.label)
    if style is not Style.BODY:
        return Paragraph(start, end, style, start, None if style is Style.PLAIN else clause.level)
    return Paragraph(start, end, style, min(end, _strong_end(text, start, clause)))


def _style_of_heading(label: str) -> Style:
    if _FIRST_DEGREE.fullmatch(label):
        return Style.HEADING_1
    return Style.HEADING_2 if _SECOND_DEGREE.fullmatch(label) else Style.HEADING_3


def _strong_end(text: str, start: int, clause: Clause) -> int:
    if clause.title is not None and clause.sentences:
        first = clause.sentences[0]
        return first.start + len(first.of(text).rstrip())
    if clause.kind is ClauseKind.ARTICLE and text.startswith(clause.label, start):
        return start + len(clause.label)
    return start
