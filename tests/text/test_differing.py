"""Where wordings differ: what is not marked is the same on both sides, and what is seen as one is marked as one."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.span import Span
from desktop.text.differing import differences, differing, pieces

WORDS = st.text(st.sampled_from("同意修改。；\n ab12👨‍👩‍👧🇨🇳é𠮷"), max_size=30)


def marked(text: str, spans: tuple[Span, ...]) -> str:
    return "".join(f"[{words}]" if inside else words for words, inside in pieces(text, spans))


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("同意。", "同意。", ("同意。", "同意。")),
        ("由工信局牵头落实。", "由发改委牵头落实。", ("由[工信局]牵头落实。", "由[发改委]牵头落实。")),
        ("怎么落实？", "", ("[怎么落实？]", "")),
        ("请办公室研究。", "请办公室认真研究。", ("请办公室研究。", "请办公室[认真]研究。")),
        ("增长 30%，略高", "增长 35%，略高", ("增长 [30]%，略高", "增长 [35]%，略高")),
        ("同意👨‍👩‍👧吗", "同意👨‍👩‍👦吗", ("同意[👨‍👩‍👧]吗", "同意[👨‍👩‍👦]吗")),
        ("甲的乙", "丙的丁", ("[甲的乙]", "[丙的丁]")),  # one letter between says nothing
        ("一。二。三。", "一。三。", ("一。[二。]三。", "一。三。")),
    ],
)
def test_what_the_other_has_not_is_marked(one: str, other: str, shown: tuple[str, str]) -> None:
    left, right = differing(one, other)
    assert (marked(one, left), marked(other, right)) == shown


@given(WORDS, WORDS)
def test_what_is_not_marked_is_the_same_and_the_pieces_are_the_text(one: str, other: str) -> None:
    left, right = differing(one, other)
    assert "".join(words for words, _ in pieces(one, left)) == one
    same = ["".join(words for words, inside in pieces(*side) if not inside) for side in ((one, left), (other, right))]
    assert same[0] == same[1]
    assert bool(left or right) == (one != other)


def test_of_several_the_first_shows_what_differs_from_any() -> None:
    sides = ["甲乙丙丁戊己", "甲乙丙丁戊庚", "辛乙丙丁戊己"]
    found = [marked(side, spans) for side, spans in zip(sides, differences(sides), strict=True)]
    assert found == ["[甲]乙丙丁戊[己]", "甲乙丙丁戊[庚]", "[辛]乙丙丁戊己"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("的。" * 10_000, "了。" * 10_000),
        ("的" * 20_000, "的了" * 10_000),
        ("ab" * 500, "ba" * 500),
        ("字，" * 10_000 + "尾", "头" + "字，" * 10_000),
    ],
)
def test_long_texts_are_compared_at_once(one: str, other: str) -> None:
    begin = perf_counter()
    assert differing(one, other)
    assert perf_counter() - begin < 2


def test_in_long_texts_the_sentences_that_stay_are_not_marked() -> None:
    one = "".join(f"第{number}项要抓紧落实，明确责任。" for number in range(2_000))
    other = one.replace("第3项要抓紧", "第3项应当抓紧").replace("第1998项要抓紧", "第1998项暂缓")
    left, right = differing(one, other)
    assert [span.of(one) for span in left] == ["要", "要抓紧"]
    assert [span.of(other) for span in right] == ["应当", "暂缓"]
