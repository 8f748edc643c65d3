"""The table of marks: its columns and cells, before any format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from desktop.exchange.watch import Watch
from desktop.exchange.writers import wording
from desktop.model.report import Report, ReportMark


class Kind(Enum):
    """What a column holds; `Cell` has its Python types."""

    NUMBER = auto()  # int
    TEXT = auto()  # str, wrapped where it is long
    MOMENT = auto()  # datetime with the report's time zone


Cell = int | str | datetime


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in Latin characters, what it holds, and where that comes from.

    `cell` is given the number of the row, counted from 1, the mark and the report.
    """

    title: str
    width: int
    kind: Kind
    cell: Callable[[int, ReportMark, Report], Cell]


_LONE = re.compile("[\ud800-\udfff]")

COLOUR = "颜色"
PRIVATE = "私人"

# What people read comes first; what is only sorted and filtered by follows.
COLUMNS = (
    Column("序号", 6, Kind.NUMBER, lambda number, _mark, _report: number),
    Column("条款号", 16, Kind.TEXT, lambda _, mark, _report: wording.clause_of(mark)),
    Column("句", 9, Kind.TEXT, lambda _, mark, _report: wording.place_of(mark)),
    Column("原文", 38, Kind.TEXT, lambda _, mark, _report: mark.quote),
    Column("批注", 38, Kind.TEXT, lambda _, mark, _report: mark.note),
    Column(COLOUR, 8, Kind.TEXT, lambda _, mark, report: pen_name(mark, report)),
    Column("标签", 14, Kind.TEXT, lambda _, mark, _report: "、".join(mark.tags)),
    Column("作者", 9, Kind.TEXT, lambda _, mark, _report: mark.author),
    Column("会议", 14, Kind.TEXT, lambda _, mark, _report: mark.meeting),
    Column("时间", 17, Kind.MOMENT, lambda _, mark, report: wording.local(mark.created, report.made)),
    Column(PRIVATE, 6, Kind.TEXT, lambda _, mark, _report: "是" if mark.private else "否"),
    Column("类型", 8, Kind.TEXT, lambda _, mark, _report: wording.kind_of(mark)),
    Column("修改时间", 17, Kind.MOMENT, lambda _, mark, report: wording.local(mark.changed, report.made)),
)


def rows_of(report: Report, watch: Watch) -> Iterator[tuple[ReportMark, list[Cell]]]:
    """Yield the marks with their cells, one for each column.

    Line ends in them are LF; lone surrogates are left out. Raises CancelledError.
    """
    for number, mark in enumerate(watch.over(report.marks), 1):
        cells = (column.cell(number, mark, report) for column in COLUMNS)
        yield mark, [held(wording.line_ends(cell)) if isinstance(cell, str) else cell for cell in cells]


def held(words: str) -> str:
    """Return words without lone surrogates, which no file can hold."""
    return _LONE.sub("", words)


def pen_name(mark: ReportMark, report: Report) -> str:
    """Return the user's name for the pen of a mark, "" where it has none."""
    return next((pen.name for pen in report.pens if pen.number == mark.pen), "")
