"""Where the lines of a title, and of what stands below it, begin: between words, and as even as they can be."""

from __future__ import annotations

import unicodedata
from typing import Final

from desktop.exchange.writers.typesetting import Style
from desktop.text.words import cut

LONGEST: Final = {Style.TITLE: 20.0, Style.NOTICE: 27.0}
"""Letters that stand on a line of the styles that are broken by sense; two Latin letters count as one."""
_FAR_TOO_LONG: Final = 200
_WHOLE: Final = ("国民经济和社会发展", "五年规划", "高质量发展", "营商环境", "生态环境", "实施方案", "指导意见")
"""Words of such titles that are read as one."""
_NOT_BEFORE: Final = frozenset("的和与及暨或等之中个年")
_NOT_BEHIND: Final = frozenset(
    ("和", "与", "及", "暨", "或", "关于", "在", "对", "对于", "向", "把", "将", "为", "以", "第")
)
_OPENING: Final = frozenset(("Ps", "Pi"))
_CLOSING: Final = frozenset(("Pe", "Pf", "Po", "Pd"))


def line_starts(title: str, longest: float = LONGEST[Style.TITLE]) -> tuple[int, ...]:
    """Return where the lines of a title begin (code points), the first 0; (0,) where it has to break by itself.

    There are as few lines as can be; of two ways that are as even the one with the shorter first line is taken.
    """
    if _width(title) <= longest or len(title) > _FAR_TOO_LONG:
        return (0,)
    best: dict[int, tuple[int, float, tuple[int, ...]]] = {0: (0, 0.0, ())}
    for end in (*places(title), len(title)):
        ways = [
            (lines + 1, uneven + width**2, (*starts, start))
            for start, (lines, uneven, starts) in best.items()
            if (width := _width(title[start:end])) <= longest
        ]
        if ways:
            best[end] = min(ways)
    return best[len(title)][2] if len(title) in best else (0,)


def places(title: str) -> list[int]:
    """Return where a new line may begin (code points): between words that don't belong to one another."""
    found = []
    at, before = 0, ""
    for word in cut(title, _WHOLE):
        if before and not (word in _NOT_BEFORE or before in _NOT_BEHIND or _closes(word) or _opens(before)):
            found.append(at)
        at, before = at + len(word), word
    return found


def _opens(word: str) -> bool:
    return unicodedata.category(word[-1]) in _OPENING


def _closes(word: str) -> bool:
    return unicodedata.category(word[0]) in _CLOSING or word[0].isspace()


def _width(words: str) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in words)
