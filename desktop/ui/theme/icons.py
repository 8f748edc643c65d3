"""The few signs of the window, painted as strokes so that they are crisp at every scale and need no image library."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

GRID = 16.0
"""Signs are drawn on a square of so many units."""
STROKE = 1.5
"""Width of their strokes in the same units."""
PIXELS = (16, 20, 24, 32, 48, 64)
"""Sizes an icon holds in device pixels: 16 logical ones at 100, 125, 150, 200, 300 and 400 %."""

_DEGREE = 16
"""Qt's painter counts angles in sixteenths of a degree."""

Stroke = tuple[str, tuple[float, ...]]

# To add a sign: name it here. "line": x, y of every point. "round": x, y, width, height, radius. "circle": centre and
# radius. "dot": the same, filled. "arc": x, y, width, height, first angle, sweep (degrees, anticlockwise from east).
SIGNS: dict[str, tuple[Stroke, ...]] = {
    "back": (("line", (13, 8, 3, 8)), ("line", (7, 4, 3, 8, 7, 12))),
    "forward": (("line", (3, 8, 13, 8)), ("line", (9, 4, 13, 8, 9, 12))),
    "search": (("circle", (7, 7, 4.25)), ("line", (10.25, 10.25, 13.5, 13.5))),
    "lock": (
        ("round", (3.5, 7.25, 9, 6.25, 1.5)),
        ("arc", (5.25, 2.5, 5.5, 5.5, 0, 180)),
        *(("line", (x, 5.25, x, 7.25)) for x in (5.25, 10.75)),
    ),
    "note": (("round", (2.5, 2.75, 11, 10.5, 2)), ("line", (5.25, 6.5, 10.75, 6.5)), ("line", (5.25, 9.5, 8.75, 9.5))),
    "close": (("line", (4, 4, 12, 12)), ("line", (12, 4, 4, 12))),
    "chevron": (("line", (6, 4, 10, 8, 6, 12)),),
    "chevron_down": (("line", (4, 6, 8, 10, 12, 6)),),
    "chevron_up": (("line", (4, 10, 8, 6, 12, 10)),),
    "check": (("line", (3.5, 8.5, 6.75, 11.75, 12.75, 4.75)),),
    "dot": (("dot", (8, 8, 4)),),
}


def icon(name: str, color: str) -> QIcon:
    """Return a sign in a colour ("#rrggbb") as an icon of every scale; raises KeyError for an unknown name."""
    return _icon(name, QColor(color).name())


def paint_sign(painter: QPainter, name: str, place: QRectF, color: QColor) -> None:
    """Paint a sign into a square; raises KeyError for an unknown name."""
    strokes = SIGNS[name]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / GRID, place.height() / GRID)
    pen = QPen(color, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for kind, values in strokes:
        filled = kind == "dot"
        painter.setPen(Qt.PenStyle.NoPen if filled else pen)
        painter.setBrush(color if filled else Qt.BrushStyle.NoBrush)
        _draw(painter, kind, values)
    painter.restore()


def sign_pixmap(name: str, color: str, pixels: int) -> QPixmap:
    """Return a sign as a picture of so many device pixels each way; raises KeyError for an unknown name."""
    if name not in SIGNS:
        raise KeyError(name)  # before there is a painter: one that outlives its picture ends the program
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_sign(painter, name, QRectF(0, 0, pixels, pixels), QColor(color))
    painter.end()
    return pixmap


@lru_cache(maxsize=64)
def _icon(name: str, color: str) -> QIcon:
    result = QIcon()
    for pixels in PIXELS:
        result.addPixmap(sign_pixmap(name, color, pixels))
    return result


def _draw(painter: QPainter, kind: str, values: tuple[float, ...]) -> None:
    """Draw one stroke of a sign on the grid."""
    if kind == "line":
        painter.drawPolyline([QPointF(x, y) for x, y in zip(values[::2], values[1::2], strict=True)])
    elif kind == "round":
        x, y, width, height, radius = values
        painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)
    elif kind == "arc":
        x, y, width, height, first, sweep = values
        painter.drawArc(QRectF(x, y, width, height), round(first * _DEGREE), round(sweep * _DEGREE))
    else:
        x, y, radius = values
        painter.drawEllipse(QPointF(x, y), radius, radius)
