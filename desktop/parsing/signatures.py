"""What is signed and noted below a text: who issues it, the day, who gets a copy, when it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.model.source import LineStyle
from desktop.parsing.lines import Line, ends_a_sentence
from desktop.parsing.numbering import read_label
from desktop.parsing.surroundings import is_date

_LONGEST_LINE = 60
_LONGEST_SIGNATURE = 40
_MOST_SIGNATURES = 4
_BEGINS = "抄主分印（("
_ENDS = "日发"
_GOES_ON = "：:；;，,、"
_COPIES = re.compile(r"(?:抄\s*[送报]|主\s*送|分\s*送|主\s*题\s*词|印发单位)\s*[：:]")
_PRINTED = re.compile(r"[0-9\uff10-\uff19〇○零一二三四五六七八九十]{4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日\s*印\s*发$")
_RELEASED = re.compile(r"[（(]此件[^。]{0,12}公开[^。]{0,12}[）)]$")


def signed_lines(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the starts of the lines below a text that sign it or tell how it is sent: they belong to no article."""
    looked_at = (
        index
        for index, line in enumerate(lines)
        if index and (text[line.start] in _BEGINS or text[line.end - 1] in _ENDS or text[line.end - 1].isspace())
    )
    return frozenset(lines[place].start for index in looked_at for place in _signed_at(text, lines, index))


def _signed_at(text: str, lines: Sequence[Line], index: int) -> Iterator[int]:
    """Yield the line at `index` and those above that it makes a signature, if it is one that closes a text."""
    line = lines[index]
    if line.style is LineStyle.TABLE:
        return
    words = text[line.start : min(line.end, line.start + _LONGEST_LINE)].rstrip()
    if _COPIES.match(words):
        yield index
    if line.end - line.start > _LONGEST_LINE:
        return
    if _PRINTED.search(words) or is_date(words):
        first = _first_signature(text, lines, index)
        if text[lines[first - 1].end - 1] not in _GOES_ON:
            yield from range(first, index + 1)
    elif _RELEASED.fullmatch(words):
        yield index


def _first_signature(text: str, lines: Sequence[Line], index: int) -> int:
    """Return the index of the first of the short lines right above the day at `index`; `index` where they are many."""
    first = index
    while first > 1 and _is_name(text, lines[first - 1]):
        first -= 1
        if index - first > _MOST_SIGNATURES:
            return index
    return first


def _is_name(text: str, line: Line) -> bool:
    words = text[line.start : line.end] if line.end - line.start <= _LONGEST_SIGNATURE else ""
    return (
        bool(words)
        and line.style is not LineStyle.TABLE
        and words.rstrip()[-1] not in _GOES_ON
        and not ends_a_sentence(words)
        and read_label(text, line.start, line.end) is None
    )
