"""Word: excerpts for study notes and speeches, every quote under its clause with what was written on it beneath."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers import wordml
from desktop.exchange.writers.docx_body import paragraph_start, title_paragraph
from desktop.exchange.writers.docx_file import word_file
from desktop.exchange.writers.excerpts import SHORT, Block, Part, blocks_of
from desktop.exchange.writers.wording import line_ends
from desktop.model.export import DEFAULT_OPTIONS, Grouping, Options
from desktop.model.report import Report

_STYLES = {
    Part.SUBTITLE: "Notice",
    Part.SUMMARY: "Aside",
    Part.GROUP: "Heading1",
    Part.CLAUSE: "Heading1",
    Part.QUOTE: "Quote",
    Part.NOTE: "Note",
    Part.DETAILS: "Detail",
}

_TOGETHER = "<w:keepLines/>"


def write_docx_excerpts(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a Word file with the marks of `report` as excerpts, in the form of the options' template.

    Headings are found in the navigation of a word processor. What XML can't hold, and what turns
    around the letters behind it, is left out. Raises CancelledError.
    """
    grouped = options.template.grouping is Grouping.TAG
    blocks = blocks_of(report, options.template, watch)
    words = "".join(paragraph for block in blocks for paragraph in _paragraphs(block, grouped=grouped))
    return word_file(report, lambda end: f"<w:body {wordml.NAMESPACES}>{words}{end}</w:body>", options.page)


def _paragraphs(block: Block, *, grouped: bool) -> Iterator[str]:
    if block.part is Part.TITLE:
        yield title_paragraph(block.words)
        return
    style, level = _STYLES[block.part], None
    if block.part in (Part.GROUP, Part.CLAUSE):
        level = 2 if grouped and block.part is Part.CLAUSE else 1
        style = f"Heading{level}"
    # Blank lines of a quote are none: distances belong to the styles. Those of a note are its writer's.
    lines = line_ends(block.words).strip("\n").split("\n")
    lines = [line for line in lines if line.strip() or block.part is Part.NOTE]
    short = block.short and block.part in (Part.QUOTE, Part.NOTE)
    for line in lines:
        bound = _TOGETHER if short else ""
        # LibreOffice moves what stays with the next as a whole, however long it is.
        if block.more and (short or (line is lines[-1] and len(line) <= SHORT)):
            bound = f"<w:keepNext/>{bound}"
        yield f"{paragraph_start(style, level, bound)}<w:r>{wordml.text(line)}</w:r></w:p>"
