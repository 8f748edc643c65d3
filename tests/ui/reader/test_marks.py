"""Marks found by place, and parted into layers."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.mark import MarkStyle
from desktop.model.span import Span
from desktop.ui.reader.marks import LONG, MarkIndex, PaintedMark, layers

PLACES = st.tuples(st.integers(0, 5000), st.integers(1, LONG * 2) | st.integers(1, 20))


def painted(places: list[tuple[int, int]]) -> list[PaintedMark]:
    return [
        PaintedMark(
            str(n), start, start + length, n % 5 + 1, MarkStyle.FILL, has_note=False, private=False, on_clause=False
        )
        for n, (start, length) in enumerate(places)
    ]


@given(st.lists(PLACES, max_size=30), PLACES)
def test_every_mark_that_overlaps_is_found_and_no_other(places: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    marks, span = painted(places), Span(asked[0], asked[0] + asked[1])
    found = MarkIndex(marks).overlapping(span)
    assert {mark.id for mark in found} == {mark.id for mark in marks if mark.span.overlaps(span)}
    lengths = [mark.end - mark.start for mark in found]
    assert lengths == sorted(lengths, reverse=True)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12))
def test_layers_cover_what_is_marked_and_a_shorter_mark_lies_above_a_longer(places: list[tuple[int, int]]) -> None:
    marks = sorted(painted(places), key=lambda mark: mark.start - mark.end)
    found = layers(marks, Span(5, 45), len(marks) + 1)
    covered = {offset for layer in found for offset in range(*layer.span)}
    assert covered == {offset for mark in marks for offset in range(*mark.span) if 5 <= offset < 45}
    for offset in covered:
        above = [layer.mark.pen for layer in found if layer.span.start <= offset < layer.span.end]
        assert above == [mark.pen for mark in marks if mark.start <= offset < mark.end]
