"""The small box over the text in which a note is written beside the words it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import CARD_RADIUS, UNIT, Theme
from desktop.ui.widgets.elided_label import ElidedLabel
from desktop.ui.widgets.note_form import NoteForm, Save

WIDEST, HIGHEST = 420, 360
"""Largest size of the box with its shadow, in logical pixels, as all lengths here."""
LEAST_WIDTH, LEAST_HEIGHT = 220, 132
"""A side of the words with less room than this is no place for the box."""
SHADOW = 6
MARGIN = 4
"""Room left at the edges of the parent."""
DISTANCE = 2
"""Room between the words and the box's shadow."""
SHADE = (3, 14)
"""How dark one ring of the shadow is, of 255, on light and on dark paper."""


class NoteBox(QFrame):
    """A note and its tags, floating near the words inside `parent` and never over them.

    `on_save` may be called several times for one opening: on each pause of 1.5 s in the typing, and at the end. What
    it saves after the first time belongs to the same step: run it with `session.run(command, merge=True)`. It is
    given committed text only, never called when nothing changed, and may return False where it could not store the
    text: the box then stays open. While the box has the focus every key is its own; the window's single-key actions
    belong to the text and do not fire.
    """

    finished = Signal()
    """Closed by a key, the text handled: the focus goes back to the text."""
    closed = Signal()
    """Closed in whatever way, also because the user clicked elsewhere: the focus stays where it went."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._parent = parent
        self._anchor = QRect()
        self._heading = ElidedLabel("", Qt.TextElideMode.ElideRight)
        set_role(self._heading, Role.MUTED)
        self.form = NoteForm()
        self._rows = layout = QVBoxLayout(self)
        room = SHADOW + 3 * UNIT - 2
        layout.setContentsMargins(room, room - 2, room, room - 2)
        layout.setSpacing(UNIT + 2)
        layout.addWidget(self._heading)
        layout.addWidget(self.form, 1)
        self.setFocusProxy(self.form.note_edit)
        self.setAccessibleName("批注")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.form.closed.connect(self._close)
        self.form.resized.connect(self._place)
        parent.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def open_for(
        self,
        anchor: QRect,
        *,
        heading: str,
        note: str,
        tags: tuple[str, ...],
        all_tags: Sequence[str],
        on_save: Save,
        focus_tags: bool = False,
    ) -> bool:
        """Write a note on the words at `anchor` (a rectangle in the parent's coordinates).

        What was being written in the box before is saved first; where that fails the box stays as it is, and False is
        returned.
        """
        if not self.form.finish(by_key=False):
            return False
        self._anchor = QRect(anchor)
        self._heading.setText(heading)
        self.show()
        self.raise_()
        self.form.open_for(note, tags, all_tags, on_save, focus_tags=focus_tags)
        self._place()
        return True

    def set_anchor(self, anchor: QRect) -> None:
        """Follow the words to another place, when the text scrolled."""
        self._anchor = QRect(anchor)
        self._place()

    def save(self) -> bool:
        """Save what is being written and leave the box open; False where that failed. For a window that closes."""
        return self.form.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay inside the parent when its size changes."""
        if event.type() == QEvent.Type.Resize and watched is self._parent and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint a card with a soft shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, SHADE[self._theme.dark]))
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        for ring in range(1, SHADOW):
            painter.drawRoundedRect(card.adjusted(-ring, -ring + 1, ring, ring), CARD_RADIUS + ring, CARD_RADIUS + ring)
        painter.setPen(QColor(self._theme.edge if self._theme.dark else self._theme.line))
        painter.setBrush(QColor(self._theme.card))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)

    def _place(self) -> None:
        """Take the size the note wishes, at the best place beside the words."""
        if not self.form.active:
            return
        inside = self._parent.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        width = max(1, min(WIDEST, inside.width()))
        around = self._rows.contentsMargins()
        height = self.form.wanted_height(width - around.left() - around.right())
        height += self._heading.sizeHint().height() + self._rows.spacing() + around.top() + around.bottom()
        self.setGeometry(place_beside(self._anchor, QSize(width, min(HIGHEST, height)), inside))

    def _close(self, by_key: bool) -> None:
        self.hide()
        self.closed.emit()
        if by_key:
            self.finished.emit()


def place_beside(anchor: QRect, wish: QSize, inside: QRect) -> QRect:
    """Return a rectangle of the wished size inside `inside` and beside `anchor`, smaller where there is less room.

    Below is tried first, then above, right and left; where the wish fits nowhere, the side with most room
    takes it. Where the words leave no side worth using, the lower edge of `inside` does.
    """
    sides = _sides(anchor.adjusted(-DISTANCE, -DISTANCE, DISTANCE, DISTANCE), inside)
    fitting = [side for side in sides if side.width() >= wish.width() and side.height() >= wish.height()]
    usable = [side for side in sides if side.width() >= LEAST_WIDTH and side.height() >= LEAST_HEIGHT]
    if fitting:
        side = fitting[0]
    elif usable:
        side = max(usable, key=lambda rect: min(rect.width(), wish.width()) * min(rect.height(), wish.height()))
    else:
        size = wish.boundedTo(inside.size())
        return QRect(QPoint(inside.right() + 1 - size.width(), inside.bottom() + 1 - size.height()), size)
    size = wish.boundedTo(side.size())
    x = max(side.left(), min(anchor.left() - SHADOW, side.right() + 1 - size.width()))
    y = max(side.top(), min(anchor.top() - SHADOW, side.bottom() + 1 - size.height()))
    if side.top() > anchor.bottom():
        y = side.top()
    elif side.bottom() < anchor.top():
        y = side.bottom() + 1 - size.height()
    elif side.right() < anchor.left():
        x = side.right() + 1 - size.width()
    return QRect(QPoint(x, y), size)


def _sides(anchor: QRect, inside: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Return what is free below, above, right and left of the words."""
    return (
        QRect(QPoint(inside.left(), max(inside.top(), anchor.bottom() + 1)), inside.bottomRight()),
        QRect(inside.topLeft(), QPoint(inside.right(), min(inside.bottom(), anchor.top() - 1))),
        QRect(QPoint(max(inside.left(), anchor.right() + 1), inside.top()), inside.bottomRight()),
        QRect(inside.topLeft(), QPoint(min(inside.right(), anchor.left() - 1), inside.bottom())),
    )
