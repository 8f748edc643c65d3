"""Web annotations of any program as a bundle, so that they are merged as one: planned, taken over, taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from desktop.anchoring.quotes import passage_at
from desktop.exchange.bundle_form import HIGHEST_CLOCK
from desktop.model.annotation import Annotation, AnnotationFile, Target
from desktop.model.author import ANNOTATION_DEVICE, Author, Device
from desktop.model.bundle import Bundle
from desktop.model.decoding import decode
from desktop.model.errors import UnreadableFileError
from desktop.model.history import History, histories
from desktop.model.limits import within_limits
from desktop.model.mark import (
    CLAUSE_WORDS,
    CONTEXT_LENGTH,
    ClausePlace,
    Mark,
    MarkKind,
    MarkStyle,
    Passage,
    Place,
)
from desktop.model.meeting import Meeting
from desktop.model.operation import Operation
from desktop.model.origin import Origin
from desktop.model.span import Span
from desktop.services.command import now
from desktop.services.homes import origin_of
from desktop.services.settling import mark_of
from desktop.storage.encoding import json_text, plain

if TYPE_CHECKING:
    from desktop.storage.library import Library

_NAMES: Final = UUID("3f0c5a52-7a5e-4d0b-9a3b-0f6d2c1f7e10")
"""Everything that comes from annotations has an id of this name space, the same in every library."""
_NOBODY: Final = "未署名"
_LONGEST_SOURCE: Final = 1_000
"""Of a longer address only so many letters are shown."""
_UNFIT: Final = "文件里有一条标注太长，或有不能保存的字符：请向给你的人再要一份。"
_OWN_ID = re.compile(r"urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)
_DERIVED = frozenset({"placing"})


def bundle_of_annotations(library: Library, file: AnnotationFile, at: datetime | None = None) -> Bundle:
    """Return annotations as a bundle for one library; nothing is written.

    An annotation becomes a mark for each thing it is about, by an author of its creator's name. One that is here
    already with other words changes it where the file's is newer, and otherwise stands against it as a conflict. `at`
    stands for times the file does not give. Raises UnreadableFileError for what can't be kept.
    """
    gathering = _Gathering(library, at or now())
    for annotation in _latest(file.annotations):
        for number, target in enumerate(annotation.targets):
            gathering.take(annotation, target, number)
    return gathering.bundle()


def _latest(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return annotations with ids of their own; of several with one id the latest."""
    found: dict[str, Annotation] = {}
    for annotation in annotations:
        key = annotation.id or f"annotation:{annotation!r}"
        before = found.get(key)
        if before is None or _moment(before) <= _moment(annotation):
            found[key] = replace(annotation, id=key)
    return list(found.values())


def _moment(annotation: Annotation) -> str:
    moment = annotation.modified or annotation.created
    return moment.isoformat() if moment is not None else ""


@dataclass
class _Gathering:
    """What annotations bring, gathered one by one."""

    library: Library
    at: datetime
    _operations: dict[str, Operation] = field(default_factory=dict)
    _origins: dict[str, Origin] = field(default_factory=dict)
    _devices: dict[str, Device] = field(default_factory=lambda: {ANNOTATION_DEVICE.id: ANNOTATION_DEVICE})

    def __post_init__(self) -> None:
        # Who came with a merge that was taken back is known no more: nothing tells colleagues of them.
        told = {one.subject_id for one in self.library.operations.active("author")}
        self._authors = {author.name: author.id for author in self.library.authors.all() if author.id in told}
        self._meetings = {meeting.name: meeting.id for meeting in self.library.meetings.all()}
        self._known = {origin.id: origin for origin in self.library.origins.all()}
        self._by_hash = {one.sha256: one.id for one in self.library.editions.summaries() if one.format}
        self._here = histories(self.library.operations.active("mark"))

    def take(self, annotation: Annotation, target: Target, number: int) -> None:
        mark_id = _mark_id(annotation, number)
        history = self._here.get(("mark", mark_id))
        there = mark_of(history) if history is not None else None
        if history is not None and there is not None:
            self._take_again(annotation, history, there)
        else:
            mark = self._mark(mark_id, annotation, target)
            self._add("mark", mark.id, plain(mark, without=_DERIVED), mark.author_id, mark.created)

    def bundle(self) -> Bundle:
        operations = sorted(self._operations.values(), key=lambda operation: operation.rank)
        devices = {device.id: device for device in self.library.devices()} | self._devices
        return Bundle(
            author_id=self.library.author.id,
            at=None,
            program="",
            operations=tuple(operations),
            origins=tuple(self._origins.values()),
            devices=tuple(devices.values()),
        )

    # A mark that is here

    def _take_again(self, annotation: Annotation, history: History, there: Mark) -> None:
        self._put(history.operations)
        origin = origin_of(self.library, there.edition_id, self._known, [there.place])
        if origin is not None:
            self._origins[origin.id] = origin
        authors = {operation.author_id for operation in history.operations} | {there.author_id}
        self._put(self.library.operations.active("author", sorted(authors)))
        if there.meeting_id:
            self._put(self.library.operations.active("meeting", [there.meeting_id]))
        wanted = {"note": annotation.note, "tags": annotation.tags}
        for name in ("kind", "style", "pen"):
            if getattr(annotation.own, name) is not None:
                wanted[name] = getattr(annotation.own, name)
        newer = annotation.modified is not None and annotation.modified > there.changed
        for name, value in wanted.items():
            if getattr(there, name) != value:
                self._change(annotation, history, name, json_text(value), newer=newer)

    def _change(self, annotation: Annotation, history: History, name: str, value: str, *, newer: bool) -> None:
        added = history.added
        shown = history.shown(name) or added
        if added is None or shown is None:
            return
        author_id = self._author(annotation)
        at = annotation.modified or self.at
        if newer:
            self._set(shown, name, value, author_id, at, shown.clock + 1)
        elif any(one.field == name and one.value == value for one in history.operations) or value == _told(added, name):
            return  # what the file says was so once
        elif shown is added:
            # Two sides that both replace what was there first: ours, which is shown, and the file's.
            self._set(added, name, value, author_id, at, added.clock + 1)
            self._set(added, name, _told(added, name), added.author_id, added.at, added.clock + 2)
        else:
            parent = next((one for one in history.operations if one.id == shown.replaces), added)
            self._set(parent, name, value, author_id, at, max(parent.clock + 1, shown.clock - 1))

    def _set(self, base: Operation, name: str, value: str, author_id: str, at: datetime, clock: int) -> None:
        self._keep(
            Operation(
                "", clock, author_id, ANNOTATION_DEVICE.id, at, base.subject, base.subject_id, name, value, base.id
            )
        )

    # A mark that is new

    def _mark(self, mark_id: str, annotation: Annotation, target: Target) -> Mark:
        created = annotation.created or annotation.modified or self.at
        own = annotation.own
        place, origin = self._place(target, own.clause)
        bare = MarkKind.NOTE if target.quote is None and target.position is None else MarkKind.HIGHLIGHT
        kind = own.kind or bare
        style = own.style or (MarkStyle.NONE if kind is MarkKind.NOTE else MarkStyle.FILL)
        pen = own.pen if own.kind is not None else None if kind is MarkKind.NOTE else 1
        return Mark(
            id=mark_id,
            document_id=origin.document_id,
            edition_id=origin.id,
            kind=kind,
            style=style,
            pen=pen,
            place=place,
            note=annotation.note,
            tags=annotation.tags,
            private=own.private,
            author_id=self._author(annotation),
            device_id=ANNOTATION_DEVICE.id,
            meeting_id=self._meeting(own.meeting, created),
            created=created,
            changed=annotation.modified or created,
        )

    def _place(self, target: Target, clause: tuple[str, ...] | None) -> tuple[Place, Origin]:
        """Return where an annotation stands in the text it was made on, and what that is."""
        quote, position = target.quote, target.position or Span(0, 0)
        edition_id = self._by_hash.get(target.sha256 or "")
        if quote is None:
            edition = self.library.editions.get(edition_id) if edition_id and target.position else None
            words = position.of(edition.text) if edition is not None else ""
            if edition is not None and words.strip() and position.end <= len(edition.text):
                return passage_at(edition.text, position), self._source(target, words)
            return Passage(0, 0, "", "", ""), self._source(target, "")
        origin = self._source(target, quote.exact)
        if clause is not None:
            return ClausePlace(*position, clause, quote.exact[:CLAUSE_WORDS]), origin
        prefix, suffix = quote.prefix[-CONTEXT_LENGTH:], quote.suffix[:CONTEXT_LENGTH]
        return Passage(*position, quote.exact, prefix, suffix), origin

    def _source(self, target: Target, exact: str) -> Origin:
        """Return the origin of an annotation: its file where that is told by its hash.

        Of any other source, which may be several texts, every quote is an origin of its own: it is placed where exactly
        one document has it.
        """
        digest = target.sha256 or ""
        name = digest or f"{target.source}\n{exact}"
        origin = Origin(
            id=str(uuid5(_NAMES, f"source:{name}")),
            document_id=str(uuid5(_NAMES, f"document:{target.source}")),
            title=f"网页标注的原文（{digest[:8] or target.source[:_LONGEST_SOURCE]}）",
            name="",
            sha256=digest,
            text_sha256="",
            length=0,
        )
        self._origins[origin.id] = origin
        return origin

    def _author(self, annotation: Annotation) -> str:
        name = annotation.creator.strip() or _NOBODY
        if name not in self._authors:
            author = Author(str(uuid5(_NAMES, f"author:{name}")), name)
            self._authors[name] = author.id
            self._add("author", author.id, plain(author), author.id, _EPOCH)
        else:
            self._put(self.library.operations.active("author", [self._authors[name]]))
        return self._authors[name]

    def _meeting(self, name: str, at: datetime) -> str | None:
        if not name:
            return None
        if name not in self._meetings:
            meeting = Meeting(str(uuid5(_NAMES, f"meeting:{name}\n{at.date()}")), name, at.date(), at, at)
            self._meetings[name] = meeting.id
            self._add("meeting", meeting.id, plain(meeting), self.library.author.id, at)
        return self._meetings[name]

    # Operations

    def _add(self, subject: str, subject_id: str, record: Any, author_id: str, at: datetime) -> None:
        self._keep(
            Operation("", 1, author_id, ANNOTATION_DEVICE.id, at, subject, subject_id, "", json_text(record), None)
        )

    def _keep(self, operation: Operation) -> None:
        """Keep an operation; its id is told by all it says, so that it is the same in every library."""
        try:
            decode(operation.subject, operation.field, operation.value)
        except ValueError as error:
            raise UnreadableFileError(_UNFIT) from error
        if not within_limits(json.loads(operation.value)):
            raise UnreadableFileError(_UNFIT)
        if operation.clock > HIGHEST_CLOCK:
            raise UnreadableFileError("文库里的记录次序不对：请先用 check 检查文库。")
        self._put([replace(operation, id=str(uuid5(_NAMES, json_text(operation))))])

    def _put(self, operations: Iterable[Operation]) -> None:
        self._operations.update((operation.id, operation) for operation in operations)


_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00.000000Z")
"""When authors came to be who are known by their names only."""


def _mark_id(annotation: Annotation, number: int) -> str:
    own = _OWN_ID.fullmatch(annotation.id)
    first = own[1].lower() if own else str(uuid5(_NAMES, f"annotation:{annotation.id}"))
    return first if number == 0 else str(uuid5(UUID(first), str(number)))


def _told(added: Operation, name: str) -> str:
    values: Mapping[str, Any] = decode(added.subject, "", added.value)
    return json_text(values[name])
