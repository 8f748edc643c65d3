"""The table in Excel is read back: a golden file of its cells, counts, charts, paper, and nothing is live or lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lxml.etree
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.xlsx import write_xlsx
from desktop.exchange.writers.xlsx_long import CELL_LIMIT, pieces_of
from desktop.exchange.writers.xlsx_looks import lines_in
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from tests.exchange.offices import convert

Words = Callable[..., Span]
Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]


def book_of(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def rows_of(data: bytes) -> list[dict[str, Any]]:
    heading, *rows = book_of(data)["标注"].iter_rows(values_only=True)
    return [dict(zip(heading, map(said, row), strict=True)) for row in rows]


def said(cell: Any) -> Any:
    """Return what Excel and LibreOffice show: openpyxl leaves escaped control characters as they are written."""
    if not isinstance(cell, str):
        return cell
    return re.sub(r"_x(00[01][0-9A-F]|FFFE)_", lambda found: chr(int(found[1], 16)), cell)


def whole(data: bytes, row: int, title: str) -> str:
    """Return a text that goes on in the sheet of long texts."""
    pieces = book_of(data)["长文"].iter_rows(min_row=2, values_only=True)
    mine = sorted((number, words) for at, column, number, words in pieces if (at, column) == (row, title))
    assert [number for number, _ in mine] == list(range(1, len(mine) + 1))
    return "".join(words for _, words in mine)


def test_every_mark_is_a_row_of_typed_cells(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    rows = rows_of(write_xlsx(report(*marks)))
    assert rows[0] == {
        "序号": 1,
        "条款号": "一 · 3",
        "句": "第2句",
        "原文": "机遇大于风险",
        "批注": marks[0].note,
        "颜色": "重点",
        "标签": "形势、风险/外部",
        "作者": "王小明",
        "会议": None,
        "时间": datetime(2026, 11, 22, 11, 5, 7, 123000),  # noqa: DTZ001 - Excel knows no zones: that of the report
        "私人": "否",
        "类型": "标色",
        "修改时间": datetime(2026, 11, 22, 11, 5, 7, 123000),  # noqa: DTZ001
    }
    assert [row["序号"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert (rows[3]["类型"], rows[3]["句"], rows[3]["颜色"]) == ("批注", "整条", None)


def told(data: bytes) -> str:
    """Return what stands on the sheets, cell by cell, and how: a text that a golden file can hold."""
    lines = []
    for sheet in book_of(data):
        page = (sheet.page_setup.orientation, sheet.page_setup.scale, sheet.print_area, sheet.print_title_rows)
        lines += [f"# {sheet.title}", f"page {page}", f"frozen {sheet.freeze_panes} filter {sheet.auto_filter.ref}"]
        lines.append(f"header {sheet.oddHeader.center.text}")
        lines += [f"{column} {size.width:g} wide" for column, size in sorted(sheet.column_dimensions.items())]
        for row in sheet:
            lines.append(f"row {row[0].row} {sheet.row_dimensions[row[0].row].height or 'plain'}")
            lines += [f"  {cell.coordinate} {_looks(cell)} {said(cell.value)!r}" for cell in row if cell.has_style]
    return "\n".join(lines) + "\n"


def _looks(cell: Any) -> str:
    fill = cell.fill.start_color.rgb[2:] if cell.fill.fill_type else "-"
    aligned = cell.alignment
    looks = [aligned.horizontal or "-", "wrapped" if aligned.wrap_text else "-", "bold" if cell.font.bold else "-"]
    return " ".join([cell.data_type, cell.number_format, fill, *looks])


def test_the_cells_are_as_they_were(
    report: Reports, marks: tuple[ReportMark, ...], golden: Callable[[str, str], None]
) -> None:
    golden("table.xlsx.txt", told(write_xlsx(report(*marks))))


def test_what_is_private_and_what_is_underlined_is_said(report: Reports, mark: Marks, words: Words) -> None:
    underlined = {"kind": MarkKind.UNDERLINE, "style": MarkStyle.UNDERLINE}
    (row,) = rows_of(write_xlsx(report(mark(words("机遇"), private=True, **underlined))))
    assert (row["私人"], row["类型"]) == ("是", "下划线")


def test_the_heading_stays_in_sight_and_filters(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    sheet = book_of(write_xlsx(report(*marks)))["标注"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:M7"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["D"].width > 35
    assert all(cell.alignment.wrap_text for cell in sheet["E"][1:])
    assert [cell.fill.start_color.rgb for cell in sheet["F"]][1:3] == ["FFFFE08F", "FFB0DFCE"]


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@a", "{=1}", "https://a.cn", "mailto:a@b.cn", "12345678901234567890"]
)
def test_no_text_becomes_a_formula_a_link_or_a_number(report: Reports, mark: Marks, words: str) -> None:
    data = write_xlsx(report(mark(Span(0, 2), note=words, author=words, tags=(words,), quote=words, address=words)))
    sheet = book_of(data)["标注"]
    assert [sheet[f"{column}2"].value for column in "BDEGH"] == [words] * 5
    assert {sheet[f"{column}2"].data_type for column in "BDEGH"} == {"s"}
    with ZipFile(BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist() if "sheet" in name)
    assert b"<f>" not in everything
    assert b"hyperlink" not in everything


def test_every_character_is_kept_the_forbidden_ones_too(report: Reports, mark: Marks) -> None:
    note = "a<&>\"'\U0001f600\U00020bb7\n甲\t乙\x00\x01\x0b\x1f\ufffe_x0041_  "
    (row,) = rows_of(write_xlsx(report(mark(Span(0, 2), note=note, quote="  甲"))))
    assert (row["批注"], row["原文"]) == (note, "  甲")


@pytest.mark.parametrize("unit", ["甲", "\U0001f600", "a\U00020bb7"])
def test_a_note_longer_than_a_cell_is_kept_whole_on_a_sheet_of_its_own(report: Reports, mark: Marks, unit: str) -> None:
    note = unit * 100_000
    data = write_xlsx(report(mark(Span(0, 2), note="短"), mark(Span(3, 5), note=note)))
    shown = rows_of(data)[1]["批注"]
    assert len(shown.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert shown.endswith("……（太长，全文见“长文”第 2 行起）")
    assert whole(data, 2, "批注") == note


def test_without_long_texts_there_is_no_sheet_for_them(report: Reports, mark: Marks) -> None:
    data = write_xlsx(report(mark(Span(0, 2), note="甲" * CELL_LIMIT)))
    assert book_of(data).sheetnames == ["标注", "统计"]


@given(st.text(st.sampled_from("甲a\U0001f600\n"), max_size=40), st.integers(2, 9), st.integers(1, 3))
def test_pieces_are_short_and_make_the_text(words: str, limit: int, line_limit: int) -> None:
    pieces = list(pieces_of(words, limit, line_limit))
    assert "".join(pieces) == words
    assert all(0 < len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    assert all(piece.count("\n") <= line_limit for piece in pieces)


def test_a_row_is_as_high_as_its_words(report: Reports, mark: Marks) -> None:
    notes = ("短", "甲" * 100, "一\n二\n三", "甲" * 100_000)
    data = write_xlsx(report(*(mark(Span(at, at + 2), note=note) for at, note in enumerate(notes))))
    sheet, long = book_of(data)["标注"], book_of(data)["长文"]
    heights = [sheet.row_dimensions[row].height or sheet.sheet_format.defaultRowHeight for row in range(2, 6)]
    assert heights == [16.5, 16.5 * 6, 16.5 * 3, 16.5 * 16]
    assert all(long.row_dimensions[row].height <= 409 for row in range(2, long.max_row + 1))


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("", 9, 1),
        ("a" * 8, 9, 1),
        ("a" * 9, 9, 2),
        ("甲乙丙丁", 9, 1),
        ("甲乙丙丁戊", 9, 2),
        ("\n\n", 9, 3),
        ("甲\n" * 99, 9, 24),
    ],
)
def test_lines_are_counted_as_they_will_be_broken(words: str, width: int, lines: int) -> None:
    assert lines_in(words, width) == lines


def test_it_prints_as_a_finished_table(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    book = book_of(write_xlsx(report(*marks, title="“十五五”规划 & 建议")))
    for sheet, title in zip(book, ("“十五五”规划 && 建议", "“十五五”规划 && 建议 标注统计"), strict=True):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddHeader.center.text == title
        assert sheet.oddFooter.left.text.strip() == "共 6 处标注"
        assert sheet.oddFooter.center.text.strip() == "第 &P 页 共 &N 页"
        assert sheet.oddFooter.right.text.strip() == "导出于 2026-11-22 19:30"
        assert {cell.font.name for row in sheet for cell in row if cell.value is not None} == {"宋体"}
        assert {cell.border.bottom.style for row in sheet for cell in row if cell.value is not None} == {"thin"}
    # No headings over nothing, beside the charts of a second page.
    assert (book["标注"].print_title_rows, book["统计"].print_title_rows) == ("$1:$1", None)
    assert book["标注"].print_area == "'标注'!$A$1:$J$7"
    assert (book["标注"].page_setup.fitToWidth, book["标注"].page_setup.fitToHeight) == (None, 0)


def test_what_is_private_is_seen_on_paper_too(report: Reports, mark: Marks) -> None:
    sheet = book_of(write_xlsx(report(mark(Span(0, 2), private=True))))["标注"]
    assert sheet.print_area == "'标注'!$A$1:$K$2"
    assert sheet["K1"].value == "私人"


def test_a_title_of_any_length_and_kind_stands_over_the_page(report: Reports) -> None:
    for title in ("&" * 300, "\U00020bb7" * 300, "2026年规划", "\x01\n", ""):
        with ZipFile(BytesIO(write_xlsx(report(title=title, subtitle=title)))) as package:
            header = re.search(
                "<oddHeader>(.*?)</oddHeader>", package.read("xl/worksheets/sheet1.xml").decode(), re.DOTALL
            )
        assert header
        assert len(unescape(header[1]).encode("utf-16-le")) // 2 <= 255


def test_the_meeting_stands_beneath_the_title(report: Reports) -> None:
    header = book_of(write_xlsx(report(subtitle="周例会（2026年11月20日）")))["标注"].oddHeader.center
    assert header.text.split("\n")[1].endswith("周例会（2026年11月20日）")


def test_the_moment_it_was_made_is_told_in_utc(report: Reports) -> None:
    with ZipFile(BytesIO(write_xlsx(report()))) as package:
        assert b">2026-11-22T11:30:00Z<" in package.read("docProps/core.xml")


def test_the_second_sheet_counts_by_clause_tag_and_colour(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    sheet = book_of(write_xlsx(report(*marks)))["统计"]
    tables = {
        sheet.cell(1, column).value: [
            (sheet.cell(row, column).value, sheet.cell(row, column + 1).value)
            for row in range(2, sheet.max_row + 1)
            if sheet.cell(row, column).value
        ]
        for column in (1, 4, 7)
    }
    assert tables == {
        "条款": [("一 · 3 发展环境", 3), ("二 · 5 基本原则", 1), ("二 · 5 · 坚持人民至上", 2)],
        "标签": [("形势", 1), ("民生", 1), ("风险/外部", 1), ("没有标签", 4)],
        "颜色": [("重点", 1), ("疑问", 1), ("数据", 1), ("任务", 1), ("精彩", 1), ("没有颜色", 1)],
    }


def test_a_long_tag_is_said_to_be_cut_where_it_is_counted_and_broken_names_are_taken(
    report: Reports, mark: Marks
) -> None:
    tags = ("长" * 40_000, "a\ud800b")
    made = report(mark(Span(0, 2), tags=tags, address="一\udc00"))
    pens = (made.pens[0]._replace(name="重\ud800点"), *made.pens[1:])
    counted = book_of(write_xlsx(replace(made, pens=pens)))["统计"]
    assert {counted["D2"].value, counted["D3"].value} == {"长" * 60 + "……", "ab"}
    assert (counted["A2"].value, counted["G2"].value) == ("一", "重点")


def test_each_table_of_counts_has_a_native_chart(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    with ZipFile(BytesIO(write_xlsx(report(*marks)))) as package:
        charts = [package.read(name).decode() for name in sorted(package.namelist()) if "charts/chart" in name]
    assert len(charts) == 3
    assert "统计!$A$2:$A$4" in charts[0]
    assert "统计!$H$2:$H$7" in charts[2]


def test_no_chart_is_cut_by_the_end_of_a_page_and_the_first_row_is_on_top(report: Reports, mark: Marks) -> None:
    many = [mark(Span(n, n + 1), tags=(f"标签{n}",), address=f"第{n}条", pen=n % 5 + 1) for n in range(45)]
    data = write_xlsx(report(*many))
    sheet = book_of(data)["统计"]
    breaks = [stop.id for stop in sheet.row_breaks.brk]
    assert breaks == list(range(41, breaks[-1] + 1, 40))
    assert sheet.print_title_rows == "$1:$1"
    with ZipFile(BytesIO(data)) as package:
        drawing = lxml.etree.fromstring(package.read("xl/drawings/drawing1.xml"))
        chart = package.read("xl/charts/chart1.xml").decode()
    ends = [[int(row.text) for row in anchor.iter("{*}row")] for anchor in drawing.iter("{*}twoCellAnchor")]
    assert len(ends) == 3
    assert ends[-1][1] > breaks[0]
    assert [(first, stop, last) for first, last in ends for stop in breaks if first < stop <= last] == []
    assert 'orientation val="maxMin"' in chart


def test_a_report_without_marks_has_no_charts(report: Reports) -> None:
    with ZipFile(BytesIO(write_xlsx(report()))) as package:
        assert not [name for name in package.namelist() if "chart" in name]


def test_libreoffice_opens_it(
    report: Reports, marks: tuple[ReportMark, ...], mark: Marks, tmp_path: Path, calc: Path
) -> None:
    long = "长\U0001f600" * 20_000
    data = write_xlsx(report(*marks, mark(Span(0, 2), note=long, author="=1+1\x01")))
    (tmp_path / "标注.xlsx").write_bytes(data)
    (tmp_path / "back").mkdir()
    back = convert(calc, tmp_path / "标注.xlsx", "xlsx", tmp_path / "back")
    assert rows_of(back)[0]["作者"] == "=1+1\x01"
    assert [row["原文"] for row in rows_of(back)] == [row["原文"] for row in rows_of(data)]
    assert [row["批注"] for row in rows_of(back)] == [row["批注"] for row in rows_of(data)]
    assert [row["时间"].replace(microsecond=0) for row in rows_of(back)] == [
        row["时间"].replace(microsecond=0) for row in rows_of(data)
    ]
    assert whole(back, 1, "批注") == long
