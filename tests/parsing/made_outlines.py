"""Made outlines: trees drawn at random, and the text a typist would make of them."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from desktop.model.clause import Clause, ClauseKind
from desktop.parsing.numbering import KINDS, Style, han_number

LABELS = {
    Style.VOLUME: "第{}编 ",
    Style.SUBVOLUME: "第{}分编 ",
    Style.PART: "第{}篇 ",
    Style.CHAPTER: "第{}章\u3000",
    Style.SECTION: "第{}节 ",
    Style.HAN: "{}、",
    Style.HAN_BRACKET: "（{}）",
    Style.DIGIT: "{}.",
    Style.DIGIT_BRACKET: "({})",
}
HAN_COUNTED = tuple(style for style in LABELS if style not in (Style.DIGIT, Style.DIGIT_BRACKET))
WORDS = st.text(st.sampled_from("衡阳市发展规划建设“”人民坚持𠮷"), min_size=1, max_size=12).map("加快{}".format)


@dataclass(frozen=True)
class Made:
    """A clause as a typist thinks of it."""

    kind: ClauseKind
    label: str
    number: int | None
    title: str | None
    body: str
    children: tuple[Made, ...]

    def lines(self, depth: int = 0) -> list[str]:
        """Return the lines this clause and those under it are typed as."""
        indent = "\u3000" * (depth % 3)
        lines = [f"{indent}{self.label}{self.title or ''}{self.body}"]
        for child in self.children:
            lines += child.lines(depth + 1)
        return lines


@dataclass(frozen=True)
class Shape:
    """What of a clause must come back from its text."""

    kind: ClauseKind
    label: str
    number: int | None
    title: str | None
    children: tuple[Shape, ...]


def shape(made: Made | Clause) -> Shape:
    """Return what is to be compared of a made clause or of a parsed one."""
    return Shape(made.kind, made.label.strip(), made.number, made.title, tuple(map(shape, made.children)))


def unlabelled(kind: ClauseKind) -> st.SearchStrategy[Made]:
    """Draw a paragraph of two sentences."""
    return st.builds(lambda words: Made(kind, "", None, None, f"{words},也要。再者。", ()), WORDS)


@st.composite
def outlines(draw: st.DrawFn) -> tuple[Made, ...]:
    """Draw the top level of an outline: any selection of styles, each inside the one before, numbers from 1 on.

    The numbers of the innermost style restart under each heading or run through all of them.
    """
    styles = sorted(draw(st.sets(st.sampled_from(list(LABELS)), min_size=1, max_size=4)))
    return _level(draw, styles, [0] if draw(st.booleans()) else None, inside=False)


def _level(draw: st.DrawFn, styles: list[Style], running: list[int] | None, *, inside: bool) -> tuple[Made, ...]:
    innermost = len(styles) == 1
    clauses = []
    for place in range(1, draw(st.integers(1, 3)) + 1):
        number = place
        if innermost and inside and running is not None:
            running[0] += 1
            number = running[0]
        below = () if innermost else _below(draw, styles[1:], running)
        body = draw(st.sampled_from(["", "。", "。要抓紧办。"]))
        if innermost:
            below = _leaf(draw, bare=not body)
        clauses.append(_made(styles[0], number, draw(WORDS), body, below))
    return tuple(clauses)


def _below(draw: st.DrawFn, styles: list[Style], running: list[int] | None) -> tuple[Made, ...]:
    leads = draw(st.lists(unlabelled(ClauseKind.LEAD), max_size=2))
    return (*leads, *_level(draw, styles, running, inside=True))


def _leaf(draw: st.DrawFn, *, bare: bool) -> tuple[Made, ...]:
    items = draw(
        st.lists(st.builds(lambda w: Made(ClauseKind.ITEM, "——", None, w, "。要办好。", ()), WORDS), max_size=3)
    )
    kind = ClauseKind.PARAGRAPH if bare and not items else ClauseKind.CLOSING
    return (*items, *draw(st.lists(unlabelled(kind), max_size=2)))


def _made(style: Style, number: int, title: str, body: str, below: tuple[Made, ...]) -> Made:
    written = han_number(number) if style in HAN_COUNTED else str(number)
    return Made(KINDS.get(style, ClauseKind.HEADING), LABELS[style].format(written), number, title, body, below)
