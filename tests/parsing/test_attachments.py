"""Notices with what is attached to them: numbers begin anew, lists of attachments are no headings."""

import pytest

from desktop.model.clause import ClauseKind
from desktop.model.source import LineStyle
from desktop.parsing.addressing import citation, clause_address, find_place
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, noticed, styled, tree, warned

NOTICE = "某市关于印发某行动方案的通知\n某发[2024]1号\n各单位：\n一、要重视。\n二、要落实。\n"


@pytest.mark.parametrize(
    "listed",
    [
        "附件：1.某行动方案\n　　　2.任务清单\n",
        "附件：\n1.某行动方案\n2.任务清单\n",
        "附件1：某行动方案\n附件2：任务清单\n",
        "附件1.某行动方案\n",
    ],
)
def test_numbers_begin_anew_in_every_attachment(listed):
    text = f"{NOTICE}{listed}某市\n2024年1月2日\n\n附件1\n某行动方案\n一、总体要求\n甲。\n"
    text += "附件2\n\n任务清单\n1.乙。\n2.丙。"
    outline = parse_outline(text)
    assert [line for line in drawn(outline) if not line.strip().startswith(("closing", "paragraph"))] == [
        "heading 一、要重视",
        "heading 二、要落实",
        "heading 附件1某行动方案",
        "  heading 一、总体要求",
        "heading 附件2任务清单",
        "  heading 1.乙",
        "  heading 2.丙",
    ]
    assert outline.warnings == ()
    assert [place.address for place in find_place(outline, "附件2 2")] == ["附件2 · 2"]


def test_one_attachment_has_no_number():
    text = f"{NOTICE}附件：某表\n某市\n附件\n某表\n一、甲\n二、乙"
    assert tree(text)[-3:] == ["heading 附件某表", "  heading 一、甲", "  heading 二、乙"]


def test_the_title_of_an_attachment_may_stand_beside_its_number():
    assert tree("某通知\n一、甲。\n附件1：某办法\n第一条　乙。\n附件2：某细则\n第一条　丙。") == [
        "heading 一、甲",
        "heading 附件1某办法",
        "  article 第一条",
        "heading 附件2某细则",
        "  article 第一条",
    ]


def test_an_attachment_that_is_spoken_of_is_none():
    assert tree("某通知\n一、甲。\n附件所列事项。\n附件1中的乙。")[1:] == ["  closing ", "  closing "]


LAW = "某条例\n第一章　总则\n第一条　甲。\n第二条　乙。\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("附表：评分表\n项目\t分值\n甲\t60", ["heading 附表评分表", "  table "]),
        ("附表　收费标准\n项目　金额", ["heading 附表收费标准", "  paragraph "]),
        (
            "附表1\n甲表\n项目\t分值\n附表2\n乙表\n项目\t分值",
            ["heading 附表1甲表", "  table ", "heading 附表2乙表", "  table "],
        ),
        (
            "附表1-1 甲表\n子。\n附表1-2 乙表\n丑。",
            ["heading 附表1-1甲表", "  paragraph ", "heading 附表1-2乙表", "  paragraph "],
        ),
        ("附图：区位图", ["heading 附图区位图"]),
        ("附图1：区位图\n附图2：规划图", ["heading 附图1区位图", "heading 附图2规划图"]),
        ("附表1：\n评分表\n项目\t分值", ["heading 附表1评分表", "  table "]),
        ("附录A（规范性附录）\n子。", ["heading 附录A（规范性附录）", "  paragraph "]),
        ("附图\n区位图\n名词解释\n1.子。", ["heading 附图区位图", "heading 名词解释", "  heading 1.子"]),
        ("附　录\n一、子\n二、丑", ["heading 附　录", "  heading 一、子", "  heading 二、丑"]),
        (
            "附录A 子\n第一条　丑。\n附录B 寅\n第一条　卯。",
            ["heading 附录A子", "  article 第一条", "heading 附录B寅", "  article 第一条"],
        ),
        ("附件（一）：子\n丑。\n附件（二）：寅", ["heading 附件（一）子", "  paragraph ", "heading 附件（二）寅"]),
        (
            "附件：名词解释\n1.子：丑。\n2.寅：卯。",
            ["heading 附件名词解释", "  heading 1.子：丑", "  heading 2.寅：卯"],
        ),
        ("附 件：评分表\n项目\t分值", ["heading 附 件评分表", "  table "]),
        ("附件：评分表\n评分表\n一、子", ["heading 附件评分表", "  paragraph ", "  heading 一、子"]),
    ],
)
def test_what_is_attached_to_a_law_stands_beside_its_chapters(lines, expected):
    assert tree(LAW + lines)[3:] == [line.replace("paragraph", kind) for line, kind in _kinds(expected)]
    assert warned(LAW + lines) == []


def _kinds(expected):
    """Call a paragraph the lead where numbered clauses follow it."""
    return [
        (line, "lead" if index + 1 < len(expected) and expected[index + 1].startswith("  heading") else "paragraph")
        for index, line in enumerate(expected)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "附件：评分表",
        "附件：评分表\n某市某局\n2026年1月2日",
        "附件：1.评分表\n2.标准",
        "附件:\n1.评分表\n2.标准\n某市某局",
        "附表：1.评分表\n2.标准",
        "附表：评分表\n某市某局\n二○二六年一月二日",
    ],
)
def test_a_list_of_what_is_not_there_has_no_headings(lines):
    assert all(line.strip().startswith("closing") for line in tree(LAW + lines)[3:])


def test_a_list_of_attachments_is_no_part_of_the_last_article():
    text = LAW + "附件：1.评分表\n2.标准\n附件1\n评分表\n项目\t分值\n附件2\n标准\n子。"
    assert tree(text) == [
        "chapter 第一章总则",
        "  article 第一条",
        "  article 第二条",
        "  closing ",
        "  closing ",
        "heading 附件1评分表",
        "  table ",
        "heading 附件2标准",
        "  paragraph ",
    ]


def test_headings_of_the_format_go_on_behind_a_table_in_their_midst():
    lines = [("某规划", LineStyle.TITLE, 0), ("甲", LineStyle.HEADING, 1), ("乙", LineStyle.HEADING, 2)]
    lines += [("附表 丙", None, 0), ("项目\t分值", None, 0), ("丁", LineStyle.HEADING, 2), ("戊", LineStyle.HEADING, 1)]
    assert tree(*styled(lines)) == [
        "heading 甲",
        "  heading 乙",
        "    heading 附表丙",
        "      table ",
        "  heading 丁",
        "heading 戊",
    ]


def test_a_text_goes_on_behind_a_table_that_is_attached_in_its_midst():
    text = "某规划\n一、甲\n（一）乙\n丙。\n附表1 丁\n项目\t分值\n（二）戊\n己。\n附图1 庚\n二、辛\n附表1 壬\n1.癸。"
    outline = parse_outline(text)
    assert drawn(outline) == [
        "heading 一、甲",
        "  heading （一）乙",
        "    paragraph ",
        "    heading 附表1丁",
        "      table ",
        "  heading （二）戊",
        "    paragraph ",
        "    heading 附图1庚",
        "heading 二、辛",
        "heading 附表1壬",
        "  heading 1.癸",
    ]


def test_tables_are_counted_anew_in_every_attachment():
    lines = ["附件1", "甲", "乙。", "附表1 丙", "丁。", "附表2 戊", "己。", "附件2", "庚", "辛。", "附表1 壬", "癸。"]
    assert warned("某通知\n一、子。\n" + "\n".join(lines)) == []


def test_a_notice_that_only_forwards_is_no_part_of_the_tree():
    text = (
        "某市关于印发《某行动方案》的通知\n各单位：\n现将方案印发给你们。\n附件：某行动方案\n某市\n某行动方案\n一、甲"
    )
    assert parse_outline(text).title == "某行动方案"
    assert tree(text) == ["heading 一、甲"]
    assert len(noticed(text)) == 6


def test_a_notice_with_clauses_of_its_own_is_the_document():
    outline = parse_outline(f"{NOTICE}某行动方案\n第一条　甲。\n第二条　乙。")
    assert outline.title == "某市关于印发某行动方案的通知"
    assert drawn(outline)[1:] == [
        "heading 一、要重视",
        "heading 二、要落实",
        "heading 某行动方案",
        "  article 第一条",
        "  article 第二条",
    ]
    assert citation(outline, outline.clauses[-1].span) == "“某行动方案”"


def test_a_forwarding_notice_may_break_its_title():
    text = (
        "某市人民政府办公室\n关于转发某局某工作方案的通知\n各单位：\n请执行。\n某工作方案的说明\n某局某工作方案\n一、甲"
    )
    assert parse_outline(text).title == "某局某工作方案"


def test_an_article_that_comes_again_in_another_attachment_is_cited_with_its_own():
    text = "某通知\n一、甲。\n附件1\n某办法\n第一章 总则\n第一条　乙。\n第十条之一　丙。\n"
    text += "附件2\n某细则\n第一条　丁。\n第二条　戊。"
    outline = parse_outline(text)
    articles = [node for node in outline.nodes if node.clause.kind is ClauseKind.ARTICLE]
    cited = [citation(outline, node.clause.span) for node in articles]
    assert cited == ["附件1第一条", "第十条之一", "附件2第一条", "第二条"]
    for node, words in zip(articles, cited, strict=True):
        assert [place.span for place in find_place(outline, words)] == [node.clause.span]
        assert [place.span for place in find_place(outline, clause_address(node.path))] == [node.clause.span]
    assert len(find_place(outline, "第一条")) == 2


@pytest.mark.parametrize(
    "head", ["附件1\n某行动计划（2026—2028年）", "附件1\n\n某市关于某事的\n工作方案", "附件1：某办法"]
)
def test_a_file_that_begins_with_an_attachment_is_that_document(head):
    outline = parse_outline(f"{head}\n为甲，制定。\n一、乙\n二、丙\n附件2\n清单\n1.丁")
    assert outline.title == head.removeprefix("附件1").strip("\n：").replace("\n", "")
    assert drawn(outline) == ["paragraph ", "heading 一、乙", "heading 二、丙", "heading 附件2清单", "  heading 1.丁"]
    assert outline.warnings == ()
