"""From the text of an edition to its outline."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from desktop.model.clause import ClauseKind
from desktop.model.errors import CancelledError
from desktop.model.outline import Notice, NoticeKind, Outline, OutlineWarning
from desktop.model.source import Hint, LineStyle
from desktop.parsing.attachments import listed_attachments
from desktop.parsing.bare_numbers import join_bare_numbers
from desktop.parsing.contents import find_contents
from desktop.parsing.decimals import find_decimals
from desktop.parsing.freezing import freeze
from desktop.parsing.front_matter import UNNUMBERED_HEADINGS, FrontMatter, core, heads_another_text, read_front_matter
from desktop.parsing.gaps import warnings_of, with_implied_heading
from desktop.parsing.glued import find_glued
from desktop.parsing.lines import Line, ends_a_sentence, read_lines, squeezed
from desktop.parsing.numbering import Label, Style, read_label
from desktop.parsing.quotation import Quotations
from desktop.parsing.run_together import inner_labels, label_behind
from desktop.parsing.signatures import signed_lines
from desktop.parsing.surroundings import behind_adoption_note, find_marks
from desktop.parsing.tree import TreeBuilder
from desktop.parsing.wrapping import join_lines

_BLANKS_IN_A_RUNNING_TITLE = 20
_LONGEST_HEADING = 120
_LINES_AT_ONCE = 512
_LONGEST_UNNUMBERED_HEADING = 10
_FIRST_NOTE = re.compile(r"注[：:]\s*[1１][.．、]")
_NOTES_OF_A_BOX = ("注", "备注", "说明", "资料来源", "数据来源")


def _never() -> bool:
    return False


def parse_outline(text: str, hints: Sequence[Hint] = (), cancelled: Callable[[], bool] = _never) -> Outline:
    """Return the outline of `text`, in time linear in its length. All offsets are code points.

    Every character but LF, the blanks before a line and blank lines belongs to exactly one clause or notice; a clause
    of several lines holds the LFs between them. No text is an error: what has no label is a paragraph under the last
    clause. `hints` are evidence: they tell headings without a number, tables, boxes and titles; where a number in the
    text says otherwise than the level of a format, the number is right.

    `cancelled` is asked again and again where the text is long. Raises CancelledError once it says yes.
    """
    lines = read_lines(text, hints)
    marks = find_marks(text, lines)
    lines = join_lines(text, lines, marks)
    lines, bare = join_bare_numbers(text, lines, marks.keys())
    contents = find_contents(text, lines, marks)
    entries = {line.start for first, behind in contents.items() for line in lines[first:behind]}
    decimals = find_decimals(text, lines, marks.keys() | entries) | bare
    listed = listed_attachments(text, lines) | signed_lines(text, lines)
    front = read_front_matter(text, lines, marks, contents, decimals, listed)
    body = _Body(text, lines, marks, contents, decimals, entries, listed, front)
    for _ in body.read():
        _stop_if(cancelled)
    notices = [*front.notices, *body.notices]
    clauses = freeze(text, with_implied_heading(body.builder.roots))
    _stop_if(cancelled)
    return Outline(front.title, tuple(notices), clauses, warnings_of(text, clauses, notices, body.warnings()))


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise CancelledError("已取消导入。")


class _Body:
    """Gives the lines behind the front matter to a tree builder, and takes out those that are no clause."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        marks: dict[int, NoticeKind],
        contents: dict[int, int],
        decimals: dict[int, Label],
        entries: Collection[int],
        listed: Collection[int],
        front: FrontMatter,
    ) -> None:
        self.builder = TreeBuilder(text)
        self.notices: list[Notice] = []
        self._text = text
        self._lines = lines
        self._marks = marks
        self._contents = contents
        self._decimals = decimals
        self._entries = entries
        self._front = front
        self._title = squeezed(front.title)
        self._attached = front.attached
        self._longest_attached = max(map(len, front.attached), default=0)
        self._listed = listed
        self._quotations = Quotations(text, lines)
        self._run_together: list[OutlineWarning] = []
        self._note_behind = 0  # the index behind the note of adoption of a text that is attached
        self._note = 0  # the number of the note of a box that was read last
        self._framed = any(line.style in (LineStyle.BOX, LineStyle.TABLE) for line in lines)

    def read(self) -> Iterator[int]:
        """Read all lines; yields now and then, with the number of lines read."""
        behind_contents = 0
        in_box = False
        for index in range(self._front.body, len(self._lines)):
            line = self._lines[index]
            if index % _LINES_AT_ONCE == 0:
                yield index
            behind_contents = max(behind_contents, self._contents.get(index, 0))
            kind = self._marks.get(line.start) or (NoticeKind.OTHER if index < behind_contents else None)
            if kind is None and index < self._note_behind:
                kind = NoticeKind.ADOPTION
            kind = kind or self._repeated_title(line)
            if kind is not None:
                self.notices.append(Notice(kind, self._text[line.start : line.end].rstrip(), line.start, line.end))
                continue
            if self._ends_box(line):
                self.builder.close_box()
            begins_box = line.style is LineStyle.BOX and not (in_box and line.adjacent)
            in_box = line.style is LineStyle.BOX
            self._read_line(index, line, begins_box=begins_box)
            if self.builder.in_box and _FIRST_NOTE.search(self._text, line.start, line.end):
                self._note = 1

    def warnings(self) -> Iterator[OutlineWarning]:
        """Yield what a reader should know about lines that were read."""
        yield from self._run_together
        for at in self._quotations.unclosed:
            yield OutlineWarning("这里的前引号后面没有后引号，引文到哪里为止看不出来", at)

    def _ends_box(self, line: Line) -> bool:
        """Whether a box ends before `line`: where a frame ends, or at a blank line where the text knows no frames."""
        if line.style in (LineStyle.BOX, LineStyle.TABLE):
            return not line.adjacent  # no blank line stands within a frame
        if self._is_next_note(line):
            return False
        if self._framed:
            return not self._text.startswith(_NOTES_OF_A_BOX, line.start)
        return not line.adjacent

    def _is_next_note(self, line: Line) -> bool:
        """Whether a line goes on counting the notes of a box, the first of which stands behind 注：."""
        label = read_label(self._text, line.start, line.end) if self._note else None
        if label is not None and label.style is Style.DIGIT and label.number == self._note + 1:
            self._note += 1
            return True
        self._note = 0
        return False

    def _repeated_title(self, line: Line) -> NoticeKind | None:
        """Return TITLE where the title of the text stands once more."""
        length, of_title = line.end - line.start, len(self._title)
        if not of_title <= length <= of_title + _BLANKS_IN_A_RUNNING_TITLE or not of_title:
            return None
        return NoticeKind.TITLE if squeezed(self._text[line.start : line.end]) == self._title else None

    def _read_line(self, index: int, line: Line, *, begins_box: bool) -> None:
        """Give a line to the builder: one clause, or several where a bad copy has run them together."""
        label = read_label(self._text, line.start, line.end) or self._decimals.get(line.start)
        if line.style is LineStyle.VERBATIM or self._quotations.holds(index, label):
            self.builder.add_unlabelled(ClauseKind.PARAGRAPH, line.start, line.end)
            return
        behind = label_behind(self._text, label, self._lines, index) if label else None
        if behind is not None and label is not None and not self._numbers(line, label):
            behind = None
        inner = inner_labels(self._text, behind.start if behind else line.start, line.end)
        labels = [behind, *inner] if behind else inner
        ends = [found.start for found in labels] + [line.end]
        self._read_clause(index, line._replace(end=ends[0]), label, begins_box=begins_box)
        for found, end in zip(labels, ends[1:], strict=True):
            self.builder.add_labelled(found, end)
        if inner:
            words = f"这一段里连着{len(inner)}个编号，没有分行；目录按编号分开，原文未动"
            self._run_together.append(OutlineWarning(words, inner[0].start))

    def _read_clause(self, index: int, line: Line, label: Label | None, *, begins_box: bool) -> None:
        builder = self.builder
        if self._is_row(line, label):
            builder.add_row(line.start, line.end, adjacent=line.adjacent)
        elif label is not None and self._numbers(line, label):
            nested = line.level if line.style is LineStyle.BODY else 0
            builder.add_labelled(label, line.end, line.level - nested, nested)
        elif begins_box:
            builder.add_box(line.start, line.end)
        elif self._is_attached_title(line) or heads_another_text(self._text, self._lines, index):
            builder.add_attachment(line.start, line.end)
            self._note_behind = behind_adoption_note(self._text, self._lines, index + 1)
        elif self._is_unnumbered_heading(line):
            builder.add_heading(line.start, line.end, line.level or 1, closed=line.style is None)
        else:
            if line.start in self._listed:
                builder.close_article()
            builder.add_unlabelled(ClauseKind.PARAGRAPH, line.start, line.end)

    def _numbers(self, line: Line, label: Label) -> bool:
        """Whether `label` numbers a clause, and is not the beginning of a sentence or an entry of a list of files."""
        if line.start in self._listed or (label.style.decimal and line.start not in self._decimals):
            return False
        if label.glued and (line.style is LineStyle.BODY or line.start not in self._glued):
            return False
        if label.style is not Style.ATTACHMENT:
            return True
        spoken_of = self._text[label.end : label.body + 1] in ("（", "(") and self._ends_a_sentence(line)
        return not spoken_of and line.end - line.start <= _LONGEST_HEADING

    @cached_property
    def _glued(self) -> Collection[int]:
        """The lines that a label without a blank behind it numbers; most texts have no such label."""
        return find_glued(self._text, self._lines, self._marks.keys() | self._entries)

    def _ends_a_sentence(self, line: Line) -> bool:
        return ends_a_sentence(self._text[line.start : line.end])

    def _is_row(self, line: Line, label: Label | None) -> bool:
        """Whether a line is a row of a table: its format says so, or a tab stands between its words."""
        if line.style is LineStyle.BODY or (label is not None and label.style in (Style.BOX, Style.TABLE)):
            return False
        if line.style is LineStyle.TABLE:
            return True
        if self.builder.in_table and line.adjacent and self._text[line.start - 1].isspace():
            begin = self._text.rfind("\n", 0, line.start) + 1
            if self._text.find("\t", begin, line.start) >= 0:  # its first cells are empty
                return True
        start = label.body if label is not None else line.start
        return self._text.find("\t", start, line.end) >= 0 and "\t" in self._text[start : line.end].strip()

    def _is_unnumbered_heading(self, line: Line) -> bool:
        if line.style in (LineStyle.HEADING, LineStyle.TITLE):
            return line.end - line.start <= _LONGEST_HEADING
        if line.style is not None or line.end - line.start > _LONGEST_UNNUMBERED_HEADING:
            return False
        return "".join(self._text[line.start : line.end].split()) in UNNUMBERED_HEADINGS

    def _is_attached_title(self, line: Line) -> bool:
        """Whether a line is the title of what a notice forwards beside the document, or, being one itself, at all."""
        if not self._attached or line.end - line.start > self._longest_attached + _BLANKS_IN_A_RUNNING_TITLE:
            return False
        words = self._text[line.start : line.end]
        return not ends_a_sentence(words) and core(words) in self._attached
