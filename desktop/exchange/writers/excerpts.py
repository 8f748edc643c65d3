"""Excerpts before any format: the marks of a report as headings, quotes, notes and details, in a template's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wording
from desktop.model.export import Field, Grouping, Template
from desktop.model.report import Report, ReportMark
from desktop.text.blanks import one_line

UNTAGGED = "没有标签"
NOTHING = "没有可以导出的标注。"


class Part(StrEnum):
    """What a block of an excerpt is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SUMMARY = "summary"
    GROUP = "group"  # a tag, where the excerpts are grouped by them
    CLAUSE = "clause"
    QUOTE = "quote"
    NOTE = "note"
    DETAILS = "details"


class Block(NamedTuple):
    """A paragraph or, of a quote or note, several (LF between them); all others are one line."""

    part: Part
    words: str


def blocks_of(report: Report, template: Template, watch: Watch = UNWATCHED) -> Iterator[Block]:
    """Yield the excerpts of a report. By tag, a mark stands under each of its tags, and those without come last."""
    yield Block(Part.TITLE, one_line(report.title))
    if report.subtitle:
        yield Block(Part.SUBTITLE, one_line(report.subtitle))
    if not report.marks:
        yield Block(Part.SUMMARY, NOTHING)
        return
    yield Block(Part.SUMMARY, f"共 {report.count} 条标注，导出于 {wording.time_text(report.made, report.made)}。")
    told = _Told(report, template)
    if template.grouping is Grouping.TEXT:
        yield from told.marks(watch.over(report.marks))
        return
    groups = list(_by_tag(report.marks))
    for (tag, marks), part in zip(groups, watch.parts(*(len(marks) for _, marks in groups)), strict=True):
        yield Block(Part.GROUP, one_line(tag))
        yield from told.marks(part.over(marks))


def _by_tag(marks: Sequence[ReportMark]) -> Iterator[tuple[str, Sequence[ReportMark]]]:
    groups: dict[str, list[ReportMark]] = {}
    for mark in marks:
        for tag in dict.fromkeys(mark.tags):
            groups.setdefault(tag, []).append(mark)
    yield from sorted(groups.items())
    rest = [mark for mark in marks if not mark.tags]
    if rest:
        yield UNTAGGED, rest


class _Told:
    """The marks of one report, told by one template."""

    def __init__(self, report: Report, template: Template) -> None:
        self._report = report
        self._pens = {pen.number: pen.name for pen in report.pens}
        self._headed = template.fields[:1] == (Field.CLAUSE,)
        self._fields = template.fields[1:] if self._headed else template.fields
        self._details: dict[Field, Callable[[ReportMark], str]] = {
            Field.CLAUSE: lambda mark: wording.heading_of(mark, report.outline),
            Field.PLACE: wording.place_of,
            Field.PEN: lambda mark: self._pens.get(mark.pen or 0, ""),
            Field.STYLE: wording.style_of,
            Field.KIND: wording.kind_of,
            Field.TAGS: lambda mark: f"标签：{'、'.join(mark.tags)}" if mark.tags else "",
            Field.AUTHOR: lambda mark: mark.author,
            Field.CREATED: lambda mark: wording.time_text(mark.created, report.made),
            Field.CHANGED: lambda mark: f"改于 {wording.time_text(mark.changed, report.made)}",
            Field.MEETING: lambda mark: f"会议：{mark.meeting}" if mark.meeting else "",
            Field.PRIVATE: wording.private_of,
        }

    def marks(self, marks: Iterable[ReportMark]) -> Iterator[Block]:
        """Yield the blocks of marks that follow each other."""
        for _, group in groupby(marks, key=wording.clause_of if self._headed else lambda _: ""):
            for number, mark in enumerate(group):
                if self._headed and number == 0:
                    yield Block(Part.CLAUSE, wording.heading_of(mark, self._report.outline))
                yield from self._mark(mark)

    def _mark(self, mark: ReportMark) -> Iterator[Block]:
        for part, fields in groupby(self._fields, key=_part):
            if part is Part.QUOTE:
                yield Block(part, mark.quote)
            elif part is Part.NOTE:
                if mark.note.strip():
                    yield Block(part, mark.note)
            else:
                said = (one_line(self._details[field](mark)) for field in fields)
                details = " · ".join(words for words in said if words)
                if details:
                    yield Block(part, details)


def _part(field: Field) -> Part:
    return {Field.QUOTE: Part.QUOTE, Field.NOTE: Part.NOTE}.get(field, Part.DETAILS)
