"""The tops of many lines, estimated and corrected."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.reader.heights import Heights

LINES = st.lists(st.integers(0, 500), min_size=1, max_size=60)


@given(LINES, st.data())
def test_tops_and_finding_agree_with_plain_sums(estimates: list[int], data: st.DataObject) -> None:
    heights, real = Heights(estimates), list(estimates)
    for _ in range(data.draw(st.integers(0, 20))):
        line, height = data.draw(st.integers(0, len(real) - 1)), data.draw(st.integers(0, 500))
        assert heights.correct(line, height) == height - real[line]
        real[line] = height
    tops = [0, *accumulate(real)]
    assert [heights.top(line) for line in range(len(real) + 1)] == tops
    assert [heights.height(line) for line in range(len(real))] == real
    assert heights.total == tops[-1]
    y = data.draw(st.integers(-10, tops[-1] + 10))
    assert heights.find(y) == max((n for n in range(len(real)) if tops[n] <= y), default=0)
