"""Comments: which marks of a report have something written on them, and the printed words each is anchored to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.typesetting import Paragraph
from desktop.model.clause import Clause
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment by its number, counted from 0, and the code points it is anchored to; both may be equal."""

    number: int
    mark: ReportMark
    start: int
    end: int


def comments_of(report: Report, paragraphs: Sequence[Paragraph], watch: Watch = UNWATCHED) -> tuple[Comment, ...]:
    """Return the comments for all marks that have words of their own: a note or tags. Raises CancelledError.

    Without paragraphs there are none: nothing is there that they could be anchored to.
    """
    if not paragraphs:
        return ()
    clauses = {node.clause.span: node.clause for node in report.outline.nodes}
    starts = [paragraph.start for paragraph in paragraphs]
    ends = [paragraph.end for paragraph in paragraphs]
    written = (mark for mark in watch.over(report.marks) if mark.note.strip() or mark.tags)
    return tuple(
        Comment(number, mark, *within(words_of(mark, report.text, clauses), starts, ends))
        for number, mark in enumerate(written)
    )


def words_of(mark: ReportMark, text: str, clauses: dict[Span, Clause]) -> Span:
    """Return the words of the text a mark is shown on: for a mark on a clause its first sentence, label included."""
    if not mark.on_clause:
        return mark.span
    clause = clauses.get(mark.span)
    if clause is not None and clause.sentences:
        return clause.sentences[0]
    line_end = text.find("\n", mark.span.start, mark.span.end)
    return mark.span if line_end < 0 else Span(mark.span.start, line_end)


def within(span: Span, starts: Sequence[int], ends: Sequence[int]) -> Span:
    """Return `span` drawn in so that it begins and ends inside paragraphs, which a printed page consists of.

    A span without a printed word (of an implied clause, of blank lines) becomes a point at the nearest paragraph.
    """
    first = bisect_right(ends, span.start)
    last = bisect_left(starts, span.end) - 1
    if first <= last:
        return Span(max(span.start, starts[first]), min(span.end, ends[last]))
    near = min(first, len(ends) - 1)
    point = min(max(span.start, starts[near]), ends[near])
    return Span(point, point)
