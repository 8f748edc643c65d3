"""The open library as the window sees it: runs commands, keeps undo, says what changed."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.model.errors import CancelledError, UserError
from desktop.model.pen import DEFAULT_PENS, Pen
from desktop.model.settings import LAST_EDITION, Setting, T, place_of

if TYPE_CHECKING:
    from desktop.model.author import Author
    from desktop.model.changes import Changes
    from desktop.model.history import Conflict
    from desktop.model.mark import Mark
    from desktop.model.meeting import Meeting
    from desktop.model.operation import Operation
    from desktop.services.authorship import Hands
    from desktop.services.command import Command
    from desktop.services.reading import Reading
    from desktop.storage.library import Library, Pause

_READ_ONLY = "文库是只读打开的，不能改动：请关闭占用它的另一个窗口，再重新打开阅策。"
_BUSY = "正在写入文库，请等它完成，或取消后再试。"
_FEW = 200
"""Up to how many touched marks are read one by one."""


class Session(QObject):
    """What is open: the library, the text in view, its marks, the running meeting.

    Every change runs through `run`; afterwards `changed` tells the ids it touched and every view refreshes what it
    shows. `opened` says that another text is in view. `failed` carries a sentence for the user, `said` a quiet message,
    `closing` says that the library is being let go of. Commands that were applied lie in `done`, those taken back in
    `undone`, the latest last: two lists instead of Qt's undo stack, on which a step that fails half-way leaves a
    phantom. `patience` shows a change that takes long, by its words, and lets it be stopped. `merges` are the ids of
    those the user has made last, one after the other.

    The session is made before the library is open, so that the window
    can paint first; until `attach` it has a reading but no marks, and `run` refuses.
    """

    changed = Signal(object)
    opened = Signal()
    failed = Signal(str)
    said = Signal(str)
    closing = Signal()

    def __init__(self, remembered: Mapping[str, object] | None = None, parent: QObject | None = None) -> None:
        """Make a session without a library; `remembered` are settings seen at a glance, used until it is attached."""
        super().__init__(parent)
        self._remembered = dict(remembered or {})
        self.done: list[Command] = []
        self.undone: list[Command] = []
        self.kept = True
        self.patience: Callable[[str], AbstractContextManager[Pause]] = _patient
        self._changing = False
        self.reading: Reading | None = None
        self.marks: list[Mark] = []
        self.pens: tuple[Pen, ...] = DEFAULT_PENS
        self.meeting: Meeting | None = None
        self._library: Library | None = None
        self._by_id: dict[str, Mark] = {}
        self._meeting_names: dict[str, str] = {}
        self._authors: dict[str, Author] = {}
        self._hands: dict[str, Hands] | None = None
        self._made_on: dict[str, str] | None = None
        self._merged: frozenset[str] | None = None
        self.merges: tuple[str, ...] = ()

    @property
    def library(self) -> Library:
        """The open library. Raises UserError before it is open."""
        if self._library is None:
            raise UserError("文库还没有打开，请稍等片刻再试。")
        return self._library

    @property
    def attached(self) -> bool:
        """Whether the library is open."""
        return self._library is not None

    def attach(self, library: Library) -> None:
        """Take the library that is now open, and read what the views show of it."""
        self._library = library
        if self.reading is not None and all(e.id != self.reading.edition.id for e in library.editions.summaries()):
            self.reading = None  # seen at a glance in a library that could not be opened; this is another one
        self.pens = library.pens.all()
        self.meeting = library.meetings.running()
        self._load_marks()

    def close(self) -> None:
        """Let go of the library."""
        if self._library is not None:
            self.closing.emit()
            self._library.close()
            self._library = None

    def show(self, reading: Reading) -> None:
        """Bring a text into view."""
        self.reading = reading
        self._load_marks()
        if self._library is not None:
            self.remember(LAST_EDITION, reading.edition.id)
        self.opened.emit()

    def open_edition(self, edition_id: str) -> None:
        """Open an edition of the library and bring it into view."""
        from desktop.services.reading import open_reading

        if self.reading is None or self.reading.edition.id != edition_id:
            self.attempt(lambda: self.show(open_reading(self.library, edition_id)))

    def mark(self, mark_id: str) -> Mark | None:
        """Return a mark of the text in view."""
        return self._by_id.get(mark_id)

    def pen_name(self, number: int | None) -> str:
        """Return what the user calls a pen."""
        return next((pen.name for pen in self.pens if pen.number == number), "")

    def meeting_name(self, meeting_id: str | None) -> str:
        """Return the name of a meeting, "" for none."""
        if meeting_id is None or self._library is None:
            return ""
        if meeting_id not in self._meeting_names:
            meeting = self._library.meetings.get(meeting_id)
            self._meeting_names[meeting_id] = meeting.name if meeting else ""
        return self._meeting_names[meeting_id]

    def author(self, author_id: str) -> Author | None:
        """Return who wrote a mark, with a colour."""
        if author_id not in self._authors and self._library is not None:
            self._authors = {author.id: author for author in self._library.authors.all()}
        return self._authors.get(author_id)

    @property
    def several_authors(self) -> bool:
        """Whether marks of the text in view are by others than the user, so that it is told by whom they are."""
        own = self._library.author.id if self._library is not None else ""
        return any(mark.author_id != own for mark in self.marks)

    def conflicts_of(self, mark_id: str) -> tuple[Conflict, ...]:
        """Return what several people changed about a mark at the same time, and nobody has decided yet."""
        hands = self._many_hands().get(mark_id)
        return hands.conflicts if hands is not None else ()

    def last_word_on(self, mark_id: str) -> Operation | None:
        """Return the last change of a mark that was not its author's and still shows, None where there is none."""
        hands = self._many_hands().get(mark_id)
        return hands.last if hands is not None else None

    def conflicting(self) -> list[str]:
        """Return the ids of all marks in the library about which something is undecided."""
        return [mark_id for mark_id, hands in self._many_hands().items() if hands.conflicts]

    def made_on(self, mark: Mark) -> str:
        """Return the words a mark of the text in view was made on, where they were rewritten; else ""."""
        from desktop.model.mark import Verdict

        if mark.placing.verdict is not Verdict.REWRITTEN or self._library is None:
            return ""
        if self._made_on is None:
            from desktop.services.authorship import words_made_on

            rewritten = (one.id for one in self.marks if one.placing.verdict is Verdict.REWRITTEN)
            self._made_on = words_made_on(self._library, rewritten)
        return self._made_on.get(mark.id, "")

    @property
    def merged(self) -> frozenset[str]:
        """The ids of the marks that came with `merges` or were changed by them, else with the last merge there was."""
        if self._merged is None:
            merges = self._library.merges if self._library is not None else None
            standing = [merge.id for merge in merges.all()] if merges is not None else []
            meant = [merge_id for merge_id in standing if merge_id in self.merges] or standing[-1:]
            every = (merges.subjects(merge_id).get("mark", ()) for merge_id in meant) if merges is not None else ()
            self._merged = frozenset(mark_id for ids in every for mark_id in ids)
        return self._merged

    def _many_hands(self) -> dict[str, Hands]:
        if self._hands is None:
            if self._library is None:
                return {}
            from desktop.services.authorship import hands_of

            edited = self._library.merges.edited().get("mark", [])
            self._hands = hands_of(self._library, edited) if edited else {}
        return self._hands

    def all_tags(self) -> list[str]:
        """Return every tag in use in the library, for completion."""
        return list(self._library.marks.tags()) if self._library is not None else []

    def can_write(self) -> bool:
        """Whether changes can be stored; where not, the user is told why."""
        if self.library.read_only:
            self.failed.emit(_READ_ONLY)
        return not self.library.read_only

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something that may fail for a reason the user understands; tell it through `failed`."""
        try:
            action()
        except CancelledError as error:
            self.said.emit(str(error))
            return False
        except UserError as error:
            self.failed.emit(str(error))
            return False
        return True

    def run(self, command: Command, *, merge: bool = False) -> bool:
        """Apply a command and say what changed; False where it failed (and was told).

        With `merge` it becomes one step with the command before it, as the later savings of a note being written are.
        """
        return self.attempt(lambda: self._run(command, merge=merge))

    @contextmanager
    def one_step(self, label: str) -> Iterator[None]:
        """Make the commands that run within one step, called `label` where they are several; `{}` is how many."""
        before = len(self.done)
        try:
            yield
        finally:
            steps = tuple(self.done[before:])
            if len(steps) > 1:
                from desktop.model.changes import Changes
                from desktop.services.command import Together

                self.done[before:] = [Together(label.format(len(steps)), steps)]
                self.changed.emit(Changes())

    def undo(self) -> None:
        """Take the last step back."""
        label = self.done[-1].label if self.done else ""
        if self.done and self.attempt(lambda: self._move(self.done, self.undone, back=True)):
            self.said.emit(f"已撤销：{label}")

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        label = self.undone[-1].label if self.undone else ""
        if self.undone and self.attempt(lambda: self._move(self.undone, self.done, back=False)):
            self.said.emit(f"已重做：{label}")

    def setting(self, setting: Setting[T]) -> T:
        """Return a remembered setting; before the library is open, as it was seen at a glance."""
        if self._library is not None:
            return self._library.settings.get(setting)
        value = self._remembered.get(setting.key)
        return value if type(value) is type(setting.default) else setting.default

    def remember(self, setting: Setting[T], value: T) -> None:
        """Remember a setting; one that can't be stored (a full disk) is not worth a word to the user."""
        if self._library is not None and not self._library.read_only:
            with suppress(UserError):
                self._library.settings.set(setting, value)

    @property
    def edition_name(self) -> str:
        """What the edition in view is called, "" where its document has no other or no text is in view."""
        reading = self.reading
        if reading is None or self._library is None:
            return ""
        editions = [one for one in self._library.editions.summaries() if one.document_id == reading.document.id]
        return reading.edition.name if len(editions) > 1 else ""

    def place(self) -> int:
        """Return how far the text in view was read (code point)."""
        return self.setting(place_of(self.reading.edition.id)) if self.reading is not None else 0

    def _run(self, command: Command, *, merge: bool) -> None:
        if self.library.read_only:
            raise UserError(_READ_ONLY)
        before, self.kept = self.kept, False
        try:
            changes = self._change(command.label, command.apply)
        except CancelledError:
            self.kept = before
            raise
        self.kept = True
        if merge and self.done:
            from desktop.services.command import Together

            last = self.done.pop()
            steps = last.commands if isinstance(last, Together) else (last,)
            command = Together(last.label, (*steps, command))
        self.done.append(command)
        self.undone.clear()
        self.publish(changes)

    def _move(self, source: list[Command], target: list[Command], *, back: bool) -> None:
        """Revert or apply the last command of one list and put it on the other; where it fails, both stay."""
        command = source[-1]
        if back:
            changes = self._change(f"撤销：{command.label}", command.revert)
        else:
            changes = self._change(f"重做：{command.label}", command.apply)
        target.append(source.pop())
        self.publish(changes)

    def _change(self, words: str, make: Callable[[Library], Changes]) -> Changes:
        """Make a change whole or not at all. A long one lets the window live between its steps, but nothing else in."""
        if self._changing:
            raise UserError(_BUSY)
        self._changing = True
        library = self.library
        try:
            with self.patience(f"{words} …") as pause, library.pausing(pause), library.transaction():
                return make(library)
        finally:
            self._changing = False

    def publish(self, changes: Changes) -> None:
        """Refresh what the session holds and tell every view."""
        if changes.pens and self._library is not None:
            self.pens = self._library.pens.all()
        if changes.meetings and self._library is not None:
            self.meeting = self._library.meetings.running()
            self._meeting_names.clear()
        if changes.authors or changes.merges:
            self._authors.clear()
        if changes.merges:
            self._merged = None
        if changes.marks:
            self._refresh_hands(changes.marks)
        if changes.documents:
            self._leave_removed()
            self._load_marks()
        elif changes.marks:
            self._refresh_marks(changes.marks)
        if changes:
            self.changed.emit(changes)

    def _leave_removed(self) -> None:
        """Show another text in place of one that was removed; where none was shown, the first there is.

        That is the latest edition of the same document, where one is left.
        """
        if self._library is None:
            return
        left = self._library.editions.summaries()
        seen = self.reading
        document = self._library.documents.get(seen.document.id) if seen else None
        if seen is not None and document is not None and any(one.id == seen.edition.id for one in left):
            self.reading = replace(seen, document=document)  # it may have another title
            return
        others = [one for one in left if document is not None and one.document_id == document.id]
        self.reading = None
        if left:
            self.open_edition(others[-1].id if others else left[0].id)
        else:
            self.opened.emit()

    def _refresh_marks(self, touched: frozenset[str]) -> None:
        """Read again the marks that were touched; reading all would be felt where there are thousands."""
        if self._library is None or self.reading is None or len(touched) > _FEW:
            self._load_marks()
            return
        from desktop.model.mark import in_text_order

        edition_id = self.reading.edition.id
        self.marks = [mark for mark in self.marks if mark.id not in touched]
        for mark in filter(None, map(self._library.marks.get, touched)):
            if mark.edition_id == edition_id and not mark.removed:
                insort(self.marks, mark, key=in_text_order)
        self._by_id = {mark.id: mark for mark in self.marks}
        self._made_on = None

    def _refresh_hands(self, touched: frozenset[str]) -> None:
        if self._hands is not None and self._library is not None and len(touched) <= _FEW:
            from desktop.services.authorship import hands_of

            kept = {mark_id: hands for mark_id, hands in self._hands.items() if mark_id not in touched}
            self._hands = {**kept, **hands_of(self._library, touched)}
        else:
            self._hands = None

    def _load_marks(self) -> None:
        if self._library is not None and self.reading is not None:
            self.marks = self._library.marks.of_edition(self.reading.edition.id)
        else:
            self.marks = []
        self._by_id = {mark.id: mark for mark in self.marks}
        self._made_on = None


def _patient(_words: str) -> AbstractContextManager[Pause]:
    """Wait for a change, however long it takes."""
    return nullcontext(lambda _done, _total: None)
