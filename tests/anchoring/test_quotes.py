"""A passage is its words with what stands around them."""

from __future__ import annotations

import pytest

from desktop.anchoring.quotes import passage_at
from desktop.model.span import Span

TEXT = "坚持高质量发展。"


def test_a_passage_keeps_up_to_32_code_points_on_either_side() -> None:
    text = "𠮷" * 40 + "重点" + "😀" * 10
    passage = passage_at(text, Span(40, 42))
    assert (passage.start, passage.end, passage.exact) == (40, 42, "重点")
    assert passage.prefix == "𠮷" * 32
    assert passage.suffix == "😀" * 10


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 4), Span(-1, 2), Span(0, len(TEXT) + 1)])
def test_a_span_without_words_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="no words"):
        passage_at(TEXT, span)
