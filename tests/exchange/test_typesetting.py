"""Which lines become which paragraphs: a title is said once, whatever stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.typesetting import Place, Style, column_widths, typeset
from desktop.model.outline import Notice, NoticeKind, Outline
from desktop.model.source import Hint, LineStyle
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline

TITLE = "关于规划的建议"


def titles_of(between: str, marks: tuple[Span, ...] = ()) -> list[tuple[int, Style]]:
    """Return where a title is set that stands twice with some lines between, and how."""
    text = f"{TITLE}\n{between}\n{TITLE}\n正文。"
    again = text.index(TITLE, 1)
    titles = [Notice(NoticeKind.TITLE, TITLE, start, start + len(TITLE)) for start in (0, again)]
    found = typeset(text, Outline(TITLE, tuple(titles), (), ()), marks)
    return [(found.start, found.style) for found in found if found.start in (0, again)]


def test_a_title_that_stands_again_is_left_out() -> None:
    assert titles_of("来源：日报") == [(0, Style.TITLE)]


def test_a_short_notice_between_makes_it_no_other_part() -> None:
    assert titles_of("现印发给你们。" * 10) == [(0, Style.TITLE)]


def test_far_behind_it_is_the_title_of_another_part() -> None:
    assert [style for _, style in titles_of("现印发给你们。" * 40)] == [Style.TITLE, Style.TITLE]


def test_a_title_within_a_text_stands_apart() -> None:
    text = f"通知。\n{TITLE}\n续行\n正文。"
    titles = (Notice(NoticeKind.TITLE, TITLE, 4, 4 + len(TITLE)), Notice(NoticeKind.TITLE, "续行", 12, 14))
    assert [found.apart for found in typeset(text, Outline(TITLE, titles, (), ()))] == [False, True, False, False]
    assert not typeset(text[4:], Outline(TITLE, (titles[0]._replace(start=0),), (), ()))[0].apart


@pytest.mark.parametrize(("first", "last", "kept"), [(9, 11, True), (0, 12, True), (12, 20, True), (0, 20, False)])
def test_it_stays_where_a_mark_begins_or_ends_in_it(first: int, last: int, kept: bool) -> None:
    marks = (Span(first, last), Span(9, 9))
    assert titles_of("", marks) == [(0, Style.TITLE), *([(9, Style.ASIDE)] if kept else [])]


def styles(text: str, hints: tuple[Hint, ...] = ()) -> list[tuple[str, Style]]:
    found = typeset(text, parse_outline(text, hints))
    return [(text[each.start : each.end], each.style) for each in found]


def test_what_ends_as_a_sentence_does_is_no_heading() -> None:
    text = "第一条 公益活动：\n（一）扶贫、济困；\n（二）扶老、救孤。\n"
    assert {style for _, style in styles(text)} == {Style.BODY}
    assert styles("一、总体要求\n（一）指导思想\n坚持。")[:2] == [
        ("一、总体要求", Style.HEADING_1),
        ("（一）指导思想", Style.HEADING_2),
    ]


@pytest.mark.parametrize(("letters", "strong"), [(30, True), (50, False)])
def test_a_long_first_sentence_is_no_title(letters: int, strong: bool) -> None:
    text = f"一、总则\n（一）{'甲' * letters}。正文。"
    assert (typeset(text, parse_outline(text))[1].strong_end > text.index("（")) is strong


def test_a_title_below_its_number_is_a_heading_too() -> None:
    assert styles("某通知\n一、甲。\n第一章\n总则\n第一条 丙。")[2:4] == [
        ("第一章", Style.CHAPTER),
        ("总则", Style.CHAPTER),
    ]


TABLE = "专栏1 指标\n类别\t指标\t属性\n经济\t增长\t预期\n\t效率\t\n注：累计数\n正文。"


def table_hints(text: str) -> tuple[Hint, ...]:
    starts = [at for at in range(len(text)) if at == 0 or text[at - 1] == "\n"]
    return tuple(Hint(start, LineStyle.TABLE) for start in starts[1:-1])


def test_every_cell_of_a_table_is_told_with_its_place_empty_ones_too() -> None:
    found = typeset(TABLE, parse_outline(TABLE, table_hints(TABLE)))
    assert [(found.style, TABLE[found.start : found.end]) for found in found if found.place is None] == [
        (Style.BOX, "专栏1 指标"),
        (Style.BODY, "正文。"),
    ]
    cells = [(*found.place[1:], TABLE[found.start : found.end]) for found in found if found.place is not None]
    assert cells == [
        (0, 0, 1, "类别"), (0, 1, 1, "指标"), (0, 2, 1, "属性"),
        (1, 0, 1, "经济"), (1, 1, 1, "增长"), (1, 2, 1, "预期"),
        (2, 0, 1, ""), (2, 1, 1, "效率"), (2, 2, 1, ""),
        (3, 0, 3, "注：累计数"),
    ]  # fmt: skip


def test_who_signs_far_behind_the_words_stands_apart_with_the_date_below() -> None:
    date, rule = "2016年11月24日（此件有删改）", f"2017年1月1日起施行，{'请遵照执行。' * 5}"
    text = f"请认真贯彻实施。{'　' * 20}国务院\n{'　' * 20}{date}\n{rule}"
    assert styles(text) == [
        ("请认真贯彻实施。", Style.BODY),
        ("国务院", Style.SIGNATURE),
        (date, Style.SIGNATURE),
        (rule, Style.BODY),
    ]
    assert styles(f"请实施。{'　' * 3}甲。") == [(f"请实施。{'　' * 3}甲。", Style.BODY)]


@given(st.lists(st.floats(0, 500), min_size=1, max_size=8))
def test_columns_fill_the_width_and_a_narrow_one_gets_what_it_needs(needs: list[float]) -> None:
    cells = [(Place(0, 0, column, 1), need) for column, need in enumerate(needs)]
    widths = column_widths(cells, 440)
    assert sum(widths) == pytest.approx(440)
    share = 440 / len(needs)
    assert all(width >= min(need, share) - 1e-6 for width, need in zip(widths, needs, strict=True))
