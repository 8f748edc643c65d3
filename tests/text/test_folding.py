"""Folding keeps lengths and makes equal only what readers take for equal."""

# ruff: noqa: RUF001 (characters that look alike are what is tested)

import sys

from hypothesis import given
from hypothesis import strategies as st

from desktop.text.folding import fold

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("ＡａİΣςσ○〇零“”„＂‘’＇（）()，,。　\u00a0 𠮷一二①１1")))


def test_every_code_point_folds_to_one_code_point_and_stays_there():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    folded = fold(everything)
    assert len(folded) == len(everything)
    assert fold(folded) == folded


@given(TEXTS, TEXTS)
def test_folding_goes_code_point_by_code_point(first, second):
    assert len(fold(first)) == len(first)
    assert fold(first + second) == fold(first) + fold(second)
    assert fold(fold(first)) == fold(first)


def test_width_case_quotes_blanks_and_zeros_are_folded():
    assert fold("ＡＢＣ１２３，（％）") == fold("abc123,(%)")
    assert fold("“十五五”") == fold('"十五五"') == fold("＂十五五＂")
    assert fold("‘四个’") == fold("'四个'")
    assert fold("总\u3000则\u00a0") == "总 则 "
    assert fold("二○三○") == fold("二〇三零") == "二〇三〇"
    assert fold("İıΣς") == "iıσσ"


def test_different_things_stay_different():
    for one, other in [
        ("①", "1"),
        ("。", "."),
        ("、", ","),
        ("一", "—"),
        ("二", "2"),
        ("Ⅱ", "2"),
        ("ё", "е"),
    ]:
        assert fold(one) != fold(other)
