"""Running titles and page numbers are left out; what only looks like them is text and stays."""

from __future__ import annotations

import pytest

from desktop.exchange.readers.broken_lines import Line
from desktop.exchange.readers.furniture import drop_furniture, is_page_number

LINES = ("坚持稳中求进工作总基调", "完整准确全面贯彻新发展理念", "以高质量发展为主题", "以改革创新为根本动力")


def body(number: int) -> list[str]:
    """Return the four lines of a page, which no other has."""
    return [f"{'甲乙丙丁戊己庚辛壬癸'[number % 10] * 3}{line}" for line in LINES]


def page(*lines: str, small: tuple[str, ...] = (), gap: float = 1.0) -> list[Line]:
    """Set lines on a page; `gap` is the space behind the first, in lines."""
    found = []
    top = 0.0
    for text in lines:
        found.append(Line(text, 0, len(text), top, 0.8 if text in small else 1.0, cells=1 + text.count("\t")))
        top += 1.5 * (gap if len(found) == 1 else 1.0)
    return found


def kept(pages: list[list[Line]]) -> list[list[str]]:
    return [[line.text for line in lines] for lines in drop_furniture(pages)[0]]


@pytest.mark.parametrize(
    "opener", ["附件{}", "附件 {}", "附表{}", "专栏{}", "表{}", "图{}", "表{}-1", "附件{} 任务分工", "{}月"]
)
def test_a_figure_that_is_a_label_is_no_page_number(opener: str) -> None:
    for count in (2, 3, 6):
        pages = [page(opener.format(number), *body(number), gap=3) for number in range(1, count + 1)]
        assert [lines[0] for lines in kept(pages)] == [opener.format(number) for number in range(1, count + 1)]


@pytest.mark.parametrize("opener", ["附件", "附件：", "附件1", "续附表"])
def test_a_bare_label_begins_something_new_however_often_it_comes(opener: str) -> None:
    assert [lines[0] for lines in kept([page(opener, *body(number), gap=3) for number in range(5)])] == [opener] * 5


def test_the_rows_of_a_table_without_lines_stay() -> None:
    for count in (2, 3):
        pages = [page(f"格{number}0", *body(number), f"格{number}9", "合计") for number in range(count)]
        assert kept(pages) == [[line.text for line in lines] for lines in pages]
    head = "类别\t指标\t2030年"
    assert [lines[0] for lines in kept([page(head, *body(number), gap=2) for number in range(6)])] == [head] * 6


@pytest.mark.parametrize(
    ("title", "pages", "small", "gap", "lines"),
    [
        ("内部资料", 2, True, 1, 4),
        ("内部资料", 2, False, 3, 4),
        ("明州市第十五个五年规划纲要", 2, False, 1, 4),
        ("内部资料", 2, False, 1, 5),
        ("内部资料", 5, False, 1, 4),
    ],
)
def test_a_running_title_is_told_by_its_size_its_distance_its_length_or_by_many_pages(
    title: str, pages: int, small: bool, gap: float, lines: int
) -> None:
    made = [page(title, *body(number), small=(title,) if small else (), gap=gap) for number in range(pages)]
    assert [len(found) for found in kept(made)] == [lines] * pages


def test_a_running_title_may_hold_the_number_of_its_page() -> None:
    pages = [page(f"明州市规划纲要 {number}", *body(number), gap=2) for number in range(7, 11)]
    found, furniture = drop_furniture(pages)
    assert all(len(lines) == 4 for lines in found)
    assert furniture.titles.total() == 4
    others = [page(f"明州市规划纲要 {number}", *body(number), gap=2) for number in (3, 9, 4, 1)]
    assert all(len(lines) == 5 for lines in kept(others))


def test_a_heading_that_runs_on_over_the_pages_stays_once() -> None:
    pages = [page("第一章 总则", *body(number), gap=3) for number in range(4)]
    assert [len(lines) for lines in kept(pages)] == [5, 4, 4, 4]
    pages[1].insert(3, Line("第一章 总则", 0, 6, 5.0))
    assert [len(lines) for lines in kept(pages)] == [4, 5, 4, 4]


def test_the_edges_of_a_page_are_where_its_lines_stand_not_the_order_of_its_columns() -> None:
    def columns(number: int) -> list[Line]:
        left = [Line(text, 0, 20, 10 + 1.5 * n, block="<") for n, text in enumerate(body(number))]
        right = [Line(text, 22, 42, 10 + 1.5 * n, block=">") for n, text in enumerate(body(number + 5))]
        head = Line("明州日报", 22, 28, 2, 0.8, block=">")
        return [*left, Line(f"— {number} —", 0, 5, 20, block="<"), head, *right]

    assert [len(lines) for lines in kept([columns(1), columns(2)])] == [8, 8]


@pytest.mark.parametrize("text", ["— 7 —", "-7-", "第 7 页 共 20 页", "7/20", "Page 7 of 20"])
def test_page_numbers_are_known(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["7", "第七页", "2026年", "附件7"])
def test_other_figures_are_none(text: str) -> None:
    assert not is_page_number(text)
