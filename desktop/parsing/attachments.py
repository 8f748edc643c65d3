"""Lists of attachments at the end of a notice: they name what follows and are no headings of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop.parsing.lines import Line, ends_a_sentence, squeezed
from desktop.parsing.numbering import Label, Style, is_shown_in_place, read_label
from desktop.parsing.surroundings import is_date

_FIRST = "附"
_COLONS = ("：", ":")
_LONGEST_TITLE = 100
_MOST_LINES_OF_A_SIGNATURE = 6
_LONGEST_SIGNATURE = 40


class _Entry(NamedTuple):
    """A line that begins with 附件 or the like: what it is called (附件1), and what stands behind that, squeezed."""

    line: Line
    label: Label
    name: str
    title: str
    colon: bool


def listed_attachments(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the starts of the lines that list attachments: 附件：1.甲, 2.乙 below it, 附件1：甲 before 附件2：乙.

    Such a line comes again behind, or stands beside another. One without a number also lists what it counts, what is
    signed behind it and what nothing stands behind; else it is the heading of what stands behind it.
    """
    entries = {index: entry for index, line in enumerate(lines) if (entry := _entry(text, line)) is not None}
    if not entries:
        return frozenset()
    last = _last_places(text, lines, entries)
    listed: set[int] = set()
    for index, entry in entries.items():
        if not entry.colon and text[entry.label.body : entry.line.end].lstrip(" \u3000")[:1] in ("", "\n"):
            continue
        counted = _counted_below(text, lines, index, entry)
        if (
            _comes_again(last, index, entry)
            or _stands_beside(lines, entries, index)
            or _lists_alone(text, lines, index, entry, counted)
        ):
            listed.update((entry.line.start, *counted))
    return frozenset(listed)


def _entry(text: str, line: Line) -> _Entry | None:
    label = read_label(text, line.start, line.end) if text[line.start] == _FIRST else None
    if label is None or label.style is not Style.ATTACHMENT:
        return None
    word = squeezed(label.text)
    name = word if label.number is None else f"{word[:2]}{label.number}"
    title = squeezed(text[label.body : min(line.end, label.body + _LONGEST_TITLE)])
    return _Entry(line, label, name, title, text.startswith(_COLONS, label.end))


def _last_places(text: str, lines: Sequence[Line], entries: Mapping[int, _Entry]) -> dict[str, int]:
    """Return where each attachment stands last: by its name, by both name and title, and where the title stands alone.

    The name alone says nothing where one without a number has a title, nor of tables, which each attachment counts.
    """
    last: dict[str, int] = {}
    for index, entry in entries.items():
        last[entry.name + entry.title] = index
        counts = not is_shown_in_place(entry.name) and (entry.label.number is not None or not entry.colon)
        if counts or not entry.title:
            last[entry.name] = index
    titles = {entry.title for entry in entries.values() if entry.title and entry.label.number is None}
    for index, line in enumerate(lines if titles else ()):
        if line.end - line.start <= _LONGEST_TITLE and (words := squeezed(text[line.start : line.end])) in titles:
            last[words] = index
    return last


def _comes_again(last: Mapping[str, int], index: int, entry: _Entry) -> bool:
    places = (last.get(entry.name, -1), last[entry.name + entry.title], last.get(entry.title, -1) - 1)
    return any(place > index for place in places)


def _stands_beside(lines: Sequence[Line], entries: Mapping[int, _Entry], index: int) -> bool:
    """Whether another entry stands in the line before or behind it: pictures may do so that are left out."""
    if is_shown_in_place(entries[index].name):
        return False
    return any(near in entries and lines[max(index, near)].adjacent for near in (index - 1, index + 1))


def _lists_alone(text: str, lines: Sequence[Line], index: int, entry: _Entry, counted: Sequence[int]) -> bool:
    """Whether a line without a number lists what it counts, what is signed behind it, or what is not in the text."""
    if entry.label.number is not None or not entry.colon:
        return False
    if counted or _first_number(text, entry):
        return True
    if index + 1 == len(lines):
        return not is_shown_in_place(entry.name)
    for line in lines[index + 1 : index + 1 + _MOST_LINES_OF_A_SIGNATURE]:
        words = text[line.start : min(line.end, line.start + _LONGEST_SIGNATURE)].rstrip()
        if is_date(words):
            return True
        if "\t" in words or ends_a_sentence(words) or read_label(text, line.start, line.end) is not None:
            return False
    return False


def _first_number(text: str, entry: _Entry) -> int:
    """Return the number that stands before the title, as in 附件：1.甲; 0 where none does."""
    inner = read_label(text, entry.label.body, entry.line.end) if entry.label.body < entry.line.end else None
    return inner.number or 0 if inner is not None and inner.style is Style.DIGIT else 0


def _counted_below(text: str, lines: Sequence[Line], index: int, entry: _Entry) -> list[int]:
    """Return the starts of the lines below 附件：1.甲, or below 附件： alone, that go on counting."""
    number = _first_number(text, entry)
    if entry.label.number is not None or (entry.title and not number):
        return []
    starts = []
    for place in range(index + 1, len(lines)):
        line = lines[place]
        label = read_label(text, line.start, line.end)
        counts = label is not None and label.style is Style.DIGIT and label.number == number + 1
        if not counts or ends_a_sentence(text[line.start : line.end]):
            break
        number += 1
        starts.append(line.start)
    return starts
