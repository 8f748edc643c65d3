"""What is written as text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.source import Hint, LineStyle
from desktop.storage.encoding import hints_text, text_hints

HINTS = st.lists(st.builds(Hint, st.integers(0), st.sampled_from(LineStyle), st.integers(0, 9))).map(tuple)


@given(HINTS)
def test_hints_come_back_as_they_were(hints):
    assert text_hints(hints_text(hints)) == hints


def test_no_hints_take_no_room():
    assert hints_text(()) == ""


@pytest.mark.parametrize("text", ["1", "[1]", "[[1]]", '[[0,"x",0]]', "{", '[["a","body",0]]'])
def test_what_is_no_hints_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - several messages
        text_hints(text)
