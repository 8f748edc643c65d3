"""The marks of the text in view as the rows of a list, in the order of the text."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.model.changes import Changes
from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.ui.models.marks_filter import Card, MarksFilter, Tallies, tally, touches
from desktop.ui.session import Session
from desktop.ui.widgets.tool_tip import plain_tool_tip

CARD_ROLE: Final = Qt.ItemDataRole.UserRole
"""The `Card` of a row."""

Index = QModelIndex | QPersistentModelIndex


class MarksModel(QAbstractListModel):
    """The marks the session holds, as far as they pass the filter.

    Rows that stay are kept as they are: a change of one mark among ten thousand touches one row. `refreshed` says that
    the marks, the pens or the meeting changed, shown or not, and that `tallies` gives new counts. `signed` says whether
    the cards tell by whom they are, because some are by others than the user.
    """

    refreshed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = MarksFilter()
        self._kept: str | None = None
        self._cards: list[Card] = []
        self._shown: list[Card] = []
        self._rows: dict[str, int] | None = None
        self.signed = False
        self._load()
        session.changed.connect(self._take_changes)
        session.opened.connect(self._reload)

    @property
    def filter(self) -> MarksFilter:
        """What a mark must have to be shown."""
        return self._filter

    def set_filter(self, wanted: MarksFilter) -> None:
        """Show the marks that pass."""
        if wanted != self._filter:
            self._filter = wanted
            self._show(self._passing())

    def passing(self) -> frozenset[str]:
        """Return the ids of the marks that pass the filter."""
        return frozenset(card.mark.id for card in self._cards if self._filter.passes(card))

    def keep(self, mark_id: str | None) -> None:
        """Show one mark whether it passes or not, because the user is writing on it; None: no longer."""
        if mark_id != self._kept:
            self._kept = mark_id
            self._show(self._passing())

    def tallies(self, clause: Span | None) -> Tallies:
        """Count what the filters offer among all marks of the text; `clause` is the one in view."""
        meeting = self._session.meeting
        return tally(self._cards, clause, meeting.id if meeting else None, self._session.merged)

    def count_in(self, clause: Span | None) -> int:
        """Count the marks of the text that stand in a clause, shown or not."""
        return 0 if clause is None else sum(touches(card.mark, clause) for card in self._cards)

    def card(self, row: int) -> Card:
        """Return what a row shows."""
        return self._shown[row]

    def row_of(self, mark_id: str) -> int | None:
        """Return the row of a mark, None where it is not shown."""
        if self._rows is None:
            self._rows = {card.mark.id: row for row, card in enumerate(self._shown)}
        return self._rows.get(mark_id)

    def index_of(self, mark_id: str) -> QModelIndex:
        """Return the index of a mark, an invalid one where it is not shown."""
        row = self.row_of(mark_id)
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return how many marks are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the card of a row, what a screen reader says of it, or how its mark came to its place."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        card = self._shown[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(card)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(card.placing)
        return None

    def _spoken(self, card: Card) -> str:
        mark = card.mark
        pen = self._session.pen_name(mark.pen)
        author = card.author.name if card.author is not None else ""
        private = "私人" if mark.private else ""
        clash = "有冲突" if card.clashes else ""
        editor = f"{card.editor.name}改过" if card.editor is not None else ""
        parts = (
            card.address,
            card.verdict,
            clash,
            card.quote,
            pen,
            mark.note,
            *mark.tags,
            author,
            editor,
            card.meeting,
            private,
        )
        return "，".join(part for part in parts if part)

    def _make(self, mark: Mark) -> Card | None:
        reading = self._session.reading
        if reading is None:
            return None
        author = self._session.author(mark.author_id) if self.signed else None
        clashes = bool(self._session.conflicts_of(mark.id))
        last = self._session.last_word_on(mark.id)
        editor = self._session.author(last.author_id) if last is not None else None
        return Card(
            mark,
            reading,
            self._session.meeting_name(mark.meeting_id),
            author,
            clashes,
            editor,
            last.at if last is not None else None,
            self._session.made_on(mark),
        )

    def _load(self) -> None:
        self.signed = self._session.several_authors
        made = (self._make(mark) for mark in self._session.marks)
        self._cards = [card for card in made if card is not None]
        self._shown = self._passing()
        self._rows = None

    def _reload(self) -> None:
        self.beginResetModel()
        self._load()
        self.endResetModel()
        self.refreshed.emit()

    def _take_changes(self, changes: Changes) -> None:
        """Make new cards for the marks that changed, keep those of all others."""
        before, self.signed = self.signed, self._session.several_authors
        others = changes.meetings or changes.authors or before != self.signed
        if changes.marks or others or len(self._cards) != len(self._session.marks):
            known = {} if others else {card.mark.id: card for card in self._cards}
            for mark_id in changes.marks:
                known.pop(mark_id, None)
            made = (known.get(mark.id) or self._make(mark) for mark in self._session.marks)
            self._cards = [card for card in made if card is not None]
            self._show(self._passing())
        self.refreshed.emit()

    def _passing(self) -> list[Card]:
        if not self._filter:
            return list(self._cards)
        passes, kept = self._filter.passes, self._kept
        return [card for card in self._cards if passes(card) or card.mark.id == kept]

    def _show(self, cards: list[Card]) -> None:
        """Turn the rows into `cards`: what differs between the common beginning and end is replaced."""
        old = [card.mark.id for card in self._shown]
        new = [card.mark.id for card in cards]
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        self._rows = None
        if head + tail < len(old):
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            del self._shown[head : len(old) - tail]
            self.endRemoveRows()
        if head + tail < len(new):
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._shown[head:head] = cards[head : len(new) - tail]
            self.endInsertRows()
        stale = [row for row, card in enumerate(cards) if card is not self._shown[row]]
        self._shown = cards
        for first, last in _runs(stale):
            self.dataChanged.emit(self.index(first), self.index(last))


def _common(one: list[str], other: list[str]) -> int:
    """Return how many items two lists have in common at their beginning."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return ascending rows as first and last of those that follow one another."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
