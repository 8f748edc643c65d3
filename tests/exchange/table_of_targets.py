"""A report of a text with a table, which the forms that show the whole text are tried on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.source import Hint, LineStyle
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline

LINES = (
    "目标表",
    "一、主要目标",
    "专栏1 主要指标",
    "类别\t指标\t属性",
    f"经济发展\t1.{'全社会研发经费投入增长' * 4}(%)\t预期性",
    "\t2.全员劳动生产率\t预期性",
    "正文。",
)
TEXT = "\n".join(LINES)


def targets(mark: Callable[..., ReportMark], *words: str) -> Report:
    """Return a report with a note on each of some words; what they hold of tabs and line ends counts, too."""
    starts = [TEXT.index(line) for line in LINES[3:6]]
    outline = parse_outline(TEXT, [Hint(start, LineStyle.TABLE) for start in starts])
    spans = [Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]
    marks = tuple(mark(span, TEXT, note=f"注{span.start}") for span in sorted(spans))
    return Report("目标表", "", TEXT, outline, marks, DEFAULT_PENS, datetime(2026, 11, 22, tzinfo=UTC))
