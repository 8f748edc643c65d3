"""Made outlines: trees drawn at random, and the text a typist would make of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from desktop.model.clause import Clause, ClauseKind
from desktop.parsing.numbering import KINDS, Style
from desktop.text.counting import han_number


def full_width(number: int) -> str:
    """Return a number as it is written with full-width digits."""
    return str(number).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


Writer = Callable[[int], str]
COUNTED: tuple[Writer, ...] = (han_number, str, full_width)
DIGITS: tuple[Writer, ...] = (str, full_width)
LABELS: dict[Style, tuple[tuple[str, ...], tuple[Writer, ...]]] = {
    Style.VOLUME: (("第{}编 ", "第{}编\u3000"), COUNTED),
    Style.SUBVOLUME: (("第{}分编 ",), COUNTED),
    Style.PART: (("第{}篇 ", "第{}部分\u3000"), COUNTED),
    Style.CHAPTER: (("第{}章\u3000", "第{}章 ", "第 {} 章 "), COUNTED),
    Style.SECTION: (("第{}节 ", "第{}节\u3000"), COUNTED),
    Style.HAN: (("{}、", "{}．"), (han_number,)),
    Style.HAN_BRACKET: (("（{}）", "({})", "（{})", "({}）"), (han_number,)),
    Style.DIGIT: (("{}.", "{}．", "{}、", "{}. "), DIGITS),
    Style.DIGIT_BRACKET: (("({})", "（{}）"), DIGITS),
    Style.DIGIT_HALF_BRACKET: (("{})", "{}）"), DIGITS),
}
"""How each style is typed: the label around the number, and how the number is written."""

WORDS = st.text(st.sampled_from("衡阳市发展规划建设“”人民坚持𠮷"), min_size=1, max_size=12).map("加快{}".format)


@dataclass(frozen=True)
class Made:
    """A clause as a typist thinks of it; `depth` is the level a format may give it, 0 for none."""

    kind: ClauseKind
    label: str
    number: int | None
    title: str | None
    body: str
    children: tuple[Made, ...]
    depth: int = 0

    def lines(self, level: int = 0) -> list[str]:
        """Return the lines this clause and those under it are typed as."""
        return [line for line, _ in self.styled(level)]

    def styled(self, level: int = 0) -> list[tuple[str, int]]:
        """Return the lines this clause and those under it are typed as, each with its depth."""
        indent = "\u3000" * (level % 3)
        lines = [(f"{indent}{self.label}{self.title or ''}{self.body}", self.depth)]
        for child in self.children:
            lines += child.styled(level + 1)
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

    The numbers of the innermost style restart under each heading or run through all of them. Every style is typed in
    one of its ways.
    """
    styles = sorted(draw(st.sets(st.sampled_from(list(LABELS)), min_size=1, max_size=4)))
    typed = {
        style: (draw(st.sampled_from(LABELS[style][0])), draw(st.sampled_from(LABELS[style][1]))) for style in styles
    }
    return _Drawing(draw, typed).level(styles, [0] if draw(st.booleans()) else None, inside=False)


class _Drawing:
    def __init__(self, draw: st.DrawFn, typed: dict[Style, tuple[str, Writer]]) -> None:
        self._draw = draw
        self._typed = typed

    def level(self, styles: list[Style], running: list[int] | None, *, inside: bool) -> tuple[Made, ...]:
        innermost = len(styles) == 1
        clauses = []
        for place in range(1, self._draw(st.integers(1, 3)) + 1):
            number = place
            if innermost and inside and running is not None:
                running[0] += 1
                number = running[0]
            below = () if innermost else self._below(styles[1:], running)
            body = self._draw(st.sampled_from(["", "。", "。要抓紧办。"]))
            if innermost:
                below = self._leaf(bare=not body)
            clauses.append(self._made(styles[0], number, body, below))
        return tuple(clauses)

    def _below(self, styles: list[Style], running: list[int] | None) -> tuple[Made, ...]:
        leads = self._draw(st.lists(unlabelled(ClauseKind.LEAD), max_size=2))
        return (*leads, *self.level(styles, running, inside=True))

    def _leaf(self, *, bare: bool) -> tuple[Made, ...]:
        signs = self._draw(st.sampled_from(["——", "--", "①②③"]))
        titles = self._draw(st.lists(WORDS, max_size=3))
        items = [
            Made(ClauseKind.ITEM, "——", None, title, "。要办好。", ())
            if signs == "——"
            else Made(ClauseKind.ITEM, signs, None, title, "。要办好。", ())
            if signs == "--"
            else Made(ClauseKind.ITEM, signs[place], place + 1, title, "。要办好。", ())
            for place, title in enumerate(titles)
        ]
        kind = ClauseKind.PARAGRAPH if bare and not items else ClauseKind.CLOSING
        return (*items, *self._draw(st.lists(unlabelled(kind), max_size=2)))

    def _made(self, style: Style, number: int, body: str, below: tuple[Made, ...]) -> Made:
        label, write = self._typed[style]
        title = self._draw(WORDS)
        return Made(KINDS.get(style, ClauseKind.HEADING), label.format(write(number)), number, title, body, below)


@st.composite
def laws(draw: st.DrawFn) -> tuple[Made, ...]:
    """Draw a law: articles that run through its chapters and sections, with their 款 and the 项 below each of them."""
    number = 0

    def article() -> Made:
        nonlocal number
        number += 1
        subarticles = [
            Made(ClauseKind.PARAGRAPH, "", None, None, f"{draw(WORDS)}，应当办理：", _entries(draw))
            for _ in range(draw(st.integers(0, 2)))
        ]
        body = f"{draw(WORDS)}，有下列情形的，应当办理："
        return Made(
            ClauseKind.ARTICLE, f"第{han_number(number)}条\u3000", number, None, body, (*_entries(draw), *subarticles)
        )

    def articles() -> tuple[Made, ...]:
        return tuple(article() for _ in range(draw(st.integers(1, 3))))

    if draw(st.booleans()):
        return articles()
    chapters = []
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        if draw(st.booleans()):
            below: tuple[Made, ...] = tuple(
                Made(ClauseKind.SECTION, f"第{han_number(place)}节 ", place, draw(WORDS), "", articles())
                for place in range(1, draw(st.integers(1, 2)) + 1)
            )
        else:
            below = articles()
        chapters.append(Made(ClauseKind.CHAPTER, f"第{han_number(chapter)}章 ", chapter, draw(WORDS), "", below))
    return tuple(chapters)


def _entries(draw: st.DrawFn) -> tuple[Made, ...]:
    return tuple(
        Made(ClauseKind.HEADING, f"（{han_number(place)}）", place, draw(WORDS), "；", ())
        for place in range(1, draw(st.integers(0, 3)) + 1)
    )


@st.composite
def styled_outlines(draw: st.DrawFn) -> tuple[Made, ...]:
    """Draw headings without numbers, told by the levels of a format alone, with paragraphs and lists under them."""

    def level(depth: int) -> tuple[Made, ...]:
        return tuple(heading(depth) for _ in range(draw(st.integers(1, 3))))

    def heading(depth: int) -> Made:
        below = level(depth + 1) if depth < 3 and draw(st.booleans()) else ()
        kind = ClauseKind.LEAD if below else ClauseKind.PARAGRAPH
        text = draw(st.lists(unlabelled(kind), min_size=1, max_size=2))
        entries = (
            ()
            if below
            else tuple(
                Made(ClauseKind.HEADING, f"{place}.", place, draw(WORDS), "。要办好。", ())
                for place in range(1, draw(st.integers(0, 2)) + 1)
            )
        )
        if entries:
            text = [Made(ClauseKind.LEAD, *("", None, None), paragraph.body, ()) for paragraph in text]
        return Made(ClauseKind.HEADING, "", None, draw(WORDS), "", (*text, *entries, *below), depth)

    return level(1)


@st.composite
def decimal_outlines(draw: st.DrawFn) -> tuple[Made, ...]:
    """Draw chapters, written in any way, with 1.1, 1.1.1 and 1.1.1.1 below them."""
    kind, label, write = draw(
        st.sampled_from(
            [
                (ClauseKind.HEADING, "{} ", str),
                (ClauseKind.HEADING, "{}. ", str),
                (ClauseKind.HEADING, "{}、", han_number),
                (ClauseKind.CHAPTER, "第{}章 ", han_number),
            ]
        )
    )
    sign = draw(st.sampled_from([".", "．"]))
    written = draw(st.sampled_from(DIGITS))

    def below(parts: tuple[int, ...]) -> tuple[Made, ...]:
        if len(parts) > 3 or (len(parts) > 1 and draw(st.booleans())):
            return tuple(draw(st.lists(unlabelled(ClauseKind.PARAGRAPH), max_size=2)))
        leads = draw(st.lists(unlabelled(ClauseKind.LEAD), max_size=2))
        return (*leads, *(clause((*parts, number)) for number in range(1, draw(st.integers(1, 3)) + 1)))

    def clause(parts: tuple[int, ...]) -> Made:
        typed = sign.join(map(written, parts)) + draw(st.sampled_from(["", " ", "\u3000"]))
        return Made(ClauseKind.HEADING, typed, parts[-1], draw(WORDS), "", below(parts))

    return tuple(
        Made(kind, label.format(write(number)), number, draw(WORDS), "", below((number,)))
        for number in range(1, draw(st.integers(1, 3)) + 1)
    )
