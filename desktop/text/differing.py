"""Where wordings of one thing differ, as somebody who reads them side by side would mark it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from desktop.model.span import Span

_SENTENCE = re.compile("[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+")
# What is marked as a whole: Latin words, numbers, and what is seen as one sign (a family, a flag, an accent).
_SIGN = re.compile(
    "[A-Za-z0-9]+|[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]|\u200d.)*",
    re.DOTALL,
)
_PAIRS = 1_000_000
"""Up to so many pairs of signs they are compared sign by sign, in a tenth of a second; more differ as a whole."""
_TELLING = 2
"""Fewer code points than these between two differences say nothing."""


def differing(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return where (code points) each of two texts has what the other one has not."""
    found = [
        pair
        for sentences in _compared(_SENTENCE, one, other, Span(0, len(one)), Span(0, len(other)))
        for pair in _compared(_SIGN, one, other, *sentences)
    ]
    return _joined(left for left, _ in found), _joined(right for _, right in found)


def differences(sides: Sequence[str]) -> list[tuple[Span, ...]]:
    """Return for each of several texts where it differs from the first; for the first, from any of the others."""
    pairs = [differing(sides[0], side) for side in sides[1:]]
    return [_joined(sorted(span for first, _ in pairs for span in first)), *(own for _, own in pairs)]


def pieces(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, each with whether it lies in one of the spans, which are in order and apart."""
    at = 0
    for span in (*spans, Span(len(text), len(text))):
        yield from (
            (words, inside) for words, inside in ((text[at : span.start], False), (span.of(text), True)) if words
        )
        at = span.end


def _compared(form: re.Pattern[str], one: str, other: str, left: Span, right: Span) -> Iterator[tuple[Span, Span]]:
    """Yield the parts of two places that differ, cut as `form` says."""
    lefts, rights = form.findall(left.of(one)), form.findall(right.of(other))
    head = _agreeing(lefts, rights)
    tail = _agreeing(lefts[head:][::-1], rights[head:][::-1])
    inner, outer = lefts[head : len(lefts) - tail], rights[head : len(rights) - tail]
    x, y = left.start + _length(lefts[:head]), right.start + _length(rights[:head])
    for same, here, there in _opposed(inner, outer, by_sign=form is _SIGN):
        if not same:
            yield Span(x, x + here), Span(y, y + there)
        x, y = x + here, y + there


def _opposed(lefts: list[str], rights: list[str], *, by_sign: bool) -> Iterator[tuple[bool, int, int]]:
    """Yield whether stretches of two texts agree, and how many code points each has."""
    if by_sign and len(lefts) * len(rights) > _PAIRS:
        yield False, _length(lefts), _length(rights)
        return
    for kind, i, j, k, m in SequenceMatcher(None, lefts, rights, autojunk=not by_sign).get_opcodes():
        here, there = _length(lefts[i:j]), _length(rights[k:m])
        yield kind == "equal" and (not by_sign or here >= _TELLING), here, there


def _agreeing(lefts: list[str], rights: list[str]) -> int:
    """Return how many parts two texts have in common at their beginning."""
    count = 0
    for left, right in zip(lefts, rights, strict=False):
        if left != right:
            break
        count += 1
    return count


def _length(parts: list[str]) -> int:
    return sum(map(len, parts))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in their order, those that touch one another as one, and none that is empty."""
    found: list[Span] = []
    for span in spans:
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        elif span.start < span.end:
            found.append(span)
    return tuple(found)
