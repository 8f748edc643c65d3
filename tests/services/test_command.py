"""Every command can be taken back and done again, in any order, and the record of operations only grows."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.changes import Changes
from desktop.model.mark import Mark
from desktop.model.span import Span
from desktop.services.command import Command, Together, new_id, now, perform
from desktop.services.importing import ImportedFile, RemoveDocument, import_document
from desktop.services.marking import EditMarks, Marker, RemoveMarks, recolour, set_private, write
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.services.naming import RenameAuthor, RenamePens
from desktop.services.reading import open_reading
from desktop.services.shelving import shelf
from desktop.storage.library import Library

TEXTS = st.text(st.sampled_from("甲乙𠮷 \n。"), max_size=6)
NAMES = st.text(st.sampled_from("甲乙𠮷"), min_size=1, max_size=4)


def seen(library: Library) -> dict[str, object]:
    """Return all of a library that a user can see, and the tombstones' fields with it."""
    editions = [edition.id for edition in library.editions.summaries()]
    return {
        "documents": library.documents.all(),
        "shelf": shelf(library),
        "marks": {edition: library.marks.of_edition(edition) for edition in editions},
        "tags": library.marks.tags(),
        "meetings": library.meetings.all(),
        "running": library.meetings.running(),
        "pens": library.pens.all(),
        "authors": library.authors.all(),
    }


def imported(words: str) -> ImportedFile:
    from desktop.parsing.outline import parse_outline

    text = f"{words}方案\n一、总则\n1.为了{words}。坚持{words}。\n"
    return ImportedFile(f"{words}.txt", "txt", text.encode(), text, parse_outline(text))


@dataclass
class User:
    """Does what a user does, keeps the history as the window does, and looks at the library after each step."""

    path: Path
    library: Library
    marks: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    done: list[tuple[Command, dict[str, object], dict[str, object]]] = field(default_factory=list)
    undone: list[tuple[Command, dict[str, object], dict[str, object]]] = field(default_factory=list)

    def run(self, command: Command) -> None:
        assert command.label
        before = seen(self.library)
        with self.growing():
            changes = perform(self.library, command)
        after = seen(self.library)
        assert bool(changes) or before == after
        self.done.append((command, before, after))
        self.undone.clear()

    def undo(self) -> None:
        if self.done:
            command, before, after = self.done.pop()
            with self.growing(), self.library.transaction():
                command.revert(self.library)
            assert seen(self.library) == before, command
            self.undone.append((command, before, after))

    def redo(self) -> None:
        if self.undone:
            command, before, after = self.undone.pop()
            with self.growing(), self.library.transaction():
                command.apply(self.library)
            assert seen(self.library) == after, command
            self.done.append((command, before, after))

    def reopen(self) -> None:
        before = seen(self.library)
        self.library.close()
        self.library = Library.open(self.path)
        assert seen(self.library) == before

    def growing(self) -> "Growing":
        return Growing(self)


class Growing:
    """Asserts that no row of the operations is lost or altered within."""

    def __init__(self, user: User) -> None:
        self._user = user

    def __enter__(self) -> None:
        self._before = self._user.library.operations.since(0)

    def __exit__(self, *error: object) -> None:
        after = self._user.library.operations.since(0)
        assert after[: len(self._before)] == self._before
        clocks = [operation.clock for operation in after]
        assert clocks == sorted(set(clocks))


def a_mark(user: User, draw: st.DataObject) -> Mark | None:
    """Choose any mark ever made, a removed one too."""
    return user.library.marks.get(draw.draw(st.sampled_from(user.marks))) if user.marks else None


def add_mark(user: User, draw: st.DataObject) -> Command | None:
    readable = [edition.id for edition in user.library.editions.summaries()]
    if not readable:
        return None
    reading = open_reading(user.library, draw.draw(st.sampled_from(readable)))
    marker = Marker(user.library, reading)
    start = draw.draw(st.integers(0, len(reading.text) - 3))
    span, pen = Span(start, min(start + 4, len(reading.text))), draw.draw(st.integers(1, 5))
    node = draw.draw(st.sampled_from(reading.outline.nodes))
    kinds: dict[str, Callable[[], object]] = {
        "highlight": lambda: marker.highlight(span, pen, "重点", tags=("甲",)),
        "underline": lambda: marker.underline(span, pen),
        "note": lambda: marker.note(span, "想一想", ("甲", "乙/丙")),
        "clause": lambda: marker.clause_note(node, "整条"),
    }
    command = kinds[draw.draw(st.sampled_from(sorted(kinds)))]()
    user.marks += [mark.id for mark in command.marks]
    return command


def edit_marks(user: User, draw: st.DataObject) -> Command | None:
    mark = a_mark(user, draw)
    if mark is None:
        return EditMarks("改", {new_id(): {"note": "谁的"}})
    kinds: dict[str, Callable[[], Command]] = {
        "note": lambda: write(mark, note=draw.draw(TEXTS)),
        "tags": lambda: write(mark, tags=tuple(draw.draw(st.lists(NAMES, unique=True, max_size=3)))),
        "private": lambda: set_private([mark], private=not mark.private),
        "pen": lambda: recolour([mark], draw.draw(st.integers(1, 5)), "疑问"),
    }
    return kinds[draw.draw(st.sampled_from(sorted(kinds)))]()


def remove_marks(user: User, draw: st.DataObject) -> Command:
    chosen = draw.draw(st.lists(st.sampled_from(user.marks), max_size=3)) if user.marks else []
    return RemoveMarks((*chosen, new_id()) if draw.draw(st.booleans()) else tuple(chosen))


def rename(user: User, draw: st.DataObject) -> Command:
    if draw.draw(st.booleans()):
        return RenamePens(draw.draw(st.dictionaries(st.integers(1, 5), NAMES, max_size=3)))
    author = draw.draw(st.sampled_from([user.library.author.id, new_id()]))
    return RenameAuthor(author, draw.draw(NAMES))


def meet(user: User, draw: st.DataObject) -> Command:
    if user.meetings and draw.draw(st.booleans()):
        return EndMeeting(draw.draw(st.sampled_from([*user.meetings, new_id()])))
    command = start_meeting("讨论会", date(2026, 11, 22))
    user.meetings.append(command.meeting.id)
    return command


def shelve(user: User, draw: st.DataObject) -> Command:
    documents = user.library.documents.all()
    if documents and draw.draw(st.booleans()):
        return RemoveDocument(draw.draw(st.sampled_from(documents)))
    return import_document(imported(draw.draw(NAMES)))


SINGLE = (add_mark, edit_marks, remove_marks, rename, meet, shelve)


def together(user: User, draw: st.DataObject) -> Command:
    made = [draw.draw(st.sampled_from(SINGLE))(user, draw) for _ in range(draw.draw(st.integers(0, 3)))]
    return Together("一起", tuple(command for command in made if command is not None))


STEPS = st.lists(st.sampled_from((*SINGLE, *SINGLE, together, "undo", "undo", "undo", "redo", "reopen")), max_size=24)


@settings(max_examples=35)
@given(st.data(), STEPS)
def test_undo_gives_back_what_was_seen_and_redo_the_same_records(draw, steps):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.yuece"
        user = User(path, Library.open(path, create=True))
        try:
            perform(user.library, import_document(imported("甲")))
            start = seen(user.library)
            for step in steps:
                if callable(step):
                    command = step(user, draw)
                    if command is not None:
                        user.run(command)
                else:
                    getattr(user, step)()
            while user.done:
                user.undo()
            assert seen(user.library) == start
            while user.undone:
                user.redo()
            assert user.library.check().sound
        finally:
            user.library.close()


def test_an_edit_of_a_mark_that_is_not_there_is_harmless(library):
    before = seen(library)
    command = EditMarks("改", {new_id(): {"note": "谁的"}})
    assert not perform(library, command)
    command.revert(library)
    assert seen(library) == before


def test_an_edit_of_a_removed_mark_does_not_bring_it_back(library, marker):
    added = marker.highlight(Span(0, 4), 1, "重点")
    perform(library, added)
    perform(library, RemoveMarks((added.marks[0].id,)))
    before = seen(library)
    command = write(added.marks[0], note="晚了")
    perform(library, command)
    assert seen(library) == before
    command.revert(library)
    assert library.marks.get(added.marks[0].id).note == ""


def test_a_mark_removed_twice_comes_back_by_the_first_undo_alone(library, marker):
    added = marker.highlight(Span(0, 4), 1, "重点")
    perform(library, added)
    first, second = RemoveMarks((added.marks[0].id,)), RemoveMarks((added.marks[0].id,))
    perform(library, first)
    assert not perform(library, second)
    second.revert(library)
    assert library.marks.get(added.marks[0].id).removed
    first.revert(library)
    assert library.marks.get(added.marks[0].id) == added.marks[0]


def test_a_command_that_fails_halfway_leaves_nothing(library, marker):
    class Failing:
        label = "坏"

        def apply(self, library: Library) -> Changes:
            raise ZeroDivisionError

        revert = apply

    before, operations = seen(library), library.operations.count()
    with pytest.raises(ZeroDivisionError):
        perform(library, Together("一起", (marker.highlight(Span(0, 4), 1, "重点"), Failing())))
    assert seen(library) == before
    assert library.operations.count() == operations


def test_together_reverts_the_last_first(library):
    author = library.author
    command = Together("一起", (RenameAuthor(author.id, "甲"), RenameAuthor(author.id, "乙")))
    changes = perform(library, command)
    assert library.author.name == "乙"
    assert changes == Changes(authors=frozenset({author.id}))
    command.revert(library)
    assert library.author == author


def test_the_changes_of_an_undo_are_those_of_the_step(library, marker):
    for command in (marker.highlight(Span(0, 4), 1, "重点"), start_meeting("会", date(2026, 1, 2))):
        assert perform(library, command) == command.revert(library)


def test_ids_are_never_the_same_and_times_are_utc_to_the_millisecond():
    assert len({new_id() for _ in range(100)}) == 100
    assert now().utcoffset().total_seconds() == 0
    assert now().microsecond % 1000 == 0
