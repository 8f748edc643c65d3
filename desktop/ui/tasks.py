"""Long work off the GUI thread, with progress after half a second, and cancel."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop.model.errors import UserError

_PATIENCE_MS = 500
"""How long work may take before it is shown."""

_log = logging.getLogger(__name__)


class _Outcome(QObject):
    done = Signal(object)
    failed = Signal(str)
    crashed = Signal(object)


class _Work(QRunnable):
    def __init__(self, function: Callable[[], object]) -> None:
        super().__init__()
        self._function = function
        self.outcome = _Outcome()

    def run(self) -> None:
        try:
            result = self._function()
        except UserError as error:
            self.outcome.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which raises it there
            self.outcome.crashed.emit(error)
        else:
            self.outcome.done.emit(result)


class Tasks(QObject):
    """Runs pure functions on a thread of its own, one after another; results arrive on the GUI thread.

    A function gets no widget and no library. What the user cancelled still runs to its end, and its result is dropped.
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
        function: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[str], object],
    ) -> None:
        """Run `function` in the background; then `on_done` gets its result, or `on_failed` a UserError's sentence."""
        work = _Work(function)
        self._running.add(work)
        dialog = QProgressDialog(label, "取消", 0, 0, self._window)
        dialog.setWindowTitle("阅策")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(1 << 30)  # shown by our own timer: Qt's own never fires without a range
        patience = QTimer(dialog, singleShot=True, interval=_PATIENCE_MS)
        patience.timeout.connect(dialog.show)
        patience.start()

        def finish(then: Callable[[], object]) -> None:
            cancelled = dialog.wasCanceled()
            self._running.discard(work)
            patience.stop()
            dialog.close()
            dialog.deleteLater()
            if not cancelled:
                then()

        work.outcome.done.connect(lambda result: finish(lambda: on_done(result)))
        work.outcome.failed.connect(lambda text: finish(lambda: on_failed(text)))
        work.outcome.crashed.connect(lambda error: finish(lambda: _raise(error)))
        self._pool.start(work)

    def wait(self) -> None:
        """Wait until what runs has ended; nothing new is started by this."""
        self._pool.waitForDone()


def _raise(error: Exception) -> None:
    raise error
