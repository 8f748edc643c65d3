"""The tables of file formats that can be read and of forms that a report can be written in.

To add one: write `readers/<format>.py` with `read(data) -> Source` and add a `Format` to `FORMATS`, or write
`writers/<format>.py` with a function `(report, options, watch) -> bytes` and add a `Form` to `FORMS`; give it a
function below that imports it when it is first used. Dialogs, the command line and the error messages take it up by
themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from desktop.exchange.watch import Watch
from desktop.model.errors import ExportError, UnreadableFileError
from desktop.model.export import Options
from desktop.model.report import Report
from desktop.model.source import Source

Reader = Callable[[bytes], Source]
"""Turns a file's bytes into the text of an edition with its hints; raises UnreadableFileError."""
Writer = Callable[[Report, Options, Watch], bytes]
"""Turns a report into a file's bytes, as the options ask; raises CancelledError when the watch says so."""


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


def _write_docx(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.docx import write_docx

    return write_docx(report, options, watch)


def _write_docx_excerpts(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.docx_excerpts import write_docx_excerpts

    return write_docx_excerpts(report, options, watch)


def _write_markdown(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.markdown import write_markdown

    return write_markdown(report, options, watch)


def _write_xlsx(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.xlsx import write_xlsx

    return write_xlsx(report, options, watch)


def _write_csv(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.csv import write_csv

    return write_csv(report, options, watch)


def _write_html(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.html import write_html

    return write_html(report, options, watch)


def _write_jsonld(report: Report, options: Options, watch: Watch) -> bytes:
    from desktop.exchange.writers.jsonld import write_jsonld

    return write_jsonld(report, options, watch)


@dataclass(frozen=True, slots=True)
class Format:
    """One file format that is read: its suffix with its dot in small letters, and its title (Chinese).

    `isolated` says that a hostile file could do harm to its reader, which then runs in a process of its own (a tenth of
    a second); `converted` that LibreOffice makes a .docx of the file first, which the reader reads.
    """

    suffix: str
    title: str
    reader: Reader
    isolated: bool = False
    converted: bool = False


FORMATS = (
    Format(".txt", "纯文本", _read_text),
    Format(".docx", "Word 文档", _read_docx, isolated=True),
    Format(".pdf", "PDF 文件", _read_pdf, isolated=True),
    Format(".html", "网页", _read_html, isolated=True),
    Format(".htm", "网页", _read_html, isolated=True),
    Format(".md", "Markdown 文档", _read_markdown),
    Format(".ofd", "OFD 文件", _read_ofd, isolated=True),
    Format(".doc", "旧版 Word 文档", _read_docx, isolated=True, converted=True),
    Format(".wps", "WPS 文字文档", _read_docx, isolated=True, converted=True),
    Format(".rtf", "RTF 文档", _read_docx, isolated=True, converted=True),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of export: its id, its title and what it is for (Chinese), and its suffix with its dot.

    Several forms may share a suffix; a `special` one is taken only where it is asked for by its id. Without a `writer`
    it can be written only where the composition root hands one in: what needs Qt or the whole library.
    """

    id: str
    title: str
    purpose: str
    suffix: str
    writer: Writer | None = None
    special: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others: its suffix, or ".excerpts.docx"."""
        return f".{self.id}{self.suffix}" if self.special else self.suffix


FORMS = (
    Form("full", "Word：全文和批注", "印发、传阅：全文带颜色，批注就是 Word 的批注", ".docx", _write_docx),
    Form("excerpts", "Word：摘录", "学习笔记、发言提纲：原文和批注", ".docx", _write_docx_excerpts, special=True),
    Form("full", "PDF：全文和旁注", "打印、带到会场：批注写在页边", ".pdf"),
    Form("excerpts", "Markdown：摘录", "学习笔记、发言提纲：原文和批注", ".md", _write_markdown),
    Form("table", "Excel：标注表", "排序、筛选、统计", ".xlsx", _write_xlsx),
    Form("table", "CSV：标注表", "给别的程序用", ".csv", _write_csv),
    Form("full", "网页：全文和旁注", "有浏览器就能看", ".html", _write_html),
    Form("annotations", "网页标注（W3C）", "给别的标注程序用，也可以再导入", ".jsonld", _write_jsonld),
    Form("bundle", "交换包", "给同事合并到自己的文库，总是全部", ".yuece"),
)

Writers = Mapping[str, Writer]
"""Writers that are handed in, by the key of their form."""


def forms(handed_in: Writers = MappingProxyType({})) -> tuple[Form, ...]:
    """Return the forms a report can be written in, each with its writer."""
    made = (replace(form, writer=handed_in.get(form.key, form.writer)) for form in FORMS)
    return tuple(form for form in made if form.writer)


def form_of(path: Path, wanted: str | None = None, among: Sequence[Form] | None = None) -> Form:
    """Return the form of an export by the suffix of its file, and by its id where one is wanted.

    Raises ExportError, in words, where there is none.
    """
    among = forms() if among is None else among
    fitting = [form for form in among if form.suffix == path.suffix.lower()]
    if not fitting:
        raise ExportError(f"{_unknown(path)}，目前可以导出的是 {_listed_forms(among)}，请改用其中一种后缀。")
    for form in fitting:
        if form.id == wanted or (wanted is None and not form.special):
            return form
    listed = "、".join(f"{form.id}（{form.title}）" for form in fitting)
    raise ExportError(f"{fitting[0].suffix} 文件没有“{wanted}”这种形式，可以是 {listed}。")


def readable() -> tuple[Format, ...]:
    """Return the formats a document can be read from."""
    return FORMATS


def readable_format_of(path: Path) -> Format:
    """Return the format of the file at `path`. Raises UnreadableFileError where it can't be read."""
    for entry in FORMATS:
        if entry.suffix == path.suffix.lower():
            return entry
    raise UnreadableFileError(f"{_unknown(path)}，目前可以读取的是 {_listed(FORMATS)}，请先另存为其中一种。")


def _unknown(path: Path) -> str:
    return f"不认识“{path.suffix}”这种格式" if path.suffix else f"“{path.name}”没有后缀，看不出是什么格式"


def _listed(formats: Sequence[Format]) -> str:
    return "、".join(f"{entry.title}（{entry.suffix}）" for entry in formats)


def _listed_forms(among: Sequence[Form]) -> str:
    return "、".join(f"{form.title}（{form.suffix}）" for form in among if not form.special)
