"""The meeting as it is shown to a room: one clause at a time in large type, without private marks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.model.changes import Changes
from desktop.model.mark import ClausePlace, Mark
from desktop.model.outline import Node
from desktop.model.span import Span
from desktop.parsing.addressing import clause_address
from desktop.services.meeting import Step, step_at, steps
from desktop.ui.marking import painted
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import BAR_HEIGHT, Theme
from desktop.ui.widgets.elided_label import ElidedLabel

_ZOOM = 165
"""Size of the letters against the reader's at 100 %: readable from the end of a table."""
_MEASURE = 26
_NOTES_WIDTH = 300
_LONGEST_NOTE = 400
"""How many characters of a note are shown beside the clause."""


class MeetingView(QWidget):
    """Steps through the clauses. `left` says that the user goes back to the text; the meeting runs on.

    `end_requested` asks for the end of the meeting, `stepped` carries the code point where the clause shown begins.
    """

    left = Signal()
    end_requested = Signal()
    stepped = Signal(int)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._steps: list[Step] = []
        self._index = 0
        self._whole = Span(0, 0)
        self.reader = Reader(theme, self)
        self.reader.set_measure(_MEASURE)
        self.reader.set_zoom(_ZOOM)
        self.reader.installEventFilter(self)
        self._name, self._place = ElidedLabel(parent=self), ElidedLabel(parent=self)
        set_role(self._name, Role.STRONG)
        self._more = QLabel("下面还有，按 PgDn 翻页", self.reader)
        set_role(self._more, Role.CARD)
        self._more.setContentsMargins(10, 4, 10, 4)
        self._more.hide()
        self._notes = QVBoxLayout()
        self._notes_title = QLabel(self)
        set_role(self._notes_title, Role.MUTED)
        self._lay_out()
        session.changed.connect(self._refresh)
        self.reader.scrolled.connect(self._tell_more)
        self.reader.verticalScrollBar().rangeChanged.connect(self._tell_more)

    def start(self, offset: int) -> None:
        """Show the clause at `offset` (code point)."""
        reading, meeting = self._session.reading, self._session.meeting
        if reading is None or meeting is None:
            return
        self._name.setText(meeting.name)
        self._steps = steps(reading.outline)
        self._whole = Span(0, len(reading.text))
        self._index = step_at(self._steps, offset)
        self._show()
        self.reader.setFocus()

    def node(self) -> Node | None:
        """Return the clause that is shown."""
        return self._steps[self._index].node if self._steps else None

    def step(self, direction: int) -> None:
        """Show the next (+1) or previous (-1) clause; at the ends nothing moves."""
        index = max(0, min(self._index + direction, len(self._steps) - 1))
        if index != self._index:
            self._index = index
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.reader.set_theme(theme)

    def zoom(self, percent: int) -> None:
        """Follow the user's size of letters (percent of the normal one)."""
        self.reader.set_zoom(_ZOOM * percent // 100)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that step; the reader's own keys (selecting, PageUp and PageDown) stay with it."""
        if watched is self.reader and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # here Esc leads back to the text, before any action that has it
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._walk(event)
        return super().eventFilter(watched, event)

    def _walk(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Space and (shift or not modifiers):
            self.step(-1 if shift else 1)
        elif modifiers:
            return False
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.step(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.step(-1)
        elif key == Qt.Key.Key_Home:
            self.step(-len(self._steps))
        elif key == Qt.Key.Key_End:
            self.step(len(self._steps))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _tell_more(self) -> None:
        """Say that the clause goes on below the view."""
        bar = self.reader.verticalScrollBar()
        self._more.adjustSize()
        self._more.move((self.reader.width() - self._more.width()) // 2, self.reader.height() - self._more.height() - 8)
        self._more.setVisible(bar.value() < bar.maximum() and self.reader.seen().end < self._shown().end)

    def _shown(self) -> Span:
        """Return what is shown: a clause, or the whole of a text that has none."""
        return self._steps[self._index].span if self._steps else self._whole

    def _show(self) -> None:
        reading = self._session.reading
        if reading is None:
            return
        node, span = self.node(), self._shown()
        place = f"{clause_address(node.path)}　（{self._index + 1} / {len(self._steps)}）" if node else "本文件没有分条"
        self._place.setText(place)
        self.reader.show_text(reading.text, reading.outline, span)
        self.reader.set_caret(span.start)
        self._refresh()
        self._tell_more()
        self.stepped.emit(span.start)

    def _refresh(self, _: Changes | None = None) -> None:
        if self._session.reading is None or self._session.meeting is None:
            return
        span = self._shown()
        here = [mark for mark in self._session.marks if mark.span.overlaps(span) and not mark.private]
        self.reader.set_marks([painted(mark) for mark in here])
        self._show_notes(mark for mark in here if mark.note)

    def _show_notes(self, marks: Iterable[Mark]) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        count = 0
        for mark in marks:
            self._notes.addWidget(_note_label(mark, self._session))
            count += 1
        self._notes.addStretch(1)
        self._notes_title.setText(f"本条批注 {count}" if count else "本条还没有批注，按 N 写")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.reader, 1)
        body.addWidget(self._side())
        layout.addLayout(body, 1)

    def _head(self) -> QWidget:
        head = QFrame(self)
        set_role(head, Role.BAR)
        head.setFixedHeight(BAR_HEIGHT)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self._place, 1)
        for text, tip, slot in (
            ("上一条", "←、↑、Shift+空格", lambda: self.step(-1)),
            ("下一条", "→、↓、空格", lambda: self.step(1)),
            ("返回正文", "Esc；会议继续", self.left.emit),
            ("结束会议", "F5", self.end_requested.emit),
        ):
            button = QToolButton(head)
            button.setText(text)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, slot=slot: slot())
            row.addWidget(button)
        return head

    def _side(self) -> QWidget:
        side = QFrame(self)
        set_role(side, Role.SIDE)
        side.setFixedWidth(_NOTES_WIDTH)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(self._notes_title)
        page = QWidget()
        page.setLayout(self._notes)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._notes.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        scroll.setWidget(page)
        layout.addWidget(scroll, 1)
        return side


def _note_label(mark: Mark, session: Session) -> QLabel:
    """Return a card with a note and, in a first line, its place in the clause."""
    reading = session.reading
    address = reading.address_of(mark) if reading else ""
    if isinstance(mark.place, ClausePlace):
        address = "整条"
    elif " 至 " not in address:  # else it goes beyond the clause, and is named in full
        address = address.rsplit(" · ", 1)[-1]
    note = mark.note if len(mark.note) <= _LONGEST_NOTE else mark.note[: _LONGEST_NOTE - 1] + "…"
    label = QLabel(f"{address}\n{note}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setContentsMargins(10, 8, 10, 8)
    set_role(label, Role.CARD)
    return label
