"""The tree of clauses: where a labelled or unlabelled line belongs, told by the lines before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.model.clause import ClauseKind
from desktop.model.span import Span
from desktop.parsing.numbering import KINDS, Label, Style, decimal_parts, is_shown_in_place
from desktop.text.sentences import split_sentences

_CHAPTERS = (Style.HAN_FORMAL, Style.HAN)


class Draft:
    """A clause while the tree grows.

    `bare` tells that its own text is a title and nothing else, `depth` the level its format gives it (0: none),
    `nested` within how many lists its own stands, `closed` that no further headings go under it.
    """

    __slots__ = (
        "bare",
        "body",
        "children",
        "closed",
        "depth",
        "end",
        "implied",
        "kind",
        "label",
        "nested",
        "number",
        "sentences",
        "start",
        "style",
    )

    def __init__(self, kind: ClauseKind, label: Label | None, start: int, end: int) -> None:
        self.kind = kind
        self.label = label.text if label else ""
        self.number = label.number if label else None
        self.style = label.style if label else None
        self.body = label.body if label else start
        self.start = start
        self.end = end
        self.sentences: Sequence[Span] = ()
        self.bare = False
        self.implied = False
        self.depth = 0
        self.nested = 0
        self.closed = False
        self.children: list[Draft] = []


class _Place(NamedTuple):
    """Where the tree grows: the clauses that are open, which styles stand under which, the last number of each."""

    open: list[Draft]
    outer: set[tuple[Style, Style]]
    last: dict[Style, int]


class TreeBuilder:
    """Takes lines in the order of the text and puts each in its place.

    The rules, for a label whose style is S:

    - S is open: the clause is the next one beside the last of that style; but it begins anew inside a box or under an
      unnumbered heading that stands deeper.
    - 1.1 goes under 1, whatever that is written as, beside its like: its number says so. Other numbers that begin
      under it are its own.
    - 附件 and 编 to 条 are nested in this order in every text; 条 may stand under a bare 一、 too. 附件 begins anew.
      附表 and 附图 may stand in the midst of a text: where it goes on with its numbers, they are put where they stand.
    - Any other S that begins (with 1, or without a number) goes under the last clause, unless S was seen outside the
      style of that clause before; one that goes on goes under the last clause whose style stands further out.

    An unnumbered heading goes by the levels of the format alone. A line without a label belongs to the last clause,
    never to an item of a list: those are one line each. Under an article (条) nothing but the article takes such
    lines, its 款, and those take the lists (项) that begin behind them. A box ends at a blank line, or where the format
    says so. The rows of a table that follow one another are one clause.
    """

    def __init__(self, text: str) -> None:
        self.roots: list[Draft] = []
        self._text = text
        self._open: list[Draft] = []
        self._outer: set[tuple[Style, Style]] = set()
        self._last: dict[Style, int] = {}
        self._table: Draft | None = None
        self._rows: list[Span] = []
        self._before: _Place | None = None
        self._roots_before = 0

    def expects(self, label: Label) -> bool:
        """Whether the number of `label` is the next of its style, or a first one."""
        return label.number is None or label.number in (1, self._last.get(label.style, 0) + 1)

    @property
    def in_table(self) -> bool:
        """Whether the last line was a row of a table."""
        return self._table is not None

    @property
    def in_box(self) -> bool:
        """Whether a box is open."""
        return self._box() is not None

    def close_box(self) -> None:
        """End the box that is open, if one is."""
        box = self._box()
        if box is not None:
            del self._open[box:]

    def close_article(self) -> None:
        """Let what follows be no 款 of the article that is open, if one is."""
        article = self._article()
        if article is not None:
            del self._open[article:]

    def add_labelled(self, label: Label, end: int, depth: int = 0, nested: int = 0) -> Draft:
        """Put the clause that begins with `label` and ends at `end` in its place.

        `depth` is that of its format; `nested` tells within how many lists its format has the list it is an item of.
        """
        draft = self._new(KINDS.get(label.style, ClauseKind.HEADING), label, label.start, end)
        draft.depth, draft.nested = depth, nested
        if label.style >= Style.BOX:
            self.close_box()
            self._close_items()
        elif label.style is Style.ATTACHMENT:
            self._begin_anew(returns=is_shown_in_place(label.text))
        else:
            self._return_before_attachment(label)
            self._make_room(label, depth, nested)
        self._attach(draft)
        if label.style is Style.TABLE:
            self._begin_table(draft)
        else:
            inside = self._open[self._box() or 0 :]
            self._outer.update((outer.style, label.style) for outer in inside if outer.style is not None)
            self._open.append(draft)
        if label.number is not None:
            self._last[label.style] = label.number
        return draft

    def add_heading(self, start: int, end: int, depth: int, *, closed: bool = False) -> Draft:
        """Put a heading without a number in its place; a `closed` one takes text, articles and lists, no headings."""
        if not closed and self._before is not None and not self._open[0].depth:
            self._go_back(self._before)  # what the format calls no heading, 附表, stands in the midst of the text
        self.close_box()
        self._close_items()
        del self._open[self._place_of_depth(depth) :]
        draft = self._new(ClauseKind.HEADING, None, start, end)
        draft.depth, draft.closed = depth, closed
        self._attach(draft)
        self._open.append(draft)
        return draft

    def add_attachment(self, start: int, end: int) -> Draft:
        """Put the title of a text that is attached without the word 附件 at the top of the tree."""
        self._begin_anew()
        draft = self.add_heading(start, end, 0)
        draft.style = Style.ATTACHMENT
        return draft

    def add_box(self, start: int, end: int) -> Draft:
        """Put a box without a number in its place."""
        self.close_box()
        self._close_items()
        draft = self._new(ClauseKind.BOX, None, start, end)
        self._attach(draft)
        self._open.append(draft)
        return draft

    def add_row(self, start: int, end: int, *, adjacent: bool) -> Draft:
        """Put a row of a table in its place: into the table that ends in the line before, or as a new one."""
        if self._table is not None and adjacent:
            table = self._table
            self._rows[-1] = Span(self._rows[-1].start, start)
            self._rows.append(Span(start, end))
            table.end = end
            return table
        table = self.add_unlabelled(ClauseKind.TABLE, start, end)
        self._begin_table(table)
        return table

    def add_unlabelled(self, kind: ClauseKind, start: int, end: int) -> Draft:
        """Put a line without a label under the clause it belongs to."""
        self._close_items()
        article = None if self._box() is not None else self._article()
        if article is not None:
            del self._open[article + 1 :]
        draft = self._new(kind, None, start, end)
        self._attach(draft)
        if article is not None and kind is ClauseKind.PARAGRAPH:
            self._open.append(draft)
        return draft

    def _new(self, kind: ClauseKind, label: Label | None, start: int, end: int) -> Draft:
        self._table = None
        draft = Draft(kind, label, start, end)
        draft.sentences = split_sentences(self._text, start, end)
        draft.bare = len(draft.sentences) == 1 and self._text[start:end].rstrip()[-1] not in "。！？!?：:；;，,"
        return draft

    def _begin_table(self, draft: Draft) -> None:
        """Let the rows that follow be sentences of `draft`, as its first line is."""
        self._table, self._rows = draft, [Span(draft.start, draft.end)]
        draft.sentences = self._rows

    def _attach(self, draft: Draft) -> None:
        (self._open[-1].children if self._open else self.roots).append(draft)

    def _begin_anew(self, *, returns: bool = False) -> None:
        """Begin an attachment, from which the text before it `returns` or not."""
        if not returns:
            self._before = None
        elif self._before is None:
            self._before = _Place(self._open, self._outer, self._last)
            self._roots_before = len(self.roots)
        self._open, self._outer, self._last = _Place([], set(), {})

    def _return_before_attachment(self, label: Label) -> None:
        """Go on with what stands before 附表 or 附图, which are a part of it, where a number goes on there only."""
        before = self._before
        if before is None or label.number is None or self.expects(label) or label.style.decimal:
            return
        if label.number == before.last.get(label.style, 0) + 1:
            self._go_back(before)

    def _go_back(self, before: _Place) -> None:
        self._open, self._outer, self._last = before
        self._before = None
        self._close_items()
        if self._open:
            self._open[-1].children.extend(self.roots[self._roots_before :])
            del self.roots[self._roots_before :]

    def _box(self) -> int | None:
        for index, draft in enumerate(self._open):
            if draft.kind is ClauseKind.BOX:
                return index
        return None

    def _article(self) -> int | None:
        return next((n for n, draft in enumerate(self._open) if draft.kind is ClauseKind.ARTICLE), None)

    def _close_items(self) -> None:
        while self._open and self._open[-1].style is not None and self._open[-1].style.item:
            self._open.pop()

    def _place_of_depth(self, depth: int) -> int:
        """Return how many of the open clauses stay open for an unnumbered heading of this depth."""
        fewest = int(self._before is None and bool(self._open) and self._open[0].style is Style.ATTACHMENT)
        known = [(n, draft.depth) for n, draft in enumerate(self._open) if draft.depth]
        beside = next((n for n, other in known if other >= depth), None)
        if beside is not None:
            return max(fewest, beside)
        if known:
            return known[-1][0] + 1
        if depth <= 1:
            return fewest
        return sum(draft.style is not None and draft.style < Style.ARTICLE for draft in self._open)

    def _make_room(self, label: Label, depth: int, nested: int) -> None:
        """Close the clauses that a new one with this label does not go under."""
        style, begins = label.style, label.number in (1, None)
        if style.decimal and self._make_room_by_parts(decimal_parts(label.text)):
            return
        box = self._box()
        if style.structural:
            self.close_box()
        elif box is not None and (begins or any(draft.style is style for draft in self._open[box:])):
            self._make_room_from(box + 1, label, depth, nested)
            return
        self._make_room_from(0, label, depth, nested)

    def _make_room_by_parts(self, parts: tuple[int, ...]) -> bool:
        """Close the clauses that a decimal number does not go under; whether those are told by its number."""
        holds = -1
        for index, outer in enumerate(self._open):
            if outer.style is None or outer.kind is ClauseKind.BOX:
                continue
            if outer.style.decimal:
                own = decimal_parts(outer.label)
                if len(own) >= len(parts) or own != parts[: len(own)]:
                    break
                holds = index
            elif outer.number == parts[0] and not any(one.style and one.style.decimal for one in self._open[:index]):
                holds = index
        if holds >= 0:
            del self._open[holds + 1 :]
            return True
        beside = next((n for n, one in enumerate(self._open) if one.style and one.style.decimal), 0)
        if not beside or self._open[beside - 1].number != decimal_parts(self._open[beside].label)[0]:
            return False
        del self._open[beside - 1 :]  # what 4.1 stands under is missing: it stands beside 2, which holds 2.1
        return True

    def _make_room_from(self, first: int, label: Label, depth: int, nested: int) -> None:
        alike = [index for index in range(first, len(self._open)) if self._open[index].style is label.style]
        beside = [index for index in alike if self._open[index].nested == nested]
        # A list within a list begins under the item before it, whatever its numbers look like.
        alike = beside or ([] if nested and label.number == 1 else alike)
        if alike and not (label.number == 1 and self._begins_under_a_heading(alike[-1], label, depth)):
            # Only where numbers began anew further inside are there two: the clause goes on with one of them.
            goes_on = [index for index in alike if label.number == (self._open[index].number or 0) + 1]
            del self._open[(goes_on or alike[:1])[-1] :]
            return
        while len(self._open) > first and not self._holds(self._open[-1], label, depth):
            self._open.pop()

    def _begins_under_a_heading(self, index: int, label: Label, depth: int) -> bool:
        """Whether an unnumbered heading stands below the open clause at `index` and begins its own numbers."""
        if label.style.structural or (depth and depth <= self._open[index].depth):
            return False
        below = self._open[index + 1 :]
        if any(draft.style is not None and draft.style.decimal for draft in below):
            return not label.style.decimal and label.style is not Style.BARE
        return any(draft.kind is ClauseKind.HEADING and draft.style is None for draft in below)

    def _holds(self, outer: Draft, label: Label, depth: int) -> bool:
        style = label.style
        if outer.style is None:
            return self._unnumbered_holds(outer, label, depth)
        if style.structural:
            return outer.style < style or (style is Style.ARTICLE and outer.style in _CHAPTERS and outer.bare)
        if outer.kind is ClauseKind.BOX or (outer.style, style) in self._outer:
            return True
        if (style, outer.style) in self._outer:
            return False
        begins = label.number in (1, None) and (style not in _CHAPTERS or len(self._open) > 1)
        return begins or outer.style < style

    def _unnumbered_holds(self, outer: Draft, label: Label, depth: int) -> bool:
        if outer.kind is ClauseKind.PARAGRAPH:  # 款
            return label.number in (1, None) and not label.style.structural
        if outer.kind is not ClauseKind.HEADING:
            return True
        if outer.closed:
            return label.style is Style.ARTICLE or (label.style > Style.HAN and label.style is not Style.BARE)
        if depth and outer.depth:
            return outer.depth < depth
        return True
