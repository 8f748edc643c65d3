"""Sentences of Chinese text: where one ends and the next begins."""

from __future__ import annotations

import re

from desktop.model.span import Span

_CLOSERS = "”’」』】）)》〉\u3015\uff3d\\]"
_BLANKS = r"[^\S\n]*"
_END = re.compile(rf"(?:[。！？!?]+[{_CLOSERS}]*)+{_BLANKS}")
_END_STRAIGHT = re.compile(rf"(?:[。！？!?]+[{_CLOSERS}\"']*)+{_BLANKS}")


def split_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the sentences of `text[start:end]`, which they partition; offsets are code points of `text`.

    A sentence is ended by 。！？ (or ASCII ! ?) and the closing quotation marks and brackets behind them, never by ；.
    Blanks behind the end belong to the sentence before them. An empty range has no sentence.
    """
    if start >= end:
        return ()
    straight = text.find('"', start, end) >= 0 or text.find("'", start, end) >= 0
    cuts = _cuts_with_straight_quotes(text, start, end) if straight else _cuts(text, start, end)
    if not cuts or cuts[-1] != end:
        cuts.append(end)
    return tuple(map(Span, [start, *cuts[:-1]], cuts))


def _cuts(text: str, start: int, end: int) -> list[int]:
    return [match.end() for match in _END.finditer(text, start, end)]


def _cuts_with_straight_quotes(text: str, start: int, end: int) -> list[int]:
    """Cut where a straight quote behind a sentence closes one only if one is open in that sentence."""
    cuts: list[int] = []
    begin = start
    for match in _END_STRAIGHT.finditer(text, start, end):
        cut = match.end()
        for index in range(match.start(), match.end()):
            mark = text[index]
            if mark in "\"'" and text.count(mark, begin, index) % 2 == 0:
                cut = index
                break
        cuts.append(cut)
        begin = cut
    return cuts
