"""Web page: the whole text with its marks in colour and the notes beside it, one file for any browser."""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wording, wordml
from desktop.exchange.writers.comments import Comment, comments_of
from desktop.exchange.writers.excerpts import Part, blocks_of
from desktop.exchange.writers.html_style import STYLE
from desktop.exchange.writers.painting import NO_PEN, Piece, painted
from desktop.exchange.writers.typesetting import Paragraph, Style, typeset
from desktop.model.export import DEFAULT_OPTIONS, Field, Options, Template
from desktop.model.report import Report
from desktop.text.blanks import one_line

_DEEPEST_HEADING = 6
_DEEPEST_LINK = 3
_TOLD = (Field.TAGS, Field.PEN, Field.AUTHOR, Field.CREATED, Field.MEETING, Field.PRIVATE)
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{hash}'"


def write_html(report: Report, _: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a web page (UTF-8) with the text of `report`, every mark in it, and a note for each that has words.

    One file: no script, nothing from elsewhere, and a policy that lets nothing else in. Nothing in texts, notes or
    tags acts as markup. Control characters are left out. Raises CancelledError.
    """
    return "".join(f"{line}\n" for line in _lines(report, watch)).encode()


def _lines(report: Report, watch: Watch) -> Iterator[str]:
    paragraphs = typeset(report.text, report.outline, (mark.span for mark in report.marks))
    commenting, setting = watch.parts(1, 4)
    comments = comments_of(report, paragraphs, commenting)
    policy = _POLICY.format(hash=base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode())
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_said(one_line(report.title))}</title>"
    yield f"<style>{STYLE}</style></head><body>"
    if report.subtitle:
        yield f"<header>{_said(one_line(report.subtitle))}</header>"
    yield from _contents(report, paragraphs)
    yield "<main>"
    if not any(paragraph.style is Style.TITLE for paragraph in paragraphs):
        yield f'<div class="row"><h1>{_said(one_line(report.title))}</h1></div>'
    yield from _rows(report, paragraphs, comments, setting) if paragraphs else _excerpts(report, setting)
    yield f"</main><footer>{_said(wording.summary_of(report))}</footer></body></html>"


def _excerpts(report: Report, watch: Watch) -> Iterator[str]:
    """Yield the marks of a document whose text isn't here."""
    for block in blocks_of(report, Template(), watch) if report.marks else ():
        if block.part not in (Part.TITLE, Part.SUBTITLE, Part.SUMMARY):
            yield f'<div class="row"><p class="told-{block.part}">{_said(block.words)}</p></div>'


def _contents(report: Report, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the outline as links to the paragraphs its clauses begin in."""
    ends = [paragraph.end for paragraph in paragraphs]
    links = []
    for node in report.outline.nodes:
        clause, depth = node.clause, len(node.path)
        at = bisect_right(ends, clause.start)
        if clause.title is not None and not clause.implied and depth <= _DEEPEST_LINK and at < len(ends):
            words = _said(one_line(f"{clause.label}{clause.title}"))
            links.append(f'<li class="d{depth}"><a href="#p{at}">{words}</a></li>')
    if links:
        yield f'<nav aria-label="目录"><ul>{"".join(links)}</ul></nav>'


def _rows(report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment], watch: Watch) -> Iterator[str]:
    ending: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        ending[comment.end].append(comment)
    details = wording.Details(report)
    for number, (paragraph, pieces) in enumerate(painted(report, paragraphs, comments, watch)):
        noted: list[Comment] = []
        words = []
        for piece in pieces:
            words.append(_references(ending.get(piece.start, ())))
            words.append(_piece(report.text, piece))
            noted += ending.get(piece.start, ())
        words.append(_references(ending.get(paragraph.end, ())))
        noted += ending.get(paragraph.end, ())
        tag = _tag(paragraph)
        notes = "".join(_note(comment, details) for comment in noted)
        beside = f"<aside>{notes}</aside>" if notes else ""
        yield f'<div class="row"><{tag} class="{paragraph.style}" id="p{number}">{"".join(words)}</{tag}>{beside}</div>'


def _tag(paragraph: Paragraph) -> str:
    if paragraph.style is Style.TITLE:
        return "h1"
    return f"h{min(paragraph.level + 1, _DEEPEST_HEADING)}" if paragraph.level else "p"


def _piece(text: str, piece: Piece) -> str:
    words = _said(text[piece.start : piece.end])
    if piece.strong:
        words = f"<b>{words}</b>"
    looks = [f"{look}{pen}" for look, pen in (("f", piece.fill), ("l", piece.line)) if pen is not None]
    return f'<mark class="{" ".join(looks)}">{words}</mark>' if looks else words


def _references(comments: Sequence[Comment]) -> str:
    return "".join(
        f'<sup><a id="r{comment.number + 1}" href="#n{comment.number + 1}">{comment.number + 1}</a></sup>'
        for comment in comments
    )


def _note(comment: Comment, details: wording.Details) -> str:
    mark, number = comment.mark, comment.number + 1
    said = " · ".join((*details.of(mark, _TOLD), *filter(None, [wording.lost_words_of(mark)])))
    note = f"<p>{_said(mark.note)}</p>" if mark.note.strip() else ""
    back = f'<a href="#r{number}">{number}</a>'
    return f'<div class="note n{mark.pen or NO_PEN}" id="n{number}">{back}{note}<small>{_said(said)}</small></div>'


def _said(words: str) -> str:
    return escape(wordml.held(wording.line_ends(words)).replace("\x7f", ""))
