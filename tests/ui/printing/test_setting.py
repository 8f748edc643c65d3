"""Words in lines: those of a title end where sense says, whatever letters it has, and stand in the middle."""

from __future__ import annotations

import pytest

from desktop.exchange.writers.title_lines import line_starts
from desktop.exchange.writers.typesetting import Style
from desktop.ui.printing.measures import LOOKS, WIDTH
from desktop.ui.printing.setting import SetParagraph

TITLES = (
    "中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议",
    "关于2025年国民经济和社会发展计划执行情况与2026年国民经济和社会发展计划草案的报告",
    "𠮷野家" * 9,
    "👨\u200d👩\u200d👧规划" * 6,
)


@pytest.mark.parametrize("title", TITLES)
def test_lines_of_a_title_end_by_sense_in_the_middle_of_the_page(title: str) -> None:
    made = SetParagraph(title, LOOKS[Style.TITLE], 29)
    assert [line.start for line in made.lines] == list(line_starts(title))
    assert len(made.lines) > 1
    for line in made.lines:
        assert line.x(line.start) + line.line.naturalTextWidth() / 2 == pytest.approx(WIDTH / 2, abs=2)


@pytest.mark.parametrize("turning", ["\u202e", "\u202a", "\u2066", "\u2069", "\x07"])
def test_nothing_on_paper_turns_words_round_or_has_no_picture(turning: str) -> None:
    assert SetParagraph(f"甲{turning}abc", LOOKS[Style.BODY], 29).words == "甲 abc"
