"""What is missing or run together is said in words, at its place."""

import pytest

from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import tree, warned


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("一、甲\n乙是这样的。二、丙\n三、丁", "“二、”没有另起一行，并在别的段落里", "二、丙"),
        ("第一条　甲。第二条　乙。\n第三条　丙。", "第二条没有另起一行，并在别的段落里", "第二条　乙"),
        ("第一章 甲\n乙。第二章 丙\n第三章 丁", "第二章没有另起一行，并在别的段落里", "第二章 丙"),
        ("一、甲\n1.乙。2.丙。\n3.丁。", "第2条没有另起一行，并在别的段落里", "2.丙"),
    ],
)
def test_a_heading_swallowed_by_a_paragraph_is_told_where_it_stands(text, words, place):
    assert [(warning.text, warning.start) for warning in parse_outline(text).warnings] == [(words, text.index(place))]


def test_what_is_only_spoken_of_was_not_swallowed():
    assert warned("第一条　依照第二条规定。\n第三条　甲。") == ["缺第二条"]
    assert warned("一、甲的12.5和2.5\n1.乙。\n3.丙。") == ["缺第2条"]
    assert warned("第一章 甲\n第一条　“乙”。\n第二章 丙\n第三条　丁。") == ["缺第二条"]


def test_some_are_swallowed_and_some_are_missing():
    assert warned("一、甲\n乙。三、丙\n六、丁") == [
        "“三、”没有另起一行，并在别的段落里",
        "缺“二、”",
        "缺“四、”至“五、”",
    ]


def test_a_heading_with_its_text_in_one_line_is_told():
    text = "第一章 总则本规划" + "长" * 120 + "。\n第二章 乙\n丙。"
    assert warned(text) == ["“第一章”的标题和后面的文字连在一起，没有分行"]


def test_chapters_may_begin_anew_in_one_volume_and_run_through_another():
    lines = ["第一编 甲", "第一章 乙", "第一条　一。", "第二编 丙", "第一分编 丁", "第一章 戊", "第二条　二。"]
    lines += ["第二分编 己", "第二章 庚", "第三条　三。", "第三章 辛", "第四条　四。", "附　则", "第五条　五。"]
    outline = parse_outline("某法\n" + "\n".join(lines))
    assert outline.warnings == ()
    assert tree("某法\n" + "\n".join(lines))[-2:] == ["heading 附　则", "  article 第五条"]


def test_numbers_in_a_box_are_its_own():
    assert warned("一、甲\n1.乙。\n专栏1 丙\n1.丁。\n2.戊。\n3.己。\n\n2.庚。\n二、辛\n3.壬。") == []
