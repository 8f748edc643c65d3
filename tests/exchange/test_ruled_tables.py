"""Ruled lines become tables, cells that span rows and columns included."""

from __future__ import annotations

from itertools import pairwise

from desktop.exchange.readers.glyphs import Glyph
from desktop.exchange.readers.layout import Layout
from desktop.exchange.readers.ruled_tables import Rules, Table, find_tables


def grid(columns: list[float], rows: list[float], pieces: bool = False) -> Rules:
    """Rule a whole grid, with lines from end to end or a piece for every cell."""
    rules = Rules()
    for y in rows:
        for x0, x1 in pairwise(columns) if pieces else [(columns[0], columns[-1])]:
            rules.add(x0, y, x1, y)
    for x in columns:
        for y0, y1 in pairwise(rows) if pieces else [(rows[0], rows[-1])]:
            rules.add(x, y0, x, y1)
    return rules


def words(x: float, y: float, text: str) -> list[Glyph]:
    return [Glyph(letter, x + 10 * n, x + 10 * n + 10, y, 10, "仿宋") for n, letter in enumerate(text)]


def shape(table: Table) -> list[list[int]]:
    """Return the cells with small numbers, in the order in which they appear."""
    known: dict[int, int] = {}
    return [[known.setdefault(cell, len(known)) for cell in row] for row in table.cells]


def test_a_grid_is_a_table_however_its_lines_are_drawn() -> None:
    for pieces in (False, True):
        (table,) = find_tables(grid([50, 150, 250], [100, 130, 160, 190], pieces))
        assert shape(table) == [[0, 1], [2, 3], [4, 5]]
        assert not table.is_box


def test_cells_that_span_rows_and_columns_are_one() -> None:
    rules = Rules()
    for y, left in ((100, 50), (130, 150), (160, 50), (190, 50)):
        rules.add(left, y, 350, y)
    for x, bottom in ((50, 190), (150, 190), (250, 160), (350, 190)):
        rules.add(x, 100, x, bottom)
    (table,) = find_tables(rules)
    assert shape(table) == [[0, 1, 2], [0, 3, 4], [5, 6, 6]]
    glyphs = [*words(60, 120, "经济"), *words(160, 118, "增长"), *words(260, 118, "六"), *words(160, 148, "就业")]
    glyphs += [*words(60, 178, "合计"), *words(160, 178, "七")]
    assert [line.text for line in Layout().lines(glyphs, "", [table])] == ["经济\t增长\t六", "\t就业\t", "合计\t七"]


def test_the_lines_of_a_cell_are_joined_and_the_text_around_stays_around() -> None:
    (table,) = find_tables(grid([50, 100, 250], [100, 160]))
    glyphs = [*words(50, 80, "上文"), *words(52, 120, "地区生"), *words(52, 140, "产总值"), *words(110, 130, "5.8")]
    glyphs += words(50, 200, "下文")
    assert [line.text for line in Layout().lines(glyphs, "", [table])] == ["上文", "地区生产总值\t5.8", "下文"]


def test_a_frame_is_a_box_and_two_tables_are_two() -> None:
    rules = grid([50, 350], [100, 200])
    other = grid([50, 150, 350], [300, 330, 360])
    rules.across += other.across
    rules.down += other.down
    first, second = find_tables(rules)
    assert first.is_box
    assert not second.is_box
    assert find_tables(Rules()) == []


def test_strokes_and_underlines_are_no_table() -> None:
    rules = Rules()
    rules.add(50, 100, 350, 100)
    rules.add(50, 130, 350, 130)
    rules.add(50, 100, 53, 104)
    rules.add(50, 50, 300, 400)
    assert find_tables(rules) == []
    assert len(rules.across) == 2
