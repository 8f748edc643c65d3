"""Folding: one form for what readers take for the same, code point by code point, for matching only."""

# ruff: noqa: RUF001 (characters that look alike are what this module is about)

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from desktop.resources import resource_path

DOUBLE_QUOTES = '"“”„‟＂「」『』〝〞〟﹁﹂﹃﹄'
"""What is folded to a straight double quotation mark."""
SINGLE_QUOTES = "'‘’‚‛＇"
"""What is folded to a straight single one."""

_ALIKE = {
    '"': DOUBLE_QUOTES[1:],
    "'": SINGLE_QUOTES[1:],
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "-": "—–―‐‑‒−－─━﹘﹣⸺⸻",
    "x": "×*＊∗✕✖╳⨯﹡",
    "·": "•‧∙・･⋅⸱",
    "~": "～〜∼",
    "〇": "○◯",
    "[": "［〔﹝【",
    "]": "］〕﹞】",
    ",": "，﹐",
    "(": "（﹙",
    ")": "）﹚",
    ":": "：﹕︰∶",
    ";": "；﹔",
    "?": "？﹖",
    "!": "！﹗",
    "%": "％﹪",
    ".": "．﹒",
    "、": "､﹑",
    "。": "｡",
    "¥": "￥",
    "£": "￡",
    "¢": "￠",
}
_FREQUENT = "，：；（）“”—\u3000"
"""What stands in nearly every text."""
_MOST_REPLACED = 24
"""Of more different characters than this, translating all of a text takes less time than replacing each."""
_FULL_WIDTH, _FROM_HALF_WIDTH = range(0xFF01, 0xFF5F), 0xFEE0


class _Tables(NamedTuple):
    """What each character is folded to, by code point, what finds one that is folded but not frequent, and the reverse.

    `guises` has for a character all others that are folded to it.
    """

    folded: dict[int, str]
    seldom: re.Pattern[str]
    guises: dict[str, str]


def fold(text: str) -> str:
    """Return `text` with width, case, quotation marks, blanks, dashes, zeros and variants of characters made one form.

    Traditional and simplified forms are variants, and so are ○ 〇 零 and × x *; resources/dictionaries/variants.txt has
    the Chinese ones. The result has the length of `text`, and every code point depends on the one at its place alone:
    an offset in the one is an offset in the other. Folding a folded text changes nothing.
    """
    if text.isascii():
        return text.lower().replace("*", "x").replace("\t", " ")
    folded, seldom, _ = _tables()
    for character in _FREQUENT:
        if character in text:
            text = text.replace(character, folded[ord(character)])
    found = set(seldom.findall(text))
    if len(found) > _MOST_REPLACED:
        return text.translate(folded)
    for character in found:
        text = text.replace(character, folded[ord(character)])
    return text


def guises(folded: str) -> str:
    """Return the characters that `fold` makes one of those of `folded`, without these themselves.

    A text in which none of them stands holds these words where its folded text does.
    """
    known = _tables().guises
    return "".join(known.get(character, "") for character in dict.fromkeys(folded))


@cache
def _tables() -> _Tables:
    folded = {ord(character): form for form, characters in (*_ALIKE.items(), *_variants()) for character in characters}
    for code in _FULL_WIDTH:
        folded.setdefault(code, chr(code - _FROM_HALF_WIDTH).lower())
    folded |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    seldom = "".join(re.escape(chr(code)) for code in folded if chr(code) not in _FREQUENT)
    guises: dict[str, str] = {}
    for code, form in folded.items():
        guises[form] = guises.get(form, "") + (chr(code) if chr(code) != form else "")
    return _Tables(folded, re.compile(f"[{seldom}]"), guises)


def _variants() -> Iterator[tuple[str, str]]:
    """Yield a form and the characters that are folded to it, line by line of the file."""
    for line in resource_path("dictionaries", "variants.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line[0], line[1:]
