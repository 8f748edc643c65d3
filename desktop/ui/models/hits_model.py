"""What a search found as a list model: grouped by text, notes and tags, notes and tags under a heading of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.model.search import Hit, Where

Index = QModelIndex | QPersistentModelIndex
GROUPS = {Where.TEXT: "正文", Where.NOTE: "批注", Where.TAG: "标签"}
"""The groups in their order, and what they are called."""
AROUND = 80
"""How many code points of the context on either side of a hit a row is given; more never fits."""


class HitRole(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """A `HitRow` or a `HeadingRow`: all a delegate needs, in one question."""
    HIT = Qt.ItemDataRole.UserRole + 2
    """The index of the hit in the list of hits, -1 for a heading."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit: what stands before it, the words found, what stands after, and the address of the place."""

    before: str
    words: str
    after: str
    address: str


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The heading of a group."""

    text: str


class HitsModel(QAbstractListModel):
    """The rows of one search. Context and address of a hit are worked out when its row is looked at.

    A heading stands above the notes and above the tags, and can't be chosen; hits in the text come first, without.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[Hit] = ()
        self._addresses: Callable[[Hit], str] = lambda _hit: ""
        self._rows: list[int] = []
        self._row_of: dict[int, int] = {}
        self._headings: dict[int, Where] = {}
        self._counts: dict[Where, int] = {}

    def show(self, hits: Sequence[Hit], addresses: Callable[[Hit], str]) -> None:
        """Show other hits; `addresses` tells how people name the place of one."""
        self.beginResetModel()
        self._hits, self._addresses = hits, addresses
        groups: dict[Where, list[int]] = {where: [] for where in GROUPS}
        for number, hit in enumerate(hits):
            groups[hit.where].append(number)
        groups = {where: numbers for where, numbers in groups.items() if numbers}
        self._counts = {where: len(numbers) for where, numbers in groups.items()}
        self._rows, self._headings = [], {}
        for where, numbers in groups.items():
            if where is not Where.TEXT:
                self._headings[len(self._rows)] = where
                self._rows.append(-1)
            self._rows.extend(numbers)
        self._row_of = {number: row for row, number in enumerate(self._rows) if number >= 0}
        self.endResetModel()

    def counts(self) -> dict[Where, int]:
        """Return how many hits each group has that has any, in their order."""
        return dict(self._counts)

    def index_of(self, hit: int) -> QModelIndex:
        """Return the row of a hit by its index in the list of hits, an invalid index for none."""
        row = self._row_of.get(hit)
        return QModelIndex() if row is None else self.index(row)

    def heading_of(self, where: Where) -> QModelIndex:
        """Return the row of a group's heading, an invalid index where it has none."""
        return next((self.index(row) for row, group in self._headings.items() if group is where), QModelIndex())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let hits be chosen and headings be passed over."""
        if not index.isValid() or self._rows[index.row()] < 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        match role:
            case HitRole.ROW:
                return self._row(index.row())
            case HitRole.HIT:
                return self._rows[index.row()]
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                row = self._row(index.row())
                if isinstance(row, HeadingRow):
                    return row.text
                return f"{row.before}{row.words}{row.after}（{row.address}）"
        return None

    def _row(self, row: int) -> HitRow | HeadingRow:
        number = self._rows[row]
        if number < 0:
            where = self._headings[row]
            return HeadingRow(f"{GROUPS[where]} {self._counts[where]} 处")
        hit = self._hits[number]
        start = hit.span.start - hit.context_start
        end = hit.span.end - hit.context_start
        return HitRow(
            before=_without_line_ends(hit.context[max(0, start - AROUND) : start]).lstrip(),
            words=_without_line_ends(hit.context[start:end]),
            after=_without_line_ends(hit.context[end : end + AROUND]).rstrip(),
            address=self._addresses(hit),
        )


def _without_line_ends(words: str) -> str:
    """Return words with their line ends as blanks; other blanks stay, also at the edges, where the parts meet."""
    return words.translate(_BLANKS)


_BLANKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
