"""The sheet of counts in an Excel file: marks by clause, by tag and by colour, each as a table with a chart."""

from __future__ import annotations

from collections import Counter
from typing import Any

from desktop.exchange.writers.colours import LINES, PLAIN_LINE, line_of
from desktop.exchange.writers.excerpts import UNTAGGED
from desktop.exchange.writers.table import COLOUR, pen_name
from desktop.exchange.writers.wording import heading_of
from desktop.model.report import Report
from desktop.text.blanks import one_line

_MOST_BARS = 40
"""How many rows of a table its chart shows at most; the table has all."""
_CHART_COLUMN = 9
_PAPER_A4 = 9
_CHART_WIDTH = 620
_BAR_HEIGHT = 22
_FRAME_HEIGHT = 90
_ROW_HEIGHT = 20
NO_COLOUR = "没有颜色"

Counts = list[tuple[str, int]]


def add_counts(book: Any, sheet: Any, report: Report) -> None:
    """Fill the sheet: clauses in the order of the text, tags by their number, colours in the order of the pens."""
    heading = book.add_format({"bold": True, "bg_color": "#E8E4DA", "border": 1})
    colours, fills = _colours(report)
    tables: tuple[tuple[str, int, Counts, list[str]], ...] = (
        ("条款", 42, list(Counter(heading_of(mark, report.outline) for mark in report.marks).items()), []),
        ("标签", 24, _tags(report), []),
        (COLOUR, 16, colours, fills),
    )
    top = 0
    for number, (title, width, counts, bars) in enumerate(tables):
        column = number * 3
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, heading)
        sheet.write_string(0, column + 1, "标注数", heading)
        for row, (name, count) in enumerate(counts, 1):
            sheet.write_string(row, column, name)
            sheet.write_number(row, column + 1, count)
        if counts:
            rows = min(len(counts), _MOST_BARS)
            height = rows * _BAR_HEIGHT + _FRAME_HEIGHT
            chart = _chart(book, sheet.get_name(), title, column, rows, bars)
            chart.set_size({"width": _CHART_WIDTH, "height": height})
            sheet.insert_chart(top, _CHART_COLUMN, chart)
            top += height // _ROW_HEIGHT + 2
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)


def _tags(report: Report) -> Counts:
    counts = Counter(one_line(tag) for mark in report.marks for tag in dict.fromkeys(mark.tags))
    untagged = sum(not mark.tags for mark in report.marks)
    return [
        *sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        *([(UNTAGGED, untagged)] if untagged else []),
    ]


def _colours(report: Report) -> tuple[Counts, list[str]]:
    """Return the counts by colour, and the colour of each bar."""
    numbers = Counter(mark.pen or len(LINES) + 1 for mark in report.marks)
    names = {mark.pen or len(LINES) + 1: pen_name(mark, report) or NO_COLOUR for mark in report.marks}
    pens = sorted(numbers)
    return [(names[pen], numbers[pen]) for pen in pens], [line_of(pen) for pen in pens]


def _chart(book: Any, sheet: str, title: str, column: int, rows: int, bars: list[str]) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": f"按{title}",
            "categories": [sheet, 1, column, rows, column],
            "values": [sheet, 1, column + 1, rows, column + 1],
            "data_labels": {"value": True},
            "fill": {"color": f"#{PLAIN_LINE}"},
            "points": [{"fill": {"color": f"#{colour}"}} for colour in bars],
            "gap": 60,
        }
    )
    chart.set_title({"name": f"按{title}（标注数）", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})  # the first row on top, as in the table
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}, "visible": False})
    return chart
