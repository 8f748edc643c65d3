"""Decimal numbers: which lines that begin with 1.1 are numbered so, and which with an amount, a day or a release."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from desktop.model.source import LineStyle
from desktop.parsing.lines import Line, ends_a_sentence
from desktop.parsing.numbering import AMOUNTS, Label, Style, decimal_parts, number_value, read_label

_BARE = re.compile(rf"(?P<number>[1-9\uff11-\uff19][0-9\uff10-\uff19]?)[^\S\n]+(?!{AMOUNTS})(?=[\u3400-\u9fff“《])")
_LONGEST_BARE = 40
_LEADS = 10  # lines that may stand between a heading and the only number below it
_GAPS = (1, 2)  # one number of a row may be missing: that is warned of
_MOST_MISSING = 3  # at the beginning of a row, where the text is numbered so in other places


class _Candidate(NamedTuple):
    place: int
    line: Line
    label: Label
    parts: tuple[int, ...]


class _Bare(NamedTuple):
    place: int
    label: Label
    number: int


def find_decimals(text: str, lines: Sequence[Line], apart: Collection[int]) -> dict[int, Label]:
    """Return the labels like 1.1 and 1.1.1 that number clauses, by the start of their line, and those of 1 总则.

    A number counts where one of its row stands shortly before it, or the next one or the first one below it behind
    it, or, for a first one, what it stands under before it: an amount at the beginning of a line has no such company.
    A number alone on its line needs what it stands under. A bare 1 counts where 1.1 follows, and others before and
    behind it in their order, one of which may be missing. Lines in `apart` (by start) are not looked at.
    """
    found = _candidates(text, lines, apart)
    if not found:
        return {}
    company = _Company(text, lines, found)
    kept = [one for one in found if company.supports(one)]
    if kept:
        kept = [one for one in found if company.supports(one) or company.begins_late(one)]
    labels = {one.line.start: one.label for one in kept}
    return labels | {label.start: label for label in _bare(text, lines, apart, kept)}


def _candidates(text: str, lines: Sequence[Line], apart: Collection[int]) -> list[_Candidate]:
    found = []
    for index, line in enumerate(lines):
        at = line.start + (text[line.start] in "（(")
        if not text[at : at + 1].isdecimal() or line.start in apart or line.style is LineStyle.TABLE:
            continue
        label = read_label(text, line.start, line.end)
        if label is not None and label.style.decimal:
            found.append(_Candidate(index, line, label, decimal_parts(label.text)))
    return found


class _Company:
    """Knows where each decimal number stands first and last."""

    def __init__(self, text: str, lines: Sequence[Line], found: Sequence[_Candidate]) -> None:
        self._text = text
        self._lines = lines
        self._first: dict[tuple[int, ...], int] = {}
        self._last: dict[tuple[int, ...], int] = {}
        for one in found:
            self._first.setdefault(one.parts, one.place)
            self._last[one.parts] = one.place

    def supports(self, one: _Candidate) -> bool:
        """Whether a number stands in a row with others, below one, or above one."""
        if one.line.style is LineStyle.HEADING:
            return True
        *above, number = one.parts
        if one.label.body >= one.line.end:
            return self._is_term(one)
        if any(self._first.get((*above, number - gap), one.place) < one.place for gap in _GAPS):
            return True
        if self._last.get((*above, number + 1), 0) > one.place:
            return True
        if self._last.get((*one.parts, 1), 0) > one.place:
            return True
        return number == 1 and self._is_first_below(one, tuple(above))

    def begins_late(self, one: _Candidate) -> bool:
        """Whether a number stands first below what it stands under although those before it are missing."""
        *above, number = one.parts
        return one.label.body < one.line.end and number <= 1 + _MOST_MISSING and self._is_first_below(one, tuple(above))

    def _is_term(self, one: _Candidate) -> bool:
        """Whether a number alone on its line is in its row, and words follow: a table may have a column of amounts."""
        *above, number = one.parts
        after = self._lines[one.place + 1] if one.place + 1 < len(self._lines) else None
        if after is None or self._text[after.start].isdecimal():
            return False
        if number > 1:
            return self._first.get((*above, number - 1), one.place) < one.place - 1
        return self._is_first_below(one, tuple(above))

    def _is_first_below(self, one: _Candidate, above: tuple[int, ...]) -> bool:
        if len(above) > 1:
            return self._first.get(above, one.place) < one.place
        for line in reversed(self._lines[max(0, one.place - _LEADS) : one.place]):
            label = read_label(self._text, line.start, line.end) or _bare_label(self._text, line)
            if label is not None and not label.style.decimal:
                return label.number == above[0]
        return False


def _bare(text: str, lines: Sequence[Line], apart: Collection[int], decimals: Sequence[_Candidate]) -> list[Label]:
    """Return the labels like 1 in 1 总则: those in the order of one that 1.1 follows, behind all decimals before."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for decimal in decimals:
        first.setdefault(decimal.parts[0], decimal.place)
        last[decimal.parts[0]] = decimal.place
    found = [one for one in _bare_candidates(text, lines, apart) if first.get(one.number, one.place + 1) > one.place]
    anchor = next((at for at, one in enumerate(found) if one.number in first), None)
    if anchor is None:
        return []
    before = [found[anchor]]
    for one in reversed(found[:anchor]):
        if before[-1].number - one.number in _GAPS:
            before.append(one)
    kept = before[::-1]
    places = {one.number: one.place for one in found}  # the last of each
    for one in found[anchor + 1 :]:
        number = max([kept[-1].number, *(above for above, place in first.items() if place < one.place)])
        heads = one.number in first or (one.number == number + _GAPS[-1] and places.get(number + 1, 0) < one.place)
        if (one.number == number + 1 or (one.number > number and heads)) and last.get(number, 0) < one.place:
            kept.append(one)
    return [one.label for one in kept]


def _bare_candidates(text: str, lines: Sequence[Line], apart: Collection[int]) -> list[_Bare]:
    found = []
    for index, line in enumerate(lines):
        if not text[line.start].isdecimal() or line.start in apart or line.style is LineStyle.TABLE:
            continue
        label = _bare_label(text, line)
        if label is not None and label.number is not None:
            found.append(_Bare(index, label, label.number))
    return found


def _bare_label(text: str, line: Line) -> Label | None:
    match = _BARE.match(text, line.start, line.end)
    if match is None or line.end - line.start > _LONGEST_BARE or ends_a_sentence(text[line.start : line.end]):
        return None
    number = number_value(match["number"])
    return Label(Style.BARE, match["number"], number, line.start, match.end("number"), match.end())
