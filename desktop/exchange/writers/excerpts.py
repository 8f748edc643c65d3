"""Excerpts before any format: the marks of a report as headings, quotes, notes and details, in a template's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
SHORT, _FEW = 280, 10
"""Letters and paragraphs that take half a page."""


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
    """A paragraph or, of a quote or note, several (LF between them); all others are one line.

    With `more` it is followed by another block that tells of the same mark, or by the mark it is the heading of.
    """

    part: Part
    words: str
    more: bool = False

    @property
    def short(self) -> bool:
        """Whether it is not torn apart between pages: half a page at most."""
        return len(self.words) <= SHORT and self.words.count("\n") < _FEW


def blocks_of(report: Report, template: Template, watch: Watch = UNWATCHED) -> Iterator[Block]:
    """Yield the excerpts of a report. By tag, a mark stands under each of its tags, and those without come last."""
    yield Block(Part.TITLE, one_line(report.title))
    if report.subtitle:
        yield Block(Part.SUBTITLE, one_line(report.subtitle))
    if not report.marks:
        yield Block(Part.SUMMARY, NOTHING)
        return
    yield Block(Part.SUMMARY, wording.summary_of(report))
    told = _Told(report, template)
    if template.grouping is Grouping.TEXT:
        yield from told.marks(watch.over(report.marks))
        return
    groups = list(_by_tag(report.marks))
    for (tag, marks), part in zip(groups, watch.parts(*(len(marks) for _, marks in groups)), strict=True):
        yield Block(Part.GROUP, one_line(tag), more=True)
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


_PARTS = {Field.QUOTE: Part.QUOTE, Field.NOTE: Part.NOTE}


class _Told:
    """The marks of one report, told by one template."""

    def __init__(self, report: Report, template: Template) -> None:
        self._report = report
        self._headed = template.fields[:1] == (Field.CLAUSE,)
        fields = template.fields[1:] if self._headed else template.fields
        self._parts = [(part, tuple(told)) for part, told in groupby(fields, key=_part)]
        self._details = wording.Details(report)

    def marks(self, marks: Iterable[ReportMark]) -> Iterator[Block]:
        """Yield the blocks of marks that follow each other."""
        for _, group in groupby(marks, key=wording.clause_of if self._headed else lambda _: ""):
            for number, mark in enumerate(group):
                if self._headed and number == 0:
                    yield Block(Part.CLAUSE, wording.heading_of(mark, self._report.outline), more=True)
                yield from self._mark(mark)

    def _mark(self, mark: ReportMark) -> Iterator[Block]:
        said = [(part, self._words(mark, part, fields)) for part, fields in self._parts]
        blocks = [(part, words) for part, words in said if words.strip() or part is Part.QUOTE]
        for number, (part, words) in enumerate(blocks, 1):
            yield Block(part, words, number < len(blocks))

    def _words(self, mark: ReportMark, part: Part, fields: Iterable[Field]) -> str:
        if part is Part.DETAILS:
            return " · ".join(self._details.of(mark, fields))
        return mark.quote if part is Part.QUOTE else mark.note


def _part(field: Field) -> Part:
    return _PARTS.get(field, Part.DETAILS)
