"""From lines to a tree."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.clause import Clause, ClauseKind
from desktop.model.errors import CancelledError
from desktop.model.outline import NoticeKind
from desktop.model.source import Hint
from desktop.parsing.addressing import address_at, address_of_span, citation, clause_address, find_place
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, tree, typed, warned
from tests.parsing.made_outlines import laws, outlines, shape, styled_outlines

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "第一章 总则",
        "第二条　",
        "第三条规定",
        "一、",
        "三、",
        "（一）",
        "(二)",
        "1.",
        "3．",
        "（1）",
        "①",
        "——",
        "专栏1 ",
        "目录\n",
        "“",
        "”",
        "。",
        "；",
        "甲",
        "衡阳市",
        "\t",
        " ",
        "\u3000",
        "\x0c",
        "\r",
        "\u2028",
        "𠮷",
        "(上接第一版)",
        "— 1 —",
        "2025年1月1日通过",
        "表1 ",
        '"',
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(outlines(), st.sampled_from(["\n", "\n\n"]), st.booleans())
def test_a_typed_outline_is_read_as_it_was_meant(made, line_end, titled):
    lines = [line for clause in made for line in clause.lines()]
    text = line_end.join(["衡阳市规划纲要", *lines] if titled else lines)
    outline = parse_outline(text)
    assert tuple(map(shape, outline.clauses)) == tuple(map(shape, made))
    assert outline.warnings == ()
    assert outline.title == ("衡阳市规划纲要" if titled else "")


@given(laws(), st.sampled_from(["\n", "\n\n"]))
def test_a_typed_law_is_read_as_it_was_meant(made, line_end):
    text = line_end.join(["某某管理条例", *(line for clause in made for line in clause.lines())])
    outline = parse_outline(text)
    assert tuple(map(shape, outline.clauses)) == tuple(map(shape, made))
    assert outline.warnings == ()
    for node in outline.nodes:
        if node.clause.kind is not ClauseKind.CHAPTER and node.clause.kind is not ClauseKind.SECTION:
            assert node.clause.span in [
                place.span for place in find_place(outline, citation(outline, node.clause.span))
            ]


@given(styled_outlines())
def test_headings_without_numbers_are_nested_by_the_levels_of_their_format(made):
    text, hints = typed([line for clause in made for line in clause.styled()])
    outline = parse_outline("某某规划\n" + text, [Hint(hint.start + 5, hint.style, hint.level) for hint in hints])
    assert tuple(map(shape, outline.clauses)) == tuple(map(shape, made))


@given(outlines(), st.data())
def test_numbers_in_the_text_are_stronger_than_the_levels_of_its_format(made, data):
    lines = [line for clause in made for line in clause.lines()]
    labelled = [line.strip()[:1] != "加" for line in lines]
    depths = [data.draw(st.integers(0, 4)) if is_one else 0 for is_one in labelled]
    text, hints = typed(list(zip(lines, depths, strict=True)))
    assert tuple(map(shape, parse_outline(text, hints).clauses)) == tuple(map(shape, made))


@given(TEXTS)
def test_every_character_of_any_text_has_exactly_one_place(text):
    outline = parse_outline(text)
    owned: Counter[int] = Counter()
    for node in outline.nodes:
        clause = node.clause
        owned.update(range(*clause.span))
        assert "".join(span.of(text) for span in clause.sentences) == clause.span.of(text)
        assert clause.level == len(node.path)
    for notice in outline.notices:
        owned.update(range(notice.start, notice.end))
    expected: Counter[int] = Counter()
    start = 0
    for line in text.split("\n"):
        expected.update(range(start + len(line) - len(line.lstrip()), start + len(line)))
        start += len(line) + 1
    assert {offset: owned[offset] for offset in expected} == expected
    # A clause of several lines, a table say, holds the line ends between them.
    assert all(owned[offset] == 1 and text[offset].isspace() for offset in owned.keys() - expected.keys())
    starts = [node.clause.start for node in outline.nodes]
    assert starts == sorted(starts)


@given(TEXTS, st.integers(-3, 200), st.integers(-3, 200))
def test_any_place_of_any_text_has_an_address(text, start, length):
    outline = parse_outline(text)
    for node in outline.nodes:
        assert clause_address(node.path)
        nameless = not node.path[0].title and node.path[0].label in ("", "——")  # 第1段, 第1项 of no clause
        assert nameless or node.clause.span in [place.span for place in find_place(outline, clause_address(node.path))]
    span = type(outline.nodes[0].clause.span)(start, start + abs(length)) if outline.nodes else None
    if span is not None:
        assert isinstance(address_at(outline, start), str)
        assert isinstance(address_of_span(outline, span), str)
        assert isinstance(citation(outline, span), str)


@given(
    TEXTS,
    st.text(st.one_of(st.sampled_from("第条章款项句段三二一十百123.·、/-（）() 　①—"), st.characters()), max_size=12),
)
def test_nothing_a_user_types_is_an_error(text, typed):
    outline = parse_outline(text)
    for found in find_place(outline, typed):
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.address


def test_a_law_has_chapters_articles_paragraphs_and_items():
    text = (
        "某法\n第一章　总则\n第一条　为了甲，制定本法。\n第二条　本法所称乙：\n（一）丙；\n（二）丁。\n"
        "前款规定的戊。\n第二章　附则\n第三条　施行。"
    )
    assert tree(text) == [
        "chapter 第一章总则",
        "  article 第一条",
        "  article 第二条",
        "    heading （一）丙",
        "    heading （二）丁",
        "    paragraph ",
        "chapter 第二章附则",
        "  article 第三条",
    ]
    outline = parse_outline(text)
    second = outline.clauses[0].children[1]
    assert [p.span for p in find_place(outline, "第二条第二款")] == [second.children[2].span]
    assert [p.span for p in find_place(outline, "第二条第（二）项")] == [second.children[1].span]
    assert [p.span for p in find_place(outline, "第二条第二项")] == [second.children[1].span]
    assert citation(outline, second.span) == "第二条"
    assert citation(outline, second.children[2].span) == "第二条第二款"
    assert citation(outline, second.children[1].span) == "第二条第（二）项"
    assert address_at(outline, second.start) == "第一章 · 第二条"


def test_an_article_quoted_by_another_is_no_article_of_the_text():
    text = "某法修正案\n一、增加两条：\n“第三条　甲。\n（一）乙；\n第四条　丙。”\n二、删去第五条。"
    assert tree(text) == ["heading 一、增加两条：", *["  closing "] * 3, "heading 二、删去第五条"]


def test_a_quotation_that_is_never_closed_swallows_nothing():
    assert tree("一、甲：\n“第三条　乙\n二、丙。") == ["heading 一、甲：", "  closing ", "heading 二、丙"]


@pytest.mark.parametrize(
    ("text", "labels", "warnings"),
    [
        ("第一条为了甲。\n第二条乙。\n第七条丙。", "第一条 第二条 第七条", ["缺第三条至第六条"]),
        ("某规划\n第一章总则\n甲。\n第三章产业\n乙。\n第四章民生", "第一章 第三章 第四章", ["缺第二章"]),
        ("某方案\n第一部分要求\n第二部分任务\n第四部分保障", "第一部分 第二部分 第四部分", ["缺第三部分"]),
        ("第五条市府领导。\n第六条区府负责。\n第八条丙。", "第五条 第六条 第八条", ["缺第一条至第四条", "缺第七条"]),
        ("第一条甲。\n第二条由乙。\n第三条以丙为准。\n第四条中小企业。", "第一条 第二条 第三条 第四条", []),
        ("第一章、甲\n第一条、乙。\n第二条.丙。\n第二章.丁", "第一章 第一条 第二条 第二章", []),
    ],
)
def test_a_label_without_a_blank_is_one_in_the_order_of_its_style(text, labels, warnings):
    outline = parse_outline(text)
    assert " ".join(node.clause.label for node in outline.nodes if node.clause.label) == labels
    assert [warning.text for warning in outline.warnings] == warnings


@pytest.mark.parametrize(
    "spoken_of",
    ["第三十条线路开通。", "第六条对此有要求的除外。", "第一条第二款除外。", "第二条线路。", "第六条、第七条除外。"],
)
def test_a_label_without_a_blank_is_none_where_the_numbers_go_on_without_it(spoken_of):
    text = (
        "".join(f"第{n}条甲。\n" for n in "一二三四五") + spoken_of + "\n" + "".join(f"第{n}条甲。\n" for n in "六七")
    )
    outline = parse_outline(text)
    assert [clause.label for clause in outline.clauses] == [f"第{n}条" for n in "一二三四五六七"]
    assert outline.warnings == ()


def test_a_list_that_begins_inside_a_clause_stays_inside():
    assert tree("一、甲\n1.乙。\n（一）丙。\n（二）丁。\n2.戊。\n二、己") == [
        "heading 一、甲",
        "  heading 1.乙",
        "    heading （一）丙",
        "    heading （二）丁",
        "  heading 2.戊",
        "heading 二、己",
    ]


def test_items_take_no_further_paragraphs():
    assert tree("1.甲:\n①乙。\n②丙。\n丁。") == ["heading 1.甲:", "  item ①乙", "  item ②丙", "  closing "]


def test_paragraphs_that_begin_with_a_title_show_it():
    text = "一、甲\n提升效能。今年要办。\n强化就业。明年要办。\n其余，照旧。都办。"
    assert tree(text) == ["heading 一、甲", "  paragraph 提升效能", "  paragraph 强化就业", "  paragraph "]


def test_a_box_holds_what_follows_without_a_blank_line():
    text = "第一章 甲\n乙。\n\n专栏1 工程\n指标\t2025年\n01 丙。\n1.丁。\n\n戊。"
    assert tree(text) == [
        "chapter 第一章甲",
        "  paragraph ",
        "  box 专栏1工程",
        "    table ",
        "    paragraph ",
        "    heading 1.丁",
        "  paragraph ",
    ]


def test_contents_are_not_doubled_into_the_tree():
    text = "某规划\n目　录\n第一章 甲 ...... 1\n第二章 乙 ...... 2\n— 1 —\n第一章 甲\n丙。\n某规划\n第二章 乙\n丁。"
    outline = parse_outline(text)
    assert drawn(outline) == ["chapter 第一章甲", "  paragraph ", "chapter 第二章乙", "  paragraph "]
    assert Counter(notice.kind for notice in outline.notices) == {NoticeKind.TITLE: 2, NoticeKind.OTHER: 4}


def test_what_only_calls_itself_contents_stays_text():
    assert "chapter 第一章甲" in tree("某规划\n目录\n第一章 甲\n乙。")


def test_a_forwarding_notice_is_not_the_title():
    text = "国务院关于印发《某规划》的通知\n各省：现将规划印发。\n\n某规划\n一、甲\n乙。"
    outline = parse_outline(text)
    assert outline.title == "某规划"
    assert [notice.kind for notice in outline.notices] == [NoticeKind.OTHER, NoticeKind.OTHER, NoticeKind.TITLE]
    assert [clause.label for clause in outline.clauses] == ["一、"]


def test_title_subtitle_and_notes_are_told_apart():
    outline = parse_outline(
        "政 府 工 作 报 告\n----2012年2月29日在会上\n（草案）\n（2012年3月1日会议通过）\n各位代表：\n一、甲"
    )
    assert outline.title == "政府工作报告"
    assert [notice.kind for notice in outline.notices] == [
        NoticeKind.TITLE,
        NoticeKind.SUBTITLE,
        NoticeKind.SUBTITLE,
        NoticeKind.ADOPTION,
    ]
    assert [clause.kind for clause in outline.clauses] == [ClauseKind.PARAGRAPH, ClauseKind.HEADING]


@pytest.mark.parametrize(
    "lines",
    [
        "中共某市委关于制定\n第十五个五年规划的建议",
        "中共某市委\n关于制定某市国民经济和社会发展\n第十五个五年规划的建议",
        "某市人民政府\n关于印发某市国土空间总体规划\n（2021—2035年）的通知",
        "关于某计划执行情况\n与2026年某计划\n草案的报告",
        "某市国民经济和社会发展\n第十五个五年规划\n纲要",
    ],
)
def test_a_title_broken_into_lines_is_one(lines):
    outline = parse_outline(f"{lines}\n（2025年12月28日某会\n全体会议通过）\n\n一、甲")
    assert outline.title == lines.replace("\n", "")
    assert [notice.kind for notice in outline.notices[lines.count("\n") + 1 :]] == [NoticeKind.ADOPTION] * 2


@pytest.mark.parametrize("below", ["某某\n2026年1月1日", "2026年工作计划", "（草案）", "前言\n为了某建议"])
def test_a_title_takes_no_line_that_is_none_of_it(below):
    assert parse_outline(f"关于加强某工作的意见\n{below}\n一、甲").title == "关于加强某工作的意见"


@pytest.mark.parametrize(
    "masthead", ["某日报　2026年1月5日　星期一　第2版", "某府发[2026]1号", "某市人民政府文件\n某府发[2026]1号"]
)
def test_what_is_printed_above_the_title_is_none_of_it(masthead):
    outline = parse_outline(f"{masthead}\n某市关于制定规划的建议\n一、甲")
    assert outline.title == "某市关于制定规划的建议"
    assert outline.notices[0].kind is NoticeKind.OTHER


@pytest.mark.parametrize(
    ("text", "label", "children"),
    [
        ("3.甲。\n乙。\n二、丙\n4.丁。", "一、", ["3."]),
        ("(上接第二版)\n12.甲。\n13.乙。\n四、丙\n14.丁。", "三、", ["12.", "13."]),
        ("第一条　甲。\n第二条　乙。\n第二章　丙\n第三条　丁。", "第一章", ["第一条", "第二条"]),
    ],
)
def test_a_heading_on_a_page_before_is_implied(text, label, children):
    first = parse_outline(text).clauses[0]
    assert (first.implied, first.label, first.title) == (True, label, None)
    assert [child.label for child in first.children] == children
    assert first.start == first.end == first.children[0].start


def test_nothing_is_implied_where_the_first_heading_is_there():
    assert not any(clause.implied for clause in parse_outline("1.甲。\n一、乙\n2.丙。").clauses)


def test_gaps_repetitions_and_steps_back_are_warnings():
    assert warned("一、甲\n二、乙\n五、丙\n六、丁\n六、戊\n三、己") == [
        "缺“三、”至“四、”",
        "“六、”重复",
        "编号从“六、”回到“三、”",
    ]
    assert warned("第一条　甲。\n第四条　乙。") == ["缺第二条至第三条"]
    assert warned("一、甲\n1.乙。\n2.丙。\n二、丁\n1.戊。\n3.己。") == ["缺第2条"]
    assert warned("一、甲\n1.乙。\n2.丙。\n二、丁\n3.戊。\n三、己\n5.庚。") == ["缺第4条"]
    assert warned("第十条　甲。\n第十条之一　乙。\n第十一条　丙。") == ["缺第一条至第九条"]


def test_lines_end_at_lf_only():
    outline = parse_outline("一、甲\u2028乙\x0c丙\x85丁\n二、戊")
    assert [clause.title for clause in outline.clauses] == ["甲\u2028乙\x0c丙\x85丁", "戊"]


def find(clauses: tuple[Clause, ...], label: str) -> Clause:
    return next(clause for clause in clauses if clause.label == label)


def test_restarting_numbers_are_found_with_their_section_or_all_of_them():
    outline = parse_outline("一、甲\n1.乙。\n2.丙。\n二、丁\n1.戊。\n2.己。第二句。")
    second = find(outline.clauses, "二、")
    assert [found.address for found in find_place(outline, "2")] == ["一 · 2", "二 · 2"]
    assert [found.span for found in find_place(outline, "二.2")] == [find(second.children, "2.").span]
    assert [found.address for found in find_place(outline, "2.2")] == ["二 · 2 · 第2句"]
    assert citation(outline, find(second.children, "2.").span) == "第二部分第2条"


def test_several_closing_paragraphs_are_counted_and_long_titles_shortened():
    outline = parse_outline("1.甲。\n——" + "长" * 20 + "。乙。\n丙。\n丁。")
    addresses = [clause_address(node.path) for node in outline.nodes]
    assert addresses == ["1", "1 · " + "长" * 16 + "…", "1 · 结语1", "1 · 结语2"]
    for node, address in zip(outline.nodes, addresses, strict=True):
        assert [found.span for found in find_place(outline, address)] == [node.clause.span]


def test_clauses_run_together_in_one_long_line_are_told_apart():
    text = (
        "序言。一、甲"
        + "".join(f"（{n}）乙{'长' * 60}。具体措施：1．丙。2．2020年底前丁。" for n in "一二三")
        + "二、戊（四）己"
        + "长" * 300
        + "。（五）第（一）项庚。"
    )
    outline = parse_outline(text)
    labels = [(clause.label, [child.label for child in clause.children]) for clause in outline.clauses if clause.label]
    assert labels == [("一、", ["（一）", "（二）", "（三）"]), ("二、", ["（四）", "（五）"])]
    assert [node.clause.number for node in outline.nodes if node.clause.label.endswith("．")] == [1, 2] * 3
    assert [(warning.text[:11], warning.start) for warning in outline.warnings] == [("这一段里连着13个编号", 3)]


def test_a_short_line_that_counts_stays_whole():
    assert tree("一、甲\n要做到（一）乙；（二）丙；（三）丁。") == ["heading 一、甲", "  paragraph "]


EXTREMES = {
    "digits": ("1" * 200_000, 1),
    "one line": ("全" * 200_000, 1),
    "stops": ("。" * 200_000, 1),
    "straight quotes": ('。"' * 100_000, 1),
    "line ends": ("\n" * 200_000, 1),
    "blanks": ("\u3000" * 200_000, 1),
    "items": ("——\n" * 40_000, 40_001),
    "open quotations": ("“一、\n" * 40_000, 40_001),
    "restarting numbers": ("".join(f"{n % 7 + 1}.甲。\n" for n in range(30_000)), 30_001),
    "deep": (
        "第一编 甲\n第一章 甲\n第一节 甲\n第一条 甲\n一、甲\n（一）甲\n1.甲\n（1）甲\n①甲\n——甲\n" * 2_000,
        20_001,
    ),
    "long label": ("第" + " " * 100_000 + "一" * 100_000, 1),
    "blanks in labels": (("第" + " " * 50 + "甲。\n一、甲。\n") * 3_000, 6_001),
    "brackets": ("（一）" * 70_000, 1),
    "contents": ("始。\n" + "目录\n一、甲。\n" * 20_000, 40_002),
    "unclosed speech": ("始。\n" + "甲说：“乙\n" * 30_000, 30_002),
    "amendments": ("一、修改为：\n第一条 甲\n" * 15_000, 30_001),
    "attachments": ("附件：1.甲\n2.乙\n" * 15_000, 30_001),
    "rows": ("甲\t乙\n" * 50_000, 2),
    "page numbers": ("甲\n— 1 —\n\x0c" * 20_000, 1),
    "broken lines": (("甲" * 40 + "\n") * 20_000, 1),
    "gaps": ("".join(f"{n * 40 % 999 + 1}.甲。\n" for n in range(20_000)), 20_001),
    "over the page": ("甲。乙，\n— 1 —\n" * 20_000, 1),
    "decimals": ("".join(f"{n % 9 + 1}.{n % 7 + 1} 甲\n" for n in range(20_000)), 20_001),
    "decimals without company": ("一、甲\n" + "5.12 甲\n" * 20_000, 20_002),
    "notes": ("专栏1　甲\n注：1.乙\n\n" * 10_000, 20_001),
    "boxes": ("专栏1　" + "加强基础调查" * 20_000, 1),
    "chapters": ("第一章\n" * 30_000, 30_001),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_no_text_takes_more_than_linear_time(name):
    """A rule that goes over the text again and again would not come to an end here."""
    text, clauses = EXTREMES[name]
    found = len(parse_outline(text + "完。").nodes)
    assert found == clauses, found


def test_the_title_of_a_box_ends_before_the_text_that_is_glued_to_it():
    boxes = [
        "专栏1　主要指标指　标2025年属性产值1预期性",
        "专栏2　加强生态环境基础调查加大基础调查力度，重点开展普查。",
        "专栏3　实施乡村建设工程",
    ]
    outline = parse_outline("某规划\n一、甲\n" + "\n\n".join(boxes))
    assert [clause.title for clause in outline.clauses[0].children] == [
        "主要指标",
        "加强生态环境基础调查",
        "实施乡村建设工程",
    ]


def test_the_notes_of_a_box_are_its_own():
    text = "某规划\n一、甲\n专栏1　指标\n产值。注：1.内为累计数。\n\n2.乙。\n\n3.丙。\n\n1.丁。"
    assert tree(text)[1:] == [
        "  box 专栏1指标",
        "    paragraph ",
        "    heading 2.乙",
        "    heading 3.丙",
        "  heading 1.丁",
    ]


def test_making_an_outline_stops_soon_after_it_is_cancelled():
    text = "某规划\n" + "一、甲。\n" * 10_000
    asked = []

    def cancelled() -> bool:
        asked.append(text)
        return len(asked) == 3

    with pytest.raises(CancelledError):
        parse_outline(text, (), cancelled)
    assert len(asked) == 3
    asked.clear()
    parse_outline(text, (), lambda: bool(asked.append(text)))
    assert len(asked) > 10


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2060", "\u200e", "\u00ad", "\u180e", "\u3000\u200b\u3000"])
def test_letters_that_are_not_seen_hide_no_label(sign: str) -> None:
    text = f"某办法\n{sign}一、甲\n{sign}（一）乙\n　　{sign}（二）丙\n{sign}\n二、丁{sign}"
    outline = parse_outline(text)
    assert [node.clause.label for node in outline.nodes] == ["一、", "（一）", "（二）", "二、"]
    assert all(text.startswith(node.clause.label, node.clause.start) for node in outline.nodes)
    assert outline.warnings == ()


def test_traditional_articles_and_formal_numbers_are_a_tree_with_addresses():
    text = "某法\n第 一 章 總則\n第 1 條\n甲。\n第 1-1 條\n乙。\n第二章　附則\n第 2 條\n丙。"
    outline = parse_outline(text)
    assert drawn(outline) == [
        "chapter 第 一 章總則",
        "  article 第 1 條",
        "    paragraph ",
        "  article 第 1-1 條",
        "    paragraph ",
        "chapter 第二章附則",
        "  article 第 2 條",
        "    paragraph ",
    ]
    assert outline.warnings == ()
    found = [
        [place.span.of(text)[:7] for place in find_place(outline, typed)] for typed in ("第1條", "第1条", "第1-1條")
    ]
    assert found == [["第 1 條"], ["第 1 條"], ["第 1-1 條"]]
    plan = parse_outline("某綱領\n壹、甲\n一、乙\n二、丙\n貳、丁\n一、戊\n肆、己")
    assert drawn(plan) == [
        "heading 壹、甲",
        "  heading 一、乙",
        "  heading 二、丙",
        "heading 貳、丁",
        "  heading 一、戊",
        "heading 肆、己",
    ]
    assert [place.address for place in find_place(plan, "貳.一")] == ["貳 · 一"]
    assert [warning.text for warning in plan.warnings] == ["缺“叁、”"]
