"""Outlines drawn as lines, to be compared at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.model.outline import Outline
from desktop.model.source import Hint, LineStyle
from desktop.parsing.outline import parse_outline

Styled = tuple[str, LineStyle | None, int]
"""A line, what its format says of it, and the level of a heading."""


def drawn(outline: Outline) -> list[str]:
    """Return the clauses as lines: depth, kind, label, title."""
    return [
        f"{'  ' * (n.clause.level - 1)}{n.clause.kind} {n.clause.label}{n.clause.title or ''}" for n in outline.nodes
    ]


def tree(text: str, hints: Sequence[Hint] = ()) -> list[str]:
    """Return the outline of a text as lines."""
    return drawn(parse_outline(text, hints))


def warned(text: str) -> list[str]:
    """Return the warnings of a text."""
    return [warning.text for warning in parse_outline(text).warnings]


def noticed(text: str) -> list[str]:
    """Return the notices of a text as lines: kind, words."""
    return [f"{notice.kind} {notice.text}" for notice in parse_outline(text).notices]


def typed(lines: Iterable[tuple[str, int]]) -> tuple[str, list[Hint]]:
    """Return lines as a text, with a hint for each that has a depth."""
    return styled((line, LineStyle.HEADING if depth else None, depth) for line, depth in lines)


def styled(lines: Iterable[Styled]) -> tuple[str, list[Hint]]:
    """Return lines as a text with its hints."""
    text, hints = "", []
    for line, style, level in lines:
        if style is not None:
            hints.append(Hint(len(text), style, level))
        text += line + "\n"
    return text, hints
