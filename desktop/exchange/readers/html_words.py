"""Words of a web page as a browser shows them: blanks and line ends of the file are no more than a blank."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.exchange.readers.html_content import Element

_BLANKS = re.compile(r"[ \t\n\r\f]+")
# Between Chinese letters a line end comes from the program that laid out the page.
_BROKEN = re.compile("(?<=[\u2e80-\uffef])[ \t\r\f]*\n[ \t\n\r\f]*(?=[\u2e80-\uffef])")
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tt", "u", "var", "wbr",
    )
)  # fmt: skip


def one_line(words: str) -> str:
    """Return words with their blanks as a browser shows them; wide and unbreakable ones are letters to it."""
    return _BLANKS.sub(" ", _BROKEN.sub("", words)).strip(" ")


def words_of(element: Element, leaves_out: Callable[[Element], bool]) -> str:
    """Return the words of an element in one line, blocks parted by a blank, without what is left out."""
    parts: list[str] = []
    waiting: list[tuple[Element, bool]] = [(element, True)]
    while waiting:
        found, opens = waiting.pop()
        gap = "" if found.tag in _INLINE else " "
        if opens and isinstance(found.tag, str) and not leaves_out(found):
            parts += (gap, found.text or "")
            waiting.append((found, False))
            waiting.extend((child, True) for child in reversed(found))
        elif found is not element:
            parts += (gap, found.tail or "")
    return one_line("".join(parts))
