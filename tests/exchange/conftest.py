"""A small plan with its outline written out by hand, and marks on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pytest

from desktop.model.clause import Clause, ClauseKind
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.meeting import Meeting
from desktop.model.outline import Notice, NoticeKind, Outline
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from tests.exchange.offices import installed_office

TITLE = "衡阳市第十五个五年规划的建议"
SMALL_PLAN = f"""{TITLE}

{TITLE}
(2025年12月15日通过)

(上接第一版)

3.发展环境。机遇大于风险,𠮷人自有天相。要集中力量办好自己的事。
　　全市上下要深刻领悟“两个确立”。

二、指导思想和主要目标


4.指导思想。坚持稳中求进。
5.基本原则。必须遵循的原则:
——坚持人民至上。增进民生福祉。
"""
BEIJING = timezone(timedelta(hours=8))
MADE = datetime(2026, 11, 22, 19, 30, tzinfo=BEIJING)
WRITTEN = datetime(2026, 11, 22, 3, 5, 7, 123456, tzinfo=UTC)


def span_of(words: str, nth: int = 0) -> Span:
    """Return where `words` stand in the small plan."""
    start = -1
    for _ in range(nth + 1):
        start = SMALL_PLAN.index(words, start + 1)
    return Span(start, start + len(words))


def _clause(kind: ClauseKind, line: str, label: str, title: str | None, level: int, *children: Clause) -> Clause:
    span = span_of(line)
    first = line.find("。") + 1 or len(line)
    cut = span.start + first
    sentences = (Span(span.start, cut), Span(cut, span.end)) if cut < span.end else (span,)
    return Clause(kind, label, None, title, level, *span, sentences, children=children)


def _outline() -> Outline:
    clause_3 = _clause(
        ClauseKind.HEADING,
        "3.发展环境。机遇大于风险,𠮷人自有天相。要集中力量办好自己的事。",
        "3.",
        "发展环境",
        2,
        _clause(ClauseKind.CLOSING, "全市上下要深刻领悟“两个确立”。", "", None, 3),
    )
    item = _clause(ClauseKind.ITEM, "——坚持人民至上。增进民生福祉。", "——", "坚持人民至上", 3)
    section_2 = _clause(
        ClauseKind.HEADING,
        "二、指导思想和主要目标",
        "二、",
        "指导思想和主要目标",
        1,
        _clause(ClauseKind.HEADING, "4.指导思想。坚持稳中求进。", "4.", "指导思想", 2),
        _clause(ClauseKind.HEADING, "5.基本原则。必须遵循的原则:", "5.", "基本原则", 2, item),
    )
    start = clause_3.start
    implied = Clause(ClauseKind.HEADING, "一、", 1, None, 1, start, start, (), implied=True, children=(clause_3,))
    notices = (
        Notice(NoticeKind.TITLE, TITLE, *span_of(TITLE)),
        Notice(NoticeKind.TITLE, TITLE, *span_of(TITLE, 1)),
        Notice(NoticeKind.ADOPTION, "(2025年12月15日通过)", *span_of("(2025年12月15日通过)")),
        Notice(NoticeKind.CONTINUED_FROM, "(上接第一版)", *span_of("(上接第一版)")),
    )
    return Outline(TITLE, notices, (implied, section_2), ())


@pytest.fixture
def text() -> str:
    """Text of the small plan."""
    return SMALL_PLAN


@pytest.fixture
def words() -> Callable[..., Span]:
    """Return the function that finds words in the small plan."""
    return span_of


@pytest.fixture
def mark() -> Callable[..., ReportMark]:
    """Return the function that makes marks."""

    def make(span: Span, text: str = SMALL_PLAN, **values: object) -> ReportMark:
        plain: dict[str, object] = {
            "id": str(uuid5(NAMESPACE_OID, f"{span.start}-{span.end}")),
            "kind": MarkKind.HIGHLIGHT,
            "style": MarkStyle.FILL,
            "pen": 1,
            "quote": span.of(text),
            "on_clause": False,
            "note": "",
            "tags": (),
            "address": "一 · 3 · 第1句",
            "author": "王小明",
            "meeting": "",
            "created": WRITTEN,
            "changed": WRITTEN,
        }
        return ReportMark(span=span, **(plain | values))  # type: ignore[arg-type]

    return make


@pytest.fixture
def report() -> Callable[..., Report]:
    """Return the function that makes a report of the small plan, or of another text without an outline."""

    def make(*marks: ReportMark, text: str = SMALL_PLAN, subtitle: str = "", title: str = TITLE) -> Report:
        outline = _outline() if text is SMALL_PLAN else Outline(title, (), (), ())
        in_order = tuple(sorted(marks, key=lambda mark: mark.span))
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return Report(title, subtitle, text, outline, in_order, DEFAULT_PENS, MADE, digest)

    return make


@pytest.fixture
def marks(mark: Callable[..., ReportMark]) -> tuple[ReportMark, ...]:
    """Return marks of every kind on the small plan."""
    across = Span(span_of("办好自己的事。").start, span_of("全市上下").end)
    return (
        mark(
            span_of("机遇大于风险"),
            note="与第 5 条对照。\n第二行\n\n第二段：<b>不是</b> *标记*",
            tags=("形势", "风险/外部"),
            address="一 · 3 · 第2句",
        ),
        mark(span_of("风险,𠮷人"), pen=3, address="一 · 3 · 第2句", author="Li Ming", meeting="市委全会",
             author_id=str(uuid5(NAMESPACE_OID, "Li Ming")),
             meeting_record=Meeting(str(uuid5(NAMESPACE_OID, "市委全会")), "市委全会", date(2026, 1, 8), WRITTEN)),
        mark(across, pen=2, note="跨段", address="一 · 3 · 第3句"),
        mark(span_of("5.基本原则。必须遵循的原则:"), kind=MarkKind.NOTE, style=MarkStyle.NONE, pen=None, on_clause=True,
             quote="5.基本原则。", note="# 对整条\n- 一\n1. 二\n\n\n    代码", address="二 · 5",
             clause_path=("二、", "5.")),
        mark(span_of("坚持人民至上"), pen=5, meeting="市委全会", tags=("民生",),
             address="二 · 5 · 坚持人民至上 · 第1句"),
        mark(span_of("增进民生福祉"), pen=4, address="二 · 5 · 坚持人民至上 · 第2–3句"),
    )  # fmt: skip


@pytest.fixture
def office() -> Path:
    """LibreOffice's program."""
    return installed_office()


@pytest.fixture
def calc() -> Path:
    """LibreOffice's program, which reads tables, too."""
    return installed_office(with_tables=True)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return the function that compares what was written with a golden file, line ends and all.

    With `--renew-golden` it takes its place.
    """

    def compare(name: str, written: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--renew-golden"):
            path.write_bytes(written.encode())
        assert written == path.read_bytes().decode()

    return compare
