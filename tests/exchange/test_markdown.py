"""Excerpts in Markdown: golden files for their form, and that nothing a user wrote acts as markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.markdown import escaped, escaped_line, escaped_paragraphs, write_markdown
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span

GOLDEN = Path(__file__).parent / "golden"
Words = Callable[..., Span]
Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]
DANGEROUS = r"\`*_{}[]<>&~|$^#=+-:.!@()1 a甲。" + "\t"


def tokens_of(markdown: str) -> Any:
    """Return what a parser of GitHub's Markdown makes of a text."""
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    return markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)


def parsed_text(markdown: str) -> list[str]:
    """Return the text of each paragraph of a Markdown text; fails where it has anything but plain paragraphs."""
    found = []
    for token in tokens_of(markdown):
        if token.type == "inline":
            assert {child.type for child in token.children or ()} <= {"text", "softbreak", "hardbreak", "text_special"}
            found.append("".join(child.content or "\n" for child in token.children or ()))
        else:
            assert token.type in {"paragraph_open", "paragraph_close"}, token.type
    return found


@pytest.fixture
def marks(mark: Marks, words: Words) -> tuple[ReportMark, ...]:
    """Return marks of every kind on the small plan."""
    across = Span(words("办好自己的事。").start, words("全市上下").end)
    return (
        mark(
            words("机遇大于风险"),
            note="与第 5 条对照。\n第二行\n\n第二段：<b>不是</b> *标记*",
            tags=("形势", "风险/外部"),
            address="一 · 3 · 第2句",
        ),
        mark(words("风险,𠮷人"), pen=3, address="一 · 3 · 第2句", author="Li Ming", meeting="市委全会"),
        mark(across, pen=2, note="跨段", address="一 · 3 · 第3句"),
        mark(words("5.基本原则。必须遵循的原则:"), kind=MarkKind.NOTE, style=MarkStyle.NONE, pen=None, on_clause=True,
             quote="5.基本原则。", note="# 对整条\n- 一\n1. 二\n\n\n    代码", address="二 · 5"),
        mark(words("坚持人民至上"), pen=5, meeting="市委全会", tags=("民生",), address="二 · 5 · 坚持人民至上 · 第1句"),
        mark(words("增进民生福祉"), pen=4, address="二 · 5 · 坚持人民至上 · 第2–3句"),
    )  # fmt: skip


def test_excerpts_stand_under_their_clauses_in_the_order_of_the_text(
    report: Reports, marks: tuple[ReportMark, ...]
) -> None:
    assert write_markdown(report(*marks)).decode() == (GOLDEN / "excerpts.md").read_text("utf-8")


def test_the_marks_of_a_meeting_have_its_name_below_the_title(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    chosen = [mark for mark in marks if mark.meeting]
    made = write_markdown(report(*chosen, subtitle="市委全会（2026年11月22日）"))
    assert made.decode() == (GOLDEN / "meeting.md").read_text("utf-8")


def test_a_report_without_marks_says_so(report: Reports) -> None:
    assert write_markdown(report()).decode() == (GOLDEN / "empty.md").read_text("utf-8")


def test_a_mark_before_the_first_clause_has_a_heading_too(report: Reports, mark: Marks, words: Words) -> None:
    made = write_markdown(report(mark(words("(2025年12月15日通过)"), address=""))).decode()
    assert "\n## 文首\n\n> (2025年12月15日通过)\n" in made


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("25.加快推进农业农村现代化", "25.加快推进农业农村现代化"),
        ("25. 加快", "25\\. 加快"),
        ("1) 甲", "1\\) 甲"),
        ("# 甲 #", "\\# 甲 \\#"),
        ("- 甲", "\\- 甲"),
        ("—— 坚持", "—— 坚持"),
        ("---", "\\-\\--"),
        ("===", "\\=\\=="),
        ("> 甲 <b>&nbsp;</b>", "\\> 甲 \\<b\\>\\&nbsp;\\</b\\>"),
        ("a_b*c*`d`[e](f)", "a\\_b\\*c\\*\\`d\\`\\[e\\](f)"),
        ("https://a.cn www.b.cn c@d.cn", "https\\://a.cn www\\.b.cn c\\@d.cn"),
        ("    甲  ", "&#32;&#32;&#32;&#32;甲&#32;&#32;"),
        ("甲\x00\x0c乙", "甲乙"),
        ("\\", "\\\\"),
    ],
)
def test_a_line_is_escaped_where_it_must_be_and_only_there(line: str, expected: str) -> None:
    assert escaped_line(line) == expected


@given(st.text(st.sampled_from(DANGEROUS), min_size=1, max_size=30).filter(str.strip))
def test_no_line_becomes_markup_and_each_is_shown_as_it_is(line: str) -> None:
    assert parsed_text(f"{escaped_line(line)}\n") == [line]
    assert parsed_text(f"甲\n{escaped_line(line)}\n") == [f"甲\n{line}"]


@given(st.text(st.sampled_from(DANGEROUS), min_size=1, max_size=30).filter(str.strip))
def test_words_within_a_heading_do_not_become_markup(words: str) -> None:
    line = " ".join(words.split())
    tokens = tokens_of(f"## {escaped(line)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    children = tokens[1].children or []
    assert "".join(child.content for child in children) == line
    assert {child.type for child in children} <= {"text", "text_special"}


@given(note=st.text(st.sampled_from(DANGEROUS + "\n"), min_size=1, max_size=60))
def test_a_note_of_many_lines_has_no_markup_but_paragraphs_and_line_breaks(note: str) -> None:
    shown = "\n".join(parsed_text(escaped_paragraphs(note)))
    assert [line for line in shown.split("\n") if line.strip()] == [line for line in note.split("\n") if line.strip()]
