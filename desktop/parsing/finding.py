"""From what a user types to the places that may be meant: 22, 第22条第3句, 三.2, 第三章."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Node, Outline
from desktop.model.span import Span
from desktop.parsing.naming import (
    ELLIPSIS,
    SEPARATOR,
    clause_name,
    clause_names,
    has_own_words,
    joined_names,
    subarticle_number,
)
from desktop.parsing.numbering import UNITS, Style, bare_label, is_inserted, number_value, style_of
from desktop.text.folding import fold

_LONGEST_INPUT = 100
_DECIMAL = re.compile(r"第?\s*(?P<parts>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s*(?:条|款|节)?")
_HAN = "〇一二三四五六七八九十百千两"
_TOKEN = re.compile(
    r"(?P<attachment>附[件录表图]\s*\d{0,2}(?=\s*第))"
    rf"|(?P<inserted>第\s*[\d{_HAN}]{{1,7}}\s*[条條]之[{_HAN}]{{1,3}}|第\s*\d{{1,4}}-\d{{1,2}}\s*[条條])"
    rf"|第?\s*(?P<number>\d{{1,4}}|[{_HAN}]{{1,7}})\s*(?P<unit>分[编編]|[编編篇章节節条條款项句段]|部分)"
    rf"|第?[(]\s*(?P<bracket>\d{{1,4}}|[{_HAN}]{{1,7}})\s*[)]项?"
    rf"|第?(?P<digits>\d{{1,4}})(?!\d)"
    rf"|第?(?P<han>[{_HAN}]{{1,7}})(?=[\s.·、,/>:_\d-]|$)"
    r"|(?P<gap>[\s.·、,/>:_-]+)"
    r"|(?P<word>[^\s.·/>]+)"
)
# The styles a bare number may mean: those of the first group that the outline has at all.
_DIGIT_STYLES = (
    (Style.ARTICLE, Style.DIGIT, Style.BARE),
    (Style.DIGIT_BRACKET, Style.DIGIT_HALF_BRACKET),
    (Style.CIRCLE,),
    (Style.HAN, Style.CHAPTER, Style.HAN_BRACKET),
)
_HAN_STYLES = (
    (Style.HAN,),
    (Style.VOLUME, Style.PART),
    (Style.CHAPTER,),
    (Style.SECTION,),
    (Style.HAN_BRACKET,),
    (Style.ARTICLE, Style.DIGIT),
)
_UNIT_STYLES: dict[str, tuple[tuple[Style, ...], ...]] = {unit: ((style,),) for unit, style in UNITS.items()} | {
    "条": ((Style.ARTICLE, Style.DIGIT),),
    "條": ((Style.ARTICLE, Style.DIGIT),),
    "部分": ((Style.PART,), (Style.HAN,), (Style.BARE,)),
    "项": ((Style.HAN_BRACKET,), (Style.DIGIT_BRACKET,), (Style.DIGIT,), (Style.CIRCLE,), (Style.DASH,)),
}
_CALLED_BY_LABEL = (Style.BOX, Style.TABLE, Style.CIRCLE, Style.ATTACHMENT, Style.HAN_FORMAL)
_TAKES_SENTENCES = (Style.ARTICLE, Style.DIGIT)


@dataclass(frozen=True, slots=True)
class Found:
    """A place that may be meant: its code points (a clause's own text, or one sentence) and its address."""

    span: Span
    address: str


class _Token(NamedTuple):
    group: str
    words: str
    number: int | None
    unit: str


class _Candidate(NamedTuple):
    """A clause, or the top of the outline where there is none; with the number of one of its sentences, or 0."""

    node: Node | None
    sentence: int = 0


def find_place(outline: Outline, typed: str) -> list[Found]:
    """Return the places that `typed` may mean, in the order of the text; none where it means nothing.

    Parts of an address go from the outside in, with any of . · 、 - / or a blank between them, widths and case as the
    user likes. A number alone (22, 第22条, 第二十二条) means the article or clause of that number, wherever it is;
    where numbers restart, each of them is returned. 一 二 三 mean the headings numbered so. A bare number behind a
    clause is one of its sentences (22.3); behind a heading it is the clause with that number under it (三.8: the
    number as it is written, not a count), or a sentence where the heading has no numbered clauses. A title finds its
    clause, too. Where clauses are numbered 1.1.2 that is one of them. No input is an error.
    """
    if len(typed) > _LONGEST_INPUT:
        return []
    candidates = [_Candidate(None)]
    for part in fold(typed).split(SEPARATOR):
        # A title may hold anything, a number and a full stop included: it is looked for as a whole first.
        words = part.strip()
        tokens = list(_tokens(words))
        named = list(_narrow(outline, candidates, _word(words)))
        if len(tokens) == 1 and tokens[0].group == "unit":  # 一、第二条 may stand beside 第二条
            candidates = [*named, *_follow(outline, candidates, tokens)]
        else:
            candidates = named or _by_decimal(outline, candidates, words) or _follow(outline, candidates, tokens)
    # Two ways may lead to one place.
    places = {(c.node.index, c.sentence): c for c in candidates if c.node is not None}
    return [found for place in sorted(places) for found in _found(outline, places[place])]


def _word(words: str) -> _Token:
    return _Token("word", words, None, "")


def _by_decimal(outline: Outline, candidates: list[_Candidate], typed: str) -> list[_Candidate]:
    """Return the places meant by 1.1.2 and what follows it, where clauses are numbered so; the longest number first."""
    match = _DECIMAL.match(typed)
    parts = match["parts"].split(".") if match else []
    for count in range(len(parts), 1, -1):
        number = ".".join(parts[:count])
        found = list(_narrow(outline, candidates, _word(number)))
        if match is not None and found:
            rest = typed[match.end() if count == len(parts) else match.start("parts") + len(number) :]
            return _follow(outline, found, _tokens(f" {rest}"))
    return []


def _follow(outline: Outline, candidates: list[_Candidate], tokens: Iterable[_Token]) -> list[_Candidate]:
    for token in tokens:
        candidates = list(_narrow(outline, candidates, token))
    return candidates


def _tokens(typed: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(typed):
        group = match.lastgroup or ""
        if group == "gap":
            continue
        if group == "unit":
            yield _Token(group, match[0], number_value(match["number"]), match["unit"])
        elif group == "digits" and match[0] == typed:
            # A part of an address as it is shown; a sentence would be called one there (第3句).
            yield _Token("part", match[group], number_value(match[group]), "")
        else:
            words = group in ("word", "inserted", "attachment")
            yield _Token(
                "word" if words else group, match[group].strip(), None if words else number_value(match[group]), ""
            )


def _narrow(outline: Outline, candidates: list[_Candidate], token: _Token) -> Iterator[_Candidate]:
    for candidate in candidates:
        if not candidate.sentence:
            yield from _step(outline, candidate.node, token)


def _step(outline: Outline, node: Node | None, token: _Token) -> Iterator[_Candidate]:
    if token.group == "word":
        yield from _by_words(outline, node, token.words)
    elif not token.number:
        return
    elif token.unit == "句":
        yield from _sentence(node, token.number)
    elif token.unit == "款":
        yield from _subarticle(outline, node, token.number)
    elif token.unit == "段":
        yield from _by_words(outline, node, f"第{token.number}段")
    elif token.group == "unit":
        yield from _by_number(outline, node, token.number, _UNIT_STYLES[token.unit])
    elif token.group == "bracket":
        style = Style.DIGIT_BRACKET if token.words.isdecimal() else Style.HAN_BRACKET
        yield from _by_number(outline, node, token.number, ((style,),))
    elif token.group == "part" and node is not None:
        yield from list(_by_number(outline, node, token.number, _DIGIT_STYLES)) or _sentence(node, token.number)
    elif token.group == "digits" and node is not None:
        yield from _digits_behind(outline, node, token.number)
    else:
        yield from _by_number(outline, node, token.number, _HAN_STYLES if token.group == "han" else _DIGIT_STYLES)


def _digits_behind(outline: Outline, node: Node, number: int) -> Iterator[_Candidate]:
    numbered = any(below.clause.number for below in _below(outline, node))
    if numbered and style_of(node.clause.label) not in _TAKES_SENTENCES:
        yield from _by_number(outline, node, number, _DIGIT_STYLES)
    else:
        yield from _sentence(node, number)


def _sentence(node: Node | None, number: int) -> Iterator[_Candidate]:
    if node is not None and number <= len(node.clause.sentences):
        yield _Candidate(node, number)


def _subarticle(outline: Outline, node: Node | None, number: int) -> Iterator[_Candidate]:
    if node is None or node.clause.kind is not ClauseKind.ARTICLE:
        yield from _by_number(outline, node, number, ((Style.SUBARTICLE,),))
    elif number == 1 and has_own_words(node.clause):
        yield _Candidate(node)
    else:
        for below in _children(outline, node):
            is_one = below.clause.kind is ClauseKind.PARAGRAPH
            if is_one and subarticle_number(below.clause, node.clause) == number:
                yield _Candidate(below)


def _by_number(
    outline: Outline, node: Node | None, number: int, groups: Iterable[tuple[Style, ...]]
) -> Iterator[_Candidate]:
    """Yield the clauses below `node` with this number, in the first group of styles that stands there at all.

    Of an article (条) those come first that are its own, not those of one of its 款.
    """
    inside = _below(outline, node)
    if node is not None and node.clause.kind is ClauseKind.ARTICLE and any(c.label for c in node.clause.children):
        inside = _children(outline, node)
    styled = [(style_of(below.clause.label), below) for below in inside if below.clause.label]
    present = {style for style, _ in styled}
    for group in groups:
        if present.isdisjoint(group):
            continue
        if group == (Style.DASH,):
            items = [below for style, below in styled if style is Style.DASH]
            yield from (_Candidate(item) for item in items[number - 1 : number])
        else:
            for style, below in styled:
                if style in group and below.clause.number == number and not is_inserted(below.clause.label):
                    yield _Candidate(below)
        return


def _by_words(outline: Outline, node: Node | None, words: str) -> Iterator[_Candidate]:
    """Yield the clauses below `node` that are called so: by their title, or by the word an address has for them."""
    if not words:
        return
    begins = words.removesuffix(ELLIPSIS)
    unblanked = _unblanked(words)  # 附　则 is typed 附则
    same: Callable[[str], bool] = (
        (lambda name: name.startswith(begins)) if begins != words else (lambda name: _unblanked(name) == unblanked)
    )
    for below in _below(outline, node):
        if _is_called(below.clause, words) or (below.clause.title and same(fold(below.clause.title))):
            yield _Candidate(below)
        elif not below.clause.label and not below.clause.title and node is not None:
            parent = below.path[-2]
            if clause_name(below.clause, parent.children, parent) == words:
                yield _Candidate(below)


def _is_called(clause: Clause, words: str) -> bool:
    """Whether a clause is called by its label as a word: 专栏1, ①, 1.1, 第十条之一."""
    style = style_of(clause.label)
    by_label = style in _CALLED_BY_LABEL or is_inserted(clause.label) or (style is not None and style.decimal)
    return by_label and _unblanked(fold(bare_label(clause.label))) == _unblanked(words)


def _unblanked(words: str) -> str:
    return "".join(words.split())


def _below(outline: Outline, node: Node | None) -> Iterator[Node]:
    """Yield the nodes under `node`, or all of them, in the order of the text."""
    first = 0 if node is None else node.index + 1
    depth = 0 if node is None else len(node.path)
    for index in range(first, len(outline.nodes)):
        below = outline.nodes[index]
        if len(below.path) <= depth:
            return
        yield below


def _children(outline: Outline, node: Node) -> Iterator[Node]:
    return (below for below in _below(outline, node) if below.parent == node.index)


def _found(outline: Outline, candidate: _Candidate) -> Iterator[Found]:
    if candidate.node is None:
        return
    clause = candidate.node.clause
    address = joined_names(clause_names(candidate.node.path, outline.clauses))
    if candidate.sentence:
        yield Found(clause.sentences[candidate.sentence - 1], f"{address}{SEPARATOR}第{candidate.sentence}句")
    else:
        yield Found(clause.span, address)
