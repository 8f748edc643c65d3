"""Which lines of a text a reader takes for headings, and which words for a title that runs into its text."""

from __future__ import annotations

from typing import Final

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Outline

DIVISIONS: Final = frozenset(
    (ClauseKind.VOLUME, ClauseKind.SUBVOLUME, ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
)
_LONGEST_HEADING: Final = 80
"""A numbered line of more letters is a paragraph, even if no full stop closes it."""
_LONGEST_TITLE: Final = 40
"""A first sentence of more letters is no title."""
_CLOSING: Final = "。！？；：.!?;:"


def is_heading(clause: Clause, line: str, end: int) -> bool:
    """Return whether a line of which `clause` has words is its heading; the line ends at the code point `end`.

    It is short, and but for divisions and boxes it is all that the clause says, and no sentence.
    """
    if len(line) > _LONGEST_HEADING:
        return False
    if clause.kind in DIVISIONS or clause.kind is ClauseKind.BOX:
        return True
    return clause.kind is ClauseKind.HEADING and clause.end >= end and line.rstrip()[-1:] not in _CLOSING


def titled_above(outline: Outline, start: int) -> Clause | None:
    """Return the clause whose title may stand in the line that begins at `start`, below its number (附件1, 第一章)."""
    node = outline.at(start)
    clause = node.clause if node is not None else None
    if clause is None or clause.end <= start or len(clause.sentences) > 1:
        return None
    return clause if clause.kind in DIVISIONS or clause.kind is ClauseKind.HEADING else None


def title_end(clause: Clause, line: str, start: int) -> int:
    """Return where a title ends that text follows in the same line; where the clause begins if it has none.

    `line` is the one that the clause begins in, `start` where it begins. All offsets are code points of the text.
    """
    if clause.title is None or not clause.sentences:
        return clause.start
    end = min(clause.sentences[0].end - start, len(line))
    words = line[clause.start - start : end].rstrip()
    return clause.start + len(words) if len(words) <= _LONGEST_TITLE and line[end:].strip() else clause.start
