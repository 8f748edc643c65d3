"""How the sheets of an Excel file look, on the screen and on paper: font, thin lines, heights of rows, the page."""

from __future__ import annotations

from typing import Any

from desktop.exchange.writers.wording import time_text
from desktop.model.report import Report
from desktop.text.blanks import one_line

FONT = {"font_name": "宋体", "font_size": 11}
"""A font that every Chinese Excel and WPS has; in it a Chinese character is as wide as two Latin ones."""
COLUMN_WIDTH = 72
"""Pixels of a column nobody set, which tell XlsxWriter how wide a digit of the font is."""
LINE_HEIGHT = 16.5
"""Points (22 pixels) from line to line within a row; fonts that stand in for the one named are taller than it."""
MOST_LINES = 24
"""How many lines the highest row that Excel knows (409 points) can show."""
_MARGIN, _TOP, _BOTTOM = 0.4, 0.75, 0.6  # inches
_LONGEST_TITLE, _LONGEST_SUBTITLE = 60, 40
_LARGE, _SMALL, _LONGEST_LARGE = 14, 10, 48
_PAPER_A4 = 9


class Looks:
    """Makes the formats of the cells in one file; each is made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}
        self.heading = self.cell(bold=True, bg_color="#E8E4DA", align="center", valign="vcenter", text_wrap=True)

    def cell(self, **more: object) -> Any:
        """Return the format of a cell with thin lines around it, and what else it is to have."""
        key = tuple(sorted(more.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                FONT | {"border": 1, "border_color": "#C9C4B8", "valign": "top"} | more
            )
        return self._made[key]


def set_page(
    sheet: Any, report: Report, title: str, *, landscape: bool = True, scale: int | None = None, repeated: bool = True
) -> None:
    """Make a sheet print on A4, with its title and the meeting above each page, and the number of the page beneath.

    It becomes as wide as the page, or `scale` per cent of its size. With `repeated` every page has its headings.
    """
    sheet.set_default_row(LINE_HEIGHT)
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_TOP, bottom=_BOTTOM)
    sheet.center_horizontally()
    if scale is None:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(scale)
    if repeated:
        sheet.repeat_rows(0)
    sheet.set_header(f"&C{_heading(title, report.subtitle)}", {"margin": 0.3})
    said = f"共 {len(report.marks)} 处标注"
    made = f"导出于 {time_text(report.made, report.made)}"
    # The size stands before the words: a digit at their beginning would be taken for a part of it.
    sheet.set_footer(f"&L&9 {said}&C&9 第 &P 页 共 &N 页&R&9 {made}", {"margin": 0.25})


def set_height(sheet: Any, row: int, lines: int) -> None:
    """Make a row as high as its lines; the spreadsheets that are used don't do so by themselves."""
    if lines > 1:
        sheet.set_row(row, LINE_HEIGHT * lines)


def lines_in(words: str, width: int, most: int = MOST_LINES) -> int:
    """Return about how many lines words take in a column of `width` Latin characters, at most `most`."""
    if len(words) * 2 < width and "\n" not in words:
        return 1
    room = max(width - 1, 1)
    lines = 0
    for line in words[: most * width].split("\n"):
        # A Chinese character has three bytes and is two wide, a Latin one has one and is one wide.
        wide = (len(line.encode()) + len(line)) // 2
        lines += max(1, -(-wide // room))
    return min(lines, most)


def printable(words: str) -> str:
    """Return words without what no name or property can hold."""
    return "".join(sign for sign in words if sign.isprintable())


def _heading(title: str, subtitle: str) -> str:
    words, below = _begun(title, _LONGEST_TITLE), _begun(subtitle, _LONGEST_SUBTITLE)
    size = _LARGE if len(words) <= _LONGEST_LARGE else _SMALL
    name = FONT["font_name"]
    heading = f'&{size}&"{name},Bold"{_escaped(words)}'
    return heading + (f'\n&{_SMALL}&"{name},Regular"{_escaped(below)}' if below else "")


def _begun(words: str, length: int) -> str:
    words = printable(one_line(words))
    return words if len(words) <= length else f"{words[: length - 1]}…"


def _escaped(words: str) -> str:
    # What is doubled counts twice towards the limit of 255 units, as a rare character does.
    return words.replace("&", "&&")
