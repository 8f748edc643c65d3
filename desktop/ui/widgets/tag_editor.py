"""A line in which tags are written, separated by commas, with completion from the tags there are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from desktop.text.blanks import written_tag
from desktop.ui.theme.roles import Role, set_role

SEPARATOR = "，"
"""What stands between two tags when the line writes itself."""
SEPARATORS = re.compile(r"[，,、；;\n\u2029]")
"""What ends a tag. Blanks do not: a tag may have one inside."""
MOST_OFFERED = 50
OFFERED_AT_ONCE = 8


def parsed_tags(text: str) -> tuple[str, ...]:
    """Return the tags written in a line: trimmed, empty ones and repetitions dropped, in the order of writing."""
    tags = (written_tag(part) for part in SEPARATORS.split(text))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def matching_tags(part: str, known: Iterable[str]) -> list[str]:
    """Return the known tags that contain `part`: those that begin so first, then those with a level that does."""
    wanted = part.strip().casefold()
    found = [tag for tag in dict.fromkeys(known) if wanted in tag.casefold()]
    return sorted(found, key=lambda tag: (_rank(wanted, tag.casefold()), tag))


def _rank(wanted: str, tag: str) -> int:
    if tag.startswith(wanted):
        return 0
    return 1 if f"/{wanted}" in tag else 2


class TagEditor(QLineEdit):
    """A line of tags that completes the one under the caret.

    Tab takes the first offer, ↓ and Return another; Return alone ends the line as it stands. The input method stays on;
    what it has not yet handed over is neither a tag nor looked up.
    """

    def __init__(self, known: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = tuple(known)
        self._offers = QStringListModel(self)
        self._popup = QListView()
        set_role(self._popup, Role.POPUP)
        self._completer = QCompleter(self._offers, self)
        self._completer.setPopup(self._popup)
        # The offers are found by ourselves: with no prefix this mode shows all of them and none is chosen at first.
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._completer.setMaxVisibleItems(OFFERED_AT_ONCE)
        # Not setCompleter(): that one would put an offer in place of the whole line.
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._offer_what_matches)
        self.setPlaceholderText("标签，用逗号分开，“/”分级")
        self.setAccessibleName("标签")

    def tags(self) -> tuple[str, ...]:
        """Return the tags written: trimmed, without empty ones, repetitions and empty levels."""
        return parsed_tags(self.text())

    def set_tags(self, tags: Iterable[str]) -> None:
        """Write these tags into the line."""
        self.setText(SEPARATOR.join(tags))

    def set_known_tags(self, known: Iterable[str]) -> None:
        """Offer these tags from now on."""
        self._known = tuple(known)

    def offered_tags(self) -> tuple[str, ...]:
        """Return the tags offered below the line at this moment."""
        return tuple(self._offers.stringList()) if self._popup.isVisible() else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open the offers with ↓ and leave to them what they take."""
        ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._popup.isVisible():
            # A key the line ignores goes back to the list: Return takes its current offer, Esc closes it.
            if event.key() == Qt.Key.Key_Escape or (ends and self._popup.currentIndex().isValid()):
                event.ignore()
                return
            if ends:
                self._popup.hide()
        elif event.key() == Qt.Key.Key_Down:
            self._offer(self._part_at_caret()[2])
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let Tab take the first offer while there is one; otherwise it goes on to the next widget."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            offers = self.offered_tags()
            if offers:
                row = max(0, self._popup.currentIndex().row())
                self._popup.hide()
                self._take(offers[row])
                return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Close the offers while a word is being composed: its Return and ↓ are the input method's."""
        if event.preeditString():
            self._popup.hide()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tidy the line when the user has left it; the list of offers is no leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.set_tags(self.tags())

    def _offer_what_matches(self) -> None:
        part = self._part_at_caret()[2]
        if part.strip():
            self._offer(part)
        else:
            self._popup.hide()

    def _offer(self, part: str) -> None:
        """Show the tags that match the one under the caret and are not in the line yet."""
        start, end, _ = self._part_at_caret()
        others = set(parsed_tags(self.text()[:start])) | set(parsed_tags(self.text()[end:]))
        offers = [tag for tag in matching_tags(part, self._known) if tag not in others and tag != part.strip()]
        if not offers:
            self._popup.hide()
            return
        self._offers.setStringList(offers[:MOST_OFFERED])
        self._completer.complete()

    def _part_at_caret(self) -> tuple[int, int, str]:
        """Return start and end of the tag under the caret and what it has so far, counted as QLineEdit does."""
        text, caret = self.text(), self.cursorPosition()
        before = [match.end() for match in SEPARATORS.finditer(text) if match.end() <= caret]
        after = SEPARATORS.search(text, caret)
        start = before[-1] if before else 0
        return start, after.start() if after else len(text), text[start:caret]

    def _take(self, tag: str) -> None:
        """Put an offered tag in place of the one under the caret."""
        start, end, _ = self._part_at_caret()
        text = self.text()
        head = text[:start] + tag
        self.setText(head + text[end:])
        self.setCursorPosition(len(head))
        self._popup.hide()
