"""Storing what a user writes on marks: notes and tags, saved many times and taken back in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.model.mark import Mark
from desktop.services.command import Command, Together
from desktop.services.marking import AddMarks, RemoveMarks, retag, write
from desktop.ui.session import Session

Make = Callable[[str, tuple[str, ...]], AddMarks]
"""Returns the command that adds a mark with a note and tags."""


class NoteWriter:
    """Writes a note and tags on one mark, or on several the tags they have in common.

    Without a mark, `make` makes one at the first word, `made` is told its id, and it goes again where everything is
    deleted while it is being written. A mark that is removed meanwhile comes back with what is written on it: what a
    user writes is not lost.
    """

    def __init__(
        self,
        session: Session,
        marks: Sequence[Mark],
        make: Make | None = None,
        made: Callable[[list[str]], None] = lambda _: None,
    ) -> None:
        self._session = session
        self._marks = tuple(marks)
        self._make = make
        self._made = made
        self._step: Command | None = None
        self.with_note = len(marks) <= 1
        self.note = marks[0].note if len(marks) == 1 else ""
        self.tags = tuple(tag for tag in marks[0].tags if all(tag in mark.tags for mark in marks)) if marks else ()

    def save(self, note: str, tags: tuple[str, ...]) -> bool:
        """Store what is written now, as one step with what was stored before; False where that failed."""
        if not self.with_note:
            return self._retag(tags)
        note = note.strip()
        return self._save(self._marks[0], note, tags) if self._marks else self._begin(note, tags)

    def _begin(self, note: str, tags: tuple[str, ...]) -> bool:
        if self._make is None or not (note or tags):
            return True
        command = self._make(note, tags)
        if not self._run(command):
            return False
        self._marks = command.marks
        self._made([mark.id for mark in command.marks])
        return True

    def _save(self, known: Mark, note: str, tags: tuple[str, ...]) -> bool:
        mark = self._session.library.marks.get(known.id) or known
        edit = write(mark, note=note, tags=tags)
        if mark.removed:
            bring_back = Together(edit.label, (AddMarks(edit.label, (known,)), edit))
            return not (note or tags) or self._run(bring_back)
        if self._make is None or note or tags:
            return (mark.note, mark.tags) == (note, tags) or self._run(edit)
        if not self._run(RemoveMarks((mark.id,))):
            return False
        self._marks = ()
        return True

    def _retag(self, tags: tuple[str, ...]) -> bool:
        found = (self._session.library.marks.get(mark.id) for mark in self._marks)
        marks = [mark for mark in found if mark is not None and not mark.removed]
        if marks and not self._run(retag(marks, self.tags, tags)):
            return False
        self.tags = tags
        return True

    def _run(self, command: Command) -> bool:
        """Run a saving as one step with those before it, unless something else was done or undone in between."""
        done = self._session.done
        merge = self._step is not None and bool(done) and done[-1] is self._step
        if not self._session.run(command, merge=merge):
            return False
        self._step = self._session.done[-1]
        return True
