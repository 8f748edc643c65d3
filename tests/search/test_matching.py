"""Words are found wherever their key stands in the key of a text, and nowhere else; offsets are those of the text."""

# ruff: noqa: RUF001 (characters that look alike are what folding is about)

import threading
from itertools import chain
from pathlib import Path
from threading import Event, Timer
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.search import Mode, Within
from desktop.search.matching import Matcher, sentence_starts
from desktop.search.patterns import Pattern, PatternError
from desktop.search.query import Query, any_of, parse
from desktop.search.source import Interrupted
from desktop.text.keys import make_key

ALIKE = "\u200b一一AaＡａ0０○〇零“”\"'‘ \u3000\u00a0\n\U00020bb7甲×x*—-"
PLAN = Path(__file__).parents[2] / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
PLAN_TEXT = PLAN.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def found(text: str, words: str | Query, within: Within = Within.CLAUSE) -> list[str] | None:
    query = parse(words) if isinstance(words, str) else words
    spans = Matcher(query, within).spans(text)
    return None if spans is None else [span.of(text) for span in spans]


def literal(words: str) -> Query:
    return parse(words).literal()


def every_place(text: str, words: str) -> list[int]:
    """Return where the words stand, by looking at each place: slow, and plain to see that it is right."""
    length = len(words)
    return [start for start in range(len(text) - length + 1) if length and text[start:][:length] == words]


def exactly(text: str, words: str) -> None:
    """Check that the words are found in the text where their key stands in its key, and only there."""
    key, sought = make_key(text), make_key(words)
    query = any_of((words,))
    spans = Matcher(query).spans(text) or ()
    forms = query.groups[0][0].forms if query.groups else ()
    assert sorted({key.origin(start) for form in forms for start in every_place(key.text, form)}) == sorted(
        {span.start for span in spans}
    )
    for span in spans:
        inside = make_key(span.of(text)).text
        assert inside.strip(" ") in {form.strip(" ") for form in forms}
        assert sought.text in forms


@settings(max_examples=150)
@given(st.integers(0, len(PLAN_TEXT) - 1), st.one_of(st.integers(1, 3), st.integers(1, 60)))
def test_every_stretch_of_the_plan_is_found_wherever_it_stands(start, length):
    words = PLAN_TEXT[start : start + length]
    exactly(PLAN_TEXT, words)
    if words == words.strip():
        assert start in [span.start for span in Matcher(any_of((words,))).spans(PLAN_TEXT)]


@settings(max_examples=150)
@given(st.integers(0, len(PLAN_TEXT) - 1), st.integers(1, 40))
def test_strict_words_are_found_as_they_stand(start, length):
    words = PLAN_TEXT[start : start + length]
    query = parse(words, Mode.STRICT)
    spans = Matcher(query).spans(PLAN_TEXT)
    assert [tuple(span) for span in spans] == [(at, at + len(words)) for at in every_place(PLAN_TEXT, words)]
    # What is looked up in an index tells at least all these places.
    assert all(form in make_key(PLAN_TEXT).text for form in query.groups[0][0].forms)


@settings(max_examples=400)
@given(st.text(st.sampled_from(ALIKE), max_size=40), st.text(st.sampled_from(ALIKE), max_size=4))
def test_made_up_texts_are_searched_exactly(text, words):
    exactly(text, words)
    strict = Matcher(parse(words, Mode.STRICT)).spans(text) if words else None
    assert [span.start for span in strict or ()] == every_place(text, words)


@settings(max_examples=300)
@given(st.text(st.sampled_from('甲乙丙 \n。“”"OR-|'), max_size=30), st.text(max_size=12), st.sampled_from(Within))
def test_no_input_is_an_error_and_every_span_lies_in_the_text(text, words, within):
    for mode in (Mode.WORDS, Mode.STRICT):
        spans = Matcher(parse(words, mode), within).spans(text) or ()
        assert list(spans) == sorted(set(spans))
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.text(st.sampled_from("甲乙丙 \n。！"), max_size=30))
def test_one_sentence_is_narrower_than_one_clause(text):
    clause = Matcher(parse("甲 乙")).spans(text)
    sentence = Matcher(parse("甲 乙"), Within.SENTENCE).spans(text)
    assert (clause is not None) == ("甲" in text and "乙" in text)
    assert set(sentence or ()) <= set(clause or ())
    starts = sentence_starts(text)
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert "".join(pieces) == text
    assert (sentence is not None) == any("甲" in piece and "乙" in piece for piece in pieces)


def test_overlapping_occurrences_are_all_found():
    assert found("一一一", "一一") == ["一一", "一一"]
    assert found("产业产业", "产业产业 OR 业产") == ["产业产业", "业产"]


def test_words_may_hold_a_line_end():
    assert found("甲乙\n丙丁", literal("乙\n丙")) == ["乙\n丙"]
    assert found("甲乙丙丁", literal("乙\n丙")) is None


def test_a_character_beyond_the_basic_plane_counts_as_one():
    (span,) = Matcher(parse("甲\U00020bb7")).spans("\U00020bb7甲\U00020bb7")
    assert span == (1, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ＧＤＰ", "gdp"),
        ("GDP", "ｇｄｐ"),
        ("二○三五", "二〇三五"),
        ("二○三五年", "2035年"),
        ("２０３５", "二零三五"),
        ("“ 十五五 ”", '"十五五"规划'[:5]),
        ("甲 “ 乙 ”丙", "甲“乙”丙"),
        ("甲\u3000乙", "“甲 乙”"),
        ("3×5", "3x5"),
        ("3*5", "3×5"),
        ("國務院關於發展", "国务院关于发展"),
        ("乾旱", "干旱"),
        ("第一章——总则", "第一章--总则"),
        ("国发〔2021〕1号", "国发[2021]1号"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_found_unless_told_otherwise(text, words):
    assert found(text, words)
    assert found(text, parse(words, Mode.STRICT)) is None
    assert found(text, parse(text, Mode.STRICT)) == [text]


def test_letters_that_are_not_seen_part_no_words():
    assert found("攻\u200b坚克难", "攻坚") == ["攻\u200b坚"]
    assert found("攻坚克难", "攻\u200b坚") == ["攻坚"]
    assert parse("\u200b").empty
    assert parse("\u200b", Mode.STRICT).groups


def test_what_only_seems_alike_is_not_found():
    for text, words in (
        ("计划", "规划"),
        ("衡阳市", "衡阳县"),
        ("ab", "“a b”"),
        ("203", "二〇三"),
    ):
        assert found(text, words) is None


def test_operators_say_what_a_clause_must_hold():
    text = "制造业和工业。\n服务业。"
    assert found(text, "制造业 服务业") == ["制造业", "服务业"]
    assert found(text, "制造业 农业") is None
    assert found(text, "农业 OR 工业 服务业") == ["工业", "服务业"]
    assert found(text, "制造业 -服务业") is None
    assert found(text, "制造业 -农业") == ["制造业"]
    assert found(text, "制造业 服务业", Within.SENTENCE) is None
    assert found(text, "制造业 工业", Within.SENTENCE) == ["制造业", "工业"]
    assert found(text, "制造业 -服务业", Within.SENTENCE) == ["制造业"]


def test_a_phrase_may_run_over_the_end_of_a_sentence():
    assert found("甲。乙。", "“甲。乙”", Within.SENTENCE) == ["甲。乙"]


def test_only_exclusions_leave_what_holds_none_of_them():
    query = Query("", excluded=parse("甲 -乙").excluded)
    assert Matcher(query).spans("甲") == ()
    assert Matcher(query).spans("乙") is None


def test_the_key_made_beforehand_gives_the_same():
    assert Matcher(parse("十五五")).spans(PLAN_TEXT, make_key(PLAN_TEXT)) == Matcher(parse("十五五")).spans(PLAN_TEXT)


@given(
    st.text("发發展經经年A Ａa“”2０〇○。\n", max_size=40),
    st.text("发發展经aＡ 2〇|-“", max_size=6),
    st.sampled_from(Within),
    st.sampled_from((Mode.WORDS, Mode.STRICT)),
)
def test_places_and_counts_are_those_in_the_key(text, words, within, mode):
    matcher = Matcher(parse(words, mode), within)
    spans = matcher.spans(text)
    assert spans == matcher.spans(text, make_key(text))
    assert matcher.count(text) == len(spans or ())


@pytest.mark.parametrize("written", ["(a|aa)+$", "(a|a?)+$", "(x+x+)+y|(a|aa)+b"])
def test_a_regular_expression_that_takes_too_long_is_stopped(written):
    pattern = Pattern(written, time_limit=0.1)
    begun = monotonic()
    text = "a" * 200 + "!" + "x" * 200
    with pytest.raises(PatternError, match="太费时"):
        list(chain.from_iterable(pattern.spans(text) for _ in range(1000)))
    assert monotonic() - begun < 1


def what_was_left_alone_ends_by_itself() -> None:
    for thread in threading.enumerate():
        if thread.name == "pattern":
            thread.join(10)
            assert not thread.is_alive()


def test_a_running_match_is_left_as_soon_as_something_else_is_wanted():
    stopped = Event()
    pattern = Pattern("(a|aa)+$", time_limit=1, stopped=stopped.is_set)
    Timer(0.1, stopped.set).start()
    begun = monotonic()
    with pytest.raises(Interrupted):
        pattern.spans("a" * 200 + "!")
    assert monotonic() - begun < 0.6
    what_was_left_alone_ends_by_itself()


def test_the_time_is_that_of_the_wall_however_busy_the_machine_is():
    pattern = Pattern("(a|aa)+$", time_limit=0.2)
    begun = monotonic()
    with pytest.raises(PatternError):
        pattern.spans("a" * 200 + "!")
    assert 0.1 < monotonic() - begun < 1
    with pytest.raises(PatternError):  # of the one budget nothing is left
        pattern.spans("一")
    what_was_left_alone_ends_by_itself()


@pytest.mark.parametrize("written", ["(?R)", "a(?0)?b", "(a)(?1)", "(?P<a>b)(?&a)", "(?P<a>b)(?P>a)", r"\\\\(?R)"])
def test_a_pattern_within_itself_is_refused(written):
    with pytest.raises(PatternError, match="递归"):
        Pattern(written)


def test_a_bracket_that_is_meant_may_be_left_out():
    assert found("1) (1", parse(r"\(?1\)?", Mode.REGEX)) == ["1)", "(1"]


def test_matches_of_nothing_are_no_hits():
    assert found("甲乙", parse("甲*", Mode.REGEX)) == ["甲"]
    assert found("乙", parse("甲*", Mode.REGEX)) is None
    assert found("甲\n乙", parse("^.$", Mode.REGEX)) == ["甲", "乙"]
