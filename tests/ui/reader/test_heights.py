"""The lines of a long text by chunks, and their tops, guessed and corrected."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.reader.heights import Heights
from desktop.ui.reader.lines import LineIndex

TEXTS = st.text(alphabet="甲\n𠮷 ", max_size=80)


class Guess:
    """Guesses ten pixels for a character, wrongly for a chunk."""

    def rough(self, characters: int, lines: int) -> int:
        return 3 * characters + lines

    def estimates(self, lengths: list[int]) -> list[int]:
        return [10 * length for length in lengths]


@given(TEXTS, st.integers(1, 30))
def test_lines_are_those_of_splitting_whatever_the_chunk(text: str, chunk: int) -> None:
    index, lines = LineIndex(text, chunk), text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    assert len(index) == len(lines)
    assert [index.start(line) for line in range(len(lines))] == starts[:-1]
    assert [index.length(line) for line in range(len(lines))] == list(map(len, lines))
    assert [index.line_at(offset) for offset in range(len(text) + 1)] == [
        text.count("\n", 0, offset) for offset in range(len(text) + 1)
    ]
    blank = [not line.strip() for line in lines]
    for line in range(len(lines)):
        assert index.following(line) == next((n for n in range(line, len(lines)) if not blank[n]), len(lines))
        assert index.preceding(line) == next((n for n in range(line, -1, -1) if not blank[n]), -1)
    assert (index.following(len(lines)), index.preceding(-1)) == (len(lines), -1)
    assert (index.line_at(-5), index.line_at(len(text) + 5)) == (0, len(lines) - 1)


@given(TEXTS, st.integers(1, 30), st.data())
def test_tops_and_finding_agree_with_plain_sums(text: str, chunk: int, data: st.DataObject) -> None:
    index = LineIndex(text, chunk)
    heights, real = Heights(index, Guess()), [10 * len(line) if line.strip() else 0 for line in text.split("\n")]
    for _ in range(data.draw(st.integers(0, 10))):
        line, height = data.draw(st.integers(0, len(real) - 1)), data.draw(st.integers(0, 50))
        heights.correct(line, height)
        real[line] = height
    assert [heights.height(line) for line in range(len(real))] == real
    tops = [0, *accumulate(real)]
    assert [heights.top(line) for line in range(len(real))] == tops[:-1]
    assert heights.total == tops[-1]
    y = data.draw(st.integers(-10, tops[-1] + 10))
    found = heights.find(y)
    assert tops[found] <= max(0, y)
    assert y < tops[found + 1] or all(height == 0 for height in real[found + 1 :]) or tops[found + 1] == tops[found]


@given(TEXTS, st.integers(1, 30), st.integers(-5, 500))
def test_about_what_is_where_is_told_without_looking_closely(text: str, chunk: int, y: int) -> None:
    heights = Heights(LineIndex(text, chunk), Guess())
    assert 0 <= heights.offset_at(y) <= len(text)
    assert heights.version == 0
