"""Words suggested from the library."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.search.suggesting import related_words, suggest
from desktop.search.vocabulary import Vocabulary, add_edition, create


@pytest.fixture(scope="module")
def plan(plan_text: str) -> Iterator[Vocabulary]:
    """Return the vocabulary of the plan."""
    with closing(sqlite3.connect(":memory:")) as opened:
        create(opened)
        for _ in add_edition(opened, "1", plan_text):
            pass
        yield Vocabulary(opened)


def test_a_beginning_is_completed_by_the_most_frequent_words(plan: Vocabulary) -> None:
    found = suggest(plan, "高质")
    assert found[:2] == ("高质量", "高质量发展")
    assert all(word.startswith("高质") and word != "高质" for word in found)
    assert len(suggest(plan, "发", limit=3)) == 3
    assert suggest(plan, "龘") == suggest(plan, "") == ()


@pytest.mark.parametrize("prefix", ["\ud83d", "\x00", "%", "*", " ", "'", "\U0010ffff", "发" * 1000])
def test_nothing_that_is_typed_gives_an_error(plan: Vocabulary, prefix: str) -> None:
    assert suggest(plan, prefix) == ()


def test_letters_are_completed_as_pinyin(plan: Vocabulary) -> None:
    assert "高质量发展" in suggest(plan, "gzlfz")


def test_words_that_stand_out_are_related(plan: Vocabulary, plan_text: str) -> None:
    units = [line for line in plan_text.split("\n") if "农业" in line]
    words = related_words(plan, units, without=["农业"])
    assert "农村" in words
    assert "发展" not in words
    assert not any("农业" in word for word in words)


def test_labels_are_no_related_words(plan: Vocabulary) -> None:
    words = related_words(plan, [f"第一条　农业农村现代化，第{number}款。" for number in "一二三四五六"])
    assert "现代化" in words
    assert not any(word.startswith("第") for word in words)


def test_texts_like_the_whole_library_have_no_related_words(plan: Vocabulary, plan_text: str) -> None:
    assert related_words(plan, plan_text.split("\n")) == ()


@pytest.mark.parametrize("texts", [[], [""], ["发展"], ["农业" * 50]])
def test_too_little_text_has_no_related_words(plan: Vocabulary, texts: list[str]) -> None:
    assert related_words(plan, texts) == ()


def test_an_empty_vocabulary_suggests_nothing() -> None:
    with closing(sqlite3.connect(":memory:")) as opened:
        create(opened)
        assert related_words(Vocabulary(opened), ["农业农村"] * 5) == suggest(Vocabulary(opened), "农") == ()
