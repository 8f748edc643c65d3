"""Words of a text and the place they stand at: from offsets to a quote with its surroundings."""

from __future__ import annotations

from desktop.model.mark import CONTEXT_LENGTH, Passage
from desktop.model.span import Span


def passage_at(text: str, span: Span) -> Passage:
    """Return the words at `span` (code points) with up to 32 code points on either side.

    Raises ValueError where the span is empty or not in the text.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no words at {start}..{end} of a text of {len(text)} code points")
    return Passage(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
    )
