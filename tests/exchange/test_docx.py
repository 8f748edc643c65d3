"""A Word file is read back: its text, its look, and that every comment covers exactly its words."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.parser import parse_xml
from docx.shared import Pt, Twips
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.writers.docx import write_docx
from desktop.exchange.writers.typesetting import MOST_KEPT
from desktop.model.export import Options, PageForm
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.outline import Outline
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.source import Hint, LineStyle
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from tests.exchange.table_of_targets import LINES, targets

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = datetime(2026, 11, 22, 3, 5, 7, tzinfo=UTC)
Words = Callable[..., Span]
Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def commented_words(data: bytes) -> dict[int, str]:
    """Return, for each comment of a Word file, the text its range covers; paragraphs are joined by LF."""
    running: dict[int, list[str]] = {}
    found: dict[int, str] = {}
    referred: set[int] = set()
    for element in opened(data).element.body.iter():
        number = int(element.get(f"{W}id", -1))
        if element.tag == f"{W}commentRangeStart":
            running[number] = []
        elif element.tag == f"{W}commentRangeEnd":
            found[number] = "".join(running.pop(number))
        elif element.tag == f"{W}commentReference":
            assert number in found, "the reference stands behind the range"
            referred.add(number)
        elif element.tag in {f"{W}t", f"{W}tab", f"{W}p"}:
            piece = {f"{W}t": element.text, f"{W}tab": "\t", f"{W}p": "\n"}[element.tag] or ""
            for pieces in running.values():
                pieces.append(piece)
    assert not running
    assert referred == set(found)
    return found


def comments(data: bytes) -> list[tuple[str, str]]:
    """Return the comments of a Word file as (words covered, text of the comment)."""
    covered = commented_words(data)
    return [(covered[comment.comment_id], comment.text) for comment in opened(data).comments]


def painted_words(data: bytes, element: str, attribute: str) -> list[tuple[str, str]]:
    """Return the runs with shading or underline as (colour, words), neighbours of one colour joined."""
    found: list[tuple[str, str]] = []
    for run in opened(data).element.body.iter(f"{W}r"):
        words = "".join(node.text or "" for node in run.iter(f"{W}t"))
        for node in run.iter(f"{W}{element}"):
            colour = node.get(f"{W}{attribute}")
            if found and found[-1][0] == colour:
                found[-1] = (colour, found[-1][1] + words)
            else:
                found.append((colour, words))
    return found


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are printed: without blank ones, and without the title that stands again."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert lines[0] == lines[1]
    return lines[1:]


def test_every_line_with_words_is_a_paragraph_and_no_blank_line_is(report: Reports, text: str) -> None:
    document = opened(write_docx(report()))
    assert [p.text for p in document.paragraphs] == lines_of(text)


def test_paragraphs_are_set_by_what_they_are(report: Reports) -> None:
    styles = [paragraph.style.style_id for paragraph in opened(write_docx(report())).paragraphs]
    assert styles[:3] == ["Title", "Notice", "Aside"]
    assert styles[3:] == ["Body", "Body", "Heading1", "Body", "Body", "Body"]


def test_run_in_titles_are_bold_and_nothing_else_is(report: Reports) -> None:
    runs = [run for paragraph in opened(write_docx(report())).paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.bold] == [
        "3.发展环境。",
        "4.指导思想。",
        "5.基本原则。",
        "——坚持人民至上。",
    ]


def test_a_heading_is_found_in_the_navigation(report: Reports) -> None:
    paragraphs = opened(write_docx(report())).paragraphs
    levels = {p.text: [n.get(f"{W}val") for n in p.paragraph_format.element.iter(f"{W}outlineLvl")] for p in paragraphs}
    assert levels["二、指导思想和主要目标"] == ["0"]
    assert [text for text, level in levels.items() if level] == ["二、指导思想和主要目标"]


def test_a_table_is_a_table_with_its_empty_cells_and_its_comments(mark: Marks) -> None:
    data = write_docx(targets(mark, "全员劳动", "属性\n经济", "预期性\n\t2."))
    document = opened(data)
    rows = [line.split("\t") for line in LINES[3:6]]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == rows
    assert sum(column.width.mm for column in document.tables[0].columns) == pytest.approx(156, abs=0.5)
    # Empty cells are paragraphs of their own.
    assert [words for words, _ in comments(data)] == ["属性\n经济", "预期性\n\n2.", "全员劳动"]


def test_a_row_that_is_short_of_cells_reaches_over_the_others(mark: Marks) -> None:
    report = targets(mark)
    text = report.text.replace("\t2.全员劳动生产率\t预期性", "注：累计数")
    hints = [Hint(text.index(line), LineStyle.TABLE) for line in (*LINES[3:5], "注：累计数")]
    table = opened(write_docx(replace(report, text=text, outline=parse_outline(text, hints)))).tables[0]
    assert [cell.text for cell in table.rows[-1].cells] == ["注：累计数"] * 3


def test_of_many_headings_only_some_are_kept_together(report: Reports) -> None:
    text = "".join(f"{number}、标题\n" for number in "一二三四五六七八九十") + "正文。"
    document = opened(write_docx(replace(report(text=text), outline=parse_outline(text))))
    free = [p.paragraph_format.keep_with_next is False for p in document.paragraphs if p.style.name == "Heading 1"]
    assert any(free)
    assert max(len(list(group)) for kept, group in groupby(free) if not kept) <= MOST_KEPT


def test_a_text_without_a_title_gets_the_name_of_the_document(report: Reports) -> None:
    document = opened(write_docx(report(text="第一行\n第二行", title="讲话")))
    assert [(p.text, p.style.style_id) for p in document.paragraphs] == [
        ("讲话", "Title"),
        ("第一行", "Body"),
        ("第二行", "Body"),
    ]


def test_the_page_is_that_of_an_official_document(report: Reports) -> None:
    section = opened(write_docx(report())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert (round(section.bottom_margin.mm), round(section.right_margin.mm)) == (35, 26)
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text == "— 1 —"
        assert "PAGE" in footer.part.element.xml


def test_fonts_are_named_for_chinese_without_a_theme(report: Reports) -> None:
    data = write_docx(report())
    styles = opened(data).styles
    fonts = {s.style_id: font.get(f"{W}eastAsia") for s in styles for font in s.element.iter(f"{W}rFonts")}
    assert fonts["Title"] == "方正小标宋简体"
    assert fonts["Heading1"] == "黑体"
    assert fonts["Body"] == "仿宋_GB2312"
    assert (styles["Title"].font.size.pt, styles["heading 1"].font.size.pt) == (22, 16)
    indent = next(s for s in styles if s.style_id == "Body").element.pPr.find(f"{W}ind")
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "640")
    with ZipFile(BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "theme" in name]
        assert b"Theme=" not in b"".join(package.read(name) for name in package.namelist())


def test_each_font_names_what_may_stand_in_for_it(report: Reports) -> None:
    with ZipFile(BytesIO(write_docx(report()))) as package:
        fonts = parse_xml(package.read("word/fontTable.xml"))
    others = {font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val").split(",") for font in fonts}
    assert others["方正小标宋简体"][:2] == ["方正小标宋_GBK", "FZXiaoBiaoSong-B05S"]
    assert all("Noto Serif CJK SC" in others[name] for name in others if name != "黑体")
    assert "FangSong" in others["仿宋_GB2312"]
    assert "KaiTi" in others["楷体_GB2312"]


def test_page_numbers_stand_outside(report: Reports) -> None:
    section = opened(write_docx(report())).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    assert opened(write_docx(report())).settings.odd_and_even_pages_header_footer


def test_lines_are_as_far_apart_as_is_asked_for(report: Reports) -> None:
    for page, twips in ((PageForm(), "579"), (PageForm(line=28), "560"), (PageForm(line=30), "600")):
        document = opened(write_docx(report(), Options(page=page)))
        spacing = {
            s.style_id: s.element.pPr.find(f"{W}spacing").get(f"{W}line")
            for s in document.styles
            if s.element.pPr is not None
        }
        assert (spacing["Body"], spacing["Heading1"], spacing["Title"]) == (twips, twips, "700")
        assert document.element.body.sectPr.find(f"{W}docGrid").get(f"{W}linePitch") == twips


def test_twenty_two_lines_fill_the_page(report: Reports) -> None:
    section = opened(write_docx(report())).sections[0]
    height = section.page_height - section.top_margin - section.bottom_margin
    assert 22 <= height / Twips(579) < 22.1
    width = section.page_width - section.left_margin - section.right_margin
    assert 28 <= width / (Pt(16) - Twips(5)) < 28.2
    with ZipFile(BytesIO(write_docx(report()))) as package:
        styles = parse_xml(package.read("word/styles.xml"))
    body = next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Body")
    assert body.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "-5"
    # A page is full, whatever paragraph its last line belongs to.
    assert styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}widowControl").get(f"{W}val") == "0"


def test_without_bold_nothing_is_bold(report: Reports) -> None:
    document = opened(write_docx(report(), Options(page=PageForm(bold=False))))
    assert not [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert not [style.style_id for style in document.styles if getattr(style, "font", None) and style.font.bold]


def test_the_file_brings_nothing_that_is_not_used(report: Reports) -> None:
    with ZipFile(BytesIO(write_docx(report()))) as package:
        assert sum(entry.file_size for entry in package.infolist()) < 40_000
        assert "word/comments.xml" not in package.namelist()


def test_fills_are_shading_and_underlines_have_the_colour_of_their_pen(
    report: Reports, mark: Marks, words: Words
) -> None:
    data = write_docx(
        report(
            mark(words("机遇大于风险"), pen=2),
            mark(words("集中力量"), pen=5, kind=MarkKind.UNDERLINE, style=MarkStyle.UNDERLINE),
            mark(words("稳中求进"), pen=None, style=MarkStyle.NONE, kind=MarkKind.NOTE, note="无色"),
        )
    )
    assert painted_words(data, "shd", "fill") == [("CFE6FB", "机遇大于风险")]
    assert painted_words(data, "u", "color") == [("CF5F69", "集中力量")]
    assert b"w:highlight" not in ZipFile(BytesIO(data)).read("word/document.xml")


def test_a_short_mark_stays_visible_on_a_long_one(report: Reports, mark: Marks, words: Words) -> None:
    data = write_docx(report(mark(words("机遇大于风险"), pen=1), mark(words("大于"), pen=3)))
    assert painted_words(data, "shd", "fill") == [("FFE08F", "机遇"), ("B0DFCE", "大于"), ("FFE08F", "风险")]


def test_overlapping_marks_each_have_a_comment_on_exactly_their_words(
    report: Reports, mark: Marks, words: Words
) -> None:
    data = write_docx(
        report(
            mark(words("机遇大于风险"), note="甲"),
            mark(words("风险,𠮷人自有"), note="乙", pen=2),
            mark(words("风险"), note="丙", pen=3),
            mark(words("风险"), note="丁", pen=4),
        )
    )
    assert sorted((covered, note.split("\n")[0]) for covered, note in comments(data)) == sorted(
        [("机遇大于风险", "甲"), ("风险,𠮷人自有", "乙"), ("风险", "丙"), ("风险", "丁")]
    )


def test_a_comment_reaches_across_paragraphs(report: Reports, mark: Marks, words: Words) -> None:
    span = Span(words("办好自己的事。").start, words("指导思想", 1).end)
    covered = "办好自己的事。\n全市上下要深刻领悟“两个确立”。\n二、指导思想和主要目标\n4.指导思想"
    assert comments(write_docx(report(mark(span, note="跨段")))) == [(covered, "跨段\n颜色：重点")]


def test_a_mark_that_takes_in_line_ends_is_anchored_to_its_words_only(
    report: Reports, mark: Marks, words: Words
) -> None:
    line = words("全市上下要深刻领悟“两个确立”。")
    span = Span(line.start - 3, line.end + 2)
    assert comments(write_docx(report(mark(span, note="x"))))[0][0] == "全市上下要深刻领悟“两个确立”。"


def test_a_mark_on_a_title_that_stands_again_keeps_its_words(report: Reports, mark: Marks, words: Words) -> None:
    again = words("第十五个五年规划", 1)
    data = write_docx(report(mark(again, note="x"), mark(words("第十五个五年规划"), note="y")))
    assert sorted(comments(data)) == [("第十五个五年规划", "x\n颜色：重点"), ("第十五个五年规划", "y\n颜色：重点")]
    assert [p.style.style_id for p in opened(data).paragraphs][:2] == ["Title", "Aside"]


def test_what_has_a_distance_of_lines_of_its_own_stands_on_no_grid(report: Reports) -> None:
    styles = opened(write_docx(report())).styles
    off = {s.style_id for s in styles if any(True for _ in s.element.iter(f"{W}snapToGrid"))}
    assert {"Title", "Aside", "Detail", "Footer", "Header"} <= off
    assert not off & {"Body", "Heading1", "Heading2", "Heading3", "Chapter", "Section", "Notice", "Quote", "Note"}


def test_page_numbers_are_set_in_song(report: Reports) -> None:
    footer = next(s for s in opened(write_docx(report())).styles if s.style_id == "Footer")
    (fonts,) = footer.element.iter(f"{W}rFonts")
    assert {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia")} == {"宋体"}
    assert footer.font.size.pt == 14


def test_a_mark_on_a_clause_is_anchored_to_its_first_sentence(report: Reports, mark: Marks, words: Words) -> None:
    clause = words("5.基本原则。必须遵循的原则:")
    data = write_docx(report(mark(clause, on_clause=True, style=MarkStyle.NONE, note="对整条")))
    assert comments(data)[0][0] == "5.基本原则。"


def test_a_mark_on_a_clause_the_text_lacks_is_anchored_to_where_it_would_stand(
    report: Reports, mark: Marks, words: Words
) -> None:
    start = words("3.发展环境").start
    data = write_docx(report(mark(Span(start, start), on_clause=True, style=MarkStyle.NONE, note="标题不在本页")))
    assert [covered for covered, _ in comments(data)] == [""]


def test_a_comment_tells_author_time_tags_pen_and_meeting(report: Reports, mark: Marks, words: Words) -> None:
    data = write_docx(
        report(mark(words("稳中求进"), note="第一行\n\n第二行", tags=("经济", "政策/宏观"), pen=4, meeting="市委全会"))
    )
    (comment,) = opened(data).comments
    assert comment.text == "第一行\n\n第二行\n标签：经济、政策/宏观\n颜色：任务\n会议：市委全会"
    assert (comment.author, comment.initials) == ("王小明", "王小明")


def test_the_time_of_a_comment_is_the_users_own(report: Reports, mark: Marks, words: Words) -> None:
    data = write_docx(report(mark(words("稳中求进"), note="x")))
    (comment,) = parse_xml(ZipFile(BytesIO(data)).read("word/comments.xml"))
    moments = {name.rpartition("}")[2]: value for name, value in comment.attrib.items() if "date" in name}
    # Programs show the first as it is written; those that know the second take it for the moment.
    assert moments == {"date": "2026-11-22T11:05:07", "dateUtc": "2026-11-22T03:05:07Z"}


@pytest.mark.parametrize(
    ("author", "expected", "initials"),
    [("", "未署名", "未署名"), ("Li Ming", "Li Ming", "LM"), ('欧阳"小"<明>', '欧阳"小"<明>', '欧阳"')],
)
def test_every_comment_is_signed(
    report: Reports, mark: Marks, words: Words, author: str, expected: str, initials: str
) -> None:
    (comment,) = opened(write_docx(report(mark(words("稳中求进"), note="x", author=author)))).comments
    assert (comment.author, comment.initials) == (expected, initials)


def test_tags_alone_make_a_comment_and_a_colour_alone_makes_none(report: Reports, mark: Marks, words: Words) -> None:
    data = write_docx(report(mark(words("稳中求进"), tags=("经济",)), mark(words("集中力量"))))
    assert comments(data) == [("稳中求进", "标签：经济\n颜色：重点")]


def test_what_xml_cannot_hold_is_left_out_and_everything_else_is_kept(
    report: Reports, mark: Marks, words: Words
) -> None:
    note = "😀𠮷 <b>&amp;</b> ]]> \"'\x00\x07\x0b\x0c\x1f\ufffe\ud800 完\r\n行\t末"
    (found,) = comments(write_docx(report(mark(words("稳中求进"), note=note))))
    assert found[1] == "😀𠮷 <b>&amp;</b> ]]> \"' 完\n行\t末\n颜色：重点"


def test_nothing_turns_the_words_behind_it_round(report: Reports, mark: Marks, words: Words) -> None:
    (found,) = comments(write_docx(report(mark(words("稳中求进"), note="甲\u202e乙丙\u2067丁", tags=("\u202d戊",)))))
    assert found[1] == "甲乙丙丁\n标签：戊\n颜色：重点"


def test_a_text_with_strange_characters_is_written_whole(report: Reports, mark: Marks) -> None:
    text = "甲\u00a0乙\u2028丙\x0c丁\t𠮷<&>\n\n \u3000戊\u3000\n"
    data = write_docx(report(mark(Span(2, 9), text=text, note="x"), text=text))
    assert [p.text for p in opened(data).paragraphs][1:] == ["甲\u00a0乙\u2028丙丁\t𠮷<&>", "戊"]
    assert comments(data)[0][0] == "乙\u2028丙丁\t𠮷"


def test_a_note_of_a_hundred_thousand_characters_is_kept(report: Reports, mark: Marks, words: Words) -> None:
    note = "很长的批注" * 20_000
    (found,) = comments(write_docx(report(mark(words("稳中求进"), note=note))))
    assert found[1].split("\n")[0] == note


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_without_a_text_the_notes_are_told_as_excerpts(report: Reports, mark: Marks, text: str) -> None:
    lost = mark(Span(0, 0), text=text, quote="稳中求进", note="没有丢", address="未找到")
    document = opened(write_docx(report(lost, text=text, title="空")))
    assert [paragraph.text for paragraph in document.paragraphs][:5:2] == ["空", "未找到", "没有丢"]
    assert [paragraph.text for paragraph in opened(write_docx(report(text=text, title="空"))).paragraphs] == ["空"]


def test_the_subtitle_is_on_every_page_and_the_title_in_the_properties(report: Reports) -> None:
    document = opened(write_docx(report(subtitle="市委全会（2026年11月22日）")))
    section = document.sections[0]
    assert (
        section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == "市委全会（2026年11月22日）"
    )
    properties = document.core_properties
    assert (properties.title, properties.subject) == ("衡阳市第十五个五年规划的建议", "市委全会（2026年11月22日）")
    assert (properties.author, properties.comments) == ("", "")
    assert properties.created == datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


def test_the_plan_is_set_by_its_outline(plan_text: str) -> None:
    outline = parse_outline(plan_text)
    document = opened(write_docx(Report(outline.title, "", plan_text, outline, (), DEFAULT_PENS, NOW)))
    styles = Counter(paragraph.style.style_id for paragraph in document.paragraphs)
    assert [p.text.replace("\n", "") for p in document.paragraphs] == lines_of(plan_text)
    assert document.paragraphs[0].text == "中共衡阳市委关于制定衡阳市\n国民经济和社会发展第十五个五年规划的建议"
    # Sections 二 to 七; the title; the two continuation marks; the adoption note.
    assert (styles["Heading1"], styles["Title"], styles["Aside"], styles["Notice"]) == (6, 1, 2, 1)
    titles = [p.runs[0].text for p in document.paragraphs if p.runs[0].bold]
    assert len(titles) == 23 + 12
    assert titles[-1] == "25.加快推进农业农村现代化。"


def test_ten_thousand_marks_are_all_written(plan_text: str, mark: Marks) -> None:
    spans = [Span(start, start + 2 + number % 30) for number in range(10_000) for start in [number * 9 % 9_000 + 200]]
    marks = tuple(mark(span, text=plan_text, note="注") for span in sorted(spans))
    outline = parse_outline(plan_text)
    with ZipFile(BytesIO(write_docx(Report("", "", plan_text, outline, marks, DEFAULT_PENS, NOW)))) as package:
        body = package.read("word/document.xml")
        assert package.read("word/comments.xml").count(b"<w:comment ") == 10_000
    assert body.count(b"<w:commentRangeStart ") == body.count(b"<w:commentRangeEnd ") == 10_000
    # One run between any two edges, however many marks lie on it: the file grows with the marks, not their product.
    assert body.count(b"<w:t ") < 2 * 10_000 + 200


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[tuple[Span, MarkStyle]]]:
    text = draw(st.text(st.sampled_from("发展。𠮷 \u3000\t\n<&"), min_size=1, max_size=60))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)), st.sampled_from(MarkStyle))
    found = draw(st.lists(places, max_size=6))
    return text, [(Span(min(a, b), max(a, b)), style) for a, b, style in found if a != b]


def printed(text: str, span: Span) -> str:
    """Return what of `span` a Word file shows: lines without the blanks at their ends, no blank lines."""
    shown, start = [], 0
    for line in text.split("\n"):
        first, last = start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        if line.strip() and first < span.end and last > span.start:
            shown.append(text[max(first, span.start) : min(last, span.end)])
        start += len(line) + 1
    return "\n".join(shown)


@settings(deadline=None, max_examples=60)
@given(texts_with_marks())
def test_every_comment_covers_exactly_the_words_of_its_mark(sample: tuple[str, list[tuple[Span, MarkStyle]]]) -> None:
    text, places = sample
    marks = tuple(
        ReportMark(
            id=str(number),
            kind=MarkKind.NOTE,
            style=style,
            pen=1 + number % 5,
            span=span,
            quote=span.of(text),
            on_clause=False,
            note=str(number),
            tags=(),
            address="",
            author="甲",
            meeting="",
            created=NOW,
            changed=NOW,
        )
        for number, (span, style) in enumerate(sorted(places))
    )
    data = write_docx(Report("题", "", text, Outline("", (), (), ()), marks, DEFAULT_PENS, NOW))
    if not text.strip():
        return
    assert [p.text for p in opened(data).paragraphs][1:] == [line.strip() for line in text.split("\n") if line.strip()]
    expected = [(printed(text, mark.span), mark.note) for mark in marks]
    assert [(covered, note.split("\n")[0]) for covered, note in comments(data)] == expected


def test_python_docx_is_imported_by_the_first_export_only() -> None:
    lines = (
        "import sys, desktop.exchange.formats, desktop.exchange.files; assert not {'docx', 'lxml'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", lines], check=True, cwd=Path(__file__).parents[2])


def test_comments_survive_a_round_trip_through_libreoffice(
    report: Reports, mark: Marks, words: Words, tmp_path: Path, office: Path
) -> None:
    data = write_docx(
        report(
            mark(words("机遇大于风险"), note="甲\n😀"),
            mark(words("风险,𠮷人自有"), note="乙", tags=("经济",)),
            mark(Span(words("办好自己的事。").start, words("全市上下").end), note="跨段"),
        )
    )
    (tmp_path / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, kind, folder in (("a.docx", "odt", "."), ("a.odt", "docx", "back")):
        command = [office, "--headless", profile, "--convert-to", kind, "--outdir", folder, source]
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=120)
    back = (tmp_path / "back" / "a.docx").read_bytes()
    assert sorted(comments(back)) == sorted(comments(data))
