"""The search on a thread of its own: the newest question wins, urgent ones first, and it ends cleanly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.model.errors import UserError
from desktop.search.source import Interrupted
from desktop.services.library_search import LibrarySearch
from desktop.ui.search_worker import Kind, Progress, SearchWorker, _Job


class Slow:
    """Stands in for the search of a library: answers when it is let, and stops when it is interrupted."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.began = threading.Event()
        self.closed = False
        self.behind = False
        self.trouble = ""
        self.ready = (False, 0)
        self.slices: list[int] = []
        self.left = 0
        self.words = 0
        self._interrupted = threading.Event()

    def wait(self) -> str:
        """Take long, and give way when interrupted."""
        self._interrupted.clear()
        self.began.set()
        while not self.let.wait(0.005):
            if self._interrupted.is_set():
                raise Interrupted
        return "late"

    def interrupt(self) -> None:
        self._interrupted.set()

    def catch_up(self, stop: Callable[[], bool], told: Callable[[int, int], None]) -> bool:
        done = 0
        while self.left and not stop():
            self.left -= 1
            done += 1
            told(100 - self.left, 100)
            threading.Event().wait(0.001)
        self.slices.append(done)
        self.behind = bool(self.left)
        self.ready = (not self.left, 7 if not self.left and not self.words else 0)
        if self.left:
            return False
        told(1, 1)
        while self.words and not stop():
            self.words -= 1
            threading.Event().wait(0.001)
        return not self.words

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def worker(qtbot: QtBot, slow: Slow) -> Any:
    worker = SearchWorker(lambda: cast("LibrarySearch", slow))
    yield worker
    slow.let.set()
    worker.close()


def test_answers_arrive_on_the_thread_that_asked(worker: SearchWorker, qtbot: QtBot) -> None:
    answers: list[object] = []
    worker.ask(Kind.PAGE, lambda _search, _stop: threading.get_ident(), answers.append)
    worker.ask(Kind.TOTALS, lambda _search, _stop: 7, lambda count: answers.append((count, threading.get_ident())))
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers[0] != threading.get_ident()
    assert answers[1] == (7, threading.get_ident())


def test_of_one_kind_only_the_newest_is_answered(worker: SearchWorker, slow: Slow, qtbot: QtBot) -> None:
    answers: list[object] = []
    worker.ask(Kind.PAGE, lambda _search, _stop: slow.wait(), answers.append)
    assert slow.began.wait(2)
    for number in range(50):
        worker.ask(Kind.PAGE, lambda _search, _stop, number=number: number, answers.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: bool(answers))
    qtbot.wait(30)
    assert answers == [49]


def test_the_more_urgent_interrupts_and_what_was_interrupted_is_done_again(
    worker: SearchWorker, slow: Slow, qtbot: QtBot
) -> None:
    answers: list[object] = []
    worker.ask(Kind.TOTALS, lambda _search, _stop: slow.wait(), answers.append)
    assert slow.began.wait(2)
    worker.ask(Kind.PAGE, lambda _search, _stop: "page", answers.append)
    qtbot.waitUntil(lambda: answers == ["page"])
    slow.let.set()
    qtbot.waitUntil(lambda: answers == ["page", "late"])


class Told(dict[Kind, object]):
    """Questions that wait, told from another thread as soon as they are looked through."""

    def __init__(self, *kinds: Kind) -> None:
        super().__init__(dict.fromkeys(kinds))
        self.meanwhile: Callable[[], object] = int

    def __iter__(self) -> Iterator[Kind]:
        for kind in super().__iter__():
            yield kind
            self.meanwhile()


def test_a_question_may_come_while_the_waiting_ones_are_looked_through(
    worker: SearchWorker, slow: Slow, qtbot: QtBot
) -> None:
    job = _Job(Kind.TEXT, lambda _search, _stop: 0, print, print)
    waiting = Told(Kind.TOTALS, Kind.LIST)
    worker._newest[Kind.TEXT] = job  # noqa: SLF001
    worker._waiting = cast("dict[Kind, _Job]", waiting)  # noqa: SLF001

    def ask() -> None:
        with worker._changed:  # noqa: SLF001
            waiting[Kind.PAGE] = None

    def meanwhile() -> None:
        waiting.meanwhile = int
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(0.1)

    waiting.meanwhile = meanwhile
    assert not worker._gives_way(job)  # noqa: SLF001
    waiting.clear()


def test_what_was_dropped_is_not_answered(worker: SearchWorker, slow: Slow, qtbot: QtBot) -> None:
    answers: list[object] = []
    worker.ask(Kind.PAGE, lambda _search, _stop: slow.wait(), answers.append)
    assert slow.began.wait(2)
    worker.drop(Kind.PAGE)
    worker.ask(Kind.TOTALS, lambda _search, _stop: "totals", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["totals"]


def test_the_index_is_built_between_questions_and_can_be_stopped(
    worker: SearchWorker, slow: Slow, qtbot: QtBot
) -> None:
    told: list[Progress | None] = []
    answers: list[object] = []
    worker.progressed.connect(told.append)
    slow.left = 100
    worker.catch_up()
    qtbot.waitUntil(lambda: len(told) > 5)
    worker.ask(Kind.PAGE, lambda _search, _stop: "page", answers.append)
    qtbot.waitUntil(lambda: answers == ["page"])
    worker.pause(paused=True)
    qtbot.waitUntil(lambda: len(slow.slices) >= 2)
    left = slow.left
    qtbot.wait(30)
    assert slow.left == left > 0
    worker.pause(paused=False)
    qtbot.waitUntil(lambda: bool(told) and told[-1] is None)
    assert slow.left == 0


def test_that_the_index_is_whole_is_told_once_while_the_words_are_learnt(
    worker: SearchWorker, slow: Slow, qtbot: QtBot
) -> None:
    told: list[Progress | None] = []
    answers: list[object] = []
    worker.progressed.connect(told.append)
    slow.left, slow.words = 5, 200
    worker.catch_up()
    qtbot.waitUntil(lambda: None in told)
    for number in range(3):
        worker.ask(Kind.TERMS, lambda _search, _stop, number=number: number, answers.append)
        qtbot.waitUntil(lambda number=number: number in answers)
    assert slow.words
    assert told.count(None) == 1
    qtbot.waitUntil(lambda: told.count(None) == 2)
    assert slow.words == 0


def test_that_an_index_or_other_words_are_there_is_told_once(worker: SearchWorker, slow: Slow, qtbot: QtBot) -> None:
    readied: list[bool] = []
    worker.readied.connect(lambda: readied.append(True))
    slow.left = 5
    for _ in range(2):
        with qtbot.waitSignal(worker.troubled):
            worker.catch_up()
    assert readied == [True]


def test_an_index_that_was_lost_is_built_again_after_the_next_answer(
    worker: SearchWorker, slow: Slow, qtbot: QtBot
) -> None:
    answers: list[object] = []
    slow.left, slow.behind = 5, True
    worker.ask(Kind.PAGE, lambda _search, _stop: "page", answers.append)
    qtbot.waitUntil(lambda: answers == ["page"] and slow.left == 0 and not slow.behind)


def test_what_the_user_can_understand_is_told_and_the_rest_is_raised(worker: SearchWorker, qtbot: QtBot) -> None:
    def refuse(_search: LibrarySearch, _stop: Callable[[], bool]) -> None:
        raise UserError("太久了，请缩小范围。")

    with qtbot.waitSignal(worker.failed) as failed:
        worker.ask(Kind.LIST, refuse, print)
    assert failed.args == ["太久了，请缩小范围。"]

    def crash(_search: LibrarySearch, _stop: Callable[[], bool]) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        worker.ask(Kind.LIST, crash, print)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_a_library_that_could_not_be_opened_is_opened_with_the_next_question(qtbot: QtBot, slow: Slow) -> None:
    refusals: list[Exception] = [UserError("文库暂时不能读"), ZeroDivisionError()]
    answers: list[object] = []

    def opened() -> LibrarySearch:
        if refusals:
            raise refusals.pop(0)
        return cast("LibrarySearch", slow)

    worker = SearchWorker(opened)
    with qtbot.waitSignal(worker.failed) as failed:
        worker.ask(Kind.PAGE, lambda _search, _stop: 1, answers.append)
    assert failed.args == ["文库暂时不能读"]
    with qtbot.captureExceptions() as raised:
        worker.ask(Kind.PAGE, lambda _search, _stop: 2, answers.append)
        qtbot.waitUntil(lambda: bool(raised))
    worker.ask(Kind.PAGE, lambda _search, _stop: 3, answers.append)
    qtbot.waitUntil(lambda: answers == [3])
    worker.close()
    assert slow.closed


def test_an_error_of_what_nobody_waits_for_is_not_told(worker: SearchWorker, slow: Slow, qtbot: QtBot) -> None:
    told: list[object] = []
    answers: list[object] = []
    worker.failed.connect(told.append)

    def refuse(_search: LibrarySearch, _stop: Callable[[], bool]) -> None:
        slow.began.set()
        slow.let.wait(2)
        raise UserError("太久了，请缩小范围。")

    worker.ask(Kind.PAGE, refuse, answers.append)
    assert slow.began.wait(2)
    worker.ask(Kind.PAGE, lambda _search, _stop: 2, answers.append)
    slow.let.set()
    qtbot.waitUntil(lambda: answers == [2])
    assert told == []


def test_whoever_waits_hears_that_there_is_no_answer(worker: SearchWorker, qtbot: QtBot) -> None:
    def refuse(_search: LibrarySearch, _stop: Callable[[], bool]) -> None:
        raise UserError("太久了，请缩小范围。")

    lost: list[object] = []
    worker.ask(Kind.MORE, refuse, print, lambda: lost.append(1))
    qtbot.waitUntil(lambda: lost == [1])


def test_it_ends_at_once_whatever_runs(qtbot: QtBot, slow: Slow) -> None:
    worker = SearchWorker(lambda: cast("LibrarySearch", slow))
    worker.ask(Kind.TOTALS, lambda _search, _stop: slow.wait(), print)
    assert slow.began.wait(2)
    worker.close()
    assert slow.closed
    worker.ask(Kind.PAGE, lambda _search, _stop: 1, print)
    worker.close()
