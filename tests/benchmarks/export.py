"""A Word export with many marks, as a multiple of writing the same text with python-docx alone."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import docx

from desktop.exchange.readers.text import read
from desktop.exchange.writers.docx import write_docx
from desktop.exchange.writers.markdown import write_markdown
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline

PLAN = Path(__file__).parents[2] / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
ROUNDS = 5
MARKS = (0, 2_000, 10_000)
NOTE = "与省里的建议对照，这里要写得更具体一些。"
_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    text = read(PLAN.read_bytes()).text
    reports = [_report(text, count) for count in MARKS]
    jobs: dict[str, Callable[[], object]] = {"python-docx, the text alone": partial(_bare, text)}
    for count, report in zip(MARKS, reports, strict=True):
        jobs[f".docx, {count:,} notes"] = partial(write_docx, report)
    for count, report in zip(MARKS, reports, strict=True):
        jobs[f".md, {count:,} notes"] = partial(write_markdown, report)
    samples: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):  # interleaved: what slows the machine down slows all
        for name, job in jobs.items():
            began = time.perf_counter()
            job()
            samples[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(values) for name, values in samples.items()}
    floor = next(iter(medians.values()))
    print(f"export of the plan ({len(text):,} characters), median of {ROUNDS}")
    for name, median in medians.items():
        print(f"{name:28}{median * 1000:8.1f} ms{median / floor:8.2f} x")


def _bare(text: str) -> None:
    document = docx.Document()
    for line in text.split("\n"):
        if line.strip():
            document.add_paragraph(line)
    document.save(BytesIO())


def _report(text: str, count: int) -> Report:
    source = random.Random(22)
    spans = []
    for _ in range(count):
        start = source.randrange(len(text) - 40)
        spans.append(Span(start, start + source.randrange(2, 40)))
    outline = parse_outline(text)
    marks = tuple(_mark(number, span, text) for number, span in enumerate(sorted(spans)))
    return Report(outline.title, "", text, outline, marks, DEFAULT_PENS, _NOW)


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
