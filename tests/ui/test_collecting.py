"""Reference cycles with widgets in them die on the GUI thread, whatever threads are at work."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from desktop.ui.collecting import CycleCollector


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave the collecting to the collector of all tests here."""
    was_enabled = gc.isenabled()
    yield
    if not was_enabled:
        gc.disable()


class _Knot:
    def __init__(self, died_on: list[threading.Thread]) -> None:
        self.self = self
        weakref.finalize(self, lambda: died_on.append(threading.current_thread()))


def _allocate() -> None:
    for _ in range(20):
        [[] for _ in range(10_000)]
        _ = [{} for _ in range(10_000)]


def test_a_cycle_is_collected_between_events_and_never_by_a_worker(qtbot: QtBot) -> None:
    parent = QObject()
    CycleCollector(parent)
    died_on: list[threading.Thread] = []
    for _ in range(1000):
        _Knot(died_on)
    worker = threading.Thread(target=_allocate)
    worker.start()
    worker.join()
    assert died_on == []
    qtbot.waitUntil(lambda: len(died_on) == 1000, timeout=5000)
    assert set(died_on) == {threading.main_thread()}
    assert QThread.currentThread() is parent.thread()


def test_when_it_goes_python_collects_by_itself_again() -> None:
    parent = QObject()
    CycleCollector(parent)
    assert not gc.isenabled()
    del parent
    assert gc.isenabled()
