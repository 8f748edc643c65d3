"""Markdown: what a search found as a table, one row for every clause."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.markdown import escaped
from desktop.model.hit_list import HitList, HitRow, Piece
from desktop.text.blanks import one_line


def write_hits_markdown(hits: HitList, watch: Watch = UNWATCHED) -> bytes:
    """Return a Markdown file (UTF-8) with the rows of `hits`; nothing in them acts as markup. Raises CancelledError."""
    head = [f"# {escaped(one_line(hits.title))}", f"{hits.subtitle}，导出于 {hits.made:%Y-%m-%d %H:%M}。"]
    if not hits.rows:
        return ("\n\n".join(head) + "\n").encode()
    table = ["| 文件 | 条款号 | 内容 |", "| --- | --- | --- |", *(_row(row) for row in watch.over(hits.rows))]
    return ("\n\n".join((*head, "\n".join(table))) + "\n").encode()


def _row(row: HitRow) -> str:
    cells = (
        escaped(one_line(row.document)),
        escaped(one_line(row.address)),
        "<br>".join(map(_sentence, row.sentences)),
    )
    return f"| {' | '.join(cells)} |"


def _sentence(pieces: tuple[Piece, ...]) -> str:
    return "".join(_shown(pieces)).strip()


def _shown(pieces: tuple[Piece, ...]) -> Iterator[str]:
    for piece in pieces:
        # Not **…**: beside Chinese quotation marks that is no emphasis to Markdown.
        yield f"<b>{escaped(piece.words)}</b>" if piece.found else escaped(piece.words)
