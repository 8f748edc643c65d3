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
from desktop.ui.import_report import listed
from desktop.ui.looks import Looks
from desktop.ui.session import Session
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.services.merging import MergePlan

SUFFIXES = (SUFFIX, *ANNOTATION_SUFFIXES)
"""How the names of files end that are merged, not imported."""
KINDS = f"交换包和网页标注 ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"


class Tell(Protocol):
    """Says what came of merges, whether they brought anything to look at, and whether something is wrong."""

    def __call__(self, text: str, *, brought: bool, failed: bool) -> object:
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
        self._brought = self._failed = False
        self._refused: list[str] = []

    def pick(self) -> None:
        """Let the user pick files and take them in."""
        if self._session.can_write():
            self.take(self._asker.files_to_open("导入交换包", KINDS, Path.home()))

    def take(self, paths: Sequence[Path], told: str = "", *, failed: bool = False) -> None:
        """Look at files in the background; ask about one after the other, and merge those the user wants.

        What came of them, and what could not be read, is said in the end, in one message behind what is `told` of other
        files; `failed` says that this tells of something wrong.
        """
        if paths and self._session.can_write():
            self._session.merges, self._brought, self._failed = (), False, failed
            self._refused = []
            self._take(list(paths), 0, [told.rstrip("。")] if told else [])

    def _take(self, paths: Sequence[Path], number: int, told: list[str]) -> None:
        """Look at one of several files; `told` is what came of those before it, and is said behind the last."""
        if number == len(paths):
            self._close(told)
            return
        path, library = paths[number], self._session.library.path
        go_on = partial(self._take, paths, number + 1, told)

        def fail(problem: str) -> None:
            self._refused.append(problem if len(paths) == 1 else f"“{short_name(path.name)}”：{problem}")
            go_on()

        def ask(plan: MergePlan) -> None:
            if (said := self._ask(plan, f"（{number + 1} / {len(paths)}）" if len(paths) > 1 else "")) is not None:
                told.append(said)
            go_on()

        def leave() -> None:
            left = len(paths) - number
            what = f"“{short_name(path.name)}”" if left == 1 else f"其余 {left} 个文件"
            self._close([*told, f"已取消，{what}没有合并"])

        self._tasks.run(
            f"正在查看 {path.name} …",
            lambda progress: _planned(library, path, progress.watch()),
            ask,
            fail,
            on_cancelled=leave,
        )

    def _close(self, told: Sequence[str]) -> None:
        """Say what came of all files, in one message."""
        if not told and len(self._refused) == 1:
            self._session.failed.emit(self._refused[0])
        elif told or self._refused:
            words = [*told, listed(self._refused)] if self._refused else told
            self._tell("；".join(words), brought=self._brought, failed=self._failed or bool(self._refused))

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
