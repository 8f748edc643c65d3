"""The shipped plan gives exactly its outline, and its places their names."""

# ruff: noqa: RUF001 (people type full-width digits)

from collections import Counter

import pytest

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import NoticeKind, Outline
from desktop.model.span import Span
from desktop.parsing.addressing import (
    address_at,
    address_of_span,
    citation,
    clause_address,
    find_place,
    label_path,
)
from desktop.parsing.codec import outline_to_json
from desktop.parsing.outline import parse_outline


@pytest.fixture(scope="module")
def text(plan_text: str) -> str:
    return plan_text


@pytest.fixture(scope="module")
def outline(text: str) -> Outline:
    return parse_outline(text)


def of_kind(outline: Outline, kind: ClauseKind) -> list[Clause]:
    return [node.clause for node in outline.nodes if node.clause.kind is kind]


def clause(outline: Outline, label: str) -> Clause:
    return next(node.clause for node in outline.nodes if node.clause.label == label)


def test_seven_sections_hold_the_clauses_3_to_25(outline):
    assert [section.label for section in outline.clauses] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]
    assert {section.kind for section in outline.clauses} == {ClauseKind.HEADING}
    numbered = [[child for child in section.children if child.number] for section in outline.clauses]
    assert [len(children) for children in numbered] == [1, 3, 4, 5, 6, 3, 1]
    assert [child.number for children in numbered for child in children] == list(range(3, 26))
    assert {child.level for children in numbered for child in children} == {2}


def test_the_first_section_is_implied_where_clause_3_begins(outline, text):
    first = outline.clauses[0]
    assert (first.implied, first.title, first.number, first.sentences) == (True, None, 1, ())
    assert first.start == first.end == first.children[0].start == text.index("3.“十五五”")


def test_the_other_kinds_are_counted_right(outline):
    kinds = Counter(node.clause.kind for node in outline.nodes)
    assert kinds == {ClauseKind.HEADING: 7 + 23, ClauseKind.ITEM: 12, ClauseKind.LEAD: 5, ClauseKind.CLOSING: 2}
    assert len(outline.nodes) == 49
    for lead, section in zip(of_kind(outline, ClauseKind.LEAD), outline.clauses[2:], strict=True):
        assert section.children[0] is lead


def test_items_lie_under_clauses_5_and_6_with_their_titles(outline):
    five, six = clause(outline, "5."), clause(outline, "6.")
    assert [item.title for item in five.children] == [
        "坚持党的全面领导",
        "坚持人民至上",
        "坚持高质量发展",
        "坚持全面深化改革",
        "坚持有效市场和有为政府相结合",
        "坚持统筹发展和安全",
    ]
    assert [child.kind for child in six.children] == [ClauseKind.ITEM] * 6 + [ClauseKind.CLOSING]
    assert {(item.label, item.number) for item in of_kind(outline, ClauseKind.ITEM)} == {("——", None)}


def test_closing_paragraphs_belong_to_clauses_3_and_6(outline, text):
    assert [c.span.of(text)[:6] for c in of_kind(outline, ClauseKind.CLOSING)] == ["全市上下要深", "在此基础上再"]
    assert clause(outline, "3.").children[0].kind is ClauseKind.CLOSING


def test_titles_are_first_sentences_without_label_and_stop(outline):
    assert outline.title == "中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议"
    assert clause(outline, "25.").title == "加快推进农业农村现代化"
    assert clause(outline, "七、").title == "加快农业农村现代化,扎实推进乡村全面振兴"


def test_notices_are_the_lines_around(outline, text):
    assert [notice.kind for notice in outline.notices] == [
        NoticeKind.TITLE,
        NoticeKind.TITLE,
        NoticeKind.ADOPTION,
        NoticeKind.CONTINUED_FROM,
        NoticeKind.CONTINUED_ON,
    ]
    assert all(text[notice.start : notice.end] == notice.text for notice in outline.notices)


def test_every_character_but_line_ends_belongs_to_exactly_one_place(outline, text):
    owned = Counter()
    for start, end in [node.clause.span for node in outline.nodes] + [(n.start, n.end) for n in outline.notices]:
        owned.update(range(start, end))
    assert owned == Counter(offset for offset, character in enumerate(text) if character != "\n")


def test_missing_pages_are_warnings_where_they_are_missing(outline):
    start = outline.clauses[0].start
    assert [(warning.text, warning.start) for warning in outline.warnings] == [
        ("上接第一版，前面的内容不在本页", outline.notices[3].start),
        ("“一、”的标题不在本页", start),
        ("缺第1–2条", start),
        ("下转第三版，本页止于第25条", outline.notices[4].start),
    ]


def test_the_command_lines_form_has_its_keys(outline):
    data = outline_to_json(outline)
    assert list(data) == ["title", "notices", "clauses", "warnings"]
    assert data["notices"][0] == {"text": outline.title, "start": 0, "end": 33}
    section = data["clauses"][0]
    assert {key: section[key] for key in ("kind", "label", "number", "title", "level", "implied", "sentences")} == {
        "kind": "heading",
        "label": "一、",
        "number": 1,
        "title": None,
        "level": 1,
        "implied": True,
        "sentences": [],
    }
    assert section["start"] == section["end"] == section["children"][0]["start"] == 117
    assert section["children"][0]["sentences"][0] == [117, 141]
    assert set(section) - {"kind", "label", "number", "title", "level", "implied", "sentences"} == {
        "start",
        "end",
        "children",
    }


def test_addresses_read_as_people_say_them(outline, text):
    addresses = [clause_address(node.path) for node in outline.nodes]
    assert len(set(addresses)) == len(addresses)
    for address in ("七 · 25", "二 · 5 · 坚持人民至上", "三 · 导语", "二 · 6 · 结语", "一", "一 · 3 · 结语"):
        assert address in addresses
    place = text.index("全面落实耕地保护和粮食安全")
    assert address_at(outline, place) == "七 · 25 · 第2句"
    assert address_at(outline, text.index("25.")) == "七 · 25 · 第1句"
    assert address_at(outline, text.index("尊重人民主体地位")) == "二 · 5 · 坚持人民至上 · 第2句"
    assert address_at(outline, text.index("七、加快农业")) == "七"


def test_notices_are_addressed_by_their_own_word(outline, text):
    words = [address_at(outline, text.index(part)) for part in ("中共衡阳", "(2025年", "(上接", "(下转")]
    assert words == ["标题", "通过说明", "上接", "下转"]
    assert address_of_span(outline, Span(0, 4)) == "标题"
    assert address_at(outline, len(text)) == "七 · 25 · 第11句"


def test_passages_are_addressed_by_their_sentences(outline, text):
    seven, eight = clause(outline, "7."), clause(outline, "8.")
    sentences = seven.sentences
    assert address_of_span(outline, Span(sentences[2].start + 1, sentences[2].start + 3)) == "三 · 7 · 第3句"
    assert address_of_span(outline, Span(sentences[2].start, sentences[3].end)) == "三 · 7 · 第3–4句"
    assert address_of_span(outline, seven.span) == "三 · 7"
    assert address_of_span(outline, Span(seven.end - 2, eight.sentences[1].end)) == "三 · 7 · 第8句 至 8 · 第2句"
    across = Span(clause(outline, "24.").end - 1, clause(outline, "25.").start + 4)
    assert address_of_span(outline, across) == "六 · 24 · 第13句 至 七 · 25 · 第1句"


def test_citations_are_short(outline, text):
    assert citation(outline, clause(outline, "22.").sentences[2]) == "第22条"
    assert citation(outline, Span(clause(outline, "22.").start, clause(outline, "24.").end)) == "第22条至第24条"
    assert citation(outline, outline.clauses[4].span) == "第五部分"
    assert citation(outline, outline.clauses[4].children[0].span) == "第五部分导语"
    assert citation(outline, clause(outline, "5.").children[1].span) == "第5条“坚持人民至上”"
    assert citation(outline, Span(0, 3)) == ""


@pytest.mark.parametrize(
    "typed", ["22", "２２", "第22条", "第 22 条", "第二十二条", "22条", "22.", "六.22", "六、22", "六 · 22", "第22"]
)
def test_a_clause_is_found_as_people_type_it(outline, typed):
    found = find_place(outline, typed)
    assert [(place.span, place.address) for place in found] == [(clause(outline, "22.").span, "六 · 22")]


@pytest.mark.parametrize(
    "typed", ["22.3", "２２．３", "第22条第3句", "22条3句", "六.22.3", "六 · 22 · 第3句", "22-3", "22 3"]
)
def test_a_sentence_is_found_as_people_type_it(outline, typed):
    found = find_place(outline, typed)
    assert [(p.span, p.address) for p in found] == [(clause(outline, "22.").sentences[2], "六 · 22 · 第3句")]


def test_sections_are_found_by_their_number(outline):
    for typed in ("三", "三、", "第三部分", "三部分"):
        assert [place.span for place in find_place(outline, typed)] == [outline.clauses[2].span]
    assert [place.address for place in find_place(outline, "三.8")] == ["三 · 8"]
    assert [place.address for place in find_place(outline, "三.8.2")] == ["三 · 8 · 第2句"]


@pytest.mark.parametrize(
    "typed", ["", " ", "。", "2", "999", "22.99", "22.0", "三.2", "第三章", "abc", "1" * 50, "条", "第条"]
)
def test_what_names_no_place_finds_none(outline, typed):
    assert find_place(outline, typed) == []


def test_every_address_that_is_shown_can_be_typed(outline):
    for node in outline.nodes:
        assert [place.span for place in find_place(outline, clause_address(node.path))] == [node.clause.span]
        if len(node.clause.sentences) > 1:
            for sentence in node.clause.sentences:
                address = address_at(outline, sentence.start)
                assert [place.span for place in find_place(outline, address)] == [sentence]


def test_label_paths_name_each_clause_alone(outline):
    paths = [label_path(node.path) for node in outline.nodes]
    assert len(set(paths)) == len(paths)
    assert ("二、", "5.", "坚持人民至上") in paths
    assert ("七、", "25.") in paths
