"""Years: 2035 and 二〇三五 are the same, whichever of them is typed."""

from __future__ import annotations

import re

_HAN_DIGITS = "〇一二三四五六七八九"
_DIGITS = "0123456789"
_YEAR = re.compile(
    rf"(?<![{_DIGITS}])(?:19|20)[{_DIGITS}]{{2}}(?![{_DIGITS}])"
    rf"|(?<![{_HAN_DIGITS}])(?:一九|二〇)[{_HAN_DIGITS}]{{2}}(?![{_HAN_DIGITS}])"
)
_TO_DIGITS = str.maketrans(_HAN_DIGITS, _DIGITS)
_TO_HAN = str.maketrans(_DIGITS, _HAN_DIGITS)


def year_forms(key: str) -> tuple[str, ...]:
    """Return a key as it is, and with its years (1900 to 2099) written the other way, all of them alike.

    A year is a run of exactly four digits, or of four Chinese ones; part of a year is as it was typed.
    """
    if not _YEAR.search(key):
        return (key,)
    in_digits = _YEAR.sub(lambda year: year[0].translate(_TO_DIGITS), key)
    in_han = _YEAR.sub(lambda year: year[0].translate(_TO_HAN), key)
    return tuple(dict.fromkeys((key, in_digits, in_han)))
