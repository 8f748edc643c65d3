"""The tree of clauses: where a labelled or unlabelled line belongs, told by the lines before it."""

from __future__ import annotations

from desktop.model.clause import ClauseKind
from desktop.model.span import Span
from desktop.parsing.numbering import KINDS, Label, Style
from desktop.text.sentences import split_sentences


class Draft:
    """A clause while the tree grows. `bare` tells that its own text is a title and nothing else."""

    __slots__ = ("bare", "body", "children", "end", "implied", "kind", "label", "number", "sentences", "start", "style")

    def __init__(self, kind: ClauseKind, label: Label | None, start: int, end: int) -> None:
        self.kind = kind
        self.label = label.text if label else ""
        self.number = label.number if label else None
        self.style = label.style if label else None
        self.body = label.body if label else start
        self.start = start
        self.end = end
        self.sentences: tuple[Span, ...] = ()
        self.bare = False
        self.implied = False
        self.children: list[Draft] = []


class TreeBuilder:
    """Takes lines in the order of the text and puts each in its place.

    The rules, for a label whose style is S:

    - S is open: the clause is the next one beside the last of that style.
    - 编 to 条 are nested in this order in every text; 条 may stand under a bare 一、 too.
    - Any other S that begins (with 1, or without a number) goes under the last clause, unless S was seen outside the
      style of that clause before; one that goes on goes under the last clause whose style stands further out.

    A line without a label belongs to the last clause, never to an item of a list: those are one line each. Under an
    article (条) nothing but the article takes such lines, its 款. A box ends at a blank line.
    """

    def __init__(self, text: str) -> None:
        self.roots: list[Draft] = []
        self._text = text
        self._open: list[Draft] = []
        self._outer: set[tuple[Style, Style]] = set()
        self._last: dict[Style, int] = {}

    def expects(self, label: Label) -> bool:
        """Whether the number of `label` is the next of its style, or a first one."""
        return label.number is None or label.number in (1, self._last.get(label.style, 0) + 1)

    def add_labelled(self, label: Label, end: int, *, adjacent: bool) -> Draft:
        """Put the clause that begins with `label` and ends at `end` in its place."""
        if not adjacent:
            self._close_box()
        draft = self._new(KINDS.get(label.style, ClauseKind.HEADING), label, label.start, end)
        if label.style >= Style.BOX:
            self._close_box()
            self._close_items()
        else:
            self._make_room(label.style, label.number)
        self._attach(draft)
        if label.style is not Style.TABLE:
            self._outer.update((outer.style, label.style) for outer in self._open if outer.style is not None)
            self._open.append(draft)
        if label.number is not None:
            self._last[label.style] = label.number
        return draft

    def add_unlabelled(self, kind: ClauseKind, start: int, end: int, *, adjacent: bool) -> Draft:
        """Put a line without a label under the clause it belongs to."""
        if not adjacent:
            self._close_box()
        self._close_items()
        article = next((n for n, draft in enumerate(self._open) if draft.kind is ClauseKind.ARTICLE), None)
        if article is not None and not any(draft.kind is ClauseKind.BOX for draft in self._open):
            del self._open[article + 1 :]
        draft = self._new(kind, None, start, end)
        self._attach(draft)
        return draft

    def _new(self, kind: ClauseKind, label: Label | None, start: int, end: int) -> Draft:
        draft = Draft(kind, label, start, end)
        draft.sentences = split_sentences(self._text, start, end)
        draft.bare = len(draft.sentences) == 1 and self._text[start:end].rstrip()[-1] not in "。！？!?：:；;，,"
        return draft

    def _attach(self, draft: Draft) -> None:
        (self._open[-1].children if self._open else self.roots).append(draft)

    def _close_box(self) -> None:
        box = next((n for n, draft in enumerate(self._open) if draft.kind is ClauseKind.BOX), None)
        if box is not None:
            del self._open[box:]

    def _close_items(self) -> None:
        while self._open and self._open[-1].style is not None and self._open[-1].style.item:
            self._open.pop()

    def _make_room(self, style: Style, number: int | None) -> None:
        """Close the clauses that a new one of this style does not go under."""
        for index, draft in enumerate(self._open):
            if draft.style is style:
                del self._open[index:]
                return
        while self._open and not self._holds(self._open[-1], style, number):
            self._open.pop()

    def _holds(self, outer: Draft, style: Style, number: int | None) -> bool:
        if outer.style is None:
            return False
        if style.structural:
            return outer.style < style or (style is Style.ARTICLE and outer.style is Style.HAN and outer.bare)
        if outer.kind is ClauseKind.BOX or (outer.style, style) in self._outer:
            return True
        if (style, outer.style) in self._outer:
            return False
        begins = number in (1, None) and (style is not Style.HAN or len(self._open) > 1)
        return begins or outer.style < style
