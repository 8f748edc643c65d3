"""The sheet of counts in an Excel file: marks by clause, by tag and by colour, each as a table with a chart."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Any

from desktop.exchange.writers.colours import LINES, PLAIN_LINE, line_of
from desktop.exchange.writers.excerpts import UNTAGGED
from desktop.exchange.writers.table import COLOUR, held, pen_name
from desktop.exchange.writers.wording import heading_of
from desktop.exchange.writers.xlsx_looks import LINE_HEIGHT, Looks, set_page
from desktop.model.report import Report
from desktop.text.blanks import one_line

_MOST_BARS = 30
"""How many rows of a table its chart shows at most, so that it fits on a page; the table has all."""
_CHART_COLUMN = 9
_CHART_WIDTH = 400
_BAR_HEIGHT = 22
_FRAME_HEIGHT = 90
_ROW_HEIGHT = LINE_HEIGHT * 4 / 3  # points in pixels
_SCALE = 70
"""The percentage at which tables and charts are as wide as the page."""
_ROWS_OF_PAGE = 40
_LONGEST_NAME = 60
NO_COLOUR = "没有颜色"

Counts = list[tuple[str, int]]


def add_counts(book: Any, sheet: Any, report: Report, looks: Looks) -> None:
    """Fill the sheet: clauses in the order of the text, tags by their number, colours in the order of the pens."""
    name_look, number_look = looks.cell(shrink=True), looks.cell(align="center")
    colours, fills = _colours(report)
    tables: tuple[tuple[str, int, Counts, list[str]], ...] = (
        ("条款", 40, list(Counter(heading_of(mark, report.outline) for mark in report.marks).items()), []),
        ("标签", 20, _tags(report), []),
        (COLOUR, 12, colours, fills),
    )
    longest = max(len(counts) for _, _, counts, _ in tables)
    over_pages = longest > _ROWS_OF_PAGE  # else headings would stand over nothing beside the charts of the next page
    set_page(sheet, report, f"{report.title} 标注统计", scale=_SCALE, repeated=over_pages)
    top = 0
    for number, (title, width, counts, bars) in enumerate(tables):
        column = number * 3
        sheet.set_column(column, column, width)
        sheet.set_column(column + 1, column + 1, 8)
        sheet.set_column(column + 2, column + 2, 2)
        sheet.write_string(0, column, title, looks.heading)
        sheet.write_string(0, column + 1, "标注数", looks.heading)
        for row, (name, count) in enumerate(counts, 1):
            sheet.write_string(row, column, _name(name), name_look)
            sheet.write_number(row, column + 1, count, number_look)
        if counts:
            bars_shown = min(len(counts), _MOST_BARS)
            height = bars_shown * _BAR_HEIGHT + _FRAME_HEIGHT
            rows = ceil(height / _ROW_HEIGHT) + 2
            if top % _ROWS_OF_PAGE + rows > _ROWS_OF_PAGE:  # no chart is cut by the end of a page
                top = -(-top // _ROWS_OF_PAGE) * _ROWS_OF_PAGE
            chart = _chart(book, sheet.get_name(), title, column, bars_shown, bars)
            chart.set_size({"width": _CHART_WIDTH, "height": height})
            sheet.insert_chart(2 + top, _CHART_COLUMN, chart)
            top += rows
    last = max(top, longest)
    sheet.set_h_pagebreaks(list(range(1 + _ROWS_OF_PAGE, 1 + last, _ROWS_OF_PAGE)))
    sheet.freeze_panes(1, 0)


def _name(words: str) -> str:
    """Return the name of what is counted; the whole of one that is very long stands in the table of marks."""
    words = held(words)
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME]}……"


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
    chart.set_y_axis(
        {"reverse": True, "interval_unit": 1, "num_font": {"size": 8}}
    )  # the first row on top, as in the table
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}, "visible": False})
    return chart
