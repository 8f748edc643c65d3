"""What each line of a text is to the eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.ui.reader.paragraphs import Paragraphs, Role


def roles(text: str) -> list[tuple[str, Role]]:
    paragraphs = Paragraphs(text, parse_outline(text))
    found = [paragraphs.paragraph(line) for line in range(len(paragraphs))]
    return [(each.text[:6], each.role) for each in found if not each.blank]


def test_the_plan_begins_with_its_title_once_large_and_once_small(plan_text: str) -> None:
    assert [role for _, role in roles(plan_text)[:5]] == [
        Role.TITLE,
        Role.REPEATED_TITLE,
        Role.ADOPTION,
        Role.CONTINUATION,
        Role.BODY,
    ]
    assert roles(plan_text)[-1][1] is Role.CONTINUATION


def test_the_sections_of_the_plan_are_headings_and_nothing_else_is(plan_text: str) -> None:
    headings = [text[:2] for text, role in roles(plan_text) if role is Role.HEADING]
    assert headings == ["二、", "三、", "四、", "五、", "六、", "七、"]


@pytest.mark.parametrize(
    ("line", "words", "bold"),
    [
        ("7.加快构建", "7.加快构建现代化产业体系。", True),
        ("——坚持人民至上", "——坚持人民至上。", False),
    ],
)
def test_a_title_that_runs_into_its_text_stands_out(
    plan_text: str, plan_outline: Outline, line: str, words: str, bold: bool
) -> None:
    paragraphs = Paragraphs(plan_text, plan_outline)
    paragraph = paragraphs.paragraph(paragraphs.line_at(plan_text.index(line)))
    [run] = paragraph.runs
    assert (paragraph.text[run.start : run.end], run.bold) == (words, bold)


def test_of_an_article_only_its_number_stands_out() -> None:
    text = "第一章　总则\n第一条　为了规范规划编制，制定本法。\n第二条　本法适用于本市。"
    paragraphs = Paragraphs(text, parse_outline(text))
    assert [paragraphs.paragraph(line).role for line in range(3)] == [Role.CHAPTER, Role.BODY, Role.BODY]
    [run] = paragraphs.paragraph(1).runs
    assert paragraphs.line_text(1)[run.start : run.end] == "第一条"


def test_an_item_that_is_all_of_its_line_is_plain_text() -> None:
    text = "第一条　本法所称公益活动：\n（一）扶贫、济困；\n（二）扶老、救孤。"
    paragraphs = Paragraphs(text, parse_outline(text))
    for line in (1, 2):
        assert paragraphs.paragraph(line).role is Role.BODY
        assert paragraphs.paragraph(line).runs == ()


@given(st.text(alphabet="甲𠮷\n \u3000\u2028", max_size=40), st.data())
def test_lines_part_the_text_also_of_a_part(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    paragraphs = Paragraphs(text, Outline("", (), (), ()), span)
    assert "\n".join(paragraphs.line_text(line) for line in range(len(paragraphs))) == span.of(text)
    for line in range(len(paragraphs)):
        assert paragraphs.span_of(line).of(text) == paragraphs.line_text(line)
        assert paragraphs.line_at(paragraphs.start(line)) == line


def test_a_title_below_its_number_is_set_as_the_heading_it_is() -> None:
    text = "某通知\n一、甲。\n附件1\n某清单\n1.乙。\n第一章\n总则\n第一条 丙。"
    assert [role for _, role in roles(text)] == [
        Role.TITLE,
        Role.BODY,
        Role.HEADING,
        Role.HEADING,
        Role.BODY,
        Role.CHAPTER,
        Role.CHAPTER,
        Role.BODY,
    ]
