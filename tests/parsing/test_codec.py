"""What the cache keeps is what was parsed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Notice, NoticeKind, Outline, OutlineWarning
from desktop.model.span import Span
from desktop.parsing.codec import outline_from_cache, outline_to_cache, outline_to_json

OFFSETS = st.integers(0, 1000)


def clauses(children: st.SearchStrategy[tuple[Clause, ...]]) -> st.SearchStrategy[Clause]:
    return st.builds(
        Clause,
        st.sampled_from(ClauseKind),
        st.text(max_size=3),
        st.none() | st.integers(0, 99),
        st.none() | st.text(max_size=5),
        st.integers(1, 9),
        OFFSETS,
        OFFSETS,
        st.lists(st.builds(Span, OFFSETS, OFFSETS), max_size=3).map(tuple),
        st.booleans(),
        children,
    )


TREES = st.recursive(clauses(st.just(())), lambda below: clauses(st.lists(below, max_size=3).map(tuple)), max_leaves=8)
OUTLINES = st.builds(
    Outline,
    st.text(max_size=5),
    st.lists(st.builds(Notice, st.sampled_from(NoticeKind), st.text(max_size=3), OFFSETS, OFFSETS), max_size=3).map(
        tuple
    ),
    st.lists(TREES, max_size=3).map(tuple),
    st.lists(st.builds(OutlineWarning, st.text(max_size=3), OFFSETS), max_size=2).map(tuple),
)


@given(OUTLINES)
def test_the_cache_gives_back_the_same_outline(outline):
    assert outline_from_cache(outline_to_cache(outline)) == outline


def test_a_very_deep_tree_is_no_trouble():
    leaf = Clause(ClauseKind.PARAGRAPH, "", None, None, 1, 0, 1, (Span(0, 1),))
    for _ in range(5000):
        leaf = Clause(ClauseKind.HEADING, "一、", 1, "甲", 1, 0, 1, (Span(0, 1),), children=(leaf,))
    outline = Outline("", (), (leaf,), ())
    again = outline_from_cache(outline_to_cache(outline))
    assert sum(1 for _ in again.clauses[0].walk()) == 5001
    assert outline_to_json(outline)["title"] is None


@pytest.mark.parametrize("data", ["", "{}", "[]", "null", '{"kinds": 1}'])
def test_anything_else_is_refused(data):
    with pytest.raises(ValueError, match=r".+"):
        outline_from_cache(data)
