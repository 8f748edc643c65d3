"""The marks of a file that is to be merged as the rows of a list: what somebody should look at comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.model.mark import in_text_order
from desktop.services.merging import OUTCOME_TITLES, Line, Outcome
from desktop.services.telling import Names, verdict_of
from desktop.text.blanks import one_line, short_name

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""The `MergeRow` of a row."""
LONGEST: Final = 200
"""No row shows more letters of words or of a note."""
_LONGEST_NAME = 12

Index = QModelIndex | QPersistentModelIndex

_BY_NEED = (
    Outcome.CONFLICTING,
    Outcome.UNPLACED,
    Outcome.REMOVED,
    Outcome.CHANGED,
    Outcome.NEW,
    Outcome.SAME,
)


@dataclass(frozen=True, slots=True)
class MergeRow:
    """What a row shows: the words marked, whose they are with what becomes of them, and the note."""

    words: str
    fate: str
    note: str


class MergeModel(QAbstractListModel):
    """The lines of a plan, all of them or those with some outcomes."""

    def __init__(self, lines: Sequence[Line], names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._lines = sorted(lines, key=lambda line: (_BY_NEED.index(line.outcome), *in_text_order(line.after)))
        self._shown = self._lines

    def show(self, outcomes: Collection[Outcome]) -> None:
        """Show the lines with these outcomes, with none given all of them."""
        self.beginResetModel()
        self._shown = [line for line in self._lines if line.outcome in outcomes] if outcomes else self._lines
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return the line in a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._row(self._shown[index.row()])
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(part for part in (row.fate, row.words, row.note) if part)
        return None

    def _row(self, line: Line) -> MergeRow:
        mark = line.after
        parts = [OUTCOME_TITLES[line.outcome], self._whose(line)]
        if line.outcome not in (Outcome.UNPLACED, Outcome.REMOVED, Outcome.SAME):
            parts.insert(1, verdict_of(mark))
        return MergeRow(one_line(line.made_on[:LONGEST]), " · ".join(parts), one_line(mark.note[:LONGEST]))

    def _whose(self, line: Line) -> str:
        deed = self._names.deed(line)
        if deed is None:
            return short_name(self._names.author(line.after.author_id), _LONGEST_NAME)
        return str(
            replace(deed, author=short_name(deed.author, _LONGEST_NAME), owner=short_name(deed.owner, _LONGEST_NAME))
        )
