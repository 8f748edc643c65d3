"""Numbers are counted in Chinese as people say them."""

from __future__ import annotations

import pytest

from desktop.text.counting import han_number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (102, "一百零二"),
        (110, "一百一十"),
        (1000, "一千"),
        (1002, "一千零二"),
        (1020, "一千零二十"),
        (9999, "九千九百九十九"),
        (10000, "10000"),
        (-1, "-1"),
    ],
)
def test_a_number_is_counted(number: int, words: str) -> None:
    assert han_number(number) == words


def test_other_signs_count_as_well() -> None:
    assert han_number(112, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", bare_ten=False) == "壹佰壹拾贰"
    assert han_number(12, bare_ten=False) == "一十二"
