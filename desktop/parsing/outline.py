"""From the text of an edition to its outline."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.model.clause import ClauseKind
from desktop.model.outline import Notice, NoticeKind, Outline
from desktop.model.source import Hint
from desktop.parsing.freezing import freeze
from desktop.parsing.front_matter import read_front_matter, squeezed
from desktop.parsing.gaps import warnings_of, with_implied_heading
from desktop.parsing.lines import Line, read_lines
from desktop.parsing.numbering import Label, Style, read_label
from desktop.parsing.run_together import inner_labels
from desktop.parsing.surroundings import LONGEST_MARK, mark_kind
from desktop.parsing.tree import TreeBuilder

_BLANKS_IN_A_RUNNING_TITLE = 20


def parse_outline(text: str, hints: Sequence[Hint] = ()) -> Outline:  # noqa: ARG001
    """Return the outline of `text`, in time linear in its length. All offsets are code points.

    Every character but LF, the blanks before a line and blank lines belongs to exactly one clause or notice. No text
    is an error: what has no label is a paragraph under the last clause.
    """
    lines = read_lines(text)
    front = read_front_matter(text, lines)
    builder = TreeBuilder(text)
    notices = [*front.notices, *_read_body(text, lines[front.body :], front.title, builder)]
    clauses = freeze(text, with_implied_heading(builder.roots))
    return Outline(front.title, tuple(notices), clauses, warnings_of(clauses, notices))


def _read_body(text: str, lines: Sequence[Line], title: str, builder: TreeBuilder) -> list[Notice]:
    """Give the lines of the body to `builder` and return those among them that are no clause."""
    notices: list[Notice] = []
    squeezed_title = squeezed(title)
    quoted = _Quotation(text, lines)
    for index, line in enumerate(lines):
        kind = _notice_kind(text, line, squeezed_title)
        if kind is not None:
            notices.append(Notice(kind, text[line.start : line.end].rstrip(), line.start, line.end))
            continue
        if quoted.holds(index):
            builder.add_unlabelled(ClauseKind.PARAGRAPH, line.start, line.end, adjacent=line.adjacent)
        else:
            _read_line(text, line, builder)
    return notices


def _read_line(text: str, line: Line, builder: TreeBuilder) -> None:
    """Give a line to `builder`: one clause, or several where a bad copy has run them together."""
    inner = inner_labels(text, line.start, line.end)
    ends = [label.start for label in inner] + [line.end]
    label = _label(text, line, builder)
    if label is not None:
        builder.add_labelled(label, ends[0], adjacent=line.adjacent)
    else:
        kind = ClauseKind.TABLE if _is_row(text, line.start, ends[0]) else ClauseKind.PARAGRAPH
        builder.add_unlabelled(kind, line.start, ends[0], adjacent=line.adjacent)
    for label, end in zip(inner, ends[1:], strict=True):
        builder.add_labelled(label, end, adjacent=True)


def _notice_kind(text: str, line: Line, squeezed_title: str) -> NoticeKind | None:
    """Return what a line of the body is that stands beside the clauses, or None."""
    length, of_title = line.end - line.start, len(squeezed_title)
    if length > max(LONGEST_MARK, of_title + _BLANKS_IN_A_RUNNING_TITLE):
        return None
    words = text[line.start : line.end].rstrip()
    if squeezed_title and length >= of_title and squeezed(words) == squeezed_title:
        return NoticeKind.TITLE
    return mark_kind(words)


def _label(text: str, line: Line, builder: TreeBuilder) -> Label | None:
    label = read_label(text, line.start, line.end)
    if label is None or (label.glued and not builder.expects(label)):
        return None
    if label.style is not Style.TABLE and _is_row(text, label.body, line.end):
        return None
    return label


def _is_row(text: str, start: int, end: int) -> bool:
    """Whether the words between two offsets are cells of a table: a tab stands between them."""
    return text.find("\t", start, end) >= 0 and "\t" in text[start:end].strip()


class _Quotation:
    """Knows the lines that quote another text, labels and all: an amending law quotes whole articles.

    A quotation of several lines begins with “ and a label and ends where its quotation mark is closed.
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._lines = lines
        self._end = 0
        self._never_closed = False

    def holds(self, index: int) -> bool:
        """Whether the line at `index` lies in a quotation. To be asked for each line in turn."""
        if index < self._end:
            return True
        line = self._lines[index]
        opens = self._text[line.start] == "“" and line.end > line.start + 1 and not self._never_closed
        if opens and read_label(self._text, line.start + 1, line.end) is not None:
            self._end = self._closing_line(index) + 1
        return index < self._end

    def _closing_line(self, index: int) -> int:
        """Return the line that closes the quotation begun at `index`; `index` itself where none does."""
        depth = 0
        for at in range(index, len(self._lines)):
            line = self._lines[at]
            depth += self._text.count("“", line.start, line.end) - self._text.count("”", line.start, line.end)
            if depth <= 0:
                return at
        # The quotation marks of this text are not to be trusted, and a search to its end is paid for once only.
        self._never_closed = True
        return index
