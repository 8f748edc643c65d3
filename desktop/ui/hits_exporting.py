"""Handing over what a search found, as the user sees it: choose a file, collect all hits, write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.exchange.hit_forms import HIT_FORMS
from desktop.model.search import Found, Hit
from desktop.model.settings import EXPORT_FOLDER
from desktop.services.hit_lists import export_hits, hit_list
from desktop.services.shelving import titles_apart
from desktop.ui.asking import Asker
from desktop.ui.dialogs.hits_dialog import HitsDialog
from desktop.ui.export_memory import export_folder
from desktop.ui.exporting import ways_to
from desktop.ui.finder import Finder
from desktop.ui.search_box import Scope
from desktop.ui.search_worker import Kind, SearchWorker
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks
from desktop.ui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from desktop.services.library_search import LibrarySearch

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""Characters that no file name may hold on one of the systems we run on."""
_LONGEST_NAME = 60
_ASKED_EVERY = 0.05
"""How often is asked whether the user cancelled, in seconds."""


@dataclass(frozen=True, slots=True)
class _Collected:
    """What was found, and which of it only because of private marks: in their notes and tags, or by what fields ask."""

    found: Sequence[Found]
    private: frozenset[Hit] = frozenset()


_Collect = Callable[["LibrarySearch", Callable[[], bool]], _Collected]


class HitsExporting:
    """Hands the hits of the search over as a file."""

    def __init__(
        self,
        session: Session,
        asker: Asker,
        tasks: Tasks,
        messages: MessageBar,
        finder: Finder,
        worker: SearchWorker,
        window: QWidget,
    ) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._messages = messages
        self._finder = finder
        self._worker = worker
        self._window = window
        self._collecting_now = False

    def ask(self) -> None:
        """Ask for a file, and write all hits into it: those of the document, or of the whole library."""
        finder = self._finder
        if not finder.places:
            return
        if self._collecting_now:
            self._session.said.emit("上一次导出还在收集搜索结果，请等它完成，或取消后再导出")
            return
        may_be_private = self._session.library.marks.any_private(finder.listed_request().edition_id)
        private = self._with_private() if may_be_private else True
        if private is None:
            return
        name = f"搜索_{finder.words}".translate(_FORBIDDEN)[:_LONGEST_NAME]
        kinds = ";;".join(f"{form.title} (*{form.suffix})" for form in HIT_FORMS)
        path = self._asker.file_to_save(
            "导出搜索结果", kinds, export_folder(self._session) / f"{name}{HIT_FORMS[0].suffix}"
        )
        if path is None:
            return
        replaces = self._asker.replaces(path)
        if replaces is None:
            return
        self._session.remember(EXPORT_FOLDER, str(path.parent))
        take = partial(self._take, finder.words, path, private=private, replaces=replaces)
        self._collect(self._collecting(told_apart=may_be_private), take)

    def _with_private(self) -> bool | None:
        """Ask whether private marks go along, None where the user left; asked anew every time."""
        dialog = HitsDialog(self._window)
        return dialog.private.isChecked() if self._asker.fill_in(dialog) else None

    def _collect(self, collect: _Collect, take: Callable[[_Collected], object]) -> None:
        """Have all hits collected on the worker's thread, while a task shows it and can be cancelled."""
        from desktop.search.source import Interrupted

        cancelled = Event()
        answers: SimpleQueue[_Collected | None] = SimpleQueue()

        def find(search: LibrarySearch, stop: Callable[[], bool]) -> _Collected | None:
            try:
                return collect(search, lambda: cancelled.is_set() or stop())
            except Interrupted:
                if cancelled.is_set():
                    return None
                raise

        def wait(progress: Progress) -> _Collected | None:
            while not progress():
                with suppress(Empty):
                    return answers.get(timeout=_ASKED_EVERY)
            cancelled.set()
            return None

        def end(collected: _Collected | None = None) -> None:
            self._collecting_now = False
            answers.put(collected)

        def taken(collected: _Collected | None) -> None:
            if collected is not None:
                take(collected)

        self._collecting_now = True
        self._tasks.run("正在收集全部搜索结果…", wait, taken, self._session.failed.emit)
        self._worker.ask(Kind.LIST, find, end, end)

    def _collecting(self, *, told_apart: bool) -> _Collect:
        """Return what collects all hits, on the thread of the worker."""
        finder, reading, marks = self._finder, self._session.reading, list(self._session.marks)
        request = finder.listed_request()
        here: list[Found] = []
        if finder.scope is Scope.DOCUMENT and not finder.more:
            # Those of a document are all there, without their addresses.
            title = titles_apart(self._session.library).get(request.edition_id or "", "")
            here = [found._replace(title=title, address=finder.aside((found,)).address) for found in finder.places]

        def collect(search: LibrarySearch, stop: Callable[[], bool]) -> _Collected:
            found: Sequence[Found] = here or search.everything(request, stop).hits
            if not told_apart:
                return _Collected(found)
            without = replace(request, private=False)
            if here and reading is not None:
                shared = search.in_reading(reading, marks, without).hits
            else:
                shared = [one.hit for one in search.everything(without, stop).hits]
            return _Collected(found, frozenset(one.hit for one in found).difference(shared))

        return collect

    def _take(self, words: str, path: Path, collected: _Collected, *, private: bool, replaces: bool) -> None:
        """Write what was collected."""
        kept = [found for found in collected.found if private or found.hit not in collected.private]
        left_out = len(collected.found) - len(kept)
        if not kept:
            self._session.said.emit("找到的都在私人标注里，没有导出")
            return

        def write(progress: Progress) -> int | None:
            made = hit_list(words, kept, collected.private)
            return len(made.rows) if export_hits(made, path, overwrite=replaces, watch=progress.watch()) else None

        def tell(count: int | None) -> None:
            if count is None:  # stopped in time
                return
            held_back = f"（{left_out} 处在私人标注里，没有导出）" if left_out else ""
            told = f"已导出 {len(kept)} 处、{count} 条{held_back}：{path.name}"
            self._messages.show_message(told, *ways_to(path))

        self._tasks.run(f"正在写 {path.name} …", write, tell, self._session.failed.emit, final=True)
