"""Long work, with progress after half a second, and cancel: off the GUI thread, or in steps on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QObject,
    QRunnable,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
    SignalInstance,
)
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QPushButton, QWidget

from desktop.exchange.watch import Watch
from desktop.model.errors import CancelledError, UserError

_PATIENCE_MS = 500
"""How long work may take before it is shown."""
_BREATH_MS = 30
"""How long a step on the GUI thread may take before the window has its turn."""
_NARROWEST = 340

Stopped = Callable[[], bool]
"""Says whether the user cancelled; asked by work before it does what can't be taken back."""


class _Outcome(QObject):
    told = Signal(str)
    reached = Signal(int)
    done = Signal(object)
    failed = Signal(str)
    crashed = Signal(object)


class Progress:
    """What work is given: called, it says whether the user cancelled; `say` and `watch` tell how far the work is."""

    def __init__(self, stop: Event, told: SignalInstance, reached: SignalInstance) -> None:
        self._stop = stop
        self._told = told
        self._reached = reached
        self._percent = -1

    def __call__(self) -> bool:
        """Return whether the user cancelled."""
        return self._stop.is_set()

    def say(self, label: str) -> None:
        """Show other words while the work runs."""
        self._told.emit(label)

    def watch(self) -> Watch:
        """Return a watch that stops when the user cancels, and shows which share of the work is done."""
        return Watch(self, self._tell)

    def _tell(self, done: int, total: int) -> None:
        percent = 100 * done // total if total else 0
        if percent > self._percent:
            self._percent = percent
            self._reached.emit(percent)


class _Shown(QProgressDialog):
    """What is shown of long work: its words, how far it is as soon as that is known, and 取消."""

    def __init__(self, words: str, window: QWidget) -> None:
        super().__init__(words, "取消", 0, 0, window)
        self._words, self._percent = words, -1
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self.setBar(self._bar)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # a Return that was meant for the text must not stop the work; Esc does
        self.setWindowTitle("阅策")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(1 << 30)  # shown by our own clock: Qt's own never fires without a range
        self.setMinimumWidth(_NARROWEST)

    def say(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self._tell()

    def reach(self, percent: int) -> None:
        """Show how far the work is. Not by setValue, which would let all that waits have its turn in between."""
        if percent > self._percent:
            self._percent = percent
            self._bar.setRange(0, 100)
            self._bar.setValue(percent)
            self._tell()

    def end(self) -> None:
        """Close and go."""
        self.close()
        self.deleteLater()

    def _tell(self) -> None:
        self.setLabelText(self._words if self._percent < 0 else f"{self._words} {self._percent}%")


class _Steps:
    """Work on the GUI thread: called between its steps, it lets the window live on, and stops where the user says so.

    Until the progress is shown the window takes no input, so that nothing else can begin; then the dialog is before it.
    """

    def __init__(self, words: str, window: QWidget) -> None:
        self._words, self._window = words, window
        self._dialog: _Shown | None = None
        self._began = self._breathed = monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Tell how much is done. Raises CancelledError once the user has stopped it."""
        now = monotonic()
        if (now - self._breathed) * 1000 < _BREATH_MS:
            return
        if self._dialog is None and (now - self._began) * 1000 >= _PATIENCE_MS:
            self._dialog = _Shown(self._words, self._window)
            self._dialog.show()
        flags = QEventLoop.ProcessEventsFlag
        if self._dialog is None:
            QCoreApplication.processEvents(flags.ExcludeUserInputEvents)
        else:
            self._dialog.reach(100 * done // total if total else 0)
            QCoreApplication.processEvents(flags.AllEvents)
            if self._dialog.wasCanceled():
                raise CancelledError("已取消，什么也没有改动。")
        self._breathed = monotonic()

    def end(self) -> None:
        """Take away what is shown."""
        if self._dialog is not None:
            self._dialog.end()


class _Work(QRunnable):
    def __init__(self, function: Callable[[Progress], object]) -> None:
        super().__init__()
        self._function = function
        self.stop = Event()
        self.outcome = _Outcome()

    def run(self) -> None:
        try:
            result = self._function(Progress(self.stop, self.outcome.told, self.outcome.reached))
        except UserError as error:
            self.outcome.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which raises it there
            self.outcome.crashed.emit(error)
        else:
            self.outcome.done.emit(result)


class Tasks(QObject):
    """Runs pure functions on a thread of its own, one after another; results arrive on the GUI thread.

    A function gets no widget and no library, only its `Progress`; where the user cancelled, its result is dropped,
    unless it can't be.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: set[_Work] = set()
        self._stepping = False

    def run(
        self,
        label: str,
        function: Callable[[Progress], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[str], object],
        *,
        on_cancelled: Callable[[], object] = lambda: None,
        final: bool = False,
    ) -> None:
        """Run `function` in the background; then `on_done` gets its result, or `on_failed` a UserError's sentence.

        Where the user cancelled it is `on_cancelled` instead. What is `final` can't be dropped: where the user
        cancelled too late, its result is told all the same.
        """
        work = _Work(function)
        self._running.add(work)
        dialog = _Shown(label, self._window)
        dialog.canceled.connect(work.stop.set)
        patience = QTimer(dialog, singleShot=True, interval=_PATIENCE_MS)
        patience.timeout.connect(dialog.show)
        patience.start()

        def finish(then: Callable[[], object], *, anyhow: bool = False) -> None:
            patience.stop()
            dialog.canceled.disconnect(work.stop.set)
            dialog.end()
            self._deliver(work, then if anyhow or not work.stop.is_set() else on_cancelled)

        work.outcome.told.connect(dialog.say)
        work.outcome.reached.connect(dialog.reach)
        work.outcome.done.connect(lambda result: finish(lambda: on_done(result), anyhow=final))
        work.outcome.failed.connect(lambda text: finish(lambda: on_failed(text)))
        work.outcome.crashed.connect(lambda error: finish(lambda: _raise(error)))
        self._pool.start(work)

    @contextmanager
    def in_steps(self, label: str) -> Iterator[Callable[[int, int], object]]:
        """Show work on this thread, which calls what is lent between its steps, with how many are done of how many.

        Without such a call nothing is shown. The call raises CancelledError where the user cancelled.
        """
        steps = _Steps(label, self._window)
        self._stepping = True
        try:
            yield steps
        finally:
            self._stepping = False
            steps.end()

    def _deliver(self, work: _Work, then: Callable[[], object]) -> None:
        """Hand over a result, but not into the middle of what is done in steps."""
        if self._stepping:
            QTimer.singleShot(_BREATH_MS, self, lambda: self._deliver(work, then))
            return
        self._running.discard(work)
        then()

    def wait(self) -> None:
        """Wait until what runs has ended and its results have arrived; the progress is shown, and can be cancelled."""
        while self._running:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _raise(error: Exception) -> None:
    raise error
