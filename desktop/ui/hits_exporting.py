"""Handing over what a search found, as the user sees it: choose a file, collect all hits, write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.hit_forms import HIT_FORMS
from desktop.exchange.watch import Watch
from desktop.model.search import Found, Page
from desktop.model.settings import EXPORT_FOLDER
from desktop.services.hit_lists import export_hits, hit_list
from desktop.ui.asking import Asker
from desktop.ui.exporting import Tell, export_folder, may_replace, open_file
from desktop.ui.finder import Finder
from desktop.ui.search_box import Scope
from desktop.ui.search_worker import Kind, SearchWorker
from desktop.ui.session import Session
from desktop.ui.tasks import Progress, Tasks

if TYPE_CHECKING:
    from desktop.services.library_search import LibrarySearch

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""Characters that no file name may hold on one of the systems we run on."""
_LONGEST_NAME = 60


class HitsExporting:
    """Hands the hits of the search over as a file."""

    def __init__(
        self, session: Session, asker: Asker, tasks: Tasks, tell: Tell, finder: Finder, worker: SearchWorker
    ) -> None:
        self._session = session
        self._asker = asker
        self._tasks = tasks
        self._tell = tell
        self._finder = finder
        self._worker = worker

    def ask(self) -> None:
        """Ask for a file, and write all hits into it: those of the document, or of the whole library."""
        finder = self._finder
        if not finder.places:
            return
        words = finder.words
        name = f"搜索_{words}".translate(_FORBIDDEN)[:_LONGEST_NAME]
        kinds = ";;".join(f"{form.title} (*{form.suffix})" for form in HIT_FORMS)
        path = self._asker.file_to_save(
            "导出搜索结果", kinds, export_folder(self._session) / f"{name}{HIT_FORMS[0].suffix}"
        )
        if path is None or not may_replace(self._asker, path):
            return
        self._session.remember(EXPORT_FOLDER, str(path.parent))
        if finder.scope is Scope.DOCUMENT and not finder.more:
            # Those of a document are all there, without their addresses.
            hits = [found._replace(address=finder.aside((found,)).address) for found in finder.places]
            self._write(words, hits, path)
        else:
            request = finder.listed_request()

            def collect(search: LibrarySearch, stop: Callable[[], bool]) -> Page:
                return search.everything(request, stop)

            self._session.said.emit("正在收集全部搜索结果…")
            self._worker.ask(Kind.LIST, collect, lambda page: self._write(words, page.hits, path))

    def _write(self, words: str, hits: Sequence[Found], path: Path) -> None:
        def write(progress: Progress) -> int:
            watch = Watch(progress, lambda done, total: progress.say(f"正在写 {path.name} … {done * 100 // total}%"))
            made = hit_list(words, hits)
            export_hits(made, path, overwrite=True, watch=watch)
            return len(made.rows)

        def tell(count: int) -> None:
            self._tell(f"已导出 {len(hits)} 处、{count} 条：{path.name}", "打开", lambda: open_file(path))

        self._tasks.run(f"正在写 {path.name} …", write, tell, self._session.failed.emit)
