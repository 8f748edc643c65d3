"""The 款 and 项 of a law are counted, so that 第四条第二款 is an address."""

import pytest

from desktop.parsing.addressing import citation, clause_address, find_place
from desktop.parsing.outline import parse_outline

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
