"""The outline as a tree model: quick to build, counted only where it is looked at, filtered as the user types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.model.outline import Outline
from desktop.ui.models.outline_rows import NONE, OutlineRows
from desktop.ui.widgets.tool_tip import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex


class OutlineRole(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """An `OutlineRow`: all a delegate needs, in one question."""
    START = Qt.ItemDataRole.UserRole + 2
    """The code point where the clause or notice begins."""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """What one row shows: its words, a remark at the right, and how many hits and marks lie in it and below it.

    `quiet` rows are grey; `in_view` is the place the reader looks at; `found` is False where a row is shown only
    because something below it matches the filter.
    """

    text: str
    remark: str
    quiet: bool
    in_view: bool
    found: bool
    hits: int
    marks: int


class OutlineModel(QAbstractItemModel):
    """The rows of one outline as a tree. A row is known by its number in `OutlineRows`, which is its internal id.

    `recounted` says that counts have changed, and carries what tells of a row (by its index) whether its own did. It
    stands for `dataChanged` over the whole tree, for which QTreeView asks every row anew (30 ms for 30,000 rows) where
    painting what is in view would do.
    """

    recounted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = OutlineRows(Outline("", (), (), ()), "")
        self._children: dict[int, list[int]] = {}
        self._places: list[int] = []
        self._matches: set[int] | None = None
        self._above: set[int] = set()
        self._hits: Sequence[int] = ()
        self._marks: Sequence[int] = ()
        self._in_view = NONE

    @property
    def size(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._rows)

    @property
    def filtered(self) -> bool:
        """Whether a filter hides rows."""
        return self._matches is not None

    def show(self, outline: Outline, text: str) -> None:
        """Show another outline, unfiltered; `text` is the one its offsets count in.

        Hits and marks stay as they were set: who sets them may have heard of the other text before.
        """
        self.beginResetModel()
        self._rows = OutlineRows(outline, text)
        self._in_view = NONE
        self._matches = None
        self._arrange(range(len(self._rows)))
        self.endResetModel()

    def set_hits(self, offsets: Sequence[int]) -> None:
        """Count other hits: sorted code points."""
        before, self._hits = self._hits, offsets
        self._tell(before, offsets)

    def set_marks(self, offsets: Sequence[int]) -> None:
        """Count other marks: sorted code points at which they begin."""
        before, self._marks = self._marks, offsets
        self._tell(before, offsets)

    def set_in_view(self, offset: int) -> QModelIndex | None:
        """Mark the row that holds a code point as the one in view; return it if that changed, else None."""
        row = self._rows.row_at(offset)
        if row == self._in_view:
            return None
        old, self._in_view = self._in_view, row
        for changed in (old, row):
            index = self.index_of(changed)
            if index.isValid():
                self.dataChanged.emit(index, index, [OutlineRole.ROW])
        return self.index_of(row)

    def in_view(self) -> QModelIndex:
        """Return the row in view, an invalid index where there is none or the filter hides it."""
        return self.index_of(self._in_view)

    def set_filter(self, words: str) -> None:
        """Show only what matches and the branches it hangs on; all for empty words.

        A match with no match below it keeps what lies below, so that it can be unfolded.
        """
        if not words.strip() and self._matches is None:
            return
        self.beginResetModel()
        if words.strip():
            self._matches = set(self._rows.matching(words))
            self._arrange(self._kept(self._matches))
        else:
            self._matches = None
            self._arrange(range(len(self._rows)))
        self.endResetModel()

    def branches_to_matches(self) -> list[QModelIndex]:
        """Return the rows that have to be unfolded for every match to be seen, outermost first."""
        return [self.index_of(row) for row in sorted(self._above)]

    def first_match(self) -> QModelIndex:
        """Return the first row that matches the filter."""
        return self.index_of(min(self._matches, default=NONE)) if self._matches else QModelIndex()

    def numbered(self, digits: str) -> QModelIndex:
        """Return the clause of that number, or one whose number begins so."""
        return self.index_of(self._rows.numbered(digits))

    def index_of(self, row: int) -> QModelIndex:
        """Return the index of a row by its number, invalid where it is not shown."""
        if not 0 <= row < len(self._places) or self._places[row] == NONE:
            return QModelIndex()
        return self.createIndex(self._places[row], 0, row)

    def branching(self) -> list[QModelIndex]:
        """Return all rows that have rows below them."""
        return [self.index_of(row) for row in self._children if row != NONE]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a child, as Qt asks for it."""
        children = self._children.get(parent.internalId() if parent.isValid() else NONE, ())
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the row above."""
        return self.index_of(self._rows.parents[child.internalId()]) if child.isValid() else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return how many rows lie right below one."""
        return len(self._children.get(parent.internalId() if parent.isValid() else NONE, ()))

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: N802, B008
        """Whether anything lies below a row."""
        return (parent.internalId() if parent.isValid() else NONE) in self._children

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008, ARG002
        """Return 1."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; nothing is worked out for rows nobody looks at."""
        if not index.isValid():
            return None
        row = index.internalId()
        match role:
            case OutlineRole.ROW:
                return self._row(row)
            case OutlineRole.START:
                return self._rows.starts[row]
            case Qt.ItemDataRole.DisplayRole:
                return self._rows.label(row)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(self._rows.description(row))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
        return None

    def _tell(self, before: Sequence[int], after: Sequence[int]) -> None:
        """Say that other offsets are counted."""
        count = self._rows.count

        def changed(index: QModelIndex) -> bool:
            row = index.internalId()
            return count(row, before) != count(row, after)

        self.recounted.emit(changed)

    def _row(self, row: int) -> OutlineRow:
        rows = self._rows
        return OutlineRow(
            text=rows.label(row),
            remark=rows.remark(row),
            quiet=rows.is_quiet(row),
            in_view=row == self._in_view,
            found=self._matches is None or row in self._matches,
            hits=rows.count(row, self._hits),
            marks=rows.count(row, self._marks),
        )

    def _spoken(self, row: int) -> str:
        """Return a row as a screen reader says it."""
        shown = self._row(row)
        parts = [shown.text, shown.remark]
        if shown.hits:
            parts.append(f"找到 {shown.hits} 处")
        if shown.marks:
            parts.append(f"标注 {shown.marks} 处")
        return "，".join(part for part in parts if part)

    def _arrange(self, rows: Sequence[int]) -> None:
        """Make the tree of the rows that are shown, given in their order."""
        self._children = {}
        self._places = [NONE] * len(self._rows)
        parents = self._rows.parents
        for row in rows:
            siblings = self._children.setdefault(parents[row], [])
            self._places[row] = len(siblings)
            siblings.append(row)

    def _kept(self, matches: set[int]) -> list[int]:
        """Return the rows to show for these matches, in order."""
        self._above = set()
        for row in matches:
            parent = self._rows.parents[row]
            while parent != NONE and parent not in self._above:
                self._above.add(parent)
                parent = self._rows.parents[parent]
        kept = matches | self._above
        for row in matches - self._above:
            kept.update(range(row + 1, self._rows.after[row]))
        return sorted(kept)
