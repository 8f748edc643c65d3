"""Drawing sheets: colours, words and notes, on whatever can be painted on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

from desktop.exchange.writers.colours import fill_of, line_of
from desktop.ui.printing import measures
from desktop.ui.printing.glyphs import Glyphs
from desktop.ui.printing.margin import Note
from desktop.ui.printing.measures import INK, LEFT, MUTED, NOTE_BAR, NOTE_LEFT, RIGHT, Column
from desktop.ui.printing.setting import Line, SetParagraph
from desktop.ui.printing.sheets import Row, Sheet

_ALL = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
_HAIR, _BAR, _UNDERLINE = 4, 12, 10
_DASHES = (3.0, 6.0)
"""Of the line beneath words, in hairs."""
_QUOTE_BAR, _BAR_GAP = 22, 100


class Ink:
    """Draws sheets with a painter whose unit is a tenth of a point, and remembers in `glyphs` what it drew."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self.glyphs = Glyphs()

    def draw(self, sheet: Sheet) -> None:
        """Draw a page. Colours lie beneath the words, and the words come before the notes, as they are read."""
        self._painter.save()
        self._painter.scale(sheet.column.scale, sheet.column.scale)
        for row in sheet.rows:
            self._draw_colours(row)
        for note in sheet.notes:
            self._draw_leader(note, sheet.column)
        for top in sheet.rules:
            self._painter.fillRect(QRectF(LEFT, top - _HAIR / 2, RIGHT - LEFT, _HAIR), QColor(INK))
        for row in sheet.rows:
            self._draw_bar(row)
            self._write(row.line, LEFT, row.top)
        for note in sheet.notes:
            self._draw_note(note)
        self._draw_number(sheet)
        self._painter.restore()

    def _draw_colours(self, row: Row) -> None:
        size = row.line.paragraph.look.size
        for piece in row.pieces:
            if piece.fill is None and piece.line is None:
                continue
            left = LEFT + row.line.x(max(piece.start, row.line.start))
            right = LEFT + row.line.x(min(piece.end, row.line.end))
            if piece.fill is not None:
                area = QRectF(left, row.baseline - size, right - left, size * 1.25)
                self._painter.fillRect(area, _colour(fill_of(piece.fill)))
            if piece.line is not None:
                area = QRectF(left, row.baseline + size * 0.18, right - left, _UNDERLINE)
                self._painter.fillRect(area, _colour(line_of(piece.line)))

    def _draw_bar(self, row: Row) -> None:
        look = row.line.paragraph.look
        if look.bar:
            left = LEFT + look.left * look.size - _BAR_GAP
            self._painter.fillRect(QRectF(left, row.top, _QUOTE_BAR, row.line.paragraph.distance), _colour(look.bar))

    def _draw_leader(self, note: Note, column: Column) -> None:
        """Draw a thin line from the words to their note; beneath other words it is none a user could have drawn."""
        if note.late:
            return
        bend = QPointF(RIGHT, note.y)
        beneath = QPen(QColor(MUTED), _HAIR)
        beneath.setDashPattern(_DASHES)
        self._painter.setPen(beneath)
        self._painter.drawLine(QPointF(note.x, note.y), bend)
        self._painter.setPen(QPen(_colour(line_of(note.comment.mark.pen)), _HAIR, Qt.PenStyle.SolidLine))
        self._painter.drawLine(bend, QPointF(NOTE_BAR, note.top + column.note.line / 2))

    def _draw_note(self, note: Note) -> None:
        bar = QRectF(NOTE_BAR, note.top, _BAR, note.height)
        self._painter.fillRect(bar, _colour(line_of(note.comment.mark.pen)))
        top = note.top
        for line in note.lines:
            self._write(line, NOTE_LEFT, top)
            top += line.paragraph.distance

    def _draw_number(self, sheet: Sheet) -> None:
        """Write the number of the page outside: right on the odd pages, left on the even ones, one letter inwards."""
        made = SetParagraph(f"— {sheet.number} —", measures.NUMBER, 0)
        size = made.look.size
        line = made.lines[0]
        x = LEFT + size if sheet.number % 2 == 0 else RIGHT - size - line.line.naturalTextWidth()
        self._write(line, x, sheet.column.bottom + measures.NUMBER_GAP)

    def _write(self, line: Line, left: float, top: float) -> None:
        paragraph = line.paragraph
        self._painter.setPen(QColor(MUTED if paragraph.look.muted else INK))
        origin = QPointF(left, top + paragraph.baseline - line.line.ascent())
        runs = line.line.glyphRuns(-1, -1, _ALL)
        ends = [*(run.stringIndexes()[0] for run in runs[1:]), line.line.textStart() + line.line.textLength()]
        for run, end in zip(runs, ends, strict=False):  # an empty line has no run
            self.glyphs.add(run, end)
            self._painter.drawGlyphRun(origin, run)


def _colour(name: str) -> QColor:
    return QColor(f"#{name}")
