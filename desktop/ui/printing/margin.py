"""Notes in the margin: set in a narrow column beside the lines they belong to, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.exchange.writers import wording
from desktop.exchange.writers.comments import Comment
from desktop.model.report import Report
from desktop.text.blanks import one_line
from desktop.ui.printing.measures import BOTTOM, NOTE, NOTE_DETAIL, NOTE_GAP, TOP, Look
from desktop.ui.printing.setting import Line, SetParagraph

LONGEST = 150
"""How many letters of a note stand in the margin; of a longer one the whole follows behind the text."""
_MOST_LINES = 26
_CARRIED = (BOTTOM - TOP) / 3
"""How much of a column may be taken by notes of the page before."""


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
        """How much of the column it takes."""
        return sum(line.paragraph.distance for line in self.lines)


def details_of(comment: Comment, report: Report) -> str:
    """Return what is told of a note beneath it: tags, author, day, meeting."""
    mark = comment.mark
    parts = (
        " ".join(f"#{tag}" for tag in mark.tags),
        mark.author,
        f"{wording.local(mark.created, report.made):%Y-%m-%d}",
        mark.meeting,
        wording.lost_words_of(mark),
    )
    return " · ".join(one_line(part) for part in parts if part.strip())


def set_note(comment: Comment, report: Report, later: int, above: str = "") -> tuple[tuple[Line, ...], bool]:
    """Return the lines of a note, and whether they are all of it.

    `later` is the number under which the rest will stand behind the text; `above` is said over the note.
    """
    words = wording.line_ends(comment.mark.note).strip()
    whole = len(words) <= LONGEST
    lines = _lines(words[:LONGEST], NOTE)
    whole = whole and len(lines) <= _MOST_LINES
    if not whole:
        lines = [*lines[:_MOST_LINES], *_lines(f"……（全文见文后批注 {later}）", NOTE_DETAIL)]
    return (*_lines(above, NOTE_DETAIL), *lines, *_lines(details_of(comment, report), NOTE_DETAIL)), whole


def _lines(words: str, look: Look) -> list[Line]:
    if not words:
        return []
    return [line for part in words.split("\n") for line in SetParagraph(part, look, 0).lines]


def fill_column(carried: Sequence[Note], own: Sequence[Note]) -> tuple[list[Note], list[Note], list[Note]]:
    """Return the notes that stand beside a page, those for the next page, and those for which there is no room there.

    A note stands beside its line, moved down where another is in its way, and up where the page ends.
    """
    placed: list[Note] = []
    room = BOTTOM - TOP
    left: list[Note] = []
    for note in (*carried, *own):
        if note.height <= room:
            placed.append(note)
            room -= note.height + NOTE_GAP
        else:
            left.append(note)
    to_carry: list[Note] = []
    too_many: list[Note] = []
    room = _CARRIED
    for note in left:
        if note.late or note.height + NOTE_GAP > room:
            too_many.append(note)
        else:
            to_carry.append(note)
            room -= note.height + NOTE_GAP
    return _apart(placed), to_carry, too_many


def _apart(notes: Iterable[Note]) -> list[Note]:
    """Return notes in their order, moved as little as it takes that none lies on another or below the page."""
    placed = []
    free = TOP
    for note in notes:
        top = max(free, note.top)
        placed.append(replace(note, top=top))
        free = top + note.height + NOTE_GAP
    end = BOTTOM
    for index in reversed(range(len(placed))):
        note = placed[index]
        top = min(note.top, end - note.height)
        if top == note.top:
            break
        placed[index] = replace(note, top=top)
        end = top - NOTE_GAP
    return placed
