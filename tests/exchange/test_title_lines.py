"""Lines of a title: none is too long, none begins or ends within a word, and as even as words allow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.title_lines import line_starts, places


def lines_of(title: str, longest: float = 20) -> list[str]:
    return [title[start:end] for start, end in pairwise((*line_starts(title, longest), len(title)))]


@pytest.mark.parametrize(
    "lines",
    [
        ("关于规划的建议",),
        ("中共中央关于制定国民经济和社会发展", "第十五个五年规划的建议"),
        ("中共衡阳市委关于制定衡阳市", "国民经济和社会发展第十五个五年规划的建议"),
        ("国务院办公厅关于进一步优化政务服务提升", "行政效能推动“高效办成一件事”的指导意见"),
        ("全国深化“放管服”改革优化营商环境", "电视电话会议重点任务分工方案"),
        ("衡阳市人民政府关于印发", "《衡阳市国民经济和社会发展", "第十五个五年规划纲要》的通知"),
    ],
)
def test_titles_are_broken_where_a_reader_pauses(lines: tuple[str, ...]) -> None:
    assert lines_of("".join(lines)) == list(lines)


def test_no_line_ends_with_a_word_that_leads_to_the_next() -> None:
    assert not set(places("关于对在湘企业和个人的通知")) & {2, 3, 4, 8}


def test_what_stands_below_a_title_is_broken_by_sense_too() -> None:
    lines = ["(2025年12月15日中国共产党衡阳市", "第十二届委员会第十次全体会议通过)"]
    assert lines_of("".join(lines), 27) == lines


@given(st.text(st.sampled_from("国民经济和社会发展的规划建议《》“”、。 aB1𠮷"), max_size=70))
def test_all_letters_stay_and_no_line_is_empty_or_too_long(title: str) -> None:
    lines = lines_of(title)
    assert "".join(lines) == title
    if len(lines) > 1:
        assert all(line and sum(0.5 if letter.isascii() else 1 for letter in line) <= 20 for line in lines)
        assert not any(line[0] in "》”、。 的和" for line in lines[1:])
        assert not any(line[-1] in "《“" for line in lines[:-1])
