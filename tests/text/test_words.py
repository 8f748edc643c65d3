"""Words under a double click, and of whole texts."""

import logging
import time
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.dictionary import LONGEST_RUN, PREFIX, TOTAL, Dictionary
from desktop.text.words import cut, quotations, quoted_terms, word_at

DICTIONARY = Path(jieba.__file__).with_name("dict.txt")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    """Return jieba with its whole dictionary in memory."""
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    return tokenizer


@pytest.mark.parametrize(
    ("text", "under", "word"),
    [
        ("发展机遇大于风险挑战。从全球看", "机遇", "机遇"),
        ("发展机遇大于风险挑战。从全球看", "。", "。"),
        ("到2025年底", "02", "2025"),
        ("加快AI赋能", "I", "AI"),
        ("甲  乙", " ", "  "),
        ("“两主一特”战略", "主", "两主一特"),
        ("住在𠮷野家", "𠮷", "𠮷"),
    ],
)
def test_the_word_under_the_pointer_is_found(text: str, under: str, word: str) -> None:
    assert word_at(text, text.index(under)).of(text) == word


@given(st.text(alphabet="产业体系发展，。 \nab1𠮷", max_size=30), st.data())
def test_a_word_holds_its_place_and_stays_in_its_line(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    span = word_at(text, offset)
    assert 0 <= span.start <= span.end <= len(text)
    assert "\n" not in span.of(text)
    if offset < len(text) and text[offset] != "\n":
        assert span.start <= offset < span.end


def test_the_sum_of_frequencies_is_that_of_the_dictionary() -> None:
    lines = DICTIONARY.read_text(encoding="utf-8").splitlines()
    assert sum(int(line.split(" ")[1]) for line in lines) == TOTAL


def test_a_text_is_cut_as_jieba_cuts_it(plan_text: str, loaded: jieba.Tokenizer) -> None:
    assert list(cut(plan_text)) == list(loaded.cut(plan_text))


@given(
    st.text(alphabet=st.sampled_from("粮于技和央省产业链供应十五五高质量不中国人民ab1.%+ \r\n，。“𠮷叀"), max_size=40)
)
def test_any_text_is_cut_as_jieba_cuts_it(loaded: jieba.Tokenizer, text: str) -> None:
    assert list(cut(text)) == list(loaded.cut(text))


@given(st.text(max_size=60), st.sets(st.text(alphabet="产业链供应", min_size=2, max_size=5)))
def test_the_words_joined_are_the_text(text: str, terms: set[str]) -> None:
    assert "".join(cut(text + "产业链供应", terms)) == text + "产业链供应"


@given(st.text(alphabet="稳五进三布二好发展", min_size=2, max_size=12))
def test_a_term_stays_whole_wherever_it_stands_alone(term: str) -> None:
    assert list(cut(f"，{term}。", [term])) == ["，", term, "。"]


def test_a_term_of_the_text_is_one_word_and_leaves_the_others_alone(plan_text: str) -> None:
    before, after = list(cut(plan_text)), list(cut(plan_text, quoted_terms(plan_text)))
    assert "稳五进三布二" not in before
    assert after.count("稳五进三布二") == plan_text.count("稳五进三布二")
    assert list(cut("九十五好", ["五好"])) == list(cut("九十五好"))


def test_a_double_click_takes_a_term_whole(plan_text: str) -> None:
    offset = plan_text.index("布二")
    assert word_at(plan_text, offset).of(plan_text) != "稳五进三布二"
    assert word_at(plan_text, offset, quoted_terms(plan_text)).of(plan_text) == "稳五进三布二"


def test_terms_are_the_chinese_stretches_of_quotations(plan_text: str) -> None:
    text = "“制造立市、文旅兴城”，“ 十五五 ”，“互联网+政务服务”，「一网通办」，“4×4”，“我”，“未完\n”"
    text += "“一二三四五六七八九十一二三”"
    assert quoted_terms(text) == {"制造立市", "文旅兴城", "十五五", "互联网", "政务服务", "一网通办"}
    assert list(quotations(text))[:3] == ["制造立市、文旅兴城", "十五五", "互联网+政务服务"]
    assert {"两主一特", "三高四新", "田长制"} <= quoted_terms(plan_text)


def test_a_prefix_is_no_word_and_an_unknown_word_is_not_there() -> None:
    words = Dictionary(DICTIONARY).beginning_with("产")
    assert words["产业"] > PREFIX
    assert words["产业结"] == PREFIX
    assert "产业业产" not in words
    assert Dictionary(DICTIONARY).beginning_with("\ud800") == {}


def test_all_words_of_the_dictionary_are_read(loaded: jieba.Tokenizer) -> None:
    dictionary = Dictionary(DICTIONARY)
    firsts = {word[0] for word in loaded.FREQ}
    assert {key for first in firsts for key in dictionary.beginning_with(first)} == set(loaded.FREQ)


def test_a_hundred_thousand_characters_in_one_run_are_cut_soon() -> None:
    text = "叀" * 100_000
    assert "".join(cut(text)) == text
    assert max(map(len, cut(text))) < LONGEST_RUN


def test_the_dictionary_is_ready_in_a_fraction_of_the_time_jieba_takes_with_its_cache(loaded: jieba.Tokenizer) -> None:
    again = jieba.Tokenizer()
    again.tmp_dir = loaded.tmp_dir
    begin = time.perf_counter()
    again.initialize()
    middle = time.perf_counter()
    assert Dictionary(DICTIONARY).beginning_with("高")["高质量"] > PREFIX
    assert time.perf_counter() - middle < 0.35 * (middle - begin)
