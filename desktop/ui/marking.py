"""What the marking keys do: to the selection, to the current marks, or to the clause in view."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QRect, Signal

from desktop.model.mark import ClausePlace, Mark, MarkKind, Passage
from desktop.model.outline import Node
from desktop.model.settings import LAST_PEN
from desktop.model.span import Span
from desktop.services.marking import AddMarks, Marker, innermost
from desktop.services.reading import Reading, plain, trimmed
from desktop.ui.dialogs.note_box import NoteBox
from desktop.ui.mark_edits import MarkEdits
from desktop.ui.note_writer import Make, NoteWriter
from desktop.ui.reader.marks import PaintedMark
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session


def painted(mark: Mark) -> PaintedMark:
    """Return a mark as the reader paints it."""
    return PaintedMark(
        id=mark.id,
        start=mark.span.start,
        end=mark.span.end,
        pen=mark.pen,
        style=mark.style,
        has_note=bool(mark.note),
        private=mark.private,
        on_clause=isinstance(mark.place, ClausePlace),
    )


class PaintedMarks:
    """Marks as the reader paints them, kept from one change to the next, so that a change of one mark costs one."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Mark, PaintedMark]] = {}

    def of(self, marks: Iterable[Mark]) -> list[PaintedMark]:
        """Return all of `marks` that have a place, in their order, and forget the others."""
        before, now = self._known, {}
        for mark in marks:
            if mark.lost:
                continue
            known = before.get(mark.id)
            now[mark.id] = known if known is not None and known[0] is mark else (mark, painted(mark))
        self._known = now
        return [pair[1] for pair in now.values()]


class Marking(QObject):
    """Makes and changes marks where the reader's caret or selection is.

    The current marks are those the user pointed at last (a click on them, their card or sign, or the making of them);
    without a selection the keys act on them as long as they are in view. `current_changed` carries their ids.
    `writing` says that the box for a note has come up.
    """

    current_changed = Signal(list)
    writing = Signal()

    def __init__(
        self,
        session: Session,
        reader: Callable[[], Reader],
        in_view: Callable[[], int],
        box: NoteBox,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._edits = MarkEdits(session)
        self._reader = reader
        self._in_view = in_view
        self._box = box
        self._ground = box.parentWidget() or box
        self.current: list[str] = []
        self._written_on: Span | None = None

    def set_current(self, mark_ids: list[str]) -> None:
        """Make marks the current ones."""
        if mark_ids != self.current:
            self.current = list(mark_ids)
            self.current_changed.emit(self.current)

    def point_at(self, mark_ids: list[str]) -> None:
        """Make the first of the marks under a click the current one; at the next click there, the one beneath it."""
        here = self.current[0] if len(self.current) == 1 and self.current[0] in mark_ids else None
        following = mark_ids.index(here) + 1 if here is not None else 0
        self.set_current([mark_ids[following % len(mark_ids)]] if mark_ids else [])

    def forget_left(self) -> None:
        """Let go of the current marks when the caret or a selection has gone elsewhere."""
        reader = self._reader()
        caret = reader.caret()
        marks = [mark for mark in map(self._session.mark, self.current) if mark is not None]
        if reader.selection() is not None or not any(m.span.start <= caret <= m.span.end for m in marks):
            self.set_current([])

    def follow_words(self) -> None:
        """Keep the box beside its words when the text scrolls."""
        if self._box.isVisible() and self._written_on is not None:
            self._box.set_anchor(self._place_of(self._written_on))

    def highlight(self, pen: int) -> None:
        """Highlight the selection with a pen, or give the marks there (or the current ones) that pen."""
        self._session.remember(LAST_PEN, pen)
        span = self._selection()
        there = [mark.id for mark in self._targets() if mark.kind is not MarkKind.UNDERLINE or span is None]
        if there:
            if self._edits.recolour(there, pen):
                self.leave_selection(there)
        elif span is not None:
            self._add(lambda marker: marker.highlight(span, pen, self._session.pen_name(pen)))
        else:
            self._session.said.emit("先选中文字，再按 1–5 标色")

    def underline(self) -> None:
        """Underline the selection, or the words of the current mark."""
        span = self._selection()
        if span is None:
            span = next((m.span for m in self._targets() if isinstance(m.place, Passage)), None)
        if span is None:
            self._session.said.emit("先选中文字，再按 U 加下划线")
            return
        if any(m.kind is MarkKind.UNDERLINE and m.span == span for m in self._session.marks):
            self._session.said.emit("这里已有下划线，按 Del 可删除")
            return
        self._add(lambda marker: marker.underline(span, self._pen()))

    def note(self) -> None:
        """Write a note: on the mark that is meant, else on the selection, else on the clause of the caret."""
        self._write(focus_tags=False)

    def tags(self) -> None:
        """Give tags: to the mark that is meant, else to the selection, else to the clause of the caret."""
        self._write(focus_tags=True)

    def private(self) -> None:
        """Make the marks that are meant private, or shared again where all of them are private."""
        if there := self._targets():
            self._edits.toggle_private(mark.id for mark in there)
        else:
            self._session.said.emit("这里没有标注：先点一处标注，再按 P 设为私人")

    def remove(self) -> None:
        """Remove the marks that are meant."""
        there = self._targets()
        if not there:
            self._session.said.emit("这里没有标注可删除")
        elif self._edits.remove(mark.id for mark in there):
            self.set_current([])

    def copy(self) -> None:
        """Copy the selected words, or those of the current mark, with their paragraphs."""
        self._edits.copy(self._words(), cited=False)

    def copy_citation(self) -> None:
        """Copy the same words with their document and address."""
        self._edits.copy(self._words(), cited=True)

    @property
    def _reading(self) -> Reading:
        if self._session.reading is None:
            raise RuntimeError("no text is in view")  # the actions are disabled then
        return self._session.reading

    def _pen(self) -> int:
        pen = self._session.setting(LAST_PEN)
        return pen if 1 <= pen <= len(self._session.pens) else 1

    def _selection(self) -> Span | None:
        """Return the selected words without blanks at their edges."""
        span = self._reader().selection()
        if span is None or not span.of(self._reading.text).strip():
            return None
        return trimmed(self._reading.text, span)

    def _words(self) -> list[Span]:
        span = self._selection() or next((mark.span for mark in self._targets()), None)
        if span is None:
            self._session.said.emit("先选中要复制的文字")
        return [span] if span is not None else []

    def _targets(self) -> list[Mark]:
        """Return the marks meant: exactly on the selection; without one the current ones, else those at the caret."""
        span = self._selection()
        if span is not None:
            # Those that can be seen: a meeting does not show the private ones.
            there = map(self._session.mark, self._reader().marks_at(span.start))
            return [mark for mark in there if mark and mark.span == span and isinstance(mark.place, Passage)]
        if current := self._current_in_view():
            return current
        if not self._caret_in_view():
            return []
        at_caret = map(self._session.mark, self._reader().marks_at(self._reader().caret()))
        return innermost(mark for mark in at_caret if mark is not None)[:1]

    def _caret_in_view(self) -> bool:
        """Whether the user can see the caret: a key must not act on what was scrolled away."""
        seen = self._reader().seen()
        return seen.start <= self._reader().caret() <= seen.end

    def _here(self) -> int:
        """Return the place a key without a selection is about: the caret, or what is read where it is out of view."""
        return self._reader().caret() if self._caret_in_view() else self._in_view()

    def _current_in_view(self) -> list[Mark]:
        """Return the current marks the user can see: a key must not change what was scrolled away."""
        seen = self._reader().seen()
        marks = (mark for mark in map(self._session.mark, self.current) if mark is not None)
        return [mark for mark in marks if mark.span.overlaps(seen)]

    def _add(self, make: Callable[[Marker], AddMarks]) -> None:
        marker = Marker(self._session.library, self._reading)
        command: list[AddMarks] = []
        if self._session.attempt(lambda: command.append(make(marker))) and self._session.run(command[0]):
            self.leave_selection([mark.id for mark in command[0].marks])

    def leave_selection(self, mark_ids: list[str]) -> None:
        """Let the new colour be seen: drop the selection and make its marks the current ones."""
        self._reader().clear_selection()
        self.set_current(mark_ids)

    def _write(self, *, focus_tags: bool) -> None:
        if not self._session.can_write():
            return
        span = self._selection()
        there = self._targets() if span is not None else self._current_in_view()
        if there:
            self._open_on(innermost(there)[0], focus_tags=focus_tags)
            return
        node = self._reading.outline.at(span.start if span else self._here())
        if span is None and node is None:
            self._session.said.emit("这里不属于任何条款：请选中文字，或把光标放到条款里")
            return
        self._open_new(span, node, focus_tags=focus_tags)

    def _open_on(self, mark: Mark, *, focus_tags: bool) -> None:
        """Open the box on a mark that is there."""
        heading = f"{self._reading.address_of(mark)}　{plain(self._reading.quote_of(mark))}"
        self._open(NoteWriter(self._session, [mark]), mark.span, heading, focus_tags=focus_tags)

    def _open_new(self, span: Span | None, node: Node | None, *, focus_tags: bool) -> None:
        """Open the box for a mark that is made when something is written in it."""
        marker = Marker(self._session.library, self._reading)
        if span is not None:
            make = self._on_words(marker, span, tagging=focus_tags)
            place = span
        elif node is not None:
            make = self._on_clause(marker, node)
            place = Span(node.clause.start, min(node.clause.start + 1, node.clause.end))
        else:
            return
        writer = NoteWriter(self._session, [], make, self.leave_selection)
        self._open(writer, place, self._heading(span, node), focus_tags=focus_tags)

    def _open(self, writer: NoteWriter, place: Span, heading: str, *, focus_tags: bool) -> None:
        self.writing.emit()
        self._box.open_for(
            self._anchor(place),
            heading=heading,
            note=writer.note,
            tags=writer.tags,
            all_tags=self._session.all_tags(),
            on_save=writer.save,
            focus_tags=focus_tags,
        )

    def _on_words(self, marker: Marker, span: Span, *, tagging: bool) -> Make:
        pen = self._pen()
        name = self._session.pen_name(pen)

        def make(note: str, tags: tuple[str, ...]) -> AddMarks:
            if tagging and not note:
                return marker.highlight(span, pen, name, tags=tags)
            return marker.note(span, note, tags)

        return make

    def _on_clause(self, marker: Marker, node: Node) -> Make:
        return lambda note, tags: marker.clause_note(node, note, tags)

    def _heading(self, span: Span | None, node: Node | None) -> str:
        if span is not None:
            return f"{self._reading.address(span.start)}　{plain(span.of(self._reading.text))}"
        if node is not None:
            return f"{self._reading.address(node.clause.start).rsplit(' · 第', 1)[0]}　整条　{node.clause.title or ''}"
        return ""

    def _anchor(self, span: Span) -> QRect:
        """Bring the words into view and return where they stand, in the coordinates of the box's parent."""
        self._reader().ensure_visible(span)
        self._written_on = span
        return self._place_of(span)

    def _place_of(self, span: Span) -> QRect:
        reader = self._reader()
        rect = reader.rect_of(span)
        return QRect(reader.viewport().mapTo(self._ground, rect.topLeft()), rect.size())
