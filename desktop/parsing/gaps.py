"""What is missing from the numbers of an outline: the heading before the page, gaps, jumps, the pages around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from desktop.model.clause import Clause
from desktop.model.outline import Notice, NoticeKind, OutlineWarning
from desktop.parsing.numbering import Label, Style, bare_label, label_like, style_of
from desktop.parsing.tree import Draft

_CLAUSE_STYLES = (Style.DIGIT, Style.ARTICLE)


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
        (n for n, d in enumerate(roots) if d.style is not None and inner is not None and d.style < inner and d.number),
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


def warnings_of(clauses: Sequence[Clause], notices: Iterable[Notice]) -> tuple[OutlineWarning, ...]:
    """Return what a reader should know about the numbers and the pages, in the order of the text."""
    found = [*_pages(clauses, notices), *_numbers(clauses)]
    return tuple(sorted(found, key=lambda warning: warning.start))


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


def _numbers(clauses: Sequence[Clause]) -> Iterator[OutlineWarning]:
    groups = list(_groups(clauses))
    through = _styles_that_run_through(groups)
    last: dict[Style, int] = {}
    for style, siblings in groups:
        before = last.get(style, 0)
        for index, clause in enumerate(siblings):
            number = clause.number or 0
            if index == 0 and not (style in through or (number != 1 and number == before + 1)):
                before = 0
            if not clause.implied or number > before + 1:
                yield from _compare(clause, number, before)
            before = number
        last[style] = before


def _compare(clause: Clause, number: int, before: int) -> Iterator[OutlineWarning]:
    if number > before + 1:
        yield OutlineWarning(f"缺{_range(clause, before + 1, number - 1)}", clause.start)
    elif number == before and "之" not in clause.label:
        yield OutlineWarning(f"{_name(clause, number)}重复", clause.start)
    elif number < before:
        yield OutlineWarning(f"编号从{_name(clause, before)}回到{_name(clause, number)}", clause.start)


def _groups(clauses: Sequence[Clause]) -> Iterator[tuple[Style, list[Clause]]]:
    """Yield the numbered clauses of each style that lie side by side, in the order of the text."""
    stack = [clauses]
    while stack:
        siblings = stack.pop()
        by_style: dict[Style, list[Clause]] = defaultdict(list)
        for clause in siblings:
            style = style_of(clause.label) if clause.number else None
            if style is not None:
                by_style[style].append(clause)
        yield from by_style.items()
        stack.extend(clause.children for clause in reversed(siblings) if clause.children)


def _styles_that_run_through(groups: Iterable[tuple[Style, list[Clause]]]) -> set[Style]:
    """Return the styles whose numbers go on from one parent to the next more often than they begin anew."""
    balance: dict[Style, int] = defaultdict(int)
    last: dict[Style, int] = {}
    for style, siblings in groups:
        first = siblings[0].number or 0
        if style in last:
            balance[style] += -1 if first == 1 else 1
        last[style] = siblings[-1].number or 0
    return {style for style, count in balance.items() if count > 0}


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
    return label if label.startswith("第") or style is Style.BOX else f"“{label}”"
