"""Brings the index up to what the library holds: in slices, so that it can stop at any time and go on later."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from desktop.model.edition import Edition, EditionSummary
from desktop.model.mark import Mark
from desktop.model.operation import Operation
from desktop.model.outline import Outline
from desktop.search.filling import MARK_COLUMNS, add_mark, add_text, remove_mark, remove_text, unit_of
from desktop.search.index_schema import (
    MARKS_OF_UNIT,
    NOWHERE,
    WORD_TABLES,
    Standing,
    marks_from,
    stand,
    standing,
)
from desktop.search.units import Stretch, mark_unit, text_unit, units_of
from desktop.storage.encoding import time_text

if TYPE_CHECKING:
    from desktop.storage.library import Library

OutlineOf = Callable[["Library", Edition], Outline]
Stop = Callable[[], bool]
Told = Callable[[int, int], None]

_COMMIT_SECONDS = 0.3
"""What was done so long is written down, and not done again after a stop."""
_SLACK = 16
_ROOM = 4
"""Behind an edition so many numbers are left free, or a quarter of its own: for those that come between it and the
next. Wider gaps would make the word tables larger."""
_MERGED_PAGES = 64
"""How many pages of a word table are merged at a time: some milliseconds."""

_TEXT_SUBJECTS = frozenset({"document", "edition", "merge", "origin"})
_TEXT_FIELDS = frozenset({"", "removed"})
_MARK_FIELDS = frozenset({"", "removed", "place", "note", "tags"})
"""What of records is in the index: operations on other fields change nothing here."""
_BYTES = 16
"""What a code point needs while the index is built: what it is, its word tables, and these once more to be merged."""
_RESERVE = 1 << 24
"""So many bytes of the disk are not for the index."""

_ROWS = "SELECT number, id, document_id, base, count, done, marked FROM editions"


class NoRoomError(Exception):
    """The disk has no room for what is missing: it is left to the library."""


class OtherHistoryError(Exception):
    """The index was made for what this library never was: it was taken back to a backup, perhaps."""


class _Stopped(Exception):  # noqa: N818 - no error
    """There is something more urgent to do; what was done is written down."""


class _Row(NamedTuple):
    """An edition in the index. Its units have the numbers from `base` on; `done` of `size` are in."""

    number: int
    id: str
    document_id: str
    base: int
    size: int
    done: int
    marked: bool

    @property
    def complete(self) -> bool:
        return self.marked and self.done == self.size

    @property
    def end(self) -> int:
        return self.base + max(1, self.size)


@dataclass
class Cut:
    """The edition that is being added, cut into units: kept from one slice to the next."""

    edition: Edition
    outline: Outline
    stretches: Sequence[Stretch]


class CatchingUp:
    """One run over what the index lacks. `connection` writes to the index, and to nothing else.

    `cut` may be what an earlier run left under way.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        library: Library,
        outline_of: OutlineOf,
        stop: Stop,
        told: Told,
        cut: Cut | None = None,
    ) -> None:
        self._connection = connection
        self._library = library
        self._outline_of = outline_of
        self._stop = stop
        self._told = told
        self.cut = cut
        self._begun = 0.0
        self._standing = NOWHERE
        self._length_done = 0
        self._length = 0

    def run(self, *, tidy: bool) -> bool:
        """Do it, and return whether nothing is left to do; with `tidy`, also merge away what deleted texts left.

        Raises OtherHistoryError, with the index as it was, and NoRoomError. Where it is stopped, what was done is kept.
        """
        try:
            self._standing = standing(self._connection)
            removed = self._follow()
        except _Stopped:
            return False
        return merge_away(self._connection, self._stop) if tidy or removed else True

    # Following the library.

    def _follow(self) -> bool:
        """Bring everything in; return whether texts were taken out, or all of it is new."""
        before = self._standing
        operations = self._operations_since(before)
        last = operations[-1]
        if before.whole and last.clock == before.clock:
            return False
        changed = [operation for operation in operations if operation.clock > before.clock]
        self._begin()
        changes_texts = not before.whole or any(_changes_texts(operation) for operation in changed)
        removed = self._editions() if changes_texts else False
        self._marks(dict.fromkeys(mark_id for operation in changed for mark_id in self._marks_of(operation)))
        leftovers = self._standing.leftovers or removed or not before.whole
        self._end(Standing(last.clock, last.id, whole=True, leftovers=leftovers))
        return removed or not before.whole

    def _operations_since(self, before: Standing) -> list[Operation]:
        """Return the operation the index stands at, and all later ones; an empty one is put at the library's last."""
        operations = self._library.operations
        clock = self._library.clock()
        if not before.operation:
            (*_, last) = operations.since(clock - 1)
            self._begin()
            self._end(Standing(last.clock, last.id, whole=False, leftovers=False))
            return [last]
        found = operations.since(before.clock - 1) if clock >= before.clock else []
        if not any(operation.id == before.operation for operation in found):
            raise OtherHistoryError
        return found

    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._begun = monotonic()

    def _end(self, at: Standing) -> None:
        stand(self._connection, at)
        self._connection.execute("COMMIT")
        self._standing = at

    def _pause(self) -> None:
        """Write down what was done, and go on unless something else is more urgent."""
        self._end(self._standing._replace(whole=False))
        if self._stop():
            raise _Stopped
        self._begin()

    def _is_time(self) -> bool:
        return self._stop() or monotonic() - self._begun > _COMMIT_SECONDS

    # Texts.

    def _editions(self) -> bool:
        """Bring in the editions that are missing, in the library's order; return whether one was taken out."""
        live = self._library.editions.summaries()
        rows = self._rows()
        gone = rows.keys() - {summary.id for summary in live}
        for edition_id in gone:
            self._remove(rows.pop(edition_id))
        self._length = sum(summary.length for summary in live)
        self._length_done = sum(s.length for s in live if s.id in rows and rows[s.id].complete)
        self._make_sure_of_room(self._length - self._length_done)
        behind = [rows[summary.id] for summary in reversed(live) if summary.id in rows]
        floor = 0
        for summary in live:
            row = behind.pop() if behind and behind[-1].id == summary.id else None
            if row is None or not row.complete:
                row = self._add(summary, row, floor, behind)
            floor = row.end
        return bool(gone)

    def _make_sure_of_room(self, length: int) -> None:
        (_, _, path) = self._connection.execute("PRAGMA database_list").fetchone()
        if length and disk_usage(Path(path).parent).free < length * _BYTES + _RESERVE:
            raise NoRoomError

    def _rows(self) -> dict[str, _Row]:
        return {row.id: row for row in (_Row(*values) for values in self._connection.execute(_ROWS))}

    def _row(self, edition_id: str) -> _Row | None:
        found = self._connection.execute(f"{_ROWS} WHERE id = ?", (edition_id,)).fetchone()
        return _Row(*found) if found else None

    def _add(self, summary: EditionSummary, row: _Row | None, floor: int, behind: list[_Row]) -> _Row:
        cut = self._cut_of(summary.id)
        if row is not None and (row.done < 0 or row.size != len(cut.stretches)):
            self._remove(row)
            row = None
        if row is None:
            row = self._placed(cut, floor, behind)
        for index in range(row.done, row.size):
            add_text(self._connection, row.number, text_unit(row.base + index, cut.edition, cut.stretches[index]))
            if self._is_time():
                self._set_done(row, index + 1)
                self._pause()
                self._told(self._length_done + cut.stretches[index].end, self._length)
        self._set_done(row, row.size)
        self._put_marks(row, cut.outline)
        self.cut = None
        self._length_done += summary.length
        return row._replace(done=row.size, marked=True)

    def _cut_of(self, edition_id: str) -> Cut:
        if self.cut is None or self.cut.edition.id != edition_id:
            edition = self._library.editions.get(edition_id)
            if edition is None:
                raise KeyError(edition_id)
            outline = self._outline_of(self._library, edition)
            self.cut = Cut(edition, outline, units_of(edition.text, outline))
        return self.cut

    def _placed(self, cut: Cut, floor: int, behind: list[_Row]) -> _Row:
        """Find numbers for an edition between `floor` and those `behind` it (the next one last).

        Those that leave it no room are taken out, to be put in again behind it.
        """
        count = len(cut.stretches)
        while behind and behind[-1].base - floor < max(1, count):
            self._remove(behind.pop())
        base = floor + ((behind[-1].base - floor - count) // _ROOM if behind else max(_SLACK, count // _ROOM))
        cursor = self._connection.execute(
            "INSERT INTO editions (id, document_id, base, count, done, marked) VALUES (?, ?, ?, ?, 0, 0)",
            (cut.edition.id, cut.edition.document_id, base, count),
        )
        return _Row(cursor.lastrowid or 0, cut.edition.id, cut.edition.document_id, base, count, 0, marked=False)

    def _set_done(self, row: _Row, done: int) -> None:
        self._connection.execute("UPDATE editions SET done = ? WHERE number = ?", (done, row.number))

    def _remove(self, row: _Row) -> None:
        """Take out an edition with its marks."""
        self._connection.execute("UPDATE editions SET done = -1, marked = 0 WHERE number = ?", (row.number,))
        self._remove_marks(row)
        units = "SELECT number, text FROM units WHERE number >= ? AND number < ? ORDER BY number LIMIT 1"
        while found := self._connection.execute(units, (row.base, row.end)).fetchone():
            remove_text(self._connection, *found)
            if self._is_time():
                self._pause()
        self._connection.execute("DELETE FROM editions WHERE number = ?", (row.number,))
        self._standing = self._standing._replace(leftovers=True)

    # Marks.

    def _marks_of(self, operation: Operation) -> Iterable[str]:
        """Return the marks of which an operation tells that something in the index changed.

        What came with a merge has clocks of its own; the merge itself, and where its marks were placed, tell of it.
        """
        if operation.subject == "mark":
            return [operation.subject_id] if operation.field in _MARK_FIELDS else []
        if operation.subject == "merge":
            return self._library.merges.subjects(operation.subject_id).get("mark", [])
        if operation.subject == "origin":
            return self._library.marks.ids_on(json.loads(operation.value))
        return []

    def _marks(self, mark_ids: Iterable[str]) -> None:
        """Bring in what became of these marks, where their editions are in."""
        for mark_id in mark_ids:
            mark = self._library.marks.get(mark_id)
            row = self._row(mark.edition_id) if mark else None
            if mark is None:
                self._forget_mark(mark_id)
            elif row is not None and row.complete:
                self._follow_mark(mark, row)
            if self._is_time():
                self._pause()

    def _forget_mark(self, mark_id: str) -> None:
        for number, text in self._connection.execute(
            "SELECT number, text FROM marks WHERE mark_id = ?", (mark_id,)
        ).fetchall():
            remove_mark(self._connection, number, text)
            self._standing = self._standing._replace(leftovers=True)

    def _follow_mark(self, mark: Mark, row: _Row) -> None:
        found = self._connection.execute(
            f"SELECT {MARK_COLUMNS}, u.stop FROM marks u JOIN editions e ON e.number = u.edition"  # noqa: S608
            " WHERE u.mark_id = ?",
            (mark.id,),
        ).fetchone()
        before = unit_of(found[:-1]) if found else None
        stays = before is not None and (before.edition_id, before.start, found[-1]) == (mark.edition_id, *mark.span)
        if before is not None and stays and _is_in(mark):
            unit = before._replace(text="\n".join((mark.note, *mark.tags)), note_length=len(mark.note))
            if unit == before:
                return
        elif _is_in(mark):
            number = self._number_for(mark, row)
            if number is None:
                self._put_marks(row, self._outline_for(row.id))
                return
            unit = mark_unit(number, mark, self._outline_for(row.id))
        else:
            unit = None
        if found:
            remove_mark(self._connection, found[0], found[4])
            self._standing = self._standing._replace(leftovers=True)
        if unit is not None:
            add_mark(self._connection, row.number, mark, unit)

    def _outline_for(self, edition_id: str) -> Outline:
        return self._cut_of(edition_id).outline

    def _number_for(self, mark: Mark, row: _Row) -> int | None:
        """Return a free number for a mark, in the order of its edition's marks, or None where there is none left."""
        first, end = marks_from(row.base), marks_from(row.end)
        order = (mark.span.start, -mark.span.end, time_text(mark.created), mark.id)
        before, behind = first - 1, end
        for number, *other in self._connection.execute(
            "SELECT number, start, -stop, created, mark_id FROM marks WHERE number >= ? AND number < ? ORDER BY number",
            (first, end),
        ):
            if other[3] == mark.id:
                continue
            if tuple(other) > order:
                behind = number
                break
            before = number
        room = behind - before - 1
        if room < 1:
            return None
        return before + 1 + min(room // 2, MARKS_OF_UNIT // 2**10)

    def _put_marks(self, row: _Row, outline: Outline) -> None:
        """Put the marks of an edition in anew, with numbers evenly apart."""
        self._remove_marks(row)
        marks = [mark for mark in self._library.marks.of_edition(row.id) if _is_in(mark)]
        first, end = marks_from(row.base), marks_from(row.end)
        apart = min((end - first) // (len(marks) + 1), MARKS_OF_UNIT // 2**10)
        for place, mark in enumerate(marks, 1):
            number = first + place * apart
            self._forget_mark(mark.id)  # it may have stood on another edition
            add_mark(self._connection, row.number, mark, mark_unit(number, mark, outline))
            if self._is_time():
                self._pause()
        self._connection.execute("UPDATE editions SET marked = 1 WHERE number = ?", (row.number,))

    def _remove_marks(self, row: _Row) -> None:
        self._connection.execute("UPDATE editions SET marked = 0 WHERE number = ?", (row.number,))
        marks = "SELECT number, text FROM marks WHERE number >= ? AND number < ? ORDER BY number LIMIT 1"
        while found := self._connection.execute(marks, (marks_from(row.base), marks_from(row.end))).fetchone():
            remove_mark(self._connection, *found)
            if self._is_time():
                self._pause()


def merge_away(connection: sqlite3.Connection, stop: Stop) -> bool:
    """Merge the word tables: what was deleted is still in them until then, and one piece is the fastest.

    Return False where `stop` said so; the next call goes on.
    """
    at = standing(connection)
    if not at.leftovers:
        return True
    for table in WORD_TABLES:
        pages = -_MERGED_PAGES  # a first merge of less than none is one of all pieces into one
        while _merged(connection, table, pages):
            pages = _MERGED_PAGES
            if stop():
                return False
    connection.execute("BEGIN IMMEDIATE")
    stand(connection, at._replace(leftovers=False))
    connection.execute("COMMIT")
    # The log holds pages as they were.
    connection.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    return True


def _merged(connection: sqlite3.Connection, table: str, pages: int) -> bool:
    """Merge some pages; return whether there may be more to do."""
    before = connection.total_changes
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608
    return connection.total_changes - before >= 2  # so SQLite tells it


def _changes_texts(operation: Operation) -> bool:
    # With a merge come editions without a text, and go with its undo.
    return operation.subject in _TEXT_SUBJECTS and operation.field in _TEXT_FIELDS


def _is_in(mark: Mark) -> bool:
    return not mark.removed and bool(mark.note or mark.tags)
