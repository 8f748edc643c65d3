"""From the tree as it grew to clauses: kinds of the unlabelled lines, titles, levels."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from desktop.model.clause import Clause, ClauseKind
from desktop.parsing.numbering import Style
from desktop.parsing.tree import Draft

_LONGEST_RUN_IN_TITLE = 28
_NOT_IN_A_RUN_IN_TITLE = frozenset("，,：:；;")
_LONGEST_ARTICLE_TITLE = 20
_FEWEST_RUN_IN_TITLES = 2
_CLOSES_A_TITLE = "。；;"
# The first cell of a table whose rows a bad copy has run together with the title before it.
_HEAD_OF_A_TABLE = re.compile(r"(?<=\w)(?:指[^\S\n]+标|序[^\S\n]+号|类[^\S\n]+别|名[^\S\n]+称|项[^\S\n]+目)")
# A title that text is glued to, which takes its last words up again behind a verb: 加强基础调查|加大基础调查力度，….
_TAKEN_UP_AGAIN = re.compile(r"(\w{2,20}?(\w{3,10}))(?=\w{2,4}\2\w*[，：,:])")
_LONGEST_OWN_LINE = 24
_TITLED_WITHOUT_A_LABEL = (ClauseKind.HEADING, ClauseKind.BOX)
_OUTSIDE_THE_NUMBERS = (ClauseKind.BOX, ClauseKind.TABLE)


def freeze(text: str, drafts: Sequence[Draft]) -> tuple[Clause, ...]:
    """Return the clauses of the top level, each with all that lies under it.

    The depth is bounded by the number of styles a label can have, so that recursion is safe.
    """
    return tuple(_freeze(text, draft, 1, _title(text, draft)) for draft in drafts)


def _freeze(text: str, draft: Draft, level: int, title: str | None) -> Clause:
    _tell_kinds(draft)
    run_in = _run_in_titles(text, draft)
    children = tuple(
        _freeze(text, child, level + 1, run_in.get(child.start) or _title(text, child)) for child in draft.children
    )
    return Clause(
        draft.kind,
        draft.label,
        draft.number,
        title,
        level,
        draft.start,
        draft.end,
        tuple(draft.sentences),
        draft.implied,
        children,
    )


def _tell_kinds(draft: Draft) -> None:
    """Tell the unlabelled lines under a clause apart: lead, closing, or any other paragraph."""
    if draft.kind in (ClauseKind.ARTICLE, ClauseKind.BOX):
        return
    children = draft.children
    numbered = [
        index
        for index, child in enumerate(children)
        if (child.label or child.kind is ClauseKind.HEADING)
        and child.kind not in _OUTSIDE_THE_NUMBERS
        and child.style is not Style.ATTACHMENT
    ]
    for index, child in enumerate(children):
        if child.kind is not ClauseKind.PARAGRAPH:
            continue
        if numbered and index < numbered[0] and not draft.implied:
            child.kind = ClauseKind.LEAD
        elif (numbered and index > numbered[-1]) or (not numbered and not draft.bare):
            child.kind = ClauseKind.CLOSING


def _run_in_titles(text: str, draft: Draft) -> dict[int, str]:
    """Return the titles of the paragraphs under a heading that begin with one, as in work reports, by their start.

    Such a title is a short first sentence without a comma, and at least two paragraphs beside one another have one.
    Those are parts of their clause, then, and close nothing.
    """
    if draft.kind is ClauseKind.ARTICLE:
        return {}
    titles: dict[int, str] = {}
    for child in draft.children:
        if child.kind in (ClauseKind.PARAGRAPH, ClauseKind.CLOSING) and len(child.sentences) > 1:
            first = child.sentences[0].of(text).strip()
            words = first[:-1]
            if (
                first.endswith("。")
                and len(words) <= _LONGEST_RUN_IN_TITLE
                and _NOT_IN_A_RUN_IN_TITLE.isdisjoint(words)
            ):
                titles[child.start] = words
    if len(titles) < _FEWEST_RUN_IN_TITLES:
        return {}
    for child in draft.children:
        if child.start in titles:
            child.kind = ClauseKind.PARAGRAPH
    return titles


def _title(text: str, draft: Draft) -> str | None:
    if draft.implied or not draft.sentences or not (draft.label or draft.kind in _TITLED_WITHOUT_A_LABEL):
        return None
    words = _joined(text[draft.body : draft.sentences[0].end].strip())
    if draft.kind is ClauseKind.ARTICLE:
        return _article_title(words, draft)
    if draft.kind is ClauseKind.BOX:
        words = _HEAD_OF_A_TABLE.split(words, maxsplit=1)[0].rstrip()
        again = _TAKEN_UP_AGAIN.match(words)
        words = again[0] if again else words
    if words and words[-1] in _CLOSES_A_TITLE:
        words = words[:-1].rstrip()
    return words or None


def _joined(words: str) -> str:
    """Return a title that is set in several lines as one: a full line goes on, a short one stands for itself."""
    if "\n" not in words:
        return words
    parts = [part.strip() for part in words.split("\n")]
    title = parts[0]
    for before, part in itertools.pairwise(parts):
        title += part if len(before) > _LONGEST_OWN_LINE or not before else f" {part}"
    return title


def _article_title(words: str, draft: Draft) -> str | None:
    """Return what stands in 【】 behind 第一条, or the words that fill its line where its text follows below."""
    if words.startswith("【") and "】" in words:
        return words[1 : words.index("】")].strip() or None
    return words if draft.bare and draft.children and 0 < len(words) <= _LONGEST_ARTICLE_TITLE else None
