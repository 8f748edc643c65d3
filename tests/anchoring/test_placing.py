"""Marks are placed on another text where their words and surroundings are, and never on a look-alike."""

import random
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.anchoring.letters import letters_of
from desktop.anchoring.placing import Ground
from desktop.anchoring.quotes import passage_at
from desktop.model.mark import AS_MADE, ClausePlace, Passage, Verdict
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.marking import clause_place
from tests.benchmarks.placing import doubled, ground_clauses, measure, told_clauses
from tests.benchmarks.placing_edits import EDITS

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
    renumbered = ClausePlace(0, 9, ("二、", "4."), five.words.replace("5.", "4."))
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


def lines(numbers):
    """Return lines that differ in numbers only; each is what its own number made it, wherever it stands now."""
    works = [f"推进第{n}项重点工程建设，责任单位第{n}局，完成投资{n * 13}万元，年底前见到成效。" for n in numbers]
    return [f"{place}.{work}" for place, work in enumerate(works, 1)]


@pytest.mark.parametrize("left_out", [(), (7,), (3, 11, 12)])
def test_in_a_list_of_lines_that_are_alike_the_number_tells_but_only_beside_what_stood_there(left_out):
    old, kept = lines(range(1, 30)), [number for number in range(1, 30) if number not in left_out]
    text = "关于规划的意见\n一、总则\n" + "\n".join(old) + "\n"
    new = "关于规划的意见\n一、总则\n" + "\n".join(lines(kept)).replace("年底前", "2026年底前") + "\n"
    ground, told = Ground(new, ground_clauses(parse_outline(new))), told_clauses(text)
    placed = 0
    for number, line in enumerate(old, 1):
        for at in range(6, 30, 4):
            start = text.index(f"\n{line}") + at
            place = passage_at(text, Span(start, start + 7))
            found, placing = ground.place(place, told.chain(place))
            if placing.verdict in (Verdict.MOVED, Verdict.UNCHANGED):
                assert number in kept
                assert new.count("\n", 0, found.start) == 2 + kept.index(number)
                assert letters_of(found.exact) == letters_of(place.exact)
            placed += placing.verdict is not Verdict.LOST
    assert left_out or placed == 29 * 6


TWICE = (
    "一、项目建设\n"
    "5.实施产业升级工程。培育主导产业集群。加强组织领导,压实工作责任。\n"
    "6.实施交通畅通工程。建成环城高速公路。加强组织领导,压实工作责任。\n"
    "二、民生保障\n"
    "7.实施教育提质工程。新建改扩建学校二十所。加强组织领导,压实工作责任。\n"
)
SENTENCE = "加强组织领导,压实工作责任"


def placed(place, made_on, new):
    """Place a mark, told in which clause of the text it was made in."""
    return Ground(new, ground_clauses(parse_outline(new))).place(place, told_clauses(made_on).chain(place))


def nth(number, words=SENTENCE, text=TWICE):
    start = -1
    for _ in range(number):
        start = text.index(words, start + 1)
    return passage_at(text, Span(start, start + len(words)))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_stands_in_several_clauses_goes_to_its_own_also_where_all_are_counted_anew(number):
    new = TWICE.replace("5.实", "5.实施水利工程。除险加固水库。加强组织领导,压实工作责任。\n6.实", 1)
    new = new.replace("7.实施教", "8.实施教").replace("6.实施交", "7.实施交")
    place = nth(number)
    found, placing = placed(place, TWICE, new)
    assert found.span == nth(number + 1, text=new).span
    assert placing.verdict is Verdict.MOVED
    lines = [text.rpartition("\n")[2] for text in (TWICE[: place.start], new[: found.start])]
    assert lines[0][2:] == lines[1][2:]


def test_a_clause_that_came_under_another_heading_takes_its_marks_with_it():
    first, five, six, second, seven = TWICE.splitlines()
    new = "\n".join([first, six, second, seven, five]) + "\n"
    found, placing = placed(nth(1), TWICE, new)
    assert found.span == nth(3, text=new).span
    assert placing.verdict is Verdict.MOVED


def test_of_a_clause_that_was_removed_nothing_comes_to_a_look_alike():
    new = "".join(line + "\n" for line in TWICE.splitlines() if "交通" not in line).replace("7.", "6.")
    assert placed(nth(2), TWICE, new).placing.verdict is Verdict.LOST


def test_of_rows_that_are_the_same_none_is_taken_for_another():
    row = "推进重点项目建设,牵头单位市发展改革委。\n"
    made_on = f"一、清单\n1.{row}2.{row}3.{row}"
    new = f"一、清单\n1.{row}2.{row}3.新的内容。\n"
    assert placed(nth(3, "重点项目", made_on), made_on, new).placing.verdict is Verdict.LOST
    assert placed(nth(2, "重点项目", made_on), made_on, made_on).placing.verdict is Verdict.UNCHANGED


def test_marks_on_clauses_that_begin_alike_go_by_those_above():
    made_on = "一、项目\n1.加强领导。\n二、民生\n1.加强领导。\n"
    new = "一、总则\n1.新的内容。\n二、项目\n1.加强领导。\n三、民生\n1.加强领导。\n"
    outline = parse_outline(made_on)
    for node, expected in ((outline.nodes[1], new.index("1.加")), (outline.nodes[3], new.rindex("1.加"))):
        place = clause_place(made_on, node)
        found, placing = placed(place, made_on, new)
        assert found.start == expected
        assert placing.verdict is Verdict.MOVED
    assert Ground(new, ground_clauses(parse_outline(new))).place(place).placing.verdict is Verdict.LOST, "untold"


def test_signs_at_the_ends_of_a_passage_are_kept_whatever_markup_stands_between():
    made_on = "一、甲乙丙丁。\n二、“加快发展”(含税)。\n"
    new = "一、甲乙丙丁。\n\n\n### 二、“**加快发展**”（ 含税 ）。\n"
    for words, there in (("“加快发展”", "“**加快发展**”"), ("(含税)", "（ 含税 ）"), ("丁。\n二", "丁。\n\n\n### 二")):
        assert placed(passage_of(words, made_on), made_on, new).place.exact == there


@pytest.mark.parametrize(
    ("edit", "right"),
    [("a light revision", 0.97), ("a heavy revision", 0.94), ("clauses put in", 0.99), ("widths, blanks", 0.99)],
)
def test_in_an_edited_plan_nearly_all_come_to_the_right_place_and_none_to_a_wrong_one(plan_text, edit, right):
    rates = measure(plan_text, EDITS[edit], 300, (2, 120), random.Random(7).randrange(100), told=True)
    assert rates.right >= right * rates.there
    assert rates.unsaid <= 1


def test_short_words_among_look_alikes_are_rather_lost_than_in_a_wrong_place(plan_text):
    rates = measure(doubled(plan_text), EDITS["clauses moved"], 300, (2, 6), seed=3, told=True)
    without = measure(doubled(plan_text), EDITS["clauses moved"], 300, (2, 6), seed=3, told=False)
    assert rates.unsaid <= 1
    assert rates.right > without.right


@pytest.mark.parametrize("behind", ["发展机遇显著大于", "发展机遇,并且大于", "重大发展机遇大于"])
def test_words_put_in_beside_a_mark_are_none_of_it(behind):
    text = "一、形势。我国发展机遇大于风险挑战，我们要增强忧患意识，坚持底线思维。\n"
    placed = Ground(text.replace("发展机遇大于", behind)).place(passage_of("发展机遇", text))
    assert (placed.place.exact, placed.placing.verdict) == ("发展机遇", Verdict.MOVED)


def test_a_passage_is_not_stretched_to_the_next_paragraph():
    first = "坚持以高质量发展为主题，推动产业升级，完善市场体系，扩大就业，提高居民收入水平，保障改善民生。\n"
    second = "坚持以人民为中心的发展思想，推动产业升级，完善市场体系，扩大就业，提高居民收入水平，加强社会治理。\n"
    short = "坚持以高质量发展为主题，推动共同富裕。\n"
    for words in ("推动产业升级，完善市场体系", "扩大就业"):
        placed = Ground(short + second).place(passage_of(words, first + second))
        assert placed.placing.verdict in (Verdict.LOST, Verdict.REWRITTEN)
        assert len(placed.place.exact) == len(words)


def test_of_a_deleted_sentence_few_letters_are_nowhere_said_to_be_only_moved(plan_text):
    sentences = [match.span() for match in re.finditer(r"[^。\n]{6,}。", plan_text)]
    moved = tried = 0
    for start, end in sentences[::4]:
        ground = Ground(plan_text[:start] + plan_text[end:])
        for at in range(start, end - 8, 9):
            verdict = ground.place(passage_at(plan_text, Span(at, at + 4 + at % 5))).placing.verdict
            moved += verdict is Verdict.MOVED
            tried += 1
    assert (tried > 200, moved <= tried / 1_000) == (True, True), (moved, tried)


def test_words_that_stand_once_are_found_whatever_is_nearly_like_them(plan_text):
    words = "有效市场和有为政府相结合"
    placed = Ground(plan_text).place(Passage(0, 0, words, "", ""))
    assert (placed.place.exact, placed.placing.verdict) == (words, Verdict.UNCHANGED)


def test_words_that_are_told_without_a_position_have_not_moved():
    ground, words = Ground(TEXT), passage_of("因地制宜")
    told = Passage(0, 0, words.exact, words.prefix[-5:], words.suffix[:5])
    assert ground.place(told).placing == AS_MADE
    assert ground.place(replace(told, start=words.start, end=words.end)).placing == AS_MADE
    assert ground.place(replace(told, start=3, end=7)).placing.verdict is Verdict.MOVED
    assert ground.place(replace(told, prefix="别的什么都")).placing.verdict is not Verdict.UNCHANGED


def test_a_position_tells_which_of_several_where_nothing_else_is_told():
    text = "坚持中国特色社会主义。发展中国特色社会主义。\n"
    start = text.rindex("中国")
    told = Passage(start, start + 8, "中国特色社会主义", "", "")
    assert Ground(text).place(told).place.start == start
    assert Ground(text).place(replace(told, start=0, end=8)).placing.verdict is Verdict.LOST


def test_long_passages_are_found_in_time_and_without_end_are_not_compared():
    dice = random.Random(3)
    text = "".join(chr(dice.randrange(0x4E00, 0x4E00 + 3_000)) for _ in range(60_000))
    changed = "".join("改" if number % 50 == 9 else letter for number, letter in enumerate(text))
    ground = Ground(changed)
    start = time.perf_counter()
    placed = ground.place(passage_at(text, Span(1_000, 21_000)))
    assert (placed.placing.verdict, placed.place.start, placed.place.end) == (Verdict.REWRITTEN, 1_000, 21_000)
    assert ground.place(passage_at(text, Span(0, 60_000))).placing.verdict is Verdict.LOST
    assert ground.place(passage_at(changed, Span(0, 60_000))).placing.verdict is Verdict.UNCHANGED
    assert time.perf_counter() - start < 6
