"""Marks: highlighting, underlining, noting, tagging, making private, removing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast

from desktop.anchoring.quotes import passage_at
from desktop.model.changes import Changes
from desktop.model.errors import UserError
from desktop.model.limits import LONGEST_WORDS, MOST_PARTS, within_limits
from desktop.model.mark import CLAUSE_WORDS, ClausePlace, Mark, MarkKind, MarkStyle, Passage, Place
from desktop.model.outline import Node
from desktop.model.span import Span
from desktop.parsing.addressing import label_path
from desktop.services.command import new_id, now
from desktop.services.reading import Reading, trimmed

if TYPE_CHECKING:
    from desktop.storage.library import Library
    from desktop.storage.marks import MarkFields


def refuse_large(note: str = "", tags: Sequence[str] = (), place: Place | None = None) -> None:
    """Raise UserError where something on a mark is larger than colleagues could read (`model/limits.py`)."""
    if not within_limits(note):
        raise UserError(f"批注太长，最多 {LONGEST_WORDS // 10_000} 万字：请写短一些，或存成文件再导入文库。")
    if not within_limits(tags):
        raise UserError(f"一处标注最多有 {MOST_PARTS} 个标签：请去掉一些，或把标签写短。")
    if isinstance(place, Passage) and not within_limits(place.exact):
        raise UserError(f"选中的文字太多，一处标注最多 {LONGEST_WORDS // 10_000} 万字：请分成几处。")


@dataclass(frozen=True)
class AddMarks:
    """Put new marks into the library."""

    label: str
    marks: tuple[Mark, ...]

    def apply(self, library: Library) -> Changes:
        """Add the marks, or bring back the same ones after a revert; raises UserError as `refuse_large` does."""
        for mark in self.marks:
            refuse_large(mark.note, mark.tags, mark.place)
        for mark in self.marks:
            library.marks.add(mark)
        return self._changes()

    def revert(self, library: Library) -> Changes:
        """Remove the marks again."""
        for mark in self.marks:
            library.marks.remove(mark.id)
        return self._changes()

    def _changes(self) -> Changes:
        return Changes(marks=frozenset(mark.id for mark in self.marks))


@dataclass(frozen=True)
class RemoveMarks:
    """Remove marks; they stay in the library as tombstones and come back with undo."""

    mark_ids: tuple[str, ...]
    _removed: list[str] = field(default_factory=list, repr=False)
    _clocks: list[int] = field(default_factory=lambda: [0, 0], repr=False)

    @property
    def label(self) -> str:
        """What the step is called on the screen."""
        return "删除标注" if len(self.mark_ids) == 1 else f"删除 {len(self.mark_ids)} 处标注"

    def apply(self, library: Library) -> Changes:
        """Remove the marks that are there, remembering which those were."""
        self._removed.clear()
        before = library.operations.clock()
        for mark_id in self.mark_ids:
            mark = library.marks.get(mark_id)
            if mark is not None and not mark.removed:
                library.marks.remove(mark_id)
                self._removed.append(mark_id)
        self._clocks[:] = before + 1, library.operations.clock() + 1
        return Changes(marks=frozenset(self._removed))

    def revert(self, library: Library) -> Changes:
        """Bring the marks back."""
        with library.operations.taking_back(range(*self._clocks)):
            for mark_id in self._removed:
                library.marks.restore(mark_id)
        return Changes(marks=frozenset(self._removed))


@dataclass(frozen=True)
class EditMarks:
    """Change fields of marks. `edits` holds, per mark id, the new values by field name."""

    label: str
    edits: Mapping[str, MarkFields]
    at: datetime = field(default_factory=now)
    _before: dict[str, MarkFields] = field(default_factory=dict, repr=False)
    _clocks: list[int] = field(default_factory=lambda: [0, 0], repr=False)

    def apply(self, library: Library) -> Changes:
        """Set the new values, remembering those that were there; marks that have them already are left alone.

        Raises UserError as `refuse_large` does.
        """
        for values in self.edits.values():
            refuse_large(values.get("note", ""), values.get("tags", ()))
        self._before.clear()
        before = library.operations.clock()
        for mark_id, values in self.edits.items():
            mark = library.marks.get(mark_id)
            if mark is None or all(getattr(mark, name) == value for name, value in values.items()):
                continue
            self._before[mark_id] = _fields_of(mark, (*values, "changed"))
            # Who sees a mark is no change of what it says.
            at = self.at if values.keys() - {"private"} else mark.changed
            library.marks.edit(mark_id, **cast("MarkFields", {**values, "changed": at}))
        self._clocks[:] = before + 1, library.operations.clock() + 1
        return Changes(marks=frozenset(self._before))

    def revert(self, library: Library) -> Changes:
        """Set the values that were there before."""
        with library.operations.taking_back(range(*self._clocks)):
            for mark_id, values in self._before.items():
                library.marks.edit(mark_id, **values)
        return Changes(marks=frozenset(self._before))


def _fields_of(mark: Mark, names: Iterable[str]) -> MarkFields:
    return cast("MarkFields", {name: getattr(mark, name) for name in names})


def clause_place(text: str, node: Node) -> ClausePlace:
    """Return the place that is a clause of `text`."""
    clause = node.clause
    return ClausePlace(clause.start, clause.end, label_path(node.path), clause.span.of(text)[:CLAUSE_WORDS])


def write(mark: Mark, *, note: str | None = None, tags: tuple[str, ...] | None = None) -> EditMarks:
    """Return the command that gives a mark this note, without blanks at its ends, and exactly these tags.

    What is None or there already is left alone.
    """
    values: MarkFields = {}
    if note is not None and note.strip() != mark.note:
        values["note"] = note.strip()
    if tags is not None and tags != mark.tags:
        values["tags"] = tags
    label = "设标签" if "note" not in values else "修改批注" if mark.note else "写批注"
    return EditMarks(label, {mark.id: values})


def retag(marks: Iterable[Mark], before: tuple[str, ...], after: tuple[str, ...]) -> EditMarks:
    """Return the command that gives all marks what `after` has, and takes from each what only `before` has."""
    edits: dict[str, MarkFields] = {}
    for mark in marks:
        kept = (tag for tag in mark.tags if tag in after or tag not in before)
        edits[mark.id] = {"tags": tuple(dict.fromkeys((*kept, *after)))}
    return EditMarks("设标签", edits)


def recolour(marks: Iterable[Mark], pen: int, pen_name: str) -> EditMarks:
    """Return the command that gives highlights and underlines another pen; bare notes become highlights.

    Marks on whole clauses have no colour and are left alone.
    """
    edits: dict[str, MarkFields] = {}
    for mark in marks:
        if isinstance(mark.place, Passage):
            edits[mark.id] = {"pen": pen}
            if mark.kind is MarkKind.NOTE:
                edits[mark.id] |= {"kind": MarkKind.HIGHLIGHT, "style": MarkStyle.FILL}
    return EditMarks(f"改为{pen_name}", edits)


def set_private(marks: Iterable[Mark], *, private: bool) -> EditMarks:
    """Return the command that makes marks private, or shared again."""
    return EditMarks("设为私人" if private else "取消私人", {mark.id: {"private": private} for mark in marks})


class Marker:
    """Makes new marks in one text for one library: author, device and running meeting are filled in here."""

    def __init__(self, library: Library, reading: Reading) -> None:
        self._library = library
        self._reading = reading

    def highlight(self, span: Span, pen: int, pen_name: str, *, tags: tuple[str, ...] = ()) -> AddMarks:
        """Return the command that highlights the words at `span` (code points) with a pen, 1 to 5.

        Raises UserError where the span holds nothing but blanks.
        """
        place = self._passage(span)
        return AddMarks(f"标为{pen_name}", (self._mark(MarkKind.HIGHLIGHT, MarkStyle.FILL, place, pen=pen, tags=tags),))

    def underline(self, span: Span, pen: int) -> AddMarks:
        """Return the command that underlines the words at `span` (code points).

        Raises UserError where the span holds nothing but blanks.
        """
        return AddMarks(
            "加下划线", (self._mark(MarkKind.UNDERLINE, MarkStyle.UNDERLINE, self._passage(span), pen=pen),)
        )

    def note(self, span: Span, note: str, tags: tuple[str, ...] = ()) -> AddMarks:
        """Return the command that writes a note on the words at `span` (code points).

        Raises UserError where the span holds nothing but blanks.
        """
        mark = self._mark(MarkKind.NOTE, MarkStyle.NONE, self._passage(span), note=note.strip(), tags=tags)
        return AddMarks("写批注", (mark,))

    def clause_note(self, node: Node, note: str, tags: tuple[str, ...] = ()) -> AddMarks:
        """Return the command that writes a note (or only tags) on a whole clause."""
        place = clause_place(self._reading.text, node)
        mark = self._mark(MarkKind.NOTE, MarkStyle.NONE, place, note=note.strip(), tags=tags)
        return AddMarks("写批注" if note.strip() else "设标签", (mark,))

    def _passage(self, span: Span) -> Passage:
        text = self._reading.text
        return passage_at(text, trimmed(text, span))

    def _mark(
        self,
        kind: MarkKind,
        style: MarkStyle,
        place: Place,
        *,
        pen: int | None = None,
        note: str = "",
        tags: tuple[str, ...] = (),
    ) -> Mark:
        library, time = self._library, now()
        meeting = library.meetings.running()
        return Mark(
            id=new_id(),
            document_id=self._reading.document.id,
            edition_id=self._reading.edition.id,
            kind=kind,
            style=style,
            pen=pen,
            place=place,
            note=note,
            tags=tags,
            private=False,
            author_id=library.author.id,
            device_id=library.device.id,
            meeting_id=meeting.id if meeting else None,
            created=time,
            changed=time,
        )


def innermost(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks with the shortest first: the one a reader means where several lie over one another."""
    return sorted(marks, key=lambda mark: mark.span.end - mark.span.start)
