"""What every test gets: no screen, no network, a home of its own, nothing left running, the plan and the samples."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import gc
import signal
import socket
import sys
import threading
import weakref
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from shiboken6 import isValid

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
_GRACE_MS = 500  # a thread that was asked to end may take this long
_FAILED = pytest.StashKey[bool]()

# A job that a shell started in the background ignores Ctrl+C, and so would every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test depends on how fast the machine is; half of the usual examples keep all of them under five minutes.
settings.register_profile("yuece", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yuece")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the option that writes the golden files anew."""
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew, to be read in the diff")


@pytest.fixture(scope="session")
def plan_text() -> str:
    """Text of the plan that is shipped, line ends as LF."""
    raw = (ROOT / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt").read_bytes()
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of further real documents, which are not part of the project: they may be beside the checkout."""
    if not SAMPLES.is_dir():
        pytest.skip(f"no samples at {SAMPLES}")
    return SAMPLES


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make every place where a user's data could lie a fresh folder, for this process and those it starts."""
    folder = tmp_path_factory.mktemp("home", numbered=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    for name in ("APPDATA", "LOCAL_APPDATA"):  # platformdirs asks Windows itself, unless these are set
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(folder / name.lower()))
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection but those to a socket of this machine's file system (a display, a message bus)."""

    def guarded(name: str) -> None:
        original = getattr(socket.socket, name)

        def refuse(self: socket.socket, address: Any) -> Any:
            if self.family == getattr(socket, "AF_UNIX", None):
                return original(self, address)
            raise AssertionError(f"阅策 is offline, and something connected to {address!r}")

        monkeypatch.setattr(socket.socket, name, refuse)

    guarded("connect")
    guarded("connect_ex")


@dataclass(frozen=True, slots=True)
class _Start:
    """A thread or timer, and the line that started it."""

    thing: "weakref.ref[Any]"
    where: str


_starts: list[_Start] = []


def _calling_line() -> str:
    """Tell the nearest line of the project above the method that starts, else the nearest of any file."""
    frame = sys._getframe(3)  # noqa: SLF001 - inspect.stack() reads every source file it meets
    nearest = f"{frame.f_code.co_filename}:{frame.f_lineno}"
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and not path.is_relative_to(sys.prefix):
            return f"{path.relative_to(ROOT)}:{frame.f_lineno}"
        frame = frame.f_back
    return nearest


def _note_start(thing: object) -> None:
    _starts.append(_Start(weakref.ref(thing), _calling_line()))


@pytest.fixture(scope="session", autouse=True)
def _starts_are_noted() -> Iterator[None]:
    """Note every start of a thread or a repeating timer, so that the one that leaks can be named."""
    start_thread, start_qthread, start_timer = threading.Thread.start, QThread.start, QTimer.start

    def thread_start(self: threading.Thread) -> None:
        _note_start(self)
        start_thread(self)

    def qthread_start(self: QThread, priority: QThread.Priority = QThread.Priority.InheritPriority) -> None:
        _note_start(self)
        start_qthread(self, priority)

    def timer_start(self: QTimer, interval: object = None) -> None:
        # A signal connected to start() may hand over its own arguments: only an interval in ms counts.
        _note_start(self)
        if isinstance(interval, int) and not isinstance(interval, bool):
            start_timer(self, interval)
        else:
            start_timer(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(threading.Thread, "start", thread_start)
    patch.setattr(QThread, "start", qthread_start)
    patch.setattr(QTimer, "start", timer_start)
    yield
    patch.undo()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest, _starts_are_noted: None, home: Path) -> Iterator[None]:
    """Fail the test that leaves a thread or a running timer behind.

    pytest-qt has closed the widgets by then. A pending QTimer.singleShot is not seen: it has no object to look at.
    """
    _starts.clear()
    yield
    if request.node.stash.get(_FAILED, False):
        return  # its traceback holds on to everything it made
    leaked = _still_running()
    if leaked:
        gc.collect()  # a window in a reference cycle is gone for the user, and is now gone for Qt
        leaked = _still_running()
    assert not leaked, "left running: " + "; ".join(leaked)


def _still_running() -> list[str]:
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was closed is now deleted
    return [
        f"{type(thing).__name__} started at {start.where}"
        for start in _starts
        if (thing := start.thing()) is not None and _runs(thing)
    ]


def _runs(thing: object) -> bool:
    if isinstance(thing, threading.Thread):
        thing.join(_GRACE_MS / 1000)
        return thing.is_alive()
    if not isinstance(thing, QObject) or not isValid(thing):
        return False
    if isinstance(thing, QThread):
        return not thing.wait(_GRACE_MS)
    return isinstance(thing, QTimer) and thing.isActive()
