"""Python's collection of reference cycles, kept on the GUI thread."""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimerEvent

_INTERVAL_MS: Final = 1000


class CycleCollector(QObject):
    """Collects cycles between events, by the counts Python itself goes by, as long as it lives.

    Left alone, Python collects on whatever thread happens to allocate; a widget in a cycle that is deleted there takes
    the program down.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.destroyed.connect(gc.enable)
        self.startTimer(_INTERVAL_MS)

    def timerEvent(self, _event: QTimerEvent) -> None:  # noqa: N802
        """Collect the oldest generation that is due."""
        due = (
            generation
            for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if threshold and count > threshold
        )
        generation = max(due, default=None)
        if generation is not None:
            gc.collect(generation)
