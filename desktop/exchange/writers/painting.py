"""The paragraphs of a text cut into pieces at every edge of a mark, each with the colours that lie on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.comments import Comment, words_of
from desktop.exchange.writers.layers import top_colours
from desktop.exchange.writers.typesetting import Paragraph
from desktop.model.mark import MarkStyle
from desktop.model.report import Report
from desktop.model.span import Span

NO_PEN = 0
"""What stands for the pen of a mark that has none."""


class Piece(NamedTuple):
    """Words between two edges (code points), with the pens on them: None is no colour, `NO_PEN` a mark without a pen.

    `strong` words belong to a run-in title.
    """

    start: int
    end: int
    fill: int | None
    line: int | None
    strong: bool


def painted(
    report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment], watch: Watch = UNWATCHED
) -> Iterator[tuple[Paragraph, list[Piece]]]:
    """Yield the paragraphs with their pieces, in order; a comment begins and ends only where a piece does.

    Of marks that overlap the shorter lies on top. The cost grows with the length of the text and the number of marks,
    not with their product. Raises CancelledError.
    """
    fills, lines = _spans(report, MarkStyle.FILL), _spans(report, MarkStyle.UNDERLINE)
    edges = _edges(paragraphs, comments, [*fills, *lines])
    on_top = list(zip(top_colours(fills, edges), top_colours(lines, edges), strict=True))
    at = 0
    for paragraph in watch.over(paragraphs):
        while edges[at] < paragraph.start:
            at += 1
        pieces = []
        while edges[at] < paragraph.end:
            start, end = edges[at], edges[at + 1]
            pieces.append(Piece(start, end, *on_top[at], start < paragraph.strong_end))
            at += 1
        yield paragraph, pieces


def _edges(
    paragraphs: Sequence[Paragraph], comments: Sequence[Comment], spans: Sequence[tuple[Span, int]]
) -> list[int]:
    edges: set[int] = set()
    for paragraph in paragraphs:
        edges.update((paragraph.start, paragraph.strong_end, paragraph.end))
    for comment in comments:
        edges.update((comment.start, comment.end))
    for span, _ in spans:
        edges.update(span)
    return sorted(edges)


def _spans(report: Report, style: MarkStyle) -> list[tuple[Span, int]]:
    clauses = {node.clause.span: node.clause for node in report.outline.nodes}
    return [(words_of(mark, report.text, clauses), mark.pen or NO_PEN) for mark in report.marks if mark.style is style]
