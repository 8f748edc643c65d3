"""Tables of a web page: rows of cells, unless the table only lays out the page."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.exchange.readers.html_content import Content, Element
from desktop.exchange.readers.html_words import words_of

_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_HEADINGS = "h1", "h2", "h3", "h4", "h5", "h6"
_LONG_CELL = 500
_MOSTLY = 0.6
_FRAME_AT_MOST = 0.5
"""The share of the content that a table of one column may have to be a box in it."""
_WIDEST = 64


def rows_of(table: Element, content: Content) -> list[str] | None:
    """Return the rows of a table, cells parted by tabs; None where it is a box or lays out the page.

    A cell that covers others is in its first place, and the others are empty.
    """
    rows = [list(_cells(row)) for row in _rows(table, content)]
    if not any(len(cells) > 1 for cells in rows) or _lays_out(table, rows, content):
        return None
    return [row for row in _filled(rows, content) if row]


def is_box(table: Element, content: Content) -> bool:
    """Whether a table is a frame around some lines of the content."""
    rows = list(_rows(table, content))
    return (
        all(len(list(_cells(row))) == 1 for row in rows)
        and table.find(".//table") is None
        and content.weight(table) <= content.weight(content.root) * _FRAME_AT_MOST
    )


def _rows(table: Element, content: Content) -> Iterator[Element]:
    for child in table:
        if content.leaves_out(child):
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from (row for row in child if row.tag == "tr" and not content.leaves_out(row))


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in _CELLS)


def _lays_out(table: Element, rows: list[list[Element]], content: Content) -> bool:
    if any(table.find(f".//{tag}") is not None for tag in ("table", *_HEADINGS)):
        return True
    longest = max(content.weight(cell) for cells in rows for cell in cells)
    return longest > _LONG_CELL and longest > content.weight(table) * _MOSTLY


def _filled(rows: list[list[Element]], content: Content) -> Iterator[str]:
    covered: dict[int, int] = {}  # for a column, how many further rows a cell above covers
    for cells in rows:
        words: list[str] = []
        for cell in cells:
            _pass_covered(covered, words)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(words), len(words) + across):
                if down > 1:
                    covered[column] = down - 1
            words += [words_of(cell, content.leaves_out), *[""] * (across - 1)]
        _pass_covered(covered, words)
        yield "\t".join(words).rstrip()


def _pass_covered(covered: dict[int, int], words: list[str]) -> None:
    """Add an empty cell for each place that a cell above covers."""
    while covered.get(len(words), 0) > 0:
        covered[len(words)] -= 1
        words.append("")


def _span(cell: Element, name: str) -> int:
    given = (cell.get(name) or "1").strip()
    return min(max(int(given), 1), _WIDEST) if given.isascii() and given.isdigit() and len(given) <= len("1000") else 1
