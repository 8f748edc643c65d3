"""What is missing from the numbers of an outline: the heading before the page, gaps, jumps, the pages around."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Notice, NoticeKind, OutlineWarning
from desktop.parsing.numbering import (
    Label,
    Style,
    bare_label,
    decimal_parts,
    is_shown_in_place,
    label_like,
    read_label,
    style_of,
)
from desktop.parsing.tree import Draft

_CLAUSE_STYLES = (Style.DIGIT, Style.ARTICLE)
_OWN_LINE = (
    ClauseKind.VOLUME,
    ClauseKind.SUBVOLUME,
    ClauseKind.PART,
    ClauseKind.CHAPTER,
    ClauseKind.SECTION,
    ClauseKind.BOX,
)
_LONGEST_HEADING = 120
_LONGEST_SENTENCES = 60
_MOST_LOOKED_FOR = 5
_GOES_BEFORE_A_NUMBER = frozenset("0123456789〇○零一二三四五六七八九十百千两第本该前款条项.．")


def with_implied_heading(roots: list[Draft]) -> list[Draft]:
    """Return the top level with the heading that stands on the page before, if the text begins below one.

    It does where numbered clauses stand before the first heading of an outer style and that heading is not the first
    of its kind: clause 3, then 二、, so clause 3 is under 一、.
    """
    first = next((index for index, draft in enumerate(roots) if draft.style is not None), None)
    if first is None:
        return roots
    inner = roots[first].style
    heading = next(
        (
            index
            for index, draft in enumerate(roots)
            if draft.style and inner is not None and draft.style < inner and draft.number
        ),
        None,
    )
    if heading is None or inner is None or inner >= Style.DASH or roots[heading].number == 1:
        return roots
    after = roots[heading]
    number = (after.number or 0) - 1
    start = roots[first].start
    label = Label(after.style or Style.HAN, label_like(after.label, number), number, start, start, start)
    implied = Draft(after.kind, label, start, start)
    implied.implied = implied.bare = True
    implied.children = roots[first:heading]
    return [*roots[:first], implied, *roots[heading:]]


def warnings_of(
    text: str, clauses: Sequence[Clause], notices: Sequence[Notice], further: Iterable[OutlineWarning] = ()
) -> tuple[OutlineWarning, ...]:
    """Return what a reader should know about the numbers, the pages and the headings, in the order of the text."""
    found = [*further, *_pages(clauses, notices), *_Numbers(text, clauses, notices).warnings(), *_glued(clauses)]
    return tuple(sorted(found, key=lambda warning: warning.start))


def _glued(clauses: Sequence[Clause]) -> Iterator[OutlineWarning]:
    """Yield the headings whose text is not in a line of its own."""
    for top in clauses:
        for clause in top.walk():
            if clause.kind in _OWN_LINE and (
                clause.end - clause.start > (_LONGEST_HEADING if len(clause.sentences) == 1 else _LONGEST_SENTENCES)
            ):
                yield OutlineWarning(f"“{clause.label or '专栏'}”的标题和后面的文字连在一起，没有分行", clause.start)


def _pages(clauses: Sequence[Clause], notices: Iterable[Notice]) -> Iterator[OutlineWarning]:
    for clause in clauses:
        if clause.implied:
            yield OutlineWarning(f"“{clause.label}”的标题不在本页", clause.start)
    last = None
    for top in clauses:
        for clause in top.walk():
            if style_of(clause.label) in _CLAUSE_STYLES:
                last = clause
    for notice in notices:
        if notice.kind is NoticeKind.CONTINUED_FROM:
            yield OutlineWarning(f"{_inner(notice)}，前面的内容不在本页", notice.start)
        elif notice.kind is NoticeKind.CONTINUED_ON:
            until = f"，本页止于{_name(last, last.number)}" if last and last.number else "，后面的内容不在本页"
            yield OutlineWarning(_inner(notice) + until, notice.start)


def _inner(notice: Notice) -> str:
    return notice.text.strip("（）()【】[] \u3000")


class _Numbers:
    """Compares the numbers of clauses that lie side by side, and looks for those that are missing in the text."""

    def __init__(self, text: str, clauses: Sequence[Clause], notices: Sequence[Notice]) -> None:
        self._text = text
        self._groups = sorted(_groups(clauses), key=lambda group: group.siblings[0].start)
        self._through = _styles_that_run_through(self._groups)
        self._notices = notices

    def warnings(self) -> Iterator[OutlineWarning]:
        last: dict[Style, Clause] = {}
        for group in self._groups:
            before, begin = 0, group.begin
            for index, clause in enumerate(group.siblings):
                number = clause.number or 0
                carried = None if group.apart else last.get(group.style)
                if index == 0 and carried is not None and self._goes_on(group.style, number, carried.number or 0):
                    before, begin = carried.number or 0, carried.start
                if not clause.implied or number > before + 1:
                    yield from self._compare(clause, number, before, begin)
                before, begin = number, clause.start
                if not group.apart:
                    last[group.style] = clause

    def _goes_on(self, style: Style, number: int, last: int) -> bool:
        """Whether the first number under a parent is to be compared with the last one under the parent before."""
        return number == last + 1 if number <= 1 or style not in self._through else number > last

    def _compare(self, clause: Clause, number: int, before: int, begin: int) -> Iterator[OutlineWarning]:
        if number > before + 1:
            yield from self._missing(clause, range(before + 1, number), begin)
        elif number == before and "之" not in clause.label:
            yield OutlineWarning(f"{_name(clause, number)}重复", clause.start)
        elif number < before:
            yield OutlineWarning(f"编号从{_name(clause, before)}回到{_name(clause, number)}", clause.start)

    def _missing(self, clause: Clause, numbers: range, begin: int) -> Iterator[OutlineWarning]:
        """Tell the missing numbers that stand in the midst of a paragraph from those that stand nowhere."""
        first = numbers.start
        for number in numbers[:_MOST_LOOKED_FOR]:
            at = self._swallowed(label_like(clause.label, number), begin, clause.start)
            if at is None:
                continue
            if first < number:
                yield OutlineWarning(f"缺{_range(clause, first, number - 1)}", clause.start)
            yield OutlineWarning(f"{_name(clause, number)}没有另起一行，并在别的段落里", at)
            first, begin = number + 1, at
        if first < numbers.stop:
            yield OutlineWarning(f"缺{_range(clause, first, numbers.stop - 1)}", clause.start)

    def _swallowed(self, label: str, begin: int, end: int) -> int | None:
        """Return where a label stands in the midst of a line of `text[begin:end]`, outside the notices, or None."""
        note = self._text.find(f"注：{label}", begin + 1, end)
        at = self._text.find(label, begin + 1 if note < 0 else note, end)
        for _ in range(_MOST_LOOKED_FOR):
            if at < 0:
                return None
            found = read_label(self._text, at, end)
            if (
                found is not None
                and found.text == label
                and self._text[at - 1] not in _GOES_BEFORE_A_NUMBER
                and not self._in_notice(at)
            ):
                return at
            at = self._text.find(label, at + 1, end)
        return None

    def _in_notice(self, at: int) -> bool:
        index = bisect_right(self._notices, at, key=lambda notice: notice.start)
        return index > 0 and at < self._notices[index - 1].end


class _Group(NamedTuple):
    """The numbered clauses of one style that lie side by side, and where what they lie under begins.

    `apart` tells that its numbers go on in no other place: those of a box, and decimal ones.
    """

    style: Style
    siblings: list[Clause]
    begin: int
    apart: bool


def _groups(clauses: Sequence[Clause]) -> Iterator[_Group]:
    """Yield the groups of all levels."""
    stack: list[tuple[int, Sequence[Clause], bool]] = [(-1, clauses, False)]
    while stack:
        begin, siblings, apart = stack.pop()
        by_row: dict[tuple[Style, tuple[int, ...] | str], list[Clause]] = defaultdict(list)
        attached = ""  # 附表 and 附图 are counted anew for each 附件
        for clause in siblings:
            style = style_of(clause.label) if clause.label else None
            row: tuple[int, ...] | str = ()
            if style is Style.ATTACHMENT:
                attached = attached if is_shown_in_place(clause.label) else clause.label
                row = "".join(clause.label.split())[:2] + (attached if is_shown_in_place(clause.label) else "")
            elif style is not None and style.decimal:
                row = decimal_parts(clause.label)[:-1]
            if style is not None and clause.number:
                by_row[style, row].append(clause)
        yield from (_Group(style, alike, begin, apart or style.decimal) for (style, _), alike in by_row.items())
        stack.extend(
            (clause.start, clause.children, apart or clause.kind is ClauseKind.BOX)
            for clause in reversed(siblings)
            if clause.children
        )


def _styles_that_run_through(groups: Iterable[_Group]) -> set[Style]:
    """Return the styles whose numbers go on from one parent to the next, at least once or more often than not."""
    balance: dict[Style, int] = defaultdict(int)
    through: set[Style] = set()
    last: dict[Style, int] = {}
    for group in groups:
        if group.apart:
            continue
        first = group.siblings[0].number or 0
        if group.style in last:
            balance[group.style] += -1 if first == 1 else 1
            if first == last[group.style] + 1 and first > 1:
                through.add(group.style)
        last[group.style] = group.siblings[-1].number or 0
    return through | {style for style, count in balance.items() if count > 0}


def _range(clause: Clause, first: int, last: int) -> str:
    if first < last and style_of(clause.label) in _CLAUSE_STYLES and _plain(clause, last).isdecimal():
        return f"第{_plain(clause, first)}–{_plain(clause, last)}条"
    return _name(clause, first) if first == last else f"{_name(clause, first)}至{_name(clause, last)}"


def _plain(clause: Clause, number: int) -> str:
    """Return a number as the clause writes its own: 三十 beside 第三十一条, 3 beside 4."""
    return bare_label(label_like(clause.label, number)).removeprefix("第").removesuffix("条").partition("条")[0]


def _name(clause: Clause, number: int) -> str:
    """Return the name of the clause that has this number among those like `clause`: 第3条, “三、”, 第三章."""
    style = style_of(clause.label)
    if style in _CLAUSE_STYLES:
        return f"第{_plain(clause, number)}条"
    label = label_like(clause.label, number)
    plain = label.startswith("第") or style is Style.BOX or (style is not None and style.decimal)
    return label if plain else f"“{label}”"
