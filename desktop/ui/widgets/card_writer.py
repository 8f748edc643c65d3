"""Writing a note and tags in the card of a mark."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.delegates.mark_delegate import MarkDelegate
from desktop.ui.models.marks_model import MarksModel
from desktop.ui.note_writer import NoteWriter
from desktop.ui.session import Session
from desktop.ui.widgets.card_view import CardView
from desktop.ui.widgets.note_form import NoteForm


class CardWriter(QObject):
    """Puts a form into a card and keeps the card as high as the form.

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
        self._mark_ids = tuple(mark.id for mark in marks)
        writer = NoteWriter(self._session, marks)
        self.form.show()
        self.form.open_for(
            writer.note,
            writer.tags,
            self._session.all_tags(),
            writer.save,
            focus_tags=focus_tags,
            with_note=writer.with_note,
        )
        self._fit()
        self._view.scrollTo(self._model.index_of(marks[0].id))

    def save(self) -> bool:
        """Save what is written and go on; return False where that failed."""
        return self.form.save()

    def finish(self) -> bool:
        """Save and end; return False where that failed and the form stays."""
        return self.form.finish(by_key=False)

    def end_lost(self) -> None:
        """Save and end where a mark that is written on left the text in view, as soon as that change is through."""
        if any(self._session.mark(mark_id) is None for mark_id in self._mark_ids):
            QTimer.singleShot(0, self, self.finish)

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
