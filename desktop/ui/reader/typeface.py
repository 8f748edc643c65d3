"""Turns the styles of lines into fonts and pixels for one zoom and one width."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from desktop.text.utf16 import Utf16Map
from desktop.ui.reader.paragraphs import BLANKS, STYLES, Alignment, Face, Paragraph, Role
from desktop.ui.theme import tokens

FACES = {Face.SONG: tokens.TEXT_FAMILIES, Face.HEI: tokens.HEADING_FAMILIES}
HINTS = {Face.SONG: QFont.StyleHint.Serif, Face.HEI: QFont.StyleHint.SansSerif}
ALIGNMENTS = {
    Alignment.JUSTIFIED: Qt.AlignmentFlag.AlignJustify,
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.CENTRED: Qt.AlignmentFlag.AlignHCenter,
}
LEFT_MARGIN = 28
"""Pixels kept free left of the column at least."""
RIGHT_MARGIN = 82
"""Pixels kept free right of the column at least: the signs stand there."""
LEAST_CHARACTERS = 8


def font(face: Face, pixels: int, *, bold: bool = False) -> QFont:
    """Return a font that names the Simplified Chinese cut of its families."""
    made = QFont()
    made.setFamilies(list(FACES[face]))
    made.setStyleHint(HINTS[face])
    made.setPixelSize(pixels)
    made.setBold(bold)
    # Positions at fractions of a pixel keep justified lines even at every scale factor.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


class RoleMetrics(NamedTuple):
    """Pixels of a role: line height, space above, letter height, and the baseline within a line."""

    line: int
    before: int
    pixels: int
    baseline: float


class Typeface(NamedTuple):
    """All that decides where lines break: letter height in pixels and the column's width in characters."""

    pixels: int
    characters: int

    @staticmethod
    def fitting(zoom: int, measure: int, width: int) -> Typeface:
        """Return the typeface for `zoom` percent in a viewport of `width` pixels; `measure` is the widest column."""
        pixels = max(9, round(tokens.TEXT_PIXELS * zoom / 100))
        room = (width - LEFT_MARGIN - RIGHT_MARGIN) // pixels
        return Typeface(pixels, max(LEAST_CHARACTERS, min(measure, room)))

    @property
    def width(self) -> int:
        """Width of the column."""
        return self.pixels * self.characters

    @property
    def body_line(self) -> int:
        """Height of a row of body text."""
        return self.metrics(Role.BODY).line

    def font(self, role: Role) -> QFont:
        """Return the font of a role."""
        return _font_of(role, self.pixels)

    def metrics(self, role: Role) -> RoleMetrics:
        """Return the pixels of a role."""
        return _metrics_of(role, self.pixels)

    def estimates(self, lengths: list[int]) -> list[int]:
        """Return likely heights of lines with so many characters, all taken for body text."""
        body, indent = self.metrics(Role.BODY), STYLES[Role.BODY].indent
        return [
            body.before + -(-(length + indent) // self.characters) * body.line if length else 0 for length in lengths
        ]

    def rough(self, characters: int, lines: int) -> int:
        """Return the likely height of so many lines with so many characters together, every second of them blank."""
        body = self.metrics(Role.BODY)
        return characters * body.line // self.characters + lines * (2 * body.before + body.line) // 4

    def lay_out(self, layout: QTextLayout, paragraph: Paragraph) -> int:
        """Break `paragraph` into lines in `layout` and return its height in pixels."""
        role = self.metrics(paragraph.role)
        layout.setCacheEnabled(True)
        self._set_formats(layout, paragraph)
        option = QTextOption(ALIGNMENTS[paragraph.style.alignment])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        x = self._first_x(paragraph)
        side = self._side(paragraph)
        y = role.before
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(self.width - x - 2 * side)
            line.setPosition(QPointF(x + side, y + role.baseline - line.ascent()))
            x = 0.0
            y += role.line
            line = layout.createLine()
        layout.endLayout()
        return 0 if paragraph.blank else y

    def _first_x(self, paragraph: Paragraph) -> float:
        """Return where the first line begins, so that blanks of the text and the indent are not both seen."""
        indent = float(paragraph.style.indent * self.pixels)
        lead = paragraph.lead
        if not lead:
            return indent
        metrics = QFontMetricsF(self.font(paragraph.role))
        taken = sum(metrics.horizontalAdvance(blank) * lead.count(blank) for blank in BLANKS if blank in lead)
        return indent - taken if taken < self.width / 2 else 0.0

    def _side(self, paragraph: Paragraph) -> float:
        """Return what to leave free on either side, so that the rows of a centred title are about equally long."""
        if paragraph.style.alignment is not Alignment.CENTRED:
            return 0.0
        length = QFontMetricsF(self.font(paragraph.role)).horizontalAdvance(paragraph.text.strip())
        rows = -(-length // self.width)
        return max(0.0, (self.width - length / rows) / 2 - self.metrics(paragraph.role).pixels) if rows > 1 else 0.0

    def _set_formats(self, layout: QTextLayout, paragraph: Paragraph) -> None:
        to = Utf16Map(paragraph.text).to_utf16
        if paragraph.role is not Role.BODY:
            formats = [_range(0, to(len(paragraph.text)), _format_of(paragraph.role, self.pixels))]
        elif paragraph.runs:
            formats = [
                _range(to(run.start), to(run.end), _run_format(self.pixels, bold=run.bold)) for run in paragraph.runs
            ]
        else:
            formats = []
        if formats or layout.formats():
            layout.setFormats(formats)


# By role and body pixels. A role is measured when it is met first: every face costs a millisecond to load.
@cache
def _font_of(role: Role, body: int) -> QFont:
    style = STYLES[role]
    return font(style.face, max(9, round(body * style.scale)), bold=style.bold)


@cache
def _metrics_of(role: Role, body: int) -> RoleMetrics:
    style, made = STYLES[role], _font_of(role, body)
    pixels, metrics = made.pixelSize(), QFontMetricsF(made)
    line = round(pixels * style.leading)
    baseline = (line + metrics.ascent() - metrics.descent()) / 2
    return RoleMetrics(line, round(body * style.before), pixels, baseline)


@cache
def _format_of(role: Role, body: int) -> QTextCharFormat:
    return _format(_font_of(role, body))


@cache
def _run_format(pixels: int, *, bold: bool) -> QTextCharFormat:
    return _format(font(Face.HEI, pixels, bold=bold))


def _format(made: QFont) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(made)
    return form


def _range(start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, form
    return made
