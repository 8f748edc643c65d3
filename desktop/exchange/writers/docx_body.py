"""Body of a Word file: paragraphs cut into runs at every edge of a mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from desktop.exchange.writers import wordml
from desktop.exchange.writers.docx_comments import Comment, words_of
from desktop.exchange.writers.layers import top_colours
from desktop.exchange.writers.typesetting import Paragraph, Style
from desktop.model.mark import MarkStyle
from desktop.model.report import Report
from desktop.model.span import Span

# Shading, not Word's highlight: that knows fifteen loud colours only.
_FILLS = {1: "FFE08F", 2: "BFDCF7", 3: "B4E3D4", 4: "DCCDF3", 5: "F8CDD0"}
_LINES = {1: "C99A1C", 2: "3F87C9", 3: "2F9C7C", 4: "8A63C4", 5: "CF5F69"}
_PLAIN_FILL = "E7E6E6"
_PLAIN_LINE = "285A8C"
_DEEPEST_LEVEL = 9


def body_xml(report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment], section: str) -> str:
    """Return the `w:body` element with the whole text of the report, its marks, and `section` at its end."""
    edges = _edges(report, paragraphs, comments)
    fills = top_colours(_painted(report, MarkStyle.FILL, _FILLS, _PLAIN_FILL), edges)
    lines = top_colours(_painted(report, MarkStyle.UNDERLINE, _LINES, _PLAIN_LINE), edges)
    colours = dict(zip(edges, zip(fills, lines, strict=True), strict=True))
    anchors = _anchors(comments)
    parts = [_added_title(report, paragraphs)]
    at = 0
    for paragraph in paragraphs:
        while edges[at] < paragraph.start:
            at += 1
        first = at
        while edges[at] < paragraph.end:
            at += 1
        parts.append(_paragraph(report.text, paragraph, edges[first : at + 1], colours, anchors))
    return f"<w:body {wordml.NAMESPACES}>{''.join(parts)}{section}</w:body>"


def _edges(report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment]) -> list[int]:
    edges: set[int] = set()
    for paragraph in paragraphs:
        edges.update((paragraph.start, paragraph.strong_end, paragraph.end))
    for comment in comments:
        edges.update((comment.start, comment.end))
    for span, _ in _painted(report, MarkStyle.FILL, _FILLS, _PLAIN_FILL):
        edges.update(span)
    for span, _ in _painted(report, MarkStyle.UNDERLINE, _LINES, _PLAIN_LINE):
        edges.update(span)
    return sorted(edges)


def _painted(report: Report, style: MarkStyle, colours: dict[int, str], plain: str) -> Iterator[tuple[Span, str]]:
    clauses = {node.clause.span: node.clause for node in report.outline.nodes}
    for mark in report.marks:
        if mark.style is style:
            yield words_of(mark, report.text, clauses), colours.get(mark.pen or 0, plain)


Anchors = dict[int, list[str]]


def _anchors(comments: Sequence[Comment]) -> tuple[Anchors, Anchors]:
    """Return the ends and the starts of comments by code point; a comment on a point is whole among the ends."""
    ends: Anchors = defaultdict(list)
    starts: Anchors = defaultdict(list)
    for comment in comments:
        start = f'<w:commentRangeStart w:id="{comment.number}"/>'
        end = (
            f'<w:commentRangeEnd w:id="{comment.number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{comment.number}"/></w:r>'
        )
        if comment.start == comment.end:
            ends[comment.end].append(start + end)
        else:
            starts[comment.start].append(start)
            ends[comment.end].append(end)
    return ends, starts


def _paragraph(
    text: str,
    paragraph: Paragraph,
    edges: Sequence[int],
    colours: dict[int, tuple[str | None, str | None]],
    anchors: tuple[Anchors, Anchors],
) -> str:
    ends, starts = anchors
    parts = [_paragraph_start(paragraph.style, paragraph.level)]
    for edge, following in zip(edges, [*edges[1:], None], strict=True):
        parts += ends.get(edge, ())
        parts += starts.get(edge, ())
        if following is not None:
            parts.append(_run(text[edge:following], *colours[edge], strong=edge < paragraph.strong_end))
    parts.append("</w:p>")
    return "".join(parts)


def _paragraph_start(style: Style, level: int | None) -> str:
    outline = f'<w:outlineLvl w:val="{min(level, _DEEPEST_LEVEL) - 1}"/>' if level else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{outline}</w:pPr>'


def _run(words: str, fill: str | None, line: str | None, *, strong: bool) -> str:
    properties = "<w:b/>" if strong else ""
    if line:
        properties += f'<w:u w:val="single" w:color="{line}"/>'
    if fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{properties}{wordml.text(words)}</w:r>"


def _added_title(report: Report, paragraphs: Sequence[Paragraph]) -> str:
    """Return a title for a text that has none of its own."""
    if any(paragraph.style is Style.TITLE for paragraph in paragraphs):
        return ""
    return f"{_paragraph_start(Style.TITLE, None)}<w:r>{wordml.text(report.title)}</w:r></w:p>"
