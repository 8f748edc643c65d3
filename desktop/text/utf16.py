"""The way between code points, which the model counts, and UTF-16 units, which Qt counts."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Turns positions in one text from code points to UTF-16 units and back, in O(log n).

    A text without characters beyond U+FFFF costs nothing: both counts are the same there.
    """

    def __init__(self, text: str) -> None:
        self._offsets = [match.start() for match in _ASTRAL.finditer(text)]
        self._positions = [offset + index for index, offset in enumerate(self._offsets)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of the code point at `offset`."""
        return offset + bisect_left(self._offsets, offset) if self._offsets else offset

    def to_code_point(self, position: int) -> int:
        """Return the code point at the UTF-16 `position`; inside a surrogate pair, the one the pair stands for."""
        return position - bisect_left(self._positions, position) if self._positions else position
