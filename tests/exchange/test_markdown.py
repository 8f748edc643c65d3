"""Excerpts in Markdown: golden files for their form, and that nothing a user wrote acts as markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.markdown import escaped, escaped_line, escaped_paragraphs, write_markdown
from desktop.model.export import DEFAULT_FIELDS, FIELD_TITLES, Field, Grouping, Options, Template, fields_named
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span

Words = Callable[..., Span]
Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]
Golden = Callable[[str, str], None]
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


def test_excerpts_stand_under_their_clauses_in_the_order_of_the_text(
    report: Reports, marks: tuple[ReportMark, ...], golden: Golden
) -> None:
    golden("excerpts.md", write_markdown(report(*marks)).decode())


def test_the_marks_of_a_meeting_have_its_name_below_the_title(
    report: Reports, marks: tuple[ReportMark, ...], golden: Golden
) -> None:
    chosen = [mark for mark in marks if mark.meeting]
    golden("meeting.md", write_markdown(report(*chosen, subtitle="市委全会（2026年11月22日）")).decode())


def test_excerpts_by_tag_stand_under_each_of_their_tags(
    report: Reports, marks: tuple[ReportMark, ...], golden: Golden
) -> None:
    template = Template((Field.CLAUSE, Field.QUOTE, Field.NOTE, Field.PLACE), Grouping.TAG)
    golden("by_tag.md", write_markdown(report(*marks), Options(template)).decode())


def test_a_template_says_which_fields_there_are_and_in_which_order(
    report: Reports, marks: tuple[ReportMark, ...], golden: Golden
) -> None:
    template = Template((Field.NOTE, Field.AUTHOR, Field.CLAUSE, Field.QUOTE, Field.KIND, Field.CHANGED))
    golden("template.md", write_markdown(report(*marks), Options(template)).decode())


def test_a_template_without_fields_leaves_the_title(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    made = write_markdown(report(*marks), Options(Template(()))).decode()
    assert made.count("\n\n") == 1


def test_fields_are_known_by_their_names_and_others_are_left_out() -> None:
    assert fields_named(["note", "quote", "nothing", "note"]) == (Field.NOTE, Field.QUOTE)
    assert fields_named(field.value for field in DEFAULT_FIELDS) == DEFAULT_FIELDS
    assert set(FIELD_TITLES) == set(Field)


def test_a_mark_across_clauses_stands_under_the_first_of_them(report: Reports, mark: Marks, words: Words) -> None:
    across = mark(words("机遇大于风险"), address="一 · 3 · 第3句 至 5 · 第1句")
    made = write_markdown(report(mark(words("3.发展"), address="一 · 3 · 第1句"), across)).decode()
    assert made.count("\n## ") == 1
    assert "\n— 第3句 至 5 · 第1句 · 重点" in made


def test_a_mark_that_begins_in_a_heading_is_placed_from_there(report: Reports, mark: Marks, words: Words) -> None:
    across = mark(words("机遇大于风险"), address="二 至 二 · 4 · 第2句")
    assert "\n— 条首 至 二 · 4 · 第2句 · 重点" in write_markdown(report(across)).decode()


def test_a_report_without_marks_says_so(report: Reports, golden: Golden) -> None:
    golden("empty.md", write_markdown(report()).decode())


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


def test_nothing_turns_the_words_behind_it_round(report: Reports, mark: Marks) -> None:
    written = write_markdown(report(mark(Span(0, 2), note="甲\u202e乙\u2069", tags=("\u2067丙",)))).decode()
    assert "甲乙" in written
    assert not any(turning in written for turning in "\u202e\u2067\u2069")
