"""A web page gives its content: every word of it, and nothing of what stands around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.html import read
from desktop.model.errors import UnreadableFileError
from desktop.model.source import Source
from desktop.parsing.outline import parse_outline
from tests.exchange.readers.site_pages import ARTICLE, LONGER, PAGES, TITLE

PROSE = "　　坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，扎实推动高质量发展。"


def page(body: str, title: str = "", head: str = "") -> Source:
    return read(f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode())


def text(body: str, title: str = "") -> str:
    return page(body, title).text.removesuffix("\n")


def said(found: Source) -> list[tuple[str, str, int]]:
    return [(found.text[h.start :].partition("\n")[0], h.style.value, h.level) for h in found.hints]


# Encodings


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "GB_2312-80", "utf-8", "iso-8859-1", "no-such"])
def test_a_page_that_says_gb2312_is_read_to_its_end(declared: str) -> None:
    body = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>朱镕基、喆、𠮷——完</p>'
    assert read(body.encode("gb18030")).text == "朱镕基、喆、𠮷——完\n"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "gb2312"), ("utf-8-sig", "gb2312"), ("utf-16", "utf-8"), ("big5", "big5"), ("utf-8", "")],
)
def test_any_encoding_is_told_even_where_the_page_says_another(encoding: str, declared: str) -> None:
    assert read(f'<meta charset="{declared}"><p>發展經濟</p>'.encode(encoding)).text == "發展經濟\n"


def test_an_xml_declaration_is_no_obstacle() -> None:
    body = '<?xml version="1.0" encoding="GB2312"?><html><body><p>朱镕基</p></body></html>'
    assert read(body.encode("gb18030")).text == "朱镕基\n"


def test_a_damaged_byte_is_told_and_costs_nothing_else() -> None:
    found = read(b'<meta charset="utf-8"><p>' + ("衡阳" * 100).encode() + b"\xff" + "完</p>".encode())
    assert found.text == "衡阳" * 100 + "\ufffd完\n"
    assert "1 处文字已损坏" in found.remarks[0]


# Words and lines


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<div>甲<div>乙</div>丙</div>丁", "甲\n乙\n丙\n丁"),
        ("<p>甲<br>乙<br><br>丙</p>", "甲\n乙\n\n丙"),
        ("<p>甲 <b>乙</b> <i>丙</i></p>", "甲 乙 丙"),
        ("<p>经济总量\n  连上 台阶 GDP\n growth</p>", "经济总量连上 台阶 GDP growth"),
        ("<p>　　甲&nbsp;&nbsp;乙&amp;&#20013;</p>", "　　甲\u00a0\u00a0乙&中"),
        ("<pre>甲\n  乙</pre>丙", "甲\n  乙\n丙"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("<ol><li>甲</li><li>乙<ol type=a><li>丙</li></ol></li><li>丁</li></ol>", "1. 甲\n2. 乙\na. 丙\n3. 丁"),
        ("<ol start=3><li>甲</li><li value=9>乙</li><li>丙</li></ol>", "3. 甲\n9. 乙\n10. 丙"),
        ("<ol><li>一、甲</li><li>（二）乙</li></ol>", "一、甲\n（二）乙"),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲</li></ol>', "一、甲"),
        ('<ol style="list-style:none"><li>甲</li></ol>', "甲"),
        ("<ruby>衡<rp>(</rp><rt>héng</rt></ruby>阳", "衡阳"),
        ("甲<!-- 注 --><script>var a = '菜单';</script><style>p{}</style><noscript>请启用</noscript>乙", "甲乙"),
        ('甲<span style="display: none">藏</span><span hidden>藏</span><i aria-hidden="true">藏</i>乙', "甲乙"),
        ("<form><p>甲</p><input value=搜><select><option>选</option></select><button>提交</button></form>", "甲"),
        ("<p>未闭合<p>也读<td>孤", "未闭合\n也读\n孤"),
        ("1 < 2<p>a<b", "1 < 2\na"),
        ("<zoom><p>甲</p></zoom>", "甲"),
    ],
)
def test_what_is_seen(body: str, seen: str) -> None:
    assert text(body) == seen


def test_signs_of_notes_within_the_page_are_no_words_of_the_text() -> None:
    signs = '甲<sup><a id="r1" href="#n1">1</a></sup>乙<sup>[<a href="#fn-2">12</a>]</sup>丙'
    assert text(f"<p>{signs}</p>") == "甲乙丙"
    kept = '10<sup>2</sup>公里<sup><a href="/2">3</a></sup><sup><a href="#n">注</a></sup>'
    assert text(f"<p>{kept}</p>") == "102公里3注"


def test_headings_have_levels_and_are_one_line() -> None:
    found = page("<h1>甲</h1><h2>乙<br>丙</h2><h6><b>丁</b></h6><p>戊</p><h1>己</h1>")
    assert said(found) == [("甲", "heading", 1), ("乙 丙", "heading", 2), ("丁", "heading", 6), ("己", "heading", 1)]
    assert said(page("<h1>规划</h1><p>戊</p>")) == [("规划", "title", 0)]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE html [<!ENTITY x "boom"><!ENTITY y SYSTEM "file:///etc/passwd">]>',
        '\n<!doctype html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "a.dtd" [\n<!ENTITY nbsp "&#160;">\n] >',
        '<?xml version="1.0"?><!DOCTYPE html [ ]>',
    ],
)
def test_a_doctype_with_entities_is_no_text(doctype: str) -> None:
    assert read(f"{doctype}<html><body><p>甲</p><p>乙</p></body></html>".encode()).text == "甲\n乙\n"


def test_a_list_in_a_list_is_under_its_item() -> None:
    inner = "<ol><li>甲一</li><li>甲二</li></ol>"
    found = page(f"<ol><li>甲{inner}</li><li>乙<ul><li>点<ol><li>乙一</li></ol></li></ul></li><li>丙</li></ol>")
    assert said(found) == [("1. 甲一", "body", 1), ("2. 甲二", "body", 1), ("1. 乙一", "body", 1)]
    outline = parse_outline(found.text, found.hints)
    assert not outline.warnings
    assert [[inner.label for inner in clause.children if inner.label] for clause in outline.clauses] == [
        ["1.", "2."], ["1."], [],
    ]  # fmt: skip


def test_a_frame_takes_no_table_behind_it_in() -> None:
    frame = "<table><tr><td><p>专栏1 工程</p><br><p>甲。</p></td></tr></table>"
    rows = "<table><tr><td>指标</td><td>值</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    found = page(f"<p>{PROSE}</p>{frame}{rows}")
    clauses = parse_outline(found.text, found.hints).clauses
    assert [clause.kind.value for clause in clauses] == ["paragraph", "box", "table"]


def test_a_table_before_the_title_says_something_of_the_text() -> None:
    index = "<table><tr><td>索引号：</td><td>0001</td></tr><tr><td>标题：</td><td>关于某事的意见</td></tr></table>"
    found = page(f"{index}<h1>关于某事的意见</h1><p>{PROSE}</p><p>一、总体要求</p><p>{PROSE}</p>")
    outline = parse_outline(found.text, found.hints)
    assert outline.title == "关于某事的意见"
    assert [clause.label for clause in outline.clauses] == ["", "一、"]


def test_tables_are_read_row_by_row() -> None:
    cells = "<tr><th>指标</th><th>值</th></tr><tr><td rowspan=2>甲</td><td>1<p>万</p></td></tr><tr><td>2</td></tr>"
    found = page(f"{PROSE}<table><caption>表1</caption>{cells}<tr><td colspan=2>注</td></tr></table>")
    assert said(found) == [
        ("表1", "box", 0), ("指标\t值", "table", 0), ("甲\t1 万", "table", 0), ("\t2", "table", 0), ("注", "table", 0),
    ]  # fmt: skip


def test_a_small_table_of_one_column_is_a_box() -> None:
    found = page(f"<p>{PROSE}</p><table><tr><td><p>专栏1 工程</p><p>01 甲。</p></td></tr></table>")
    assert said(found) == [("专栏1 工程", "box", 0), ("01 甲。", "box", 0)]


def test_a_table_that_lays_out_the_page_is_not_read_as_one() -> None:
    inner = f"<table><tr><td><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>"
    found = page(f"<table><tr><td>左</td><td>{inner}</td></tr></table>")
    assert found.text.count(PROSE.strip()) == 2
    assert found.hints == ()
    long = f"<table><tr><td>左</td><td>{f'<p>{PROSE}</p>' * 30}</td></tr></table>"
    assert page(long).hints == ()


# Content


SITE = """
<div class="header"><img src="logo.png"><a href="/">首页</a><a href="/zw">政务公开</a><a href="/fw">办事服务</a></div>
<header>衡阳市人民政府</header>
<div role="navigation">导航</div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
<div class="wrap">{content}</div>
<ul><li><a href="/1">关于一件别的事情的通知</a></li><li><a href="/2">又一件</a></li><li><a href="/3">新闻</a></li></ul>
<aside>相关阅读</aside>
<div class="footer">版权所有：衡阳市人民政府 <a href="/m">网站地图</a> 湘ICP备05000001号</div>
<footer>主办单位</footer>
"""


def test_menus_banners_and_footers_are_left_out_and_counted() -> None:
    found = page(SITE.format(content=f"<p>{PROSE}</p><p>一、总体要求</p>"))
    assert found.text == f"{PROSE}\n一、总体要求\n"
    assert "没有导入" in found.remarks[0]


@pytest.mark.parametrize("hidden", ['style="visibility: hidden; opacity: 0;"', 'style="display:none"', "hidden"])
def test_a_text_that_a_script_shows_later_is_the_content(hidden: str) -> None:
    words = f"<h1>全文公布</h1><em>明州发布</em>{{}}<p>{PROSE}</p><p>一、总体要求</p></div><div>阅读</div>"
    assert page(words.format(f"<div {hidden}>")).text == f"全文公布\n明州发布\n{PROSE}\n一、总体要求\n阅读\n"
    longer = f"<p>{PROSE * 9}</p>"
    article = f"<div id='js_content' {hidden}><p>{PROSE}</p><p {hidden}>样式</p></div>{longer}"
    assert page(article).text == f"{PROSE}\n{PROSE * 9}\n"
    terms = page(f"<div class='TRS_Editor'><p>{PROSE}</p></div><div {hidden}>{longer}</div>")
    assert terms.text == f"{PROSE}\n"
    steps = f"<div {hidden}><p>{PROSE}</p></div>" * 3
    assert page(f"<h1>全文公布</h1>{steps}").text == f"全文公布\n{PROSE}\n{PROSE}\n{PROSE}\n"
    assert page(f"<div id='js_content' {hidden}>{steps}</div>").text == f"{PROSE}\n{PROSE}\n{PROSE}\n"


def test_hidden_words_are_left_out_and_counted() -> None:
    found = page(f"<p>{PROSE}</p><p hidden>隐藏</p><p style='display:none'>不显示</p><p aria-hidden='true'>无</p>")
    assert found.text == f"{PROSE}\n"
    assert found.remarks == ("网页正文以外的菜单、页脚等，以及隐藏的文字，共 6 个字没有导入。",)


def test_a_title_outside_the_content_is_found_by_the_name_of_the_page() -> None:
    content = (
        f'<div class="bt">关于规划的建议</div><div class="info">来源：本站</div><div><p>{PROSE}</p><p>{PROSE}</p></div>'
    )
    found = page(SITE.format(content=content), "关于规划的建议_衡阳市人民政府")
    assert said(found) == [("关于规划的建议", "title", 0)]
    assert found.text == f"关于规划的建议\n{PROSE}\n{PROSE}\n"


def test_a_title_in_two_lines_within_the_content_is_found() -> None:
    content = f"<p align=center><b>衡阳市国民经济和社会发展<br>第十五个五年规划纲要</b></p><p>{PROSE}</p>"
    found = page(content, "衡阳市国民经济和社会发展第十五个五年规划纲要-政府网")
    assert said(found) == [("衡阳市国民经济和社会发展", "title", 0), ("第十五个五年规划纲要", "title", 0)]


def test_a_heading_outside_is_the_title_where_the_page_has_no_name() -> None:
    assert said(page(f"<div><h1>建议</h1></div><div><p>{PROSE}</p></div>")) == [("建议", "title", 0)]


def test_short_lines_around_the_text_are_kept_unless_they_are_the_sites() -> None:
    around = "<div>（2026年11月22日通过）</div>{}<div>衡阳市人民政府</div><div>附件：<a href=a.docx>项目表</a></div>"
    site = "<div>来源：本站 <a href=/p>打印</a></div><p>版权所有：某单位</p>"
    found = page((site + around).format(f"<div><p>{PROSE}</p><p>{PROSE}</p></div>"))
    assert found.text == f"（2026年11月22日通过）\n{PROSE}\n{PROSE}\n衡阳市人民政府\n附件：项目表\n"


def test_the_header_and_footer_of_an_article_are_its_own() -> None:
    article = f"<article><header><h1>建议</h1></header><p>{PROSE}</p><footer>（此件公开发布）</footer></article>"
    assert text(SITE.format(content=article)) == f"建议\n{PROSE}\n（此件公开发布）"


def test_prose_is_never_left_out_whatever_its_part_is_called() -> None:
    body = f'<div class="menu">{"这里是正文的一段话，不是菜单。" * 2}</div><div><p>{PROSE * 3}</p></div>'
    assert "不是菜单" in text(body)
    two = f"<div><p>{PROSE * 9}</p></div><div><p>{PROSE}</p></div>"
    assert text(two).count(PROSE) == 10


def test_contents_within_a_page_are_no_menu() -> None:
    contents = "".join(f'<li><a href="#{n}">第{n}章 总则</a></li>' for n in "一二三")
    assert text(f"<ul>{contents}</ul><p>{PROSE}</p>").count("总则") == 3


def test_a_page_of_links_alone_is_its_links() -> None:
    assert text("".join(f'<li><a href="/{n}">第{n}个规划</a></li>' for n in range(9))).count("规划") == 9


def test_within_an_aspx_page_one_form_holds_all() -> None:
    assert text(f'<form action="x.aspx"><input type="hidden" value="a"><div><p>{PROSE}</p></div></form>') == PROSE


# Safety and bad files


def test_nothing_is_fetched_or_executed(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    entity = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    body = f'{entity}<base href="{tmp_path.as_uri()}/"><iframe src="secret.txt"></iframe><object data="secret.txt">'
    found = read(f"{body}</object><link rel=import href=secret.txt><p>甲&a;</p>".encode())
    assert "秘密" not in found.text
    assert "甲" in found.text


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<p> </p>", b"<!-- a -->", b"<script>a</script>"])
def test_a_page_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"没有.*。$"):
        read(data)


def test_other_kinds_of_files_are_told() -> None:
    with pytest.raises(UnreadableFileError, match="MHTML"):
        read(b"MIME-Version: 1.0\r\nContent-Type: multipart/related")
    with pytest.raises(UnreadableFileError, match="PDF"):
        read(b"%PDF-1.7")
    assert read("纯文本\n两行".encode()).text == "纯文本\n两行"


def test_a_page_too_deep_for_the_parser_is_refused_rather_than_cut() -> None:
    assert text("<div>" * 1500 + PROSE + "</div>" * 1500 + "<p>完</p>") == f"{PROSE}\n完"
    with pytest.raises(UnreadableFileError, match="太深"):
        text("<ul><li>甲" * 5000)


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1, max_size=8), st.randoms())
def test_every_word_of_a_body_is_read_in_order(words: list[str], random) -> None:
    tags = [random.choice(["p", "div", "span", "b", "h2", "li", "section", "blockquote", "zoom"]) for _ in words]
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;") for word in words]
    body = "".join(f"<{tag}>{word}</{tag}>" for tag, word in zip(tags, escaped, strict=True))
    assert "".join(text(body).split()) == "".join("".join(words).split())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("article", [ARTICLE, LONGER])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_of_a_page_as_governments_build_them_the_article_alone_is_read(name, article, encoding) -> None:
    found = read(PAGES[name](article).encode(encoding))
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    attached = [line for line in lines if line.endswith(".pdf")]  # a link to an attachment is not lost
    assert [line for line in lines if line not in attached] == [TITLE, *article]
    assert found.remarks[0].startswith("网页正文以外的菜单、页脚等")
    outline = parse_outline(found.text, found.hints)
    assert outline.title == TITLE
    assert [node.clause.label for node in outline.nodes if node.clause.label][:4] == [
        "第一篇",
        "第一章",
        "第一节",
        "第二章",
    ]
