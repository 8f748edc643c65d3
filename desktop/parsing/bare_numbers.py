"""Numbers that stand alone in their lines: 一 above 总体要求, as newspapers and magazines set their sections."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from desktop.model.source import LineStyle
from desktop.parsing.lines import Line, ends_a_sentence
from desktop.parsing.numbering import Label, Style, number_value, read_label

_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")
_LONGEST_LINE = 3
_LONGEST_TITLE = 40
_FEWEST = 2


def join_bare_numbers(text: str, lines: list[Line], apart: Collection[int]) -> tuple[list[Line], dict[int, Label]]:
    """Return the lines with 一 and the short title below it made one, and the labels of such numbers by their start.

    They count where at least 一 and 二 stand alone, in their order. Lines in `apart` (by start) are not looked at.
    """
    found = _in_sequence(text, lines, apart)
    if len(found) < _FEWEST:
        return lines, {}
    joined: list[Line] = []
    labels: dict[int, Label] = {}
    titled = -1
    for index, line in enumerate(lines):
        if index == titled:
            joined[-1] = joined[-1]._replace(end=line.end)
            continue
        joined.append(line)
        if index not in found:
            continue
        words = text[line.start : line.end].rstrip()
        end = line.start + len(words)
        body = line.end
        if index + 1 < len(lines) and _is_title(text, lines[index + 1], apart):
            titled = index + 1
            body = lines[titled].start
        labels[line.start] = Label(Style.HAN, words, number_value(words), line.start, end, body)
    return joined, labels


def _in_sequence(text: str, lines: Sequence[Line], apart: Collection[int]) -> set[int]:
    """Return the indices of the lines that are 一, 二, 三 and so on, each the next one."""
    found: set[int] = set()
    last = -1
    for index, line in enumerate(lines):
        if line.end - line.start > _LONGEST_LINE or line.start in apart or line.style is LineStyle.TABLE:
            continue
        words = text[line.start : line.end].rstrip()
        if _NUMBER.fullmatch(words) and number_value(words) == len(found) + 1:
            if last == index - 1 and found:
                return set()  # a column of numbers, with nothing below any of them
            found.add(index)
            last = index
    return found


def _is_title(text: str, line: Line, apart: Collection[int]) -> bool:
    words = text[line.start : line.end].rstrip() if line.end - line.start <= _LONGEST_TITLE else ""
    return (
        bool(words)
        and line.start not in apart
        and line.style is not LineStyle.TABLE
        and "\t" not in words
        and not ends_a_sentence(words)
        and words[-1] not in "：:；;，,、"
        and read_label(text, line.start, line.end) is None
    )
