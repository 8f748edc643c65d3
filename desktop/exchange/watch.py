"""Long work that tells how far it is and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from desktop.model.errors import CancelledError

T = TypeVar("T")

_STEP = 100
"""After how many items at the most `Watch.over` tells, and `Watch.slices` asks."""
_TIMES = 50
"""How often it does so at the least, where there are so many items."""


def _never() -> bool:
    return False


def _nobody(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is asked whether to stop, and told (done, total) while something long is done."""

    stopped: Callable[[], bool] = _never
    told: Callable[[int, int], object] = _nobody

    def over(self, items: Sequence[T]) -> Iterator[T]:
        """Yield `items` one by one. Raises CancelledError once the user has stopped it."""
        step = min(_STEP, max(1, len(items) // _TIMES))
        for number, item in enumerate(items):
            self.check()  # each time: one item may take as long as a hundred others
            if number % step == 0:
                self.told(number, len(items))
            yield item
        self.check()

    def slices(self, items: Sequence[T], size: int = _STEP) -> Iterator[Sequence[T]]:
        """Yield `items` in slices. Raises CancelledError once the user has stopped it."""
        for start in range(0, len(items), size):
            self.check()
            self.told(start, len(items))
            yield items[start : start + size]
        self.check()

    def parts(self, *shares: int) -> list[Watch]:
        """Return a watch for each part of something long, which takes about so large a share of the whole.

        So what is told goes once from the beginning to the end, however many parts there are.
        """
        begins = [sum(shares[:number]) for number in range(len(shares))]
        return [
            Watch(self.stopped, partial(self._tell_part, begin, share, sum(shares)))
            for begin, share in zip(begins, shares, strict=True)
        ]

    def _tell_part(self, begin: int, share: int, whole: int, done: int, total: int) -> None:
        if total and whole:
            self.told(begin * total + share * done, whole * total)

    def check(self) -> None:
        """Raise CancelledError once the user has stopped it."""
        if self.stopped():
            raise CancelledError("已取消，什么也没有改动。")


UNWATCHED = Watch()
