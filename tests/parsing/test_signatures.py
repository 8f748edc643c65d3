"""Signatures below a text: they are no paragraphs of its last article."""

import pytest

from tests.parsing.drawing import tree

LAW = "某办法\n第一章　总则\n第一条　甲。\n第二条　乙。\n"


@pytest.mark.parametrize(
    "lines",
    [
        "某市人民代表大会常务委员会\n2026年1月1日",
        "\n某市教育局　　某市财政局\n二〇二六年一月一日",
        "某市人民政府办公室\n2026年1月1日印发",
        "抄送：市委办公室，市人大常委会办公室。\n某市办公室 2026年3月5日印发",
        "（此件公开发布）",
    ],
)
def test_what_is_signed_below_a_law_is_no_part_of_its_last_article(lines):
    drawn = tree(LAW + lines)
    assert drawn[:3] == ["chapter 第一章总则", "  article 第一条", "  article 第二条"]
    assert set(drawn[3:]) == {"  closing "}


@pytest.mark.parametrize("lines", ["丙：\n2026年1月1日", "自下列日期起，\n2026年1月1日", "丙指2026年1月1日。"])
def test_a_day_in_the_midst_of_an_article_stays_there(lines):
    drawn = tree(LAW + lines)
    assert set(drawn[3:]) == {"    paragraph "}


def test_a_law_without_chapters_is_signed_at_the_top():
    assert tree("某办法\n第一条　甲。\n某局\n2026年1月1日")[-3:] == ["article 第一条", "paragraph ", "paragraph "]
