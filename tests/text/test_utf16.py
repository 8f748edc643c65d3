"""Code points to UTF-16 and back."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.text.utf16 import Utf16Map


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(st.sampled_from("a中\u00a0\u2028\f𠮷😀")))
def test_every_offset_goes_to_its_position_and_back(text):
    places = Utf16Map(text)
    for offset in range(len(text) + 1):
        position = places.to_utf16(offset)
        assert position == units(text[:offset])
        assert places.to_code_point(position) == offset


def test_inside_a_pair_the_character_itself_is_meant():
    places = Utf16Map("衡𠮷阳😀")
    assert [places.to_code_point(position) for position in range(7)] == [0, 1, 1, 2, 3, 3, 4]


def test_a_text_without_astral_characters_keeps_its_counts():
    places = Utf16Map("衡阳" * 10)
    assert [places.to_utf16(n) for n in range(21)] == [places.to_code_point(n) for n in range(21)] == list(range(21))
