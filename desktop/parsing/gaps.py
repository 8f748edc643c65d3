"""What is missing from the numbers of an outline: the heading before the page, gaps, jumps, the pages around."""

from __future__ import annotations

import itertools
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
    is_inserted,
    is_mention,
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
_LONGEST_CLOSING = 6
_CLOSES = "”’」』）)"
_STOPS = ("。", "！", "？")
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
        self._groups = sorted(_groups(clauses, len(text)), key=lambda group: group.siblings[0].start)
        self._through, self._surely_through = _styles_that_run_through(self._groups)
        self._notices = notices

    def warnings(self) -> Iterator[OutlineWarning]:
        last: dict[tuple[int, Style], Clause] = {}
        for group, after in zip(self._groups, self._first_numbers_behind(), strict=True):
            before, begin = 0, group.begin
            carried = None if group.apart else last.get(group.row)
            if carried is not None and self._goes_on(group.style, group.siblings[0].number or 0, carried.number or 0):
                before, begin = carried.number or 0, carried.start
            for clause, following in itertools.zip_longest(group.siblings, group.siblings[1:]):
                number = clause.number or 0
                if not clause.implied or number > before + 1:
                    yield from self._compare(clause, before, begin, (following.number or 0) if following else after)
                before, begin = number, clause.start
            if group.apart:
                continue
            last[group.row] = group.siblings[-1]
            if after != before + 1:
                yield from self._swallowed_at_the_end(group)

    def _first_numbers_behind(self) -> list[int]:
        """Return, for each group, the first number of its row behind it where the numbers run through, else 0."""
        numbers: list[int] = []
        first: dict[tuple[int, Style], int] = {}
        for group in reversed(self._groups):
            numbers.append(first.get(group.row, 0) if group.style in self._through and not group.apart else 0)
            if not group.apart:
                first[group.row] = group.siblings[0].number or 0
        return numbers[::-1]

    def _goes_on(self, style: Style, number: int, last: int) -> bool:
        """Whether the first number under a parent is to be compared with the last one under the parent before."""
        if number <= 1 or style not in self._through:
            return number == last + 1
        return number > last or style in self._surely_through

    def _compare(self, clause: Clause, before: int, begin: int, following: int) -> Iterator[OutlineWarning]:
        """Compare a number with the one `before`; where the `following` one goes back, none up to that is missing."""
        number = clause.number or 0
        until = following if before < following < number else number
        if "之" in clause.label and before < until == number:
            until += 1  # 第十七条之一 stands behind 第十七条
        if until > before + 1:
            yield from self._missing(clause, range(before + 1, until), begin)
        elif number == before and not is_inserted(clause.label):
            yield OutlineWarning(f"{_name(clause, number)}重复", clause.start)
        elif number < before:
            yield OutlineWarning(f"编号从{_name(clause, before)}回到{_name(clause, number)}", clause.start)

    def _swallowed_at_the_end(self, group: _Group) -> Iterator[OutlineWarning]:
        """Yield the numbers that go on behind the last clause of a group, each behind a sentence in a paragraph."""
        clause = group.siblings[-1]
        if not clause.number or group.style >= Style.DASH or group.style is Style.ATTACHMENT:
            return
        at: int | None = clause.start
        for number in range(clause.number + 1, clause.number + 1 + _MOST_LOOKED_FOR):
            at = self._behind_a_sentence(label_like(clause.label, number), at or 0, group.end)
            if at is None:
                return
            yield OutlineWarning(f"{_name(clause, number)}没有另起一行，并在别的段落里", at)

    def _behind_a_sentence(self, label: str, begin: int, end: int) -> int | None:
        """Return where a label stands in a line of `text[begin:end]` behind a sentence, in no quotation, or None."""
        at = begin
        for _ in range(_MOST_LOOKED_FOR):
            at = self._text.find(label, at + 1, end)
            if at < 0:
                return None
            line = self._text.rfind("\n", begin, at) + 1 or begin
            words = self._text[max(line, at - _LONGEST_CLOSING) : at].rstrip().rstrip(_CLOSES)
            found = read_label(self._text, at, end) if words.endswith(_STOPS) else None
            if found is None or found.text != label or found.glued or self._in_notice(at):
                continue
            if self._text.count("“", line, at) <= self._text.count("”", line, at):
                return at
        return None

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
                and not (found.glued and is_mention(self._text, found))
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
    """The numbered clauses of one style that lie side by side, and where what they lie under begins and ends.

    `part` is where the attachment begins that they belong to, -1 outside of all: numbers begin anew there. `apart`
    tells that the numbers go on in no other group: those of a box, and decimal ones.
    """

    style: Style
    siblings: list[Clause]
    begin: int
    end: int
    part: int
    apart: bool

    @property
    def row(self) -> tuple[int, Style]:
        """What groups have in common whose numbers may go on from one to the next."""
        return self.part, self.style


def _groups(clauses: Sequence[Clause], end: int) -> Iterator[_Group]:
    """Yield the groups of all levels of a text that ends at `end`."""
    stack: list[tuple[int, int, int, bool, Sequence[Clause]]] = [(-1, end, -1, False, clauses)]
    while stack:
        begin, end, part, apart, siblings = stack.pop()
        for style, alike in _rows(siblings):
            yield _Group(style, alike, begin, end, part, apart or style.decimal)
        for clause, after in itertools.zip_longest(siblings, siblings[1:]):
            if clause.children:
                inner = clause.start if style_of(clause.label) is Style.ATTACHMENT else part
                until = after.start if after else end
                stack.append((clause.start, until, inner, apart or clause.kind is ClauseKind.BOX, clause.children))


def _rows(siblings: Sequence[Clause]) -> Iterator[tuple[Style, list[Clause]]]:
    """Yield the numbered clauses among siblings that are counted together."""
    rows: dict[tuple[Style, tuple[int, ...] | str], list[Clause]] = defaultdict(list)
    attached = ""  # 附表 and 附图 are counted anew for each 附件
    for clause in siblings:
        style = style_of(clause.label) if clause.label else None
        row: tuple[int, ...] | str = ()
        if style is Style.ATTACHMENT:
            in_place = is_shown_in_place(clause.label)
            attached = attached if in_place else clause.label
            row = "".join(clause.label.split())[:2] + (attached if in_place else "")
        elif style is not None and style.decimal:
            row = decimal_parts(clause.label)[:-1]
        if style is not None and clause.number:
            rows[style, row].append(clause)
    return ((style, alike) for (style, _), alike in rows.items())


def _styles_that_run_through(groups: Iterable[_Group]) -> tuple[set[Style], set[Style]]:
    """Return the styles whose numbers go on from one parent to the next, at least once or more often than not.

    The second set holds those that do both, and 条: they are not counted anew under each parent.
    """
    balance: dict[Style, int] = defaultdict(int)
    once: set[Style] = set()
    last: dict[tuple[int, Style], int] = {}
    for group in groups:
        if group.apart:
            continue
        first = group.siblings[0].number or 0
        if group.row in last:
            balance[group.style] += -1 if first == 1 else 1
            if first == last[group.row] + 1 and first > 1:
                once.add(group.style)
        last[group.row] = group.siblings[-1].number or 0
    mostly = {style for style, count in balance.items() if count > 0}
    return once | mostly, (once & mostly) | {Style.ARTICLE}


def _range(clause: Clause, first: int, last: int) -> str:
    if first < last and style_of(clause.label) in _CLAUSE_STYLES and _plain(clause, last).isdecimal():
        return f"第{_plain(clause, first)}–{_plain(clause, last)}条"
    return _name(clause, first) if first == last else f"{_name(clause, first)}至{_name(clause, last)}"


def _plain(clause: Clause, number: int) -> str:
    """Return a number as the clause writes its own: 三十 beside 第三十一条, 3 beside 4."""
    return (
        bare_label(label_like(clause.label, number))
        .removeprefix("第")
        .removesuffix("条")
        .partition("条")[0]
        .partition("條")[0]
    )


def _name(clause: Clause, number: int) -> str:
    """Return the name of the clause that has this number among those like `clause`: 第3条, “三、”, 第三章."""
    style = style_of(clause.label)
    if style in _CLAUSE_STYLES:
        return f"第{_plain(clause, number)}条"
    label = label_like(clause.label, number)
    plain = label.startswith("第") or style is Style.BOX or (style is not None and style.decimal)
    return label if plain else f"“{label}”"
