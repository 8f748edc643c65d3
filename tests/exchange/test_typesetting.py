"""Which lines become which paragraphs: a title is said once, whatever stands around it."""

from __future__ import annotations

import pytest

from desktop.exchange.writers.typesetting import Style, typeset
from desktop.model.outline import Notice, NoticeKind, Outline
from desktop.model.span import Span

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
