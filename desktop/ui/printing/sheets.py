"""Sheets of paper: a report broken into pages, with the lines, colours and notes of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wording
from desktop.exchange.writers.comments import Comment, comments_of
from desktop.exchange.writers.excerpts import Part, blocks_of
from desktop.exchange.writers.painting import Piece, painted
from desktop.exchange.writers.typesetting import (
    MOST_KEPT,
    Paragraph,
    Style,
    column_widths,
    group_of,
    letters_of,
    typeset,
)
from desktop.model.export import DEFAULT_OPTIONS, Margin, Options
from desktop.model.mark import MarkStyle
from desktop.model.report import Report
from desktop.text.blanks import one_line
from desktop.ui.printing import measures
from desktop.ui.printing.margin import Note, details_of, fill_column, set_note, set_sign
from desktop.ui.printing.measures import COLUMNS, LEFT, LOOKS, TOP, Column, Look
from desktop.ui.printing.setting import Line, SetParagraph

NEXT_PAGE = "见下页"
_PLACE_LENGTH = 12
_ROUNDING = 1.0
"""A page is full when a line would stand out by more than this."""
_MOST_TAKEN = 2
"""Where the notes of a page are so many columns high, no further one finds room beside it or the next page."""
_LETTERS_TO_A_NOTE = 60
"""About how many letters of the text stand beside one note."""
_AROUND_A_NOTE = 15
"""About how many letters more it takes to set the place of a note and what is told of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line on a page: its upper edge, and the words with colours in it (code points from its paragraph's start)."""

    line: Line
    top: float
    pieces: Sequence[Piece] = ()

    @property
    def baseline(self) -> float:
        """Where its letters stand."""
        return self.top + self.line.paragraph.baseline


@dataclass(slots=True)
class Sheet:
    """One page, numbered from 1, with its column of notes; `rules` are where lines between rows of tables stand."""

    number: int
    column: Column
    rows: list[Row] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph that is to be placed, with its colours and the comments that begin in it (from its start)."""

    set: SetParagraph
    pieces: Sequence[Piece] = ()
    comments: Sequence[Comment] = ()


@dataclass(frozen=True, slots=True)
class _TableRow:
    """A row of a table that is to be placed: its cells beside one another, under a line where it is the first."""

    cells: Sequence[_Block]
    first: bool


def full_text_sheets(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> Iterator[Sheet]:
    """Yield the pages of the whole text with notes in the margin, one by one. Raises CancelledError.

    Notes that find no room beside the text, and the whole of very long ones, stand behind the text.
    """
    return _Pages(report, options).full_text(watch)


def excerpt_sheets(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> Iterator[Sheet]:
    """Yield the pages of a report's excerpts, in the order of the template's fields. Raises CancelledError.

    They have no notes beside them, whatever the margin is.
    """
    return _Pages(report, replace(options, page=replace(options.page, margin=Margin.NARROW))).excerpts(watch)


class _Pages:
    """Fills page after page."""

    def __init__(self, report: Report, options: Options) -> None:
        self._report = report
        self._options = options
        self._column = COLUMNS[options.page.margin]
        self._most_taken = _MOST_TAKEN * (self._column.bottom - TOP)
        self._sheet = Sheet(1, self._column)
        self._top = TOP
        self._own: list[Note] = []
        self._taken = 0.0  # by them, of columns
        self._carried: list[Note] = []
        self._later: dict[int, tuple[Comment, int]] = {}  # by the number of the comment: it, and its page

    def full_text(self, watch: Watch) -> Iterator[Sheet]:
        """Yield the pages of the text, and those of the notes behind it."""
        text, notes = watch.parts(*self._shares())
        yield from self._fill(self._text(text))
        self._settle_notes()
        self._put_off(self._carried)
        self._carried = []
        yield from self._fill(self._late_notes(notes))
        yield self._sheet

    def excerpts(self, watch: Watch) -> Iterator[Sheet]:
        """Yield the pages of the excerpts."""
        yield from self._fill(self._excerpts(watch))
        yield self._sheet

    def _shares(self) -> tuple[int, int]:
        """Return about how many letters are to be set in the text, and behind it."""
        text = len(self._report.text)
        notes = [len(mark.note) + _AROUND_A_NOTE for mark in self._report.marks if mark.note.strip() or mark.tags]
        long = sum(length for length in notes if length > self._column.longest + _AROUND_A_NOTE)
        beside = min(1.0, text / _LETTERS_TO_A_NOTE / len(notes)) if notes else 1.0
        return text + 1, long + round((sum(notes) - long) * (1 - beside))

    # Paragraphs.

    def _set(self, words: str, look: Look, strong_end: int = 0) -> SetParagraph:
        page = self._options.page
        return SetParagraph(words, look, page.line * 10, strong_end, bold=page.bold)

    def _text(self, watch: Watch) -> Iterator[_Block | _TableRow]:
        report = self._report
        paragraphs = typeset(report.text, report.outline, (mark.span for mark in report.marks))
        if report.marks and not paragraphs:  # the text isn't here: its marks are told as excerpts
            yield from self._excerpts(watch)
            return
        commenting, setting = watch.parts(1, 9)
        comments = comments_of(report, paragraphs, commenting)
        starts = [paragraph.start for paragraph in paragraphs]
        beginning: dict[int, list[Comment]] = defaultdict(list)
        for comment in comments:
            at = bisect_right(starts, comment.start) - 1
            start = starts[at]
            beginning[at].append(Comment(comment.number, comment.mark, comment.start - start, comment.end - start))
        if report.subtitle:
            yield _Block(self._set(one_line(report.subtitle), measures.HEADER))
        if not any(paragraph.style is Style.TITLE for paragraph in paragraphs):
            yield _Block(self._set(one_line(report.title), LOOKS[Style.TITLE]))
        numbered = enumerate(painted(report, paragraphs, comments, setting))
        for (in_table, _), group in groupby(numbered, key=lambda made: group_of(made[1][0])):
            if in_table:
                yield from self._table([(*made, beginning.get(number, ())) for number, made in group])
                continue
            for number, (paragraph, pieces) in group:
                look = LOOKS[paragraph.style]
                look = replace(look, before=measures.LINE) if paragraph.apart else look
                yield self._block(paragraph, pieces, beginning.get(number, ()), look)

    def _block(self, paragraph: Paragraph, pieces: Sequence[Piece], comments: Sequence[Comment], look: Look) -> _Block:
        start = paragraph.start
        moved = [piece._replace(start=piece.start - start, end=piece.end - start) for piece in pieces]
        words = self._report.text[start : paragraph.end]
        return _Block(self._set(words, look, paragraph.strong_end - start), moved, comments)

    def _table(self, cells: Sequence[tuple[Paragraph, Sequence[Piece], Sequence[Comment]]]) -> Iterator[_TableRow]:
        look = LOOKS[Style.CELL]
        placed = [(it[0].place, it) for it in cells if it[0].place is not None]
        edges = 2 * measures.CELL_EDGE + look.size / 4
        words = ((place, self._report.text[it[0].start : it[0].end]) for place, it in placed)
        needs = [(place, letters_of(said) * look.size + edges) for place, said in words]
        widths = column_widths(needs, look.width)
        lefts = [0.0, *accumulate(widths)]
        for number, row in groupby(placed, key=lambda made: made[0].row):
            made = []
            for place, cell in row:
                left, right = lefts[place.column], lefts[place.column + place.span]
                wide = right - left - 2 * measures.CELL_EDGE
                made.append(self._block(*cell, replace(look, offset=left + measures.CELL_EDGE, width=wide)))
            yield _TableRow(made, number == 0)

    def _late_notes(self, watch: Watch) -> Iterator[_Block]:
        """Yield the notes behind the text; what is found while this runs is not told any more."""
        if self._later:
            yield _Block(self._set(wording.LATE_TITLE, LOOKS[Style.CHAPTER]))
        for number, (comment, page) in enumerate(watch.over(list(self._later.values())), 1):
            mark = comment.mark
            quote = wording.shortened(mark.quote)
            place = f"{number}. 第{page}页 {one_line(mark.address)}“{quote}”"
            yield _Block(self._set(place, measures.LATE_PLACE))
            for words in wording.line_ends(mark.note).strip().split("\n"):
                yield _Block(self._set(words, measures.LATE_NOTE))
            yield _Block(self._set(" · ".join(details_of(comment, self._report)), measures.LATE_DETAIL))

    def _excerpts(self, watch: Watch) -> Iterator[_Block]:
        for block in blocks_of(self._report, self._options.template, watch):
            look = _PARTS[block.part]
            look = replace(look, keep=look.keep or (block.more and block.short))
            for words in wording.line_ends(block.words).strip("\n").split("\n"):
                if words.strip() or block.part is Part.NOTE:
                    yield _Block(self._set(words, look))

    # Pages.

    def _fill(self, blocks: Iterable[_Block | _TableRow]) -> Iterator[Sheet]:
        """Place blocks and yield every page that is full. Headings stay with what follows."""
        kept: list[_Block] = []
        for block in blocks:
            if isinstance(block, _TableRow):
                yield from self._put(kept, self._least(block))
                yield from self._put_row(block)
                kept = []
                continue
            kept.append(block)
            if not block.set.look.keep or len(kept) > MOST_KEPT:
                yield from self._put(kept)
                kept = []
        yield from self._put(kept)

    def _put(self, blocks: Sequence[_Block], behind: float = 0.0) -> Iterator[Sheet]:
        """Place blocks; what must stand on the page of the last one, too, is `behind` it."""
        if not blocks:
            return
        together = sum(_height(block.set) for block in blocks[:-1]) + behind
        if self._sheet.rows and self._lacks(together + blocks[-1].set.look.before + blocks[-1].set.distance):
            yield self._close()
        for block in blocks:
            look = block.set.look
            self._top += look.before if self._sheet.rows else 0
            for line in block.set.lines:
                if self._lacks(block.set.distance) and self._sheet.rows:
                    yield self._close()
                self._add(block, line, self._top)
                self._top += block.set.distance
            self._top += look.after

    def _put_row(self, row: _TableRow) -> Iterator[Sheet]:
        """Place a row; one that is higher than a page goes on on the next."""
        distance = row.cells[0].set.distance
        if self._sheet.rows and self._lacks(self._least(row)):
            yield self._close()
        if row.first or not self._sheet.rows:
            self._sheet.rules.append(self._top)
        self._top += measures.CELL_GAP
        longest = max(len(cell.set.lines) for cell in row.cells)
        at = 0
        while at < longest:
            room = max(1, int((self._column.bottom + _ROUNDING - self._top) / distance))
            for cell in row.cells:  # one behind the other, as they are read
                for number, line in enumerate(cell.set.lines[at : at + room]):
                    self._add(cell, line, self._top + number * distance)
            self._top += min(room, longest - at) * distance
            at += room
            if at < longest:
                yield self._close()
        self._top += measures.CELL_GAP
        self._sheet.rules.append(self._top)

    def _least(self, row: _TableRow) -> float:
        """Return how much of a row has to stand on one page: all of it, unless it is higher than a page."""
        height = _row_height(row)
        return height if height <= self._column.bottom - TOP else row.cells[0].set.distance + measures.CELL_GAP

    def _lacks(self, height: float) -> bool:
        return self._top + height > self._column.bottom + _ROUNDING

    def _add(self, block: _Block, line: Line, top: float) -> None:
        first = bisect_right(block.pieces, line.start, key=lambda piece: piece.end)
        last = bisect_left(block.pieces, line.end, key=lambda piece: piece.start)
        row = Row(line, top, block.pieces[first:last])
        self._sheet.rows.append(row)
        ending = line is block.set.lines[-1]
        for comment in block.comments:
            if line.start <= comment.start < line.end or (ending and comment.start >= line.end):
                self._note(comment, row)

    def _note(self, comment: Comment, row: Row) -> None:
        # The line to a note begins behind its words; beneath them, where nothing else shows which they are.
        bare = comment.mark.style is MarkStyle.NONE
        x = LEFT + row.line.x(comment.start if bare else min(comment.end, row.line.end))
        y = row.baseline + row.line.paragraph.look.size / 5
        top = row.top + (row.line.paragraph.distance - self._column.note.line) / 2
        lines: tuple[Line, ...] = ()
        if self._taken <= self._most_taken:  # else neither this page nor the next has room: it need not be set
            lines, whole = set_note(comment, self._report, self._column, len(self._later) + 1)
            if not whole:
                self._later[comment.number] = comment, self._sheet.number
        note = Note(comment, lines, x, y, self._sheet.number, top)
        self._own.append(note)
        self._taken += note.height if lines else 0

    def _close(self) -> Sheet:
        """Return the page as it is to be printed, and begin the next one."""
        self._settle_notes()
        done = self._sheet
        self._sheet = Sheet(done.number + 1, self._column)
        self._top = TOP
        return done

    def _settle_notes(self) -> None:
        own = sorted(self._own, key=lambda note: note.top)  # cells of a row come one behind the other
        placed, carried, too_many = fill_column(self._carried, own, self._column, self._sign)
        self._sheet.notes += placed
        self._own, self._taken = [], 0.0
        self._carried = [self._carry(note) for note in carried]
        self._put_off(too_many)

    def _sign(self, note: Note, carried: bool) -> Note:
        """Return what stands in the place of a note that stands elsewhere."""
        if not carried:
            self._put_off([note])
        words = NEXT_PAGE if carried else f"见{wording.LATE_TITLE} {self._behind(note)}"
        return replace(note, lines=set_sign(words, self._column))

    def _behind(self, note: Note) -> int:
        """Return the number of a note among those behind the text, 0 where it isn't there."""
        number = note.comment.number
        return list(self._later).index(number) + 1 if number in self._later else 0

    def _carry(self, note: Note) -> Note:
        """Return a note as it stands beside the next page, with its place in words."""
        quote = wording.shortened(note.comment.mark.quote, _PLACE_LENGTH)
        above = f"第{note.page}页“{quote}”"
        lines, _ = set_note(note.comment, self._report, self._column, self._behind(note), above)
        return Note(note.comment, lines, note.x, note.y, note.page, late=True)

    def _put_off(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self._later.setdefault(note.comment.number, (note.comment, note.page))


_PARTS = {
    Part.TITLE: LOOKS[Style.TITLE],
    Part.SUBTITLE: LOOKS[Style.NOTICE],
    Part.SUMMARY: LOOKS[Style.ASIDE],
    Part.GROUP: LOOKS[Style.HEADING_1],
    Part.CLAUSE: LOOKS[Style.HEADING_1],
    Part.QUOTE: measures.QUOTE,
    Part.NOTE: LOOKS[Style.BODY],
    Part.DETAILS: measures.DETAIL,
}


def _height(made: SetParagraph) -> float:
    return made.look.before + len(made.lines) * made.distance + made.look.after


def _row_height(row: _TableRow) -> float:
    return max(len(cell.set.lines) * cell.set.distance for cell in row.cells) + 2 * measures.CELL_GAP
