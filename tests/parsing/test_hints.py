"""What a format says of its lines is evidence, and weaker than the numbers in the text."""

from desktop.model.outline import NoticeKind
from desktop.model.source import Hint, LineStyle
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, styled, tree

HEADING, TABLE, BOX, TITLE = LineStyle.HEADING, LineStyle.TABLE, LineStyle.BOX, LineStyle.TITLE


def test_a_styled_line_without_a_number_is_a_heading():
    text, hints = styled(
        [
            ("某规划", TITLE, 0),
            ("总体要求", HEADING, 1),
            ("指导思想", HEADING, 2),
            ("甲。", None, 0),
            ("重点任务", HEADING, 1),
            ("一、乙", None, 0),
            ("二、丙", None, 0),
            ("保障", HEADING, 1),
            ("一、丁", None, 0),
        ]
    )
    assert tree(text, hints) == [
        "heading 总体要求",
        "  heading 指导思想",
        "    paragraph ",
        "heading 重点任务",
        "  heading 一、乙",
        "  heading 二、丙",
        "heading 保障",
        "  heading 一、丁",
    ]
    assert parse_outline(text, hints).warnings == ()


def test_numbers_contradict_levels_and_win():
    text, hints = styled([("一、甲", HEADING, 2), ("（一）乙", HEADING, 1), ("二、丙", HEADING, 3)])
    assert tree(text, hints) == ["heading 一、甲", "  heading （一）乙", "heading 二、丙"]


def test_numbered_and_unnumbered_headings_share_their_levels():
    text, hints = styled(
        [
            ("前言", HEADING, 1),
            ("甲。", None, 0),
            ("第一章 乙", HEADING, 1),
            ("丙", HEADING, 2),
            ("第二章 丁", HEADING, 1),
        ]
    )
    assert tree(text, hints) == [
        "heading 前言",
        "  paragraph ",
        "chapter 第一章乙",
        "  heading 丙",
        "chapter 第二章丁",
    ]


def test_lists_begin_anew_under_an_unnumbered_heading():
    text, hints = styled(
        [("一、甲", HEADING, 1), ("乙", HEADING, 2), ("一、丙。", None, 0), ("二、丁。", None, 0), ("戊", HEADING, 2)]
    )
    assert tree(text, hints) == [
        "heading 一、甲",
        "  heading 乙",
        "    heading 一、丙",
        "    heading 二、丁",
        "  heading 戊",
    ]


def test_rows_and_frames_make_tables_and_boxes():
    text, hints = styled(
        [
            ("一、甲", None, 0),
            ("乙", TABLE, 0),
            ("丙\t1", TABLE, 0),
            ("专栏1 工程", BOX, 0),
            ("1.丁。", BOX, 0),
            ("戊。", None, 0),
            ("重大项目", BOX, 0),
            ("己。", BOX, 0),
            ("专栏2 指标", None, 0),
            ("庚\t2", TABLE, 0),
            ("注：辛。", None, 0),
            ("壬。", None, 0),
        ]
    )
    assert tree(text, hints) == [
        "heading 一、甲",
        "  table ",
        "  box 专栏1工程",
        "    heading 1.丁",
        "  paragraph ",
        "  box 重大项目",
        "    paragraph ",
        "  box 专栏2指标",
        "    table ",
        "    paragraph ",
        "  paragraph ",
    ]


def test_a_styled_title_is_the_title_whatever_stands_before_it():
    text, hints = styled(
        [
            ("某市文件", None, 0),
            ("某发[2024]1号", None, 0),
            ("某市发展", TITLE, 0),
            ("第十五个五年规划纲要", TITLE, 0),
        ]
    )
    outline = parse_outline(text + "一、甲", hints)
    assert outline.title == "某市发展第十五个五年规划纲要"
    assert [notice.kind for notice in outline.notices] == [NoticeKind.OTHER] * 2 + [NoticeKind.TITLE] * 2


def test_the_one_heading_above_all_others_is_the_title():
    text, hints = styled([("某条例", HEADING, 1), ("第一章 总则", HEADING, 2), ("第一条 甲。", None, 0)])
    assert parse_outline(text, hints).title == "某条例"
    text, hints = styled([("总体要求", HEADING, 1), ("甲。", None, 0), ("保障", HEADING, 1)])
    assert parse_outline(text, hints).title == ""
    assert drawn(parse_outline(text, hints)) == ["heading 总体要求", "  paragraph ", "heading 保障"]


def test_a_heading_of_two_styled_lines_is_one():
    text, hints = styled([("第一篇 甲", HEADING, 1), ("乙", HEADING, 1), ("第一章 丙", HEADING, 2)])
    assert tree(text, hints) == ["part 第一篇甲 乙", "  chapter 第一章丙"]


def test_a_hint_may_name_the_blanks_before_its_line_or_no_line_at_all():
    hints = [Hint(4, HEADING, 1), Hint(99, HEADING, 1)]
    assert tree("某规划\n　　甲\n乙。", hints) == ["heading 甲", "  paragraph "]


def test_tables_before_the_title_are_no_clauses():
    rows = [("明州市人民政府文件\t明政发8号", TABLE, 0), ("1.\t甲", TABLE, 0)]
    body = [("各区人民政府：", None, 0), ("一、甲", None, 0), ("二、乙", None, 0)]
    for title in (("某事", TITLE, 0), ("关于某事的意见", None, 0), ("关于某事的意见", HEADING, 1)):
        text, hints = styled([*rows, title, *body])
        outline = parse_outline(text, hints)
        assert outline.title == title[0]
        assert [notice.kind for notice in outline.notices][:3] == [NoticeKind.OTHER, NoticeKind.OTHER, NoticeKind.TITLE]
        assert drawn(outline) == ["paragraph ", "heading 一、甲", "heading 二、乙"]


def test_a_text_that_is_a_table_stays_one():
    text, hints = styled([("甲\t乙", TABLE, 0), ("丙\t丁", TABLE, 0), ("注：数据为初步核算数。", None, 0)])
    assert tree(text, hints) == ["table ", "paragraph "]


def test_a_blank_line_ends_a_frame():
    text, hints = styled([("甲", BOX, 0), ("乙", BOX, 0), ("", None, 0), ("丙\t丁", TABLE, 0), ("戊", BOX, 0)])
    assert tree(text, hints) == ["box 甲", "  paragraph ", "table ", "box 戊"]


def test_a_tab_in_what_the_format_calls_prose_makes_no_row():
    text, hints = styled([("一、甲", None, 0), ("联系人：张三\t电话：1", LineStyle.BODY, 0)])
    assert tree(text, hints) == ["heading 一、甲", "  paragraph "]


def test_a_list_in_a_list_begins_under_its_item_and_goes_on_beside_its_like():
    body = LineStyle.BODY
    text, hints = styled(
        [
            ("1. 甲", None, 0),
            ("1. 乙", body, 1),
            ("2. 丙", body, 1),
            ("2. 丁", None, 0),
            ("1. 戊", body, 1),
            ("1. 己", body, 2),
            ("2. 庚", body, 2),
            ("2. 辛", body, 1),
            ("3. 壬", None, 0),
        ]
    )
    assert [line.replace("heading ", "") for line in tree(text, hints)] == [
        "1.甲", "  1.乙", "  2.丙", "2.丁", "  1.戊", "    1.己", "    2.庚", "  2.辛", "3.壬",
    ]  # fmt: skip
    assert parse_outline(text, hints).warnings == ()
