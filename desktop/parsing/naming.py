"""The words for one clause on the way to a place: 七, 25, 第三章, 坚持人民至上, 导语, 结语2."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from desktop.model.clause import Clause, ClauseKind
from desktop.parsing.numbering import Style, bare_label, style_of
from desktop.text.counting import han_number
from desktop.text.folding import fold

SEPARATOR = " · "
"""Stands between the parts of an address."""

LONGEST_TITLE = 16
"""Of a longer title an address shows this many characters and ELLIPSIS."""

ELLIPSIS = "…"

_TIGHT = ("、", "）", ")", "．")
"""A label that ends so stands close to its words, others are set off by a blank."""

_WORDS = {ClauseKind.LEAD: "导语", ClauseKind.CLOSING: "结语", ClauseKind.TABLE: "表"}
_ITEM = "项"
_PARAGRAPH = "段"
_SUBARTICLE = "款"
_AROUND_A_TITLE = 4  # blanks and brackets around the title of an article, at most: "　【" and "】 "
_AROUND_NO_TITLE = 2


_asked_last: list[tuple[Sequence[Clause], dict[ClauseKind, list[int]]]] = [((), {})]


def labelled(label: str, words: str) -> str:
    """Return a label with the words of its clause, as a list shows them: "七、加快…", "25. 加快…", "第一章 总则"."""
    return f"{label}{words}" if not label or not words or label.endswith(_TIGHT) else f"{label} {words}"


def clause_name(clause: Clause, siblings: Sequence[Clause], parent: Clause | None) -> str:
    """Return the word for `clause` among its `siblings` under `parent` (None at the top)."""
    if clause.label and style_of(clause.label) is not Style.DASH:
        return bare_label(clause.label)
    if clause.title:
        return shortened(clause.title)
    if clause.kind in _WORDS:
        place, count = place_among_alike(clause, siblings)
        return _WORDS[clause.kind] + (str(place) if count > 1 else "")
    if parent is not None and parent.kind is ClauseKind.ARTICLE:
        return f"第{han_number(subarticle_number(clause, parent))}{_SUBARTICLE}"
    place, _ = place_among_alike(clause, siblings)
    return f"第{place}{_ITEM if clause.kind is ClauseKind.ITEM else _PARAGRAPH}"


def shortened(title: str) -> str:
    """Return a title as an address shows it."""
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE] + ELLIPSIS


def place_among_alike(clause: Clause, siblings: Sequence[Clause]) -> tuple[int, int]:
    """Return the place of `clause`, counted from 1, among the siblings of its kind, and how many those are."""
    alike = _starts_by_kind(siblings).get(clause.kind, [])
    place = bisect_left(alike, clause.start)
    return (place + 1 if place < len(alike) and alike[place] == clause.start else 1), len(alike)


def _starts_by_kind(siblings: Sequence[Clause]) -> dict[ClauseKind, list[int]]:
    """Return where the siblings of each kind begin.

    Of the siblings asked about last it is kept: a text without numbers has thousands under one parent, and a search
    names hundreds of them one after the other.
    """
    known, starts = _asked_last[0]
    if known is not siblings:
        starts = {}
        for sibling in siblings:
            starts.setdefault(sibling.kind, []).append(sibling.start)
        _asked_last[0] = (siblings, starts)  # in one piece: an export may ask from another thread
    return starts


def subarticle_number(clause: Clause, article: Clause) -> int:
    """Return which 款 of its article a paragraph under it is: the article's own words, if it has any, are the first."""
    return place_among_alike(clause, article.children)[0] + has_own_words(article)


def has_own_words(article: Clause) -> bool:
    """Whether words stand in the line of an article (条) besides its label and its title: they are its first 款."""
    shown = len(article.label) + len(article.title or "")
    return article.end - article.start > shown + (_AROUND_A_TITLE if article.title else _AROUND_NO_TITLE)


def clause_names(path: tuple[Clause, ...], roots: Sequence[Clause] = ()) -> list[str]:
    """Return the words for every clause on a path from the top of an outline down to a clause."""
    names = []
    parent: Clause | None = None
    for clause in path:
        siblings = parent.children if parent is not None else roots
        names.append(clause_name(clause, siblings, parent))
        parent = clause
    return names


def joined_names(names: Sequence[str]) -> str:
    """Return the words for the clauses on a path as an address; of 1, 1.1 and 1.1.2 the last says all."""
    folded = [fold(name) for name in names]
    kept = [
        name
        for name, own, below in zip(names, folded, (*folded[1:], ""), strict=True)
        if not (own[:1].isdecimal() and below.startswith(f"{own}."))
    ]
    return SEPARATOR.join(kept)


def label_path(path: tuple[Clause, ...]) -> tuple[str, ...]:
    """Return what names each clause on the path: its label as it stands, or its title or word where that says little.

    Unlike an address this is for finding the clause again in another text: titles are not shortened.
    """
    names = clause_names(path)
    for index, clause in enumerate(path):
        if clause.label and style_of(clause.label) is not Style.DASH:
            names[index] = clause.label
        elif clause.title:
            names[index] = clause.title
    return tuple(names)
