"""The documents of the library as a list model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.properties import described
from desktop.services.shelving import Shelved
from desktop.ui.widgets.tool_tip import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex


class DocumentRole(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    TITLE = Qt.ItemDataRole.UserRole + 1
    FACTS = Qt.ItemDataRole.UserRole + 2
    """The name of the edition where there are several, the day it was imported and the name of the file."""
    MARKS = Qt.ItemDataRole.UserRole + 3
    """How many marks the document bears."""
    OPEN = Qt.ItemDataRole.UserRole + 4
    """Whether this is the text in view."""
    EDITION = Qt.ItemDataRole.UserRole + 5
    """The id of the edition."""
    DOCUMENT = Qt.ItemDataRole.UserRole + 6
    """The id of the document."""
    ABOUT = Qt.ItemDataRole.UserRole + 7
    """The kind, the level and the day of the document, "" where none is given."""
    HEADS = Qt.ItemDataRole.UserRole + 8
    """Whether the title stands here: the first of a document's editions."""
    HITS = Qt.ItemDataRole.UserRole + 9
    """How many places a search of the library found in the edition, 0 where there is none."""


class DocumentsModel(QAbstractListModel):
    """One row for each edition on the shelf, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelved: Sequence[Shelved] = ()
        self._open = ""
        self._hits: Mapping[str, int] = {}

    def set_hits(self, by_edition: Mapping[str, int]) -> None:
        """Show how many places a search found in the editions."""
        if by_edition != self._hits:
            self._hits = dict(by_edition)
            if self._shelved:
                self.dataChanged.emit(self.index(0), self.index(len(self._shelved) - 1))

    def show(self, shelved: Sequence[Shelved], open_edition: str) -> None:
        """Show a shelf; `open_edition` is the id of the edition in view, "" for none."""
        same_rows = [one.edition_id for one in shelved] == [one.edition_id for one in self._shelved]
        if not same_rows:
            self.beginResetModel()
        self._shelved, self._open = tuple(shelved), open_edition
        if not same_rows:
            self.endResetModel()
        elif shelved:
            self.dataChanged.emit(self.index(0), self.index(len(shelved) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return how many editions there are."""
        return 0 if parent.isValid() else len(self._shelved)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        one = self._shelved[index.row()]
        match role:
            case DocumentRole.TITLE | Qt.ItemDataRole.DisplayRole:
                return one.document.title
            case DocumentRole.FACTS:
                return _facts(one)
            case DocumentRole.ABOUT:
                return described(one.document)
            case DocumentRole.HEADS:
                return one.heads
            case DocumentRole.HITS:
                return self._hits.get(one.edition_id, 0)
            case DocumentRole.MARKS:
                return one.marks
            case DocumentRole.OPEN:
                return one.edition_id == self._open
            case DocumentRole.EDITION:
                return one.edition_id
            case DocumentRole.DOCUMENT:
                return one.document.id
            case Qt.ItemDataRole.ToolTipRole:
                marks = f"\n标注 {one.marks} 处" if one.marks else ""
                about = f"\n{described(one.document)}" if described(one.document) else ""
                return plain_tool_tip(f"{one.document.title}{about}\n{_facts(one)}{marks}")
            case Qt.ItemDataRole.AccessibleTextRole:
                opened = "，正在阅读" if one.edition_id == self._open else ""
                return f"{one.document.title}，{f'{one.name}，' if one.name else ''}标注 {one.marks} 处{opened}"
        return None


def _facts(one: Shelved) -> str:
    name = f"{one.name}　" if one.name else ""
    return f"{name}{one.imported.astimezone():%Y-%m-%d}　{one.source_name}"
