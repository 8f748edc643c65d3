"""Web page: the whole text with its marks in colour and the notes beside it, one file for any browser."""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby, islice, pairwise

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wording, wordml
from desktop.exchange.writers.comments import Comment, comments_of
from desktop.exchange.writers.excerpts import Part, blocks_of
from desktop.exchange.writers.html_style import STYLE
from desktop.exchange.writers.painting import NO_PEN, Piece, painted
from desktop.exchange.writers.title_lines import places
from desktop.exchange.writers.typesetting import Paragraph, Style, group_of, letters_of, typeset
from desktop.model.export import DEFAULT_OPTIONS, Field, Options, Template
from desktop.model.report import Report, ReportMark
from desktop.text.blanks import one_line

_OPENING = (Style.TITLE, Style.NOTICE, Style.ASIDE)
_TOLD = (Field.TAGS, Field.PEN, Field.AUTHOR, Field.CREATED, Field.MEETING, Field.PRIVATE)
_LONGEST_BESIDE = 400
_MOST_LINES_BESIDE = 16
_BEGINNING, _LINES_OF_BEGINNING = 150, 8
"""How many letters and lines of a longer note stand beside the text."""
_MOST_HANGING = 25
"""By how many lines of the text notes may reach below the paragraph they belong to."""
_LETTERS_OF_LINE, _LETTERS_OF_NOTE = 40, 22
_LETTERS_OF_SHORT_CELL = 5
_NOTE_LINE, _NOTE_FRAME = 0.7, 1.2
"""How high a line of a note is, and what is beneath it and between notes, in lines of the text."""
_UNSEEN = re.compile("[\x7f-\x9f]")
_DEEPEST_HEADING = 6
_DEEPEST_LINK = 3
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{hash}'"


def write_html(report: Report, _: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a web page (UTF-8) with the text of `report`, every mark in it, and a note for each that has words.

    One file: no script, nothing from elsewhere, and a policy that lets nothing else in. Nothing in texts, notes or
    tags acts as markup. Control characters, those of the writing direction too, are left out. Raises CancelledError.
    """
    return "".join(f"{line}\n" for line in _lines(report, watch)).encode()


def opening_of(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many paragraphs stand above the contents: down to the title and the notes beneath it.

    What publishes a document may stand above its title; a title below the first heading is that of another one.
    """
    first_heading = next((at for at, it in enumerate(paragraphs) if it.level is not None), len(paragraphs))
    title = next((at for at, it in enumerate(paragraphs[:first_heading]) if it.style is Style.TITLE), 0)
    end = title
    while end < len(paragraphs) and paragraphs[end].style in _OPENING:
        end += 1
    return end


def numbered(comments: Sequence[Comment]) -> list[Comment]:
    """Return the comments numbered as their signs are met in the text: each stands behind the words it is about."""
    in_order = sorted(comments, key=lambda comment: (comment.end, comment.start))
    return [replace(comment, number=number) for number, comment in enumerate(in_order)]


def beside(mark: ReportMark) -> tuple[str, ...]:
    """Return what stands of a note beside the text, and, where that isn't all of it, where the whole of it is."""
    words = wording.line_ends(mark.note)
    if not words.strip():
        return ("",)
    if len(words) <= _LONGEST_BESIDE and words.count("\n") < _MOST_LINES_BESIDE:
        return (words,)
    begun = "\n".join(words[:_BEGINNING].split("\n")[:_LINES_OF_BEGINNING])
    return (f"{begun}……", f"全文见{wording.LATE_TITLE}")


def told_of(mark: ReportMark, details: wording.Details) -> list[str]:
    """Return what is told of a mark beneath its note, one by one."""
    lost = wording.lost_words_of(mark)
    return [*details.of(mark, _TOLD), *([lost] if lost else [])]


def seen(words: str) -> str:
    """Return words as the page holds them: LF for line ends, and without controls."""
    return _UNSEEN.sub("", wordml.held(wording.line_ends(words)))


def _lines(report: Report, watch: Watch) -> Iterator[str]:
    paragraphs = typeset(report.text, report.outline, (mark.span for mark in report.marks))
    commenting, setting = watch.parts(1, 4)
    comments = numbered(comments_of(report, paragraphs, commenting))
    policy = _POLICY.format(hash=base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode())
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_said(one_line(report.title))}</title>"
    yield f"<style>{STYLE}</style></head><body>"
    yield f'<main class="{"noted" if comments else "bare"}">'
    late = _late(paragraphs, comments)
    rows = _rows(report, paragraphs, comments, late, setting) if paragraphs else _excerpts(report, setting)
    if not any(paragraph.style is Style.TITLE for paragraph in paragraphs):
        title = one_line(report.title)
        words = "<wbr>".join(_said(title[start:end]) for start, end in pairwise([0, *places(title), len(title)]))
        yield f'<div class="row"><h1>{words}</h1></div>'
    yield from islice(rows, opening_of(paragraphs))
    if report.subtitle:
        yield f'<div class="meeting" role="complementary">{_said(one_line(report.subtitle))}</div>'
    yield from _contents(report, paragraphs)
    yield from rows
    yield "</main>"
    yield from _late_notes(report, comments, late)
    yield f"<footer>{_said(wording.summary_of(report))}</footer></body></html>"


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
        yield f'<nav aria-label="目录"><details><summary>目录</summary><ul>{"".join(links)}</ul></details></nav>'


def _late(paragraphs: Sequence[Paragraph], comments: Sequence[Comment]) -> frozenset[int]:
    """Return the numbers of the comments that find no room beside the text: they would stand far from their words."""
    without: set[int] = set()
    waiting = iter(comments)
    comment = next(waiting, None)
    hanging = 0.0  # by how many lines the notes reach below the text
    for paragraph in paragraphs:
        beside_another = paragraph.place is not None and paragraph.place.column > 0
        lines = 0 if beside_another else (paragraph.end - paragraph.start) / _LETTERS_OF_LINE + 1
        taken = 0.0 if paragraph.level == 1 else hanging
        while comment is not None and comment.end <= paragraph.end:
            height = _NOTE_FRAME + _NOTE_LINE * _lines_of(beside(comment.mark)[0])
            if taken + height > lines + _MOST_HANGING:
                without.add(comment.number)
            else:
                taken += height
            comment = next(waiting, None)
        hanging = max(0.0, taken - lines)
    return frozenset(without)


def _lines_of(words: str) -> int:
    return sum(1 + len(line) // _LETTERS_OF_NOTE for line in words.split("\n")) if words else 0


def _rows(
    report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment], late: frozenset[int], watch: Watch
) -> Iterator[str]:
    ending: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        ending[comment.end].append(comment)
    details = wording.Details(report)
    set_paragraphs = (
        (paragraph, *_set(report.text, number, paragraph, pieces, ending, late))
        for number, (paragraph, pieces) in enumerate(painted(report, paragraphs, comments, watch))
    )
    # The notes stand first, so that they float beside their paragraph or below those above, and leave no hole in
    # the text; a chapter waits for those of the one before.
    for (in_table, _), group in groupby(set_paragraphs, key=lambda made: group_of(made[0])):
        made = list(group)
        notes = "".join(_note(it, details) for _, _, noted in made for it in noted if it.number not in late)
        beside = f"<aside>{notes}</aside>" if notes else ""
        row = "row new" if made[0][0].level == 1 else "row"
        yield f'<div class="{row}">{beside}{_table(made) if in_table else made[0][1]}</div>'


def _set(
    text: str,
    number: int,
    paragraph: Paragraph,
    pieces: Sequence[Piece],
    ending: Mapping[int, Sequence[Comment]],
    late: frozenset[int],
) -> tuple[str, list[Comment]]:
    """Return a paragraph as an element, and the comments that end in it."""
    noted: list[Comment] = []
    breaks = _breaks(text, paragraph)
    words = []
    for piece in pieces:
        words.append(_references(ending.get(piece.start, ()), late))
        words.append(_piece(text, piece, breaks))
        noted += ending.get(piece.start, ())
    words.append(_references(ending.get(paragraph.end, ()), late))
    noted += ending.get(paragraph.end, ())
    tag = tag_of(paragraph)
    over = f' colspan="{paragraph.place.span}"' if paragraph.place is not None and paragraph.place.span > 1 else ""
    looks = f"{paragraph.style} short" if _is_short_cell(text, paragraph) else paragraph.style
    return f'<{tag} class="{looks}" id="p{number}"{over}>{"".join(words)}</{tag}>', noted


def _is_short_cell(text: str, paragraph: Paragraph) -> bool:
    """Return whether a cell is to stand on one line: a browser would break it to make room for the long ones."""
    return paragraph.place is not None and letters_of(text[paragraph.start : paragraph.end]) <= _LETTERS_OF_SHORT_CELL


def _table(cells: Sequence[tuple[Paragraph, str, Sequence[Comment]]]) -> str:
    rows = groupby(cells, key=lambda cell: cell[0].place and cell[0].place.row)
    made = "".join(f"<tr>{''.join(words for _, words, _ in row)}</tr>" for _, row in rows)
    return f'<div class="wide"><table>{made}</table></div>'


def tag_of(paragraph: Paragraph) -> str:
    """Return the element that a paragraph is."""
    if paragraph.style is Style.TITLE:
        return "h1"
    if paragraph.place is not None:
        return "td"
    return f"h{min(paragraph.level + 1, _DEEPEST_HEADING)}" if paragraph.level else "p"


def _breaks(text: str, paragraph: Paragraph) -> list[int]:
    if paragraph.style is not Style.TITLE:
        return []
    return [paragraph.start + at for at in places(text[paragraph.start : paragraph.end])]


def _piece(text: str, piece: Piece, breaks: Sequence[int]) -> str:
    # A line of a title begins where it makes sense: browsers know no words.
    edges = [piece.start, *(at for at in breaks if piece.start <= at < piece.end), piece.end]
    words = "<wbr>".join(_said(text[start:end]) for start, end in pairwise(edges))
    if piece.strong:
        words = f"<b>{words}</b>"
    looks = [f"{look}{pen}" for look, pen in (("f", piece.fill), ("l", piece.line)) if pen is not None]
    return f'<mark class="{" ".join(looks)}">{words}</mark>' if looks else words


def _references(comments: Sequence[Comment], late: frozenset[int]) -> str:
    return "".join(
        f'<sup><a id="r{number}" href="#{"w" if number - 1 in late else "n"}{number}">{number}</a></sup>'
        for number in (comment.number + 1 for comment in comments)
    )


def _note(comment: Comment, details: wording.Details) -> str:
    number = comment.number + 1
    words, *rest = beside(comment.mark)
    note = f"<p>{_said(words)}</p>" if words else ""
    note += "".join(f'<p><a href="#w{number}">{line}</a></p>' for line in rest)
    return _framed(comment, f'id="n{number}"', f"r{number}", note, details)


def _late_notes(report: Report, comments: Sequence[Comment], late: frozenset[int]) -> Iterator[str]:
    """Yield the whole of the notes that are too long to stand beside their paragraph, and those without room there."""
    details = wording.Details(report)
    notes = [comment for comment in comments if comment.number in late or len(beside(comment.mark)) > 1]
    if not notes:
        return
    yield f'<section role="complementary" aria-label="{wording.LATE_TITLE}"><h2>{wording.LATE_TITLE}</h2>'
    for comment in notes:
        number = comment.number + 1
        quote = wording.shortened(comment.mark.quote)
        note = f"<p>“{_said(quote)}”</p>" + (f"<p>{_said(comment.mark.note)}</p>" if comment.mark.note.strip() else "")
        back = f"r{number}" if comment.number in late else f"n{number}"
        yield _framed(comment, f'id="w{number}"', back, note, details)
    yield "</section>"


def _framed(comment: Comment, name: str, back: str, note: str, details: wording.Details) -> str:
    mark, number = comment.mark, comment.number + 1
    said = " · ".join(f"<bdi>{_said(words)}</bdi>" for words in told_of(mark, details))
    link = f'<a class="back" href="#{back}">{number}</a>'
    return f'<div class="note n{mark.pen or NO_PEN}" {name}>{link}{note}<small>{said}</small></div>'


def _said(words: str) -> str:
    return escape(seen(words))
