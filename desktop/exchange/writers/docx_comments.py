"""Comments of a Word file: what the user wrote on a mark, and where it is anchored."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.exchange.writers import wordml
from desktop.exchange.writers.typesetting import Paragraph
from desktop.model.clause import Clause
from desktop.model.pen import Pen
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span

UNSIGNED = "未署名"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the file by its number, and the code points it is anchored to; both may be equal."""

    number: int
    mark: ReportMark
    start: int
    end: int


def comments_of(report: Report, paragraphs: Sequence[Paragraph]) -> tuple[Comment, ...]:
    """Return the comments for all marks that have words of their own: a note or tags."""
    clauses = {node.clause.span: node.clause for node in report.outline.nodes}
    starts = [paragraph.start for paragraph in paragraphs]
    ends = [paragraph.end for paragraph in paragraphs]
    written = (mark for mark in report.marks if mark.note.strip() or mark.tags)
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
    """Return `span` drawn in so that it begins and ends inside paragraphs, which a Word file consists of.

    A span without a printed word (of an implied clause, of blank lines) becomes a point at the nearest paragraph.
    """
    first = bisect_right(ends, span.start)
    last = bisect_left(starts, span.end) - 1
    if first <= last:
        return Span(max(span.start, starts[first]), min(span.end, ends[last]))
    near = min(first, len(ends) - 1)
    point = min(max(span.start, starts[near]), ends[near])
    return Span(point, point)


def comments_part(comments: Iterable[Comment], pens: Iterable[Pen]) -> bytes:
    """Return the part of a Word file that holds the comments."""
    names = {pen.number: pen.name for pen in pens}
    body = "".join(_comment(comment, names) for comment in comments)
    return f"{wordml.HEADER}<w:comments {wordml.NAMESPACES}>{body}</w:comments>".encode()


def _comment(comment: Comment, pens: dict[int, str]) -> str:
    mark = comment.mark
    author = mark.author.strip() or UNSIGNED
    note = mark.note.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    lines = [_paragraph(line) for line in note.split("\n")] if note.strip() else []
    lines += [_paragraph(line, "CommentDetail") for line in _details(mark, pens)]
    lines[0] = lines[0].replace("</w:pPr>", f"</w:pPr>{_OWN_REFERENCE}", 1)
    return (
        f'<w:comment w:id="{comment.number}" w:author="{wordml.attribute(author)}" '
        f'w:date="{_time(mark.created)}" w:initials="{wordml.attribute(initials(author))}">{"".join(lines)}</w:comment>'
    )


_OWN_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'


def _paragraph(line: str, style: str = "CommentText") -> str:
    run = f"<w:r>{wordml.text(line)}</w:r>" if line else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _details(mark: ReportMark, pens: dict[int, str]) -> list[str]:
    details = []
    if mark.tags:
        details.append(f"标签：{'、'.join(mark.tags)}")
    if mark.pen in pens:
        details.append(f"颜色：{pens[mark.pen]}")
    if mark.meeting:
        details.append(f"会议：{mark.meeting}")
    return details


def _time(moment: datetime) -> str:
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def initials(name: str) -> str:
    """Return the short form of a name: 王小明 as it is, "Li Ming" as LM."""
    words = name.split()
    if len(words) > 1 and name.isascii():
        return "".join(word[0] for word in words)[:3].upper()
    return name[:3]
