"""Questions taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.questions import split_question


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("如何推动制造业高质量发展？", ("推动", "制造业", "高质量", "发展")),
        ("“十五五”期间城镇化率的目标是多少", ("十五五", "期间", "城镇化率", "目标")),
        ("2035年要实现哪些目标？", ("2035", "实现", "目标")),
        ("水是什么", ("水",)),
        ("AI赋能有哪些措施", ("AI", "赋能", "措施")),
        ("什么是什么？", ()),
        ("", ()),
    ],
)
def test_the_words_that_say_something_are_left(question: str, words: tuple[str, ...]) -> None:
    assert split_question(question) == words


def test_a_term_of_the_library_stays_whole() -> None:
    assert "稳五进三布二" in split_question("什么是稳五进三布二？", ["稳五进三布二"])


@given(st.text(max_size=80))
def test_every_word_stands_in_the_question_and_once(question: str) -> None:
    words = split_question(question)
    assert len(set(words)) == len(words)
    assert all(word in question for word in words)
