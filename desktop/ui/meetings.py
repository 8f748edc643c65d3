"""Meetings as the user sees them: started after two questions, gone through clause by clause, ended after one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from desktop.model.outline import Node
from desktop.services.meeting import EndMeeting, start_meeting
from desktop.ui.actions import Scope, add_actions
from desktop.ui.asking import Asker
from desktop.ui.looks import Looks
from desktop.ui.reader.reader import Reader
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.meeting_view import MeetingView


class Meetings(QObject):
    """Starts and ends meetings and puts their view before the text. The view is built when it is first needed.

    `built` carries the reader of the new view, `stepped` says that another clause is shown, `left` carries the code
    point of the clause that was shown last.
    """

    built = Signal(object)
    entered = Signal()
    stepped = Signal()
    left = Signal(int)

    def __init__(
        self,
        session: Session,
        asker: Asker,
        looks: Looks,
        pages: QStackedWidget,
        actions: Mapping[str, QAction],
        place: Callable[[], int],
    ) -> None:
        super().__init__(pages)
        self._session = session
        self._asker = asker
        self._looks = looks
        self._pages = pages
        self._actions = actions
        self._place = place
        self._view: MeetingView | None = None
        session.changed.connect(self._leave_ended)
        session.opened.connect(self._follow_text)

    @property
    def reader(self) -> Reader | None:
        """The reader of the meeting while it is in view."""
        view = self._view
        return view.reader if view is not None and self._pages.currentWidget() is view else None

    @property
    def node(self) -> Node | None:
        """The clause the meeting shows while it is in view."""
        return self._view.node() if self._view is not None and self.reader is not None else None

    def start_or_end(self) -> None:
        """Start a meeting after asking for its name, or end the running one after a question."""
        from desktop.ui.dialogs.meeting_dialog import MeetingDialog

        meeting = self._session.meeting
        if not self._session.can_write():
            return
        if meeting is not None:
            marks = len(self._session.library.marks.of_meeting(meeting.id))
            if self._asker.confirm(f"结束“{meeting.name}”？", "结束会议", detail=f"会上做了 {marks} 处标注。"):
                self._session.run(EndMeeting(meeting.id))
            return
        dialog = MeetingDialog(datetime.now().astimezone().date(), self._pages.window())
        if self._asker.fill_in(dialog) and self._session.run(start_meeting(dialog.name(), dialog.day())):
            self.enter()

    def enter(self) -> None:
        """Show the clause in view to the room."""
        view = self._the_view()
        self._pages.setCurrentWidget(view)
        view.start(self._place())
        self.entered.emit()

    def go_to(self, offset: int) -> bool:
        """Show the clause at a code point, where the meeting is in view; False where it is not."""
        if self._view is None or self.reader is None:
            return False
        self._view.start(offset)
        return True

    def step(self, direction: int) -> bool:
        """Show the next (+1) or previous (-1) clause, where the meeting is in view; False where it is not."""
        if self._view is None or self.reader is None:
            return False
        self._view.step(direction)
        return True

    def leave(self) -> None:
        """Go back to the text; the meeting runs on."""
        view = self._view
        if view is None or self._pages.currentWidget() is not view:
            return
        node = view.node()
        self._pages.setCurrentIndex(0)
        self.left.emit(node.clause.start if node else 0)

    def _follow_text(self) -> None:
        """Go through the text that came into view instead of the one before."""
        if self._view is not None and self.reader is not None:
            self._view.start(self._place())

    def _leave_ended(self) -> None:
        if self._session.meeting is None:
            self.leave()

    def _the_view(self) -> MeetingView:
        if self._view is None:
            from desktop.ui.meeting_view import MeetingView

            view = self._view = MeetingView(self._session, self._looks.theme)
            add_actions(view.reader, self._actions, Scope.TEXT)
            view.zoom(self._looks.zoom)
            self._looks.theme_changed.connect(view.set_theme)
            self._looks.zoom_changed.connect(view.zoom)
            view.left.connect(self.leave)
            view.end_requested.connect(self._actions["meeting"].trigger)
            view.stepped.connect(self.stepped)
            self._pages.insertWidget(1, view)
            self.built.emit(view.reader)
        return self._view
