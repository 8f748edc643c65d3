"""Numbers as word processors and browsers write them before a paragraph: 一, 十一, ①, iv, 甲."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.text.counting import han_number

_IDEOGRAPH_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_OLD_LEGAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_LEGAL_UNITS = "拾佰仟"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999


def numeral(number: int, form: str) -> str:
    """Return `number` in a form named as Word names it (`chineseCountingThousand`, `decimalEnclosedCircle`).

    What a form has no sign for, and an unknown form, are written in Arabic digits; `none` and `bullet` as nothing.
    """
    write = _FORMS.get(form)
    return write(number) if write and number >= 0 else str(number)


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _signs(first: str, count: int) -> Callable[[int], str]:
    return _listed("".join(chr(ord(first) + index) for index in range(count)))


def _listed(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return "⓪" if number == 0 else str(number)


def _roman(number: int) -> str:
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    words = ""
    for value, sign in _ROMANS:
        count, number = divmod(number, value)
        words += sign * count
    return words


def _letter(number: int) -> str:
    # After z comes aa, then bb: the letter is repeated.
    if number < 1:
        return str(number)
    times, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (times + 1)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 1 <= number <= 60 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": han_number,
    "chineseCountingThousand": han_number,
    "taiwaneseCounting": han_number,
    "taiwaneseCountingThousand": han_number,
    "japaneseCounting": han_number,
    "ideographDigital": _digit_by_digit(_IDEOGRAPH_DIGITS),
    "taiwaneseDigital": _digit_by_digit(_IDEOGRAPH_DIGITS),
    "japaneseDigitalTenThousand": _digit_by_digit(_IDEOGRAPH_DIGITS),
    "chineseLegalSimplified": partial(han_number, digits=_LEGAL_DIGITS, units=_LEGAL_UNITS, bare_ten=False),
    "ideographLegalTraditional": partial(han_number, digits=_OLD_LEGAL_DIGITS, units=_LEGAL_UNITS, bare_ten=False),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _signs("㊀", 10),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}
