"""How a mark is told in words, the same in every form: its clause, its place there, what it is, when it was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from desktop.model.clause import Clause
from desktop.model.export import Field
from desktop.model.mark import VERDICT_TITLES, MarkKind, MarkStyle, Verdict
from desktop.model.outline import Outline
from desktop.model.report import Report, ReportMark
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
CLAUSE_HEAD = "条首"
"""Where a mark begins that begins in the heading of a clause."""
LATE_TITLE = "文后批注"
"""What the notes are called that find no room beside the text."""
_QUOTE_LENGTH = 40


def shortened(words: str, length: int = _QUOTE_LENGTH) -> str:
    """Return words on one line, cut behind so many letters and said to be so."""
    words = one_line(words)
    return words if len(words) <= length else f"{words[:length]}……"


def clause_of(mark: ReportMark) -> str:
    """Return the address of the clause a mark stands in, or begins in; "" before the first clause."""
    return _SENTENCE.sub("", mark.address.partition(" 至 ")[0])


def place_of(mark: ReportMark) -> str:
    """Return where in its clause a mark stands ("第3句", "第8句 至 8 · 第2句", "条首 至 8 · 第2句", "整条"), or ""."""
    if mark.on_clause:
        return ON_CLAUSE
    place = mark.address[len(clause_of(mark)) :].removeprefix(" · ").strip()
    return f"{CLAUSE_HEAD} {place}" if place.startswith("至 ") else place


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
    written = moment.replace(tzinfo=None).isoformat(" ", "minutes")
    return written if moment.utcoffset() else f"{written} UTC"


Tell = Callable[[ReportMark], str]


class Details:
    """What is told of a mark besides its words and its note: the same in every form, field by field.

    `other` tells some of the fields in another way.
    """

    def __init__(self, report: Report, other: Mapping[Field, Tell] | None = None) -> None:
        pens = {pen.number: pen.name for pen in report.pens}
        self._told: dict[Field, Tell] = {
            Field.CLAUSE: lambda mark: heading_of(mark, report.outline),
            Field.PLACE: place_of,
            Field.PEN: lambda mark: pens.get(mark.pen or 0, ""),
            Field.STYLE: style_of,
            Field.KIND: kind_of,
            Field.TAGS: lambda mark: f"标签：{'、'.join(mark.tags)}" if mark.tags else "",
            Field.AUTHOR: lambda mark: mark.author,
            Field.CREATED: lambda mark: time_text(mark.created, report.made),
            Field.CHANGED: lambda mark: f"改于 {time_text(mark.changed, report.made)}",
            Field.MEETING: lambda mark: f"会议：{mark.meeting}" if mark.meeting else "",
            Field.PRIVATE: private_of,
            **(other or {}),
        }

    def of(self, mark: ReportMark, fields: Iterable[Field]) -> list[str]:
        """Return what these fields tell of a mark, each on one line; those that tell nothing are left out."""
        said = (one_line(self._told[field](mark)) for field in fields)
        return [words for words in said if words]


def summary_of(report: Report) -> str:
    """Return how many marks a report has and when it was made."""
    return f"共 {report.count} 处标注，导出于 {time_text(report.made, report.made)}。"


def line_ends(words: str) -> str:
    """Return words with LF for every kind of line end."""
    return words.replace("\r\n", "\n").replace("\r", "\n")
