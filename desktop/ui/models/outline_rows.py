"""What the outline shows line by line: clauses and notices in the order of the text, as flat lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Notice, NoticeKind, Outline
from desktop.parsing.addressing import clause_address
from desktop.parsing.naming import SEPARATOR, labelled
from desktop.text.blanks import one_line
from desktop.text.folding import fold

NONE = -1
"""Stands for "no row": above the first row, or above the top of the tree."""
SNIPPET = 60
"""How many code points of an untitled line a row may show; more never fits."""
TOOLTIP_SNIPPET = 240

UNTITLED = {
    ClauseKind.LEAD: "导语",
    ClauseKind.CLOSING: "结语",
    ClauseKind.TABLE: "表",
}
"""What a line without label and title is called on the screen."""
QUIET = {ClauseKind.LEAD, ClauseKind.CLOSING, ClauseKind.PARAGRAPH, ClauseKind.TABLE, ClauseKind.ITEM}
"""Kinds that are shown in grey: text people do not name by a number."""
NOTICES = {NoticeKind.TITLE: "标题", NoticeKind.SUBTITLE: "副标题"}
PUNCTUATION = "、.．（）()— "
"""What stands around a number in a label and isn't said in an address."""


class OutlineRows:
    """The rows of one outline, numbered from 0 in the order of the text.

    A notice becomes a sibling of the clause that follows it. Contents, covers and the like before the first clause
    have one row for all that follow one another; page numbers and running titles behind it have none. The rows below
    a row are the numbers right after it, so that a count over a whole branch is two bisections in sorted offsets. All
    offsets are code points of `text`.
    """

    def __init__(self, outline: Outline, text: str) -> None:
        self._outline = outline
        self._text = text
        self.things: list[Clause | Notice] = []
        self.parents: list[int] = []
        self._paths: list[tuple[Clause, ...]] = []
        self._place(outline)
        self.starts = [thing.start for thing in self.things]
        self.after = self._branch_ends()
        self._warnings = self._placed_warnings()

    def __len__(self) -> int:
        return len(self.things)

    def row_at(self, offset: int) -> int:
        """Return the deepest row that holds a code point, NONE before the first."""
        return bisect_right(self.starts, offset) - 1

    def count(self, row: int, offsets: Sequence[int]) -> int:
        """Return how many of the sorted offsets lie in a row and in all below it."""
        after = self.after[row]
        first = bisect_left(offsets, self.starts[row])
        if after == len(self.starts):
            return len(offsets) - first
        return bisect_left(offsets, self.starts[after], first) - first

    def label(self, row: int) -> str:
        """Return the words of a row as they stand on one line."""
        return self._line(row, SNIPPET)

    def description(self, row: int) -> str:
        """Return the words of a row at length, with what a reader should know about the place, line by line."""
        more = () if isinstance(self.things[row], Notice) else self._warnings.get(row, ())
        return "\n".join((self._line(row, TOOLTIP_SNIPPET), *more))

    def remark(self, row: int) -> str:
        """Return what is to be said at the right of a row, such as which numbers are missing before it; else ""."""
        thing = self.things[row]
        if isinstance(thing, Notice):
            return ""
        # The words of an implied row say already that its heading isn't there.
        return "；".join(self._warnings.get(row, ())[1 if thing.implied else 0 :])

    def is_quiet(self, row: int) -> bool:
        """Whether a row is shown in grey."""
        thing = self.things[row]
        return isinstance(thing, Notice) or thing.implied or thing.kind in QUIET

    def matching(self, words: str) -> list[int]:
        """Return the rows whose label, title or address holds every one of the words (parted by blanks)."""
        found: set[int] | None = None
        for word in fold(words).split():
            rows = self._holding(word)
            found = rows if found is None else found & rows
        return sorted(found or ())

    def numbered(self, digits: str) -> int:
        """Return the first row whose number is `digits`, else the first whose number begins so, else NONE."""
        begins = NONE
        for row, thing in enumerate(self.things):
            if isinstance(thing, Clause) and thing.number is not None and thing.label[:1].isdigit():
                number = str(thing.number)
                if number == digits:
                    return row
                if begins == NONE and number.startswith(digits):
                    begins = row
        return begins

    def _place(self, outline: Outline) -> None:
        """Put clauses and notices into one sequence."""
        notices = list(_shown(outline))
        taken = 0
        row_of: list[int] = []
        for node in outline.nodes:
            parent = NONE if node.parent is None else row_of[node.parent]
            while taken < len(notices) and notices[taken].start < node.clause.start:
                self._add(notices[taken], parent, ())
                taken += 1
            row_of.append(len(self.things))
            self._add(node.clause, parent, node.path)
        for notice in notices[taken:]:
            self._add(notice, NONE, ())

    def _add(self, thing: Clause | Notice, parent: int, path: tuple[Clause, ...]) -> None:
        self.things.append(thing)
        self.parents.append(parent)
        self._paths.append(path)

    def _branch_ends(self) -> list[int]:
        """Return, for every row, the number of the first row that is not below it."""
        ends = list(range(1, len(self.things) + 1))
        for row in range(len(ends) - 1, -1, -1):
            parent = self.parents[row]
            if parent != NONE and ends[parent] < ends[row]:
                ends[parent] = ends[row]
        return ends

    def _placed_warnings(self) -> dict[int, list[str]]:
        """Return what is to be said at each row; where an implied clause begins too, it is said there."""
        placed: dict[int, list[str]] = {}
        for warning in self._outline.warnings:
            row = self.row_at(warning.start)
            while row > 0 and self.starts[row - 1] == self.starts[row]:
                row -= 1
            placed.setdefault(max(row, 0), []).append(warning.text)
        return placed if self.things else {}

    def _line(self, row: int, length: int) -> str:
        thing = self.things[row]
        if isinstance(thing, Notice):
            return self._notice_line(row, thing)
        if thing.implied:
            return f"{thing.label}（标题不在本页）"
        words = one_line(thing.title) if thing.title is not None else self._first_words(thing, length)
        label = thing.label or UNTITLED.get(thing.kind, "")
        if not label or not words:
            return label or words
        if not thing.label:
            return f"{label}　{words}"
        return labelled(label, words)

    def _notice_line(self, row: int, notice: Notice) -> str:
        if row in self._warnings:
            return f"（{'；'.join(self._warnings[row])}）"
        words = one_line(notice.text)
        name = NOTICES.get(notice.kind)
        if name is None:
            return words
        again = "（重复）" if notice.start in self._outline.repeated_titles else ""
        return f"{name}{again}　{words}"

    def _first_words(self, clause: Clause, length: int) -> str:
        """Return the beginning of a clause's own text, without its label."""
        end = clause.sentences[0].end if clause.sentences else clause.end
        words = self._text[clause.start : min(end, clause.start + length + len(clause.label))].lstrip()
        return one_line(words.removeprefix(clause.label))

    @cached_property
    def _haystack(self) -> tuple[str, list[int]]:
        """All that can be filtered by as one folded string, a line for a row, and where each line begins."""
        lines = []
        above: dict[int, str] = {NONE: ""}
        for row, thing in enumerate(self.things):
            line = self.label(row)
            if isinstance(thing, Clause):
                parent = self.parents[row]
                if parent not in above:
                    # To name a clause is dear: once for each branch, its rows add their own numbers.
                    above[parent] = clause_address(self._paths[parent]) + SEPARATOR
                number = thing.label.strip(PUNCTUATION)
                spoken = f"第{number}条" if number.isdigit() else ""
                line = f"{line} {above[parent]}{number} {spoken}"
            lines.append(line.replace("\n", " "))
        begins = []
        at = 0
        for line in lines:
            begins.append(at)
            at += len(line) + 1
        return fold("\n".join(lines)), begins

    def _holding(self, word: str) -> set[int]:
        haystack, begins = self._haystack
        found = set()
        at = haystack.find(word)
        while at >= 0:
            row = bisect_right(begins, at) - 1
            found.add(row)
            # One place in a line is enough: go on at the next line.
            at = haystack.find(word, begins[row + 1]) if row + 1 < len(begins) else NONE
        return found


def _shown(outline: Outline) -> Iterator[Notice]:
    """Yield the notices that have a row."""
    first_clause = outline.nodes[0].clause.start if outline.nodes else None
    before: Notice | None = None
    for notice in outline.notices:
        goes_on = before is not None and before.kind is NoticeKind.OTHER
        behind = first_clause is not None and notice.start > first_clause
        if notice.kind is not NoticeKind.OTHER or not (goes_on or behind):
            yield notice
        before = notice
