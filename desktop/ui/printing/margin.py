"""Notes in the margin: set in a narrow column beside the lines they belong to, none over another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

from PySide6.QtGui import QFontMetricsF

from desktop.exchange.writers import wording
from desktop.exchange.writers.comments import Comment
from desktop.model.export import Field
from desktop.model.report import Report
from desktop.ui.printing.measures import NOTE_GAP, TOP, Column, Look
from desktop.ui.printing.setting import Line, SetParagraph, font

_CARRIED = 3
"""A column may be taken by notes of the page before to this part of its height."""
_SIGNED = 3
"""And by signs of those that stand elsewhere."""
_BEGINNING = 12
"""How many lines are shown of a note that stands behind the text as a whole: the room is that of others."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands in the margin. The place it belongs to is (`x`, `y`), at the foot of its words.

    `late` is said of one that did not fit beside its own page and stands on the next one, without a line to its place.
    """

    comment: Comment
    lines: tuple[Line, ...]
    x: float
    y: float
    page: int
    top: float = TOP
    late: bool = False

    @property
    def height(self) -> float:
        """How much of the column it takes; more than there is where it has not been set in lines."""
        return sum(line.paragraph.distance for line in self.lines) if self.lines else inf


_TOLD = (Field.TAGS, Field.AUTHOR, Field.CREATED, Field.MEETING, Field.PRIVATE)


def details_of(comment: Comment, report: Report) -> list[str]:
    """Return what is told of a note beneath it: tags, author, day, meeting, whether it is private."""
    mark = comment.mark
    shorter: dict[Field, wording.Tell] = {
        Field.TAGS: lambda mark: " ".join(f"#{tag}" for tag in mark.tags),
        Field.CREATED: lambda mark: f"{wording.local(mark.created, report.made):%Y-%m-%d}",
        Field.MEETING: lambda mark: mark.meeting,
    }
    lost = wording.lost_words_of(mark)
    return [*wording.Details(report, shorter).of(mark, _TOLD), *([lost] if lost else [])]


def set_note(
    comment: Comment, report: Report, column: Column, later: int, above: str = ""
) -> tuple[tuple[Line, ...], bool]:
    """Return the lines of a note, and whether they are all of it.

    `later` is the number under which the whole will stand behind the text; `above` is said over the note.
    """
    words = wording.line_ends(comment.mark.note).strip()
    whole = len(words) <= column.longest
    lines = _lines(words[: column.longest], column.note)
    whole = whole and len(lines) <= column.most_lines
    if not whole:
        lines = [*lines[:_BEGINNING], *_lines(f"……（全文见{wording.LATE_TITLE} {later}）", column.detail)]
    details = _joined(details_of(comment, report), column.detail)
    return (*_lines(above, column.detail), *lines, *_lines("\n".join(details), column.detail)), whole


def set_sign(words: str, column: Column) -> tuple[Line, ...]:
    """Return the line that says where a note stands."""
    return tuple(_lines(words, column.detail))


def _lines(words: str, look: Look) -> list[Line]:
    if not words:
        return []
    return [line for part in words.split("\n") for line in SetParagraph(part, look, 0).lines]


def _joined(parts: Iterable[str], look: Look) -> list[str]:
    """Return details so many to a line as have room there, so that none begins with the dot between them."""
    advance = QFontMetricsF(font(look.face, look.size)).horizontalAdvance
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and advance(longer) <= look.width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def fill_column(
    carried: Sequence[Note], own: Sequence[Note], column: Column, sign_of: Callable[[Note, bool], Note]
) -> tuple[list[Note], list[Note], list[Note]]:
    """Return the notes that stand beside a page, those for the next page, and those for which there is no room there.

    A note stands beside its line, moved down where another is in its way, and up where the page ends. For a note of
    the page that finds no room a sign of one line stands there, as long as there is room for signs; `sign_of` makes
    them, once for each, in order, told whether the note comes on the next page.
    """
    notes = (*carried, *own)
    height = column.bottom - TOP
    sign = column.detail.line + NOTE_GAP
    signs = 0
    while True:
        placed, left = _fitting(notes, height - signs * sign)
        late = [note for note in left if note.late]
        to_carry, too_many = _fitting([note for note in left if not note.late], height / _CARRIED)
        lacking = min(int(height / _SIGNED / sign), len(to_carry) + len(too_many))
        if lacking <= signs:
            break
        signs = lacking
    standing = {note.comment.number: note for note in placed}
    for note in [note for note in left if not note.late][:signs]:
        standing[note.comment.number] = sign_of(note, note in to_carry)
    beside = [standing[note.comment.number] for note in notes if note.comment.number in standing]
    return _apart(beside, column.bottom), to_carry, [*late, *too_many]


def _fitting(notes: Iterable[Note], room: float) -> tuple[list[Note], list[Note]]:
    """Return the notes that fit into so much of a column, taken in their order, and the others."""
    fitting: list[Note] = []
    others: list[Note] = []
    for note in notes:
        if note.height <= room:
            fitting.append(note)
            room -= note.height + NOTE_GAP
        else:
            others.append(note)
    return fitting, others


def _apart(notes: Iterable[Note], bottom: float) -> list[Note]:
    """Return notes in their order, moved as little as it takes that none lies on another or below the page."""
    placed = []
    free = TOP
    for note in notes:
        top = max(free, note.top)
        placed.append(replace(note, top=top))
        free = top + note.height + NOTE_GAP
    end = bottom
    for index in reversed(range(len(placed))):
        note = placed[index]
        top = min(note.top, end - note.height)
        if top == note.top:
            break
        placed[index] = replace(note, top=top)
        end = top - NOTE_GAP
    return placed
