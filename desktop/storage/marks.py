"""The marks of a library, with their tags."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from peewee import Expression, fn

from desktop.model.mark import ClausePlace, Mark, MarkKind, MarkStyle, Passage, Place, Placing, Verdict
from desktop.storage.database import Row
from desktop.storage.encoding import json_text, plain, text_time
from desktop.storage.records import RecordStore
from desktop.storage.tables import Documents, Marks, MarkTags


class MarkFields(TypedDict, total=False):
    """What of a mark can be changed."""

    kind: MarkKind
    style: MarkStyle
    pen: int | None
    place: Place
    note: str
    tags: tuple[str, ...]
    private: bool
    meeting_id: str | None
    changed: datetime


_TEXT_ORDER = (Marks.start_offset, Marks.end_offset.desc(), Marks.created, Marks.id)
_PLAIN_FIELDS = (
    "id",
    "document_id",
    "edition_id",
    "kind",
    "style",
    "pen",
    "note",
    "private",
    "author_id",
    "device_id",
    "meeting_id",
    "created",
    "changed",
    "removed",
)
_SPREAD = ("place", "placing", "tags")
"""The fields that are no column of that name."""


# Compiled once: peewee takes longer over these two than SQLite, and every change of a mark begins with them.
_ROW_OF_MARK: str = Marks.select().where(Marks.id == "").sql()[0]
_TAGS_OF_MARK: str = MarkTags.select(MarkTags.tag).where(MarkTags.mark_id == "").order_by(MarkTags.position).sql()[0]
# The same of several, by their ids in a list (JSON).
_AMONG = "IN (SELECT value FROM json_each(?))"
_ROWS_OF_MARKS = _ROW_OF_MARK.replace("= ?", _AMONG)
_TAGS_OF_MARKS = f"SELECT mark_id, tag FROM mark_tags WHERE mark_id {_AMONG} ORDER BY mark_id, position"  # noqa: S608 - our words


class MarkStore(RecordStore[Mark]):
    """All marks, removed ones as tombstones."""

    subject = "mark"
    editable = tuple(MarkFields.__annotations__)
    derived = frozenset({"placing"})

    def get(self, record_id: str) -> Mark | None:
        """Return one mark, a removed one too, or None if there never was one."""
        rows = self._database.sql(_ROW_OF_MARK, (record_id,))
        if not rows:
            return None
        return _mark(rows[0], tuple(tag for (tag,) in self._database.sql(_TAGS_OF_MARK, (record_id,))))

    def of_edition(self, edition_id: str) -> list[Mark]:
        """Return the marks on an edition that are not removed, in the order of the text.

        Of those that start together the longest comes first, then the oldest.
        """
        return self._found((Marks.edition_id == edition_id) & (Marks.removed == 0))

    def of_meeting(self, meeting_id: str) -> list[Mark]:
        """Return the marks made in a meeting that are not removed, in the order of the text, edition by edition."""
        found = self._found((Marks.meeting_id == meeting_id) & (Marks.removed == 0))
        return sorted(found, key=lambda mark: mark.edition_id)

    def count_by_edition(self) -> dict[str, int]:
        """Return how many marks that are not removed stand on each edition that has any."""
        query = Marks.select(Marks.edition_id, fn.COUNT(Marks.id)).where(Marks.removed == 0).group_by(Marks.edition_id)
        return dict(self._database.rows(query))

    def any_private(self, edition_id: str | None = None) -> bool:
        """Whether a mark that is not removed is private, on one edition or on any."""
        chosen = (Marks.private == 1) & (Marks.removed == 0)
        if edition_id is not None:
            chosen &= Marks.edition_id == edition_id
        return bool(self._database.rows(Marks.select(Marks.id).where(chosen).limit(1)))

    def count_shared(self) -> tuple[int, int]:
        """Return how many marks of the library that are not removed are shared, and how many are private."""
        query = Marks.select(Marks.private, fn.COUNT(Marks.id)).where(Marks.removed == 0).group_by(Marks.private)
        counts: dict[int, int] = dict(self._database.rows(query))
        return counts.get(0, 0), counts.get(1, 0)

    def tags(self) -> dict[str, int]:
        """Return all tags in use, sorted, with the number of their marks; what is removed doesn't count."""
        query = (
            MarkTags.select(MarkTags.tag, fn.COUNT(MarkTags.mark_id.distinct()))
            .join(Marks, on=(Marks.id == MarkTags.mark_id))
            .join(Documents, on=(Documents.id == Marks.document_id))
            .where((Marks.removed == 0) & (Documents.removed == 0))
            .group_by(MarkTags.tag)
            .order_by(MarkTags.tag)
        )
        return dict(self._database.rows(query))

    def ids_on(self, edition_id: str) -> list[str]:
        """Return the ids of the marks on an edition, removed ones too."""
        return [row[0] for row in self._database.sql("SELECT id FROM marks WHERE edition_id = ?", (edition_id,))]

    def settle_all(self, records: Sequence[Mark]) -> None:
        """Do as `settle` does for each of the marks, of which thousands may come with one merge."""
        with self._database.transaction():
            there = self._known_among([record.id for record in records])
            self._insert_all([record for record in records if record.id not in there])
            for record in records:
                if record.id in there:
                    self._make(there[record.id], record)

    def drop(self, mark_ids: Sequence[str]) -> None:
        """Take marks out of the tables, of which nothing tells any more that they were added."""
        with self._database.transaction():
            for statement in ("DELETE FROM mark_tags WHERE mark_id = ?", "DELETE FROM marks WHERE id = ?"):
                self._database.many(statement, ((mark_id,) for mark_id in mark_ids))

    def edit(self, mark_id: str, **fields: Unpack[MarkFields]) -> None:
        """Change fields of a mark, a removed one too. `changed` is the caller's to set."""
        self._edit(mark_id, fields)

    def _set(self, before: Mark, fields: Mapping[str, object]) -> None:
        """Set fields; a mark that is private no longer is told anew, without what it said till then."""
        with self._database.transaction():
            # Whatever else is set was so before it is shared.
            super()._set(before, {name: fields[name] for name in sorted(fields, key="private".__eq__)})
            if before.private and fields.get("private") is False:
                self._operations.tell_anew(self.subject, before.id)

    def _found(self, chosen: Expression) -> list[Mark]:
        tags: defaultdict[str, list[str]] = defaultdict(list)
        for mark_id, tag in self._database.rows(
            MarkTags.select(MarkTags.mark_id, MarkTags.tag)
            .join(Marks, on=(Marks.id == MarkTags.mark_id))
            .where(chosen)
            .order_by(MarkTags.mark_id, MarkTags.position)
        ):
            tags[mark_id].append(tag)
        rows = self._database.rows(Marks.select().where(chosen).order_by(*_TEXT_ORDER))
        return [_mark(row, tuple(tags.get(row[0], ()))) for row in rows]

    def _known_among(self, mark_ids: Sequence[str]) -> dict[str, Mark]:
        ids = (json_text(tuple(mark_ids)),)
        tags: defaultdict[str, list[str]] = defaultdict(list)
        for mark_id, tag in self._database.sql(_TAGS_OF_MARKS, ids):
            tags[mark_id].append(tag)
        rows = self._database.sql(_ROWS_OF_MARKS, ids)
        return {row[0]: _mark(row, tuple(tags.get(row[0], ()))) for row in rows}

    def _insert(self, record: Mark) -> None:
        self._insert_all([record])

    def _insert_all(self, records: Sequence[Mark]) -> None:
        names = (*_PLAIN_FIELDS, "place", "placing")
        rows = [_columns({name: getattr(record, name) for name in names}) for record in records]
        if not rows:
            return
        # Not by peewee, which takes ten times as long over it as SQLite.
        self._database.many(
            f"INSERT INTO marks ({', '.join(rows[0])}) VALUES ({', '.join('?' * len(rows[0]))})",  # noqa: S608 - our names
            (tuple(row.values()) for row in rows),
        )
        self._insert_tags({record.id: record.tags for record in records})

    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        columns = _columns(fields)
        if columns:
            told = ", ".join(f"{name} = ?" for name in columns)
            self._database.sql(f"UPDATE marks SET {told} WHERE id = ?", (*columns.values(), record_id))  # noqa: S608 - our names
        tags = fields.get("tags")
        if isinstance(tags, tuple):
            self._database.sql("DELETE FROM mark_tags WHERE mark_id = ?", (record_id,))
            self._insert_tags({record_id: tags})

    def _insert_tags(self, tags_of: Mapping[str, tuple[str, ...]]) -> None:
        self._database.many(
            "INSERT INTO mark_tags (mark_id, position, tag) VALUES (?, ?, ?)",
            ((mark_id, position, tag) for mark_id, tags in tags_of.items() for position, tag in enumerate(tags)),
        )


def _columns(fields: Mapping[str, object]) -> dict[str, object]:
    columns = {name: plain(value) for name, value in fields.items() if name not in _SPREAD}
    place, placing = fields.get("place"), fields.get("placing")
    if isinstance(place, Passage | ClausePlace):
        columns |= dict.fromkeys(("exact", "prefix", "suffix", "path")) | {"words": ""} | _place_columns(place)
    if isinstance(placing, Placing):
        columns |= {"verdict": placing.verdict.value, "score": placing.score}
    return columns


def _place_columns(place: Place) -> dict[str, object]:
    where: dict[str, object] = {"start_offset": place.start, "end_offset": place.end}
    if isinstance(place, Passage):
        return where | {"exact": place.exact, "prefix": place.prefix, "suffix": place.suffix}
    return where | {"path": json_text(place.path), "words": place.words}


def _mark(row: Row, tags: tuple[str, ...]) -> Mark:
    (identity, document_id, edition_id, kind, style, pen, start, end, exact, prefix, suffix, path, *rest) = row
    note, private, author_id, device_id, meeting_id, created, changed, removed, words, verdict, score = rest
    place = Passage(start, end, exact, prefix, suffix) if path is None else ClausePlace(start, end, _path(path), words)
    return Mark(
        id=identity,
        document_id=document_id,
        edition_id=edition_id,
        kind=MarkKind(kind),
        style=MarkStyle(style),
        pen=pen,
        place=place,
        note=note,
        tags=tags,
        private=bool(private),
        author_id=author_id,
        device_id=device_id,
        meeting_id=meeting_id,
        created=text_time(created),
        changed=text_time(changed),
        removed=bool(removed),
        placing=Placing(Verdict(verdict), score),
    )


def _path(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
