"""A passage is found again in its own text, and in another one only where there is no doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.anchoring.quotes import passage_at, resolve
from desktop.model.span import Span

TEXT = (
    "二、指导思想\n"
    "4.坚持高质量发展。以新发展理念引领发展,因地制宜发展新质生产力,建设现代化产业体系。\n"
    "5.坚持人民至上。尊重人民主体地位,在发展中保障和改善民生,推动人的发展与社会发展相统一。\n"
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Span]:
    # Few letters make repeated words with alike surroundings, which is where a search goes wrong.
    text = draw(st.text(st.sampled_from("发展,。\n𠮷") | st.characters(), min_size=1, max_size=200))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_with_spans())
def test_every_passage_is_found_in_its_own_text_at_its_own_offsets(sample: tuple[str, Span]) -> None:
    text, span = sample
    found = resolve(text, passage_at(text, span))
    assert found is not None
    assert found.span == span
    assert found.exact


@given(texts_with_spans(), st.text(max_size=50), st.text(max_size=50))
def test_what_is_found_in_another_text_has_the_very_same_words(
    sample: tuple[str, Span], before: str, after: str
) -> None:
    text, span = sample
    changed = before + text + after
    passage = passage_at(text, span)
    found = resolve(changed, passage)
    if found is not None:
        assert found.span.of(changed) == passage.exact


def span_of(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def test_a_passage_keeps_up_to_32_code_points_on_either_side() -> None:
    text = "𠮷" * 40 + "重点" + "😀" * 10
    passage = passage_at(text, Span(40, 42))
    assert (passage.start, passage.end, passage.exact) == (40, 42, "重点")
    assert passage.prefix == "𠮷" * 32
    assert passage.suffix == "😀" * 10


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 4), Span(-1, 2), Span(0, len(TEXT) + 1)])
def test_a_span_without_words_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="no words"):
        passage_at(TEXT, span)


@pytest.mark.parametrize("nth", range(7))
def test_a_word_that_stands_many_times_is_told_by_its_surroundings(nth: int) -> None:
    span = span_of("发展", nth)
    added = "一、总则\n1.前面加了一条。\n"
    found = resolve(added + TEXT, passage_at(TEXT, span))
    assert found is not None
    assert found.span == Span(span.start + len(added), span.end + len(added))


def test_a_passage_with_unchanged_surroundings_is_exact_wherever_it_stands() -> None:
    span = span_of("人民主体地位")
    found = resolve("加一行\n" + TEXT, passage_at(TEXT, span))
    assert found is not None
    assert found.exact
    assert found.score == 1.0


def test_changed_surroundings_are_told_by_exact_and_score() -> None:
    span = span_of("人民主体地位")
    found = resolve(TEXT.replace("尊重", "始终尊重").replace("改善民生", "增进福祉"), passage_at(TEXT, span))
    assert found is not None
    assert found.span.start == span.start + 2
    assert not found.exact
    assert 0 < found.score < 1


def test_words_that_are_gone_are_not_found() -> None:
    assert resolve(TEXT.replace("人民主体", "群众主体"), passage_at(TEXT, span_of("人民主体地位"))) is None


def test_a_look_alike_elsewhere_is_not_taken_for_the_passage() -> None:
    span = span_of("保障")
    elsewhere = TEXT.replace("在发展中保障和改善民生,", "") + "6.加强要素保障。完善制度。\n"
    assert resolve(elsewhere, passage_at(TEXT, span)) is None


def test_two_places_that_agree_equally_are_not_guessed_between() -> None:
    line = "各部门要加强协调,各部门要加强协调,认真抓好落实,确保各项任务按期完成,不得推诿拖延,如期报告。\n"
    passage = passage_at(line + line + line, Span(len(line) + 9, len(line) + 12))
    assert resolve("新增一行\n" + line + line + line, passage) is None


def test_a_long_quote_that_stands_once_is_found_in_new_surroundings() -> None:
    words = "以新发展理念引领发展,因地制宜发展新质生产力"
    other = f"(七)关于发展方式。{words};加快转型。"
    found = resolve(other, passage_at(TEXT, span_of(words)))
    assert found is not None
    assert found.span.of(other) == words
    assert not found.exact


def test_a_passage_at_the_edge_of_the_text_is_found_after_a_change_elsewhere() -> None:
    passage = passage_at(TEXT, Span(0, 2))
    found = resolve(TEXT.replace("坚持人民至上", "坚持以人民为中心"), passage)
    assert found is not None
    assert found.span == Span(0, 2)
