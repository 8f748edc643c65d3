"""The body of a Word file, paragraph by paragraph, as it reads when all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from desktop.exchange.readers.docx_notes import Notes
from desktop.exchange.readers.docx_numbering import Numbering
from desktop.exchange.readers.docx_runs import Runs
from desktop.exchange.readers.docx_styles import Kind, Look, Styles
from desktop.exchange.readers.docx_xml import Element, W, children, number, switch, value

_WIDEST = 64
"""How many columns one cell may span; more is damage."""

_FRAME_AT_MOST = 0.5
"""The share of the text that a table of one column may have to be a box in it; a larger one lays out the page."""
_LONG_CELL = 500
_MOSTLY = 0.6
"""A table lays out the page, too, where one cell of so many letters has more than this share of it."""
_CAPTIONS = ("专栏", "表", "图")

_PLAIN = Kind()


class Place(Enum):
    """Where a paragraph stands."""

    BODY = auto()
    BOX = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a row of a table: its words with number and line breaks, what it is, and how it looks.

    `look` is that of all its letters, None where they differ.
    """

    words: str
    kind: Kind = _PLAIN
    place: Place = Place.BODY
    look: Look | None = None


_END_OF_FRAME = Paragraph("")
"""A blank line, which parts a frame from a table behind it."""


class Body:
    """Reads blocks in the order of the text; counts the pictures, formulas and hidden letters it meets."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._fields: list[bool] = []
        self._letters = 0
        self.pictures = 0
        self.formulas = 0
        self.hidden = 0

    def read(self, content: Element) -> list[Paragraph]:
        """Return the paragraphs and rows of the whole text."""
        self._letters = _letters(content)
        return list(self.blocks(content))

    def blocks(self, container: Element, place: Place = Place.BODY) -> Iterator[Paragraph]:
        """Yield the paragraphs and rows of a container."""
        carried = ""
        for block in children(container):
            if block.tag == W + "p":
                runs = self._runs(block)
                if _mark_is_gone(block):
                    carried += runs.words  # the paragraph was joined with the next one
                else:
                    yield from self._paragraph(block, runs, carried, place)
                    carried = ""
                for box in runs.boxes:
                    yield from self.blocks(box, Place.BOX)
                    yield _END_OF_FRAME
            elif block.tag == W + "tbl":
                yield from self._table(block, place)
        if carried.strip():
            yield Paragraph(carried, place=place)

    def _runs(self, block: Element) -> Runs:
        runs = Runs(block, self._styles, self._notes, self._fields)
        self.pictures += runs.pictures
        self.formulas += runs.formulas
        self.hidden += runs.hidden
        return runs

    def _paragraph(self, block: Element, runs: Runs, carried: str, place: Place) -> Iterator[Paragraph]:
        properties = block.find(W + "pPr")
        words = carried + runs.words
        if not words and _is_hidden(properties):
            return
        label = self._numbering.label(properties)
        yield Paragraph(label + words, self._styles.kind(properties), place, runs.look)

    def _table(self, table: Element, place: Place) -> Iterator[Paragraph]:
        rows = [cells for row in children(table) if row.tag == W + "tr" and (cells := _cells(row))]
        framed = all(len(cells) == 1 for cells in rows)
        if self._lays_out(table, rows, framed=framed):
            for cell in (cell for cells in rows for cell in cells if cell is not None):
                yield from self.blocks(cell, place)
            return
        for index, cells in enumerate(rows):
            if len(cells) > 1:
                yield Paragraph("\t".join(map(self._cell, cells)).rstrip(), place=Place.ROW)
            elif cells[0] is not None:
                found = list(self.blocks(cells[0], Place.BOX if framed else Place.ROW))
                # The first row often is the caption; any later one belongs to the rows around it.
                yield from map(_as_caption, found) if index == 0 and _is_caption(found) else found
        if framed:
            yield _END_OF_FRAME

    def _lays_out(self, table: Element, rows: list[list[Element | None]], *, framed: bool) -> bool:
        """Whether a table is no table and no frame, but the page on which the text stands."""
        letters = _letters(table)
        if framed:
            return letters > self._letters * _FRAME_AT_MOST and not _begins(table).startswith(_CAPTIONS)
        longest = max((_letters(cell) for cells in rows for cell in cells if cell is not None), default=0)
        return longest > _LONG_CELL and longest > letters * _MOSTLY

    def _cell(self, cell: Element | None) -> str:
        """Return the words of a cell in one line, which must hold no other tab than those between cells."""
        if cell is None:
            return ""
        lines = (paragraph.words.replace("\n", " ").replace("\t", " ").strip() for paragraph in self.blocks(cell))
        return " ".join(filter(None, lines))


def _letters(element: Element) -> int:
    return sum(len(words.text or "") for words in element.iter(W + "t"))


def _begins(element: Element) -> str:
    """Return the first words of an element."""
    return "".join(islice((words.text or "" for words in element.iter(W + "t")), 3)).lstrip()


def _is_caption(found: list[Paragraph]) -> bool:
    """Whether a row of one cell names the table: it is one line, or begins as captions do."""
    lines = [paragraph.words.strip() for paragraph in found if paragraph.words.strip()]
    return bool(lines) and (len(lines) == 1 or lines[0].startswith(_CAPTIONS))


def _as_caption(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, place=Place.BOX)


def _mark_is_gone(block: Element) -> bool:
    """Whether the end of a paragraph was deleted or moved away with changes tracked."""
    mark = block.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _is_hidden(properties: Element | None) -> bool:
    return bool(properties is not None and switch(properties.find(W + "rPr"), "vanish"))


def _cells(row: Element) -> list[Element | None]:
    """Return the cells of a row, None for what a cell beside or above covers; none at all for a deleted row."""
    properties = row.find(W + "trPr")
    if properties is not None and properties.find(W + "del") is not None:
        return []
    found = [cell for cell in children(row) if cell.tag == W + "tc" and cell.find(f"{W}tcPr/{W}cellDel") is None]
    if len(found) == 1:
        return [None if _is_covered(found[0]) else found[0]]
    cells: list[Element | None] = [None] * _count(number(properties, "gridBefore"), least=0)
    for cell in found:
        span = _count(number(cell.find(W + "tcPr"), "gridSpan"), least=1)
        cells += [None if _is_covered(cell) else cell, *[None] * (span - 1)]
    return cells


def _is_covered(cell: Element) -> bool:
    properties = cell.find(W + "tcPr")
    merged = properties is not None and properties.find(W + "vMerge") is not None
    return merged and value(properties, "vMerge") != "restart"


def _count(found: int | None, *, least: int) -> int:
    return min(max(found or least, least), _WIDEST)
