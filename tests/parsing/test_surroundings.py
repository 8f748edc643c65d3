"""Page numbers, running titles, continuation marks: notices wherever they stand."""

import pytest

from tests.parsing.drawing import noticed, tree, warned


def pages(number: str, title: str) -> str:
    return "某规划\n（2024年1月2日批准）\n第一章 甲\n" + "".join(
        f"乙丙丁{'。' * (page + 1)}\n{number.format(page)}\n\x0c{title}\n" for page in range(1, 5)
    )


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第{}页", "第 {} 页 共 4 页", "{}/4", "－ {} －"])
@pytest.mark.parametrize("title", ["某市发展改革委", "某规划", "发展规划 汇编"])
def test_page_numbers_and_running_titles_are_no_text(number, title):
    number = number.replace("－", "—")
    assert tree(pages(number, title)) == ["chapter 第一章甲", *["  paragraph "] * 4]
    assert len(noticed(pages(number, title))) == 2 + 8


def test_a_running_title_that_is_a_heading_is_one_once():
    text = "某规划\n" + "".join(f"第一章 甲\n第{page}段。\n— {page} —\n" for page in range(1, 5))
    assert tree(text) == ["chapter 第一章甲", *["  paragraph "] * 4]
    assert warned(text) == []


def test_a_line_of_digits_in_a_table_is_no_page_number():
    assert len(tree("一、甲\n指标\n15\n16\n27\n完。")) == 6


def test_a_short_line_that_comes_again_inside_pages_stays():
    assert tree("一、甲\n各位代表！\n乙。\n各位代表！\n丙。\n各位代表！\n丁。").count("  paragraph ") == 6


@pytest.mark.parametrize("mark", ["(上接第一版)", "（紧接第2版）", "（下转A3版）", "（下转第 3 版）", "▲上接1版"])
def test_continuation_marks_are_notices(mark):
    assert tree(f"某规划\n一、甲\n{mark}\n乙。") == ["heading 一、甲", "  paragraph "]
