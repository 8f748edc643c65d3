"""What the sizes and fonts of a printed text say: which paragraphs are its title, its headings, its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby, islice
from typing import TypeVar

from desktop.exchange.readers.broken_lines import LARGE, Frame, Line, Paragraph, join_lines
from desktop.exchange.readers.furniture import Furniture
from desktop.model.source import Hint, LineStyle, Source

_Look = TypeVar("_Look", bound=Hashable)

_TITLE_PLACE = 6
"""A title is among so many first paragraphs."""
_LONGEST = 60
"""A paragraph of more letters is no heading, whatever it is set in."""
_SENTENCE_ENDS = "。；，,;：:"
_HEAVY = ("bold", "hei", "黑", "xbs", "小标宋")
"""What the names of fonts for headings contain: 黑体, 方正小标宋, any bold one."""


def source_of(pages: Sequence[Sequence[Line]], furniture: Furniture, remarks: Iterable[str]) -> Source:
    """Return the joined text of pages with hints: one paragraph a line, the cells of a table divided by tabs."""
    paragraphs = join_lines(pages, furniture.titles)
    styles = _Styles(paragraphs)
    hints, texts, start = [], [], 0
    for index, paragraph in enumerate(paragraphs):
        style, level = styles.of(index)
        text = paragraph.text if style is LineStyle.TABLE else paragraph.text.replace("\t", " ")
        if style is not None:
            hints.append(Hint(start, style, level))
        texts.append(text)
        start += len(text) + 1
    return Source("\n".join(texts), tuple(hints), (*furniture.remarks(), *remarks))


class _Styles:
    """The styles of a text's paragraphs, found by comparing them with one another."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        lines = [line for paragraph in paragraphs for line in paragraph.lines]
        self._size = _weighted(lines, lambda line: round(line.size, 1))
        self._face = _weighted(lines, lambda line: line.faces[0])
        self._tables = self._table_rows()
        self._title = self._title_place()
        self._levels = self._heading_levels()

    def of(self, index: int) -> tuple[LineStyle | None, int]:
        """Return the style of a paragraph with its level, or None where its looks say nothing."""
        if index in self._tables:
            return LineStyle.TABLE, 0
        if self._paragraphs[index].lines[0].frame is Frame.BOX:
            return LineStyle.BOX, 0
        if index == self._title:
            return LineStyle.TITLE, 0
        if index in self._levels:
            return LineStyle.HEADING, self._levels[index]
        return None, 0

    def _table_rows(self) -> set[int]:
        """Find rows of cells, two at least: a single one is a line with a wide gap, a signature and its date."""
        rows = {index for index, paragraph in enumerate(self._paragraphs) if paragraph.lines[0].frame is Frame.TABLE}
        cells = [
            (index, paragraph.lines[0].cells > 1 and not paragraph.lines[0].frame)
            for index, paragraph in enumerate(self._paragraphs)
        ]
        for in_table, group in groupby(cells, key=lambda cell: cell[1]):
            found = [index for index, _ in group]
            if in_table and len(found) > 1:
                rows.update(found)
        return rows

    def _title_place(self) -> int | None:
        """Find the largest paragraph, if it is larger than the text and stands near the beginning."""
        # A letterhead or a list of what is said of the text may stand before it as a table.
        bare = (index for index in range(len(self._paragraphs)) if index not in self._tables)
        first = list(islice(bare, _TITLE_PLACE))
        if not first:
            return None
        largest = max(paragraph.lines[0].size for paragraph in self._paragraphs)
        best = max(first, key=lambda index: self._paragraphs[index].lines[0].size)
        size = self._paragraphs[best].lines[0].size
        return best if size >= largest - 0.1 and size >= self._size * LARGE else None

    def _heading_levels(self) -> dict[int, int]:
        """Find the headings by place; the level counts the looks of headings, larger ones and earlier ones first."""
        looks = {
            index: (-round(paragraph.lines[0].size), paragraph.lines[0].faces[0])
            for index, paragraph in enumerate(self._paragraphs)
            if index != self._title
            and not paragraph.lines[0].frame
            and index not in self._tables
            and self._is_heading(paragraph)
        }
        order = sorted(dict.fromkeys(looks.values()), key=lambda look: look[0])  # stable: earlier looks first
        return {index: order.index(look) + 1 for index, look in looks.items()}

    def _is_heading(self, paragraph: Paragraph) -> bool:
        lines = paragraph.lines
        one_face = all(line.plain and line.faces == lines[0].faces for line in lines)
        if not one_face or len(paragraph.text) > _LONGEST or paragraph.text[-1] in _SENTENCE_ENDS:
            return False
        larger = lines[0].size >= self._size * LARGE
        face = lines[0].faces[0]
        heavy = face != self._face and any(word in face.lower() for word in _HEAVY)
        return (larger or heavy) and lines[0].size >= self._size * 0.97


def _weighted(lines: Sequence[Line], look: Callable[[Line], _Look]) -> _Look:
    """Return the look that most letters have."""
    counts: Counter[_Look] = Counter()
    for line in lines:
        counts[look(line)] += len(line.text)
    return counts.most_common(1)[0][0]
