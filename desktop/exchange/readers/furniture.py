"""What stands on every page and is no part of the text: page numbers and running titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from desktop.exchange.readers.broken_lines import LABEL, NUMBER, Line, Pages, usual_leading, usual_size

_EDGE = 2
"""So many rows at the top and at the bottom of a page may be furniture."""
_OFTEN = 0.4
"""The share of pages that have a running title; odd and even pages may have their own."""
_FEW, _MANY = 2, 4
"""On so many pages at least stands a running title that is told by its looks or its length, and any other."""
_LONG = 8
"""So many letters come back as a running title only, shorter ones as cells of a table, too."""
_SMALLER, _APART = 0.95, 1.3
"""What tells a running title by its looks: it is so much smaller than the text, or so much farther away than a line."""
_CELLS_OF_A_TABLE = 3
"""A line of so many parts is a row of a table; a running title has a left and a right part at most."""
_FEWEST_LETTERS = 4
"""So many letters a running title has besides the number of its page."""
_SAME_ROW = 0.4
_DASHES = r"[\-－—–―─·•・~～\s]"
_DECORATED = re.compile(
    rf"{_DASHES}*(?:第\s*(\d{{1,4}})\s*页(?:{_DASHES}*[,，/／]?{_DASHES}*共\s*\d{{1,4}}\s*页)?"
    rf"|(\d{{1,4}})\s*[/／]\s*\d{{1,4}}|Page\s+(\d{{1,4}})(?:\s+of\s+\d{{1,4}})?){_DASHES}*",
    re.IGNORECASE,
)
_DASHED = re.compile(rf"{_DASHES}*[\-－—–―─·•・~～]{_DASHES}*(\d{{1,4}}){_DASHES}*[\-－—–―─·•・~～]{_DASHES}*")
_LONGEST_NUMBER = 40
_BARE = re.compile(r"\d{1,4}")
_SENTENCE_MARKS = "，。；：！？,;"
_FIGURES = re.compile(r"\d+")
_OPENER = re.compile(rf"(?:续?附[件录表图]|专栏|[图表])(?:{NUMBER}(?:[-—－.]{NUMBER})?)?[：:]?")
"""A line of nothing but this begins something new, however often it comes."""

Place = tuple[int, int]
"""A page and one of its lines, both counted from 0."""
Key = tuple[str, int]
"""The words of a line without blanks, and its size."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stood on the pages and is no part of the text: how many page numbers and which running titles."""

    numbers: int = 0
    titles: Counter[str] = field(default_factory=Counter)

    def remarks(self) -> tuple[str, ...]:
        """Tell what was left out, in at most one sentence for the user."""
        parts = []
        if self.titles:
            most = self.titles.most_common(1)[0][0]
            parts.append(f"页眉页脚 {self.titles.total()} 处（“{most}”{'等' if len(self.titles) > 1 else ''}）")
        if self.numbers:
            parts.append(f"页码 {self.numbers} 处")
        return (f"略去{'和'.join(parts)}，它们不是正文。",) if parts else ()


def drop_furniture(pages: Pages) -> tuple[list[list[Line]], Furniture]:
    """Return the pages without their page numbers and running titles, and what these were.

    Only the first and last rows of a page are looked at. A bare figure is a page number where it grows with the
    pages. A running title is the same line, in the same size, on many of them, or the same but for the number of the
    page; a number that is its label (附件1, 表2) belongs to the text. The title of the text itself, which is set larger
    or stands once, remains, and so does the first of a heading that was repeated and stands nowhere else.
    """
    search = _Search(pages)
    kept: list[list[Line]] = []
    numbers = 0
    titles: Counter[str] = Counter()
    for index, page in enumerate(pages):
        dropped: set[int] = set()
        for rows in search.edges[index]:
            for row in rows:  # from outside: what stands within the text is text
                found = {place for place in row if search.is_furniture((index, place))}
                dropped |= found
                if len(found) < len(row):
                    break
        numbers += sum(search.is_number((index, place)) for place in dropped)
        titles.update(page[place].text for place in dropped if not search.is_number((index, place)))
        kept.append([line for place, line in enumerate(page) if place not in dropped])
    return kept, Furniture(numbers, titles)


class _Search:
    """Knows the edges of all pages, and what stands there again and again."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.edges = [_edges(page) for page in pages]
        self._enough = sum(bool(page) for page in pages) * _OFTEN
        self._size = usual_size(pages)
        self._leading = usual_leading(pages, self._size)
        self._bare = self._counted(lambda words: _BARE.fullmatch(words) is not None, lambda _: True)
        self._running = self._repeated() | self._counted(_may_have_its_number, self._is_apart)

    def is_number(self, place: Place) -> bool:
        """Tell whether a line is nothing but the number of its page."""
        return is_page_number(self._line(place).text) or place in self._bare

    def is_furniture(self, place: Place) -> bool:
        """Tell whether a line is a page number or a running title; a table repeats its head, and that remains."""
        return self._line(place).frame is None and (self.is_number(place) or place in self._running)

    def _line(self, place: Place) -> Line:
        return self._pages[place[0]][place[1]]

    def _places(self) -> Iterator[Place]:
        for index, edges in enumerate(self.edges):
            for row in chain(*edges):
                yield from ((index, place) for place in row)

    def _repeated(self) -> set[Place]:
        """Find the lines that stand to the letter on many pages."""
        found: dict[Key, list[Place]] = defaultdict(list)
        for place in self._places():
            if _may_be_title(self._line(place)):
                found[_key(self._line(place))].append(place)
        often = {key: places for key, places in found.items() if self._is_often(places, self._is_apart)}
        inner = self._inner_headings(often)
        return {place for key, places in often.items() for place in (places[1:] if _is_heading(key, inner) else places)}

    def _inner_headings(self, keys: Collection[Key]) -> set[Key]:
        """Return which of the headings among `keys` stand within the text, too."""
        if not any(LABEL.match(words) for words, _ in keys):
            return set()
        edges = set(self._places())
        lines = ((index, place) for index, page in enumerate(self._pages) for place in range(len(page)))
        words = {_compact(self._line(place).text) for place in lines if place not in edges}
        return {key for key in keys if key[0] in words}

    def _counted(self, fits: Callable[[str], bool], looks: Callable[[Place], bool]) -> set[Place]:
        """Find lines that are the same but for one figure, which is, by one difference, the number of their page."""
        found: dict[tuple[str, int, int], list[Place]] = defaultdict(list)
        for index, position in self._places():
            words, size = _key(self._line((index, position)))
            if fits(words):
                for figure in _FIGURES.finditer(words):
                    rest = f"{words[: figure.start()]}#{words[figure.end() :]}"
                    found[rest, size, int(figure[0]) - index].append((index, position))
        return {place for places in found.values() if self._is_often(places, looks) for place in places}

    def _is_often(self, places: Sequence[Place], looks: Callable[[Place], bool]) -> bool:
        fewest = _FEW if all(map(looks, places)) else _MANY
        return len({page for page, _ in places}) >= max(fewest, self._enough)

    def _is_apart(self, place: Place) -> bool:
        """Tell whether a line is set apart from the text: smaller, farther away, or long for something that returns."""
        line = self._line(place)
        if len(line.text) >= _LONG or line.size < _SMALLER * self._size:
            return True
        others = [abs(other.top - line.top) for other in self._pages[place[0]] if other.block == line.block]
        return min((step for step in others if step > _SAME_ROW * line.size), default=self._leading * 2) > (
            _APART * self._leading
        )


def _edges(page: Sequence[Line]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the places of the lines in the first rows, from above, and in the last, from below; no row is both."""
    rows: list[list[int]] = []
    for place in sorted(range(len(page)), key=lambda place: page[place].top):
        if rows and page[place].top - page[rows[-1][0]].top < _SAME_ROW * page[place].size:
            rows[-1].append(place)
        else:
            rows.append([place])
    count = min(_EDGE, (len(rows) + 1) // 2)
    return rows[:count], rows[count:][: -_EDGE - 1 : -1]


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page number that is written as such: — 7 —, 第 7 页, 7/20."""
    short = len(text) <= _LONGEST_NUMBER
    return short and (_DECORATED.fullmatch(text) or _DASHED.fullmatch(text)) is not None


def _key(line: Line) -> Key:
    return _compact(line.text), round(line.size * 4)


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _may_be_title(line: Line) -> bool:
    """Tell whether a line that comes back may be a running title: figures and sentences may come back as text, too."""
    words = _compact(line.text)
    return (
        len(_FIGURES.sub("", words)) > 1
        and line.cells < _CELLS_OF_A_TABLE
        and not any(mark in words for mark in _SENTENCE_MARKS)
        and not _OPENER.fullmatch(words)
    )


def _may_have_its_number(words: str) -> bool:
    """Tell whether a line may be a running title together with the number of its page, which is never a label."""
    letters = len(_FIGURES.sub("", words))
    marked = any(mark in words for mark in _SENTENCE_MARKS)
    return letters >= _FEWEST_LETTERS and not marked and not LABEL.match(words) and not _OPENER.match(words)


def _is_heading(key: Key, inner: Collection[Key]) -> bool:
    """Tell whether a running title is a heading of the text that stands nowhere else."""
    return LABEL.match(key[0]) is not None and key not in inner
