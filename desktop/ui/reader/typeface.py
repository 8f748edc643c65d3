"""Turns the styles of lines into fonts and pixels for one zoom and one width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from desktop.text.utf16 import Utf16Map
from desktop.ui.reader.paragraphs import BLANKS, STYLES, Alignment, Face, Paragraph, Role
from desktop.ui.theme import tokens

FACES = {Face.SONG: tokens.TEXT_FAMILIES, Face.HEI: tokens.HEADING_FAMILIES}
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
    made.setPixelSize(pixels)
    made.setBold(bold)
    # Positions at fractions of a pixel keep justified lines even at every scale factor.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@dataclass(frozen=True, slots=True)
class RoleMetrics:
    """Pixels of a role: line height, space above, letter height, and the baseline within a line."""

    line: int
    before: int
    pixels: int
    baseline: float


@dataclass(frozen=True)
class Typeface:
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
        return self.roles[Role.BODY].line

    @cached_property
    def fonts(self) -> dict[Role, QFont]:
        """The font of each role."""
        return {role: font(style.face, self.roles[role].pixels, bold=style.bold) for role, style in STYLES.items()}

    @cached_property
    def roles(self) -> dict[Role, RoleMetrics]:
        """The pixels of each role."""
        found = {}
        for role, style in STYLES.items():
            pixels = max(9, round(self.pixels * style.scale))
            line = round(pixels * style.leading)
            metrics = QFontMetricsF(font(style.face, pixels, bold=style.bold))
            baseline = (line + metrics.ascent() - metrics.descent()) / 2
            found[role] = RoleMetrics(line, round(self.pixels * style.before), pixels, baseline)
        return found

    @cached_property
    def _bold_run(self) -> QTextCharFormat:
        return _format(font(Face.HEI, self.pixels, bold=True))

    @cached_property
    def _plain_run(self) -> QTextCharFormat:
        return _format(font(Face.HEI, self.pixels))

    @cached_property
    def _whole(self) -> dict[Role, QTextCharFormat]:
        return {role: _format(made) for role, made in self.fonts.items()}

    def estimates(self, lengths: list[int]) -> list[int]:
        """Return likely heights of lines with so many characters, all taken for body text."""
        body, indent = self.roles[Role.BODY], STYLES[Role.BODY].indent
        return [
            body.before + -(-(length + indent) // self.characters) * body.line if length else 0 for length in lengths
        ]

    def rough(self, characters: int, lines: int) -> int:
        """Return the likely height of so many lines with so many characters together, every second of them blank."""
        body = self.roles[Role.BODY]
        return characters * body.line // self.characters + lines * (2 * body.before + body.line) // 4

    def lay_out(self, layout: QTextLayout, paragraph: Paragraph) -> int:
        """Break `paragraph` into lines in `layout` and return its height in pixels."""
        role = self.roles[paragraph.role]
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
        metrics = QFontMetricsF(self.fonts[paragraph.role])
        taken = sum(metrics.horizontalAdvance(blank) * lead.count(blank) for blank in BLANKS if blank in lead)
        return indent - taken if taken < self.width / 2 else 0.0

    def _side(self, paragraph: Paragraph) -> float:
        """Return what to leave free on either side, so that the rows of a centred title are about equally long."""
        if paragraph.style.alignment is not Alignment.CENTRED:
            return 0.0
        length = QFontMetricsF(self.fonts[paragraph.role]).horizontalAdvance(paragraph.text.strip())
        rows = -(-length // self.width)
        return max(0.0, (self.width - length / rows) / 2 - self.roles[paragraph.role].pixels) if rows > 1 else 0.0

    def _set_formats(self, layout: QTextLayout, paragraph: Paragraph) -> None:
        to = Utf16Map(paragraph.text).to_utf16
        if paragraph.role is not Role.BODY:
            formats = [_range(0, to(len(paragraph.text)), self._whole[paragraph.role])]
        elif paragraph.runs:
            formats = [
                _range(to(run.start), to(run.end), self._bold_run if run.bold else self._plain_run)
                for run in paragraph.runs
            ]
        else:
            formats = []
        if formats or layout.formats():
            layout.setFormats(formats)


def _format(made: QFont) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(made)
    return form


def _range(start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, form
    return made
