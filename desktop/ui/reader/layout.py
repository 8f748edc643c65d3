"""Lays out only those lines of a document that are looked at, so that its length doesn't matter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
)

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.text.utf16 import Utf16Map
from desktop.ui.reader.heights import Heights
from desktop.ui.reader.paragraphs import Paragraph, Paragraphs
from desktop.ui.reader.typeface import RoleMetrics, Typeface

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

TOP_MARGIN = 12
BOTTOM_MARGIN = 96
KEPT = 160
"""How many lines stay laid out; a screen shows about thirty."""


class LaidLine(NamedTuple):
    """One line of the text as it stands in the column; `top` and `left` are pixels of the document.

    `position` is the document position (UTF-16) at which it begins; `rows` are the rows to be painted.
    """

    line: int
    span: Span
    paragraph: Paragraph
    layout: QTextLayout
    metrics: RoleMetrics
    units: Utf16Map
    top: int
    left: int
    height: int
    width: int
    position: int
    rows: range

    @property
    def right(self) -> int:
        """Where the column ends, in pixels of the document."""
        return self.left + self.width

    @property
    def shown(self) -> Span:
        """The code points in `rows`."""
        if not self.rows or len(self.rows) == self.layout.lineCount():
            return self.span
        first, last = self.layout.lineAt(self.rows[0]), self.layout.lineAt(self.rows[-1])
        return Span(self.offset(first.textStart()), self.offset(last.textStart() + last.textLength()))

    def unit(self, offset: int) -> int:
        """Return the UTF-16 position within the line of the code point at `offset`, which may lie outside."""
        inside = min(max(offset, self.span.start), self.span.end) - self.span.start
        return self.units.to_utf16(inside)

    def offset(self, unit: int) -> int:
        """Return the code point at the UTF-16 position `unit` within the line."""
        return self.span.start + self.units.to_code_point(unit)

    def row_at(self, y: float) -> int:
        """Return the number of the row (one line on the screen) at `y` pixels below the line's top."""
        row = int((y - self.metrics.before) // self.metrics.line)
        return min(max(0, row), self.layout.lineCount() - 1)

    def row_top(self, row: int) -> int:
        """Return where `row` begins, in pixels below the line's top."""
        return self.metrics.before + row * self.metrics.line

    def row_of(self, offset: int) -> int:
        """Return the row the code point at `offset` stands in."""
        return self.layout.lineForTextPosition(self.unit(offset)).lineNumber()


def column(row: QTextLine, unit: int) -> float:
    """Return where in `row` the UTF-16 position `unit` stands, in pixels from the column's left."""
    # PySide6 returns the position along with the pixels; its type hints leave open what.
    found: Any = row.cursorToX(unit)
    return float(found[0] if isinstance(found, tuple) else found)


class LazyLayout(QAbstractTextDocumentLayout):
    """A document layout that breaks a line into rows only when it is drawn, hit or asked for.

    One block of the document is one line of the text. Heights are estimated from lengths and corrected as lines are
    laid out; `on_correction` is then called, so that the view can keep still. Exceptions in Qt's virtual functions
    would pass silently, so these do little themselves.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self.paragraphs = Paragraphs("", Outline("", (), (), ()))
        self.typeface = Typeface(17, 36)
        self.left = 0
        self.width = 0
        self.heights = Heights(self.paragraphs.index, self.typeface)
        self._version = 0
        self.paint_line: Callable[[QPainter, LaidLine, int], None] = lambda *_: None
        self.on_correction: Callable[[], None] = lambda: None
        self._loading = False
        self._laid: OrderedDict[int, tuple[Paragraph, Utf16Map]] = OrderedDict()

    @contextmanager
    def loading(self, paragraphs: Paragraphs) -> Iterator[None]:
        """Take the lines of another text, while the document's own text is set."""
        self._loading = True
        self.paragraphs = paragraphs
        self._laid.clear()
        self._estimate()
        try:
            yield
        finally:
            self._loading = False

    def set_typeface(self, typeface: Typeface) -> None:
        """Break all lines anew."""
        for line in self._laid:
            self._document.findBlockByNumber(line).layout().clearLayout()
        self._laid.clear()
        self.typeface = typeface
        self._estimate()

    def _estimate(self) -> None:
        self.heights = Heights(self.paragraphs.index, self.typeface)
        self._version = self.heights.version

    # --- lines -------------------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """The height of the whole document in pixels, with its margins."""
        return TOP_MARGIN + self.heights.total + BOTTOM_MARGIN

    def top(self, line: int) -> int:
        """Return where `line` begins, in pixels of the document."""
        return TOP_MARGIN + self.heights.top(line)

    def find(self, y: int) -> int:
        """Return the line at `y` pixels of the document."""
        return self.heights.find(y - TOP_MARGIN)

    def offset_at(self, y: int) -> int:
        """Return about which code point of the edition is at `y` pixels of the document."""
        return self.paragraphs.base + self.heights.offset_at(y - TOP_MARGIN)

    def settle(self, line: int) -> int:
        """Make sure the height of `line` is the real one, and return it."""
        if line not in self._laid and not self.paragraphs.is_blank(line):
            self._lay_out(line)
        return self.heights.height(line)

    def laid(self, line: int, shown: Span | None = None) -> LaidLine:
        """Return `line` laid out; `shown` are the heights of the document between which its rows are painted."""
        if line not in self._laid:
            self._lay_out(line)
        self._laid.move_to_end(line)
        paragraph, units = self._laid[line]
        block = self._document.findBlockByNumber(line)
        metrics = self.typeface.metrics(paragraph.role)
        top, rows = self.top(line), range(block.layout().lineCount())
        if shown is not None:
            above, below = ((y - top - metrics.before) // metrics.line for y in shown)
            rows = rows[max(0, above - 1) : max(0, below + 2)]
        return LaidLine(
            line,
            self.paragraphs.span_of(line),
            paragraph,
            block.layout(),
            metrics,
            units,
            top,
            self.left,
            self.heights.height(line),
            self.typeface.width,
            block.position(),
            rows,
        )

    def shown(self, top: int, bottom: int) -> Iterator[LaidLine]:
        """Yield the lines between two heights of the document, laid out, without blank ones."""
        line = self.paragraphs.index.following(self.find(top))
        while line < len(self.paragraphs):
            laid = self.laid(line, Span(top, bottom))
            if laid.top >= bottom:
                break
            yield laid
            line = self.paragraphs.index.following(line + 1)

    def position(self, offset: int) -> int:
        """Return the document position (UTF-16) of the code point at `offset` of the edition."""
        line = self.paragraphs.line_at(offset)
        span = self.paragraphs.span_of(line)
        inside = min(max(offset, span.start), span.end) - span.start
        return self._document.findBlockByNumber(line).position() + self._units(line).to_utf16(inside)

    def offset(self, position: int) -> int:
        """Return the code point of the edition at a document position (UTF-16)."""
        block = self._document.findBlock(position)
        line = block.blockNumber()
        return self.paragraphs.start(line) + self._units(line).to_code_point(position - block.position())

    def _units(self, line: int) -> Utf16Map:
        laid = self._laid.get(line)
        return Utf16Map(self.paragraphs.line_text(line)) if laid is None else laid[1]

    @property
    def laid_count(self) -> int:
        """How many lines are laid out at the moment."""
        return len(self._laid)

    def _lay_out(self, line: int) -> None:
        paragraph = self.paragraphs.paragraph(line)
        height = self.typeface.lay_out(self._document.findBlockByNumber(line).layout(), paragraph)
        self._laid[line] = (paragraph, Utf16Map(paragraph.text))
        self._forget_far_ones()
        self.heights.correct(line, height)
        if self.heights.version != self._version:
            self._version = self.heights.version
            self.on_correction()

    def _forget_far_ones(self) -> None:
        while len(self._laid) > KEPT:
            line, _ = self._laid.popitem(last=False)
            self._document.findBlockByNumber(line).layout().clearLayout()

    # --- Qt's questions ----------------------------------------------------------------------------------------------

    def documentSize(self) -> QSizeF:  # noqa: N802
        """Answer how large the document is."""
        return QSizeF(self.width, self.total)

    def pageCount(self) -> int:  # noqa: N802
        """Answer that it is one page."""
        return 1

    def documentChanged(self, position: int, removed: int, added: int) -> None:  # noqa: N802
        """Do nothing: the text comes through `loading`, and Qt calls this for a mere change of width too."""

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: ARG002, N802
        """Answer that the one frame is all there is."""
        return QRectF(0, 0, self.width, self.total)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802
        """Answer where a block is; Qt asks before it uses the block's rows, so they are made here."""
        line = block.blockNumber()
        if self._loading or not 0 <= line < len(self.paragraphs):
            # Qt asks while one text is taken out and the other put in: what is laid out then would be the wrong one.
            return QRectF()
        laid = self.laid(line)
        return QRectF(self.left, laid.top, self.typeface.width, laid.height)

    def hitTest(self, point: QPointF | QPoint | QPainterPath.Element, accuracy: Qt.HitTestAccuracy) -> int:  # noqa: ARG002, N802
        """Answer which position of the document is nearest to a point; never in a blank line if there is another."""
        if self._loading:
            return 0
        at = QPointF(point)  # type: ignore[arg-type]
        laid = self.laid(self._nearest_shown(int(at.y())))
        row = laid.layout.lineAt(laid.row_at(at.y() - laid.top))
        unit: int = row.xToCursor(at.x() - laid.left)
        return laid.position + unit

    def row_edge(self, position: int, x: float) -> int:
        """Return the end of the row at `position` if `x` is in the right half of its last character, or beyond."""
        block = self._document.findBlock(position)
        laid = self.laid(block.blockNumber())
        row = laid.layout.lineForTextPosition(position - laid.position)
        end = row.textStart() + row.textLength()
        beyond = position - laid.position == laid.layout.previousCursorPosition(end)
        middle = (column(row, position - laid.position) + column(row, end)) / 2
        return laid.position + end if beyond and x - laid.left > middle else position

    def _nearest_shown(self, y: int) -> int:
        line = self.find(y)
        index = self.paragraphs.index
        following = index.following(line)
        return following if following < len(index) else max(0, index.preceding(line))

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Draw the lines in the clip of `context`."""
        clip = context.clip
        for laid in self.shown(int(clip.top()) - 4, int(clip.bottom()) + 5):
            laid.layout.setPosition(QPointF(laid.left, laid.top))
            self.paint_line(painter, laid, context.cursorPosition)
