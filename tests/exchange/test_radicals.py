"""Radicals become letters, and nothing else changes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.radicals import fold_radicals

FOLDED_RANGES = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
ELEVEN = {"⺠": "民", "⻅": "见", "⻆": "角", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻚": "页", "⻛": "风",
          "⻝": "食", "⻰": "龙"}  # fmt: skip


def folded(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in FOLDED_RANGES)


def test_a_sentence_full_of_radicals_can_be_searched_again() -> None:
    assert (
        fold_radicals("⼗五五时期⼈⺠⽣活、⻓期⻛险、⾼⻔⻚⻋⻢⿊⽩") == "十五五时期人民生活、长期风险、高门页车马黑白"
    )


def test_the_letters_that_normalising_leaves_are_made_common() -> None:
    for radical, letter in ELEVEN.items():
        assert unicodedata.normalize("NFKC", radical) == radical
        assert fold_radicals(radical) == letter


def test_a_household_is_not_made_traditional() -> None:
    assert fold_radicals("农⼾") == "农户"


def test_compatibility_ideographs_become_common() -> None:
    assert fold_radicals("\uf90a\uf9dd\U0002f800") == "金利" + unicodedata.normalize("NFKC", "\U0002f800")


def test_letters_of_the_table_never_stay_radicals() -> None:
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert all(unicodedata.name(letter).startswith("CJK UNIFIED IDEOGRAPH") for letter in fold_radicals(kangxi))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_everything_else_stays_and_the_length_stays(text: str) -> None:
    result = fold_radicals(text)
    assert len(result) == len(text)
    for before, after in zip(text, result, strict=True):
        assert before == after or folded(before)
    assert fold_radicals(result) == result
