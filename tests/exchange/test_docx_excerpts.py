"""Excerpts in Word are read back: what stands under what, in which style, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from desktop.exchange.writers.docx_excerpts import write_docx_excerpts
from desktop.model.export import Field, Grouping, Options, PageForm, Template
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from tests.exchange.offices import convert

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]


def paragraphs_of(data: bytes) -> list[tuple[str, str]]:
    """Return the paragraphs of a Word file as (style, text)."""
    return [(paragraph.style.style_id, paragraph.text) for paragraph in opened(data).paragraphs]


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def test_quotes_stand_under_their_clauses_with_the_notes_beneath(
    report: Reports, marks: tuple[ReportMark, ...]
) -> None:
    paragraphs = paragraphs_of(write_docx_excerpts(report(*marks)))
    assert paragraphs[:11] == [
        ("Title", "衡阳市第十五个五年规划的建议"),
        ("Aside", "共 6 处标注，导出于 2026-11-22 19:30。"),
        ("Heading1", "一 · 3 发展环境"),
        ("Quote", "机遇大于风险"),
        ("Note", "与第 5 条对照。"),
        ("Note", "第二行"),
        ("Note", ""),
        ("Note", "第二段：<b>不是</b> *标记*"),
        ("Detail", "第2句 · 重点 · 标签：形势、风险/外部 · 王小明 · 2026-11-22 11:05"),
        ("Quote", "风险,𠮷人"),
        ("Detail", "第2句 · 数据 · Li Ming · 2026-11-22 11:05 · 会议：市委全会"),
    ]
    assert [text for style, text in paragraphs if style == "Heading1"] == [
        "一 · 3 发展环境",
        "二 · 5 基本原则",
        "二 · 5 · 坚持人民至上",
    ]
    assert ("Note", "    代码") in paragraphs


def test_what_belongs_to_a_mark_stays_with_it_and_marks_part(report: Reports, mark: Marks) -> None:
    notes = {"短": "一\n二", "长": "国" * 2000 + "\n末", "一段": "民" * 300}
    data = write_docx_excerpts(report(*(mark(Span(n, n + 2), note=note) for n, note in enumerate(notes.values()))))
    bound = {
        paragraph.text[:2]: (bool(form.keep_with_next), bool(form.keep_together))
        for paragraph in opened(data).paragraphs
        if (form := paragraph.paragraph_format).element is not None and paragraph.style.style_id in ("Note", "Detail")
    }
    assert (bound["一"], bound["二"]) == ((True, True), (True, True))
    assert (bound["国国"], bound["末"]) == ((False, False), (True, False))
    assert bound["民民"] == (False, False)  # LibreOffice would leave a page empty before it
    assert bound["第1"] == (False, False)


def test_quotes_alone_are_not_chained_to_each_other(report: Reports, mark: Marks) -> None:
    data = write_docx_excerpts(report(mark(Span(0, 2)), mark(Span(3, 5))), Options(Template((Field.QUOTE,))))
    styles = {s.style_id: s for s in opened(data).styles}
    assert not styles["Quote"].paragraph_format.keep_with_next
    assert not any(paragraph.paragraph_format.keep_with_next for paragraph in opened(data).paragraphs[2:])


def test_by_tag_clauses_stand_under_their_tags(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    template = Template((Field.CLAUSE, Field.QUOTE), Grouping.TAG)
    data = write_docx_excerpts(report(*marks), Options(template))
    assert paragraphs_of(data)[2:8] == [
        ("Heading1", "形势"),
        ("Heading2", "一 · 3 发展环境"),
        ("Quote", "机遇大于风险"),
        ("Heading1", "民生"),
        ("Heading2", "二 · 5 · 坚持人民至上"),
        ("Quote", "坚持人民至上"),
    ]
    levels = [level.get(f"{W}val") for level in opened(data).element.body.iter(f"{W}outlineLvl")]
    assert levels[:4] == ["0", "1", "0", "1"]


def test_the_meeting_stands_below_the_title_and_on_every_page(report: Reports, mark: Marks) -> None:
    data = write_docx_excerpts(report(mark(Span(0, 2)), subtitle="市委全会（2026年11月22日）"))
    assert paragraphs_of(data)[1] == ("Notice", "市委全会（2026年11月22日）")
    assert opened(data).sections[0].header.paragraphs[0].text == "市委全会（2026年11月22日）"


def test_without_marks_it_says_so(report: Reports) -> None:
    assert paragraphs_of(write_docx_excerpts(report()))[1:] == [("Aside", "没有可以导出的标注。")]


def test_the_page_follows_the_options(report: Reports, mark: Marks) -> None:
    data = write_docx_excerpts(report(mark(Span(0, 2))), Options(page=PageForm(line=30)))
    section = opened(data).sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert opened(data).element.body.sectPr.find(f"{W}docGrid").get(f"{W}linePitch") == "600"


def test_rare_characters_and_long_notes_are_kept(report: Reports, mark: Marks) -> None:
    note = "<&>\U0001f600\U00020bb7\t甲\n" * 10_000
    data = write_docx_excerpts(report(mark(Span(0, 2), note=note + "\x01尾", author="\x0b&")))
    written = "\n".join(text for style, text in paragraphs_of(data) if style == "Note")
    assert written == note + "尾"


def test_libreoffice_opens_it(report: Reports, marks: tuple[ReportMark, ...], tmp_path: Path, office: Path) -> None:
    data = write_docx_excerpts(report(*marks))
    (tmp_path / "摘录.docx").write_bytes(data)
    (tmp_path / "back").mkdir()
    back = convert(office, tmp_path / "摘录.docx", "docx", tmp_path / "back")
    assert [text for _, text in paragraphs_of(back)] == [text for _, text in paragraphs_of(data)]
