"""Merging as the user sees it: pick a colleague's file or drop it, see what it would change, take it over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from desktop.exchange.bundle_form import SUFFIX
from desktop.exchange.watch import Watch
from desktop.model.annotation import SUFFIXES as ANNOTATION_SUFFIXES
from desktop.text.blanks import short_name
from desktop.ui.asking import Asker
from desktop.ui.looks import Looks
from desktop.ui.session import Session
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.services.merging import MergePlan

SUFFIXES = (SUFFIX, *ANNOTATION_SUFFIXES)
"""How the names of files end that are merged, not imported."""
KINDS = f"交换包和网页标注 ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"


class Tell(Protocol):
    """Says what came of merges, and whether they brought anything to look at."""

    def __call__(self, text: str, *, brought: bool) -> object:
        """Say it."""


def can_merge(path: Path) -> bool:
    """Whether a file is one that is merged, by its name."""
    return path.suffix.lower() in SUFFIXES


class Merging:
    """Takes colleagues' marks into the library, file by file."""

    def __init__(self, session: Session, asker: Asker, tasks: Tasks, looks: Looks, tell: Tell, window: QWidget) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._looks = looks
        self._tell = tell
        self._window = window
        self._brought = False

    def pick(self) -> None:
        """Let the user pick files and take them in."""
        if self._session.can_write():
            self.take(self._asker.files_to_open("导入交换包", KINDS, Path.home()))

    def take(self, paths: Sequence[Path], told: Sequence[str] = ()) -> None:
        """Look at files in the background; ask about one after the other, and merge those the user wants.

        What came of them is said in the end, behind what was `told` before.
        """
        if paths and self._session.can_write():
            self._session.merges, self._brought = (), False
            self._take(list(paths), 0, [words for words in told if words])

    def _take(self, paths: Sequence[Path], number: int, told: list[str]) -> None:
        """Look at one of several files; `told` is what came of those before it, and is said behind the last."""
        if number == len(paths):
            if told:
                self._tell("；".join(told), brought=self._brought)
            return
        path, library = paths[number], self._session.library.path
        go_on = partial(self._take, paths, number + 1, told)

        def fail(problem: str) -> None:
            if number + 1 < len(paths) or told:
                self._asker.tell(problem)  # what is said of the other files would take its place
            else:
                self._session.failed.emit(problem)
            go_on()

        def ask(plan: MergePlan) -> None:
            if (said := self._ask(plan, f"（{number + 1} / {len(paths)}）" if len(paths) > 1 else "")) is not None:
                told.append(said)
            go_on()

        self._tasks.run(
            f"正在查看 {path.name} …", lambda progress: _planned(library, path, progress.watch()), ask, fail
        )

    def _ask(self, plan: MergePlan, place: str) -> str | None:
        """Ask about a file, and merge it; return what came of it, None where the user left it or was told already."""
        from desktop.services.merging import MergeBundle, Outcome, brings
        from desktop.services.telling import Telling
        from desktop.ui.dialogs.merge_dialog import MergeDialog

        if not plan.lines:
            return f"“{short_name(plan.name)}”里没有标注"
        if not brings(self._session.library, plan.bundle):
            return _known(plan)
        dialog = MergeDialog(plan, Telling(self._session.library, plan), self._looks.theme, self._window, place)
        if not self._asker.fill_in(dialog):
            return None
        command = MergeBundle(plan)
        self._session.merges += (command.merge_id,)
        if not self._session.run(command):
            return None
        self._brought |= any(line.outcome not in (Outcome.SAME, Outcome.REMOVED) for line in plan.lines)
        return _told(plan)


def _planned(library: Path, path: Path, watch: Watch) -> MergePlan:
    """Return what merging a file would do. Nothing is written; safe on any thread."""
    from desktop.services.merging import prepare_file_merge, read_for_merging
    from desktop.storage.library import Library

    reading, preparing, placing = watch.parts(4, 2, 4)
    file = read_for_merging(path)
    reading.told(1, 1)
    with Library.open(library, read_only=True) as connection:
        watch.check()
        make = prepare_file_merge(connection, file, path.name)
        preparing.told(1, 1)
        return make(placing)


def _told(plan: MergePlan) -> str:
    from desktop.services.telling import counted

    counts = counted(plan, all_of_them=False)
    return f"已合并“{short_name(plan.name)}”" + (f"：{counts}" if counts else "")


def _known(plan: MergePlan) -> str:
    from desktop.services.telling import gone

    deleted = f"（其中 {count} 处您这里已经删除，不会恢复）" if (count := gone(plan)) else ""
    return f"“{short_name(plan.name)}”里的 {len(plan.lines)} 处标注文库里都有了{deleted}，不用合并"
