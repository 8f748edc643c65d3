"""The web page: a golden file, that it is whole and holds nothing live, and that nothing a user wrote is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.html import read
from desktop.exchange.writers import colours
from desktop.exchange.writers.html import write_html
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.outline import NoticeKind, Outline
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from tests.exchange.conftest import MADE, WRITTEN
from tests.exchange.table_of_targets import LINES, targets

Words = Callable[..., Span]
Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]


def page_of(data: bytes) -> Any:
    return lxml.html.document_fromstring(data.decode())


def words_in(element: Any) -> str:
    return str(element.text_content())


def paragraphs_of(page: Any) -> list[str]:
    """Return the paragraphs of the text without the numbers of the notes."""
    for number in page.xpath("//sup"):
        number.drop_tree()
    return [words_in(row[-1]) for row in page.find_class("row")]


def test_the_text_stands_with_its_marks_and_the_notes_beside_it(
    report: Reports, marks: tuple[ReportMark, ...], golden: Callable[[str, str], None]
) -> None:
    golden("page.html", write_html(report(*marks)).decode())


def test_every_line_with_words_is_there(report: Reports, text: str, marks: tuple[ReportMark, ...]) -> None:
    first, again, *lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert first == again
    assert paragraphs_of(page_of(write_html(report(*marks)))) == [first, *lines]


def test_nothing_in_it_is_live_or_from_elsewhere(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    page = page_of(write_html(report(*marks, subtitle="会")))
    assert {element.tag for element in page.iter()} <= {
        *("html", "head", "meta", "title", "style", "body", "nav", "section", "ul", "li", "a", "main", "div", "p"),
        *("h1", "h2", "h3", "b", "mark", "sup", "aside", "small", "footer", "details", "summary", "bdi", "wbr"),
    }
    attributes = {name for element in page.iter() for name in element.attrib}
    assert attributes <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "href",
        "aria-label",
        "role",
    }
    assert all(link.get("href").startswith("#") for link in page.iter("a"))
    style = page.find(".//style").text
    assert not re.search(r"url\(|@import|expression|//", style)


def test_the_policy_lets_in_the_own_style_and_nothing_else(report: Reports) -> None:
    page = page_of(write_html(report()))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(page.find(".//style").text.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"style-src 'sha256-{digest}'",
    ]


def test_links_lead_to_where_they_say(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    page = page_of(write_html(report(*marks)))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {link.get("href")[1:] for link in page.iter("a")}
    assert targets <= set(ids)
    for link in page.xpath("//nav//a"):
        (paragraph,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert words_in(paragraph).startswith(words_in(link))


def test_marks_are_coloured_and_the_short_one_lies_on_top(report: Reports, mark: Marks, words: Words) -> None:
    underline = mark(words("大于"), pen=3, kind=MarkKind.UNDERLINE, style=MarkStyle.UNDERLINE)
    page = page_of(write_html(report(mark(words("机遇大于风险"), pen=1), mark(words("风险"), pen=None), underline)))
    assert [(piece.get("class"), words_in(piece)) for piece in page.iter("mark")] == [
        ("f1", "机遇"),
        ("f1 l3", "大于"),
        ("f0", "风险"),
    ]


def test_light_and_dark_paper_and_screen_have_their_looks(report: Reports) -> None:
    style = page_of(write_html(report())).find(".//style").text
    light, _, dark = style.partition("(prefers-color-scheme:dark)")
    assert all(f"#{fill}" in light for fill in colours.FILLS)
    assert all(f"#{fill}" in dark for fill in colours.DARK_FILLS)
    assert "@media print" in style


@given(st.text(st.sampled_from("<>&\"'/=;-! \nascriptA甲\U00020bb7\x00\x0b"), min_size=1, max_size=40))
def test_no_text_note_or_tag_is_markup(words: str) -> None:
    text = f"题{words}\n尾"
    mark = ReportMark("x", MarkKind.NOTE, MarkStyle.FILL, 1, Span(0, 1), "题", on_clause=False, note=f"甲{words}",
                      tags=(f"乙{words}",), address="", author=words, meeting="", created=WRITTEN,
                      changed=WRITTEN)  # fmt: skip
    data = write_html(Report(words, words, text, Outline("", (), (), ()), (mark,), DEFAULT_PENS, MADE))
    page = page_of(data)
    kept = words.replace("\x00", "").replace("\x0b", "")
    assert words_in(page.find_class("note")[0].find("p")) == f"甲{kept}"
    lines = [line.strip() for line in f"题{kept}\n尾".split("\n") if line.strip()]
    assert [line.strip() for line in paragraphs_of(page)[1:] if line.strip()] == lines
    assert not list(page.iter("script"))


def test_long_notes_and_rare_characters_are_kept_behind_the_text(report: Reports, mark: Marks, words: Words) -> None:
    note = "\U0001f600\U00020bb7<&>\n" * 20_000
    page = page_of(write_html(report(mark(words("机遇"), note="短"), mark(words("风险"), note=note))))
    _, beside, late = page.find_class("note")
    assert words_in(beside).startswith(f"2{note[:40]}".rstrip())
    assert len(words_in(beside)) < 300
    assert beside.find("p/a").get("href") == f"#{late.get('id')}"
    assert late.getparent().tag == "section"
    assert [words_in(paragraph) for paragraph in late.findall("p")] == ["“风险”", note]
    assert late.find("a").get("href") == f"#{beside.get('id')}"


def test_a_title_is_broken_between_words_marked_or_not(plan_text: str, mark: Marks) -> None:
    outline = parse_outline(plan_text)
    marked = mark(Span(plan_text.index("衡阳市国民"), plan_text.index("经济和")), plan_text, note="甲")
    page = write_html(Report(outline.title, "", plan_text, outline, (marked,), DEFAULT_PENS, MADE)).decode()
    title = re.search("<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert title
    words = re.sub("<sup>.*?</sup>|<(?!wbr)[^>]*>", "", title[1]).replace("<wbr>", "|")
    assert "衡阳市|国民经济和社会发展|" in words
    assert words.replace("|", "") == outline.title


def test_the_contents_stand_beneath_the_title_of_what_a_notice_publishes(mark: Marks) -> None:
    text = "关于印发《规划》的通知\n各县市:\n现印发给你们。\n规划\n(2026年1月1日)\n第一章 总则\n甲。\n第二章 任务\n乙。"
    outline = parse_outline(text)
    assert [notice.text for notice in outline.notices if notice.kind is NoticeKind.TITLE]
    page = page_of(write_html(Report(outline.title, "", text, outline, (), DEFAULT_PENS, MADE)))
    above = [words_in(row) for row in page.xpath("//nav/preceding-sibling::div")]
    title = words_in(page.find(".//h1"))
    assert title in above
    assert not any("章" in words for words in above)


def test_notes_without_room_beside_the_text_stand_behind_it(report: Reports, mark: Marks) -> None:
    noted = [mark(Span(at, at + 1), id=str(number), note="甲") for at in range(100, 104) for number in range(30)]
    page = page_of(write_html(report(*noted)))
    late = page.find_class("note")[-1].getparent()
    assert late.tag == "section"
    assert len(late.findall("div")) + sum(len(aside) for aside in page.iter("aside")) == 120
    assert 10 < sum(len(aside) for aside in page.iter("aside")) < 40
    for sign in page.xpath("//sup/a"):
        (note,) = page.xpath(f"//*[@id='{sign.get('href')[1:]}']")
        assert note.find("a").get("href") == f"#{sign.get('id')}"
        assert words_in(note.find("a")) == words_in(sign)


def test_notes_are_numbered_as_their_signs_are_met(report: Reports, mark: Marks, words: Words) -> None:
    long = Span(words("机遇大于").start, words("要集中").end)
    across = Span(words("办好自己的事。").start, words("全市上下").end)
    noted = (
        mark(long, note="长"),
        mark(words("机遇"), note="短"),
        mark(across, note="跨"),
        mark(words("集中"), note="中"),
    )
    page = page_of(write_html(report(*noted)))
    assert [words_in(sign) for sign in page.xpath("//sup")] == ["1", "2", "3", "4"]
    assert [words_in(note).partition("重点")[0] for note in page.find_class("note")] == ["1短", "2长", "3中", "4跨"]


def test_the_page_begins_with_its_title_and_the_contents_are_folded(
    report: Reports, marks: tuple[ReportMark, ...]
) -> None:
    main = page_of(write_html(report(*marks, subtitle="会"))).find(".//main")
    assert [child.tag for child in main][:6] == ["div", "div", "div", "div", "nav", "div"]
    assert main[0][0].tag == "h1"
    contents = main.find("nav/details")
    assert contents.get("open") is None
    assert next(words_in(link) for link in contents.iter("a")) == "3.发展环境"


def test_notes_stand_before_their_paragraph_and_beside_no_other_chapter(report: Reports, mark: Marks) -> None:
    page = page_of(write_html(report(*(mark(Span(at, at + 1), note="甲") for at in range(90, 110)))))
    assert all(row[0].tag == "aside" for row in page.find_class("row") if row.find("aside") is not None)
    assert [words_in(row[-1]) for row in page.find_class("new")] == ["20二、指导思想和主要目标"]


def test_notes_of_the_chapter_before_take_no_room_from_the_next(report: Reports, mark: Marks) -> None:
    chapters = "".join(f"第{number}章 题\n正文在这里。\n" for number in "一二三四五")
    outline = parse_outline(chapters)
    starts = [node.clause.start for node in outline.nodes if node.clause.label.startswith("第")]
    noted = [mark(Span(at, at + 1), chapters, id=str((at, n)), note="甲") for at in starts for n in range(12)]
    page = page_of(write_html(replace(report(*noted, text=chapters), outline=outline)))
    assert {len(aside) for aside in page.iter("aside")} == {12}


def test_a_table_is_a_table_with_the_notes_on_its_cells_beside_it(mark: Marks) -> None:
    page = page_of(write_html(targets(mark, "全员劳动", "属性\n经济")))
    (table,) = page.iter("table")
    row = table.getparent().getparent()
    assert [len(aside) for aside in row.findall("aside")] == [2]
    assert [words_in(sign.getparent()) for sign in table.iter("sup")] == ["经济1发展", "2.全员劳动2生产率"]
    assert [words_in(cell) for cell in table.find_class("short")][:4] == ["类别", "指标", "属性", "经济1发展"]
    for sign in list(table.iter("sup")):
        sign.drop_tree()
    assert [[words_in(cell) for cell in row] for row in table.iter("tr")] == [line.split("\t") for line in LINES[3:6]]


def test_no_word_turns_around_the_order_of_others(report: Reports, mark: Marks, words: Words) -> None:
    turned = mark(words("机遇"), note="甲\u202e乙", tags=("\u202e丙",), author="\u2067丁")
    note = page_of(write_html(report(turned, title="\u202e题"))).find_class("note")[0]
    assert words_in(note).startswith("1甲乙标签：丙")
    assert [words_in(detail) for detail in note.iter("bdi")][:3] == ["标签：丙", "重点", "丁"]


def test_a_real_plan_is_written_whole(plan_text: str, mark: Marks) -> None:
    outline = parse_outline(plan_text)
    noted = mark(Span(500, 520), plan_text, note="甲")
    data = write_html(Report(outline.title, "", plan_text, outline, (noted,), DEFAULT_PENS, MADE))
    assert paragraphs_of(page_of(data)) == [line.strip() for line in plan_text.split("\n") if line.strip()][1:]


def test_a_page_that_comes_back_is_read_as_its_text(plan_text: str, mark: Marks) -> None:
    outline = parse_outline(plan_text)
    spans = [Span(at, at + 20) for at in range(150, 9000, 150) if plan_text[at : at + 20].strip()]
    noted = [mark(span, plan_text, id=str(span.start), note="批注。" * (1 + span.start % 200)) for span in spans]
    data = write_html(Report(outline.title, "周例会", plan_text, outline, tuple(noted), DEFAULT_PENS, MADE))
    lines = [line.strip() for line in plan_text.split("\n") if line.strip()]
    assert [line for line in read(data).text.split("\n") if line] == lines[1:]


def test_without_a_text_the_notes_are_told_as_excerpts(report: Reports, mark: Marks) -> None:
    lost = mark(Span(0, 0), "", quote="<i>稳中求进", note="没有\n丢", address="未找到")
    page = page_of(write_html(report(lost, text="", title="题")))
    assert [words_in(row) for row in page.find_class("row")][:4] == ["题", "未找到", "<i>稳中求进", "没有\n丢"]


@pytest.mark.parametrize("text", ["", "\n\n", "甲"])
def test_a_text_of_hardly_anything_makes_a_page_too(report: Reports, mark: Marks, text: str) -> None:
    page = page_of(write_html(report(mark(Span(0, len(text)), text, note="注"), text=text, title="题")))
    assert words_in(page.find(".//h1")) == "题"
