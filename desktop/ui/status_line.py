"""The line at the foot of the window: document, place, counts, the running meeting, saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import STATUS_HEIGHT
from desktop.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from desktop.model.meeting import Meeting

_CLOCK_MS = 20_000


class StatusLine(QFrame):
    """Shows quietly what is open and where. The meeting's clock goes by hours and minutes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, Role.STATUS)
        self.setFixedHeight(STATUS_HEIGHT)
        self._meeting: Meeting | None = None
        self._title = ElidedLabel(parent=self)
        self._place, self._counts, self._index, self._running, self._saved = (self._label() for _ in range(5))
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._tell_meeting)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self._place)
        row.addWidget(self._counts)
        row.addStretch(1)
        row.addWidget(self._index)
        row.addWidget(self._running)
        row.addWidget(self._saved)

    def set_title(self, title: str) -> None:
        """Name the document in view."""
        self._title.setText(title)

    def set_place(self, text: str) -> None:
        """Say where in the document the view is."""
        self._place.setText(text)

    def set_counts(self, marks: int, tags: int) -> None:
        """Say how many marks and tags the document has."""
        self._counts.setText(f"{marks} 处标注 · {tags} 个标签" if tags else f"{marks} 处标注")

    def set_index(self, text: str) -> None:
        """Say how far the index of the search is, "" where it is as it should be."""
        self._index.setText(text)

    def set_saved(self, text: str) -> None:
        """Say how the library is kept: "已保存", or that it is open for reading only."""
        self._saved.setText(text)

    def set_meeting(self, meeting: Meeting | None) -> None:
        """Show the running meeting with its clock, or none."""
        self._meeting = meeting
        if meeting is None:
            self._clock.stop()
        else:
            self._clock.start()
        self._tell_meeting()

    def _tell_meeting(self) -> None:
        if self._meeting is None:
            self._running.clear()
            return
        minutes = max(0, int((datetime.now(UTC) - self._meeting.started).total_seconds()) // 60)
        self._running.setText(f"● 会议进行中：{self._meeting.name} {minutes // 60:02}:{minutes % 60:02}")

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, Role.MUTED)
        return label
