"""Web annotations of any program as a bundle, so that they are merged as one: planned, taken over, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from desktop.anchoring.letters import letters_of
from desktop.anchoring.quotes import passage_at
from desktop.exchange.bundle_form import HIGHEST_CLOCK
from desktop.model.annotation import UUID_IRI, Annotation, AnnotationFile, OwnProperties, Target
from desktop.model.author import ANNOTATION_DEVICE, Author, Device
from desktop.model.bundle import Bundle
from desktop.model.decoding import decode
from desktop.model.errors import UnreadableFileError
from desktop.model.history import History, histories
from desktop.model.limits import LONGEST_NAME, within_limits
from desktop.model.mark import (
    CLAUSE_WORDS,
    CONTEXT_LENGTH,
    ClausePlace,
    Mark,
    MarkKind,
    MarkStyle,
    Passage,
    Place,
    words_at,
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
_DERIVED = frozenset({"placing"})


def bundle_of_annotations(library: Library, file: AnnotationFile, at: datetime | None = None) -> Bundle:
    """Return annotations as a bundle for one library; nothing is written.

    An annotation becomes a mark for each thing it is about, by the author of its creator's id or else name. One that is
    here already, by its id, is

    - the same where its content is: note, tags, place, and of our own exports kind, style and pen;
    - a change where its `modified` is later than the last change here: what differs is set, its place too, and things
      that it is about no more are removed;
    - in conflict otherwise: both sides stand, and the one that was here is shown. What was said so here before by the
      very same annotation, or is older by its `modified` than what followed, is no other side: that is the same.

    Its place is another one where the words are. On one text also what stands around them and the position tell, as far
    as both sides have them; of our own exports from another text nothing does, for there a mark was placed anew. `at`
    stands for times the file does not give. Raises UnreadableFileError for what can't be kept.
    """
    gathering = _Gathering(library, at or now())
    for annotation in file.annotations:
        known = replace(annotation, id=annotation.id or f"annotation:{annotation!r}")
        for number, target in enumerate(gathering.in_order(known)):
            gathering.take(known, target, number)
        gathering.take_away(known)
    return gathering.bundle()


@dataclass
class _Gathering:
    """What annotations bring, gathered one by one."""

    library: Library
    at: datetime
    _operations: dict[str, Operation] = field(default_factory=dict)
    _origins: dict[str, Origin] = field(default_factory=dict)
    _devices: dict[str, Device] = field(default_factory=lambda: {ANNOTATION_DEVICE.id: ANNOTATION_DEVICE})

    def __post_init__(self) -> None:
        # Who or what came with a merge that was taken back is known no more: nothing tells colleagues of them.
        told, held = (self._told(subject) for subject in ("author", "meeting"))
        self._authors = {author.name: author.id for author in self.library.authors.all() if author.id in told}
        self._author_ids = told
        meetings = (meeting for meeting in self.library.meetings.all() if meeting.id in held)
        self._meetings = {meeting.id: (meeting.name, meeting.held_on) for meeting in meetings}
        self._known = {origin.id: origin for origin in self.library.origins.all()}
        self._by_hash = {one.sha256: one.id for one in self.library.editions.summaries() if one.format}
        self._here = histories(self.library.operations.active("mark"))

    def _told(self, subject: str) -> set[str]:
        return {one.subject_id for one in self.library.operations.active(subject)}

    def in_order(self, annotation: Annotation) -> list[Target]:
        """Return what an annotation is about so that each has the number of its mark that is here, if there is one."""
        left = list(annotation.targets)
        ordered: list[Target | None] = []
        for number in range(len(left) if len(left) > 1 else 0):
            history = self._here.get(("mark", _mark_id(annotation, number)))
            there = mark_of(history) if history is not None else None
            same = (target for target in left if there is not None and self._is_there(annotation, target, there))
            ordered.append(next(same, None))
            if ordered[-1] is not None:
                left.remove(ordered[-1])
        return [target or left.pop(0) for target in ordered] or left

    def _is_there(self, annotation: Annotation, target: Target, there: Mark) -> bool:
        origin = origin_of(self.library, there.edition_id, self._known, [there.place])
        return self._place_told(annotation, target, there, origin) is None

    def take(self, annotation: Annotation, target: Target, number: int) -> None:
        mark_id = _mark_id(annotation, number)
        history = self._here.get(("mark", mark_id))
        there = mark_of(history) if history is not None else None
        if history is not None and there is not None:
            self._take_again(annotation, target, history, there)
        else:
            mark = self._mark(mark_id, annotation, target)
            self._add("mark", mark.id, plain(mark, without=_DERIVED), mark.author_id, mark.created)

    def take_away(self, annotation: Annotation) -> None:
        """Remove the marks on further things that an annotation, which is newer, was about before.

        In our own exports every mark is an annotation, also where it came from one that was about several things.
        """
        if annotation.own.kind is not None:
            return
        number = len(annotation.targets)
        while (history := self._here.get(("mark", _mark_id(annotation, number)))) is not None:
            there = mark_of(history)
            if there is not None and not there.removed and _is_newer(annotation, there):
                self._carry(history, there)
                self._change(annotation, history, there, "removed", "true")
            number += 1

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

    def _take_again(self, annotation: Annotation, target: Target, history: History, there: Mark) -> None:
        origin = self._carry(history, there)
        wanted = {"note": annotation.note, "tags": annotation.tags}
        for name in ("kind", "style", "pen"):
            if getattr(annotation.own, name) is not None:
                wanted[name] = getattr(annotation.own, name)
        for name, value in wanted.items():
            if getattr(there, name) != value:
                self._change(annotation, history, there, name, json_text(value))
        place = self._place_told(annotation, target, there, origin)
        if place is not None:
            self._change(annotation, history, there, "place", json_text(place))

    def _carry(self, history: History, there: Mark) -> Origin | None:
        """Take into the bundle what is here of a mark, and return the text it was made on."""
        self._put(history.operations)
        origin = origin_of(self.library, there.edition_id, self._known, [there.place])
        if origin is not None:
            self._origins[origin.id] = origin
        authors = {operation.author_id for operation in history.operations} | {there.author_id}
        self._put(self.library.operations.active("author", sorted(authors)))
        if there.meeting_id:
            self._put(self.library.operations.active("meeting", [there.meeting_id]))
        return origin

    def _place_told(self, annotation: Annotation, target: Target, there: Mark, origin: Origin | None) -> Place | None:
        """Return where an annotation stands if that is another place than its mark has; else None."""
        place, source = self._place(target, annotation.own.clause)
        on_one_text = _is_one_text(source, there, origin)
        if on_one_text:
            return None if _agree(place, there.place) else place
        if annotation.own.kind is not None or letters_of(words_at(place)) == letters_of(words_at(there.place)):
            return None
        return replace(place, start=0, end=0)

    def _change(self, annotation: Annotation, history: History, there: Mark, name: str, value: str) -> None:
        added = history.added
        shown = history.shown(name) or added
        if added is None or shown is None:
            return
        newer = _is_newer(annotation, there)
        if not newer and self._was_told(history, annotation, there, name, value):
            return
        author_id = self._author(annotation)
        at = annotation.modified or annotation.created or added.at
        if newer:
            self._set(shown, name, value, author_id, at, shown.clock + 1)
        elif shown is added:
            # Two sides that both replace what was there first: ours, which is shown, and the file's.
            self._set(added, name, value, author_id, at, added.clock + 1)
            self._set(added, name, _told(added, name), added.author_id, added.at, added.clock + 2)
        else:
            parent = next((one for one in history.operations if one.id == shown.replaces), added)
            clock = max(parent.clock + 1, shown.clock - 1)
            self._set(parent, name, value, author_id, at, clock)
            if clock >= shown.clock:  # what was here stays the one that is shown
                self._set(shown, name, shown.value, shown.author_id, shown.at, clock + 1)

    def _was_told(self, history: History, annotation: Annotation, there: Mark, name: str, value: str) -> bool:
        """Tell whether an annotation says of a field what was said here before it came to be what it is."""
        before = [one for one in history.operations if one.field == name and one.value == value]
        author_id = self._author_id(annotation)
        by_it = (one for one in before if one.device_id == ANNOTATION_DEVICE.id and one.author_id == author_id)
        if any(one.at == (annotation.modified or annotation.created or one.at) for one in by_it):
            return True
        older = annotation.modified is not None and annotation.modified < there.changed
        return older and (bool(before) or (history.added is not None and value == _told(history.added, name)))

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
        self._origins[origin.id] = origin
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
            meeting_id=self._meeting(own, created),
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
        return Origin(
            id=str(uuid5(_NAMES, f"source:{name}")),
            document_id=str(uuid5(_NAMES, f"document:{target.source}")),
            title=f"网页标注的原文（{digest[:8] or target.source[:_LONGEST_SOURCE]}）",
            name="" if digest else target.source[:LONGEST_NAME],
            sha256=digest,
            text_sha256="",
            length=0,
        )

    def _author_id(self, annotation: Annotation) -> str:
        name = _creator_of(annotation)
        return annotation.own.author_id or self._authors.get(name) or str(uuid5(_NAMES, f"author:{name}"))

    def _author(self, annotation: Annotation) -> str:
        """Return the author of an annotation, who is told with it."""
        author_id = self._author_id(annotation)
        if author_id in self._author_ids:
            self._put(self.library.operations.active("author", [author_id]))
        else:
            self._add("author", author_id, plain(Author(author_id, _creator_of(annotation))), author_id, _EPOCH)
        return author_id

    def _meeting(self, own: OwnProperties, at: datetime) -> str | None:
        """Return the meeting of an annotation: by its id, or else its name and day, or else its name alone."""
        if not own.meeting.strip():
            return None
        day = own.meeting_day or at.date()
        alike = (
            meeting_id
            for meeting_id, (name, held) in self._meetings.items()
            if name == own.meeting and own.meeting_day in (None, held)
        )
        meeting_id = own.meeting_id or next(alike, "") or str(uuid5(_NAMES, f"meeting:{own.meeting}\n{day}"))
        if meeting_id in self._meetings:
            self._put(self.library.operations.active("meeting", [meeting_id]))
        else:
            self._meetings[meeting_id] = own.meeting, day
            meeting = Meeting(meeting_id, own.meeting, day, at, at)
            self._add("meeting", meeting_id, plain(meeting), self.library.author.id, at)
        return meeting_id

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
        if not within_limits(json.loads(operation.value), operation.field):
            raise UnreadableFileError(_UNFIT)
        if operation.clock > HIGHEST_CLOCK:
            raise UnreadableFileError("文库里的记录次序不对：请先用 check 检查文库。")
        self._put([replace(operation, id=str(uuid5(_NAMES, json_text(operation))))])

    def _put(self, operations: Iterable[Operation]) -> None:
        self._operations.update((operation.id, operation) for operation in operations)


_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00.000000Z")
"""When authors came to be who are known by their names only."""


def _mark_id(annotation: Annotation, number: int) -> str:
    own = UUID_IRI.fullmatch(annotation.id)
    first = own[1].lower() if own else str(uuid5(_NAMES, f"annotation:{annotation.id}"))
    return first if number == 0 else str(uuid5(UUID(first), str(number)))


def _creator_of(annotation: Annotation) -> str:
    return annotation.creator.strip() or _NOBODY


def _is_newer(annotation: Annotation, there: Mark) -> bool:
    return annotation.modified is not None and annotation.modified > there.changed


def _is_one_text(source: Origin, there: Mark, origin: Origin | None) -> bool:
    """Tell whether an annotation is on the text that its mark was made on."""
    if source.sha256:
        return origin is not None and source.sha256 == origin.sha256
    return source.document_id == there.document_id


def _agree(one: Place, other: Place) -> bool:
    """Tell whether two places of one text are the same, as far as both of them tell."""
    if one.end and other.end and one.span != other.span:
        return False
    if isinstance(one, ClausePlace) and isinstance(other, ClausePlace):
        return one.path == other.path and (one.words == other.words or not (one.words and other.words))
    if isinstance(one, ClausePlace) or isinstance(other, ClausePlace):
        return words_at(one) == words_at(other)
    before = not (one.prefix and other.prefix) or one.prefix.endswith(other.prefix) or other.prefix.endswith(one.prefix)
    behind = one.suffix.startswith(other.suffix) or other.suffix.startswith(one.suffix)
    return one.exact == other.exact and before and behind


def _told(added: Operation, name: str) -> str:
    values: Mapping[str, Any] = decode(added.subject, "", added.value)
    return json_text(values[name])
