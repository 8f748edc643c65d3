"""What is missing or run together is said in words, at its place."""

import pytest

from desktop.parsing.outline import parse_outline
from desktop.text.counting import han_number
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总则\n甲。\n二、保障\n加强领导。三、附则\n自发布之日起施行。", [("“三、”", "三、附则")]),
        ("一、甲\n乙。\n二、丙\n丁。三、戊。己。四、庚。", [("“三、”", "三、戊"), ("“四、”", "四、庚")]),
        ("第一章 甲\n第一条　乙。\n第二章 丙\n第二条　丁。第三条　戊。", [("第三条", "第三条")]),
        ("一、甲\n（一）乙。\n（二）丙。（责任单位：丁。）（三）戊。\n二、己", [("“（三）”", "（三）戊")]),
        ("第一章 甲\n乙。第二章 丙\n丁。", [("第二章", "第二章")]),
    ],
)
def test_a_last_heading_swallowed_by_a_paragraph_is_told(text, expected):
    assert [(warning.text, warning.start) for warning in parse_outline(text).warnings] == [
        (f"{name}没有另起一行，并在别的段落里", text.index(place)) for name, place in expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n二、乙；三、丙。",  # a list in one sentence
        "第一条　甲。\n第二条　乙。第三条规定的丙。",
        "一、甲\n二、丁。修改为：“子。三、丑。”",
        "一、甲\n1.乙。\n二、丙\n2.丁。增长2.5倍。3.5亿元。",
        "一、甲\n（一）乙。\n（二）丙。\n二、丁\n（三）戊。",
        "一、甲\n专栏1 乙\n1.丙。\n2.丁。3.戊。",
    ],
)
def test_what_only_looks_like_the_next_heading_was_not_swallowed(text):
    assert warned(text) == []


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (((1, 2, 3, 4, 15), (6, 7)), ["缺第五条", "编号从第十五条回到第六条"]),
        (((1, 2, 15), (3, 4)), ["编号从第十五条回到第三条"]),
        (((1, 2), (2, 4)), ["第二条重复", "缺第三条"]),
        (((1, 2, 15, 3, 4), (5,)), ["编号从第十五条回到第三条"]),
        (((1, 2), (5, 6)), ["缺第三条至第四条"]),
        (((1, 2), (1, 2)), []),
    ],
)
def test_an_article_that_stands_is_never_called_missing(articles, expected):
    chapters = [
        f"第{'一二三'[at]}章 甲\n" + "".join(f"第{han_number(n)}条　乙。\n" for n in row)
        for at, row in enumerate(articles)
    ]
    assert warned("某条例\n" + "".join(chapters)) == expected


def test_numbers_that_begin_anew_under_each_heading_are_compared_there():
    assert warned("一、甲\n（一）子。\n（二）丑。\n二、乙\n（二）寅。\n三、丙\n（一）卯。\n（二）辰。") == [
        "缺“（一）”"
    ]


def test_the_articles_of_an_attachment_are_counted_by_themselves():
    text = "某条例\n第一条　甲。\n第二条　乙。\n附件\n某办法\n第二条　丙。\n第三条　丁。"
    assert warned(text) == ["缺第一条"]


def test_an_article_of_which_only_the_one_set_behind_it_stands_is_missing():
    assert warned("某法\n第一条　甲。\n第三条之一　乙。\n第四条　丙。") == ["缺第二条至第三条"]
    assert warned("某法\n第一条　甲。\n第二条　乙。\n第二条之一　丙。\n第三条　丁。") == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("某通知。一、要求。坚持。二、任务。（一）工业。（二）农业。三、保障。", "一、 二、 （一） （二） 三、"),
        ("某方案 一、任务 推进。（一）甲。（二）乙。二、丙 推进。三、丁", "一、 （一） （二） 二、 三、"),
        (
            "某方案 " + "".join(f"{n}、任务 {'推进' * 60}。（一）甲。（二）乙。" for n in "一二三"),
            "一、 （一） （二） 二、 （一） （二） 三、 （一） （二）",
        ),
    ],
)
def test_a_text_all_in_one_line_has_a_tree_and_a_warning(text, labels):
    outline = parse_outline(text)
    assert " ".join(node.clause.label for node in outline.nodes if node.clause.label) == labels
    assert [one.text[:9] for one in outline.warnings] == [f"这一段里连着{len(labels.split())}个编"]
