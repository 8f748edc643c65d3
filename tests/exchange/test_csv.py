"""The table in CSV: a golden file, that it is read back whole, and that no cell is a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.writers.csv import harmless, write_csv
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span

Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_table_has_a_row_for_each_mark(
    report: Reports, marks: tuple[ReportMark, ...], golden: Callable[[str, str], None]
) -> None:
    golden("table.csv", write_csv(report(*marks)).decode())


def test_it_begins_with_a_byte_order_mark_and_its_rows_end_in_crlf(report: Reports, mark: Marks) -> None:
    data = write_csv(report(mark(Span(0, 2), note="一\r\n二\r三\n四", tags=("甲,乙", '丙"丁'))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert re.findall(rb"\r\n", data) == [b"\r\n"] * 2
    (row,) = rows_of(data)
    assert row["批注"] == "一\n二\n三\n四"
    assert row["标签"] == '甲,乙、丙"丁'


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "　=1",
        "\x01=1",
        "\t甲",
    ],
)
def test_no_cell_is_a_formula(report: Reports, mark: Marks, words: str) -> None:
    (row,) = rows_of(write_csv(report(mark(Span(0, 2), note=words, author=words, tags=(words,), quote=words))))
    for title in ("批注", "作者", "标签", "原文"):
        assert row[title] == f"'{words}".replace("\r", "\n")


@pytest.mark.parametrize("words", ["", "甲=乙", "——坚持", "'甲", "1-2", "（一）=", "－"[:0]])
def test_what_is_no_formula_stays_as_it_is(words: str) -> None:
    assert harmless(words) == words


@given(st.text(st.sampled_from("=+-@＝＋－＠\t\r\n ,;\"'甲𠮷😀a1\x00\x1f"), max_size=12))
def test_every_text_is_read_back(words: str) -> None:
    said = harmless(words)
    assert said.removeprefix("'") == words.removeprefix("'")
    assert not said.lstrip("\t\r\n 　\x00\x1f").startswith(tuple("=+-@＝＋－＠"))


def test_times_are_plain_and_the_heading_tells_their_zone(report: Reports, mark: Marks) -> None:
    made = report(mark(Span(0, 2)))
    (row,) = rows_of(write_csv(made))
    assert (row["时间（UTC+08:00）"], row["修改时间（UTC+08:00）"]) == ("2026-11-22 11:05:07",) * 2
    (row,) = rows_of(write_csv(replace(made, made=made.made.astimezone(UTC))))
    assert row["时间（UTC）"] == "2026-11-22 03:05:07"


def test_a_nul_is_left_out_and_hides_no_formula(report: Reports, mark: Marks) -> None:
    data = write_csv(report(mark(Span(0, 2), note="甲\0乙", author="\0=1")))
    assert b"\0" not in data
    (row,) = rows_of(data)
    assert (row["批注"], row["作者"]) == ("甲乙", "'=1")


def test_a_long_note_and_strange_characters_are_kept_whole(report: Reports, mark: Marks) -> None:
    note = "<&>\U0001f600\U00020bb7\x01\x0b\"'" * 10_000
    (row,) = rows_of(write_csv(report(mark(Span(0, 2), note=note, author="a\ud800b"))))
    assert row["批注"] == note
    assert row["作者"] == "ab"
