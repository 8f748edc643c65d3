"""Regular expressions that users type: checked, and stopped where they take too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic

from desktop.model.errors import UserError
from desktop.model.span import Span

TIME_LIMIT = 2.0
"""How long (seconds) one search may spend in its pattern, all texts together."""

_LEAST = 0.001
_RECURSION = re.compile(r"(?<!\\)(?:\\\\)*\(\?(?:R|\d|&|P>)")
"""A pattern within itself: nothing stops it from taking all memory."""


class PatternError(UserError):
    """A regular expression that can't be used."""


class Pattern:
    """A regular expression over texts as they are; `.` ends at a line end, ^ and $ stand at every line's."""

    def __init__(self, written: str, time_limit: float = TIME_LIMIT) -> None:
        """Raise PatternError where it is no regular expression."""
        import regex

        if _RECURSION.search(written):
            raise PatternError("正则表达式不能用 (?R)、(?1) 这样的递归，请换一种写法。")
        try:
            self._pattern = regex.compile(written, regex.MULTILINE | regex.VERSION0)
        except (regex.error, OverflowError, RecursionError, ValueError) as error:
            message = "正则表达式写得不对，请改正；如果只是要找这些文字，请关掉“正则”。"
            raise PatternError(message) from error
        self._left = time_limit

    def spans(self, text: str) -> Iterator[Span]:
        """Yield what matches (code points), one behind the other; empty matches aren't there.

        Raises PatternError where the time is over.
        """
        begun = monotonic()
        try:
            for match in self._pattern.finditer(text, timeout=max(self._left, _LEAST)):
                if match.end() > match.start():
                    yield Span(match.start(), match.end())
        except (TimeoutError, MemoryError) as error:
            raise PatternError("这个正则表达式太费时，已停下；请写得简单些，例如少用重叠的 * 和 +。") from error
        finally:
            self._left -= monotonic() - begun
