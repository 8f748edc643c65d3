"""The beginning of an export: true to what is written, and quick for any number of marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from desktop.exchange.formats import Form, forms
from desktop.exchange.watch import UNWATCHED
from desktop.exchange.writers.colours import LINES
from desktop.model.export import DEFAULT_OPTIONS, Grouping, Options, Template
from desktop.model.mark import MarkStyle
from desktop.model.span import Span
from desktop.ui.printing.preview import Preview, Rows, preview_of, shown_first
from tests.ui.printing.conftest import mark_on, report_on

FORMS = {form.key: form for form in forms({".pdf": lambda *_: b""})}


def shown(form: Form, text: str) -> Preview:
    marks = [mark_on(text, Span(100 + 9 * n, 104 + 9 * n), f"批注{n}号") for n in range(60)]
    return preview_of(form, report_on(text, marks), DEFAULT_OPTIONS, 300, 1.5)


def test_every_form_has_a_beginning(plan_text: str) -> None:
    for key, form in FORMS.items():
        preview = shown(form, plan_text)
        if isinstance(preview, QImage):
            assert (preview.width(), preview.deviceIndependentSize().width()) == (450, 300)
            assert preview.height() == round(450 * 297 / 210)
        elif isinstance(preview, Rows):
            assert len(preview.rows) == 40
            assert preview.rows[0][preview.titles.index("批注")] == "批注0号"
        else:
            assert "批注0号" in preview, key


def test_excerpts_count_all_marks_in_their_beginning(plan_text: str) -> None:
    assert "共 60 处标注" in str(shown(FORMS[".md"], plan_text))


def test_quotes_among_excerpts_have_the_bar_and_the_indent_of_the_word_file(plan_text: str) -> None:
    picture = shown(FORMS[".excerpts.docx"], plan_text)
    assert isinstance(picture, QImage)
    left = 450 * 28 / 210
    columns = {
        column
        for row in range(picture.height())
        for column in range(picture.width())
        if picture.pixelColor(column, row).name() == "#c2a878"
    }
    assert columns
    assert left + 1 < min(columns) <= max(columns) < left + 2 * 450 * 5.65 / 210


@pytest.mark.parametrize("grouping", Grouping)
def test_the_marks_shown_first_are_all_that_the_beginning_needs(plan_text: str, grouping: Grouping) -> None:
    tags = ("民生", "经济", "产业/芯片", "")
    marks = [
        replace(mark_on(plan_text, Span(9 * n, 9 * n + 4), f"批注{n}号"), tags=tuple({tags[n % 4], tags[n % 3]} - {""}))
        for n in range(1000)
    ]
    report, options = report_on(plan_text, marks), Options(Template(grouping=grouping))
    for form in FORMS.values():
        first = shown_first(form, report.marks, options.template, report.text)
        assert len(first) < 400
        alone = replace(report, marks=tuple(first), total=len(report.marks))
        assert preview_of(form, alone, options, 300, 1.0) == preview_of(form, report, options, 300, 1.0)
    told = FORMS[".md"].writer(report, options, UNWATCHED).decode("utf-8")
    assert str(preview_of(FORMS[".md"], report, options, 300, 1.0))[:1500] in told


@pytest.mark.parametrize("key", [".docx", ".pdf", ".html"])
def test_a_mark_that_reaches_beyond_the_beginning_is_seen_in_it(plan_text: str, key: str) -> None:
    whole = mark_on(plan_text, Span(0, len(plan_text)), style=MarkStyle.UNDERLINE)
    report = report_on(plan_text, [whole])
    assert shown_first(FORMS[key], report.marks, DEFAULT_OPTIONS.template, plan_text) == [whole]
    bare = preview_of(FORMS[key], report_on(plan_text), DEFAULT_OPTIONS, 300, 1.0)
    assert preview_of(FORMS[key], report, DEFAULT_OPTIONS, 300, 1.0) != bare


def test_without_marks_there_is_a_beginning_too(plan_text: str) -> None:
    for form in FORMS.values():
        assert preview_of(form, report_on(plan_text), DEFAULT_OPTIONS, 300, 1.0) is not None


def test_a_web_page_looks_like_one_with_its_notes_beside_the_text(plan_text: str) -> None:
    marks = [mark_on(plan_text, Span(100, 104), "批注\u202e\n二")]
    page = preview_of(FORMS[".html"], report_on(plan_text, marks), DEFAULT_OPTIONS, 1000, 1.0)
    assert isinstance(page, QImage)
    assert page.pixelColor(1, 1).name() == "#fdfcf9"
    bar = [
        (x, y)
        for x in range(600, 1000, 2)
        for y in range(0, 1414, 5)
        if page.pixelColor(x, y).name() == f"#{LINES[0].lower()}"
    ]
    assert bar
    right = max(x for x, _ in bar) + 4
    assert any(page.pixelColor(x, y).lightness() < 160 for x in range(right, 900) for _, y in bar)


def inked(page: QImage, rows: range, columns: range = range(20, 600, 2)) -> list[tuple[int, int]]:
    """Return where there are letters of a page's text."""
    return [(x, y) for y in rows for x in columns if page.pixelColor(x, y).lightness() < 100]


def test_the_title_of_a_web_page_is_broken_as_browsers_do_that_break_it_evenly(plan_text: str) -> None:
    marks = [mark_on(plan_text, Span(100, 104), "批注")]
    page = preview_of(FORMS[".html"], report_on(plan_text, marks), DEFAULT_OPTIONS, 1000, 1.0)
    assert isinstance(page, QImage)
    first, second = (min(inked(page, rows))[0] for rows in (range(42, 74), range(80, 112)))
    assert first > second + 50


def test_a_chapter_of_a_web_page_waits_for_the_notes_of_the_one_before() -> None:
    text = "规划\n第一章　总则\n正文在这里。\n第二章　附则\n正文在这里。\n"
    lowest = []
    for lines in (1, 18):
        note = mark_on(text, Span(10, 12), "\n".join(["批注"] * lines))
        page = preview_of(FORMS[".html"], report_on(text, [note]), DEFAULT_OPTIONS, 1000, 1.0)
        assert isinstance(page, QImage)
        lowest.append(max(y for _, y in inked(page, range(0, 1414, 2))))
    assert lowest[1] > lowest[0] + 100


def test_a_table_for_other_programs_is_shown_as_it_is_written(plan_text: str) -> None:
    rows = preview_of(
        FORMS[".csv"], report_on(plan_text, [mark_on(plan_text, Span(0, 4), "=1")]), DEFAULT_OPTIONS, 9, 1
    )
    assert isinstance(rows, Rows)
    told = dict(zip(rows.titles, rows.rows[0], strict=True))
    assert (told["时间（UTC）"], told["批注"]) == ("2026-11-22 03:00:00", "'=1")


def test_a_text_that_is_not_here_yet_has_a_beginning_in_every_form() -> None:
    for form in FORMS.values():
        assert preview_of(form, report_on(""), DEFAULT_OPTIONS, 300, 1.0) is not None
