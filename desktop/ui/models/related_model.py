"""Clauses like the one in view as a list model: where they stand, and what they share with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.text.blanks import one_line
from desktop.ui.models.hits_model import AROUND, HitRow

if TYPE_CHECKING:
    from desktop.services.library_search import RelatedClause

Index = QModelIndex | QPersistentModelIndex


class RelatedRole(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """A `RelatedRow`: all a delegate needs, in one question."""
    CLAUSE = Qt.ItemDataRole.UserRole + 2
    """The `RelatedClause`."""


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A clause: its address, the title of its document ("" for the one in view), its longest shared wording in context.

    `shared` is the other wording that it shares.
    """

    address: str
    title: str
    context: HitRow
    shared: str


class RelatedModel(QAbstractListModel):
    """The clauses in the order given; rows are worked out when they are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clauses: Sequence[RelatedClause] = ()
        self._edition = ""

    def show(self, clauses: Sequence[RelatedClause], edition_id: str) -> None:
        """Show other clauses, like one of the edition in view."""
        self.beginResetModel()
        self._clauses, self._edition = clauses, edition_id
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return how many clauses there are."""
        return 0 if parent.isValid() else len(self._clauses)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        clause = self._clauses[index.row()]
        match role:
            case RelatedRole.ROW:
                return self._row(clause)
            case RelatedRole.CLAUSE:
                return clause
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{clause.address}，{clause.title}，共有：{'、'.join(clause.shared)}"
        return None

    def _row(self, clause: RelatedClause) -> RelatedRow:
        shared = [one_line(words) for words in clause.shared]
        text = one_line(clause.text)
        longest = next((words for words in shared if words in text), "")
        start = text.find(longest)
        end = start + len(longest)
        return RelatedRow(
            address=clause.address or "文首",
            title="" if clause.edition_id == self._edition else clause.title,
            context=HitRow(text[max(0, start - AROUND) : start], longest, text[end : end + AROUND], ""),
            shared="、".join(words for words in shared if words != longest),
        )
