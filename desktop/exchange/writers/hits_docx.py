"""Word: what a search found as a table, one row for every clause, the words found on a coloured ground."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wordml
from desktop.exchange.writers.docx_body import paragraph_start
from desktop.exchange.writers.docx_file import word_file
from desktop.model.export import DEFAULT_OPTIONS
from desktop.model.hit_list import HitList, HitRow, Piece

_WIDTHS = (2000, 1900, 4944)
"""Widths of the columns in twips: together the 156 mm of the page."""
_HEADS = ("文件", "条款号", "内容")
_FOUND = "FFD79A"
_LINE = "BFB8AA"


def write_hits_docx(hits: HitList, watch: Watch = UNWATCHED) -> bytes:
    """Return a Word file with the rows of `hits`; its head is repeated on every page. Raises CancelledError."""
    head = _paragraph("Title", hits.title) + _paragraph("Aside", f"{hits.subtitle}，导出于 {hits.made:%Y-%m-%d %H:%M}")
    rows = "".join(_rows(watch.over(hits.rows)))
    table = f"{_table_start()}{_row(map(_head, _HEADS), repeated=True)}{rows}</w:tbl>" if rows else ""

    def body(section: str) -> str:
        # Word wants a paragraph behind a table.
        return f"<w:body {wordml.NAMESPACES}>{head}{table}{paragraph_start('Cell', None)}</w:p>{section}</w:body>"

    return word_file(hits, body, DEFAULT_OPTIONS.page)


def _table_start() -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _rows(rows: Iterator[HitRow]) -> Iterator[str]:
    """Yield the rows; the clauses of one document have its title in common."""
    document = None
    for row in rows:
        merge = '<w:vMerge w:val="restart"/>' if row.document != document else "<w:vMerge/>"
        yield _row(_cells(row, titled=row.document != document), merge=merge)
        document = row.document


def _row(cells: Iterator[str], *, repeated: bool = False, merge: str = "") -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge if number == 0 else ""}</w:tcPr>{content}</w:tc>'
        for number, (width, content) in enumerate(zip(_WIDTHS, cells, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if repeated else ''}</w:trPr>{made}</w:tr>"


def _cells(row: HitRow, *, titled: bool) -> Iterator[str]:
    yield _paragraph("Cell", row.document if titled else "")
    yield _paragraph("Cell", row.address)
    yield "".join(f"{paragraph_start('Cell', None)}{''.join(map(_run, pieces))}</w:p>" for pieces in row.sentences)


def _head(words: str) -> str:
    return f"{paragraph_start('Cell', None)}<w:r><w:rPr><w:b/></w:rPr>{wordml.text(words)}</w:r></w:p>"


def _paragraph(style: str, words: str) -> str:
    return f"{paragraph_start(style, None)}<w:r>{wordml.text(words)}</w:r></w:p>"


def _run(piece: Piece) -> str:
    found = f'<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="{_FOUND}"/></w:rPr>' if piece.found else ""
    return f"<w:r>{found}{wordml.text(piece.words)}</w:r>"
