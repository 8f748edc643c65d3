"""Labels without a blank behind them, as in 第五条市人民政府…: which number a clause, and which are only spoken of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from desktop.parsing.lines import Line
from desktop.parsing.numbering import Label, Style, is_mention, read_label

_FIRST = "第"


class _Standing(NamedTuple):
    label: Label
    doubtful: bool
    behind: Label | None


def find_glued(text: str, lines: Sequence[Line], apart: Collection[int]) -> set[int]:
    """Return the starts of the lines whose label has no blank behind it and numbers a clause all the same.

    It does where its number is in the order of its style, gaps allowed: not where the numbers go on without it, as
    they do where a sentence in 第五条 begins with 第九条. Lines in `apart` (by start) are not looked at.
    """
    found: set[int] = set()
    last: dict[Style, Label] = {}
    for one in _standings(text, lines, apart):
        style = one.label.style
        if one.label.glued:
            if not _is_in_order(one, last.get(style)):
                continue
            found.add(one.label.start)
        last[style] = one.label
    return found


def _standings(text: str, lines: Sequence[Line], apart: Collection[int]) -> list[_Standing]:
    """Return the labels like 第五条 in their order, each with the one of its style behind it."""
    behind: dict[Style, Label] = {}
    found = []
    for line in reversed(lines):
        if text[line.start] != _FIRST or line.start in apart:
            continue
        label = read_label(text, line.start, line.end)
        if label is None:
            continue
        found.append(_Standing(label, label.glued and is_mention(text, label), behind.get(label.style)))
        behind[label.style] = label
    return found[::-1]


def _is_in_order(one: _Standing, before: Label | None) -> bool:
    number = one.label.number or 0
    last = before.number or 0 if before is not None else 0
    behind = one.behind.number or 0 if one.behind is not None else 0
    if number == last + 1:
        return not (one.doubtful and behind == number)
    if behind == number + 1:
        return True
    if number == 1:
        return behind == 0 or behind != last + 1
    if before is None:
        return behind > number
    if number == last:
        return not one.doubtful
    return number > last and not last < behind <= number
