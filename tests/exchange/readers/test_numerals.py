"""Numbers are written as Word writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.numerals import numeral

HAN = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 11, "十一"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 12345, "12345"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("decimalFullWidth", 12, "１２"),  # noqa: RUF001
        ("decimalZero", 9, "09"),
        ("decimalZero", 10, "10"),
        ("numberInDash", 3, "- 3 -"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4000, "4000"),
        ("lowerLetter", 26, "z"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 0, "0"),
        ("none", 3, ""),
        ("bullet", 3, ""),
        ("hebrew1", 3, "3"),
        ("chineseCounting", -1, "-1"),
    ],
)
def test_forms(form: str, number: int, written: str) -> None:
    assert numeral(number, form) == written


@given(st.integers(0, 9999))
def test_chinese_numbers_mean_what_they_were_made_from(number: int) -> None:
    words = numeral(number, "chineseCountingThousand")
    words = "一" + words if words.startswith("十") else words
    units = {"十": 10, "百": 100, "千": 1000}
    total = digit = 0
    for sign in words:
        if sign in units:
            total += digit * units[sign]
            digit = 0
        else:
            digit = HAN.index(sign)
    assert total + digit == number
