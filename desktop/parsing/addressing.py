"""Addresses: the words people use for a place in a document, shown, cited and typed."""

from __future__ import annotations

from bisect import bisect_right

from desktop.model.clause import Clause
from desktop.model.mark import ClausePlace, Place
from desktop.model.outline import Node, NoticeKind, Outline
from desktop.model.span import Span
from desktop.parsing.citing import citation
from desktop.parsing.finding import Found, find_place
from desktop.parsing.naming import clause_names, joined_names, label_path

__all__ = [
    "Found",
    "address_at",
    "address_of_place",
    "address_of_span",
    "citation",
    "clause_address",
    "find_place",
    "label_path",
]

_NOTICE_WORDS = {
    NoticeKind.TITLE: "标题",
    NoticeKind.SUBTITLE: "副标题",
    NoticeKind.ADOPTION: "通过说明",
    NoticeKind.CONTINUED_FROM: "上接",
    NoticeKind.CONTINUED_ON: "下转",
    NoticeKind.OTHER: "附文",
}


def clause_address(path: tuple[Clause, ...]) -> str:
    """Return the address of the clause at the end of `path`, which begins at the top: "二 · 5 · 坚持人民至上"."""
    return joined_names(clause_names(path))


def address_at(outline: Outline, offset: int) -> str:
    """Return the address of the sentence at a code point: "七 · 25 · 第3句", the title being sentence 1.

    A clause of one sentence is named without it. A notice is named by what it is; before the first clause and
    notice there is nothing to name: "".
    """
    notice = _notice_word(outline, offset)
    if notice is not None:
        return notice
    place = outline.sentence_at(offset)
    return "" if place is None else joined_names(_parts(outline, place[0], place[1], place[1]))


def address_of_span(outline: Outline, span: Span) -> str:
    """Return the address of a passage: its sentence, its sentences ("25 · 第3–4句"), its clause where it is all of it.

    Of a passage that crosses clauses both ends are named; what they have in common is said once:
    "三 · 7 · 第8句 至 8 · 第2句".
    """
    nodes = [node for node in outline.overlapping(span) if not node.clause.implied]
    notice = _notice_word(outline, span.start)
    if not nodes:
        return notice or address_at(outline, span.start)
    first, last = nodes[0], nodes[-1]
    begin = _sentence_number(first.clause, max(span.start, first.clause.start))
    end = _sentence_number(last.clause, min(span.end, last.clause.end) - 1)
    if notice is not None:
        return f"{notice} 至 {joined_names(_parts(outline, last, end, end))}"
    if first is last:
        covered = span.start <= first.clause.start and span.end >= first.clause.end
        return joined_names(
            clause_names(first.path, outline.clauses) if covered else _parts(outline, first, begin, end)
        )
    from_parts, to_parts = _parts(outline, first, begin, begin), _parts(outline, last, end, end)
    common = 0
    while common < min(len(first.path), len(last.path)) - 1 and first.path[common] is last.path[common]:
        common += 1
    return f"{joined_names(from_parts)} 至 {joined_names(to_parts[common:])}"


def address_of_place(outline: Outline, place: Place) -> str:
    """Return the address of what a mark stands on: of the clause, where it stands on one, else of the passage."""
    if isinstance(place, ClausePlace):
        node = outline.at(place.start)
        return clause_address(node.path) if node else address_at(outline, place.start)
    return address_of_span(outline, place.span)


def _parts(outline: Outline, node: Node, first: int, last: int) -> list[str]:
    """Return the parts of the address of the sentences `first` to `last` of a clause."""
    names = clause_names(node.path, outline.clauses)
    if len(node.clause.sentences) > 1:
        names.append(f"第{first}句" if first == last else f"第{first}–{last}句")
    return names


def _sentence_number(clause: Clause, offset: int) -> int:
    return max(1, bisect_right([span.start for span in clause.sentences], offset))


def _notice_word(outline: Outline, offset: int) -> str | None:
    """Return the word for the notice at `offset`, or for the one before it where no clause has begun yet."""
    before = bisect_right(outline.notices, offset, key=lambda notice: notice.start)
    if not before:
        return None
    notice = outline.notices[before - 1]
    return _NOTICE_WORDS[notice.kind] if offset < notice.end or outline.at(offset) is None else None
