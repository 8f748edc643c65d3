"""What completes a search: fields, their values, words; and where it is put."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.query import FieldName, parse
from desktop.services.completing import MOST, Offer, Part, offers_for, part_before, values_in, word_offers
from desktop.storage.library import Library
from desktop.text.days import days_of


def values(name: FieldName) -> Iterable[str]:
    return {FieldName.TAG: ["工信局/产业", "产业", "重点 任务", "交通"]}.get(name, [])


@pytest.mark.parametrize(
    ("text", "caret", "expected"),
    [
        ("产业", 2, Part(0, "产业")),
        ("产业 标", 4, Part(3, "标")),
        ("标签:工", 4, Part(3, "工", FieldName.TAG)),
        ("产业 -标", 5, Part(4, "标")),
        ("产业 -标签：", 7, Part(7, "", FieldName.TAG)),
        ("产业", 1, None),
        ("产业 园区", 2, Part(0, "产业")),
        ("比例:三", 4, None),
        ("", 0, Part(0, "")),
    ],
)
def test_the_part_before_the_caret_is_completed(text: str, caret: int, expected: Part | None) -> None:
    assert part_before(text, caret) == expected


def test_names_of_fields_are_offered_by_their_beginning() -> None:
    assert offers_for(Part(0, "标"), values) == [Offer("标签：…", "标签:")]
    assert offers_for(Part(0, "bq"), values) == [Offer("标签：…", "标签:")]
    assert offers_for(Part(0, "b"), values) == []
    assert offers_for(Part(0, "产业"), values) == []
    assert offers_for(Part(0, ""), values) == []


def test_values_are_offered_those_that_begin_so_first() -> None:
    offers = offers_for(Part(3, "产", FieldName.TAG), values)
    assert [offer.text for offer in offers] == ["产业", "工信局/产业"]
    assert len(offers_for(Part(3, "", FieldName.TAG), lambda _name: map(str, range(99)))) == MOST


def test_a_value_with_blanks_is_read_as_one() -> None:
    (offer,) = offers_for(Part(3, "重点", FieldName.TAG), values)
    (field,) = parse(f"标签:{offer.insert}").fields
    assert (field.name, field.values) == (FieldName.TAG, ("重点 任务",))


def test_words_are_offered_but_for_what_is_typed() -> None:
    part = Part(0, "产业")
    assert part.is_word
    assert not Part(0, "产").is_word
    assert [offer.insert for offer in word_offers(part, ("产业链", "产业"))] == ["产业链"]


@given(text=st.text(st.sampled_from('标签:：产业 "-'), max_size=12), caret=st.integers(0, 12))
def test_what_is_completed_stands_before_the_caret(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    part = part_before(text, caret)
    if part is not None:
        assert text[part.start : caret] == part.value


def test_fields_hold_what_the_library_has(library: Library) -> None:
    known = values_in(library, ["重点"])
    assert list(known(FieldName.COLOUR)) == ["重点"]
    assert list(known(FieldName.AUTHOR)) == [library.author.name]
    assert list(known(FieldName.CLAUSE)) == []


def test_days_are_offered_as_examples(library: Library) -> None:
    offers = offers_for(Part(3, "", FieldName.DATE), values_in(library, ()))
    assert len(offers) == 3
    assert all(days_of(offer.text) for offer in offers)
