"""Words of a text and the place they stand at: from offsets to a quote with its surroundings, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.model.mark import CONTEXT_LENGTH, Passage
from desktop.model.span import Span
from desktop.text.occurrences import occurrences

MARGIN = 0.125
"""How much more of its surroundings a place must share than the next best one, as a share of 1."""
ENOUGH_CONTEXT = 0.125
"""The share of its surroundings that a short quote must still have around it, even where it stands only once."""
TELLING_LENGTH = 20
"""From this many code points on, a quote that stands only once is told by its own words."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a passage stands in a text (code points).

    `exact` tells that its surroundings are unchanged as well; `score` is the share of them that agrees, 0 to 1,
    counted outwards from the words.
    """

    span: Span
    exact: bool
    score: float


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


def resolve(text: str, passage: Passage) -> Resolution | None:
    """Find a passage in `text`, which may be another text than the one it was taken from.

    Where words and surroundings stand at the old offsets, that is the place. Otherwise every place that has the same
    words is weighed by how much of the surroundings agrees. None is returned rather than a look-alike: where the
    words are gone, where two places agree about equally, where a short quote stands in other surroundings.
    """
    here = Span(passage.start, passage.end)
    if _stands_unchanged(text, passage):
        return Resolution(here, exact=True, score=1.0)
    best: tuple[float, int, int] | None = None
    runner_up = -1.0
    for start in occurrences(text, passage.exact):
        score = _agreement(text, start, passage)
        found = (score, -abs(start - passage.start), start)
        if best is None or found > best:
            runner_up = best[0] if best else -1.0
            best = found
        else:
            runner_up = max(runner_up, score)
    if best is None or not _is_certain(best[0], runner_up, passage):
        return None
    score, _, start = best
    return Resolution(Span(start, start + len(passage.exact)), exact=score == 1.0, score=score)


def _stands_unchanged(text: str, passage: Passage) -> bool:
    start, end = passage.start, passage.end
    return (
        text[start:end] == passage.exact
        and text[max(0, start - CONTEXT_LENGTH) : start] == passage.prefix
        and text[end : end + CONTEXT_LENGTH] == passage.suffix
    )


def _agreement(text: str, start: int, passage: Passage) -> float:
    end = start + len(passage.exact)
    before = _shared(reversed(passage.prefix), reversed(text[max(0, start - CONTEXT_LENGTH) : start]))
    after = _shared(passage.suffix, text[end : end + CONTEXT_LENGTH])
    # A passage at the edge of its text has less around it; that the edge is still one counts as agreement.
    edge_before = len(passage.prefix) < CONTEXT_LENGTH
    edge_after = len(passage.suffix) < CONTEXT_LENGTH
    if edge_before and start == before == len(passage.prefix):
        before = CONTEXT_LENGTH
    if edge_after and len(text) - end == after == len(passage.suffix):
        after = CONTEXT_LENGTH
    return (before + after) / (2 * CONTEXT_LENGTH)


def _shared(left: Iterator[str] | str, right: Iterator[str] | str) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_certain(score: float, runner_up: float, passage: Passage) -> bool:
    if runner_up >= 0:
        return score >= ENOUGH_CONTEXT and score - runner_up >= MARGIN
    return score >= ENOUGH_CONTEXT or len(passage.exact) >= TELLING_LENGTH
