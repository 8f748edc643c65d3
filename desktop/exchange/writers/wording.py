"""How a mark is told in words, the same in every form: its clause, its place there, what it is, when it was made."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from desktop.model.clause import Clause
from desktop.model.mark import VERDICT_TITLES, MarkKind, MarkStyle, Verdict
from desktop.model.outline import Outline
from desktop.model.report import ReportMark
from desktop.text.blanks import one_line

_SENTENCE = re.compile(r"(?:^| · )第\d+[^·]*句$")
"""What follows the clause in an address: the sentence, or the range of them."""
KIND_TITLES = {
    MarkKind.HIGHLIGHT: "标色",
    MarkKind.UNDERLINE: "下划线",
    MarkKind.NOTE: "批注",
    MarkKind.OPINION: "意见",
    MarkKind.TASK: "任务",
}
"""What the kinds of marks are called."""
BEFORE_ALL_CLAUSES = "文首"
ON_CLAUSE = "整条"


def clause_of(mark: ReportMark) -> str:
    """Return the address of the clause a mark stands in, or begins in; "" before the first clause."""
    return _SENTENCE.sub("", mark.address.partition(" 至 ")[0])


def place_of(mark: ReportMark) -> str:
    """Return where in its clause a mark stands ("第3句", "第8句 至 8 · 第2句", "整条"), or ""."""
    return ON_CLAUSE if mark.on_clause else mark.address[len(clause_of(mark)) :].removeprefix(" · ").strip()


def heading_of(mark: ReportMark, outline: Outline) -> str:
    """Return the heading under which a mark is told: its clause's address and title."""
    address = clause_of(mark)
    node = outline.at(mark.span.start) if not lost_words_of(mark) else None
    title = _title_in(node.clause if node else None, address)
    return one_line(f"{address} {title}") or BEFORE_ALL_CLAUSES


def _title_in(clause: Clause | None, address: str) -> str:
    # An item is addressed by its title already.
    title = clause.title if clause is not None else None
    return "" if title is None or address.endswith(title) else title


def lost_words_of(mark: ReportMark) -> str:
    """Return the words of a mark that were not found in the text, said to be so, or "" where they were."""
    lost = VERDICT_TITLES[Verdict.LOST]
    return f"{lost}原文：{one_line(mark.quote)}" if mark.address == lost else ""


def kind_of(mark: ReportMark) -> str:
    """Return what a mark is ("标色", "批注" …)."""
    return KIND_TITLES[mark.kind]


def style_of(mark: ReportMark) -> str:
    """Return "下划线" for a mark that shows as one, else ""."""
    return "下划线" if mark.style is MarkStyle.UNDERLINE else ""


def private_of(mark: ReportMark) -> str:
    """Return "私人" for a mark that its writer keeps to himself, else ""."""
    return "私人" if mark.private else ""


def local(moment: datetime, made: datetime) -> datetime:
    """Return a moment in the time zone of `made`; without a zone it is taken for UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(made.tzinfo or UTC)


def time_text(moment: datetime, made: datetime) -> str:
    """Return a moment to the minute in the time zone of `made`; UTC is said."""
    moment = local(moment, made)
    return moment.strftime("%Y-%m-%d %H:%M") + ("" if moment.utcoffset() else " UTC")


def line_ends(words: str) -> str:
    """Return words with LF for every kind of line end."""
    return words.replace("\r\n", "\n").replace("\r", "\n")
