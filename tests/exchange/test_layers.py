"""The colour on top of overlapping marks, against the plain definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.layers import top_colours
from desktop.model.span import Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))


def test_the_short_mark_lies_on_a_long_one_that_begins_behind_it() -> None:
    painted = [(Span(0, 4), "short"), (Span(2, 20), "long")]
    assert top_colours(painted, [0, 2, 4, 20]) == ["short", "short", "long", None]


@given(st.lists(SPANS, max_size=12))
def test_the_shortest_and_of_those_the_latest_mark_is_on_top(spans: list[Span]) -> None:
    painted = [(span, str(number)) for number, span in enumerate(spans)]
    edges = sorted({0, 31}.union(*spans)) if spans else [0, 31]
    expected = []
    for edge in edges:
        covering = [
            (span.end - span.start, -int(name), name) for span, name in painted if span.start <= edge < span.end
        ]
        expected.append(min(covering)[2] if covering else None)
    assert top_colours(painted, edges) == expected
