"""Lines as a page shows them, made the paragraphs that were written."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median


class Frame(StrEnum):
    """What ruled lines make of a line of text."""

    TABLE = "table"  # one row of a table
    BOX = "box"  # text within a frame


Pages = Sequence[Sequence["Line"]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page without blanks at its ends. Lengths are of one unit, in which `size` is an em.

    `top` counts downwards on the page. `faces` are the fonts of the first and the last letter, and `plain` says that
    there is no other between them. `cells` counts the parts of a row that tabs divide. `block` names the lines that
    have their edges in common: those of a column, on pages of one kind. `lead` are the blanks before the text, where
    they are letters and worth keeping. `frame` tells the lines that stand within ruled lines, and
    `edge` where the frame of a box ends on the right, 0 for its columns and outside of boxes.
    """

    text: str
    left: float
    right: float
    top: float
    size: float = 1.0
    faces: tuple[str, str] = ("", "")
    plain: bool = True
    cells: int = 1
    block: str = ""
    lead: str = ""
    frame: Frame | None = None
    edge: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that were one: the text and the lines it came from."""

    text: str
    lines: tuple[Line, ...]


_INDENT = 1.2
"""A line that begins so many ems further right than its block begins a paragraph."""
_SLACK = 1.2
"""How many ems more than its next letters need may be free at the end of a line that is full."""
_GAP = 0.7
"""An empty space of so many ems more than the usual divides paragraphs."""
_TITLE_LINES = 4
"""A title has no more lines than one more."""
LARGE = 1.12
"""How much larger than the text a heading is set, at least."""
_PADDING = 0.5
"""So many ems a frame leaves free around its text."""
_COMMON_SHARE = 0.05
"""The share of the lines of a block that an edge must have to count as one."""

_BROKEN_SHARE = 0.34
"""The share of the full lines of a block that end within a sentence, at least."""

NUMBER = r"[0-9\uff10-\uff19〇○零一二三四五六七八九十百千两]+"
LABEL = re.compile(
    rf"第{NUMBER}[编篇章节条款部卷]|[（(]{NUMBER}[）)]|{NUMBER}[、．]|\d{{1,3}}(?:[.](?!\d)|\s+(?=[^\x00-\x7f]))"
    r"|[1-9]\d?(?:[.][1-9]\d?){1,3}\s*(?=[\u3400-\u9fff])(?![亿万千百个倍元吨米公平立亩])"
    r"|[①-⑳㈠-㈩⒈-⒛●■◆▲•]|专栏|附[件录表]|[图表]\s*\d{1,3}(?:[-－.]\d{1,3})?(?:\s|$)|——"
)
_PART = re.compile(rf"第{NUMBER}[编篇章节部卷]")
_ENDED = re.compile(r"[。！？!?：:；;…][”’」』】）)》〉\]]*$")
_LEADERS = re.compile(r"[.．·…・‥]{4,}\s*\d*\s*$|\t\d+$")
_CLOSERS = "，。、；：？！,.;:?!”’）》】〉」』\uff3d\u3015%％…)"
_TOKEN = re.compile(rf"(?:[A-Za-z0-9.,%]+|.)[{re.escape(_CLOSERS)}]*", re.DOTALL)
_CAPITALS_END, _CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]+$"), re.compile(r"[A-Z0-9]+(?![A-Za-z])")
_FIRST_WIDE = "\u2e80"
_TAIL, _LONGEST_ENTRY = 12, 200
"""So many letters are looked at: the patterns above are slow on a line of nothing but dots or brackets."""


def _is_ended(text: str) -> bool:
    """Tell whether a line ends where a sentence or a part of one does."""
    return bool(_ENDED.search(text[-_TAIL:]))


def _is_entry(text: str) -> bool:
    """Tell whether a line is one of a list of contents, with dots and the number of a page."""
    return len(text) < _LONGEST_ENTRY and bool(_LEADERS.search(text))


def text_width(text: str) -> float:
    """Return how wide `text` is in ems: Chinese letters and signs one, all others a half."""
    return sum(1.0 if is_wide(letter) else 0.5 for letter in text)


def is_wide(letter: str) -> bool:
    """Tell whether a letter is set as wide as it is high in Chinese text."""
    return letter >= _FIRST_WIDE or letter in "“”‘’—…"


def join_lines(pages: Pages, running: Iterable[str] = (), slack: float = _SLACK) -> list[Paragraph]:
    """Return the paragraphs that the lines of the pages were broken from, in their order; no letter is lost.

    Two lines are one paragraph if the first is full, that is if the next letters had no room in it, and the second
    neither begins further right nor with a number; a heading is joined with nothing but its own second line. The
    running titles and a list of contents tell the whole of a title that is broken anywhere. `slack` is the doubt about
    widths in ems.
    """
    joiner = _Joiner(pages, running, slack)
    paragraphs: list[list[Line]] = []
    for page in pages:
        for place, line in enumerate(page):
            if paragraphs and joiner.belong(paragraphs[-1], line, first_of_page=place == 0):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    return [Paragraph(joiner.joined(lines), tuple(lines)) for lines in paragraphs]


class _Joiner:
    """Knows the measures of a whole text: its usual size and font, the edges of its blocks, whether it indents."""

    def __init__(self, pages: Pages, running: Iterable[str], slack: float) -> None:
        self._slack = slack
        lines = [line for page in pages for line in page]
        entries = [_LEADERS.sub("", line.text) for line in lines if _is_entry(line.text)]
        self._titles = {_compact(title) for title in (*running, *entries)}
        self.size = usual_size(pages)
        self._edges = {block: _block_edges(own, self.size) for block, own in _by_block(lines).items()}
        self._leading = usual_leading(pages, self.size)
        whole = [line for line in lines if line.cells == 1]
        indented = sum(self._indented(line) for line in whole)
        self._indents = indented >= 0.1 * len(whole)

    def belong(self, above: list[Line], line: Line, *, first_of_page: bool) -> bool:
        """Tell whether `line` goes on with the paragraph whose lines so far are `above`."""
        last = above[-1]
        if last.cells > 1 or line.cells > 1 or last.frame != line.frame or line.frame is Frame.TABLE:
            return False
        if abs(last.size - line.size) > 0.08 * self.size:
            return False
        if _is_entry(last.text) or (not first_of_page and self._apart(last, line)):
            return False
        if self._completes_title(above, line) or self._completes_note(above, line):
            return True
        if self._is_display(last) and self._is_display(line):
            return self._is_second_title_line(above, line)
        if self._changes_face(last, line):
            return False
        return self._is_full(last, line) and self._goes_on(above, line)

    def joined(self, lines: Sequence[Line]) -> str:
        """Return the text of lines that belong together."""
        parts = [lines[0].lead, lines[0].text]
        for above, line in pairwise(lines):
            # The number and the name of a part stand on lines of their own: there the line end was a blank.
            title = line is lines[1] and _PART.match(above.text) and not self._is_full(above, line)
            parts += [" " if title or _are_words(above.text, line.text) else "", line.text]
        return "".join(parts)

    def _completes_title(self, above: list[Line], line: Line) -> bool:
        if len(above) > _TITLE_LINES:
            return False
        begun = _compact("".join(part.text for part in above))
        return begun not in self._titles and begun + _compact(line.text) in self._titles

    def _completes_note(self, above: list[Line], line: Line) -> bool:
        """Tell whether a note in brackets, which is centred and so has lines of any length, goes on and ends."""
        if len(above) > _TITLE_LINES or above[0].text[0] not in "（(" or not line.text.endswith(("）", ")")):
            return False
        open_until_here = not any(mark in part.text for part in above for mark in "）)")
        return open_until_here and self._centred(line) and self._centred(above[-1])

    def _goes_on(self, above: list[Line], line: Line) -> bool:
        if self._indented(line) and not self._hangs(above, line):
            return False
        labelled = LABEL.match(line.text)
        ended = _is_ended(above[-1].text) or _PART.match(line.text) or not self._indents
        return not (labelled and ended)

    def _is_second_title_line(self, above: list[Line], line: Line) -> bool:
        if LABEL.match(line.text) or line.text[0] in "（(《—－-" or _is_ended(above[-1].text):
            return False
        if line.faces[0] != above[-1].faces[1]:
            return False
        part = len(above) == 1 and _PART.match(above[0].text)
        centred = self._centred(line) and self._centred(above[-1])
        return bool(part) or centred or self._is_full(above[-1], line)

    def _is_display(self, line: Line) -> bool:
        """Tell whether a line is set larger than the text, as titles and headings are."""
        return line.size >= self.size * LARGE

    def _changes_face(self, last: Line, line: Line) -> bool:
        """Tell whether a heading in its own font ends with `last`; a run-in title ends with a full stop."""
        apart = last.plain and line.plain and last.faces[1] != line.faces[0]
        return apart and not _is_ended(last.text)

    def _apart(self, last: Line, line: Line) -> bool:
        return (
            last.block == line.block and line.top - last.top > self._leading * line.size / self.size + _GAP * self.size
        )

    def _is_full(self, last: Line, line: Line) -> bool:
        right = last.edge - _PADDING * self.size if last.edge else self._edges[last.block][2]
        token = _TOKEN.match(line.text)
        needed = text_width(token[0] if token else "") * last.size
        return right - last.right < needed + self._slack * self.size

    def _inside(self, line: Line) -> float:
        return line.left - self._edges[line.block][0]

    def _indented(self, line: Line) -> bool:
        return self._inside(line) > _INDENT * self.size

    def _hangs(self, above: list[Line], line: Line) -> bool:
        """Tell whether all lines of the paragraph but the first begin further right, as in a list or a box."""
        if len(above) > 1:
            return abs(above[-1].left - line.left) < 0.5 * self.size and self._indented(above[-1])
        return bool(LABEL.match(above[0].text)) and 0.5 * self.size < line.left - above[0].left < 4 * self.size

    def _centred(self, line: Line) -> bool:
        left, right, _ = self._edges[line.block]
        before, behind = line.left - left, right - line.right
        return abs(before - behind) < 1.5 * line.size


def joined_cell(lines: Sequence[Line]) -> str:
    """Return the text of a cell of a table, whose lines end wherever it is narrow: within GDP, too."""
    text = lines[0].text if lines else ""
    for above, line in pairwise(lines):
        broken = _CAPITALS_END.search(above.text[-_TAIL:]) and _CAPITALS.match(line.text)
        text += (" " if _are_words(above.text, line.text) and not broken else "") + line.text
    return text.replace("\t", " ")


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _by_block(lines: Iterable[Line]) -> dict[str, list[Line]]:
    blocks: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        blocks[line.block].append(line)
    return blocks


def usual_size(pages: Pages) -> float:
    """Return the size that most letters have, 1 for no letters."""
    counts: Counter[float] = Counter()
    for page in pages:
        for line in page:
            counts[round(line.size, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 1.0


def _block_edges(lines: list[Line], size: float) -> tuple[float, float, float]:
    """Return the left and the right edge that many lines of a block have in common, and where full lines end.

    Full lines end anywhere in a sentence. Where those that end last are ends of sentences, no line of the block is
    known to be full: full ones would end beyond them all. A sign at the end may hang beyond the edge, and is not
    measured.
    """
    enough = max(2, len(lines) * _COMMON_SHARE)
    left = _common_edge([line.left for line in lines], size, enough)
    right = -_common_edge([-_without_hung_sign(line) for line in lines], size, enough)
    last = [
        line
        for line in lines
        if min(abs(line.right - right), abs(_without_hung_sign(line) - right)) < size and not line.frame
    ]
    broken = sum(not _is_ended(line.text) for line in last)
    return left, right, math.inf if last and broken < len(last) * _BROKEN_SHARE else right


def _without_hung_sign(line: Line) -> float:
    """Return where a line ends but for one sign that may not begin a line, and so may hang beyond its edge."""
    sign = line.text[-1]
    return line.right - text_width(sign) * line.size if sign in _CLOSERS else line.right


def _common_edge(places: list[float], size: float, enough: float) -> float:
    """Return the outermost place near which `enough` lines begin; the outermost of all where there is none."""
    ordered = sorted(places)
    for index, place in enumerate(ordered):
        if bisect_right(ordered, place + 0.8 * size) - index >= enough:
            return place
    return ordered[0]


def usual_leading(pages: Pages, size: float) -> float:
    """Return how far the lines of one block lie apart, in the unit of `size`, that of most letters."""
    steps = [
        below.top - above.top
        for page in pages
        for above, below in pairwise(page)
        if above.block == below.block and 0 < below.top - above.top < 4 * size
    ]
    return median(steps) if steps else 1.6 * size


def _are_words(before: str, behind: str) -> bool:
    """Tell whether a line ends and the next begins with a Latin word, between which the line end was the blank."""
    last, first = before[-1], behind[0]
    if not (last.isascii() and first.isascii() and (first.isalnum() or first == "(")):
        return False
    if last in ",.;:)":
        return len(before) > 1 and before[-2].isascii() and (before[-2] + first).isalpha()
    return last.isalnum() and (last.isalpha() or first.isalpha())
