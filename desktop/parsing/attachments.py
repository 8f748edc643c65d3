"""Lists of attachments at the end of a notice: they name what follows and are no headings of it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.parsing.lines import Line, ends_a_sentence
from desktop.parsing.numbering import Label, Style, read_label

_FIRST = "附"


def listed_attachments(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the starts of the lines that list attachments: 附件：1.甲, 2.乙 below it, 附件1：甲 before 附件2：乙."""
    found = {
        index: label
        for index, line in enumerate(lines)
        if text[line.start] == _FIRST and (label := read_label(text, line.start, line.end)) is not None
    }
    last_of = {label.number: index for index, label in found.items()}
    if not found:
        return frozenset()
    bare_comes = max((index for index, label in found.items() if _is_bare(text, label, lines[index])), default=-1)
    listed: set[int] = set()
    for index, label in found.items():
        line = lines[index]
        with_colon = text.startswith(("：", ":"), label.end)
        beside = any(near in found and lines[max(index, near)].adjacent for near in (index - 1, index + 1))
        comes_later = last_of[label.number] > index or (label.number is None and bare_comes > index)
        alone = label.number is None and with_colon
        if (not _is_bare(text, label, line) and (alone or beside or comes_later)) or alone:
            listed.add(line.start)
        if line.start in listed and label.number is None:
            listed.update(_numbered_below(text, lines, index, label))
    return frozenset(listed)


def _is_bare(text: str, label: Label, line: Line) -> bool:
    return label.body >= line.end or "\n" in text[label.end : label.body]


def _numbered_below(text: str, lines: Sequence[Line], index: int, label: Label) -> list[int]:
    """Return the starts of the lines below 附件：1.甲 that go on counting."""
    line = lines[index]
    inner = read_label(text, label.body, line.end) if label.body < line.end else None
    number = inner.number if inner is not None and inner.style is Style.DIGIT else 0
    starts = []
    for place in range(index + 1, len(lines)):
        below = lines[place]
        entry = read_label(text, below.start, below.end)
        counts = entry is not None and entry.style is Style.DIGIT and entry.number == (number or 0) + 1
        if not counts or ends_a_sentence(text[below.start : below.end]):
            break
        number = (number or 0) + 1
        starts.append(below.start)
    return starts
