"""Body of a Word file: paragraphs cut into runs at every edge of a mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wordml
from desktop.exchange.writers.colours import fill_of, line_of
from desktop.exchange.writers.comments import Comment
from desktop.exchange.writers.docx_table import table_xml
from desktop.exchange.writers.docx_template import APART, FREE, KEPT
from desktop.exchange.writers.painting import Piece, painted
from desktop.exchange.writers.title_lines import LONGEST, line_starts
from desktop.exchange.writers.typesetting import MOST_KEPT, Paragraph, Style, group_of, letters_of
from desktop.model.report import Report
from desktop.text.blanks import one_line

_DEEPEST_LEVEL = 9


def body_xml(
    report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment], section: str, watch: Watch = UNWATCHED
) -> str:
    """Return the `w:body` element with the whole text of the report, its marks, and `section` at its end."""
    anchors = _anchors(comments)
    parts = [_added_title(report, paragraphs)]
    kept = 0  # paragraphs above that stay with the next
    for (in_table, _), made in groupby(painted(report, paragraphs, comments, watch), key=lambda it: group_of(it[0])):
        if in_table:
            cells = (
                (it.place, letters_of(report.text[it.start : it.end]), _paragraph(report.text, it, pieces, anchors))
                for it, pieces in made
            )
            parts.append(table_xml([(place, wide, words) for place, wide, words in cells if place is not None]))
            kept = 0
            continue
        for paragraph, pieces in made:
            kept = kept + 1 if paragraph.style in KEPT else 0
            free = kept > MOST_KEPT
            parts.append(_paragraph(report.text, paragraph, pieces, anchors, FREE if free else ""))
            kept = 0 if free else kept
    return f"<w:body {wordml.NAMESPACES}>{''.join(parts)}{section}</w:body>"


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
    text: str, paragraph: Paragraph, pieces: Sequence[Piece], anchors: tuple[Anchors, Anchors], placed: str = ""
) -> str:
    ends, starts = anchors
    parts = [paragraph_start(paragraph.style, paragraph.level, placed + (APART if paragraph.apart else ""))]
    lines = _further_lines(text, paragraph)
    for piece in pieces:
        parts += ends.get(piece.start, ())
        parts += starts.get(piece.start, ())
        words = text[piece.start : piece.end]
        parts.append(_run(words, piece, [start - piece.start for start in lines if piece.start <= start < piece.end]))
    parts += ends.get(paragraph.end, ())
    parts += starts.get(paragraph.end, ())
    parts.append("</w:p>")
    return "".join(parts)


def paragraph_start(style: str, level: int | None = None, placed: str = "") -> str:
    """Return the beginning of a `w:p` element in one of the template's styles; `placed` is what differs from it."""
    outline = f'<w:outlineLvl w:val="{min(level, _DEEPEST_LEVEL) - 1}"/>' if level else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{placed}{outline}</w:pPr>'


def _further_lines(text: str, paragraph: Paragraph) -> list[int]:
    """Return where the further lines of a paragraph begin that is broken by sense."""
    longest = LONGEST.get(paragraph.style)
    if longest is None:
        return []
    return [paragraph.start + start for start in line_starts(text[paragraph.start : paragraph.end], longest)[1:]]


def _run(words: str, piece: Piece, breaks: Sequence[int]) -> str:
    properties = "<w:b/>" if piece.strong else ""
    if piece.line is not None:
        properties += f'<w:u w:val="single" w:color="{line_of(piece.line)}"/>'
    if piece.fill is not None:  # shading, not Word's highlight: that knows fifteen loud colours only
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill_of(piece.fill)}"/>'
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{properties}{_broken(words, breaks)}</w:r>"


def _broken(words: str, breaks: Sequence[int]) -> str:
    parts = (words[start:end] for start, end in pairwise((0, *breaks, len(words))))
    return "<w:br/>".join(wordml.text(part) for part in parts)


def title_paragraph(title: str) -> str:
    """Return a title as a `w:p` element, its lines broken by sense."""
    return f"{paragraph_start(Style.TITLE)}<w:r>{_broken(title, line_starts(title)[1:])}</w:r></w:p>"


def _added_title(report: Report, paragraphs: Sequence[Paragraph]) -> str:
    """Return a title for a text that has none of its own."""
    if any(paragraph.style is Style.TITLE for paragraph in paragraphs):
        return ""
    return title_paragraph(one_line(report.title))
