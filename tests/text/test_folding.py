"""Folding keeps lengths and makes equal only what readers take for equal."""

# ruff: noqa: RUF001 (characters that look alike are what is tested)

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.resources import resource_path
from desktop.text.folding import fold, guises

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("ＡａİΣςσ○〇零“”„＂‘’＇「』（）()，,。　\u00a0\t 𠮷一二①１1×*xX—–-·•幹乾干後后⼀"),
    )
)
EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


def test_every_code_point_folds_to_one_code_point_and_stays_there():
    folded = fold(EVERYTHING)
    assert len(folded) == len(EVERYTHING)
    assert fold(folded) == folded
    assert "".join(map(fold, EVERYTHING[:0x10000])) == folded[:0x10000]


@given(TEXTS, TEXTS)
def test_folding_goes_code_point_by_code_point(first, second):
    assert len(fold(first)) == len(first)
    assert fold(first + second) == fold(first) + fold(second)
    assert fold(fold(first)) == fold(first)


@given(st.text(st.sampled_from(fold(EVERYTHING[:0x10000])[0x80:] + EVERYTHING[0x4E00:0xA000]), max_size=200))
def test_it_is_the_same_however_many_different_characters_are_folded(text):
    assert fold(text) == "".join(map(fold, text))


def test_small_letters_are_those_of_unicode():
    for code, character in enumerate(EVERYTHING[:0x10000]):
        small = character.lower()
        if small != character and len(small) == 1 and unicodedata.category(character) == "Lu":
            assert fold(character) == fold(small), hex(code)


def test_width_case_quotes_blanks_and_zeros_are_folded():
    assert fold("ＡＢＣ１２３，（％）") == fold("abc123,(%)")
    assert fold("“十五五”") == fold('"十五五"') == fold("＂十五五＂") == fold("「十五五」") == fold("『十五五』")
    assert fold("‘四个’") == fold("'四个'")
    assert fold("总\u3000则\u00a0\t") == "总 则  "
    assert fold("二○三○") == fold("二〇三零") == "二〇三〇"
    assert fold("İıΣς") == "iıσσ"


@pytest.mark.parametrize(
    "alike",
    ["—–―－-", "×xX*＊", "·•・", "～~〜", "〔[［", "干乾幹", "后後", "里裏裡", "面麵", "发發髮", "国國", "为爲為"],
)
def test_forms_of_one_thing_are_folded_to_one(alike):
    assert len({fold(character) for character in alike}) == 1


def test_radicals_and_compatibility_ideographs_are_the_characters_they_look_like():
    assert fold("⼀⺠⻩\uf9b2\ufa19") == "一民黄〇神"
    assert fold(unicodedata.normalize("NFKC", "\u2f17")) == fold("\u2f17")


def test_ascii_is_folded_as_in_other_text():
    assert fold("A*B\tc") + "一" == fold("A*B\tc一")


def test_different_things_stay_different():
    for one, other in [
        ("①", "1"),
        ("。", "."),
        ("、", ","),
        ("一", "—"),
        ("二", "2"),
        ("Ⅱ", "2"),
        ("ё", "е"),
        ("著", "着"),
        ("像", "象"),
        ("沈", "沉"),
        ("计", "规"),
    ]:
        assert fold(one) != fold(other)


def test_the_table_says_each_thing_once():
    lines = resource_path("dictionaries", "variants.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    assert lines == sorted(lines)
    forms, others = [line[0] for line in lines], "".join(line[1:] for line in lines)
    assert len(set(forms)) == len(forms)
    assert len(set(others)) == len(others)
    assert not set(forms) & set(others)
    assert max(others) < "\U00010000"


def test_what_is_folded_to_a_character_is_found_by_it():
    text = "".join(map(chr, range(0x20, 0x10000)))
    for character, form in zip(text, fold(text), strict=True):
        assert character == form or character in guises(form)
