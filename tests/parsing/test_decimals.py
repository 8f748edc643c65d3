"""Clauses numbered 1.1 and 1.1.1 are told from amounts, days and releases; their numbers are addresses."""

# ruff: noqa: RUF001 (labels are written in every width)

import pytest
from hypothesis import given

from desktop.parsing.addressing import citation, clause_address, find_place
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, tree, warned
from tests.parsing.made_outlines import Made, decimal_outlines, shape

PLAN = (
    "某市突发事件应急预案\n1 总则\n1.1 编制目的\n为提高能力，制定本预案。\n1.2编制依据\n1.2.1 法律。\n1.2.2 法规。\n"
    "（1）甲；\n（2）乙。\n2 组织体系\n本市设立指挥部。\n2.1 领导机构\n1. 甲组；\n2. 乙组。\n2.2 办事机构\n"
    "3 附则\n自印发之日起实施。\n"
)


def test_a_plan_numbered_by_decimals_is_a_tree():
    assert tree(PLAN) == [
        "heading 1总则",
        "  heading 1.1编制目的",
        "    paragraph ",
        "  heading 1.2编制依据",
        "    heading 1.2.1法律",
        "    heading 1.2.2法规",
        "      heading （1）甲",
        "      heading （2）乙",
        "heading 2组织体系",
        "  lead ",
        "  heading 2.1领导机构",
        "    heading 1.甲组",
        "    heading 2.乙组",
        "  heading 2.2办事机构",
        "heading 3附则",
        "  paragraph ",
    ]
    assert warned(PLAN) == []
    assert parse_outline(PLAN).title == "某市突发事件应急预案"


@pytest.mark.parametrize(
    ("first", "second"),
    [("1. 甲", "2. 乙"), ("1、甲", "2、乙"), ("第一章 甲", "第二章 乙"), ("一、甲", "二、乙"), ("1 甲方", "2 乙方")],
)
def test_decimals_stand_under_whatever_bears_their_first_number(first, second):
    text = f"某方案\n{first}\n1.1 目的\n１．２ 依据\n1．2．1、丙\n1.2.2. 丁\n{second}\n2.1 戊\n"
    outline = parse_outline(text)
    top = [[below.label for below in clause.children] for clause in outline.clauses]
    assert top == [["1.1", "１．２"], ["2.1"]]
    assert [below.label for below in outline.clauses[0].children[1].children] == ["1．2．1、", "1.2.2."]


@pytest.mark.parametrize(
    "line",
    [
        "2025.12.15 印发。",
        "1.5亿元以上的从其规定。",
        "1.2 个百分点以上。",
        "1.3%左右。",
        "1.2.1 版本的程序。",
        "2.0 时代。",
        "5.12 地震以后。",
        "1.1 1.2 1.3",
        "12.31",
    ],
)
def test_other_numbers_at_the_beginning_of_a_line_are_none(line):
    assert tree(f"某方案\n一、甲\n乙。\n{line}\n丙。\n") == [
        "heading 一、甲",
        *["  paragraph "] * 3,
    ]


def test_amounts_are_none_among_clauses_numbered_so_either():
    assert "1.5" not in "".join(tree(PLAN.replace("为提高能力", "1.5 倍于上年；\n1.8 亿元；\n为提高能力")))


def test_a_number_that_is_missing_is_warned_of_and_an_inner_list_is_no_chapter():
    assert warned(PLAN.replace("2.2 办事机构", "2.3 办事机构")) == ["缺2.2"]
    assert warned(PLAN.replace("2.1 领导机构", "2.1 领导机构\n2.1.1 甲").replace("2.2 办事机构", "2.1.3 乙")) == [
        "缺2.1.2"
    ]


def test_contents_in_front_are_recognised_by_the_whole_number():
    contents = (
        "目录\n1 总则 1\n1.1 编制目的 1\n1.2 编制依据 2\n2 组织体系 3\n2.1 领导机构 3\n2.2 办事机构 4\n3 附则 5\n"
    )
    title, _, rest = PLAN.partition("\n")
    assert tree(f"{title}\n{contents}{rest}") == tree(PLAN)
    assert tree("某方案\n1 甲方\n1.1 概述\n丙。\n2 乙方\n2.1 概述\n丁。") == [
        "heading 1甲方",
        "  heading 1.1概述",
        "    paragraph ",
        "heading 2乙方",
        "  heading 2.1概述",
        "    paragraph ",
    ]


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("1.2.1", ["1.2.1"]),
        ("１．２．１", ["1.2.1"]),
        ("第1.2.1条", ["1.2.1"]),
        ("1.2", ["1.2"]),
        ("1.2.2第1句", ["1.2.2 · 第1句"]),
        ("1.2.2（2）", ["1.2.2 · （2）"]),
        ("2.1.1", ["2.1 · 1"]),
        ("1.1.9", []),
        ("3", ["3"]),
    ],
)
def test_a_decimal_number_is_an_address(typed, addresses):
    assert [place.address for place in find_place(parse_outline(PLAN), typed)] == addresses


def test_every_place_is_shown_and_cited_by_words_that_find_it():
    outline = parse_outline(PLAN)
    for node in outline.nodes:
        for words in (citation(outline, node.clause.span), clause_address(node.path)):
            assert node.clause.span in [place.span for place in find_place(outline, words)], words
    cited = {citation(outline, node.clause.span) for node in outline.nodes}
    assert {"第1部分", "第1.2.1条", "第1.2.2条（2）", "第2.1条第2项"} <= cited


def test_where_no_clause_is_numbered_so_a_point_parts_clause_and_sentence():
    outline = parse_outline("某方案\n一、甲\n1.乙。丙。\n2.丁。戊。")
    assert [place.address for place in find_place(outline, "2.2")] == ["一 · 2 · 第2句"]


@given(decimal_outlines())
def test_what_was_made_comes_back(made: tuple[Made, ...]):
    text = "\n\n".join(line for clause in made for line in clause.lines())
    outline = parse_outline(f"某市应急预案\n\n{text}\n")
    assert tuple(map(shape, outline.clauses)) == tuple(map(shape, made))
    assert outline.warnings == ()


def test_decimal_numbers_may_stand_in_brackets():
    text = "某标准\n1.总则\n（1.1）甲\n(1.1.1) 乙\n（1.2）丙\n2.要求\n（2.1）丁。"
    outline = parse_outline(text)
    assert drawn(outline) == [
        "heading 1.总则",
        "  heading （1.1）甲",
        "    heading (1.1.1)乙",
        "  heading （1.2）丙",
        "heading 2.要求",
        "  heading （2.1）丁",
    ]
    assert outline.warnings == ()
    assert [(place.address, place.span.of(text)) for place in find_place(outline, "1.1.1")] == [("1.1.1", "(1.1.1) 乙")]


def test_an_amount_in_brackets_is_no_number():
    assert tree("某文\n一、甲\n（1.5）倍。\n（3.2万元）乙。") == ["heading 一、甲", "  paragraph ", "  paragraph "]


STANDARD = (
    "某地方标准\n前言\n本文件由甲提出。\n1 范围\n乙。\n2 引用文件\n丙。\n3 术语\n3.1\n大厅 hall\n场所。\n"
    "3.2\n窗口\n柜台。\n4 要求\n4.1 选址\n4.1.1 丁。\n4.1.2 戊。\n5 设施\n5.1 己。\n"
)


def test_the_chapters_of_a_standard_stand_beside_its_foreword_those_without_sections_too():
    assert [line for line in tree(STANDARD) if "paragraph" not in line] == [
        "heading 前言",
        "heading 1范围",
        "heading 2引用文件",
        "heading 3术语",
        "  heading 3.1",
        "  heading 3.2",
        "heading 4要求",
        "  heading 4.1选址",
        "    heading 4.1.1丁",
        "    heading 4.1.2戊",
        "heading 5设施",
        "  heading 5.1己",
    ]
    assert warned(STANDARD) == []


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("2 引用文件\n", ["缺“2”"]),
        ("4 要求\n", ["缺“4”"]),
        ("3 术语\n3.1\n大厅 hall\n场所。\n3.2\n窗口\n柜台。\n", ["缺“3”"]),
        ("4.1.1 丁。\n", ["缺4.1.1"]),
    ],
)
def test_a_chapter_that_is_missing_is_warned_of_and_takes_no_other_with_it(missing, expected):
    text = STANDARD.replace(missing, "")
    assert warned(text) == expected
    there = [node.clause.label for node in parse_outline(text).nodes if node.clause.label]
    assert there == [
        node.clause.label
        for node in parse_outline(STANDARD).nodes
        if node.clause.label and node.clause.label not in missing.split()
    ]


def test_the_first_section_of_a_chapter_may_be_missing():
    text = "某预案\n一、总则\n1.1目的\n甲。\n1.2依据\n二、预警\n2.2分级\n乙。"
    assert tree(text)[-2:] == ["  heading 2.2分级", "    paragraph "]
    assert warned(text) == ["缺2.1"]


def test_a_column_of_amounts_is_no_row_of_numbers():
    assert tree("某报告\n1 概况\n1.1 甲\n增长\n1.2\n1.3\n1.4\n以上。")[-1] == "    paragraph "


def test_a_bare_number_between_a_chapter_and_its_sections_is_none():
    assert tree("某报告\n1 总则\n2 乙方\n1.1 丙\n1.2 丁\n2 要求\n2.1 戊") == [
        "heading 1总则",
        "  lead ",
        "  heading 1.1丙",
        "  heading 1.2丁",
        "heading 2要求",
        "  heading 2.1戊",
    ]
