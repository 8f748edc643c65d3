"""Marks are placed on another text where their words and surroundings are, and never on a look-alike."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.anchoring.letters import letters_of
from desktop.anchoring.placing import Ground
from desktop.anchoring.quotes import passage_at
from desktop.model.mark import AS_MADE, ClausePlace, Passage, Verdict
from desktop.model.span import Span
from tests.benchmarks.placing import HEAVY, LIGHT, measure

TEXT = (
    "二、指导思想\n"
    "4.坚持高质量发展。以新发展理念引领发展，因地制宜发展新质生产力，建设现代化产业体系。\n"
    "5.坚持人民至上。尊重人民主体地位，在发展中保障和改善民生，推动人的发展与社会发展相统一。\n"
    "6.坚持深化改革。扩大高水平开放，不断推动生产关系和生产力、上层建筑和经济基础更好相适应。\n"
)
CLAUSES = [
    (("二、",), Span(0, 6)),
    (("二、", "4."), Span(7, TEXT.index("\n5."))),
    (("二、", "5."), Span(TEXT.index("5."), TEXT.index("\n6."))),
    (("二、", "6."), Span(TEXT.index("6."), len(TEXT) - 1)),
]


def passage_of(words, text=TEXT):
    start = text.index(words)
    return passage_at(text, Span(start, start + len(words)))


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(st.sampled_from("发展改革，。\n𠮷") | st.characters(exclude_categories=["Cs"]), min_size=1))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_with_spans())
def test_on_its_own_text_a_mark_stands_where_it_was_made(sample):
    text, span = sample
    place = passage_at(text, span)
    placed = Ground(text).place(place, same_text=True)
    if place.exact.strip():
        assert placed == (place, AS_MADE)


@given(texts_with_spans(), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200)
def test_what_is_not_said_to_be_rewritten_has_the_same_letters_and_what_is_lost_keeps_its_words(sample, before, after):
    text, span = sample
    place, new = passage_at(text, span), before + text[: span.start] + after + text[span.start :]
    found, placing = Ground(new).place(place)
    assert 0.0 <= placing.score <= 1.0
    if placing.verdict is Verdict.LOST:
        assert found == Passage(0, 0, place.exact, place.prefix, place.suffix)
        return
    assert found == passage_at(new, found.span)
    if placing.verdict is not Verdict.REWRITTEN:
        assert letters_of(found.exact) == letters_of(place.exact)


@given(st.data())
def test_a_passage_of_many_letters_survives_whatever_is_put_elsewhere(data):
    start = data.draw(st.integers(60, 90))
    place = passage_at(TEXT, Span(start, start + 20))
    at = data.draw(st.integers(0, 8))
    put_in = data.draw(st.text(st.sampled_from("春夏秋冬，。\n"), max_size=80))
    new = TEXT[:at] + put_in + TEXT[at:]
    found, placing = Ground(new).place(place)
    assert found.span == Span(start + len(put_in), start + 20 + len(put_in))
    assert placing.verdict is (Verdict.MOVED if put_in else Verdict.UNCHANGED)


def test_widths_blanks_and_punctuation_make_no_difference():
    retyped = TEXT.replace("，", ", ").replace("。", "．").replace("\n", "\n\n")
    found, placing = Ground(retyped).place(passage_of("引领发展，因地制宜发展新质生产力"))
    assert placing.verdict is Verdict.MOVED
    assert placing.score == 1.0
    assert found.exact == "引领发展, 因地制宜发展新质生产力"


def test_words_that_were_changed_are_told_with_a_score():
    new = TEXT.replace("尊重人民主体地位，在发展中保障和改善民生", "充分尊重人民主体地位，在发展中切实保障和改善民生")
    found, placing = Ground(new).place(passage_of("尊重人民主体地位，在发展中保障和改善民生"))
    assert placing.verdict is Verdict.REWRITTEN
    assert 0.8 < placing.score < 1.0
    assert found.exact == "尊重人民主体地位，在发展中切实保障和改善民生"


def test_words_that_were_left_out_are_lost():
    new = TEXT.replace("尊重人民主体地位，在发展中保障和改善民生，", "")
    _, placing = Ground(new).place(passage_of("尊重人民主体地位，在发展中保障和改善民生"))
    assert placing.verdict is Verdict.LOST


@pytest.mark.parametrize("text", ["", "。，\n", "春夏秋冬"])
def test_on_a_text_without_the_words_nothing_is_placed(text):
    for place in (passage_of("人民至上"), passage_of("，"), ClausePlace(0, 3, ("二、", "5."), "5.坚持人民至上")):
        assert Ground(text).place(place).placing.verdict is Verdict.LOST or place.exact in text


def test_a_look_alike_is_never_taken():
    twice = "1.加强组织领导。各地要高度重视。\n2.加强组织领导。各地要高度重视。\n"
    words = Passage(500, 506, "加强组织领导", "", "")
    assert Ground(twice).place(words).placing.verdict is Verdict.LOST
    other = "9.加强财政保障。严格预算管理，统筹资金安排，加强组织领导。\n"
    here = passage_of("组织领导", "8.加强组织领导。各地各部门要提高认识，细化措施，压实责任。\n")
    assert Ground(other).place(here).placing.verdict is Verdict.LOST


def test_a_clause_is_found_by_its_number_and_words_or_by_its_words_alone():
    five = ClausePlace(*CLAUSES[2][1], CLAUSES[2][0], CLAUSES[2][1].of(TEXT)[:64])
    ground = Ground(TEXT, CLAUSES)
    assert ground.place(five, same_text=True) == (five, AS_MADE)
    moved = ClausePlace(0, 9, five.path, five.words)
    assert ground.place(moved).place == five
    renumbered = ClausePlace(0, 9, ("二、", "4."), five.words)
    found, placing = ground.place(renumbered)
    assert found == five
    assert placing.verdict is Verdict.MOVED
    gone = ClausePlace(0, 9, ("二、", "4."), "4.加强党的全面领导。坚决维护党中央权威，健全总揽全局机制。")
    assert ground.place(gone).placing.verdict is Verdict.LOST


def test_of_a_clause_that_kept_its_number_only_it_is_said_to_look():
    found, placing = Ground(TEXT, CLAUSES).place(ClausePlace(3, 9, ("二、", "5.")))
    assert found.span == CLAUSES[2][1]
    assert placing.verdict is Verdict.REWRITTEN
    assert Ground(TEXT, [*CLAUSES, CLAUSES[2]]).place(ClausePlace(3, 9, ("二、", "5."))).placing.verdict is Verdict.LOST


@pytest.mark.parametrize(("edits", "right"), [(LIGHT, 0.98), (HEAVY, 0.96)], ids=["light", "heavy"])
def test_in_an_edited_plan_nearly_all_come_to_the_right_place_and_hardly_one_to_a_wrong_one(plan_text, edits, right):
    rates = measure(plan_text, edits, 300, seed=random.Random(7).randrange(100))
    assert rates.right >= right
    assert rates.unsaid <= 0.007
