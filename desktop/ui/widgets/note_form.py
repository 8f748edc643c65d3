"""Where a note and its tags are written: plain text that is saved by itself and never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme.fonts import small_font
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import UNIT
from desktop.ui.widgets.tag_editor import TagEditor

Save = Callable[[str, tuple[str, ...]], bool | None]
"""Takes the note and the tags as they stand; False where they could not be stored."""

PAUSE_MS = 1500
"""After so long without a key the note is saved, so that a crash costs no more than the last words."""
FEWEST_LINES, MOST_LINES = 3, 10
"""The note grows with its lines between these; beyond, it scrolls."""
LEAST_LINES = 2
"""Where there is no room for more."""
FRAME = 4
"""Edge and padding of a field, by the style sheet."""
HINT = "Ctrl+Enter 保存 · Esc 关闭 · 自动保存，Ctrl+Z 撤销"
HINT_TIP = "关闭时已写的内容也会保存；关闭之后按 Ctrl+Z 可以撤销。"
FAILED = "没有保存成功。内容还在这里，可以复制；再按一次 Esc 放弃。"


class GrowingEdit(QPlainTextEdit):
    """Plain text that wishes to be as high as its lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.FIELD)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room for the lines there are, within limits."""
        lines = int(self.document().size().height())
        return self._room(max(FEWEST_LINES, min(MOST_LINES, lines)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the room for a line or two."""
        return self._room(LEAST_LINES)

    def _room(self, lines: int) -> QSize:
        around = 2 * (FRAME + int(self.document().documentMargin()))
        return QSize(120, lines * self.fontMetrics().lineSpacing() + around)


class NoteForm(QWidget):
    """A note, a line of tags, and a hint which keys end the writing.

    What is written is handed to `on_save` 1.5 s after a key, however long the typing goes on, and once more when the
    writing ends: on Ctrl+Enter, on Esc, on Return among the tags, and when the focus goes to another part of the
    window. Only what differs from what was saved last is handed on, so nothing is saved that was not changed. What an
    input method has not handed over yet is not text. While a tag is being written, only whole tags of before are saved.

    Where `on_save` returns False the form stays open with what was written.
    """

    closed = Signal(bool)
    """The writing has ended; True where a key ended it, False where the user went elsewhere."""
    resized = Signal()
    """The form wishes to be higher or lower."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_save: Save | None = None
        self._saved: tuple[str, tuple[str, ...]] = ("", ())
        self._warned = False
        self.note_edit = GrowingEdit()
        self.note_edit.setPlaceholderText("写批注…")
        self.note_edit.setAccessibleName("批注")
        self.tag_edit = TagEditor()
        self._hint = QLabel()
        self._hint.setFont(small_font())
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setToolTip(HINT_TIP)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT + 2)
        layout.addWidget(self.note_edit, 1)
        layout.addWidget(self.tag_edit)
        layout.addWidget(self._hint)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self.save)
        self.note_edit.textChanged.connect(self._start_pause)
        self.note_edit.textChanged.connect(self.resized)
        self.tag_edit.textEdited.connect(self._start_pause)
        self.tag_edit.returnPressed.connect(self.finish)
        for edit in (self.note_edit, self.tag_edit):
            edit.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether something is being written."""
        return self._on_save is not None

    def open_for(
        self,
        note: str,
        tags: tuple[str, ...],
        all_tags: Iterable[str],
        on_save: Save,
        *,
        focus_tags: bool = False,
        with_note: bool = True,
    ) -> bool:
        """Begin writing. `focus_tags` puts the caret among the tags; without `with_note` there are only tags.

        Returns False, and leaves everything as it is, where what was being written could not be stored.
        """
        if not self.finish(by_key=False):
            return False
        self.note_edit.setVisible(with_note)
        self.note_edit.setPlainText(note)
        self.note_edit.moveCursor(self.note_edit.textCursor().MoveOperation.End)
        self.tag_edit.set_known_tags(all_tags)
        self.tag_edit.set_tags(tags)
        self._saved = (self.note_edit.toPlainText(), tuple(tags))
        self._on_save = on_save
        self._say(HINT, Role.MUTED)
        self._warned = False
        self._timer.stop()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self.tag_edit.setCursorPosition(len(self.tag_edit.text()) if focus_tags or not with_note else 0)
        (self.tag_edit if focus_tags or not with_note else self.note_edit).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def wanted_height(self, width: int) -> int:
        """Return the height the form wishes at a width, in logical pixels."""
        if self.width() != width:
            self.resize(width, self.height())  # the note tells its lines for the width it has
        self._rows.activate()
        self.note_edit.updateGeometry()  # a change of width changes its lines without a word
        return self._rows.totalHeightForWidth(width) if self._rows.hasHeightForWidth() else self.sizeHint().height()

    def save(self) -> bool:
        """Hand on what was written since the last time; return False where it could not be stored."""
        return self._save(whole=not self.tag_edit.hasFocus())

    def finish(self, *, by_key: bool = True) -> bool:
        """Save and end the writing; return False where that failed and the form stays open with its text.

        A second try by key gives up what can't be stored.
        """
        if self._on_save is None:
            return True
        if not self._save(whole=True) and not (by_key and self._warned):
            self._warned = True
            self._say(FAILED, Role.ALERT)
            return False
        self._end()
        self.closed.emit(by_key)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """End the writing on Esc and Ctrl+Enter, before the window's actions can take the keys."""
        if isinstance(event, QKeyEvent) and self.active and _ends(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.finish()
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Keep a click between the fields: whatever lies beneath the form would take the focus and end the writing."""
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Save when the form disappears with its window or panel."""
        super().hideEvent(event)
        if not event.spontaneous() and self.active:
            self.finish(by_key=False)

    def _save(self, *, whole: bool) -> bool:
        self._timer.stop()
        if self._on_save is None:
            return True
        tags = self.tag_edit.tags() if whole else self._saved[1]
        written = (self.note_edit.toPlainText(), tags)
        if written != self._saved:
            if self._on_save(*written) is False:
                return False
            self._saved = written
        if self._warned:
            self._warned = False
            self._say(HINT, Role.MUTED)
        return True

    def _end(self) -> None:
        self._timer.stop()
        self._on_save = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self._follow_focus)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:  # noqa: ARG002
        """Save when the window loses the focus, and end the writing when another part of it gets the focus."""
        if not self.active:
            return
        if new is None:
            self.save()
        elif new.window() is self.window() and new is not self and not self.isAncestorOf(new):
            self.finish(by_key=False)

    def _start_pause(self) -> None:
        if self.active and not self._timer.isActive():
            self._timer.start()

    def _say(self, text: str, role: Role) -> None:
        self._hint.setText(text)
        set_role(self._hint, role)
        self.resized.emit()


def _ends(event: QKeyEvent) -> bool:
    if event.key() == Qt.Key.Key_Escape:
        return event.modifiers() == Qt.KeyboardModifier.NoModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
        event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )
