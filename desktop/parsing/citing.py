"""How a place is cited in running text: 第22条, 第四条第二款, 第三部分导语."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Node, Outline
from desktop.model.span import Span
from desktop.parsing.naming import clause_name
from desktop.parsing.numbering import Style, bare_label, decimal_parts, style_of
from desktop.text.counting import han_number
from desktop.text.folding import fold


def citation(outline: Outline, span: Span) -> str:
    """Return a short name for the place of `span` (code points), to be put behind the title of the document.

    A clause whose number is the only one of its kind is cited by it alone (第22条), any other with what it stands
    under (第二部分第3条); an article whose number comes again in what is attached with its part of the text
    (附件1第四条). "" where the span touches no clause.
    """
    nodes = [node for node in outline.overlapping(span) if not node.clause.implied]
    if span.start == span.end:
        node = outline.at(span.start)
        nodes = [node] if node is not None else []
    if not nodes:
        return ""
    first = cite(outline, nodes[0])
    last = cite(outline, nodes[-1])
    return first if first == last else f"{first}至{last}"


def cite(outline: Outline, node: Node) -> str:
    """Return how one clause is cited."""
    path = node.path
    begin = max((index for index, clause in enumerate(path) if _begins(outline, clause, path[:index])), default=0)
    words = ""
    parent = path[begin - 1] if begin else None
    if begin and not _is_only(outline, path[begin]):
        words = _word(path[0], outline.clauses, None)
    for clause in path[begin:]:
        words += _word(clause, parent.children if parent is not None else outline.clauses, parent)
        parent = clause
    return words


def _begins(outline: Outline, clause: Clause, above: Sequence[Clause]) -> bool:
    """Whether a citation begins with a clause: an article, 1.1, or one like 25. whose number is the only such one."""
    style = style_of(clause.label)
    if style is Style.DIGIT:
        return not any(_is_decimal(outer) for outer in above) and _is_only(outline, clause)
    return style is Style.ARTICLE or _is_decimal(clause)


def _is_decimal(clause: Clause | None) -> bool:
    style = style_of(clause.label) if clause is not None else None
    return style is not None and style.decimal


def _is_only(outline: Outline, clause: Clause) -> bool:
    own = _identity(clause.label)
    same = (node.clause.label for node in outline.nodes if node.clause.number == clause.number)
    return sum(_identity(label) == own for label in same) == 1


def _identity(label: str) -> tuple[Style | None, str, tuple[int, ...]]:
    """Return what tells a label from others with its number: its style, 之一, the numbers before the last one."""
    style = style_of(label)
    return style, label.partition("之")[2], decimal_parts(label) if style is not None and style.decimal else ()


def _word(clause: Clause, siblings: Sequence[Clause], parent: Clause | None) -> str:
    style = style_of(clause.label)
    if style is Style.DIGIT:
        return f"第{clause.number}{'项' if _is_decimal(parent) else '条'}"
    if _is_decimal(clause):
        return f"第{fold(bare_label(clause.label))}条"
    if style is Style.BARE:
        return f"第{clause.number}部分"
    if style is Style.HAN and parent is None:
        return f"第{han_number(clause.number or 0)}部分"
    if style is Style.HAN_BRACKET and parent is not None and parent.kind in (ClauseKind.ARTICLE, ClauseKind.PARAGRAPH):
        return f"第{bare_label(clause.label)}项"
    word = clause_name(clause, siblings, parent)
    return f"“{word}”" if clause.title and (style is None or style is Style.DASH) else word
