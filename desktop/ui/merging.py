"""Merging as the user sees it: pick a colleague's file or drop it, see what it would change, take it over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.exchange.bundle_form import SUFFIX
from desktop.exchange.watch import Watch
from desktop.model.errors import UserError
from desktop.ui.asking import Asker
from desktop.ui.looks import Looks
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks

if TYPE_CHECKING:
    from desktop.model.annotation import AnnotationFile
    from desktop.model.bundle import Bundle
    from desktop.services.command import Command
    from desktop.services.merging import MergePlan

SUFFIXES = (SUFFIX, ".jsonld", ".json")
"""How the names of files end that are merged, not imported."""
KINDS = f"交换包和网页标注 ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"


def can_merge(path: Path) -> bool:
    """Whether a file is one that is merged, by its name."""
    return path.suffix.lower() in SUFFIXES


class Merging:
    """Takes colleagues' marks into the library, file by file."""

    def __init__(self, session: Session, asker: Asker, tasks: Tasks, looks: Looks, window: QWidget) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._looks = looks
        self._window = window

    def pick(self) -> None:
        """Let the user pick files and take them in."""
        if self._session.can_write():
            self.take(self._asker.files_to_open("导入交换包", KINDS, Path.home()))

    def take(self, paths: Sequence[Path]) -> None:
        """Read files in the background; ask about one after the other, and merge those the user wants."""
        if not paths or not self._session.can_write():
            return
        from desktop.services.merging import read_for_merging

        path, further = paths[0], paths[1:]
        self._tasks.run(
            f"正在读 {path.name} …",
            lambda _: read_for_merging(path),
            lambda file: self._plan(file, path.name, further),
            partial(self._fail, further=further),
        )

    def _fail(self, problem: str, further: Sequence[Path]) -> None:
        if further:
            self._asker.tell(problem)  # what is said of the files behind it would take its place
        else:
            self._session.failed.emit(problem)
        self.take(further)

    def _plan(self, file: Bundle | AnnotationFile, name: str, further: Sequence[Path]) -> None:
        from desktop.services.merging import prepare_file_merge

        try:
            make = prepare_file_merge(self._session.library, file, name)
        except UserError as error:
            self._fail(str(error), further)
            return

        def plan(progress: Progress) -> MergePlan:
            return make(Watch(progress, lambda done, total: progress.say(f"{label} {done * 100 // total}%")))

        label = f"正在查看 {name} …"
        fail = partial(self._fail, further=further)
        self._tasks.run(label, plan, partial(self._ask, further=further), fail)

    def _ask(self, plan: MergePlan, further: Sequence[Path]) -> None:
        from desktop.services.merging import MergeBundle, brings
        from desktop.services.telling import Telling
        from desktop.ui.dialogs.merge_dialog import MergeDialog

        if not plan.lines:
            self._session.said.emit(f"“{plan.name}”里没有标注")
        elif not brings(self._session.library, plan.bundle):
            self._session.said.emit(f"“{plan.name}”里的 {len(plan.lines)} 处标注文库里都有了，不用合并")
        else:
            dialog = MergeDialog(plan, Telling(self._session.library, plan), self._looks.theme, self._window)
            if self._asker.fill_in(dialog) and self._run(MergeBundle(plan)):
                self._session.said.emit(_told(plan))
        self.take(further)

    def _run(self, command: Command) -> bool:
        """Run a command with the pointer of waiting: only this thread writes, and ten thousand marks take seconds."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._session.run(command)
        finally:
            QGuiApplication.restoreOverrideCursor()


def _told(plan: MergePlan) -> str:
    from desktop.services.merging import OUTCOME_TITLES, Outcome

    counts = [
        f"{OUTCOME_TITLES[outcome]} {count} 处"
        for outcome, count in plan.counts.items()
        if count and outcome is not Outcome.SAME
    ]
    return f"已合并“{plan.name}”" + (f"：{'，'.join(counts)}" if counts else "")
