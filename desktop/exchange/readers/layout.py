"""Where letters stand on a page, made into lines in reading order: rows, columns, the cells of a row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from desktop.exchange.readers.broken_lines import Frame, Line, is_wide, joined_cell
from desktop.exchange.readers.columns import Columns
from desktop.exchange.readers.glyphs import Glyph, Row, rows_of, stripped
from desktop.exchange.readers.ruled_tables import Table

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
_LISTED = 8
"""So many page numbers are listed in a remark."""
_FIRST_HAN, _LAST_HAN = "\u3400", "\ua000"


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


class Layout:
    """Makes lines of page after page of one text, and counts the pages that have columns."""

    def __init__(self) -> None:
        self._columns = Columns()
        self._pages = 0
        self.columned: list[int] = []

    def lines(self, glyphs: Iterable[Glyph], sheet: str, tables: Sequence[Table] = ()) -> list[Line]:
        """Return the lines of the next page from the top down, column after column, the rows of tables among them.

        `sheet` names what pages with the same edges have in common; lines of one sheet and column get the same `block`.
        """
        self._pages += 1
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
        lines: list[Line] = []
        for block, rows in self._columns.parts(rows_of(outside), sheet):
            lines += _lines(rows, block)
            if block != sheet and self.columned[-1:] != [self._pages]:
                self.columned.append(self._pages)
        for table, found in zip(tables, inside, strict=True):
            if found:
                edges = table.columns[0], table.columns[-1]
                place = next((index for index, line in enumerate(lines) if _is_below(line, table)), len(lines))
                lines[place:place] = self._table_lines(table, found, f"{sheet}#{edges[0]:.0f}-{edges[1]:.0f}")
        return lines

    def remarks(self) -> tuple[str, ...]:
        """Tell the pages with columns, in at most one sentence for the user: their order was found, not told."""
        if not self.columned:
            return ()
        return (f"第 {listed(self.columned)} 页分栏排版，按从左到右一栏一栏的顺序读入，请对照原文核对。",)

    def _table_lines(self, table: Table, found: Sequence[tuple[int, Glyph]], block: str) -> list[Line]:
        cells: dict[int, list[Glyph]] = defaultdict(list)
        for cell, glyph in found:
            cells[cell].append(glyph)
        if not table.is_box:
            return _table_rows(table, cells, block)
        return [
            replace(line, frame=Frame.BOX, edge=table.columns[-1] if part == block else 0.0)
            for cell in dict.fromkeys(row[0] for row in table.cells)
            for part, rows in self._columns.parts(rows_of(cells[cell]), block)
            for line in _lines(rows, part)
        ]


def _lines(rows: Iterable[Row], block: str) -> list[Line]:
    return [_line(pieces, block) for row in rows if (pieces := _pieces(row))]


def listed(pages: Sequence[int]) -> str:
    """Return the numbers of pages as a sentence lists them, the first few."""
    return "、".join(map(str, pages[:_LISTED])) + (" 等" if len(pages) > _LISTED else "")


def _is_below(line: Line, table: Table) -> bool:
    return line.top > table.rows[-1] and line.left < table.columns[-1] and line.right > table.columns[0]


def _table_rows(table: Table, cells: dict[int, list[Glyph]], block: str) -> list[Line]:
    lines: list[Line] = []
    told: set[int] = set()
    for row in table.cells:
        texts, first = [], None
        for cell in dict.fromkeys(row):
            own = _lines(rows_of(cells[cell]), block) if cell not in told else []
            told.add(cell)
            texts.append(joined_cell(own))
            first = first or (own[0] if own else None)
        if first is not None:
            left, right = table.columns[0], table.columns[-1]
            cells_there = replace(first, text="\t".join(texts), left=left, right=right, cells=len(texts))
            lines.append(replace(cells_there, frame=Frame.TABLE))
    return lines


def _pieces(row: Row) -> list[_Piece]:
    parts: list[Row] = [[row[0]]]
    for before, glyph in pairwise(row):
        if glyph.left - before.right > _CELL_GAP * max(before.size, glyph.size):
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    pieces = [_Piece(glyphs) for part in parts if (glyphs := stripped(part))]
    if len(pieces) > 2 and all(len(piece.glyphs) == 1 for piece in pieces):
        return [_Piece([piece.glyphs[0] for piece in pieces])]  # a title set wide
    return pieces


def _line(row: Sequence[_Piece], block: str) -> Line:
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
        cells=len(row),
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
