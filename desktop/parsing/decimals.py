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


class _Candidate(NamedTuple):
    place: int
    line: Line
    label: Label
    parts: tuple[int, ...]


def find_decimals(text: str, lines: Sequence[Line], apart: Collection[int]) -> dict[int, Label]:
    """Return the labels like 1.1 and 1.1.1 that number clauses, by the start of their line, and those of 1 总则.

    A number counts where one of its row stands shortly before it, or the next one or the first one below it behind
    it, or, for a first one, what it stands under before it: an amount at the beginning of a line has no such company.
    A bare 1 counts where 1.1 follows, and further ones in their order. Lines in `apart` (by start) are not looked at.
    """
    found = _candidates(text, lines, apart)
    if not found:
        return {}
    company = _Company(text, lines, found)
    labels = {one.line.start: one.label for one in found if company.supports(one)}
    kept = [one for one in found if one.line.start in labels]
    return labels | {label.start: label for label in _bare(text, lines, apart, kept)}


def _candidates(text: str, lines: Sequence[Line], apart: Collection[int]) -> list[_Candidate]:
    found = []
    for index, line in enumerate(lines):
        at = line.start + (text[line.start] in "（(")
        if not text[at : at + 1].isdecimal() or line.start in apart or line.style is LineStyle.TABLE:
            continue
        label = read_label(text, line.start, line.end)
        if label is not None and label.style.decimal and label.body < line.end:
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
        if any(self._first.get((*above, number - gap), one.place) < one.place for gap in _GAPS):
            return True
        if self._last.get((*above, number + 1), 0) > one.place:
            return True
        if self._last.get((*one.parts, 1), 0) > one.place:
            return True
        return number == 1 and self._is_first_below(one, tuple(above))

    def _is_first_below(self, one: _Candidate, above: tuple[int, ...]) -> bool:
        if len(above) > 1:
            return self._first.get(above, one.place) < one.place
        for line in reversed(self._lines[max(0, one.place - _LEADS) : one.place]):
            label = read_label(self._text, line.start, line.end) or _bare_label(self._text, line)
            if label is not None:
                return label.number == above[0]
        return False


def _bare(text: str, lines: Sequence[Line], apart: Collection[int], decimals: Sequence[_Candidate]) -> list[Label]:
    """Return the labels like 1 in 1 总则: each the next one, behind all decimals of the one before."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for one in decimals:
        first.setdefault(one.parts[0], one.place)
        last[one.parts[0]] = one.place
    found: list[Label] = []
    number = 0
    for index, line in enumerate(lines):
        if not text[line.start].isdecimal() or line.start in apart or line.style is LineStyle.TABLE:
            continue
        label = _bare_label(text, line)
        if label is None or label.number is None:
            continue
        begins = not found and first.get(label.number, -1) > index
        goes_on = found and label.number == number + 1 and last.get(number, 0) < index
        if (begins or goes_on) and first.get(label.number, index + 1) > index:
            found.append(label)
            number = label.number
    return found


def _bare_label(text: str, line: Line) -> Label | None:
    match = _BARE.match(text, line.start, line.end)
    if match is None or line.end - line.start > _LONGEST_BARE or ends_a_sentence(text[line.start : line.end]):
        return None
    number = number_value(match["number"])
    return Label(Style.BARE, match["number"], number, line.start, match.end("number"), match.end())
