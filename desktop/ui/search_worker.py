"""Searches the library on a thread of its own, and keeps its index caught up while nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, auto
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.errors import UserError

if TYPE_CHECKING:
    from desktop.services.library_search import LibrarySearch


_SOON_MS = 1500


class Kind(IntEnum):
    """What is asked for; what stands first is answered first. Of each kind only the newest question is answered."""

    TEXT = auto()  # the hits in the text in view
    PAGE = auto()  # the first hits in the library
    MORE = auto()  # the hits after those
    OFFERS = auto()  # words that complete what is typed
    RELATED = auto()  # clauses like the one in view
    TOTALS = auto()  # how many hits there are in all
    WORDS = auto()  # words that stand beside what was found
    LIST = auto()  # all hits, for export
    TERMS = auto()  # what the texts of the library put in quotation marks


class Progress(NamedTuple):
    """How far the index is: `done` of `total`."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Return how much is done."""
        return 100 * self.done // max(1, self.total)


Stop = Callable[[], bool]
"""Asked by long work whether it should give way; it then raises Interrupted, and is done again later."""


class Work(Protocol):
    """What is done on the thread: with the library's search, and a way to know when to give way."""

    def __call__(self, search: LibrarySearch, stop: Stop, /) -> object:
        """Find what was asked for."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class _Job:
    kind: Kind
    work: Work
    then: Callable[[Any], object]
    otherwise: Callable[[], object]


class SearchWorker(QObject):
    """Runs one question after another; answers arrive on the GUI thread.

    A newer question of the same kind takes the place of the older one, whose answer is dropped; a more urgent one
    interrupts what runs, which is done again afterwards. While nothing is asked, the index is built or caught up:
    `progressed` tells how far, None that it is done, `troubled` why there can be none ("" where that is over), and
    `readied` that there is one now, or that other words are known: the same question may have another answer. `failed`
    carries a sentence for the user, where the answer is still awaited.
    """

    progressed = Signal(object)
    troubled = Signal(str)
    readied = Signal()
    failed = Signal(str)
    _answered = Signal(object, object)
    _refused = Signal(object, object)

    def __init__(self, open_search: Callable[[], LibrarySearch], parent: QObject | None = None) -> None:
        """Make a worker; `open_search` is called on its thread, which starts with the first question."""
        super().__init__(parent)
        self._open = open_search
        self._changed = Condition()
        self._waiting: dict[Kind, _Job] = {}
        self._newest: dict[Kind, _Job] = {}
        self._running: _Job | None = None
        self._search: LibrarySearch | None = None
        self._behind = False
        self._whole = True
        self._ready = (False, 0)
        self._paused = False
        self._closing = False
        self._thread: Thread | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.catch_up)
        self._answered.connect(self._deliver)
        self._refused.connect(self._refuse)

    @property
    def paused(self) -> bool:
        """Whether the user stopped the building of the index."""
        return self._paused

    def ask(
        self, kind: Kind, work: Work, then: Callable[[Any], object], otherwise: Callable[[], object] = lambda: None
    ) -> None:
        """Have `work` done; `then` gets its answer, unless a newer question of this kind comes first.

        `otherwise` is called where an error comes instead.
        """
        job = _Job(kind, work, then, otherwise)
        self._newest[kind] = job
        with self._changed:
            self._waiting[kind] = job
            self._wake(kind)

    def drop(self, *kinds: Kind) -> None:
        """Forget what was asked; no answer comes."""
        with self._changed:
            for kind in kinds:
                self._newest.pop(kind, None)
                self._waiting.pop(kind, None)
                if self._running is not None and self._running.kind is kind:
                    self._interrupt()

    def catch_up(self) -> None:
        """Bring the index up to what the library holds now, when nothing is asked."""
        with self._changed:
            self._behind = True
            self._start()
            self._changed.notify()

    def catch_up_soon(self) -> None:
        """Do so a little later: what is seen first comes first."""
        self._soon.start()

    def pause(self, *, paused: bool) -> None:
        """Stop building the index, or go on with it; searching goes on either way."""
        with self._changed:
            self._paused = paused
            self._changed.notify()

    def close(self) -> None:
        """End the thread, and let go of library and index; what is asked later is not answered."""
        self._soon.stop()
        self._newest.clear()
        with self._changed:
            self._closing = True
            self._waiting.clear()
            if self._running is not None:
                self._interrupt()
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    # Under the lock.

    def _start(self) -> None:
        if self._thread is None and not self._closing:
            self._thread = Thread(target=self._run, name="search", daemon=True)
            self._thread.start()

    def _wake(self, kind: Kind) -> None:
        self._start()
        if self._running is not None and self._running.kind >= kind:
            self._interrupt()
        self._changed.notify()

    def _interrupt(self) -> None:
        if self._search is not None:
            self._search.interrupt()

    # On the thread.

    def _run(self) -> None:
        try:
            search = self._open()
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which tells it or raises it there
            with self._changed:
                self._thread = None  # the next question tries again
                jobs = list(self._waiting.values())
                self._waiting.clear()
            self._refused.emit(jobs, error)
            return
        with self._changed:
            self._search = search
        try:
            while self._step(search):
                pass
        finally:
            with self._changed:
                self._search = None
            search.close()

    def _step(self, search: LibrarySearch) -> bool:
        """Do the most urgent job, or a slice of the index; False when all is to end."""
        with self._changed:
            while not (self._closing or self._waiting or (self._behind and not self._paused)):
                self._changed.wait()
            if self._closing:
                return False
            job = self._waiting.pop(min(self._waiting)) if self._waiting else None
            self._running = job
        try:
            if job is None:
                self._catch_up(search)
            else:
                self._answer(search, job)
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which tells it or raises it there
            self._refused.emit([job] if job is not None else [], error)
        finally:
            with self._changed:
                self._running = None
        return True

    def _answer(self, search: LibrarySearch, job: _Job) -> None:
        from desktop.search.source import Interrupted

        try:
            answer = job.work(search, lambda: self._gives_way(job))
        except Interrupted:
            with self._changed:
                if self._newest.get(job.kind) is job:
                    self._waiting.setdefault(job.kind, job)
        else:
            self._answered.emit(job, answer)
            lost = search.behind  # nobody told of it: the file is gone, or was found damaged
            with self._changed:
                self._behind = self._behind or lost

    def _catch_up(self, search: LibrarySearch) -> None:
        with self._changed:
            self._behind = False
        done = False
        try:
            done = search.catch_up(self._must_stop, self._tell)
        finally:
            with self._changed:
                self._behind = self._behind or (not done and self._must_stop())
        if done:
            self.progressed.emit(None)
        if (ready := search.ready) != self._ready:
            self._ready = ready
            self.readied.emit()
        if done or not self._must_stop():
            self.troubled.emit(search.trouble)

    def _tell(self, done: int, total: int) -> None:
        """Tell how far the index is; that it is whole once, though its words are still being learnt."""
        whole = done >= total
        if not (whole and self._whole):
            self.progressed.emit(None if whole else Progress(done, total))
        self._whole = whole

    def _gives_way(self, job: _Job) -> bool:
        with self._changed:  # looking through what waits, while the GUI thread asks, would fail
            urgent = any(kind < job.kind for kind in self._waiting)
            return self._closing or urgent or self._newest.get(job.kind) is not job

    def _must_stop(self) -> bool:
        return self._closing or self._paused or bool(self._waiting)

    # On the GUI thread.

    def _deliver(self, job: _Job, answer: object) -> None:
        if self._newest.get(job.kind) is job:
            del self._newest[job.kind]
            job.then(answer)

    def _refuse(self, jobs: list[_Job], error: Exception) -> None:
        """Tell who waits that no answer comes, and the user why; what is no UserError is a bug, awaited or not."""
        awaited = [job for job in jobs if self._newest.get(job.kind) is job]
        for job in awaited:
            del self._newest[job.kind]
            job.otherwise()
        if not isinstance(error, UserError):
            raise error
        if awaited or not jobs:
            self.failed.emit(str(error))
