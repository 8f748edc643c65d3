"""What is typed is read as a user means it, and nothing that is typed is an error."""

# ruff: noqa: RUF001 (full-width signs are what an input method gives)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.search import Mode
from desktop.search.query import Field, FieldName, Query, all_of, any_of, parse
from desktop.text.keys import make_key


def words(query: Query) -> list[list[str]]:
    return [[term.words for term in group] for group in query.groups]


def excluded(query: Query) -> list[str]:
    return [term.words for term in query.excluded]


TYPED = st.text(
    st.one_of(st.characters(), st.sampled_from("甲乙 “”\"'-－:：|ORor 标签颜色会议文件条款作者")), max_size=40
)


@given(TYPED, st.sampled_from(Mode))
def test_no_input_is_an_error_and_nothing_but_operators_is_lost(typed, mode):
    query = parse(typed, mode)
    assert query.typed == typed
    if mode is Mode.WORDS:
        assert query.empty == (not typed.strip())
        assert query.groups or query.fields or query.empty
        assert all(term.forms for group in query.groups for term in group)
        literal = query.literal()
        assert words(literal) == ([[typed.strip()]] if typed.strip() else [])
        assert literal.literal() == literal
    elif mode is Mode.STRICT:
        assert query.literal() is query
        assert words(query) == ([[typed]] if typed else [])


@given(st.lists(st.text(st.sampled_from("甲乙丙丁A1。，"), min_size=1, max_size=5), min_size=1, max_size=5))
def test_words_without_operators_are_all_looked_for(typed):
    assert words(parse(" ".join(typed))) == words(parse("\u3000".join(typed))) == [[word] for word in typed]
    assert words(all_of(typed)) == [[word] for word in typed]
    assert words(any_of(typed)) == [typed]
    assert words(parse(" OR ".join(typed))) == [typed]


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("甲 OR 乙 丙", [["甲", "乙"], ["丙"]]),
        ("甲 or 乙 | 丙", [["甲", "乙", "丙"]]),
        ("甲 ｜ 乙 ＯＲ 丙", [["甲", "乙", "丙"]]),
        ("甲|乙", [["甲|乙"]]),
        ("OR 甲", [["OR"], ["甲"]]),
        ("甲 OR", [["甲"], ["OR"]]),
        ("甲 OR OR 乙", [["甲"], ["OR"], ["OR"], ["乙"]]),
        ("甲 “OR” 乙", [["甲"], ["OR"], ["乙"]]),
        ("甲 OR “乙 丙”", [["甲", "乙 丙"]]),
    ],
)
def test_alternatives_bind_tighter_than_blanks(typed, groups):
    assert words(parse(typed)) == groups


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("“稳五 进三”", [["稳五 进三"]]),
        ('"稳五 进三"', [["稳五 进三"]]),
        ("＂稳五 进三＂ 甲", [["稳五 进三"], ["甲"]]),
        ('“稳五 进三" 甲', [["稳五 进三"], ["甲"]]),
        ("「甲 乙」 『丙 丁』", [["甲 乙"], ["丙 丁"]]),
        ("‘甲 乙’", [["甲 乙"]]),
        ("“ 甲 乙 ”", [["甲 乙"]]),
        ("“甲”规划", [["“甲”规划"]]),
        ("所谓“甲”", [["所谓“甲”"]]),
        ("“甲 乙", [["“甲"], ["乙"]]),
        ("甲” 乙", [["甲”"], ["乙"]]),
        ("“甲“乙” 丙”", [["甲“乙"], ["丙”"]]),
        ("“”", [["“”"]]),
        ("“ ”", [["“ ”"]]),
    ],
)
def test_quotation_marks_at_the_borders_of_words_make_a_phrase(typed, groups):
    assert words(parse(typed)) == groups


@pytest.mark.parametrize(
    ("typed", "groups", "without"),
    [
        ("甲 -乙", [["甲"]], ["乙"]),
        ("甲 －乙", [["甲"]], ["乙"]),
        ("-乙 甲", [["甲"]], ["乙"]),
        ("甲 -“乙 丙”", [["甲"]], ["乙 丙"]),
        ("甲-乙", [["甲-乙"]], []),
        ("甲 - 乙", [["甲"], ["-"], ["乙"]], []),
        ("甲 --乙", [["甲"], ["--乙"]], []),
        ("甲 ——乙", [["甲"], ["——乙"]], []),
        ("-乙", [["-乙"]], []),
        ("-乙 -丙", [["-乙 -丙"]], []),
        ("甲 OR -乙", [["甲"], ["OR"]], ["乙"]),
    ],
)
def test_a_hyphen_before_a_word_excludes_it_where_something_else_is_looked_for(typed, groups, without):
    assert (words(parse(typed)), excluded(parse(typed))) == (groups, without)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("标签:要点", [Field(FieldName.TAG, ("要点",))]),
        ("标签：要点", [Field(FieldName.TAG, ("要点",))]),
        ("标签: 要点", [Field(FieldName.TAG, ("要点",))]),
        ("标签:“要 点”", [Field(FieldName.TAG, ("要 点",))]),
        ("-标签:要点", [Field(FieldName.TAG, ("要点",), excluded=True)]),
        ("颜色:重点 会议:周会", [Field(FieldName.COLOUR, ("重点",)), Field(FieldName.MEETING, ("周会",))]),
        ("标签:甲 OR 标签:乙", [Field(FieldName.TAG, ("甲", "乙"))]),
        ("标签:甲 标签:乙", [Field(FieldName.TAG, ("甲",)), Field(FieldName.TAG, ("乙",))]),
        (
            "文件:规划 条款:22.3 作者:张",
            [
                Field(FieldName.DOCUMENT, ("规划",)),
                Field(FieldName.CLAUSE, ("22.3",)),
                Field(FieldName.AUTHOR, ("张",)),
            ],
        ),
    ],
)
def test_fields_narrow(typed, fields):
    query = parse(typed)
    assert list(query.fields) == fields
    assert query.only_fields
    with_words = parse(f"甲 {typed} 乙")
    assert list(with_words.fields) == fields
    assert words(with_words) == [["甲"], ["乙"]]
    assert not with_words.only_fields


@pytest.mark.parametrize("typed", ["标签:", "标签：", "甲标签:乙", "标题:甲", "标签", ":", "会议:", "标签甲:乙"])
def test_what_is_no_field_is_a_word(typed):
    assert words(parse(typed)) == [[typed]]


def test_a_field_and_a_word_are_no_alternatives():
    query = parse("标签:甲 OR 乙")
    assert query.fields == (Field(FieldName.TAG, ("甲",)),)
    assert words(query) == [["OR"], ["乙"]]


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("2035年", {"2035年", "二〇三五年"}),
        ("二○三五", {"2035", "二〇三五"}),
        ("二零三五", {"2035", "二〇三五"}),
        ("２０３５", {"2035", "二〇三五"}),
        ("1949至2049", {"1949至2049", "一九四九至二〇四九"}),
        ("2025—二〇三五", {"2025-2035", "2025-二〇三五", "二〇二五-二〇三五"}),
        ("203", {"203"}),
        ("20355", {"20355"}),
        ("3035", {"3035"}),
        ("2150", {"2150"}),
        ("二〇三五〇", {"二〇三五〇"}),
        ("十五五", {"十五五"}),
    ],
)
def test_years_are_looked_for_in_both_digits(typed, forms):
    ((term,),) = parse(typed).groups
    assert set(term.forms) == forms


@given(st.text(min_size=1, max_size=20))
def test_the_forms_of_strict_words_tell_where_they_can_stand(typed):
    ((term,),) = parse(typed, Mode.STRICT).groups
    for around in ("", "“", " 甲", "甲 "):
        assert all(form in make_key(around + typed + around).text for form in term.forms)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“产业园区", "产业园区"),
        ("产业园区”", "产业园区"),
        ("「产业 园区", "产业 园区"),
        ("产业 OR", "产业"),
        ("OR 产业", "产业"),
        ("产业 OR | 园区", "产业 园区"),
        ("产业|园区", "产业 OR 园区"),
        ("产业｜园区 发展", "产业 OR 园区 发展"),
        ("-“产业 园区", "-产业 园区"),
        ("标签:“甲", "标签:甲"),
        ("标签:甲 OR 乙", "标签:甲 OR 标签:乙"),
        ("-标签:甲|乙", "-标签:甲 OR -标签:乙"),
        ('"产业|园区" 发展', '"产业|园区" 发展'),
        ("“产业”园区", "“产业”园区"),
    ],
)
def test_what_is_not_finished_is_read_as_it_is_meant(typed, meant):
    relaxed, expected = parse(typed).relaxed(), parse(meant)
    assert (words(relaxed), excluded(relaxed), relaxed.fields) == (words(expected), excluded(expected), expected.fields)


@pytest.mark.parametrize("typed", ["“", "OR", "|", "| OR"])
def test_nothing_may_be_meant(typed):
    assert parse(typed).relaxed().empty


@given(st.text("甲乙 |｜“”\"'-:标签OR", max_size=12), st.sampled_from(Mode))
def test_no_input_is_meant_as_an_error(typed, mode):
    relaxed = parse(typed, mode).relaxed()
    assert relaxed.relaxed() == relaxed


def test_a_long_passage_is_read_as_it_stands():
    passage = "甲 -乙 OR “丙” " * 100
    assert words(parse(passage)) == [[passage.strip()]]
