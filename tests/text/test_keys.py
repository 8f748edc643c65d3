"""A key leaves out the blanks beside quotation marks, and knows the way back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from desktop.text.blanks import INVISIBLE
from desktop.text.folding import fold
from desktop.text.keys import Key, make_key

TEXTS = st.text(st.sampled_from("甲乙 \u3000“”\"'‘’\n幹A\u200b\u00ad"), max_size=30)
UNSEEN = re.compile(f"[{INVISIBLE}]")


@given(TEXTS)
def test_a_key_is_the_folded_text_without_what_it_says_it_left_out(text):
    key = make_key(text)
    folded = fold(text)
    kept = [offset for offset in range(len(text)) if offset not in key.dropped]
    assert key.text == "".join(folded[offset] for offset in kept)
    assert [key.origin(offset) for offset in range(len(key.text))] == kept
    assert all(folded[offset] == " " or UNSEEN.match(folded[offset]) for offset in key.dropped)
    assert not UNSEEN.search(key.text)
    assert list(key.dropped) == sorted(set(key.dropped))


@given(TEXTS, st.integers(0, 30), st.integers(1, 30))
def test_a_stretch_without_blanks_at_its_edges_is_found_by_its_key(text, start, length):
    stretch = text[start : start + length]
    edges = fold(stretch[:1] + stretch[-1:])
    if stretch and " " not in edges and not UNSEEN.search(edges):
        key, sought = make_key(text), make_key(stretch).text
        places = [at for at in range(len(key.text)) if key.text.startswith(sought, at)]
        assert (start, start + len(stretch)) in [key.span(at, len(sought)) for at in places]


def test_blanks_inside_and_outside_quotation_marks_make_no_difference():
    assert make_key("“ 十五五 ”规划").text == make_key("“十五五” 规划").text == '"十五五"规划'
    assert make_key("甲 乙") == Key("甲 乙")
    assert make_key("‘ 甲’").dropped == (1,)


def test_letters_that_are_not_seen_make_no_difference():
    key = make_key("攻\u200b坚\ufeff克\u00ad难")
    assert key.text == "攻坚克难"
    assert key.span(0, 2) == (0, 3)
    assert make_key("“\u200b 十五五 \u200b”").text == '"十五五"'
    assert make_key("甲 \u200b 乙").text == "甲  乙"


def test_a_long_run_of_blanks_takes_no_time():
    assert make_key("\u200b" + " " * 100_000 + "甲").dropped == (0,)


def test_a_span_goes_from_the_first_to_the_last_of_its_code_points():
    key = make_key("一“ 二 ”三")
    assert key.text == '一"二"三'
    assert key.span(1, 3) == (1, 6)
    assert key.span(2, 1) == (3, 4)


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_part_of_a_key_is_the_key_of_the_part(text, start, length):
    start = min(start, len(text))
    stretch = text[start : start + length]
    part, alone = make_key(text).part(start, start + len(stretch)), make_key(stretch)
    assert part.text.strip(" ") == alone.text.strip(" ")
    folded = fold(stretch)
    assert [folded[part.origin(offset)] for offset in range(len(part.text))] == list(part.text)
