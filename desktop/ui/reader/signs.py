"""The signs in the margin: which line carries a note, a pen, something private."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop.ui.reader.layout import LaidLine
from desktop.ui.reader.marks import MarkIndex, PaintedMark
from desktop.ui.reader.paragraphs import Face
from desktop.ui.reader.typeface import font
from desktop.ui.theme.tokens import Theme

DISTANCE = 10
"""Pixels between the column and the first sign."""
SIDE = 17
GAP = 2
PIXELS = 12
LOCK_WIDTH = 9
MOST = 2
"""How many signs stand side by side on a row; the rest are counted in the last one."""


class Sign(NamedTuple):
    """A sign: where it is in pixels of the document, what it says, and the marks it stands for.

    `pen` gives its colour. A sign whose marks are all there is to see `locked` has a small lock behind it.
    """

    box: QRectF
    label: str
    pen: int | None
    locked: bool
    ids: tuple[str, ...]


def label_of(mark: PaintedMark) -> str:
    """Return what the sign of `mark` says: its pen's number, 注 if there is a note, both, or nothing."""
    return ("" if mark.pen is None else str(mark.pen)) + ("注" if mark.has_note else "")


def signs_of(laid: LaidLine, marks: MarkIndex) -> list[Sign]:
    """Return the signs beside the rows of `laid` that are shown, for the marks that begin there."""
    found: list[Sign] = []
    on_clause = [mark for mark in marks.starting_in(*_reach(laid)) if mark.on_clause] if 0 in laid.rows else []
    for number in laid.rows:
        row = laid.layout.lineAt(number)
        start = laid.offset(row.textStart())
        end = laid.offset(row.textStart() + row.textLength()) + (number == laid.layout.lineCount() - 1)
        here = [
            mark for mark in marks.starting_in(start, end) if not mark.on_clause and (label_of(mark) or mark.private)
        ]
        if number == 0:
            here = on_clause + here
        if here:
            found += _signs_of_row(laid, number, here)
    return found


def _reach(laid: LaidLine) -> tuple[int, int]:
    return laid.span.start, laid.span.end + 1


def _signs_of_row(laid: LaidLine, row: int, marks: list[PaintedMark]) -> list[Sign]:
    # What the user wrote comes first: a note is never among those merely counted while a bare colour is shown.
    marks = sorted(marks, key=lambda mark: not mark.has_note)
    shown = marks if len(marks) <= MOST else marks[: MOST - 1]
    rest = marks[len(shown) :]
    middle = laid.top + laid.row_top(row) + laid.metrics.baseline - 0.36 * laid.metrics.pixels
    x = float(laid.right + DISTANCE)
    found = []
    for mark in shown:
        label = label_of(mark)
        width = _width(label)
        locked = mark.private
        box = QRectF(x, round(middle - SIDE / 2), width + (LOCK_WIDTH + 1 if locked else 0), SIDE)
        found.append(Sign(box, label, mark.pen, locked, (mark.id,)))
        x = box.right() + GAP
    if rest:
        label = f"+{len(rest)}"
        box = QRectF(x, round(middle - SIDE / 2), _width(label), SIDE)
        found.append(Sign(box, label, None, locked=False, ids=tuple(mark.id for mark in marks)))
    return found


@cache
def _width(label: str) -> float:
    return max(float(SIDE), QFontMetricsF(font(Face.HEI, PIXELS)).horizontalAdvance(label) + 4) if label else 0.0


def paint_signs(painter: QPainter, theme: Theme, signs: Sequence[Sign]) -> None:
    """Paint `signs`."""
    for sign in signs:
        chip = sign.box.adjusted(0, 0, -(LOCK_WIDTH + 1) if sign.locked else 0, 0)
        if sign.label:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft if sign.pen is None else theme.pens[sign.pen - 1]))
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(QColor(theme.ink))
            painter.setFont(font(Face.HEI, PIXELS))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, sign.label)
        if sign.locked:
            _paint_lock(painter, theme, QPointF(sign.box.right() - LOCK_WIDTH, sign.box.center().y()))


def _paint_lock(painter: QPainter, theme: Theme, at: QPointF) -> None:
    body = QRectF(at.x() + 0.5, at.y() - 1, LOCK_WIDTH - 1, 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.muted))
    painter.drawRoundedRect(body, 1.5, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.muted), 1.5))
    shackle = QRectF(body.center().x() - 2.5, body.top() - 4.5, 5, 8)
    painter.drawArc(shackle, 0, 180 * 16)
