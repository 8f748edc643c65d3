"""Markdown reads as it is seen: without markup, front matter and comments, and with every word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.markdown import read
from desktop.model.errors import UnreadableFileError
from desktop.model.source import Source
from desktop.parsing.outline import parse_outline


def text(markdown: str) -> str:
    return read(markdown.encode()).text.removesuffix("\n")


def said(found: Source) -> list[tuple[str, str, int]]:
    return [(found.text[h.start :].partition("\n")[0], h.style.value, h.level) for h in found.hints]


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("**第一条**　为了", "第一条　为了"),
        ("**第一条。**为了", "第一条。为了"),  # not bold by the letter of the standard, and meant so
        ("*甲*乙_丙_ ***丁*** __戊__ ~~己~~", "甲乙_丙_ 丁 戊 己"),
        ("**甲*乙*丙**", "甲乙丙"),
        ("3*4*5 与 2 * 3 * 4", "3*4*5 与 2 * 3 * 4"),
        ("2021~2025年~2030年", "2021~2025年~2030年"),
        ("*注：甲\n*注：乙", "*注：甲\n*注：乙"),
        ("（____）元（____）角", "（____）元（____）角"),
        ("a_b_c 与 甲_乙_丙", "a_b_c 与 甲_乙_丙"),
        ("\\*甲\\* 1\\. \\[乙\\]", "*甲* 1. [乙]"),
        ("`**甲**` 与 ``a`b``", "**甲** 与 a`b"),
        ("甲`乙", "甲`乙"),
        ("[甲](http://a.cn/b?c=(d)) [乙](x.html \"题\") [丙](<a b>)", "甲 乙 丙"),
        ("![图1](a.png)说明", "图1说明"),
        ("[![图](a.png)](b.html)", "图"),
        ("国发[2020](十五号)", "国发[2020](十五号)"),
        ("国发[2020]15号", "国发[2020]15号"),
        ("[**甲**](#a)**乙**", "甲乙"),
        ("[甲][一]和[一]和[乙]\n\n[一]: http://a.cn \"题\"", "甲和一和[乙]"),
        ("[注]: 本文自印发之日起施行", "[注]: 本文自印发之日起施行"),
        ("甲[^1]，乙[^2]\n\n[^1]: 脚注。", "甲[1]，乙[^2]\n\n[1] 脚注。"),
        ("&nbsp;&lt;甲&gt;&amp;&#20013;&#x6587;&甲;", "\u00a0<甲>&中文&甲;"),
        ("<u>甲</u><font color=\"red\">乙</font>丙<br>丁<br/>戊", "甲乙丙\n丁\n戊"),
        ("<中国>与<b", "<中国>与<b"),
        ("<https://a.cn> <a@b.cn>", "https://a.cn a@b.cn"),
        ("<div align=\"center\">\n\n甲\n\n</div>", "甲"),
        ("甲<!-- 注 -->乙<!--\n多行\n-->丙<!-- 不完", "甲乙丙<!-- 不完"),
        ("甲  \n乙\\\n丙\n丁", "甲\n乙\n丙\n丁"),
        ("> 甲\n> > 乙\n>丙", "甲\n乙\n丙"),
        ("- 甲\n* 乙\n+ 丙\n  - 丁\n- - 戊", "甲\n乙\n丙\n丁\n戊"),
        ("1. 甲\n2. 乙\n\n4. 丙", "1. 甲\n2. 乙\n\n4. 丙"),
        ("1. 甲\n1. 乙\n   1. 子\n   1. 丑\n1. 丙", "1. 甲\n2. 乙\n1. 子\n2. 丑\n3. 丙"),
        ("1. 甲\n\n段落\n\n1. 乙", "1. 甲\n\n段落\n\n1. 乙"),
        ("1.甲\n1.乙", "1.甲\n1.乙"),
        ("2025. 甲", "2025. 甲"),
        ("甲\n\n***\n\n- - -\n\n乙\n\n___", "甲\n\n乙"),
        ("[TOC]\n\n甲", "甲"),
        ("::: tip 说明\n甲\n:::", "说明\n甲"),
        ("```python\n# **甲**\n```\n乙", "# **甲**\n乙"),
        ("~~~\n甲\n\n  乙\n~~~", "甲\n\n  乙"),
        ("```\n甲", "```\n甲"),
        ("<script>\nalert(1)\n</script>\n甲\n<style>b</style>\n乙", "甲\n乙"),
        ("——甲\n　　乙\n---- 丙", "——甲\n　　乙\n---- 丙"),
        ("#甲 不是标题", "#甲 不是标题"),
        ("\\# 甲", "# 甲"),
    ],
)  # fmt: skip
def test_what_is_seen(markdown: str, seen: str) -> None:
    assert text(markdown) == seen


def test_headings_of_both_kinds_have_levels() -> None:
    found = read("# 甲 #\n## **乙** {#b}\n###### 丙\n丁\n===\n戊\n---\n#\n## \n己".encode())
    assert found.text == "甲\n乙\n丙\n丁\n戊\n\n己\n"
    assert said(found) == [
        ("甲", "heading", 1), ("乙", "heading", 2), ("丙", "heading", 6), ("丁", "heading", 1), ("戊", "heading", 2),
    ]  # fmt: skip


def test_the_only_highest_heading_is_the_title_where_it_stands_first() -> None:
    assert said(read("# 慈善法\n\n## 第一章 总则".encode())) == [("慈善法", "title", 0), ("第一章 总则", "heading", 2)]
    assert said(read("# 第一章 总则".encode())) == [("第一章 总则", "heading", 1)]
    assert said(read("前言\n\n# 慈善法".encode())) == [("慈善法", "heading", 1)]


@pytest.mark.parametrize("others", [["附录"], ["第一篇 甲", "第二篇 乙"], ["第一部分 甲", "附件1"], ["一、甲"]])
def test_parts_as_high_as_the_title_leave_it_the_title(others: list[str]) -> None:
    text = "\n\n".join(f"# {heading}\n\n甲。" for heading in ("慈善规划", *others))
    assert said(read(text.encode())) == [("慈善规划", "title", 0), *((other, "heading", 1) for other in others)]


@pytest.mark.parametrize(
    "headings", [("前言", "第一章 甲"), ("规划背景", "一、甲"), ("慈善规划", "甲"), ("一、甲", "附录")]
)
def test_a_part_among_parts_is_no_title(headings: tuple[str, ...]) -> None:
    found = read("\n\n".join(f"# {heading}\n\n甲。" for heading in headings).encode())
    assert said(found) == [(heading, "heading", 1) for heading in headings]


def test_no_heading_stands_in_a_block_of_code_but_where_it_is_the_text() -> None:
    code = "第三章 丙\n\n一、丁"
    found = read(f"# 慈善规划\n\n## 第一章 甲\n\n{'乙。' * 20}\n\n```\n{code}\n```\n\n## 第二章 戊".encode())
    outline = parse_outline(found.text, found.hints)
    assert [(clause.label, len(clause.children)) for clause in outline.clauses] == [("第一章", 3), ("第二章", 0)]
    assert outline.warnings == ()
    whole = read("慈善规划：\n```text\n第一章 甲\n乙。\n第二章 丙\n丁。\n```".encode())
    assert [clause.label for clause in parse_outline(whole.text, whole.hints).clauses] == ["", "第一章", "第二章"]


def test_a_table_may_stand_before_the_title() -> None:
    assert said(read("|a|b|\n|-|-|\n|1|2|\n\n# 慈善法".encode()))[-1] == ("慈善法", "title", 0)


def test_lists_in_lists_are_under_their_items() -> None:
    items = [
        "1. 甲",
        "   1. 甲一",
        "   2. 甲二",
        "2. 乙",
        "   - 点",
        "   1. 乙一",
        "      1. 深",
        "   2. 乙二",
        "3. 丙",
    ]
    found = read("\n".join(items).encode())
    outline = parse_outline(found.text, found.hints)
    assert not outline.warnings
    numbered = [node for node in outline.nodes if node.clause.label]
    assert [(node.clause.level, node.clause.label) for node in numbered] == [
        (1, "1."), (2, "1."), (2, "2."), (1, "2."), (2, "1."), (3, "1."), (2, "2."), (1, "3."),
    ]  # fmt: skip


def test_a_line_under_a_paragraph_makes_no_heading_of_it() -> None:
    assert read("这是一段话。\n---\n甲".encode()) == Source("这是一段话。\n甲\n")
    assert read("甲\n乙\n---\n丙".encode()) == Source("甲\n乙\n丙\n")


def test_tables_become_rows_of_cells() -> None:
    found = read(
        "专栏1\n| **指标** | 2025年 |\n|:--|--:|\n| 甲\\|乙 | 1<br>2 |\n丙 | |\n\n| 不是表 |\n| --- | --- |".encode()
    )
    assert said(found) == [("指标\t2025年", "table", 0), ("甲|乙\t1 2", "table", 0), ("丙", "table", 0)]
    assert found.text.endswith("\n\n| 不是表 |\n| --- | --- |\n")


def test_tables_in_html_become_rows_of_cells() -> None:
    table = "<table>\n<tr><td rowspan=2>甲</td><td>1</td></tr>\n<tr><td>2</td></tr></table>"
    found = read(f"前\n{table}\n<table></table>\n<table> 不完".encode())
    assert said(found) == [("甲\t1", "table", 0), ("\t2", "table", 0)]
    assert found.text == "前\n甲\t1\n\t2\n\n 不完\n"


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("---\ntitle: 甲\ntags:\n  - 乙\n- 丙\n# 注\n---\n正文", "正文"),
        ("+++\ntitle = \"甲\"\n[a]\n+++\n正文", "正文"),
        ("---\n正文不是字段\n---\n下文", "正文不是字段\n下文"),
        ("---\na: b\n没有结束", "a: b\n没有结束"),
        ("甲\n\n---\na: b\n---", "甲\n\na: b"),
    ],
)  # fmt: skip
def test_front_matter_is_no_text_and_text_is_no_front_matter(markdown: str, seen: str) -> None:
    assert text(markdown) == seen


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_any_encoding_and_line_end(encoding: str) -> None:
    assert read("# 朱镕基\r\n\r\n**甲**\r\n".encode(encoding)).text == "朱镕基\n\n甲\n"


@pytest.mark.parametrize("markdown", ["", " \n", "---\na: b\n---\n", "<!-- 甲 -->", "***"])
def test_a_file_without_words_is_refused(markdown: str) -> None:
    with pytest.raises(UnreadableFileError, match="没有"):
        text(markdown)


LETTERS = "中文字，。（）“”—、甲𠮷1a"
MARKS = "*_~`#>-+=|.:!&; \n\t"


@given(st.text(st.sampled_from(LETTERS + MARKS), max_size=80))
def test_only_markup_is_ever_lost(words: str) -> None:
    letters = [sign for sign in words if sign in LETTERS and not sign.isascii()]
    try:
        seen = text(words)
    except UnreadableFileError:
        seen = ""
    assert [sign for sign in seen if sign in LETTERS and not sign.isascii()] == letters


@given(
    st.lists(
        st.text(st.characters(categories=["Lo", "Po", "Ps", "Pe"], exclude_characters=MARKS + "\\[]<>'\"")), min_size=1
    )
)
def test_text_without_markup_is_not_altered(lines: list[str]) -> None:
    wanted = "\n".join(filter(None, lines))
    if wanted.strip():
        assert re.sub("\n+", "\n", text("\n\n".join(lines))) == wanted


@pytest.mark.parametrize("name", ["01-planning-law-2026.md", "02-charity-law-2016.md", "02-charity-law-2023.md"])
def test_laws_are_read(samples: Path, name: str) -> None:
    documents = json.loads((samples / "expected.json").read_text("utf-8"))["documents"]
    wanted = next(entry for entry in documents if entry["file"] == name)
    found = read((samples / name).read_bytes())
    assert said(found)[0] == (wanted["title"], "title", 0)
    chapters = [words for words, style, _ in said(found) if style == "heading"]
    assert (len(chapters), chapters[:3], chapters[-3:]) == (
        wanted["top_level"],
        wanted["first_three"],
        wanted["last_three"],
    )
    assert not re.search(r"[*#<>]|sidebar", found.text)


@pytest.mark.parametrize(
    "sign", ["**a **b ", "[", "![", "` `` ", "[a](b ", "``` \n~~~~\n", "<a", "- ", "|a|b\n", "[^a]", "1. a\n"]
)
def test_hostile_text_takes_linear_time(sign: str) -> None:
    # Not by the clock: what grew with the square would take minutes here.
    assert len(text("甲\n" + sign * 60_000 + "\n甲")) >= 3
