"""The web page of an export as a picture: what a browser shows of it first, on a light ground."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from desktop.exchange.writers import wording
from desktop.exchange.writers.colours import fill_of, line_of
from desktop.exchange.writers.comments import Comment, comments_of
from desktop.exchange.writers.faces import ANY_SONG
from desktop.exchange.writers.html import beside, numbered, opening_of, seen, tag_of, told_of
from desktop.exchange.writers.html_style import STYLE
from desktop.exchange.writers.painting import Piece, painted
from desktop.exchange.writers.title_lines import line_starts
from desktop.exchange.writers.typesetting import Paragraph, Style, typeset
from desktop.model.report import Report
from desktop.text.blanks import one_line
from desktop.ui.printing.measures import PAGE_HEIGHT, PAGE_WIDTH

_WINDOW = 1000.0
"""How wide the browser's window is, in its pixels; the style sheet's lengths are in them, too."""
_NEW_LINE = "\u2028"
"""What Qt takes for a new line within a paragraph."""


def _rules() -> Mapping[str, Mapping[str, str]]:
    """Return what the style sheet says for a wide screen in the light, by selector and property."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE.partition("@media")[0]):
        said = dict(line.split(":", 1) for line in body.replace("\n", "").split(";") if ":" in line)
        for selector in selectors.split(","):
            found[selector.strip()] |= said
    return found


_RULES = _rules()
_LETTER, _LINES = (float(number) for number in re.findall(r"([\d.]+)px/([\d.]+)", _RULES["body"]["font"])[0])
"""How large letters are, and how far lines are apart, in letters."""
_SMALLER = 1 / 1.2
"""How browsers set <small>."""


def _lengths(selector: str, name: str, letter: float = _LETTER) -> list[float]:
    """Return what a rule says of lengths, in pixels; an em is a `letter`."""
    said = re.findall(r"(-?[\d.]+)(em|px)?", _RULES[selector][name])
    return [float(number) * (letter if unit == "em" else 1) for number, unit in said]


def _colour(said: str) -> QColor:
    variable = re.fullmatch(r"var\((.+)\)", said)
    return QColor(_RULES[":root"][variable[1]] if variable else said)


class _Look(NamedTuple):
    """How a paragraph looks: its letters, how far apart its lines are, the room above and beneath it, its indent."""

    size: float
    distance: float
    above: float
    beneath: float
    bold: bool
    colour: QColor
    align: str
    indent: float


def _look(*selectors: str, room: str = "") -> _Look:
    """Return how a paragraph looks that these rules are for, the last the strongest; one of them is of its element.

    `room` is the rule with its margin; without it that of the element, or of all that stand in rows.
    """
    said: dict[str, str] = {}
    for selector in selectors:
        said |= _RULES.get(selector, {})
    size = _LETTER * float(said.get("font-size", "1em").removesuffix("em"))
    in_row = f".row>{selectors[0]}:last-child"
    above, *others = _lengths(room or (in_row if in_row in _RULES else ".row>:last-child"), "margin", size)
    return _Look(
        size,
        size * float(said.get("line-height", _LINES)),
        above,
        others[1] if len(others) > 1 else above,
        bold=selectors[0] in _HEADINGS or said.get("font-weight") == "bold",
        colour=_colour(said.get("color", "var(--ink)")),
        align=said.get("text-align", "left"),
        indent=size * float(said.get("text-indent", "0em").removesuffix("em")),
    )


_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_ALIGNED = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_TITLE = _look("h1")
_MEETING = _look(".meeting")
_CONTENTS = _look("nav", "summary", room="nav")._replace(align="center")
_NOTE = _look(".note", room=".note p")
_TOLD = _look(".note", ".note small", room=".note p")
_TOLD = _TOLD._replace(size=_TOLD.size * _SMALLER, distance=_TOLD.distance * _SMALLER)
_LINK = _colour(_RULES["a"]["color"])
_ABOVE, _EDGE = _lengths("body", "padding")
_TOP = _ABOVE + _TITLE.above  # which Qt leaves out
_BARE_WIDTH = _lengths(".bare", "max-width")[0]
_NOTE_WIDTH = _lengths("aside", "width")[0]
_NOTE_GAP = _lengths(".noted", "padding-right")[0] - _NOTE_WIDTH
_BAR = _lengths(".note", "border-left")[0]
_BESIDE_BAR = _lengths(".note", "padding", _NOTE.size)[-1]
_NOTES_APART = _lengths(".note", "margin", _NOTE.size)[-1]


def web_picture(report: Report, width: float, ratio: float) -> QImage:
    """Return the beginning of a page as a picture `width` logical pixels wide, of `ratio` pixels each."""
    height = width * PAGE_HEIGHT / PAGE_WIDTH
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(_colour("var(--paper)"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(width / _WINDOW, width / _WINDOW)
    _draw(painter, report, height * _WINDOW / width)
    painter.end()
    return image


def _draw(painter: QPainter, report: Report, height: float) -> None:
    paragraphs = typeset(report.text, report.outline, (mark.span for mark in report.marks))
    comments = numbered(comments_of(report, paragraphs))
    room = _WINDOW - 2 * _EDGE
    width = room - _NOTE_WIDTH - _NOTE_GAP if comments else min(room, _BARE_WIDTH)
    left = _EDGE if comments else (_WINDOW - width) / 2
    text = _Set(width)
    notes = _Notes(painter, left + width + _NOTE_GAP, height, wording.Details(report))
    _set_text(text, notes, report, paragraphs, comments)
    text.draw(painter, left, _TOP, height)


class _Notes:
    """The notes beside the text: each as high as its paragraph, or below those above; `free` is where there is room."""

    def __init__(self, painter: QPainter, left: float, height: float, details: wording.Details) -> None:
        self._painter, self._left, self.height, self._details = painter, left, height, details
        self.free = _TOP

    def add(self, comments: Iterable[Comment], top: float) -> None:
        """Draw notes that belong to a place so far from the top."""
        self.free = max(self.free, top)
        for comment in comments:
            if self.free > self.height:
                return
            note = _set_note(comment, self._details)
            bar = QRectF(self._left, self.free, _BAR, note.height)
            self._painter.fillRect(bar, QColor(f"#{line_of(comment.mark.pen)}"))
            note.draw(self._painter, bar.right() + _BESIDE_BAR, self.free, self.height)
            self.free = bar.bottom() + _NOTES_APART


class _Set:
    """Words set in a column, paragraph by paragraph."""

    def __init__(self, width: float) -> None:
        self._document = QTextDocument()
        self._document.setDocumentMargin(0)
        self._document.setTextWidth(width)
        self._cursor = QTextCursor(self._document)
        self._empty = True

    @property
    def height(self) -> float:
        """How high the column is."""
        return self._document.size().height()

    def begin(self, look: _Look, columns: int = 1) -> None:
        """Begin a paragraph, or a row of so many columns."""
        form = QTextBlockFormat()
        form.setAlignment(_ALIGNED[look.align])
        form.setTextIndent(look.indent)
        form.setLineHeight(look.distance, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        width = self._document.textWidth() / columns
        form.setTabPositions([QTextOption.Tab(width * n, QTextOption.TabType.LeftTab) for n in range(1, columns)])
        form.setTopMargin(look.above)
        form.setBottomMargin(look.beneath)
        if self._empty:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._empty = False

    def lower(self, top: float) -> None:
        """Let the paragraph begin no higher than this, and keep the room above it."""
        form = self._cursor.blockFormat()
        form.setTopMargin(form.topMargin() + max(0.0, top - self.top))
        self._cursor.setBlockFormat(form)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Have all that is added meanwhile set once, not anew with each word."""
        self._cursor.beginEditBlock()
        yield
        self._cursor.endEditBlock()

    def add(self, words: str, look: _Look, piece: Piece | None = None, *, raised: bool = False) -> None:
        """Add words to the paragraph, in the colours of a piece."""
        font = QFont()
        font.setFamilies(list(ANY_SONG))
        font.setPixelSize(max(1, round(look.size)))
        font.setBold(look.bold or (piece is not None and piece.strong))
        form = QTextCharFormat()
        form.setFont(font)
        form.setForeground(look.colour)
        if raised:
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if piece is not None and piece.fill is not None:
            form.setBackground(QColor(f"#{fill_of(piece.fill)}"))
        if piece is not None and piece.line is not None:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(QColor(f"#{line_of(piece.line)}"))
        self._cursor.insertText(_NEW_LINE.join(map(seen, words.split(_NEW_LINE))), form)

    def breaks_of(self, title: str, start: int = 0) -> list[int]:
        """Return where the lines of a title that begins at a code point begin: where they are as even as can be."""
        return [start + at for at in line_starts(title, self._document.textWidth() / _TITLE.size)[1:]]

    @property
    def top(self) -> float:
        """Where the paragraph begins, from the top of the column."""
        return self._document.documentLayout().blockBoundingRect(self._cursor.block()).top()

    def draw(self, painter: QPainter, left: float, top: float, bottom: float) -> None:
        """Draw the column at a place, down to `bottom`."""
        painter.save()
        painter.translate(QPointF(left, top))
        self._document.drawContents(painter, QRectF(0, 0, self._document.textWidth(), bottom - top))
        painter.restore()


def _set_text(
    text: _Set, notes: _Notes, report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment]
) -> None:
    """Set the paragraphs that are seen, and the notes that belong beside each."""
    if not any(paragraph.style is Style.TITLE for paragraph in paragraphs):
        title = one_line(report.title)
        text.begin(_TITLE)
        text.add(_broken(title, text.breaks_of(title)), _TITLE)
    ending: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        ending[comment.end].append(comment)
    opening, columns = opening_of(paragraphs), _columns(paragraphs)
    for at, (paragraph, pieces) in enumerate(painted(report, paragraphs, comments)):
        if at == opening:
            _set_head(text, report)
        look, place = _look_of(paragraph), paragraph.place
        if place is not None and place.column > 0:
            text.add("\t", look)
        else:
            text.begin(look, columns[place.table] if place is not None else 1)
        if paragraph.level == 1:
            text.lower(notes.free - _TOP)
        top = _TOP + text.top
        if top > notes.height:
            return
        words = report.text[paragraph.start : paragraph.end]
        breaks = text.breaks_of(words, paragraph.start) if paragraph.style is Style.TITLE else ()
        noted: list[Comment] = []
        with text.at_once():
            for piece in pieces:
                noted += _add_signs(text, ending.pop(piece.start, ()), look)
                text.add(_broken(report.text[piece.start : piece.end], breaks, piece.start), look, piece)
            noted += _add_signs(text, ending.pop(paragraph.end, ()), look)
        notes.add(noted, top)


def _columns(paragraphs: Iterable[Paragraph]) -> dict[int, int]:
    """Return how many columns each table has."""
    found: dict[int, int] = defaultdict(int)
    for place in (paragraph.place for paragraph in paragraphs if paragraph.place is not None):
        found[place.table] = max(found[place.table], place.column + place.span)
    return found


def _set_head(text: _Set, report: Report) -> None:
    if report.subtitle:
        text.begin(_MEETING)
        text.add(one_line(report.subtitle), _MEETING)
    if report.outline.nodes:
        text.begin(_CONTENTS)
        text.add("▸ 目录", _CONTENTS)


def _look_of(paragraph: Paragraph) -> _Look:
    element = "table" if paragraph.place is not None else tag_of(paragraph)
    return _look(element, f".{paragraph.style}")


def _broken(words: str, breaks: Sequence[int], start: int = 0) -> str:
    """Return words with a sign for a new line at each of these code points."""
    edges = [0, *(at - start for at in breaks if start <= at < start + len(words)), len(words)]
    return _NEW_LINE.join(words[begin:end] for begin, end in pairwise(edges))


def _add_signs(text: _Set, comments: Iterable[Comment], look: _Look) -> Iterable[Comment]:
    for comment in comments:
        text.add(str(comment.number + 1), look._replace(colour=_LINK), raised=True)
    return comments


def _set_note(comment: Comment, details: wording.Details) -> _Set:
    note = _Set(_NOTE_WIDTH - _BAR - _BESIDE_BAR)
    note.begin(_NOTE)
    note.add(f"{comment.number + 1}　", _NOTE._replace(bold=True, colour=_LINK))
    words, *rest = beside(comment.mark)
    note.add(words, _NOTE)
    note.add("".join(f"\n{line}" for line in rest), _NOTE._replace(colour=_LINK))
    if words:
        note.begin(_TOLD)
    note.add(" · ".join(told_of(comment.mark, details)), _TOLD)
    return note
