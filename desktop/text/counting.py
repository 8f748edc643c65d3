"""Numbers as they are counted in Chinese: 十二, 一百零二, 壹佰零贰."""

from __future__ import annotations

_TEN, _TWENTY = 10, 20
_TEN_THOUSAND = 10_000


def han_number(
    number: int, digits: str = "零一二三四五六七八九", units: str = "十百千", *, bare_ten: bool = True
) -> str:
    """Return 0 to 9999 as it is counted in Chinese, any other number in Arabic digits: 12 is 十二, 102 is 一百零二.

    `digits` are the signs for 0 to 9, `units` those for 10, 100 and 1000. Without `bare_ten` 12 is 一十二.
    """
    if not 0 <= number < _TEN_THOUSAND:
        return str(number)
    words, gap = "", False
    for power, unit in zip((3, 2, 1, 0), (*reversed(units), ""), strict=True):
        digit = number // 10**power % 10
        if digit:
            words += (digits[0] if gap and words else "") + digits[digit] + unit
        gap = digit == 0
    if bare_ten and _TEN <= number < _TWENTY:
        words = words[1:]
    return words or digits[0]
