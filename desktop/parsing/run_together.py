"""Clauses that stand together in one line: where each begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.parsing.lines import Line
from desktop.parsing.numbering import Label, Style, read_label

_SHORTEST_LINE = 400
_FEWEST_LABELS = 3
_FEWEST_LABELS_IN_A_BOX = 2
_MOST_LINES_OF_A_CLAUSE = 10
_BOX = "专栏"
_HAN = "一二三四五六七八九十"
# （一） may follow a title that has no full stop, 一、 a blank; the others stand only behind the end of a sentence.
_CANDIDATE = re.compile(
    rf"(?<![第款条项])[（(][{_HAN}]{{1,3}}[)）]"
    rf"|(?<=[。！？；：:）)”])\s*(?:[{_HAN}]{{1,3}}、|[0-9\uff10-\uff19]{{1,2}}[.．、])"
    rf"|(?<=\s)[{_HAN}]{{1,3}}、"
    rf"|(?<=[。！？；：:”\s])第[{_HAN}百零〇]{{1,7}}[编篇章节条](?=[^\S\n])"
)


def inner_labels(text: str, start: int, end: int) -> list[Label]:
    """Return the labels inside the line `text[start:end]` that begin clauses of their own; mostly none.

    They do in a long line that holds at least three of them in sequence: each has the number after the last one of
    its style, that of the line included, or begins anew behind a label of an outer style. A box (专栏) needs two, and
    no length, nor does the only line of a text. What stands between quotation marks is none.
    """
    box = text.startswith(_BOX, start)
    if end - start < _SHORTEST_LINE and not box and not _is_all(text, start, end):
        return []
    own = read_label(text, start, end)
    found: list[Label] = []
    last: dict[Style, int] = {own.style: own.number} if own is not None and own.number else {}
    begun: set[Style] = set(last)  # the styles seen since a label of an outer one
    quoted, counted = 0, start
    for match in _CANDIDATE.finditer(text, start + 1, end):
        begin = match.end() - len(match[0].lstrip())
        quoted += text.count("“", counted, begin) - text.count("”", counted, begin)
        counted = begin
        label = read_label(text, begin, end) if quoted <= 0 else None
        if label is None or label.number is None or label.style.decimal or label.body >= end:
            continue
        style = label.style
        if label.number == last.get(style, 0) + 1 or (label.number == 1 and style not in begun):
            found.append(label)
            last[style] = label.number
            begun = {seen for seen in begun if seen < style} | {style}
    return found if len(found) >= (_FEWEST_LABELS_IN_A_BOX if box else _FEWEST_LABELS) else []


def _is_all(text: str, start: int, end: int) -> bool:
    """Whether a short line is the whole text."""
    return len(text) < 2 * _SHORTEST_LINE and not (text[:start] + text[end:]).strip()


def label_behind(text: str, label: Label, lines: Sequence[Line], index: int) -> Label | None:
    """Return the label right behind `label` in the line at `index`, as in 4.（1）甲, if （2）乙 follows; else None."""
    if not _heads_a_list(label) or label.body >= lines[index].end:
        return None
    inner = read_label(text, label.body, lines[index].end)
    if inner is None or inner.number != 1 or inner.style is label.style or not _heads_a_list(inner):
        return None
    for line in lines[index + 1 : index + 1 + _MOST_LINES_OF_A_CLAUSE]:
        after = read_label(text, line.start, line.end)
        if after is not None and after.style in (label.style, inner.style):
            return inner if after.style is inner.style and after.number == inner.number + 1 else None
    return None


def _heads_a_list(label: Label) -> bool:
    return Style.ARTICLE <= label.style < Style.DASH and not label.style.decimal
