"""Word: the whole text of a report set like an official document, with colours and real comments."""

from __future__ import annotations

from dataclasses import replace

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.exchange.writers.comments import comments_of
from desktop.exchange.writers.docx_body import body_xml
from desktop.exchange.writers.docx_comments import comments_part
from desktop.exchange.writers.docx_excerpts import write_docx_excerpts
from desktop.exchange.writers.docx_file import word_file
from desktop.exchange.writers.typesetting import typeset
from desktop.model.export import DEFAULT_OPTIONS, Options
from desktop.model.report import Report


def write_docx(report: Report, options: Options = DEFAULT_OPTIONS, watch: Watch = UNWATCHED) -> bytes:
    """Return a Word file with the text of `report` and every mark in it, on the page of the options.

    Fills are shading, underlines underlines in the pen's colour; a mark with a note or tags is a comment anchored to
    its words. What XML can't hold, and what turns around the
    letters behind it, is left out. The cost grows with the length of the text and the number
    of marks, not with their product. Marks of a document whose text isn't here are excerpts. Raises CancelledError.
    """
    paragraphs = typeset(report.text, report.outline, (mark.span for mark in report.marks))
    if report.marks and not paragraphs:
        return write_docx_excerpts(report, options, watch)
    if not options.page.bold:
        paragraphs = tuple(replace(paragraph, strong_end=paragraph.start) for paragraph in paragraphs)
    commenting, setting = watch.parts(1, 4)
    comments = comments_of(report, paragraphs, commenting)

    def body(section: str) -> str:
        return body_xml(report, paragraphs, comments, section, setting)

    return word_file(report, body, options.page, comments_part(comments, report) if comments else b"")
