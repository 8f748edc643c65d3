"""Long work off the GUI thread, with progress after half a second, and cancel."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
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
from PySide6.QtWidgets import QProgressDialog, QPushButton, QWidget

from desktop.model.errors import UserError

_PATIENCE_MS = 500
"""How long work may take before it is shown."""

Stopped = Callable[[], bool]
"""Says whether the user cancelled; asked by work before it does what can't be taken back."""


class _Outcome(QObject):
    told = Signal(str)
    done = Signal(object)
    failed = Signal(str)
    crashed = Signal(object)


class Progress:
    """What work is given: called, it says whether the user cancelled; `say` tells how far the work is."""

    def __init__(self, stop: Event, told: SignalInstance) -> None:
        self._stop = stop
        self._told = told

    def __call__(self) -> bool:
        """Return whether the user cancelled."""
        return self._stop.is_set()

    def say(self, label: str) -> None:
        """Show other words while the work runs."""
        self._told.emit(label)


class _Work(QRunnable):
    def __init__(self, function: Callable[[Progress], object]) -> None:
        super().__init__()
        self._function = function
        self.stop = Event()
        self.outcome = _Outcome()

    def run(self) -> None:
        try:
            result = self._function(Progress(self.stop, self.outcome.told))
        except UserError as error:
            self.outcome.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which raises it there
            self.outcome.crashed.emit(error)
        else:
            self.outcome.done.emit(result)


class Tasks(QObject):
    """Runs pure functions on a thread of its own, one after another; results arrive on the GUI thread.

    A function gets no widget and no library, only its `Progress`; where the user cancelled, its result is dropped.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: set[_Work] = set()

    def run(
        self,
        label: str,
        function: Callable[[Progress], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[str], object],
    ) -> None:
        """Run `function` in the background; then `on_done` gets its result, or `on_failed` a UserError's sentence."""
        work = _Work(function)
        self._running.add(work)
        dialog = QProgressDialog(label, "取消", 0, 0, self._window)
        for button in dialog.findChildren(QPushButton):
            button.setAutoDefault(False)  # a Return that was meant for the text must not stop the work; Esc does
        dialog.setWindowTitle("阅策")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(1 << 30)  # shown by our own timer: Qt's own never fires without a range
        dialog.canceled.connect(work.stop.set)
        patience = QTimer(dialog, singleShot=True, interval=_PATIENCE_MS)
        patience.timeout.connect(dialog.show)
        patience.start()

        def finish(then: Callable[[], object]) -> None:
            self._running.discard(work)
            patience.stop()
            dialog.canceled.disconnect(work.stop.set)
            dialog.close()
            dialog.deleteLater()
            if not work.stop.is_set():
                then()

        work.outcome.told.connect(dialog.setLabelText)
        work.outcome.done.connect(lambda result: finish(lambda: on_done(result)))
        work.outcome.failed.connect(lambda text: finish(lambda: on_failed(text)))
        work.outcome.crashed.connect(lambda error: finish(lambda: _raise(error)))
        self._pool.start(work)

    def wait(self) -> None:
        """Wait until what runs has ended and its results have arrived; the progress is shown, and can be cancelled."""
        while self._running:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _raise(error: Exception) -> None:
    raise error
