"""Each form of export with 10,000 marks, as a multiple of writing the same words or cells with the bare library.

For Markdown and web pages there is no library that writes less than all of it: they are set against putting their text
into a file as it is, which any program that works out a single character of it takes a multiple of. What says more
there is the time for one mark. `growth` is how many times 1,000 marks 10,000 take: 10 is linear, less the part that has
nothing to do with marks.
"""

import csv
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import xlsxwriter
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPdfWriter, QTextDocument

from desktop.exchange.bundle_form import MANIFEST
from desktop.exchange.formats import Form, forms
from desktop.exchange.readers.text import read
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.writers.excerpts import blocks_of
from desktop.exchange.writers.table import COLUMNS, rows_of
from desktop.model.export import DEFAULT_OPTIONS, Template
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.services.bundling import BundleWriter
from desktop.services.command import perform
from desktop.services.importing import import_document, shipped_plan
from desktop.services.marking import AddMarks
from desktop.services.reading import open_reading
from desktop.storage.library import Library
from desktop.ui.printing.pdf import write_pdf
from tests.benchmarks.merging import made

PLAN = Path(__file__).parents[2] / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
ROUNDS = 3
MARKS = 10_000
NOTE = "与省里的建议对照，这里要写得更具体一些。"
_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    text = read(PLAN.read_bytes()).text
    few, report = (_report(text, count) for count in (MARKS // 10, MARKS))
    print(f"export of {MARKS:,} notes on the plan ({len(text):,} characters), median of {ROUNDS}")
    print(f"{'form':18}{'bytes':>12}{'ours':>12}{'a mark':>10}{'growth':>8}{'bare':>12}{'ratio':>8}  the bare library")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    for form in forms({".pdf": write_pdf}):
        library, prepare = BARE[form.key]
        written = _written(form, report)
        _print(
            form.key,
            library,
            len(written),
            _medians(partial(_written, form, report), prepare(report, written), partial(_written, form, few)),
        )
    with tempfile.TemporaryDirectory() as folder:
        jobs = {count: _bundle_of(Path(folder, f"{count}.yuece"), count) for count in (MARKS, MARKS // 10)}
        data = jobs[MARKS]()
        bare = _bare_bundle(data)
        _print(".yuece", "json and zipfile: the same lines", len(data), _medians(jobs[MARKS], bare, jobs[MARKS // 10]))
    del application


def _print(key: str, library: str, size: int, medians: list[float]) -> None:
    ours, bare, few = medians
    print(
        f"{key:18}{size:12,}{ours * 1000:9.0f} ms{ours / MARKS * 1e6:7.0f} us{ours / few:8.1f}"
        f"{bare * 1000:9.0f} ms{ours / bare:8.2f}  {library}",
        flush=True,
    )


def _bundle_of(path: Path, count: int) -> Callable[[], bytes]:
    with Library.open(path, create=True) as library:
        imported = import_document(shipped_plan())
        perform(library, imported)
        perform(library, AddMarks("", made(library, open_reading(library, imported.edition.id), count)))
    empty = _report("一、总则\n", 0)
    return lambda: BundleWriter(path).write(empty, DEFAULT_OPTIONS, UNWATCHED)


def _bare_bundle(data: bytes) -> Callable[[], object]:
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    rows = {
        name: [json.loads(line) for line in lines.splitlines() if name != MANIFEST] for name, lines in members.items()
    }

    def write() -> None:
        with ZipFile(BytesIO(), "w", ZIP_DEFLATED) as archive:
            for name, found in rows.items():
                lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in found]
                archive.writestr(name, "\n".join(lines))

    return write


def _medians(*jobs: Callable[[], object]) -> list[float]:
    samples: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):  # interleaved: what slows the machine down slows all
        for job, times in zip(jobs, samples, strict=True):
            began = time.perf_counter()
            job()
            times.append(time.perf_counter() - began)
    return [statistics.median(times) for times in samples]


def _written(form: Form, report: Report) -> bytes:
    assert form.writer is not None
    return form.writer(report, DEFAULT_OPTIONS, UNWATCHED)


Bare = Callable[[], object]
Prepare = Callable[[Report, bytes], Bare]
"""Given the report and what we wrote, returns what writes the same without us."""


def _bare_docx(report: Report, _: bytes) -> Bare:
    # Its own comments take minutes: it looks through all of them for the number of the next.
    return partial(_paragraphs, [*report.text.split("\n"), *(mark.note for mark in report.marks)])


def _bare_docx_excerpts(report: Report, _: bytes) -> Bare:
    # A quote with its note and details in one: thirty thousand paragraphs take minutes, too.
    words = [block.words for block in blocks_of(report, Template())]
    return partial(_paragraphs, ["\n".join(words[at : at + 3]) for at in range(0, len(words), 3)])


def _paragraphs(words: list[str]) -> None:
    document = docx.Document()
    for line in words:
        document.add_paragraph(line)
    document.save(BytesIO())


def _bare_text(_: Report, written: bytes) -> Bare:
    text = written.decode()

    def write() -> None:
        with tempfile.TemporaryFile("w", encoding="utf-8") as file:
            file.write(text)

    return write


def _bare_xlsx(report: Report, _: bytes) -> Bare:
    rows = [cells for _, cells in rows_of(report, UNWATCHED)]

    def write() -> None:
        with xlsxwriter.Workbook(BytesIO(), {"in_memory": True, "remove_timezone": True}) as book:
            sheet = book.add_worksheet()
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)

    return write


def _bare_csv(report: Report, _: bytes) -> Bare:
    rows = [[column.title for column in COLUMNS], *(cells for _, cells in rows_of(report, UNWATCHED))]

    def write() -> bytes:
        file = StringIO(newline="")
        csv.writer(file).writerows(rows)
        return file.getvalue().encode()

    return write


def _bare_pdf(report: Report, _: bytes) -> Bare:
    words = "\n".join((report.text, *(mark.note for mark in report.marks)))

    def write() -> None:
        document = QTextDocument()
        document.setPlainText(words)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        document.print_(QPdfWriter(buffer))

    return write


def _bare_json(_: Report, written: bytes) -> Bare:
    annotations = json.loads(written)
    return lambda: json.dumps(annotations, ensure_ascii=False, indent=1).encode()


BARE: dict[str, tuple[str, Prepare]] = {
    ".docx": ("python-docx: the lines, and the notes as paragraphs", _bare_docx),
    ".excerpts.docx": ("python-docx: the same words in a third of the paragraphs", _bare_docx_excerpts),
    ".md": ("a plain write of the same text, made already", _bare_text),
    ".xlsx": ("XlsxWriter: the same cells, no looks, no counts", _bare_xlsx),
    ".csv": ("csv: the same cells, formulas and all", _bare_csv),
    ".html": ("a plain write of the same page, made already", _bare_text),
    ".pdf": ("Qt: the text and the notes as one document", _bare_pdf),
    ".jsonld": ("json: the same objects, made already", _bare_json),
}


def _report(text: str, count: int) -> Report:
    source = random.Random(22)
    spans = []
    for _ in range(count):
        start = source.randrange(len(text) - 40)
        spans.append(Span(start, start + source.randrange(2, 40)))
    outline = parse_outline(text)
    marks = tuple(_mark(number, span, text) for number, span in enumerate(sorted(spans)))
    return Report(outline.title, "", text, outline, marks, DEFAULT_PENS, _NOW, "ab" * 32)


def _mark(number: int, span: Span, text: str) -> ReportMark:
    return ReportMark(
        id=str(number),
        kind=MarkKind.HIGHLIGHT,
        style=MarkStyle.FILL if number % 3 else MarkStyle.UNDERLINE,
        pen=number % 5 + 1,
        span=span,
        quote=span.of(text),
        on_clause=False,
        note=NOTE,
        tags=("经济",),
        address=f"二 · {number // 100} · 第{number % 9 + 1}句",
        author="王小明",
        meeting="",
        created=_NOW,
        changed=_NOW,
    )


if __name__ == "__main__":
    main()
