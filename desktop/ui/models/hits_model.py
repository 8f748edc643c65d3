"""What a search found as a list model: hits under the headings of their documents and sections."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.model.search import Found, Hit, Where
from desktop.text.blanks import one_line

Index = QModelIndex | QPersistentModelIndex
KINDS = {Where.TEXT: "正文", Where.NOTE: "批注", Where.TAG: "标签"}
"""What hits stand in, in the order of a document's hits, and what that is called."""
AROUND = 80
"""How many code points of the context on either side of a hit a row is given; more never fits."""
MARKS = "批注和标签"


class HitRole(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """A `HitRow` or a `HeadingRow`: all a delegate needs, in one question."""
    HIT = Qt.ItemDataRole.UserRole + 2
    """The index of a row's hit in the list of hits: the current one, or the first; -1 for a heading."""


class Aside(NamedTuple):
    """What is told beside hits: their address, the pens of the marks there, whether a note stands there.

    `private` are hits in the note or the tags of a private mark.
    """

    address: str = ""
    pens: tuple[int, ...] = ()
    note: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """A sentence with hits: what stands before one of them, its words, what stands after; address and what is marked.

    `others` are the other words found in the sentence, as far as they may be seen: where they begin and end, counted in
    code points from the beginning of `words` (before it, that is less than 0).
    """

    before: str
    words: str
    after: str
    address: str
    others: tuple[tuple[int, int], ...] = ()
    pens: tuple[int, ...] = ()
    note: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The heading of a document (`top`) or of a section; `count` is the number of its hits, None where not known."""

    text: str
    top: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """How hits are listed: under the titles of their `documents`, under their `sections`, or neither.

    Where neither heads them, the address of a hit names what is missing.
    """

    documents: bool = False
    sections: bool = True


class HitsModel(QAbstractListModel):
    """The rows of one search. Context and what is told beside a row's hits are worked out when it is looked at.

    Hits that follow one another in one sentence share a row, which shows the current one of them, or the first. Hits
    keep their order; a heading stands above each run of rows of one document or section, and can't be chosen.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Sequence[Found] = ()
        self._grouping = Grouping()
        self._aside: Callable[[Sequence[Found]], Aside] = lambda _found: Aside()
        self._by_edition: Mapping[str, int] = {}
        self._current = -1
        self._rows: list[int] = []
        self._row_of: list[int] = []
        self._headings: list[tuple[HeadingRow, str]] = []
        self._last: tuple[str, str] = ("", "")

    def show(self, found: Sequence[Found], grouping: Grouping, aside: Callable[[Sequence[Found]], Aside]) -> None:
        """Show other hits; `aside` tells what stands beside those of one row."""
        self.beginResetModel()
        self._found, self._grouping, self._aside = found, grouping, aside
        self._by_edition, self._current = {}, -1
        self._rows, self._row_of, self._headings, self._last = [], [], [], ("", "")
        self._rows += self._further()
        self.endResetModel()

    def extend(self) -> None:
        """Show what was added at the end of the hits since."""
        rows, first = self._further(), len(self._rows)
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def set_counts(self, by_edition: Mapping[str, int]) -> None:
        """Tell how many hits the editions have, for the headings of documents."""
        if by_edition != self._by_edition:
            self._by_edition = by_edition
            if self._rows:  # without rows both ends would be invalid, which is no range
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_current(self, hit: int) -> None:
        """Have the row of a hit show that one of its hits; -1 for none."""
        shared = {row for row in map(self._row_with, (self._current, hit)) if row >= 0 and len(self._hits_of(row)) > 1}
        self._current = hit
        for row in shared:
            self.dataChanged.emit(self.index(row), self.index(row))

    def counts(self) -> dict[Where, int]:
        """Return how many hits stand in what, in the order of `KINDS`."""
        found = [one.hit.where for one in self._found]
        return {where: found.count(where) for where in KINDS if where in found}

    def is_heading(self, row: int) -> bool:
        """Whether a row is a heading."""
        return self._rows[row] < 0

    def heading(self, row: int) -> HeadingRow | None:
        """Return a heading, None for the row of a hit."""
        return self._heading(self._rows[row]) if self._rows[row] < 0 else None

    def index_of(self, hit: int) -> QModelIndex:
        """Return the row of a hit by its index in the list of hits, an invalid index for none."""
        return self.index(self._row_with(hit))

    def beside(self, hit: int) -> range:
        """Return the hits that share the row of one, itself among them, by their indexes in the list of hits."""
        return self._hits_of(self._row_with(hit))

    def first_of(self, where: Where) -> QModelIndex:
        """Return the row of the first hit in text, notes or tags, an invalid index for none."""
        return next((self.index_of(n) for n, one in enumerate(self._found) if one.hit.where is where), QModelIndex())

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
                return self._shown_hit(index.row())
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                row = self._row(index.row())
                if isinstance(row, HeadingRow):
                    return row.text if row.count is None else f"{row.text}，{row.count} 处"
                return f"{row.before}{row.words}{row.after}（{'私人' if row.private else ''}{row.address}）"
        return None

    def _further(self) -> list[int]:
        """Return the rows of the hits that have none yet; headings count down from -1."""
        rows: list[int] = []
        first, before = len(self._rows), None
        for number in range(len(self._row_of), len(self._found)):
            found = self._found[number]
            if before is None or not _together(before, found.hit):
                rows += self._headings_before(found)
                rows.append(number)
            self._row_of.append(first + len(rows) - 1)
            before = found.hit
        return rows

    def _row_with(self, hit: int) -> int:
        return self._row_of[hit] if 0 <= hit < len(self._row_of) else -1

    def _hits_of(self, row: int) -> range:
        return range(bisect_left(self._row_of, row), bisect_right(self._row_of, row))

    def _shown_hit(self, row: int) -> int:
        return self._current if self._row_with(self._current) == row else max(-1, self._rows[row])

    def _headings_before(self, found: Found) -> list[int]:
        """Return the headings that have to stand above a hit, given those above the hit before it."""
        hit, grouping = found.hit, self._grouping
        document = hit.edition_id if grouping.documents else ""
        section = ""
        if grouping.sections:
            section = found.section if hit.where is Where.TEXT else MARKS
        if (document, section) == self._last:
            return []
        above, self._last = self._last, (document, section)
        rows = []
        if document != above[0]:
            rows.append(self._add_heading(HeadingRow(found.title, top=True), hit.edition_id))
        if section:
            rows.append(self._add_heading(HeadingRow(one_line(section)), ""))
        return rows

    def _add_heading(self, heading: HeadingRow, edition_id: str) -> int:
        self._headings.append((heading, edition_id))
        return -len(self._headings)

    def _heading(self, number: int) -> HeadingRow:
        heading, edition_id = self._headings[-number - 1]
        count = self._by_edition.get(edition_id) if edition_id else None
        return heading if count is None else HeadingRow(heading.text, heading.top, count)

    def _row(self, row: int) -> HitRow | HeadingRow:
        if self._rows[row] < 0:
            return self._heading(self._rows[row])
        shown, hits = self._shown_hit(row), self._hits_of(row)
        found = self._found[shown]
        hit = found.hit
        start = hit.span.start - hit.context_start
        end = min(len(hit.context), hit.span.end - hit.context_start)
        aside = self._aside(self._found[hits.start : hits.stop])
        return HitRow(
            before=_without_line_ends(hit.context[max(0, start - AROUND) : start]).lstrip(),
            words=_without_line_ends(hit.context[start:end]),
            after=_without_line_ends(hit.context[end : end + AROUND]).rstrip(),
            address=self._place(found, aside.address),
            others=tuple(self._others(shown, hits)),
            pens=aside.pens,
            note=aside.note,
            private=aside.private,
        )

    def _place(self, found: Found, address: str) -> str:
        """Return the address, with what it stands in where that is no text, and the document where nothing heads it."""
        kind = "" if found.hit.where is Where.TEXT else KINDS[found.hit.where]
        title = found.title if self._grouping == Grouping(documents=False, sections=False) else ""
        return " · ".join(part for part in (kind, title, address) if part)

    def _others(self, shown: int, hits: range) -> Iterator[tuple[int, int]]:
        """Yield the other hits of a row that stand about the one that is shown."""
        start, end = self._found[shown].hit.span
        for others in (range(shown - 1, hits.start - 1, -1), range(shown + 1, hits.stop)):
            for other in others:
                first, last = self._found[other].hit.span
                if first >= end + AROUND or last <= start - AROUND:
                    break  # a sentence may hold thousands of hits
                yield first - start, last - start


def _together(one: Hit, other: Hit) -> bool:
    """Whether two hits stand in one sentence or tag."""
    return (one.context_start, one.edition_id, one.where, one.mark_id, one.context) == (
        other.context_start,
        other.edition_id,
        other.where,
        other.mark_id,
        other.context,
    )


def _without_line_ends(words: str) -> str:
    """Return words with their line ends as blanks; other blanks stay, also at the edges, where the parts meet."""
    return words.translate(_BLANKS)


_BLANKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
