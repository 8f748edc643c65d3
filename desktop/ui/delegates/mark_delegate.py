"""Paints a mark as a card: a colour bar, the quote, the note, and one line of what else is known."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.model.mark import MarkStyle
from desktop.text.blanks import one_line
from desktop.text.differing import differing
from desktop.text.times import local_time_text
from desktop.text.utf16 import Utf16Map
from desktop.ui.models.marks_filter import Card
from desktop.ui.models.marks_model import CARD_ROLE
from desktop.ui.theme.fonts import interface_font, small_font, text_font
from desktop.ui.theme.icons import paint_sign
from desktop.ui.theme.tokens import CARD_RADIUS, Theme

GAP = 10
"""Room between two cards, in logical pixels, as all lengths here."""
PADDING = 12
INSET = 6
"""Room between quote, note and the last line."""
QUOTE_PIXELS = 14
QUOTE_LINE = 21
QUOTE_LINES = 3
ORIGIN_LINES = 2
"""So many lines show the words a mark was made on, in a card that is not opened."""
NOTE_LINE = 19
NOTE_LINES = 8
META_LINE = 20
META_GAP = 8
PILL_PADDING = 6
LOCK = 12
DOT = 8
BAR = 3
"""Width of the bar of a highlight; that of an underline is half of it."""
RING = 2
LONGEST_QUOTE = 600
"""No card shows more characters of a quote; they are enough for three lines of anything."""
CUT = "…"
MORE = "展开"
CLAUSE_SIGN = "整条"
NAMELESS = "未署名"
CLASH = "有冲突…"
ORIGIN = "原为："
EDITED = "改于"
KEPT_LAYOUTS = 400
_EXTRA = {
    "lost": 2 * PILL_PADDING,
    "verdict": 2 * PILL_PADDING,
    "clash": 2 * PILL_PADDING,
    "tag": 2 * PILL_PADDING,
    "lock": LOCK + 3,
    "author": DOT + 4,
    "editor": DOT + 4,
}
"""How much wider than its text a word of the last line is."""


@dataclass(frozen=True)
class Piece:
    """A word of the last line: an address, a verdict or a tag in its pill, an author with a dot, a time, a lock."""

    kind: str
    text: str
    rect: QRectF


@dataclass(frozen=True)
class CardLayout:
    """Where everything of a card stands, measured from its top left corner."""

    quote: QTextLayout
    origin: QTextLayout | None
    """The words it was made on, where they were others."""
    origin_top: float
    note: QTextLayout | None
    more: QRectF | None
    pieces: tuple[Piece, ...]
    body_top: float
    """Where the note begins, or what is written instead of it."""
    height: int


class MarkDelegate(QStyledItemDelegate):
    """Paints cards and tells how high they are.

    `ringed` are the marks at the caret, `opened` the one whose note is shown in full, `form` the one that is being
    written on with the height of what is written in.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ringed: frozenset[str] = frozenset()
        self.opened: str | None = None
        self.form: tuple[str, int] | None = None
        self._layouts: OrderedDict[str, tuple[tuple[object, ...], CardLayout]] = OrderedDict()
        self._quote_font = text_font(QUOTE_PIXELS)
        self._note_font = interface_font()
        self._small_font = small_font()
        self._small = QFontMetricsF(self._small_font)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme

    def height(self, card: Card, width: int) -> int:
        """Return how high a card of this width is."""
        return self.layout(card, width).height

    def estimate(self, card: Card, width: int) -> int:
        """Return about how high a card of this width is, from the number of its characters alone."""
        inner = max(1, width - 2 * PADDING)
        mark = card.mark
        quote = min(QUOTE_LINES, ceil((mark.place.end - mark.place.start) * QUOTE_PIXELS / inner)) or 1
        note = 0
        if mark.note:
            lines = sum(max(1, ceil(len(line) * self._note_font.pixelSize() / inner)) for line in mark.note.split("\n"))
            note = min(NOTE_LINES, lines) * NOTE_LINE + INSET
        origin = 0
        if card.made_on:
            origin = min(ORIGIN_LINES, ceil((len(card.made_on) + len(ORIGIN)) * self._note_font.pixelSize() / inner))
        return 2 * PADDING + quote * QUOTE_LINE + origin * NOTE_LINE + note + INSET + META_LINE

    def layout(self, card: Card, width: int) -> CardLayout:
        """Return where everything of a card stands; kept until the card, its width or its state changes."""
        mark_id = card.mark.id
        form = self.form[1] if self.form is not None and self.form[0] == mark_id else None
        now = datetime.now().astimezone()
        key = (card, width, self.opened == mark_id, form, now.date())
        kept = self._layouts.get(mark_id)
        if kept is not None and kept[0] == key:
            self._layouts.move_to_end(mark_id)
            return kept[1]
        made = self._lay_out(card, width - 2 * PADDING, form, now)
        self._layouts[mark_id] = (key, made)
        if len(self._layouts) > KEPT_LAYOUTS:
            self._layouts.popitem(last=False)
        return made

    def body_rect(self, card: Card, rect: QRect) -> QRect:
        """Return where the user writes in a card that lies at `rect`: below the quote."""
        top = round(self.layout(card, rect.width()).body_top)
        return rect.adjusted(PADDING, top, -PADDING, -PADDING)

    def clash_at(self, card: Card, rect: QRect, point: QPoint) -> bool:
        """Whether a point lies on the sign of a conflict, in a card that lies at `rect`."""
        place = QPointF(point - rect.topLeft()) - QPointF(PADDING, 0)
        return any(
            piece.kind == "clash" and piece.rect.contains(place) for piece in self.layout(card, rect.width()).pieces
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return the size of a card as wide as `option` says."""
        return QSize(option.rect.width(), self.height(index.data(CARD_ROLE), option.rect.width()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card into the rectangle of `option`."""
        card: Card = index.data(CARD_ROLE)
        layout = self.layout(card, option.rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sheet(painter, card, QRectF(option.rect), option.state)
        painter.translate(option.rect.topLeft())
        self._paint_bar(painter, card, layout.height)
        painter.translate(PADDING, 0)
        ink, muted = QColor(self._theme.ink), QColor(self._theme.muted)
        painter.setPen(muted if card.on_clause or card.mark.lost else ink)
        layout.quote.draw(painter, QPointF(0, PADDING))
        if layout.origin is not None:
            painter.setPen(muted)
            layout.origin.draw(painter, QPointF(0, layout.origin_top))
        if layout.note is not None:
            painter.setPen(ink)
            layout.note.draw(painter, QPointF(0, layout.body_top))
        painter.setFont(self._small_font)
        if layout.more is not None:
            painter.setPen(QColor(self._theme.accent))
            painter.drawText(layout.more, Qt.AlignmentFlag.AlignVCenter, MORE)
        for piece in layout.pieces:
            self._paint_piece(painter, card, piece)
        painter.restore()

    def _paint_sheet(self, painter: QPainter, card: Card, rect: QRectF, state: QStyle.StateFlag) -> None:
        theme = self._theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if card.mark.id in self.ringed:
            painter.setPen(QPen(QColor(theme.accent), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), CARD_RADIUS + 1, CARD_RADIUS + 1)
        fill = QColor(theme.card)
        if chosen:
            fill = _between(fill, QColor(theme.accent_soft))
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.line), 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)

    def _paint_bar(self, painter: QPainter, card: Card, height: int) -> None:
        """Paint the pen's colour at the left edge: broad for a highlight, thin for an underline, grey for a note."""
        mark = card.mark
        colour = self._theme.pen_lines[mark.pen - 1] if mark.pen is not None else self._theme.edge
        width = BAR / 2 if mark.style is MarkStyle.UNDERLINE else BAR
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(1, PADDING - 1, width, height - 2 * PADDING + 2), width / 2, width / 2)

    def _paint_piece(self, painter: QPainter, card: Card, piece: Piece) -> None:
        theme, rect = self._theme, piece.rect
        if piece.kind in ("lost", "verdict", "clash"):
            ink, edge = (theme.muted, theme.line) if piece.kind == "verdict" else (theme.alert, theme.alert)
            painter.setPen(QPen(QColor(edge), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
            painter.setPen(QColor(ink))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, piece.text)
            return
        if piece.kind == "tag":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 4, 4)
            painter.setPen(QColor(theme.accent))
            painter.drawText(
                rect.adjusted(PILL_PADDING, 0, -PILL_PADDING, 0), Qt.AlignmentFlag.AlignVCenter, piece.text
            )
            return
        muted = QColor(theme.muted)
        if piece.kind == "lock":
            paint_sign(painter, "lock", QRectF(rect.left(), rect.center().y() - LOCK / 2, LOCK, LOCK), muted)
            rect = rect.adjusted(LOCK + 3, 0, 0, 0)
        author = {"author": card.author, "editor": card.editor}.get(piece.kind)
        if author is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.authors[(author.colour or 1) - 1]))
            painter.drawEllipse(QRectF(rect.left(), rect.center().y() - DOT / 2, DOT, DOT))
            rect = rect.adjusted(DOT + 4, 0, 0, 0)
        painter.setPen(muted)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, piece.text)

    def _lay_out(self, card: Card, inner: int, form: int | None, now: datetime) -> CardLayout:
        quote, bottom = self._quote(card, inner)
        origin, origin_top = None, PADDING + bottom
        if card.made_on:
            origin, height = self._origin(card, inner)
            bottom += height
        body_top = PADDING + bottom + INSET
        if form is not None:
            return CardLayout(quote, origin, origin_top, None, None, (), body_top, round(body_top + form + PADDING))
        note, more, bottom = None, None, body_top
        if card.mark.note:
            limit = None if self.opened == card.mark.id else NOTE_LINES
            note, height, cut = self._note(card.mark.note, inner, limit)
            if cut:
                width = self._small.horizontalAdvance(MORE)
                more = QRectF(inner - width, body_top + height - NOTE_LINE, width, NOTE_LINE)
            bottom = body_top + height + INSET
        pieces, bottom = self._pieces(card, inner, bottom, now)
        return CardLayout(quote, origin, origin_top, note, more, pieces, body_top, ceil(bottom + PADDING - 2))

    def _quote(self, card: Card, inner: int) -> tuple[QTextLayout, float]:
        words = one_line(card.quote[:LONGEST_QUOTE])
        if card.on_clause:
            text, font, pitch = f"{CLAUSE_SIGN} · {words}", self._note_font, NOTE_LINE
        else:
            text, font, pitch = words, self._quote_font, QUOTE_LINE
        layout, height, _ = _set_lines(text, font, pitch, inner, QUOTE_LINES)
        return layout, height

    def _origin(self, card: Card, inner: int) -> tuple[QTextLayout, float]:
        """Set the words a mark was made on, those that are not in the quote marked."""
        words, quote = one_line(card.made_on[:LONGEST_QUOTE]), one_line(card.quote[:LONGEST_QUOTE])
        text = f"{ORIGIN}{words}"
        units = Utf16Map(text)
        marks = QTextCharFormat()
        marks.setFontWeight(QFont.Weight.Bold)
        marks.setFontUnderline(True)
        marked = []
        for span in differing(words, quote)[0]:
            one = QTextLayout.FormatRange()
            start, end = (units.to_utf16(place + len(ORIGIN)) for place in span)
            one.start, one.length, one.format = start, end - start, marks
            marked.append(one)
        limit = None if self.opened == card.mark.id else ORIGIN_LINES
        layout, height, _ = _set_lines(text, self._note_font, NOTE_LINE, inner, limit, formats=marked)
        return layout, height

    def _note(self, note: str, inner: int, limit: int | None) -> tuple[QTextLayout, float, bool]:
        room = self._small.horizontalAdvance(MORE) + INSET
        return _set_lines(note.replace("\n", "\u2028"), self._note_font, NOTE_LINE, inner, limit, room)

    def _pieces(self, card: Card, inner: int, top: float, now: datetime) -> tuple[tuple[Piece, ...], float]:
        """Return the words of the last line, wrapped like words, and where the line ends."""
        found = []
        x = 0.0
        for kind, text in self._facts(card, now):
            extra = _EXTRA.get(kind, 0)
            width = min(self._small.horizontalAdvance(text) + 1, inner - extra)
            shown = self._small.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
            if x and x + width + extra > inner:
                x, top = 0.0, top + META_LINE + 2
            found.append(Piece(kind, shown, QRectF(x, top, width + extra, META_LINE)))
            x += width + extra + META_GAP
        return tuple(found), top + META_LINE

    @staticmethod
    def _facts(card: Card, now: datetime) -> list[tuple[str, str]]:
        lost = "verdict" if card.reading.waiting else "lost"
        facts = [(lost if card.mark.lost else "address", card.address), ("verdict", card.verdict)]
        if card.clashes:
            facts.append(("clash", CLASH))
        facts += [("tag", tag) for tag in card.mark.tags]
        if card.author is not None:
            facts.append(("author", card.author.name or NAMELESS))
        facts.append(("time", local_time_text(card.mark.created, now)))
        if card.editor is not None and card.edited is not None:
            name = one_line(card.editor.name) or NAMELESS
            facts.append(("editor", f"{name}{EDITED} {local_time_text(card.edited, now)}"))
        if card.meeting:
            facts.append(("meeting", card.meeting))
        if card.mark.private:
            facts.append(("lock", "私人"))
        return [(kind, text) for kind, text in facts if text]


def _set_lines(
    text: str,
    font: QFont,
    pitch: int,
    width: float,
    limit: int | None,
    room: float = 0,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> tuple[QTextLayout, float, bool]:
    """Set a text in lines `pitch` apart; return it, its height, and whether it was cut to `limit` lines.

    A cut text ends with … and leaves `room` free behind it.
    """
    layout, ends = _broken(text, font, pitch, width, limit, formats)
    units = Utf16Map(text)
    if limit is None or len(ends) < limit or units.to_code_point(ends[-1]) >= len(text):
        return layout, len(ends) * pitch, False
    start = units.to_code_point(ends[-2]) if len(ends) > 1 else 0
    rest = text[start:].split("\u2028")
    cut = QFontMetricsF(font).elidedText(
        rest[0] + (CUT if len(rest) > 1 else ""), Qt.TextElideMode.ElideRight, width - room
    )
    layout, ends = _broken(text[:start] + cut, font, pitch, width, limit, formats)
    return layout, len(ends) * pitch, True


def _broken(
    text: str,
    font: QFont,
    pitch: int,
    width: float,
    limit: int | None,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> tuple[QTextLayout, list[int]]:
    """Break a text into at most `limit` lines; return it and where (UTF-16) each line ends."""
    layout = QTextLayout(text, font)
    layout.setFormats(list(formats))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    ends: list[int] = []
    layout.beginLayout()
    while limit is None or len(ends) < limit:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, len(ends) * pitch + (pitch - line.height()) / 2))
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return layout, ends


def _between(one: QColor, other: QColor) -> QColor:
    """Return the colour half-way between two."""
    mix: Callable[[int, int], int] = lambda left, right: (left + right) // 2  # noqa: E731
    return QColor(mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue()))
