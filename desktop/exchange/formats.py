"""The one table of file formats: what can be read, what can be written.

To add one: write `readers/<format>.py` with `read(data) -> Source` or `writers/<format>.py` with a function
`(report) -> bytes`, give it a function below that imports it when it is first used, and add a `Format` to `FORMATS`.
Dialogs, the command line and the error messages take it up by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.model.errors import ExportError, UnreadableFileError, UserError
from desktop.model.report import Report
from desktop.model.source import Source

Reader = Callable[[bytes], Source]
"""Turns a file's bytes into the text of an edition with its hints; raises UnreadableFileError."""
Writer = Callable[[Report], bytes]
"""Turns a report into a file's bytes."""


def _read_text(data: bytes) -> Source:
    from desktop.exchange.readers.text import read

    return read(data)


def _read_docx(data: bytes) -> Source:
    from desktop.exchange.readers.docx import read

    return read(data)


def _read_markdown(data: bytes) -> Source:
    from desktop.exchange.readers.markdown import read

    return read(data)


def _read_pdf(data: bytes) -> Source:
    from desktop.exchange.readers.pdf import read

    return read(data)


def _read_html(data: bytes) -> Source:
    from desktop.exchange.readers.html import read

    return read(data)


def _read_ofd(data: bytes) -> Source:
    from desktop.exchange.readers.ofd import read

    return read(data)


def _write_docx(report: Report) -> bytes:
    from desktop.exchange.writers.docx import write_docx

    return write_docx(report)


def _write_markdown(report: Report) -> bytes:
    from desktop.exchange.writers.markdown import write_markdown

    return write_markdown(report)


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: suffix with its dot in small letters, title and content (Chinese), and what can be done.

    `isolated` says that a hostile file could do harm to its reader, which then runs in a process of its own (a tenth of
    a second); `converted` that LibreOffice makes a .docx of the file first, which the reader reads.
    """

    suffix: str
    title: str
    content: str
    reader: Reader | None = None
    writer: Writer | None = None
    isolated: bool = False
    converted: bool = False


FORMATS = (
    Format(".txt", "纯文本", "文件正文", reader=_read_text),
    Format(".docx", "Word 文档", "全文，带颜色和批注", reader=_read_docx, writer=_write_docx, isolated=True),
    Format(".pdf", "PDF 文件", "", reader=_read_pdf, isolated=True),
    Format(".html", "网页", "", reader=_read_html, isolated=True),
    Format(".htm", "网页", "", reader=_read_html, isolated=True),
    Format(".md", "Markdown 文档", "所有标注的原文和批注", reader=_read_markdown, writer=_write_markdown),
    Format(".ofd", "OFD 文件", "", reader=_read_ofd, isolated=True),
    Format(".doc", "旧版 Word 文档", "", reader=_read_docx, isolated=True, converted=True),
    Format(".wps", "WPS 文字文档", "", reader=_read_docx, isolated=True, converted=True),
    Format(".rtf", "RTF 文档", "", reader=_read_docx, isolated=True, converted=True),
)


def readable() -> tuple[Format, ...]:
    """Return the formats a document can be read from."""
    return tuple(entry for entry in FORMATS if entry.reader)


def writable() -> tuple[Format, ...]:
    """Return the formats a report can be written in."""
    return tuple(entry for entry in FORMATS if entry.writer)


def format_of(path: Path) -> Format:
    """Return the format that the suffix of `path` names, in capitals or not.

    Raises UserError for a suffix that is not in the table.
    """
    suffix = path.suffix.lower()
    for entry in FORMATS:
        if entry.suffix == suffix:
            return entry
    raise UserError(f"{_unknown(path)}：可以读取 {_listed(readable())}，可以导出 {_listed(writable())}。")


def readable_format_of(path: Path) -> Format:
    """Return the format of the file at `path`. Raises UnreadableFileError where it can't be read."""
    for entry in readable():
        if entry.suffix == path.suffix.lower():
            return entry
    raise UnreadableFileError(f"{_unknown(path)}，目前可以读取的是 {_listed(readable())}，请先另存为其中一种。")


def writer_of(path: Path) -> Writer:
    """Return what writes the file at `path`. Raises ExportError where its format can't be written."""
    for entry in writable():
        if entry.writer and entry.suffix == path.suffix.lower():
            return entry.writer
    raise ExportError(f"{_unknown(path)}，目前可以导出的是 {_listed(writable())}，请改用其中一种后缀。")


def _unknown(path: Path) -> str:
    return f"不认识“{path.suffix}”这种格式" if path.suffix else f"“{path.name}”没有后缀，看不出是什么格式"


def _listed(formats: tuple[Format, ...]) -> str:
    return "、".join(f"{entry.title}（{entry.suffix}）" for entry in formats)
