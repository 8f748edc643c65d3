"""What a search found, handed over: one row for every clause, with the words found told apart."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from desktop.exchange.hit_forms import HIT_FORMS
from desktop.exchange.watch import Watch
from desktop.model.errors import ExportError, UserError
from desktop.model.hit_list import Piece
from desktop.model.search import Found, Hit, Where
from desktop.model.span import Span
from desktop.services.hit_lists import export_hits, hit_list

FIRST = "做强产业，产业兴旺。"
SECOND = "发展“产业”|*园区*。"


def found(
    at: int, context: str = FIRST, context_start: int = 0, address: str = "三 · 7 · 第1句", where: Where = Where.TEXT
) -> Found:
    mark = None if where is Where.TEXT else "m"
    start = context_start + at
    return Found(
        Hit("d", "e", where, Span(start, start + 2), context, context_start, start, mark), "规划", "三", address
    )


HITS = [
    found(2),
    found(5),
    found(3, SECOND, 100, "三 · 7 · 第2句"),
    found(2, address="四"),
    found(0, "产业", 0, "四", Where.TAG),
]


def test_hits_of_one_clause_are_one_row_and_of_one_sentence_one_sentence() -> None:
    made = hit_list("产业", HITS)
    assert [(row.document, row.address, len(row.sentences)) for row in made.rows] == [
        ("规划", "三 · 7", 2),
        ("规划", "四", 1),
        ("规划", "标签 · 四", 1),
    ]
    assert made.rows[0].sentences[0] == (
        Piece("做强"),
        Piece("产业", found=True),
        Piece("，"),
        Piece("产业", found=True),
        Piece("兴旺。"),
    )
    assert (made.title, made.subtitle) == ("搜索“产业”", "5 处，3 条")


def test_what_stands_in_private_marks_is_told_apart() -> None:
    note = found(0, "产业", 0, "四", Where.NOTE)
    made = hit_list("产业", [HITS[3], note, HITS[4]], {HITS[3].hit, HITS[4].hit})
    assert [row.address for row in made.rows] == ["私人 · 四", "批注 · 四", "私人标签 · 四"]


def test_hits_that_overlap_are_one_piece() -> None:
    hits = [found(0, "人人人啊"), found(1, "人人人啊")]
    assert hit_list("人人", hits).rows[0].sentences == ((Piece("人人人", found=True), Piece("啊")),)


def test_markdown_is_a_table_in_which_nothing_acts_as_markup(tmp_path: Path) -> None:
    path = tmp_path / "结果.md"
    assert export_hits(hit_list("产业", HITS), path)
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert rows[2] == (r"| 规划 | 三 · 7 | 做强<b>产业</b>，<b>产业</b>兴旺。<br>发展“<b>产业</b>”\|\*园区\*。 |")
    assert len(rows) == 2 + 3


def test_word_has_a_row_for_every_clause_and_the_words_in_bold(tmp_path: Path) -> None:
    path = tmp_path / "结果.docx"
    assert export_hits(hit_list("产业", HITS), path)
    document = docx.Document(BytesIO(path.read_bytes()))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][:2] == [
        ["文件", "条款号", "内容"],
        ["规划", "三 · 7", f"{FIRST}\n{SECOND}"],
    ]
    bold = [run.text for run in table.cell(1, 2).paragraphs[0].runs if run.bold]
    assert bold == ["产业", "产业"]


@pytest.mark.parametrize("form", HIT_FORMS, ids=lambda form: form.suffix)
def test_an_empty_list_can_be_written_and_a_stopped_one_is_not(tmp_path: Path, form) -> None:  # type: ignore[no-untyped-def]
    assert export_hits(hit_list("产业", ()), tmp_path / f"无{form.suffix}")
    path = tmp_path / f"停{form.suffix}"
    assert not export_hits(hit_list("产业", HITS), path, watch=Watch(stopped=lambda: True))
    assert not path.exists()


def test_an_unknown_suffix_and_an_existing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.docx"):
        export_hits(hit_list("产业", HITS), tmp_path / "结果.xls")
    path = tmp_path / "结果.md"
    path.write_text("别的", encoding="utf-8")
    with pytest.raises(UserError):
        export_hits(hit_list("产业", HITS), path)
    assert path.read_text(encoding="utf-8") == "别的"
