"""A Word file reads as it is seen: with numbers, without what was deleted, told apart by styles or looks."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.docx import read
from desktop.model.errors import UnreadableFileError
from desktop.parsing.outline import parse_outline
from tests.exchange.readers.word_files import (
    level,
    lines,
    numbered,
    numbering,
    p,
    packed,
    part,
    plain,
    row,
    run,
    said,
    source,
    style,
    table,
    text,
    word_file,
)

TRACKED = 'w:id="1" w:author="测试" w:date="2026-01-05T09:00:00Z"'


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read(data)
    message = str(refused.value)
    assert re.search(r"[\u4e00-\u9fff].*。$", message)
    return message


# Words


def test_paragraphs_become_lines() -> None:
    assert lines(plain("甲", "　　乙。", "丙")) == ["甲", "　　乙。", "丙"]


def test_empty_paragraphs_part_their_neighbours_once() -> None:
    assert text(p() + plain("甲") + p() + p() + plain("乙") + p()) == "甲\n\n乙"


def test_breaks_tabs_and_hyphens_are_characters() -> None:
    content = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>A</w:t><w:noBreakHyphen/><w:t>4</w:t><w:cr/></w:r>"
    assert text(p(content + run("丙"))) == "甲\n乙\tA-4\n丙"


def test_a_page_break_before_the_words_is_no_line() -> None:
    assert lines(plain("甲") + p('<w:r><w:br w:type="page"/><w:t>乙</w:t></w:r>')) == ["甲", "乙"]


def test_hyperlinks_controls_and_smart_tags_are_opened() -> None:
    content = (
        f"<w:hyperlink>{run('甲')}</w:hyperlink><w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"
        f"<w:smartTag>{run('丙')}</w:smartTag><w:customXml><w:customXmlPr/>{run('丁')}</w:customXml>"
    )
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{plain('戊')}</w:sdtContent></w:sdt>"
    assert lines(p(content) + block) == ["甲乙丙丁", "戊"]


def test_of_alternatives_one_is_read() -> None:
    def alternatives(content: str) -> str:
        return p(f"<mc:AlternateContent>{content}</mc:AlternateContent>")

    fallback = f"<mc:Fallback>{run('乙')}</mc:Fallback>"
    assert text(alternatives(f"<mc:Choice>{run('甲')}</mc:Choice>{fallback}")) == "甲"
    assert text(alternatives(fallback)) == "乙"


def test_results_of_fields_are_kept_and_their_instructions_are_not() -> None:
    content = (
        run("第")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 甲 </w:instrText></w:r>'
        + run("码")
        + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("5")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'{run("页")}<w:fldSimple w:instr="DATE">{run("今天")}</w:fldSimple>'
    )
    assert text(p(content)) == "第5页今天"


def test_a_field_that_never_ends_swallows_nothing() -> None:
    assert lines(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + plain("甲", "乙")) == ["甲", "乙"]


def test_hidden_words_are_left_out_however_they_are_hidden() -> None:
    styles = style("H", "隐藏", "<w:rPr><w:vanish/></w:rPr>")
    content = (
        run("甲") + run("乙", "<w:vanish/>") + run("丙", '<w:vanish w:val="0"/>') + run("丁", '<w:rStyle w:val="H"/>')
    )
    assert lines(p(content) + p(words="戊", properties='<w:pStyle w:val="H"/>'), styles=styles) == ["甲丙"]


def test_hidden_words_are_counted_for_the_user() -> None:
    hidden = source(p(run("甲") + run("乙 丙", "<w:vanish/>") + "<w:r><w:rPr><w:vanish/></w:rPr><w:tab/></w:r>"))
    assert hidden.remarks == ("文件里有 2 个字设为隐藏，没有导入。",)


def test_of_phonetic_guides_the_base_is_read() -> None:
    ruby = f"<w:ruby><w:rt>{run('héng')}</w:rt><w:rubyBase>{run('衡')}</w:rubyBase></w:ruby>"
    assert text(p(f"<w:r>{ruby}</w:r>" + run("阳"))) == "衡阳"


def test_symbols_of_forms_are_signs() -> None:
    signs = "".join(
        f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>' for code in ("F0FE", "F0A8", "zz", "2103")
    )
    assert text(p(signs)) == "☑□□℃"


def test_headers_footers_and_comments_are_not_text() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    paragraph = document.add_paragraph("正文")
    document.add_comment(paragraph.runs, text="批注", author="甲", initials="甲")
    file = BytesIO()
    document.save(file)
    assert read(file.getvalue()).text == "正文\n"


def test_a_text_box_stands_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{plain('专栏1 工程', '内容。')}</w:txbxContent>"
    content = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = source(p(run("甲") + content + run("乙")))
    assert found.text == "甲乙\n专栏1 工程\n内容。\n"
    assert said(found) == [("专栏1 工程", "box", 0), ("内容。", "box", 0)]


def text_box(*words: str) -> str:
    return p(f"<w:r><w:pict><v:textbox><w:txbxContent>{plain(*words)}</w:txbxContent></v:textbox></w:pict></w:r>")


def test_a_text_box_takes_no_table_and_no_other_box_in() -> None:
    found = source(text_box("甲", "乙") + table(row("指标", "值"), row("丙", "丁")) + text_box("戊") + text_box("己"))
    assert found.text == "甲\n乙\n\n指标\t值\n丙\t丁\n\n戊\n\n己\n"
    assert [clause.kind.value for clause in parse_outline(found.text, found.hints).clauses] == [
        "box", "table", "box", "box",
    ]  # fmt: skip


def test_empty_paragraphs_in_a_frame_do_not_part_it() -> None:
    frame = f"<w:tbl><w:tr><w:tc>{plain('专栏1 工程', '', '内容。')}</w:tc></w:tr></w:tbl>"
    found = source(frame + plain("后文。"))
    assert found.text == "专栏1 工程\n内容。\n\n后文。\n"
    assert len(parse_outline(found.text, found.hints).clauses) == 2


def tabbed(*lines_with_tabs: str) -> str:
    return "".join(p("<w:r><w:tab/></w:r>".join(run(part) for part in line.split("\t"))) for line in lines_with_tabs)


def test_a_few_lines_with_tabs_are_prose_and_more_of_one_form_a_table() -> None:
    prose = source(plain("文。") + tabbed("联系人：张三\t电话：123", "落款单位\t\t2026年1月1日") + plain("文。"))
    assert [style for _, style, _ in said(prose)] == ["body", "body"]
    assert all(clause.kind.value == "paragraph" for clause in parse_outline(prose.text, prose.hints).clauses)
    rows = source(plain("文。") + tabbed("指标\t值", "甲\t1", "乙\t2"))
    assert [clause.kind.value for clause in parse_outline(rows.text, rows.hints).clauses] == ["paragraph", "table"]


def test_formulas_keep_their_letters() -> None:
    found = source(p(run("甲") + "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>"))
    assert found.text == "甲x+y\n"
    assert "1 个公式" in found.remarks[0]


def test_pictures_are_told() -> None:
    picture = "<w:r><w:drawing><a:graphic><a:blip/></a:graphic></w:drawing></w:r>"
    assert "2 幅图片" in source(plain("甲") + p(picture) + p(picture)).remarks[0]


def test_notes_stand_behind_the_text_with_their_marks() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{p("<w:r><w:footnoteRef/></w:r>" + run(" " + words))}</w:footnote>'
        for number, words in ((-1, "线"), (2, "第一条脚注。"), (3, "第二条。"))
    )
    body = p(run("甲") + reference.format(2) + run("，乙") + reference.format(3)) + plain("丙")
    found = source(body, footnotes=notes)
    assert found.text.split("\n")[:-1] == ["甲[1]，乙[2]", "丙", "[1] 第一条脚注。", "[2] 第二条。"]
    assert "2 条脚注" in found.remarks[0]
    assert said(found) == [("[1] 第一条脚注。", "body", 0), ("[2] 第二条。", "body", 0)]
    circled = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
    assert lines(body, footnotes=notes, settings=circled)[0] == "甲[①]，乙[②]"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1))
def test_no_word_is_lost_or_altered(words: list[str]) -> None:
    document = Document()
    for line in words:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    found = read(file.getvalue())
    assert found.text == "\n".join(words) + "\n"
    assert found.hints == ()


# Tracked changes


def test_insertions_are_read_and_deletions_are_not() -> None:
    content = (
        run("主要")
        + f"<w:del {TRACKED}><w:r><w:delText>任务</w:delText></w:r></w:del><w:ins {TRACKED}>{run('目标')}"
        + f"<w:del {TRACKED}>{run('又删')}</w:del></w:ins>"
        + run("。")
    )
    found = source(p(content))
    assert found.text == "主要目标。\n"
    assert "修订" in found.remarks[0]


def test_what_was_moved_stands_where_it_is_now() -> None:
    moved = f"<w:moveFrom {TRACKED}>{run('甲')}</w:moveFrom>"
    assert lines(p(moved + run("乙")) + p(f"<w:moveTo {TRACKED}>{run('甲')}</w:moveTo>")) == ["乙", "甲"]


def test_a_paragraph_whose_end_was_deleted_is_joined_with_the_next() -> None:
    gone = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    deleted = f"<w:del {TRACKED}><w:r><w:delText>删</w:delText></w:r></w:del>"
    assert lines(p(run("甲"), gone) + plain("乙", "丙")) == ["甲乙", "丙"]
    assert lines(plain("甲") + p(deleted, gone) + plain("乙")) == ["甲", "乙"]
    assert lines(plain("甲") + p(run("乙"), gone)) == ["甲", "乙"]


def test_a_deleted_row_or_cell_is_not_read() -> None:
    cell = f"<w:tc><w:tcPr><w:cellDel {TRACKED}/></w:tcPr>{plain('没')}</w:tc>"
    rows = table(row("甲", "乙"), row("丙", "丁", properties=f"<w:del {TRACKED}/>"), row("戊", cell, "己"))
    assert lines(rows) == ["甲\t乙", "戊\t己"]


def test_earlier_properties_of_a_changed_paragraph_do_not_count() -> None:
    styles = style("1", "heading 1")
    changed = f'<w:pPrChange {TRACKED}><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange>'
    assert source(p(run("甲"), changed), styles=styles).hints == ()


# Automatic numbers


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("chineseCounting", "%1、", ["一、甲", "二、甲", "三、甲"]),
        ("chineseCountingThousand", "（%1）", ["（一）甲", "（二）甲", "（三）甲"]),
        ("chineseCountingThousand", "第%1条", ["第一条 甲", "第二条 甲", "第三条 甲"]),
        ("ideographDigital", "%1、", ["一、甲", "二、甲", "三、甲"]),
        ("decimal", "%1.", ["1. 甲", "2. 甲", "3. 甲"]),
        ("decimal", "(%1)", ["(1) 甲", "(2) 甲", "(3) 甲"]),
        ("decimal", "%1．", ["1．甲", "2．甲", "3．甲"]),
        ("decimalEnclosedCircle", "%1", ["① 甲", "② 甲", "③ 甲"]),
        ("decimalEnclosedCircleChinese", "%1", ["① 甲", "② 甲", "③ 甲"]),
        ("upperLetter", "%1.", ["A. 甲", "B. 甲", "C. 甲"]),
        ("lowerRoman", "%1)", ["i) 甲", "ii) 甲", "iii) 甲"]),
        ("decimalZero", "%1", ["01 甲", "02 甲", "03 甲"]),
        ("bullet", "——", ["——甲"] * 3),
        ("bullet", "\uf0b7", ["甲"] * 3),
        ("bullet", "•", ["甲"] * 3),
        ("none", "", ["甲"] * 3),
    ],
)
def test_numbers_are_written_as_they_are_seen(form: str, pattern: str, shown: list[str]) -> None:
    assert lines(numbered("甲") * 3, numbering=numbering(level(0, form, pattern))) == shown


def test_what_stands_behind_a_number_is_kept() -> None:
    tight = numbering(level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>'))
    assert lines(numbered("甲"), numbering=tight) == ["1.甲"]


CHAPTERS = (level(0, "chineseCountingThousand", "第%1章"), level(1, "chineseCountingThousand", "第%2节"))


def test_lower_levels_begin_again_behind_a_higher_one() -> None:
    body = "".join(numbered("甲", depth) for depth in (0, 1, 1, 0, 1))
    found = lines(body, numbering=numbering(*CHAPTERS))
    assert [line.split()[0] for line in found] == ["第一章", "第一节", "第二节", "第二章", "第一节"]


def test_a_level_that_never_begins_again_runs_on() -> None:
    deep = level(1, "chineseCountingThousand", "第%2章", '<w:lvlRestart w:val="0"/>')
    body = "".join(numbered("甲", depth) for depth in (0, 1, 1, 0, 1))
    found = lines(body, numbering=numbering(level(0, "chineseCounting", "第%1篇"), deep))
    assert [line.split()[0] for line in found] == ["第一篇", "第一章", "第二章", "第二篇", "第三章"]


def test_a_level_may_begin_again_behind_some_higher_levels_only() -> None:
    levels = (
        level(0, "decimal", "%1"),
        level(1, "decimal", "%2"),
        level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(numbered("甲", depth) for depth in (0, 1, 2, 1, 2, 0, 2))
    assert [line.split()[0] for line in lines(body, numbering=numbering(*levels))] == [
        "1",
        "1",
        "1",
        "2",
        "2",
        "2",
        "1",
    ]


def test_a_pattern_names_higher_levels_and_may_want_arabic_digits() -> None:
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    body = "".join(numbered("甲", depth) for depth in (0, 1, 2, 0, 1))
    assert lines(body, numbering=numbering(*levels)) == ["一、甲", "一.1 甲", "1.1.1 甲", "二、甲", "二.1 甲"]


def test_a_list_that_begins_at_a_lower_level_shows_first_numbers_above_it() -> None:
    levels = (level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
    assert lines(numbered("甲", 1), numbering=numbering(*levels)) == ["1.1 甲"]


USE = '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'


def test_two_uses_of_a_list_run_on_together() -> None:
    found = numbering(level(0, "decimal", "%1."), uses=USE.format(""))
    assert lines(numbered("甲") + numbered("乙", num_id=2) + numbered("丙"), numbering=found) == [
        "1. 甲",
        "2. 乙",
        "3. 丙",
    ]


def test_a_use_may_begin_anew_once() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    found = numbering(level(0, "decimal", "%1."), uses=USE.format(again))
    body = numbered("甲") + numbered("乙", num_id=2) * 2
    assert lines(body, numbering=found) == ["1. 甲", "5. 乙", "6. 乙"]


def test_a_use_may_have_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1、")}</w:lvlOverride>'
    found = numbering(level(0, "decimal", "%1."), uses=USE.format(own))
    assert lines(numbered("甲") + numbered("乙", num_id=2), numbering=found) == ["1. 甲", "I、乙"]


def test_numbers_come_through_styles_and_what_they_are_based_on() -> None:
    num = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("A", "heading 1", num) + style("B", "heading 2", based_on="A") + style("C", "我的", based_on="B")
    levels = (
        level(0, "decimal", "第%1章", '<w:pStyle w:val="A"/>'),
        level(1, "decimal", "第%2节", '<w:pStyle w:val="B"/>'),
    )
    body = "".join(p(words="甲", properties=f'<w:pStyle w:val="{name}"/>') for name in "ABAB")
    found = source(body, styles=styles, numbering=numbering(*levels))
    assert said(found) == [
        ("第1章 甲", "heading", 1),
        ("第1节 甲", "heading", 2),
        ("第2章 甲", "heading", 1),
        ("第1节 甲", "heading", 2),
    ]


def test_a_list_may_be_that_of_a_numbering_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
    use = '<w:num w:numId="2"><w:abstractNumId w:val="9"/></w:num>'
    found = numbering(level(0, "decimal", "%1."), uses=use).replace("<w:num ", linked + "<w:num ", 1)
    assert lines(numbered("甲", num_id=2), numbering=found, styles=styles) == ["1. 甲"]


def test_a_paragraph_may_refuse_the_number_of_its_style() -> None:
    styles = style("A", "列表", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    body = p(words="甲", properties='<w:pStyle w:val="A"/>') + p(
        words="乙", properties='<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert lines(body, styles=styles, numbering=numbering(level(0, "decimal", "%1."))) == ["1. 甲", "乙"]


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    gone = p(
        f"<w:del {TRACKED}>{run('删')}</w:del>",
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del {TRACKED}/></w:rPr>',
    )
    hidden = p(run("隐", "<w:vanish/>"), '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>')
    body = numbered("甲") + gone + hidden + numbered("乙")
    assert lines(body, numbering=numbering(level(0, "decimal", "%1."))) == ["1. 甲", "2. 乙"]


# Tables


def test_tables_stand_in_their_place_row_by_row() -> None:
    found = source(plain("甲") + table(row("指标", "2025年"), row("人口", "58.6")) + plain("乙"))
    assert found.text == "甲\n指标\t2025年\n人口\t58.6\n乙\n"
    assert said(found) == [("指标\t2025年", "table", 0), ("人口\t58.6", "table", 0)]


def test_paragraphs_of_a_cell_and_tables_within_it_are_one_cell() -> None:
    nested = f"<w:tc><w:tcPr/>{table(row('子', '丑'))}{plain('寅')}</w:tc>"
    assert lines(table(row("甲\n乙", "丙"), row(nested, "卯"))) == ["甲 乙\t丙", "子 丑 寅\t卯"]


def test_merged_cells_are_read_once_and_columns_stay_in_line() -> None:
    def cell(words: str, properties: str) -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{plain(words)}</w:tc>"

    rows = table(
        row(cell("甲", '<w:vMerge w:val="restart"/>'), "1", "2"),
        row(cell("甲", "<w:vMerge/>"), cell("3", '<w:gridSpan w:val="2"/>')),
        row("乙", cell("4", '<w:gridSpan w:val="2"/>'), "5"),
    )
    assert lines(rows) == ["甲\t1\t2", "\t3", "乙\t4\t\t5"]


def test_a_table_of_one_column_is_a_box() -> None:
    found = source(table(row("专栏1 工程\n01 甲工程。"), row("02 乙工程。")))
    assert said(found) == [("专栏1 工程", "box", 0), ("01 甲工程。", "box", 0), ("02 乙工程。", "box", 0)]


def test_a_caption_in_the_first_row_is_a_box_line_and_later_wide_rows_are_rows() -> None:
    found = source(table(row("专栏2 指标"), row("甲", "1"), row("一、小计")))
    assert said(found) == [("专栏2 指标", "box", 0), ("甲\t1", "table", 0), ("一、小计", "table", 0)]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    whole = "某市规划\n一、总体要求\n坚持。\n二、任务\n落实。"
    assert lines(table(row(whole))) == whole.split("\n")
    assert said(source(table(row(whole)))) == []
    framed = source(
        table(row(f"某市规划\n{'坚持。' * 20}"), row(f"<w:tc><w:tcPr/>{table(row('框内甲。'))}<w:p/></w:tc>"))
    )
    assert said(framed) == [("框内甲。", "box", 0)]
    beside = f"一、总体要求\n{'坚持稳中求进。' * 90}"
    assert lines(table(row("左", beside))) == ["左", *beside.split("\n")]


def test_a_first_row_of_several_lines_is_no_caption() -> None:
    found = source(p(words="甲" * 40) + table(row("格甲\n格乙"), row("甲", "1")))
    assert said(found) == [("格甲", "table", 0), ("格乙", "table", 0), ("甲\t1", "table", 0)]


# Styles and looks


def test_headings_and_titles_are_told_by_their_styles() -> None:
    styles = (
        style("a", "Title") + style("b", "Subtitle") + style("1", "heading 1") + style("2", "标题 2")
        + style("3", "三级标题") + style("4", "正文") + style("5", "我的", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>')
        + style("6", "toc 1")
    )  # fmt: skip
    body = "".join(p(words=f"甲{name}", properties=f'<w:pStyle w:val="{name}"/>') for name in "ab1234566")
    body += p(words="乙", properties='<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    body += p(words="丙", properties='<w:outlineLvl w:val="0"/>')
    assert said(source(body, styles=styles)) == [
        ("甲a", "title", 0), ("甲b", "subtitle", 0), ("甲1", "heading", 1), ("甲2", "heading", 2),
        ("甲3", "heading", 3), ("甲5", "heading", 4), ("甲6", "body", 0), ("甲6", "body", 0), ("丙", "heading", 1),
    ]  # fmt: skip


def test_styles_in_a_circle_are_survived() -> None:
    assert lines(
        p(words="甲", properties='<w:pStyle w:val="1"/>'),
        styles=style("1", "x", based_on="2") + style("2", "y", based_on="1"),
    )


def test_a_heading_broken_by_its_writer_is_one_line() -> None:
    body = p("<w:r><w:t>总体要求</w:t><w:br/><w:t>开启新征程</w:t></w:r>", '<w:pStyle w:val="1"/>') + plain("文。")
    assert lines(body, styles=style("1", "heading 1")) == ["总体要求 开启新征程", "文。"]


def test_the_only_highest_heading_is_the_title_where_it_stands_first() -> None:
    styles = style("1", "heading 1") + style("2", "heading 2")
    body = p(words="规划纲要", properties='<w:pStyle w:val="1"/>') + p(words="总则", properties='<w:pStyle w:val="2"/>')
    assert said(source(body, styles=styles)) == [("规划纲要", "title", 0), ("总则", "heading", 2)]
    labelled = p(words="第一章 总则", properties='<w:pStyle w:val="1"/>') + plain("文。")
    assert said(source(labelled, styles=styles)) == [("第一章 总则", "heading", 1)]


def set_in(font: str, words: str, size: int = 32, properties: str = "", more: str = "") -> str:
    return p(run(words, f'<w:rFonts w:eastAsia="{font}"/><w:sz w:val="{size}"/>{more}'), properties)


CENTRED = '<w:jc w:val="center"/>'
BODY_TEXT = "必须准确把握发展的阶段性特征，坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，扎实推动高质量发展。"


def test_official_documents_without_styles_are_told_by_their_type() -> None:
    body = (
        set_in("方正小标宋简体", "衡阳市国民经济和社会发展", 44, CENTRED)
        + set_in("方正小标宋简体", "第十五个五年规划纲要", 44, CENTRED)
        + set_in("楷体_GB2312", "——说明", 32, CENTRED)
        + set_in("仿宋_GB2312", BODY_TEXT)
        + set_in("黑体", "一、总体要求")
        + set_in("楷体", "（一）指导思想")
        + set_in("仿宋_GB2312", "1.基本原则", more="<w:b/>")
        + set_in("仿宋_GB2312", BODY_TEXT)
        + set_in("黑体", "二、主要任务")
        + set_in("黑体", "本段全用黑体，但它是一句话。")
    )
    assert said(source(body)) == [
        ("衡阳市国民经济和社会发展", "title", 0), ("第十五个五年规划纲要", "title", 0), ("——说明", "subtitle", 0),
        ("一、总体要求", "heading", 1), ("（一）指导思想", "heading", 2), ("1.基本原则", "heading", 3),
        ("二、主要任务", "heading", 1),
    ]  # fmt: skip


def test_what_stands_centred_behind_the_title_is_no_heading() -> None:
    body = (
        set_in("方正小标宋简体", "衡阳市文化发展规划", 44, CENTRED)
        + p(properties=CENTRED)
        + set_in("楷体", "（征求意见稿）", 32, CENTRED)
        + set_in("楷体", "市发展和改革委员会", 32, CENTRED)
        + set_in("楷体", "2026年1月", 32, CENTRED)
        + set_in("仿宋", BODY_TEXT)
        + set_in("黑体", "总体要求", 32, CENTRED)
        + set_in("楷体", "指导思想")
        + set_in("仿宋", BODY_TEXT)
    )
    found = source(body)
    assert said(found) == [
        ("衡阳市文化发展规划", "title", 0), ("（征求意见稿）", "subtitle", 0), ("市发展和改革委员会", "body", 0),
        ("2026年1月", "body", 0), ("总体要求", "heading", 1), ("指导思想", "heading", 2),
    ]  # fmt: skip
    outline = parse_outline(found.text, found.hints)
    assert [(clause.kind.value, clause.title) for clause in outline.clauses] == [
        ("paragraph", None), ("heading", "总体要求"),
    ]  # fmt: skip


def test_a_heading_straight_behind_the_title_is_one() -> None:
    body = set_in("方正小标宋简体", "规划纲要", 44, CENTRED) + set_in("黑体", "前言", 32, CENTRED)
    assert said(source(body + set_in("仿宋", BODY_TEXT)))[1:] == [("前言", "heading", 1)]
    body = set_in("方正小标宋简体", "规划纲要", 44, CENTRED) + set_in("楷体", "（一）指导思想", 32, CENTRED)
    assert [style for _, style, _ in said(source(body + set_in("仿宋", BODY_TEXT)))] == ["title", "heading"]


def test_a_letterhead_that_is_a_table_is_not_the_text() -> None:
    head = table(row("衡阳市人民政府文件", "衡政发8号"))
    for title in (plain("衡阳市人民政府关于加快建设的意见"), set_in("小标宋", "加快建设", 44, CENTRED)):
        found = source(head + title + plain("各区人民政府：", "一、总体要求") + set_in("仿宋", BODY_TEXT))
        outline = parse_outline(found.text, found.hints)
        assert outline.title in ("衡阳市人民政府关于加快建设的意见", "加快建设")
        assert [clause.label for clause in outline.clauses] == ["", "一、"]


def test_a_paragraph_that_begins_in_another_type_is_no_heading() -> None:
    mixed = p(
        run("（一）坚持党的领导。", '<w:rFonts w:eastAsia="楷体"/>') + run(BODY_TEXT, '<w:rFonts w:eastAsia="仿宋"/>')
    )
    assert source(mixed + set_in("仿宋", BODY_TEXT)).hints == ()


def test_an_office_in_large_type_is_no_title() -> None:
    body = set_in("方正小标宋简体", "衡阳市人民政府文件", 60, CENTRED) + set_in(
        "小标宋", "关于印发规划的通知", 44, CENTRED
    )
    assert said(source(body + set_in("仿宋", BODY_TEXT))) == [("关于印发规划的通知", "title", 0)]


def test_a_text_all_in_one_type_has_no_headings() -> None:
    assert source(set_in("黑体", "一、总则") + set_in("黑体", BODY_TEXT)).hints == ()


def test_where_styles_name_headings_looks_do_not() -> None:
    body = (
        p(words="一、总则", properties='<w:pStyle w:val="1"/>') + set_in("黑体", "强调的话") + set_in("仿宋", BODY_TEXT)
    )
    assert said(source(body, styles=style("1", "heading 2"))) == [("一、总则", "heading", 2)]


# Bad files


def test_a_file_of_another_kind_is_told() -> None:
    assert "旧版" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "PDF" in refusal(b"%PDF-1.7 ...")
    assert "RTF" in refusal(b"{\\rtf1 a}")
    assert "程序" in refusal(b"MZ\x90\x00\x03\x00" + bytes(100))
    assert "空的" in refusal(b"")
    refusal(b"plain words")


@pytest.mark.parametrize(
    ("member", "said_of_it"),
    [
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "演示"),
        ("OFD.xml", "OFD"),
        ("content.xml", "OpenDocument"),
        ("甲.txt", "压缩包"),
    ],
)
def test_another_package_is_told(member: str, said_of_it: str) -> None:
    assert said_of_it in refusal(packed({member: "<a/>"}))


def test_a_password_is_told() -> None:
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(60)
    assert "密码" in refusal(encrypted)


def test_a_truncated_file_is_told_wherever_it_ends() -> None:
    whole = word_file(plain(*map(str, range(500))))
    for length in range(10, len(whole), len(whole) // 40):
        refusal(whole[:length])


def test_a_bomb_is_refused() -> None:
    refusal(word_file("<w:p/>" * 3_000_000))


@pytest.mark.parametrize("name", ["word/document.xml", "word/comments.xml", "docProps/core.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_in_any_part(name: str, encoding: str) -> None:
    hostile = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(BytesIO(word_file(plain("甲")))) as archive:
        members: dict[str, str | bytes] = {entry: archive.read(entry) for entry in archive.namelist()}
    members[name] = (hostile + "<a>&b;</a>").encode(encoding)
    assert "DOCTYPE" in refusal(packed(members))


def test_xml_that_is_damaged_or_far_too_deep_is_told() -> None:
    refusal(packed({"word/document.xml": "<w:document"}))
    refusal(packed({"word/document.xml": part("document", "")}))
    refusal(packed({"word/document.xml": part("styles", "<w:body/>")}))
    refusal(word_file("<w:sdt><w:sdtContent>" * 5000 + plain("甲") + "</w:sdtContent></w:sdt>" * 5000))


def test_a_file_without_words_is_told() -> None:
    assert "没有可以导入的文字" in refusal(word_file(p() * 3))


def test_a_strict_file_is_read() -> None:
    body = part("document", f"<w:body>{plain('甲')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(packed({"word/document.xml": body})).text == "甲\n"


@given(st.binary(max_size=200))
def test_whatever_the_bytes_the_answer_is_a_sentence(data: bytes) -> None:
    refusal(data)
    refusal(b"PK\x03\x04" + data)


# Real files


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("D1-planning-law-2026-word-heading-styles.docx", "01-planning-law-2026.md"),
        ("D3-synthetic-outline-auto-numbering.docx", "D3-synthetic-outline-auto-numbering.docx"),
    ],
)
def test_the_headings_of_samples(samples: Path, name: str, like: str) -> None:
    documents = json.loads((samples / "expected.json").read_text("utf-8"))["documents"]
    wanted = next(entry for entry in documents if entry["file"] == like)
    found = read((samples / name).read_bytes())
    headings = [words for words, kind, _ in said(found) if kind == "heading"]
    titles = [words for words, kind, _ in said(found) if kind == "title"]
    assert titles == [wanted["title"]]
    if "headings" in wanted:
        assert headings == wanted["headings"]
        assert "发展目标、重点任务和重大工程" in found.text
    else:
        assert headings[:3] == wanted["first_three"]
        assert headings[-3:] == wanted["last_three"]
    assert parse_outline(found.text, found.hints).title == wanted["title"]


def test_a_law_reads_as_its_plain_text(samples: Path) -> None:
    found = read((samples / "D1-planning-law-2026-word-heading-styles.docx").read_bytes())
    plain_text = (samples / "01-planning-law-2026.md").read_text("utf-8").partition("\n---\n")[2]
    assert re.sub(r"\s", "", found.text) == re.sub(r"\s|^#+|\*\*", "", plain_text, flags=re.MULTILINE)


def test_automatic_decimal_numbers_give_their_outline() -> None:
    levels = [level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")]
    words = [("总则", 0), ("目的", 1), ("依据", 1), ("法律", 2), ("法规", 2), ("附则", 0), ("解释", 1)]
    body = plain("某市应急预案") + "".join(numbered(title, depth) for title, depth in words)
    found = source(body, numbering=numbering(*levels))
    labels = [(node.clause.level, node.clause.label) for node in parse_outline(found.text, found.hints).nodes]
    assert labels == [(1, "1"), (2, "1.1"), (2, "1.2"), (3, "1.2.1"), (3, "1.2.2"), (1, "2"), (2, "2.1")]
