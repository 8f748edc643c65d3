"""Where letters stand on a page, made into lines in reading order: rows, columns, the cells of a row."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from desktop.exchange.readers.broken_lines import Frame, Line, is_wide, joined_cell
from desktop.exchange.readers.ruled_tables import Table

_SAME_ROW = 0.4
"""How far two baselines of one row may lie apart, in ems: a superscript stands higher."""
_CELL_GAP = 1.8
"""An empty space of so many ems divides a row into cells or columns; real blanks are letters and no empty space."""
_WORD_GAP = 0.18
"""An empty space of so many ems between Latin letters is a blank."""
_WIDE_GAP = 0.18
"""So much more than usual in the row is one between Chinese letters: behind the number of a heading, for one."""
_MIXED_GAP = 0.7
"""The same between a Chinese and a Latin letter: a narrower one is only how programs set figures in Chinese text."""
_STRETCHED = 4
"""Of so many spaces between Chinese letters the usual one is known."""
_COLUMN_ROWS = 6
"""Fewer rows side by side are no columns."""
_COLUMN_SHARE = 0.6
"""The share of lines that must fill a column up to its edge; the cells of a table do not."""
_FIRST_HAN, _LAST_HAN = "\u3400", "\ua000"
_GUTTER = (0.25, 0.75)
"""Where, as shares of the width, the space between two columns may lie."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter on a page; lengths in points, `baseline` counted downwards from the top of the page."""

    letter: str
    left: float
    right: float
    baseline: float
    size: float
    face: str


@dataclass(slots=True)
class _Piece:
    """Letters of one row without a wide gap among them."""

    glyphs: list[Glyph]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def size(self) -> float:
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]


_Row = list[_Piece]


def page_lines(glyphs: Iterable[Glyph], sheet: str, tables: Sequence[Table] = ()) -> list[Line]:
    """Return the lines of one page from the top down, one column after the other, and the rows of tables among them.

    `sheet` names what pages with the same edges have in common; lines of one sheet and column get the same `block`.
    """
    outside: list[Glyph] = []
    inside: list[list[tuple[int, Glyph]]] = [[] for _ in tables]
    for glyph in glyphs:
        if glyph.letter in "\r\n":
            continue
        for table, found in zip(tables, inside, strict=True):
            cell = table.at((glyph.left + glyph.right) / 2, glyph.baseline - glyph.size / 3)
            if cell is not None:
                found.append((cell, glyph))
                break
        else:
            outside.append(glyph)
    lines = _text_lines(outside, sheet)
    for table, found in zip(tables, inside, strict=True):
        if found:
            edges = table.columns[0], table.columns[-1]
            place = next((index for index, line in enumerate(lines) if _is_below(line, table)), len(lines))
            lines[place:place] = _table_lines(table, found, f"{sheet}#{edges[0]:.0f}-{edges[1]:.0f}")
    return lines


def _text_lines(glyphs: list[Glyph], block: str) -> list[Line]:
    return _lines([_pieces(row) for row in _rows(glyphs)], block)


def _is_below(line: Line, table: Table) -> bool:
    return line.top > table.rows[-1] and line.left < table.columns[-1] and line.right > table.columns[0]


def _table_lines(table: Table, found: Sequence[tuple[int, Glyph]], block: str) -> list[Line]:
    cells: dict[int, list[Glyph]] = defaultdict(list)
    for cell, glyph in found:
        cells[cell].append(glyph)
    if table.is_box:
        return [
            replace(line, frame=Frame.BOX, edge=table.columns[-1])
            for cell in dict.fromkeys(row[0] for row in table.cells)
            for line in _text_lines(cells[cell], block)
        ]
    lines: list[Line] = []
    told: set[int] = set()
    for row in table.cells:
        texts, first = [], None
        for cell in dict.fromkeys(row):
            own = _text_lines(cells[cell], block) if cell not in told else []
            told.add(cell)
            texts.append(joined_cell(own))
            first = first or (own[0] if own else None)
        if first is not None:
            left, right = table.columns[0], table.columns[-1]
            cells_there = replace(first, text="\t".join(texts), left=left, right=right, cells=len(texts))
            lines.append(replace(cells_there, frame=Frame.TABLE))
    return lines


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    baseline = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - baseline <= _SAME_ROW * max(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size:  # a superscript does not decide where the row is
                baseline, size = glyph.baseline, glyph.size
        else:
            rows.append([glyph])
            baseline, size = glyph.baseline, glyph.size
    return [_without_doubles(sorted(row, key=lambda glyph: glyph.left)) for row in rows]


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Leave out letters that are printed twice, a little apart, to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        double = any(
            other.letter == glyph.letter and abs(other.left - glyph.left) < 0.2 * glyph.size for other in kept[-2:]
        )
        if not double:
            kept.append(glyph)
    return kept


def _pieces(row: list[Glyph]) -> _Row:
    pieces = [_Piece([row[0]])]
    for before, glyph in pairwise(row):
        if glyph.left - before.right > _CELL_GAP * max(before.size, glyph.size):
            pieces.append(_Piece([glyph]))
        else:
            pieces[-1].glyphs.append(glyph)
    pieces = [piece for piece in map(_stripped, pieces) if piece]
    if len(pieces) > 2 and all(len(piece.glyphs) == 1 for piece in pieces):
        return [_Piece([piece.glyphs[0] for piece in pieces])]  # a title set wide
    return pieces


def _stripped(piece: _Piece) -> _Piece | None:
    glyphs = piece.glyphs
    start, end = 0, len(glyphs)
    while start < end and glyphs[start].letter.isspace():
        start += 1
    while end > start and glyphs[end - 1].letter.isspace():
        end -= 1
    return _Piece(glyphs[start:end]) if start < end else None


def _lines(rows: list[_Row], sheet: str) -> list[Line]:
    rows = [row for row in rows if row]
    gutter = _gutter(rows)
    if gutter is None:
        return [_line(row, sheet, len(row)) for row in rows]
    lines: list[Line] = []
    band: list[_Row] = []
    for row in rows:
        if any(piece.left < gutter < piece.right for piece in row):
            lines += _side_by_side(band, gutter, sheet)
            lines.append(_line(row, sheet, len(row)))
            band = []
        else:
            band.append(row)
    return lines + _side_by_side(band, gutter, sheet)


def _side_by_side(band: list[_Row], gutter: float, sheet: str) -> list[Line]:
    left = [[piece for piece in row if piece.right <= gutter] for row in band]
    right = [[piece for piece in row if piece.left >= gutter] for row in band]
    return _lines(left, f"{sheet}<") + _lines(right, f"{sheet}>")


def _gutter(rows: Sequence[_Row]) -> float | None:
    """Return where two columns of running text are divided, or None for one column and for tables."""
    if len(rows) < _COLUMN_ROWS:
        return None
    start = min(row[0].left for row in rows)
    width = max(row[-1].right for row in rows) - start
    low, high = (start + width * share for share in _GUTTER)
    gaps = sorted(
        (before.right, after.left)
        for row in rows
        for before, after in pairwise(row)
        if low < after.left and before.right < high
    )
    if len(gaps) < _COLUMN_ROWS:
        return None
    gutter = (median(gap[0] for gap in gaps) + median(gap[1] for gap in gaps)) / 2
    crossing = sum(any(piece.left < gutter < piece.right for piece in row) for row in rows)
    if not low < gutter < high or crossing > len(rows) * (1 - _COLUMN_SHARE):
        return None
    left = [piece for row in rows for piece in row if piece.right <= gutter]
    right = [piece for row in rows for piece in row if piece.left >= gutter]
    return gutter if _fills(left) and _fills(right) else None


def _fills(pieces: list[_Piece]) -> bool:
    """Tell whether most of the pieces reach the right edge of their column, as running text does."""
    if len(pieces) < _COLUMN_ROWS:
        return False
    edges = sorted(piece.right for piece in pieces)
    size = median(piece.size for piece in pieces)
    edge = edges[int(len(edges) * 0.95)]
    full = len(edges) - bisect_right(edges, edge - 2 * size)
    wide = median(piece.right - piece.left for piece in pieces)
    return full >= len(edges) * _COLUMN_SHARE and wide >= 8 * size


def _line(row: _Row, block: str, cells: int) -> Line:
    faces = [glyph.face for piece in row for glyph in piece.glyphs if _is_han(glyph.letter)]
    faces = faces or [glyph.face for piece in row for glyph in piece.glyphs]
    size = max(row, key=lambda piece: len(piece.glyphs)).size
    return Line(
        text="\t".join(map(_text, row)),
        left=row[0].left,
        right=row[-1].right,
        top=min(glyph.baseline for piece in row for glyph in piece.glyphs),
        size=size,
        faces=(faces[0], faces[-1]),
        plain=len(set(faces)) == 1,
        cells=cells,
        block=block,
    )


def _is_han(letter: str) -> bool:
    """Tell Chinese letters from figures, Latin letters and signs, which a font for Chinese often leaves to another."""
    return _FIRST_HAN <= letter < _LAST_HAN


def _text(piece: _Piece) -> str:
    pairs = list(pairwise(piece.glyphs))
    wide_gaps = [_gap(before, glyph) for before, glyph in pairs if is_wide(before.letter) and is_wide(glyph.letter)]
    # A row that is stretched to the edge has some space between all its letters.
    stretch = max(0.0, median(wide_gaps)) if len(wide_gaps) >= _STRETCHED else 0.0
    parts = [piece.glyphs[0].letter]
    for before, glyph in pairs:
        blank = before.letter.isspace() or glyph.letter.isspace()
        if not blank and _gap(before, glyph) > stretch + _blank_width(before.letter, glyph.letter):
            parts.append(" ")
        parts.append(glyph.letter)
    return "".join(parts)


def _gap(before: Glyph, behind: Glyph) -> float:
    return (behind.left - before.right) / max(before.size, behind.size)


def _blank_width(before: str, behind: str) -> float:
    wide = is_wide(before) + is_wide(behind)
    return (_WORD_GAP, _MIXED_GAP, _WIDE_GAP)[wide]
