"""Writing a note and tags in the card of a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.command import Command
from desktop.services.marking import EditMarks
from desktop.ui.delegates.mark_delegate import MarkDelegate
from desktop.ui.models.marks_model import MarksModel
from desktop.ui.session import Session
from desktop.ui.widgets.card_view import CardView
from desktop.ui.widgets.note_form import NoteForm

if TYPE_CHECKING:
    from desktop.storage.marks import MarkFields


class CardWriter(QObject):
    """Puts a form into a card, keeps the card as high as the form, and runs what is written as one step to undo.

    `ended` says that the form is gone, and whether a key ended the writing.
    """

    ended = Signal(bool)

    def __init__(self, session: Session, model: MarksModel, delegate: MarkDelegate, view: CardView) -> None:
        super().__init__(view)
        self._session = session
        self._model = model
        self._delegate = delegate
        self._view = view
        self._mark_ids: tuple[str, ...] = ()
        self._common: tuple[str, ...] = ()
        self._last_saved: Command | None = None
        self.form = NoteForm(view.viewport())
        self.form.hide()
        self.form.resized.connect(self._fit)
        self.form.closed.connect(self._close)
        view.settled.connect(self._place)

    @property
    def active(self) -> bool:
        """Whether something is being written."""
        return self.form.active

    def begin(self, mark_ids: tuple[str, ...], *, focus_tags: bool) -> None:
        """Write in the card of the first mark; with several, on the tags they have in common."""
        marks = [mark for mark in map(self._session.mark, mark_ids) if mark is not None]
        if not marks or not self.finish():
            return
        first, alone = marks[0], len(marks) == 1
        self._mark_ids = tuple(mark.id for mark in marks)
        self._common = tuple(tag for tag in first.tags if all(tag in mark.tags for mark in marks))
        self._last_saved = None
        self.form.show()
        self.form.open_for(
            first.note if alone else "",
            self._common,
            self._session.all_tags(),
            self._save_one if alone else self._save_tags,
            focus_tags=focus_tags,
            with_note=alone,
        )
        self._fit()
        self._view.scrollTo(self._model.index_of(first.id))

    def save(self) -> bool:
        """Save what is written and go on; return False where that failed."""
        return self.form.save()

    def finish(self) -> bool:
        """Save and end; return False where that failed and the form stays."""
        return self.form.finish(by_key=False)

    def discard(self) -> None:
        """End without saving."""
        self.form.discard()

    def give_up_lost(self) -> None:
        """End without saving where a mark that is written on was removed meanwhile."""
        if any(self._session.mark(mark_id) is None for mark_id in self._mark_ids):
            self.discard()

    def _save_one(self, note: str, tags: tuple[str, ...]) -> bool:
        mark = self._session.mark(self._mark_ids[0]) if self._mark_ids else None
        if mark is None:
            return True
        values: MarkFields = {}
        if note.strip() != mark.note:
            values["note"] = note.strip()
        if tags != mark.tags:
            values["tags"] = tags
        label = "设标签" if "note" not in values else "修改批注" if mark.note else "写批注"
        return not values or self._run(EditMarks(label, {mark.id: values}))

    def _save_tags(self, _: str, tags: tuple[str, ...]) -> bool:
        """Give all marks what was added to the tags they had in common, and take from each what was removed."""
        edits: dict[str, MarkFields] = {}
        for mark in map(self._session.mark, self._mark_ids):
            if mark is not None:
                kept = (tag for tag in mark.tags if tag in tags or tag not in self._common)
                edits[mark.id] = {"tags": tuple(dict.fromkeys((*kept, *tags)))}
        saved = not edits or self._run(EditMarks("设标签", edits))
        if saved:
            self._common = tags
        return saved

    def _run(self, command: Command) -> bool:
        """Run a saving as one step with those before it in the same writing, unless something else came between."""
        done = self._session.done
        merge = self._last_saved is not None and bool(done) and done[-1] is self._last_saved
        saved = self._session.run(command, merge=merge)
        if saved:
            self._last_saved = self._session.done[-1]
        return saved

    def _fit(self) -> None:
        """Make the card as high as what is being written."""
        row = self._model.row_of(self._mark_ids[0]) if self._mark_ids and self.active else None
        if row is None:
            return
        card, index = self._model.card(row), self._model.index(row)
        width = self._delegate.body_rect(card, self._view.visualRect(index)).width()
        wanted = (card.mark.id, self.form.wanted_height(width))
        if wanted != self._delegate.form:
            self._delegate.form = wanted
            self._view.remeasure([row])
            self._view.viewport().update()
            self._view.scrollTo(index)
        self._place()

    def _place(self) -> None:
        """Put the form where its card is."""
        if not self._mark_ids or not self.active:
            return
        index = self._model.index_of(self._mark_ids[0])
        if index.isValid():
            rect = self._delegate.body_rect(self._model.card(index.row()), self._view.visualRect(index))
            if rect != self.form.geometry():
                self.form.setGeometry(rect)

    def _close(self, by_key: bool) -> None:
        row = self._model.row_of(self._mark_ids[0]) if self._mark_ids else None
        self._mark_ids = ()
        self._delegate.form = None
        self.form.hide()
        if row is not None:
            self._view.remeasure([row])
        self._view.viewport().update()
        self.ended.emit(by_key)
