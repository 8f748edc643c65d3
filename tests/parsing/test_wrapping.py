"""Lines broken by a copy are one paragraph again; lines that are paragraphs stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.clause import ClauseKind
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import tree

WIDTH = 36
PARAGRAPHS = st.lists(st.integers(1, 200).map(lambda size: "要" + "办" * size + "。"), min_size=8, max_size=12)


def broken(paragraph: str, *, indent: str) -> str:
    line = indent + paragraph
    return "\n".join(line[at : at + WIDTH] for at in range(0, len(line), WIDTH))


@given(PARAGRAPHS, st.sampled_from(["", "\u3000\u3000", "  "]))
def test_paragraphs_broken_at_the_edge_are_joined(paragraphs, indent):
    # Enough of them are long, so that the edge can be seen.
    paragraphs = ["长" * 100 + "。"] * 5 + paragraphs
    text = "第一章 甲\n\n" + "\n\n".join(broken(paragraph, indent=indent) for paragraph in paragraphs)
    (chapter,) = parse_outline(text).clauses
    assert ["".join(child.span.of(text).split()) for child in chapter.children] == paragraphs


@pytest.mark.parametrize("label", ["", "第{0}条　"])
def test_a_full_line_that_ends_a_sentence_goes_on_where_paragraphs_are_indented(label):
    short, full = "要" + "办" * 47 + "。", "长" * (WIDTH - 3 - (5 if label else 0)) + "。" + "办" * 47 + "。"
    paragraphs = [label.format(number) + (full if number in "五七" else short) for number in "一二三四五六七八九"]
    text = "某条例\n" + "\n".join(broken(paragraph, indent="　　") for paragraph in paragraphs)
    assert ["".join(clause.span.of(text).split()) for clause in parse_outline(text).clauses] == [
        "".join(paragraph.split()) for paragraph in paragraphs
    ]


def test_a_full_line_that_ends_a_sentence_ends_its_paragraph_where_none_are_indented():
    paragraphs = ["要" + "办" * 47 + "。", "要" + "办" * 69 + "。", "要" + "办" * 34 + "。"] * 3
    text = "某条例\n一、甲\n" + "\n".join(broken(paragraph, indent="") for paragraph in paragraphs)
    (heading,) = parse_outline(text).clauses
    assert len(heading.children) == len(paragraphs)


def test_what_is_signed_below_a_full_line_is_no_part_of_its_paragraph():
    lines = [broken("要" + "办" * 47 + "。", indent="　　") for _ in range(8)]
    text = "某通知\n" + "\n".join(lines) + "\n　　" + "长" * (WIDTH - 3) + "。\n某市人民政府\n2026年1月2日"
    assert [clause.span.of(text) for clause in parse_outline(text).clauses][-2:] == ["某市人民政府", "2026年1月2日"]


def test_a_label_begins_a_clause_in_broken_lines():
    words = "要" + "办" * 60 + "。"
    text = "\n".join(broken(f"（{number}）{words}", indent="　　") for number in "一二三四")
    assert [line for line in tree(f"某规划\n一、甲\n{text}") if "（" in line] == [
        f"  heading （{number}）要{'办' * 60}" for number in "一二三四"
    ]


def test_whole_paragraphs_are_never_joined():
    lines = ["一、甲", *["要" + "办" * size for size in (5, 20, 30, 80, 200, 33, 60, 31, 32, 34)]]
    assert len(tree("\n".join(lines))) == len(lines)


def test_a_heading_set_in_two_lines_has_one_title():
    body = "\n".join(broken("长" * 100 + "。", indent="  ") for _ in range(5))
    outline = parse_outline(f"某规划\n{body}\n\n第一篇 总体要求\n开启新征程\n\n第一章 形势\n\n{body}")
    titles = [node.clause.title for node in outline.nodes if node.clause.label]
    assert titles == ["总体要求 开启新征程", "形势"]


def test_a_title_below_its_label_belongs_to_it():
    assert tree("某规划\n第一章\n总体要求\n甲。\n第二章\n\n重点任务\n乙。") == [
        "chapter 第一章总体要求",
        "  paragraph ",
        "chapter 第二章重点任务",
        "  paragraph ",
    ]


def test_rows_that_follow_one_another_are_one_table():
    text = "一、甲\n指标\t2025年\n产值\t1\n　\t2\n\n类别\t数\n乙。"
    outline = parse_outline(text)
    tables = [node.clause for node in outline.nodes if node.clause.kind is ClauseKind.TABLE]
    assert [[row.of(text).strip() for row in table.sentences] for table in tables] == [
        ["指标\t2025年", "产值\t1", "2"],
        ["类别\t数"],
    ]


@pytest.mark.parametrize("between", ["— 3 —\n", "\n- 3 -\n\n", "第3页\n", "— 3 —\n\x0c"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("　　要加快建设现代化产业体系，", "推动高质量发展。"),
        ("（一）加快建设。要推动产业", "转型升级。"),
        ("要加快建设。要推动产业转型、", "升级、创新。"),
    ],
)
def test_a_paragraph_that_goes_on_behind_a_page_number_is_one(between, first, second):
    text = f"某规划\n一、甲\n{first}\n{between}{second}\n　　再者。\n"
    outline = parse_outline(text)
    paragraph, after = (node.clause for node in outline.nodes[1:])
    assert paragraph.span.of(text).rstrip() == f"{first}\n{between}{second}".strip()
    assert after.span.of(text).strip() == "再者。"
    assert [notice.text for notice in outline.notices] == ["某规划"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第一节　坚持统筹，兼顾各方", "要加快建设。"),  # a heading
        ("要加快建设。", "推动高质量发展。"),
        ("要加快：", "推动高质量发展。"),
        ("要加快建设，", "（二）推动高质量发展。"),
        ("要加快建设，", "　　推动高质量发展。"),
        ("坚持党的领导", "推动高质量发展。"),  # it may be a title
    ],
)
def test_what_may_end_at_the_end_of_a_page_stays_apart(first, second):
    outline = parse_outline(f"某规划\n一、甲\n{first}\n— 3 —\n{second}\n")
    assert [notice.text for notice in outline.notices] == ["某规划", "— 3 —"]


def test_broken_lines_go_on_behind_a_page():
    paragraph = "要坚持，" + "办" * 200 + "。"
    lines = broken(paragraph, indent="　　").split("\n")
    pages = "\n".join([*lines[:3], "— 1 —", *lines[3:]])
    text = f"某规划\n一、甲\n{pages}\n{broken(paragraph, indent='　　')}\n"
    outline = parse_outline(text)
    assert [len(clause.children) for clause in outline.clauses] == [2]
    assert [child.end - child.start for child in outline.clauses[0].children] == [len(pages) - 2, len(pages) - 8]
