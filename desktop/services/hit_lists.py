"""Handing over what a search found: one row for every clause, written as a table."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from desktop.exchange.files import write_atomically
from desktop.exchange.hit_forms import hit_form_of
from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.errors import CancelledError
from desktop.model.hit_list import HitList, HitRow, Piece
from desktop.model.search import Found, Hit, Where
from desktop.services.command import now
from desktop.text.blanks import one_line

_SENTENCE = re.compile(r"(?:^| · )第\d+句$")
_KINDS = {Where.NOTE: "批注", Where.TAG: "标签"}
_BEFORE_ALL_CLAUSES = "文首"


def hit_list(words: str, found: Iterable[Found], private: Container[Hit] = ()) -> HitList:
    """Return what was found for `words` as a list, in the order given: hits of one clause that follow one another.

    Those that are `private` are told as such.
    """
    hits = list(found)
    rows = tuple(_rows(hits, private))
    return HitList(f"搜索“{one_line(words)}”", f"{len(hits)} 处，{len(rows)} 条", rows, now().astimezone())


def export_hits(hits: HitList, path: Path, *, overwrite: bool = False, watch: Watch = UNWATCHED) -> bool:
    """Write a list in the form that the suffix of `path` names; False where it was stopped.

    Raises UserError for an unknown suffix, an existing file (without `overwrite`), a folder or disk that refuses.
    """
    try:
        content = hit_form_of(path).writer(hits, watch)
        write_atomically(path, content, overwrite=overwrite, watch=watch)
    except CancelledError:
        return False
    return True


def _rows(hits: Sequence[Found], private: Container[Hit]) -> Iterator[HitRow]:
    for (_, address, _, own), group in groupby(hits, key=lambda found: (*_clause(found), found.hit in private)):
        of_clause = list(group)
        kind = f"{'私人' if own else ''}{_KINDS.get(of_clause[0].hit.where, '')}"
        place = " · ".join(part for part in (kind, address or _BEFORE_ALL_CLAUSES) if part)
        yield HitRow(of_clause[0].title, place, tuple(_sentences(of_clause)))


def _clause(found: Found) -> tuple[str, str, str | None]:
    return found.hit.edition_id, _SENTENCE.sub("", found.address), found.hit.mark_id


def _sentences(hits: Sequence[Found]) -> Iterator[tuple[Piece, ...]]:
    for _, group in groupby(hits, key=lambda found: (found.hit.where, found.hit.context_start, found.hit.context)):
        yield tuple(_pieces([found.hit for found in group]))


def _pieces(hits: Sequence[Hit]) -> Iterator[Piece]:
    """Yield the sentence of some hits, cut at the words that were found; where those overlap, they are one piece."""
    context, start = hits[0].context, hits[0].context_start
    done = 0
    for first, last in _united((hit.span.start - start, hit.span.end - start) for hit in hits):
        if first > done:
            yield Piece(_level(context[done:first]))
        yield Piece(_level(context[first:last]), found=True)
        done = last
    if done < len(context):
        yield Piece(_level(context[done:].rstrip()))


def _united(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans in order, those that overlap as one."""
    first, last = 0, 0
    for start, end in sorted(spans):
        if start > last:
            if last > first:
                yield first, last
            first = start
        elif first == last:
            first = start
        last = max(last, end)
    if last > first:
        yield first, last


def _level(words: str) -> str:
    """Return words with their line ends as blanks."""
    return words.replace("\n", " ")
