"""Lines that quote another text, labels and all: an amending law quotes whole articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.parsing.lines import Line
from desktop.parsing.numbering import Label, Style, read_label

_MARKS = re.compile("[“”]")
_STRAIGHT = '"'
_FARTHEST = 300  # lines: a longer quotation that begins with no label is a misprint
_MOST_MISPRINTS = 20
_AMENDS = re.compile(r"(?:改为|作为第[^。；]{1,24}|增加[^。；]{1,40})[：:]\s*$")
_LONGEST_AMENDING_WORDS = 80
_OPENS = re.compile('[：:]["“]')


class Quotations:
    """Knows the lines of a text that lie in a quotation. To be asked for each line in turn.

    A quotation begins where a line opens “ before a label, or behind a colon, and does not close it. It ends where it
    is closed; where it never is, it was none, nor where a clause behind it opens one of its own. Each of its paragraphs
    may open “ anew. Right behind 修改为： and the like 第三条, or an item that is not the first, is quoted without
    marks, too, with what follows, until a label goes on behind the clause that amends, gaps allowed. `unclosed` are the
    places of the “ before a label that are never closed.
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.unclosed: list[int] = []
        self._text = text
        self._lines = lines
        self._end = 0
        self._misprints = 0
        self._last: Label | None = None
        self._numbers: dict[Style, int] = {}  # the last one of each style outside of all quotations
        self._quoted: Label | None = None
        self._amending = False
        self._amended_in = 0

    def holds(self, index: int, label: Label | None) -> bool:
        """Whether the line at `index`, which begins with `label`, lies in a quotation."""
        if index < self._end:
            return True
        line = self._lines[index]
        if self._amending and self._is_amended(index, label):
            if label is not None:
                self._quoted = label
            return True
        opening = self._opening(line) if self._may_open(line) else None
        if opening is not None:
            behind = self._behind(index, opening)
            if self._text[line.start] in '“"' and behind > index:
                self._end = behind
                return True
            self._end = max(behind, self._end)
        if label is not None:
            self._last = label
            self._numbers[label.style] = label.number or 0
        if self._text[line.end - 1] in "：: \u3000" and self._amends(line):
            self._amending = True
            self._amended_in = index
        return False

    def _amends(self, line: Line) -> bool:
        return _AMENDS.search(self._text, max(line.start, line.end - _LONGEST_AMENDING_WORDS), line.end) is not None

    def _is_amended(self, index: int, label: Label | None) -> bool:
        """Whether the line at `index` is new wording without marks; ends that wording where it is not."""
        clause = self._last
        if clause is None:
            self._amending = False
        elif index == self._amended_in + 1:
            self._amending = label is not None and _begins_wording(label, clause)
        elif label is not None:
            self._amending = not self._goes_on(label, clause)
        return self._amending and label is not None

    def _goes_on(self, label: Label, clause: Label) -> bool:
        """Whether `label` stands behind the `clause` that amends, and not in the new wording."""
        number, amending = label.number or 0, clause.number or 0
        if label.style is clause.style:
            quoted = self._quoted
            in_row = quoted is not None and quoted.style is label.style and number == (quoted.number or 0) + 1
            return number == amending + 1 or (number > amending and not in_row)
        if label.style.structural:
            return label.style is Style.ATTACHMENT or (
                label.style < clause.style and number == self._numbers.get(label.style, number) + 1
            )
        return not clause.style.structural and label.style < clause.style

    def _may_open(self, line: Line) -> bool:
        return self._misprints < _MOST_MISPRINTS and (
            self._text.find("“", line.start, line.end) >= 0 or self._text.find(_STRAIGHT, line.start, line.end) >= 0
        )

    def _opening(self, line: Line) -> int | None:
        """Return where a quotation opens in `line` that goes on behind it, or None."""
        unclosed: list[int] = []
        for mark in _MARKS.finditer(self._text, line.start, line.end):
            if mark[0] == "“":
                unclosed.append(mark.start())
            elif unclosed:
                unclosed.pop()
        if not unclosed and self._text.count(_STRAIGHT, line.start, line.end) % 2:
            unclosed = [self._text.rfind(_STRAIGHT, line.start, line.end)]
            return unclosed[0] if self._label_behind(unclosed[0], line) else None
        if not unclosed:
            return None
        at = unclosed[-1]
        behind_colon = at > line.start and self._text[at - 1] in "：:"
        return at if behind_colon or self._label_behind(at, line) else None

    def _label_behind(self, at: int, line: Line) -> bool:
        return at + 1 < line.end and read_label(self._text, at + 1, line.end) is not None

    def _behind(self, index: int, opening: int) -> int:
        """Return the index behind the line that closes the quotation opened at `opening`; `index` where none does."""
        straight = self._text[opening] == _STRAIGHT
        labelled = self._label_behind(opening, self._lines[index])
        last = len(self._lines) if labelled else min(len(self._lines), index + _FARTHEST)
        depth, anew = 1, False
        for at in range(index + 1, last):
            line = self._lines[at]
            if labelled and self._opens_another(at):
                self._misprints += 1
                self.unclosed.append(opening)
                return index
            begins = self._text[line.start] == self._text[opening]
            if straight:
                change = self._text.count(_STRAIGHT, line.start, line.end) % 2 * (1 if begins else -1)
            else:
                change = self._text.count("“", line.start, line.end) - self._text.count("”", line.start, line.end)
            if begins and change == 1:
                anew = True  # one more paragraph of the same quotation
            elif begins and change == 0 and self._closes(line):
                if anew or at == index + 1 or self._label_behind(line.start, line):
                    return at + 1
            else:
                depth += change
            if depth <= 0:
                return at + 1
        # The quotation marks of this text are not to be trusted; a search to its end is paid for once only.
        self._misprints += _MOST_MISPRINTS if labelled else 1
        if labelled:
            self.unclosed.append(opening)
        return index

    def _opens_another(self, index: int) -> bool:
        """Whether the line at `index` has a number behind that of the last clause and opens a quotation of its own."""
        line, clause = self._lines[index], self._last
        label = read_label(self._text, line.start, line.end) if clause is not None else None
        if label is None or clause is None or label.style is not clause.style:
            return False
        if (label.number or 0) <= (clause.number or 0):
            return False
        if _OPENS.search(self._text, line.start, line.end):
            return True
        after = self._lines[index + 1] if index + 1 < len(self._lines) else line
        return self._text[line.start : line.end].rstrip()[-1] in "：:" and self._text[after.start] in '“"'

    def _closes(self, line: Line) -> bool:
        return self._text[max(line.start, line.end - 4) : line.end].rstrip("。；; \u3000").endswith(("”", _STRAIGHT))


def _begins_wording(label: Label, clause: Label) -> bool:
    """Whether `label`, right behind a `clause` that amends, begins the new wording: another text's 第三条 or （三）."""
    if label.style is Style.ATTACHMENT:
        return False
    if label.style.structural:
        return not clause.style.structural or label.style <= clause.style
    return label.number not in (1, None) and label.style is not clause.style
