"""The web page of an export as a picture: what a browser shows of it first, on a light ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
)

from desktop.exchange.writers import wording
from desktop.exchange.writers.colours import fill_of, line_of
from desktop.exchange.writers.comments import Comment, comments_of
from desktop.exchange.writers.html import beside, numbered, opening_of, seen, told_of
from desktop.exchange.writers.painting import Piece, painted
from desktop.exchange.writers.typesetting import Paragraph, Style, typeset
from desktop.model.report import Report
from desktop.text.blanks import one_line
from desktop.ui.printing.measures import ANY_SONG, PAGE_HEIGHT, PAGE_WIDTH

_WINDOW = 1000.0
"""How wide the browser's window is, in its pixels; the style sheet's lengths are in them, too."""
_LETTER = 17.0
_EDGE = 1.4 * _LETTER
_NOTE_WIDTH, _NOTE_GAP = 19 * _LETTER, 2 * _LETTER
_BARE_WIDTH = 44 * _LETTER
_BAR, _BESIDE_BAR = 4.0, 0.6 * _LETTER
_LINES, _DENSE = 1.85, 1.6
"""How far lines are apart, in letters: those of the text and those of notes."""
_SMALL = 0.8 * _LETTER
_PAPER, _INK, _MUTED, _LINK = (QColor(name) for name in ("#fdfcf9", "#24221e", "#5f6368", "#285a8c"))


class _Look(NamedTuple):
    """How a paragraph looks: the size of its letters, bold or not, their colour, where it is set, its indent."""

    size: float = _LETTER
    bold: bool = False
    colour: QColor = _INK
    centred: bool = False
    indent: float = 0.0


_ASIDE = _Look(0.85 * _LETTER, colour=_MUTED, centred=True)
_CONTENTS = _Look(0.85 * _LETTER, colour=_LINK, centred=True)
_LOOKS = {
    Style.TITLE: _Look(1.6 * _LETTER, bold=True, centred=True),
    Style.NOTICE: _ASIDE,
    Style.ASIDE: _ASIDE,
    Style.BODY: _Look(indent=2 * _LETTER),
    Style.BOX: _Look(bold=True, centred=True),
    Style.CELL: _Look(0.8 * _LETTER),
}
_HEADINGS = {1: _Look(1.2 * _LETTER, bold=True)}
_LOWER_HEADING = _Look(1.05 * _LETTER, bold=True)


def web_picture(report: Report, width: float, ratio: float) -> QImage:
    """Return the beginning of a page as a picture `width` logical pixels wide, of `ratio` pixels each."""
    height = width * PAGE_HEIGHT / PAGE_WIDTH
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(_PAPER)
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
    noted = _set_text(text, report, paragraphs, comments)
    text.draw(painter, left, _EDGE, height)
    details = wording.Details(report)
    free = _EDGE
    for number, beside_it in noted.items():
        free = max(free, _EDGE + text.top_of(number))
        for comment in beside_it:
            if free > height:
                return
            note = _set_note(comment, details)
            bar = QRectF(left + width + _NOTE_GAP, free, _BAR, note.height)
            painter.fillRect(bar, QColor(f"#{line_of(comment.mark.pen)}"))
            note.draw(painter, bar.right() + _BESIDE_BAR, free, height)
            free = bar.bottom() + 0.6 * _LETTER


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

    def begin(self, look: _Look, distance: float) -> int:
        """Begin a paragraph whose lines are so many letters apart; return its number."""
        form = QTextBlockFormat()
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter if look.centred else Qt.AlignmentFlag.AlignLeft)
        form.setTextIndent(look.indent)
        form.setLineHeight(look.size * distance, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(0.25 * look.size if distance > _DENSE else 0)
        if self._empty:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._empty = False
        return self._cursor.blockNumber()

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
        self._cursor.insertText(seen(words), form)

    def top_of(self, number: int) -> float:
        """Return where a paragraph begins, from the top of the column."""
        layout = self._document.documentLayout()
        return layout.blockBoundingRect(self._document.findBlockByNumber(number)).top()

    def draw(self, painter: QPainter, left: float, top: float, bottom: float) -> None:
        """Draw the column at a place, down to `bottom`."""
        painter.save()
        painter.translate(QPointF(left, top))
        self._document.drawContents(painter, QRectF(0, 0, self._document.textWidth(), bottom - top))
        painter.restore()


def _set_text(
    text: _Set, report: Report, paragraphs: Sequence[Paragraph], comments: Sequence[Comment]
) -> dict[int, list[Comment]]:
    """Set the paragraphs; return the comments that belong beside each, by its number in the column."""
    if not any(paragraph.style is Style.TITLE for paragraph in paragraphs):
        text.begin(_LOOKS[Style.TITLE], 1.4)
        text.add(one_line(report.title), _LOOKS[Style.TITLE])
    ending: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        ending[comment.end].append(comment)
    noted: dict[int, list[Comment]] = {}
    opening = opening_of(paragraphs)
    for at, (paragraph, pieces) in enumerate(painted(report, paragraphs, comments)):
        if at == opening:
            _set_head(text, report)
        look = _look_of(paragraph)
        number = text.begin(look, 1.4 if paragraph.style is Style.TITLE else _LINES)
        signs = noted.setdefault(number, [])
        for piece in pieces:
            signs += _add_signs(text, ending.pop(piece.start, ()), look)
            text.add(report.text[piece.start : piece.end], look, piece)
        signs += _add_signs(text, ending.pop(paragraph.end, ()), look)
    return noted


def _set_head(text: _Set, report: Report) -> None:
    if report.subtitle:
        text.begin(_ASIDE, _LINES)
        text.add(one_line(report.subtitle), _ASIDE)
    if report.outline.nodes:
        text.begin(_CONTENTS, 2 * _LINES)
        text.add("▸ 目录", _CONTENTS)


def _look_of(paragraph: Paragraph) -> _Look:
    if paragraph.style is not Style.TITLE and paragraph.level:
        return _HEADINGS.get(paragraph.level, _LOWER_HEADING)
    return _LOOKS.get(paragraph.style, _Look())


def _add_signs(text: _Set, comments: Iterable[Comment], look: _Look) -> Iterable[Comment]:
    for comment in comments:
        text.add(str(comment.number + 1), look._replace(colour=_LINK), raised=True)
    return comments


def _set_note(comment: Comment, details: wording.Details) -> _Set:
    note = _Set(_NOTE_WIDTH - _BAR - _BESIDE_BAR)
    plain, small = _Look(_SMALL), _Look(0.83 * _SMALL, colour=_MUTED)
    note.begin(plain, _DENSE)
    note.add(f"{comment.number + 1}　", _Look(_SMALL, bold=True, colour=_LINK))
    note.add("\n".join(beside(comment.mark)), plain)
    note.begin(small, _DENSE)
    note.add(" · ".join(told_of(comment.mark, details)), small)
    return note
