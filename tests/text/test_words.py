"""Words under a double click."""

import logging
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text import words
from desktop.text.words import TOTAL, Frequencies, word_at

DICTIONARY = Path(jieba.__file__).with_name("dict.txt")


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


def test_looking_up_in_the_file_cuts_as_the_loaded_dictionary_does(
    plan_text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jieba.setLogLevel(logging.CRITICAL)
    loaded = jieba.Tokenizer()
    monkeypatch.setattr(loaded, "tmp_dir", str(tmp_path))
    assert list(words._tokenizer().cut(plan_text)) == list(loaded.cut(plan_text))  # noqa: SLF001


def test_a_prefix_is_there_without_a_frequency_and_an_unknown_word_is_not() -> None:
    table = Frequencies(DICTIONARY)
    assert table["产业"] > 0
    assert table.get("中华人民共") == 0
    assert "产业业产" not in table
    assert len(table) == sum(1 for _ in table)
