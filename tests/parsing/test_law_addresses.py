"""The 款 and 项 of a law are counted, so that 第四条第二款 is an address."""

import pytest

from desktop.model.outline import OutlineWarning
from desktop.parsing.addressing import citation, clause_address, find_place
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn

TEXT = (
    "某法\n第一章　总则\n第四条　甲。\n乙，包括：\n（一）丙；\n（二）丁。\n戊。\n第五条\n己。\n庚。\n"
    "第六条　辛：\n（一）壬；\n（二）癸。\n"
    "子：\n（一）丑；\n1.寅；\n2.卯。\n第七条　【定义】辰。\n巳。"
)


@pytest.fixture(scope="module")
def outline():
    return parse_outline(TEXT)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("第四条第二款", "乙，包括："),
        ("4.2款", "乙，包括："),
        ("第4条第2款", "乙，包括："),
        ("四条二款", "乙，包括："),
        ("第四条第三款", "戊。"),
        ("第四条第二款第一项", "（一）丙；"),
        ("第四条第二款第（二）项", "（二）丁。"),
        ("4 2款 2项", "（二）丁。"),
        ("第五条第一款", "己。"),
        ("第五条第二款", "庚。"),
        ("第六条第二项", "（二）癸。"),
        ("第六条第一款第（二）项", "（二）癸。"),
        ("第六条第二款第一项", "（一）丑；"),
        ("第七条第二款", "巳。"),
        ("第一章第四条第二款", "乙，包括："),
    ],
)
def test_a_place_in_a_law_is_found_as_people_say_it(outline, typed, words):
    assert [place.span.of(TEXT) for place in find_place(outline, typed)] == [words]


@pytest.mark.parametrize("typed", ["第四条第五款", "第五条第三款", "第八条第一款"])
def test_what_is_not_there_is_not_found(outline, typed):
    assert find_place(outline, typed) == []


def test_every_place_is_shown_and_cited_by_words_that_find_it_alone(outline):
    articles = [node for node in outline.nodes if node.clause.number != 1 or len(node.path) > 1]
    assert [citation(outline, node.clause.span) for node in articles][:5] == [
        "第四条",
        "第四条第二款",
        "第四条第二款第（一）项",
        "第四条第二款第（二）项",
        "第四条第三款",
    ]
    for node in articles:
        for words in (citation(outline, node.clause.span), clause_address(node.path)):
            assert [place.span for place in find_place(outline, words)] == [node.clause.span], words


def test_a_list_may_begin_in_the_line_of_its_article():
    text = "某条例\n第一条　甲。\n第二条 （一）乙；\n（二）丙。\n第三条：丁。\n一、戊\n"
    text += "4．（1）己。\n（2）庚。\n5．（1）辛。"
    outline = parse_outline(text)
    assert outline.warnings == (OutlineWarning("缺第1–3条", text.index("4．")),)
    for typed, words in (("第二条第一项", "（一）乙；"), ("第二条第二项", "（二）丙。"), ("第三条", "第三条：丁。")):
        assert [place.span.of(text) for place in find_place(outline, typed)] == [words]
    drawing = drawn(outline)
    assert [line.strip() for line in drawing[-4:]] == [
        "heading 4．",
        "heading （1）己",
        "heading （2）庚",
        "heading 5．（1）辛",
    ]


def test_the_title_of_an_article_begins_behind_its_colon():
    assert drawn(parse_outline("某协议\n第一条：定义\n甲。\n第二条:权利\n乙。"))[::2] == [
        "article 第一条定义",
        "article 第二条权利",
    ]


@pytest.mark.parametrize("typed", ["附则", "附　则", "附 则"])
def test_a_title_that_is_set_with_blanks_is_typed_without(typed):
    text = "某条例\n第一章　总　则\n第一条　甲。\n附　则\n第二条　乙。"
    assert [place.span.of(text) for place in find_place(parse_outline(text), typed)] == ["附　则"]
    assert len(find_place(parse_outline(text), "总则")) == 1
