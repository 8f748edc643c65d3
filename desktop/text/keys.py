"""Search keys: a text in the form in which words are looked for in it, and the way back to the text's own offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from desktop.model.span import Span
from desktop.text.blanks import INVISIBLE
from desktop.text.folding import fold

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_GAP = f"[ {INVISIBLE}]"
_LEFT_OUT = re.compile(rf"""(?<!{_GAP}){_GAP}++(?=["'])|(?<=["']){_GAP}+|[{INVISIBLE}]+""")


class Key(NamedTuple):
    """A folded text without blanks beside quotation marks and without letters that are not seen.

    `dropped` are the code points left out, in order.

    Nearly every text has none of these, and its key has the text's own offsets.
    """

    text: str
    dropped: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """Return which code point of the text the key's code point at `offset` is."""
        if not self.dropped:
            return offset
        # The i-th dropped code point stood before the key's code point number dropped[i] - i.
        return offset + bisect_right(range(len(self.dropped)), offset, key=lambda i: self.dropped[i] - i)

    def span(self, start: int, length: int) -> Span:
        """Return the code points of the text that are `length` (at least 1) code points of the key from `start` on."""
        if not self.dropped:
            return Span(start, start + length)
        return Span(self.origin(start), self.origin(start + length - 1) + 1)

    def part(self, start: int, end: int) -> Key:
        """Return the key of the text's code points `start` up to `end`.

        It is that of these alone but for blanks at their edges, which may be left out for what stands beyond.
        """
        if not self.dropped:
            return Key(self.text[start:end])
        first, behind = bisect_left(self.dropped, start), bisect_left(self.dropped, end)
        dropped = tuple(offset - start for offset in self.dropped[first:behind])
        return Key(self.text[start - first : end - behind], dropped)


def has_invisible(text: str) -> bool:
    """Tell whether there are letters in a text that are not seen, and not in its key."""
    return _INVISIBLE.search(text) is not None


def make_key(text: str) -> Key:
    """Return the key of a text: “ 十五五 ” has the key of "十五五", whatever stands around it.

    Words are found in a text where their key stands in the key of the text. That holds for every stretch of the text
    that doesn't begin or end with a blank or with a letter that is not seen.
    """
    folded = fold(text)
    if not ('" ' in folded or ' "' in folded or "' " in folded or " '" in folded or has_invisible(folded)):
        return Key(folded)
    dropped = tuple(offset for match in _LEFT_OUT.finditer(folded) for offset in range(*match.span()))
    return Key(_LEFT_OUT.sub("", folded), dropped)
