"""A clause: one node of a document's outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.model.span import Span


class ClauseKind(StrEnum):
    """What a node of the outline is; the values are part of the command line's output and stay."""

    VOLUME = "volume"  # 第一编
    SUBVOLUME = "subvolume"  # 第一分编
    PART = "part"  # 第一篇
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    HEADING = "heading"  # 一、 （一） 1. （1）
    ITEM = "item"  # —— ①
    BOX = "box"  # 专栏1
    TABLE = "table"
    LEAD = "lead"  # unnumbered text between a heading and its first numbered child
    CLOSING = "closing"  # unnumbered text after a clause's own paragraph or its last item
    PARAGRAPH = "paragraph"  # any other unnumbered text


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the outline, with its own text and its children.

    `start` and `end` are code points of the edition's text and span the node's own text: from its label to the
    next node or the end of its line; the text of the children is not in it. `sentences` partition that span.
    `label` is the number as the reader sees it ("七、", "25.", "——"; "" where there is none), `number` its value.
    `title` is without label and closing 。, None where there is none. An implied node stands for a heading that
    the text lacks (its page is missing): it has a label, no title and no text (`start` == `end` == where its
    first child starts).
    """

    kind: ClauseKind
    label: str
    number: int | None
    title: str | None
    level: int
    start: int
    end: int
    sentences: tuple[Span, ...]
    implied: bool = False
    children: tuple[Clause, ...] = ()

    @property
    def span(self) -> Span:
        """The node's own text, without its children."""
        return Span(self.start, self.end)

    @property
    def last(self) -> int:
        """Where the text of the node and of all that lies under it ends (code points)."""
        node = self
        while node.children:
            node = node.children[-1]
        return max(node.end, self.end)

    @property
    def whole(self) -> Span:
        """The text of the node and of all that lies under it."""
        return Span(self.start, self.last)

    def walk(self) -> Iterator[Clause]:
        """Yield the node and all that lies under it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))
