"""Contents blocks are recognised and not doubled into the tree."""

import pytest

from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, noticed, tree

BODY = "第一篇 甲\n第一章 乙\n丙。\n第二章 丁\n戊。\n第二篇 己\n第三章 庚\n辛。"
TREE = [
    "part 第一篇甲",
    "  chapter 第一章乙",
    "    paragraph ",
    "  chapter 第二章丁",
    "    paragraph ",
    "part 第二篇己",
    "  chapter 第三章庚",
    "    paragraph ",
]
PLAIN = "第一篇 甲\n第一章 乙\n第二章 丁\n第二篇 己\n第三章 庚\n"
ENTRIES = "第一篇 甲{0}1\n第一章 乙{0}1\n第二章 丁{0}2\n第二篇 己{0}3\n第三章 庚{0}3\n"


@pytest.mark.parametrize("word", ["目录\n", "目　　录\n", "目 次\n\n", ""])
@pytest.mark.parametrize("leader", [" ...... ", "……", "\t", "　"])
def test_a_list_of_headings_before_the_text_is_no_tree(word, leader):
    outline = parse_outline(f"某某规划\n{word}{ENTRIES.format(leader)}{BODY}")
    assert drawn(outline) == TREE
    assert len(outline.notices) == 1 + bool(word) + 5
    assert outline.warnings == ()


@pytest.mark.parametrize("word", ["目录\n　　", "目录："])
def test_contents_run_together_in_one_line_are_known(word):
    line = word + "第一篇 甲　第一章 乙　第二章 丁第二篇 己　第三章 庚"
    assert drawn(parse_outline(f"某某规划\n{line}\n{BODY}")) == TREE


def test_contents_that_stand_behind_a_preface_are_known():
    outline = parse_outline(f"某某规划\n本规划由某局编制，说明如下。\n目录\n{ENTRIES.format('……')}{BODY}")
    assert drawn(outline) == ["paragraph ", *TREE]


def test_entries_without_a_number_belong_to_the_contents():
    text = "某某规划\n目录\n前言……1\n第一章 甲……1\n结束语……9\n附件……10\n前言\n乙。\n第一章 甲\n丙。\n结束语\n丁。"
    assert tree(text) == [
        "heading 前言",
        "  paragraph ",
        "chapter 第一章甲",
        "  paragraph ",
        "heading 结束语",
        "  paragraph ",
    ]


@pytest.mark.parametrize(
    "last", ["附则\n", "附　则\n", "名词解释\n附则\n", "名词解释\n— 1 —\n附 则\n\n某某规划\n（草案）\n"]
)
def test_the_last_entries_may_have_neither_number_nor_page(last):
    body = BODY + "\n名词解释\n壬。\n附　则\n某某规划\n癸。"
    text = f"某某规划\n目录\n{PLAIN}{last}{body}"
    assert tree(text) == [*TREE, "heading 名词解释", "  paragraph ", "heading 附　则", "  paragraph "]


def test_a_preface_behind_the_contents_is_no_entry():
    text = f"某某规划\n目录\n{PLAIN}附则\n前言\n子。\n{BODY}\n附则\n丑。"
    assert tree(text) == ["heading 前言", "  paragraph ", *TREE, "heading 附则", "  paragraph "]


def test_the_title_behind_the_contents_is_a_title_again():
    text = "某某规划\n目录\n第一章 甲……1\n— 1 —\n某某规划\n（草案）\n第一章 甲\n乙。"
    assert noticed(text)[-3:] == ["other — 1 —", "title 某某规划", "subtitle （草案）"]


def test_headings_that_come_again_with_no_text_between_them_are_no_contents():
    lines = ["第一章 甲", "第二章 乙", "第三章 丙"]
    assert len(tree("\n".join(lines * 3))) == 9


@pytest.mark.parametrize("leader", ["\t", "……"])
def test_two_entries_are_contents_where_both_name_a_page(leader):
    body = "第一章 甲\n乙。\n第二章 丙\n丁。"
    outline = parse_outline(f"某某规划\n第一章 甲{leader}1\n第二章 丙{leader}2\n{body}")
    assert drawn(outline) == ["chapter 第一章甲", "  paragraph ", "chapter 第二章丙", "  paragraph "]
    assert outline.warnings == ()
    half = parse_outline(f"某某规划\n第一章 甲\n第二章 丙……2\n{body}")
    assert len([line for line in drawn(half) if line.startswith("chapter")]) == 4


def test_contents_of_another_text_stay_text():
    assert tree("某某规划\n目录\n第一章 甲\n乙。")[-2:] == ["chapter 第一章甲", "  paragraph "]
