"""Tables with ruled lines on a page: from the lines to the cells, those that span rows or columns included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_NEAR = 2.5
"""Lines so many points apart are one, or meet."""
_SHORTEST = 6.0
"""Shorter lines are strokes of letters and signs."""
_MOST = 4000
"""A page with more lines is a drawing."""


class Rule(NamedTuple):
    """A line parallel to an edge of the page: where it stands and its ends, in points from the top left corner."""

    place: float
    start: float
    end: float


@dataclass(slots=True)
class Rules:
    """The ruled lines of one page."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    def add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add the line between two points; one that is aslant or short is left out."""
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= _NEAR and width >= _SHORTEST:
            self.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif width <= _NEAR and height >= _SHORTEST:
            self.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: its edges from left to right and from the top down, and for each of its fields the number of its cell."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def is_box(self) -> bool:
        """Whether it has one column only: a frame around text."""
        return all(len(set(row)) == 1 for row in self.cells)

    def at(self, x: float, y: float) -> int | None:
        """Return the cell at a point, None outside the table."""
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        if 0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1:
            return self.cells[row][column]
        return None


def find_tables(rules: Rules) -> list[Table]:
    """Return the tables that the ruled lines of a page make, from the top down."""
    if len(rules.across) + len(rules.down) > _MOST:
        return []
    across, down = _merged(rules.across), _merged(rules.down)
    found = [_table(*group) for group in _groups(across, down)]
    return sorted((table for table in found if table), key=lambda table: table.rows[0])


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Make one line of the pieces that every cell brings."""
    merged: list[Rule] = []
    place = 0.0
    for rule in sorted(rules, key=lambda rule: (rule.place, rule.start)):
        if not merged or rule.place - place > _NEAR:
            place = rule.place
        merged.append(rule._replace(place=place))
    merged.sort()
    joined: list[Rule] = []
    for rule in merged:
        last = joined[-1] if joined else None
        if last and last.place == rule.place and rule.start <= last.end + _NEAR:
            joined[-1] = last._replace(end=max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Part the lines into those that meet, directly or by others."""
    group = list(range(len(across) + len(down)))

    def head(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for first, line in enumerate(across):
        for second, other in enumerate(down, len(across)):
            if _covers(line, other.place) and _covers(other, line.place):
                group[head(second)] = head(first)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(group)):
        part = parts.setdefault(head(index), ([], []))
        if index < len(across):
            part[0].append(across[index])
        else:
            part[1].append(down[index - len(across)])
    return list(parts.values())


def _covers(rule: Rule, place: float) -> bool:
    return rule.start - _NEAR <= place <= rule.end + _NEAR


def _table(across: list[Rule], down: list[Rule]) -> Table | None:
    rows, columns = _places(across), _places(down)
    if len(rows) < 2 or len(columns) < 2:
        return None
    width, height = len(columns) - 1, len(rows) - 1
    cell = list(range(width * height))

    def head(index: int) -> int:
        while cell[index] != index:
            index = cell[index]
        return index

    for row in range(height):
        middle = (rows[row] + rows[row + 1]) / 2
        for column in range(width):
            centre = (columns[column] + columns[column + 1]) / 2
            here = row * width + column
            if column + 1 < width and not _is_wall(down, columns[column + 1], middle):
                cell[head(here + 1)] = head(here)
            if row + 1 < height and not _is_wall(across, rows[row + 1], centre):
                cell[head(here + width)] = head(here)
    fields = tuple(tuple(head(row * width + column) for column in range(width)) for row in range(height))
    return Table(tuple(columns), tuple(rows), fields)


def _places(rules: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for rule in sorted(rules):
        if not places or rule.place - places[-1] > _NEAR:
            places.append(rule.place)
    return places


def _is_wall(rules: Iterable[Rule], place: float, middle: float) -> bool:
    return any(abs(rule.place - place) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)
