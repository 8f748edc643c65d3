"""Folding: one form for what readers take for the same, code point by code point, for matching only."""

# ruff: noqa: RUF001, RUF003 (characters that look alike are what this module is about)

from __future__ import annotations

DOUBLE_QUOTES = '"“”„‟＂「」『』〝〞〟'
"""What is folded to a straight double quotation mark."""
SINGLE_QUOTES = "'‘’‚‛＇"
"""What is folded to a straight single one."""

_FIRST_FULL_WIDTH, _LAST_FULL_WIDTH, _TO_HALF_WIDTH = 0xFF01, 0xFF5E, 0xFEE0


def _pairs() -> tuple[tuple[str, str], ...]:
    codes = range(_FIRST_FULL_WIDTH, _LAST_FULL_WIDTH + 1)
    table = {chr(code): chr(code - _TO_HALF_WIDTH).lower() for code in codes}
    table |= dict.fromkeys("\u3000\u00a0", " ")
    table |= dict.fromkeys(DOUBLE_QUOTES[1:], '"')
    table |= dict.fromkeys(SINGLE_QUOTES[1:], "'")
    table |= dict.fromkeys("○零", "〇")
    # str.lower() makes two characters of İ, and σ or ς of Σ by what stands around it.
    table["İ"] = "i"
    table |= dict.fromkeys("Σς", "σ")
    return tuple(table.items())


_PAIRS = _pairs()


def fold(text: str) -> str:
    """Return `text` with width, case, quotation marks, blanks and the three zeros (○ 〇 零) made one form each.

    The result has the length of `text`, and every code point depends on the one at its place alone: an offset in the
    one is an offset in the other. Folding a folded text changes nothing.
    """
    if not text.isascii():
        # Few of these stand in any one text, and str.replace is three times as fast as str.translate.
        for found, folded in _PAIRS:
            if found in text:
                text = text.replace(found, folded)
    return text.lower()
