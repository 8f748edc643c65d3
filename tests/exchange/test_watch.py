"""Long work tells how far it is, once from the beginning to the end, and stops where it is asked to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.watch import Watch
from desktop.model.errors import CancelledError


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 350)), min_size=1, max_size=5))
def test_parts_tell_one_way_from_the_beginning_to_the_end(parts: list[tuple[int, int]]) -> None:
    told: list[float] = []
    watch = Watch(told=lambda done, total: told.append(done / total))
    for part, (_, count) in zip(watch.parts(*(share for share, _ in parts)), parts, strict=True):
        inner, last = part.parts(1, 2)
        assert list(inner.over(range(count))) == list(range(count))
        assert [item for piece in last.slices(range(count), 7) for item in piece] == list(range(count))
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


def test_a_part_that_is_over_tells_its_end() -> None:
    told: list[float] = []
    first, second = Watch(told=lambda done, total: told.append(done / total)).parts(1, 3)
    first.told(1, 1)
    second.told(1, 2)
    assert told == [0.25, 0.625]


def test_a_part_stops_with_the_whole() -> None:
    seen: list[int] = []
    part = Watch(lambda: len(seen) == 200).parts(1, 1)[1]
    pieces = part.slices(range(1000))
    with pytest.raises(CancelledError):
        seen.extend(item for piece in pieces for item in piece)
    assert len(seen) == 200
