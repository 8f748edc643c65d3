"""Setting words into lines: the same for text, notes and page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from desktop.exchange.writers.faces import ANY_SONG, FAMILIES, Face
from desktop.exchange.writers.title_lines import line_starts
from desktop.text.blanks import TURNING
from desktop.text.utf16 import Utf16Map
from desktop.ui.printing.measures import BODY, TIGHTER, Align, Look

_ALIGNMENTS = {
    Align.JUSTIFIED: Qt.AlignmentFlag.AlignJustify,
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRED: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}
# What has no picture on paper: controls, with those that would turn a line round, and what no file can hold.
_UNPRINTABLE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{TURNING}\ud800-\udfff\ufffe\uffff]")

_ROUNDING = 1.0
"""What a line may take besides its letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: `line` has its glyphs, and lives as long as the paragraph it is kept with.

    `start` and `end` are code points counted from the paragraph's own start.
    """

    paragraph: SetParagraph
    line: QTextLine
    start: int
    end: int

    def x(self, offset: int) -> float:
        """Return how far right of the paragraph's left edge the letter at `offset` begins."""
        found: Any = self.line.cursorToX(self.paragraph.utf16.to_utf16(offset))
        return float(found[0])  # with the position it was asked for


class SetParagraph:
    """Words set in lines. `distance` is that of their baselines; lines end by sense where the look says so."""

    def __init__(self, words: str, look: Look, distance: float, strong_end: int = 0, *, bold: bool = True) -> None:
        self.words = _UNPRINTABLE.sub(" ", words)
        self.look = look
        self.distance = float(look.line or distance)
        self.utf16 = Utf16Map(self.words)
        self._layout = QTextLayout(self.words, font(look.face, look.size, bold=look.bold and bold))
        option = QTextOption(_ALIGNMENTS[look.align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        if strong_end and bold:
            self._layout.setFormats([_strong(self.utf16.to_utf16(strong_end), look)])
        self.lines = self._break()

    @property
    def baseline(self) -> float:
        """How far below the upper edge of a line its letters stand."""
        ascent, descent = _heights(self.look.face, self.look.size)
        return (self.distance + ascent - descent) / 2

    def _break(self) -> list[Line]:
        found = []
        left = float(self.look.left * self.look.size)
        indent = float(self.look.indent * self.look.size)
        self._layout.beginLayout()
        ends = iter(line_starts(self.words, self.look.by_sense)[1:] if self.look.by_sense else ())
        line = self._layout.createLine()
        while line.isValid():
            width = self.look.width - left - indent
            line.setLineWidth(width)
            if (end := next(ends, None)) is not None:
                self._end(line, end)
            line.setPosition(
                QPointF(self.look.offset + left + indent + (width - line.width()) / 2, 0)
            )  # what ends by sense is centred
            indent = 0.0
            found.append(line)
            line = self._layout.createLine()
        self._layout.endLayout()
        to = self.utf16.to_code_point
        return [Line(self, line, to(line.textStart()), to(line.textStart() + line.textLength())) for line in found]

    def _end(self, line: QTextLine, end: int) -> None:
        """Make a line so narrow that it ends at a letter, where it went on."""
        units = self.utf16.to_utf16(end)
        if line.textStart() + line.textLength() > units:
            edges: Any = line.cursorToX(line.textStart()), line.cursorToX(units)
            line.setLineWidth(float(edges[1][0] - edges[0][0]) + _ROUNDING)


@cache
def font(face: Face, size: int, *, bold: bool = False) -> QFont:
    """Return a face for paper; `size` in tenths of a point."""
    made = QFont()
    made.setFamilies(list(FAMILIES[face]))
    made.setStyleHint(QFont.StyleHint.SansSerif if face is Face.HEI else QFont.StyleHint.Serif)
    made.setPixelSize(size)
    # The face of titles is heavy by itself; what stands in for it is not.
    made.setBold(bold or (face is Face.TITLE and QFontInfo(made).family() in ANY_SONG))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if size == BODY:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, TIGHTER)
    return made


@cache
def _heights(face: Face, size: int) -> tuple[float, float]:
    metrics = QFontMetricsF(font(face, size))
    return metrics.ascent(), metrics.descent()


def _strong(units: int, look: Look) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setFont(font(look.face, look.size, bold=True))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = 0, units, form
    return made
