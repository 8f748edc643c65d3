"""Regular expressions that users type: checked, and stopped where they take too long."""

from __future__ import annotations

import re
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from desktop.model.errors import UserError
from desktop.model.span import Span
from desktop.search.source import Interrupted

TIME_LIMIT = 2.0
"""How long (seconds on the clock of the wall) one search may spend in its pattern, all texts together."""

_AT_ONCE = 0.03
"""So long (seconds) a text is matched on the thread that asks; what takes longer is left to one of its own."""
_LOOK = 0.02
"""How often (seconds) it is looked whether that one is still to go on."""
_RECURSION = re.compile(r"(?<!\\)(?:\\\\)*\(\?(?:R|\d|&|P>)")
"""A pattern within itself: nothing stops it from taking all memory."""


class PatternError(UserError):
    """A regular expression that can't be used."""


class Pattern:
    """A regular expression over texts as they are; `.` ends at a line end, ^ and $ stand at every line's."""

    def __init__(
        self, written: str, time_limit: float | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Raise PatternError where it is no regular expression.

        `time_limit` is `TIME_LIMIT` where none is given; `stopped` is asked while a match takes its time.
        """
        import regex

        if _RECURSION.search(written):
            raise PatternError("正则表达式不能用 (?R)、(?1) 这样的递归，请换一种写法。")
        try:
            self._pattern = regex.compile(written, regex.MULTILINE | regex.VERSION0)
        except (regex.error, OverflowError, RecursionError, ValueError) as error:
            message = "正则表达式写得不对，请改正；如果只是要找这些文字，请关掉“正则”。"
            raise PatternError(message) from error
        self._left = TIME_LIMIT if time_limit is None else time_limit
        self._stopped = stopped

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return what matches (code points), one behind the other; empty matches aren't there.

        Raises PatternError where the time is over, Interrupted where `stopped` says so; both at once.
        """
        begun = monotonic()
        try:
            return self._matches(text, _AT_ONCE)
        except TimeoutError:
            return self._matched_aside(text, begun + self._left)
        except MemoryError as error:
            raise _too_long() from error
        finally:
            self._left -= monotonic() - begun

    def _matches(self, text: str, timeout: float) -> tuple[Span, ...]:
        """Match; other threads run meanwhile. `timeout` counts what all threads of the program work."""
        if self._left <= 0:
            raise _too_long()
        found = self._pattern.finditer(text, concurrent=True, timeout=timeout)
        return tuple([Span(*match.span()) for match in found if match.end() > match.start()])

    def _matched_aside(self, text: str, until: float) -> tuple[Span, ...]:
        """Match on a thread of its own: what runs can't be stopped, only left alone, and soon ends by itself."""
        answers: SimpleQueue[tuple[Span, ...] | Exception] = SimpleQueue()
        left = max(_LOOK, until - monotonic())

        def match() -> None:
            try:
                answers.put(self._matches(text, left))
            except (TimeoutError, MemoryError, PatternError) as error:
                answers.put(error)

        Thread(target=match, name="pattern", daemon=True).start()
        while monotonic() < until:
            try:
                answer = answers.get(timeout=_LOOK)
            except Empty:
                if self._stopped():
                    raise Interrupted from None
                continue
            if isinstance(answer, Exception):
                raise _too_long() from answer
            return answer
        raise _too_long()


def _too_long() -> PatternError:
    return PatternError("这个正则表达式太费时，已停下；请写得简单些，例如少用重叠的 * 和 +。")
