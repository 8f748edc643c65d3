"""Rows of the outline: words, counts, remarks, what a filter finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Outline
from desktop.parsing.outline import parse_outline
from desktop.ui.models.outline_rows import NONE, OutlineRows


@pytest.fixture(scope="module")
def rows(plan_text: str) -> OutlineRows:
    return OutlineRows(parse_outline(plan_text), plan_text)


def labels(rows: OutlineRows) -> list[str]:
    return [rows.label(row) for row in range(len(rows))]


def row_of(rows: OutlineRows, beginning: str) -> int:
    return next(row for row, label in enumerate(labels(rows)) if label.startswith(beginning))


def test_every_clause_and_every_notice_of_the_plan_has_one_row_in_text_order(rows: OutlineRows, plan_text: str) -> None:
    outline = parse_outline(plan_text)
    assert len(rows) == len(outline.nodes) + len(outline.notices)
    assert rows.starts == sorted(rows.starts)


def test_contents_have_one_row_and_page_numbers_none() -> None:
    contents = "目录\n一、甲 …… 1\n二、乙 …… 2\n三、丙 …… 3\n附则\n"
    text = f"某规划\n某发1号\n（草案）\n{contents}— 1 —\n一、甲\n丁。\n— 2 —\n二、乙\n戊。\n三、丙\n附则\n己。\n"
    rows = OutlineRows(parse_outline(text), text)
    quiet = ["标题　某规划", "某发1号", "副标题　（草案）", "目录"]
    assert [label for label in labels(rows) if "。" not in label] == [*quiet, "一、甲", "二、乙", "三、丙", "附则"]
    assert rows.label(rows.row_at(text.index("二、乙 ……"))) == "目录"
    assert rows.label(rows.row_at(text.index("— 2 —"))) == "丁。"


def test_a_text_that_is_nothing_but_its_cover_has_rows() -> None:
    text = "某局令\n第1号\n主任"
    assert labels(OutlineRows(parse_outline(text), text)) == ["标题　某局令", "第1号"]


def test_rows_say_what_a_line_is(rows: OutlineRows) -> None:
    shown = labels(rows)
    assert shown[0] == "标题　中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议"
    assert shown[1].startswith("标题（重复）　中共衡阳市委")
    assert shown[2].startswith("(2025年12月15日")
    assert shown[3].startswith("（上接第一版")
    assert shown[4] == "一、（标题不在本页）"
    assert "7. 加快构建现代化产业体系" in shown
    assert "三、巩固壮大实体经济根基,建设现代化产业体系" in shown
    assert "—— 坚持党的全面领导" in shown
    assert sum(label.startswith("导语　") for label in shown) == 5
    assert sum(label.startswith("结语　") for label in shown) == 2
    assert shown[-1].startswith("（下转第三版")


def test_the_missing_clauses_are_told_at_the_missing_heading(rows: OutlineRows) -> None:
    remarks = {rows.label(row): rows.remark(row) for row in range(len(rows)) if rows.remark(row)}
    assert remarks == {"一、（标题不在本页）": "缺第1–2条"}
    assert rows.description(row_of(rows, "一、")).endswith("缺第1–2条")


def test_grey_is_what_people_do_not_name_by_a_number(rows: OutlineRows) -> None:
    assert all(rows.is_quiet(row_of(rows, words)) for words in ("标题", "一、", "—— 坚持", "导语", "结语", "（下转"))
    assert not any(rows.is_quiet(row_of(rows, words)) for words in ("二、", "7. ", "25. "))


def test_a_place_belongs_to_the_deepest_row_that_holds_it(rows: OutlineRows, plan_text: str) -> None:
    assert rows.label(rows.row_at(plan_text.index("智赋万企"))) == "7. 加快构建现代化产业体系"
    assert rows.label(rows.row_at(plan_text.index("坚持人民至上。"))) == "—— 坚持人民至上"
    assert rows.row_at(0) == 0
    assert rows.label(rows.row_at(len(plan_text))).startswith("（下转")


def test_the_count_of_a_branch_is_that_of_all_clauses_in_it(rows: OutlineRows, plan_text: str) -> None:
    offsets = [at for at in range(len(plan_text)) if plan_text.startswith("产业", at)]
    section, after = row_of(rows, "三、"), row_of(rows, "四、")
    assert rows.count(section, offsets) == plan_text.count("产业", rows.starts[section], rows.starts[after])
    assert rows.count(row_of(rows, "二、"), offsets) > rows.count(row_of(rows, "6. "), offsets) > 0


@given(st.data())
def test_every_offset_is_counted_by_exactly_the_rows_on_its_branch(data: st.DataObject) -> None:
    text = "一、甲\n1.乙。丙\n——丁。\n——戊。\n2.己。\n二、庚\n辛。\n3.壬。"
    rows = OutlineRows(parse_outline(text), text)
    offset = data.draw(st.integers(0, len(text) - 1))
    branch = set()
    row = rows.row_at(offset)
    while row != NONE:
        branch.add(row)
        row = rows.parents[row]
    assert {row for row in range(len(rows)) if rows.count(row, [offset])} == branch


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("产业园区", ["9. 打造现代化产业园区"]),
        ("22", ["22. "]),
        ("第22条", ["22. "]),
        ("二 坚持 至上", ["—— 坚持人民至上"]),
        ("四×四 无此", []),
        ("十五五”时期我市", ["3. “十五五”时期我市"]),
        ('"十五五"时期我市', ["3. “十五五”时期我市"]),  # straight quotation marks find curved ones
    ],
)
def test_the_filter_finds_by_label_title_and_address(rows: OutlineRows, words: str, expected: list[str]) -> None:
    found = [rows.label(row) for row in rows.matching(words)]
    assert len(found) == len(expected)
    assert all(label.startswith(beginning) for label, beginning in zip(found, expected, strict=True))


def test_clauses_are_found_below_the_section_their_address_names(rows: OutlineRows) -> None:
    found = [rows.label(row) for row in rows.matching("七 · 25")]
    assert found == ["25. 加快推进农业农村现代化"]


def test_a_typed_number_means_that_clause_before_one_that_only_begins_so(rows: OutlineRows) -> None:
    assert rows.label(rows.numbered("2")).startswith("20. ")  # the plan has no clause 2
    assert rows.label(rows.numbered("7")).startswith("7. ")
    assert rows.numbered("99") == NONE


def test_an_article_without_title_shows_its_first_words() -> None:
    text = "第三条　各级人民政府应当加强领导。其他规定从略。"
    label = "第三条"
    clause = Clause(ClauseKind.ARTICLE, label, 3, None, 1, 0, len(text), parse_outline(text).clauses[0].sentences)
    rows = OutlineRows(Outline("", (), (clause,), ()), text)
    assert rows.label(0).startswith("第三条 各级人民政府应当加强领导")
