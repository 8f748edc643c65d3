"""Deciding conflicts: what several people changed at the same time, side by side, and one word on it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.asking import Asker
from desktop.ui.looks import Looks
from desktop.ui.session import Session


class Conflicts:
    """Lets the user decide what is undecided about a mark, field by field, in one step."""

    def __init__(self, session: Session, asker: Asker, looks: Looks, window: QWidget) -> None:
        self._session = session
        self._asker = asker
        self._looks = looks
        self._window = window

    def decide(self, mark_id: str) -> None:
        """Show the sides of every conflict of a mark, and have the chosen one hold, or all of them joined."""
        from desktop.services.deciding import ResolveConflict, joined
        from desktop.services.telling import Names
        from desktop.ui.dialogs.conflict_dialog import ConflictDialog

        conflicts = self._session.conflicts_of(mark_id)
        if not conflicts or not self._session.can_write():
            return
        names = Names(self._session.library)
        with self._session.one_step("解决 {} 处冲突"):
            for conflict in conflicts:
                both = joined(conflict)
                dialog = ConflictDialog(
                    names.clash(conflict), self._looks.theme, joined=both is not None, parent=self._window
                )
                if not self._asker.fill_in(dialog):
                    return
                side = dialog.chosen
                value = conflict.heads[side].value if side is not None else both
                if value is None or not self._session.run(ResolveConflict(conflict, value)):
                    return
