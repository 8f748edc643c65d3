"""The outline of one edition: its clauses as a tree, with what stands around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from desktop.model.clause import Clause
from desktop.model.span import Span


class NoticeKind(StrEnum):
    """What a line that belongs to no clause is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    ADOPTION = "adoption"  # (2025年12月15日…通过)
    CONTINUED_FROM = "continued_from"  # (上接第一版)
    CONTINUED_ON = "continued_on"  # (下转第三版)
    OTHER = "other"


class Notice(NamedTuple):
    """A line around the clauses: a title line, the adoption note, a continuation mark. Code points."""

    kind: NoticeKind
    text: str
    start: int
    end: int


class OutlineWarning(NamedTuple):
    """Something a reader should know about the text as it was found, in words (Chinese), and where (code point)."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Node:
    """A clause together with its place in the tree: `path` runs from the top-level clause down to the clause."""

    clause: Clause
    index: int
    parent: int | None
    path: tuple[Clause, ...]

    @property
    def numbered(self) -> Clause:
        """The numbered clause this one counts with: itself or the nearest above; itself where none has a number."""
        return next((clause for clause in reversed(self.path) if clause.number is not None), self.clause)


@dataclass(frozen=True)
class Outline:
    """The tree of clauses of one text. Derived from the text alone; nothing the user made refers to it."""

    title: str
    notices: tuple[Notice, ...]
    clauses: tuple[Clause, ...]
    warnings: tuple[OutlineWarning, ...]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All clauses in the order of the text, each with its index here and its parent's."""
        found: list[Node] = []
        stack: list[tuple[Clause, int | None, tuple[Clause, ...]]] = [(c, None, ()) for c in reversed(self.clauses)]
        while stack:
            clause, parent, above = stack.pop()
            node = Node(clause, len(found), parent, (*above, clause))
            found.append(node)
            stack.extend((child, node.index, node.path) for child in reversed(clause.children))
        return tuple(found)

    @cached_property
    def repeated_titles(self) -> dict[int, Notice]:
        """The titles that stood before, as the heads of web pages do, by where they stand again (code points)."""
        first: dict[str, Notice] = {}
        titles = [notice for notice in self.notices if notice.kind is NoticeKind.TITLE]
        return {
            title.start: before for title in titles if (before := first.setdefault(title.text.strip(), title)) != title
        }

    @cached_property
    def _starts(self) -> list[int]:
        return [node.clause.start for node in self.nodes]

    def at(self, offset: int) -> Node | None:
        """Return the deepest clause that holds the code point at `offset`.

        Between two clauses the earlier one is returned, before the first one none. An implied clause holds nothing.
        """
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self.nodes[index].clause.implied:
            index -= 1
        return self.nodes[index] if index >= 0 else None

    def sentence_at(self, offset: int) -> tuple[Node, int] | None:
        """Return the clause at `offset` and the number, counted from 1, of its sentence there."""
        node = self.at(offset)
        if node is None:
            return None
        sentences = node.clause.sentences
        number = bisect_right(sentences, offset, key=lambda span: span.start)
        return node, max(1, min(number, len(sentences)))

    def overlapping(self, span: Span) -> list[Node]:
        """Return the clauses whose own text shares a code point with `span`, in the order of the text."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        behind = bisect_left(self._starts, span.end, first)
        return [
            node for node in self.nodes[first:behind] if not node.clause.implied and node.clause.span.overlaps(span)
        ]


NO_OUTLINE = Outline("", (), (), ())
"""The outline of no text."""
