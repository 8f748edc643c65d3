"""Readings of characters, and letters as pinyin."""

import subprocess
import sys
import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from desktop.resources import resource_path
from desktop.text.pinyin import (
    MOST_INITIALS,
    MOST_SPLITS,
    characters,
    characters_from,
    initials,
    place_among,
    readings,
    splits,
)

HEADER = """\
# How Chinese characters are read, without tones, ü as v: a syllable, the characters whose first reading it is, and
# after another blank those that some word reads so too. Derived from pypinyin (MIT License, see NOTICE) by
# tests/text/test_pinyin.py, which compares the two and writes this file anew when it is run as a program.
"""


def _toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading)
    # In NFD a tone may stand before or after the two dots; either way they follow their u.
    letters: list[str] = []
    for sign in decomposed:
        if sign == "\u0308":
            letters[-1] = "v"
        elif not unicodedata.combining(sign):
            letters.append(sign)
    return "".join(letters)


def _derived() -> str:
    """Make the table from pypinyin: the first reading of a character, and those that a phrase of pypinyin's has.

    Sounds without a vowel (嗯 n, 噷 hm) are left out: letters would be split at each of them.
    """
    used = defaultdict(set)
    for phrase, syllables in PHRASES_DICT.items():
        if len(phrase) == len(syllables):
            for character, (syllable, *_others) in zip(phrase, syllables, strict=True):
                used[character].add(_toneless(syllable))
    rows: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for code in (0x3007, *range(0x4E00, 0xA000)):
        known = [
            each
            for each in dict.fromkeys(map(_toneless, PINYIN_DICT.get(code, "").split(",")))
            if set(each) & set("aeiouv")
        ]
        for index, reading in enumerate(known):
            if index == 0 or reading in used[chr(code)]:
                rows[reading][min(index, 1)].append(chr(code))
    return HEADER + "".join(f"{name} {''.join(rows[name][0])} {''.join(rows[name][1])}\n" for name in sorted(rows))


def test_the_table_is_what_pypinyin_says() -> None:
    assert resource_path("dictionaries", "pinyin.txt").read_text("utf-8") == _derived()


@pytest.mark.parametrize(
    ("character", "syllables"),
    [
        ("高", ("gao",)),
        ("重", ("zhong", "chong")),
        ("长", ("zhang", "chang")),
        ("绿", ("lv", "lu")),
        ("略", ("lve",)),
        ("〇", ("ling",)),
        ("a", ()),
        ("、", ()),
    ],
)
def test_a_character_has_its_readings(character: str, syllables: tuple[str, ...]) -> None:
    assert readings(character) == syllables


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("高质量发展", "gzlfz"),
        ("重庆", "cq"),
        ("重庆", "zq"),
        ("长沙", "cs"),
        ("长沙", "zs"),
        ("双随机、一公开", "ssjygk"),
        ("AI赋能", "aifn"),
    ],
)
def test_a_word_has_the_initials_of_all_its_readings(word: str, letters: str) -> None:
    assert letters in initials(word)


def test_initials_start_with_the_common_readings_and_are_limited() -> None:
    assert initials("重庆") == ("zq", "cq")
    assert initials("重行长调降") == tuple(dict.fromkeys(initials("重行长调降")))
    assert len(initials("重行长调降")) == MOST_INITIALS
    assert initials("重行长调降")[0] == "zxzdj"
    assert initials("𠮷野") == ()
    assert initials("、，") == ()


@pytest.mark.parametrize(
    ("letters", "ways"),
    [
        ("gaozhiliang", {("gao", "zhi", "liang"), ("gao", "zhi", "li", "ang")}),
        ("fangan", {("fang", "an"), ("fan", "gan")}),
        ("gaozhil", {("gao", "zhi", "l")}),
        ("gaozh", {("gao", "zh")}),
        ("celue", {("ce", "lue"), ("ce", "lu", "e")}),
        ("xyz", set()),
        ("", set()),
    ],
)
def test_letters_are_split_into_syllables(letters: str, ways: set[tuple[str, ...]]) -> None:
    assert ways <= set(splits(letters))
    assert bool(splits(letters)) == bool(ways)
    assert len(set(splits(letters))) == len(splits(letters))


@given(st.lists(st.sampled_from("高质量发展重庆长沙绿略行方案西安"), min_size=1, max_size=6), st.data())
def test_what_is_read_is_found_again(word: list[str], data: st.DataObject) -> None:
    syllables = [data.draw(st.sampled_from(readings(character))) for character in word]
    assert all(character in characters(syllable) for character, syllable in zip(word, syllables, strict=True))
    assert "".join(syllable[0] for syllable in syllables)[:1] in {row[0] for row in initials("".join(word))}
    ways = splits("".join(syllables))
    assert all("".join(way) == "".join(syllables) for way in ways)
    assert tuple(syllables) in ways or len(ways) == MOST_SPLITS


def test_a_beginning_stands_for_all_syllables_with_it() -> None:
    assert {"中", "张"} <= set(characters_from("zh"))
    assert "高" not in characters_from("zh")
    assert "略" in characters_from("lue")
    assert "略" in characters_from("lve")
    assert characters("lue") == characters("lve")


def test_letters_without_a_meaning_are_given_up_at_once() -> None:
    assert splits("angang" * 200 + "x!") == ()
    assert len(splits("angang" * 20)) == MOST_SPLITS


def test_words_are_sorted_as_people_do() -> None:
    words = ["2026", "AI", "+芯片", "ai芯片", "产业", "产业/芯片", "产业链", "民生", "重点", "〇", "★"]
    shuffled = sorted(words)
    assert shuffled != words
    assert sorted(shuffled, key=place_among) == [
        *("★", "2026", "AI", "ai芯片", "产业", "产业/芯片", "产业链", "〇", "民生", "+芯片", "重点")
    ]


def test_the_table_is_not_read_before_it_is_needed() -> None:
    code = "import desktop.text.pinyin as p; assert not p._lines.cache_info().currsize"
    subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    resource_path("dictionaries").joinpath("pinyin.txt").write_text(_derived(), "utf-8")
