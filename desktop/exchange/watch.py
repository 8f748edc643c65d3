"""Long writing that tells how far it is and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from desktop.model.errors import CancelledError

T = TypeVar("T")

_STEP = 100
"""After how many items `Watch.over` asks and tells."""


def _never() -> bool:
    return False


def _nobody(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is asked whether to stop, and told (done, total) while something long is written."""

    stopped: Callable[[], bool] = _never
    told: Callable[[int, int], object] = _nobody

    def over(self, items: Sequence[T]) -> Iterator[T]:
        """Yield `items` one by one. Raises CancelledError once the user has stopped it."""
        for number, item in enumerate(items):
            if number % _STEP == 0:
                self.check()
                self.told(number, len(items))
            yield item
        self.check()

    def check(self) -> None:
        """Raise CancelledError once the user has stopped it."""
        if self.stopped():
            raise CancelledError("已取消导出。")


UNWATCHED = Watch()
