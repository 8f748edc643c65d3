"""Reports of the plan and of made-up texts, and what a printed file says when it is read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(autouse=True)
def qt(qapp: QApplication) -> QApplication:
    """Start Qt: nothing is set in lines without it."""
    return qapp


def mark_on(text: str, span: Span, note: str = "", **values: object) -> ReportMark:
    """Return a mark on a stretch of a text."""
    plain: dict[str, object] = {
        "id": f"{span.start}-{span.end}-{note[:20]}",
        "kind": MarkKind.HIGHLIGHT,
        "style": MarkStyle.FILL,
        "pen": 1,
        "quote": span.of(text),
        "on_clause": False,
        "tags": (),
        "address": "一 · 3 · 第1句",
        "author": "王小明",
        "meeting": "",
        "created": NOW,
        "changed": NOW,
    }
    return ReportMark(span=span, note=note, **(plain | values))  # type: ignore[arg-type]


def report_on(text: str, marks: Iterable[ReportMark] = (), title: str = "关于规划的建议") -> Report:
    """Return a report of a text as it is when it was imported."""
    in_order = tuple(sorted(marks, key=lambda mark: mark.span))
    return Report(title, "", text, parse_outline(text), in_order, DEFAULT_PENS, NOW)


@pytest.fixture
def on_words(plan_text: str) -> Callable[..., ReportMark]:
    """Return the function that marks words of the plan."""

    def make(words: str, note: str = "", **values: object) -> ReportMark:
        start = plan_text.index(words)
        return mark_on(plan_text, Span(start, start + len(words)), note, **values)

    return make


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a written file."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page as another program reads them, without blanks and line ends."""
    with opened(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def picture_of(page: pypdfium2.PdfPage, scale: float) -> QImage:
    """Return a page as a picture of `scale` pixels per point."""
    bitmap = page.render(scale=scale)
    shown = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888)
    return shown.copy()


def boxes_of(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Return the letters of a page with their edges in points: left, bottom, right, top, from below."""
    text = page.get_textpage()
    count = text.count_chars()
    letters = [text.get_text_range(index, 1) for index in range(count)]
    return [(letter, *text.get_charbox(index)) for index, letter in enumerate(letters) if letter.strip()]
