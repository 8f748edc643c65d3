"""What a text quotes is no heading of it, however much it looks like one."""

import pytest
from hypothesis import given

from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import tree
from tests.parsing.made_outlines import laws


def labels(text: str) -> list[str]:
    return [node.clause.label for node in parse_outline(text).nodes if node.clause.label]


@given(laws())
def test_a_whole_law_between_quotation_marks_gives_no_heading(made):
    quoted = "\n".join(line.replace("“", "").replace("”", "") for clause in made for line in clause.lines())
    assert labels(f"某某决定\n一、增加下列规定：\n“{quoted}”\n二、本决定自公布之日起施行。") == ["一、", "二、"]


@given(laws())
def test_a_quotation_may_begin_in_the_line_that_amends(made):
    quoted = "\n".join(line.replace("“", "").replace("”", "").strip() for clause in made for line in clause.lines())
    assert labels(f"某某决定\n一、修改为：“{quoted}”\n二、本决定自公布之日起施行。") == ["一、", "二、"]


@given(laws())
def test_every_paragraph_of_a_quotation_may_open_anew(made):
    lines = [line.replace("“", "").replace("”", "").strip() for clause in made for line in clause.lines()]
    quoted = "\n".join(f"“{line}" for line in lines)
    assert labels(f"某某决定\n一、修改为：\n{quoted}”\n二、施行。") == ["一、", "二、"]


def test_new_wording_without_quotation_marks_is_quoted_until_the_numbers_go_on():
    text = (
        "某某决定\n一、将第十条修改为：\n第十条　甲。\n（一）乙；\n二、增加一章，作为第三章：\n第三章　丙\n"
        "第十一条　丁。\n三、删去第九条。"
    )
    assert labels(text) == ["一、", "二、", "三、"]


def test_an_article_may_amend_another_one():
    text = "某某修改办法\n第一条　将第十条修改为：\n第十条　甲。\n第二条　乙。\n第三条　本办法自公布之日起施行。"
    assert labels(text) == ["第一条", "第二条", "第三条"]


def test_several_quotations_one_after_another_are_all_quotations():
    text = "一、修改为：\n“第三条　甲。”\n“第四条　乙。\n（一）丙。”\n二、丁。"
    assert tree(text) == ["heading 一、修改为：", *["  closing "] * 3, "heading 二、丁"]


def test_speech_of_several_paragraphs_is_quoted():
    assert labels("一、甲\n会议指出：“要抓紧。\n一、要快；\n二、要好。”\n二、乙") == ["一、", "二、"]


def test_straight_quotation_marks_quote_an_article():
    assert labels('一、修改为："第三条　甲。\n第四条　乙。"\n二、丙。') == ["一、", "二、"]


def test_a_misprinted_quotation_mark_swallows_nothing():
    assert labels("一、“甲\n二、乙说：“丙\n三、丁") == ["一、", "二、", "三、"]
    assert labels("一、坚持“三新目标。\n二、乙\n三、丁”") == ["一、", "二、", "三、"]


def test_an_item_quoted_inside_a_long_line_begins_no_clause():
    text = "一、甲：“（一）乙；（二）丙；（三）丁。”" + "长" * 400
    assert labels(text) == ["一、"]


def test_a_quotation_that_is_never_closed_is_told_where_it_opens():
    text = "某决定\n一、修改为：“第五条　乙。\n二、修改为：“第六条　丙。”\n三、丁。"
    (warning,) = parse_outline(text).warnings
    assert (warning.start, "没有后引号" in warning.text) == (text.index("“第五条"), True)
    assert parse_outline(text.replace("乙。", "乙。”")).warnings == ()


def test_the_last_paragraph_of_a_quotation_may_open_it_anew():
    text = "某说明\n一、草案规定：\n“第二条　甲。\n“本条例所称乙，是指丙。”\n二、丁。"
    assert labels(text) == ["一、", "二、"]
    assert parse_outline(text).warnings == ()


@pytest.mark.parametrize(
    ("text", "expected", "warning"),
    [
        (
            "一、第三条修改为：\n“第三条　甲。”\n三、第六条修改为：\n“第六条　丙。”\n四、丁。",
            "一、 三、 四、",
            "缺“二、”",
        ),
        ("一、将第十条修改为：\n第十条　甲。\n（一）乙；\n三、删去第九条。\n四、丙。", "一、 三、 四、", "缺“二、”"),
        (
            "第一条　将第十条修改为：\n第十条　甲。\n第十一条　乙。\n第三条　丙。\n第四条　丁。",
            "第一条 第三条 第四条",
            "缺第二条",
        ),
        (
            "一、修改为：\n“第三条　甲。\n二、修改为：\n“第六条　丙。”\n三、丁。\n四、戊。",
            "一、 二、 三、 四、",
            "这里的前引号后面没有后引号，引文到哪里为止看不出来",
        ),
        (
            "一、修改为：\n“第三条　甲。\n二、删去第四条。\n三、修改为：“第六条　丙。\n（一）乙。”\n四、戊。",
            "一、 二、 三、 四、",
            "这里的前引号后面没有后引号，引文到哪里为止看不出来",
        ),
    ],
)
def test_a_number_or_a_mark_that_is_missing_swallows_no_further_point(text, expected, warning):
    outline = parse_outline(f"某某决定\n{text}")
    assert [node.clause.label for node in outline.nodes if node.clause.label] == expected.split()
    assert [one.text for one in outline.warnings] == [warning]


@pytest.mark.parametrize(
    "text",
    [
        "一、增加居民收入的主要举措：\n（一）甲。\n（二）乙。\n二、丙\n三、丁",
        "一、任务增加以下内容：\n1.甲。\n2.乙。\n二、丙\n三、丁",
        "一、目标修改为：\n甲。\n1.乙。\n二、丙\n附件1 丁\n一、戊",
        "第一章 甲\n一、收费改为：\n（一）乙。\n第二章 丙\n一、丁",
    ],
)
def test_words_that_only_sound_like_an_amendment_quote_nothing(text):
    outline = parse_outline(f"某规划\n{text}")
    expected = [line for line in text.splitlines() if line != "甲。"]
    assert [
        text[node.clause.start - 4 : node.clause.end - 4] for node in outline.nodes if node.clause.label
    ] == expected


def test_an_item_may_be_amended_without_marks():
    text = "某决定\n一、第三条增加一项，作为第（三）项：\n（三）甲；\n（四）乙。\n二、丙。"
    assert labels(text) == ["一、", "二、"]


def test_paragraphs_between_straight_marks_may_open_anew():
    text = '某决定\n一、第五条修改为："甲。\n"乙。"\n二、增加一条："丙：\n"（一）丁；\n"（二）戊。"\n三、删去。'
    assert labels(text) == ["一、", "二、", "三、"]
    assert parse_outline(text).warnings == ()
