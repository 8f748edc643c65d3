"""Web annotations: a golden file, the rules of the standard, and that what was written is read back without loss."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.writers.jsonld import write_jsonld
from desktop.model.annotation import Annotation, OwnProperties, Quote, Target
from desktop.model.mark import MarkKind, MarkStyle
from desktop.model.meeting import Meeting
from desktop.model.outline import Outline
from desktop.model.pen import DEFAULT_PENS
from desktop.model.report import Report, ReportMark
from desktop.model.span import Span
from tests.exchange.conftest import MADE
from tests.exchange.web_annotation_rules import broken_rules

Marks = Callable[..., ReportMark]
Reports = Callable[..., Report]


def expected(mark: ReportMark, report: Report) -> Annotation:
    """Return the annotation that a mark is read back as."""
    start, end = mark.span
    around = report.text[max(0, start - 32) : start], report.text[end : end + 32]
    return Annotation(
        id=f"urn:uuid:{mark.id}",
        motivations=("commenting" if mark.note else "tagging" if mark.style is MarkStyle.NONE else "highlighting",),
        note=mark.note,
        tags=mark.tags,
        targets=(Target(f"urn:sha256:{report.sha256}", Quote(mark.span.of(report.text), *around), mark.span),),
        creator=mark.author,
        created=mark.created,
        modified=mark.changed,
        own=OwnProperties(
            mark.kind,
            mark.style,
            mark.pen,
            mark.clause_path if mark.on_clause else None,
            mark.meeting,
            mark.private,
            mark.author_id if mark.author else "",
            mark.meeting_record.id if mark.meeting_record else "",
            mark.meeting_record.held_on if mark.meeting_record else None,
        ),
    )


def test_every_mark_is_an_annotation(
    report: Reports, marks: tuple[ReportMark, ...], golden: Callable[[str, str], None]
) -> None:
    golden("annotations.jsonld", write_jsonld(report(*marks)).decode())


def test_the_rules_of_the_standard_are_kept(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    annotations = json.loads(write_jsonld(report(*marks)))
    assert len(annotations) == len(marks)
    assert [rule for annotation in annotations for rule in broken_rules(annotation)] == []


@pytest.mark.parametrize("key", ["@context", "id", "type", "created", "target", "motivation"])
def test_the_rules_notice_what_is_missing(report: Reports, marks: tuple[ReportMark, ...], key: str) -> None:
    annotation = json.loads(write_jsonld(report(*marks)))[0]
    del annotation[key]
    assert broken_rules(annotation)


def test_positions_are_code_points_and_quotes_their_words(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    made = report(*marks)
    for annotation, mark in zip(json.loads(write_jsonld(made)), made.marks, strict=True):
        quote, position = annotation["target"]["selector"]
        assert made.text[position["start"] : position["end"]] == quote["exact"] == mark.span.of(made.text)
        assert made.text[: position["start"]].endswith(quote["prefix"])
        assert made.text[position["end"] :].startswith(quote["suffix"])


def test_what_was_written_is_read_back(report: Reports, marks: tuple[ReportMark, ...]) -> None:
    made = report(*marks)
    read = read_annotations(write_jsonld(made))
    assert read.annotations == tuple(expected(mark, made) for mark in made.marks)
    assert read.remarks == ()


_TEXT = "一、\U00020bb7人<&>\n\x01尾\U0001f600" * 9
_WORDS = st.text(max_size=30) | st.text(st.sampled_from('<&\U00020bb7\x00\x1f\ud800\r\n"\\'), max_size=12)


@st.composite
def made_marks(draw: st.DrawFn) -> ReportMark:
    start = draw(st.integers(0, len(_TEXT)))
    on_clause = draw(st.booleans())
    days = st.none() | st.dates(date(1970, 1, 1), date(2199, 12, 31))
    day = draw(days)
    moments = st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
    return ReportMark(
        id=str(uuid4()),
        kind=draw(st.sampled_from(MarkKind)),
        style=draw(st.sampled_from(MarkStyle)),
        pen=draw(st.none() | st.integers(1, 5)),
        span=Span(start, draw(st.integers(start, len(_TEXT)))),
        quote="",
        on_clause=on_clause,
        note=draw(_WORDS),
        tags=tuple(draw(st.lists(_WORDS.filter(bool), max_size=3, unique=True))),
        address="",
        author=draw(_WORDS),
        meeting=draw(_WORDS),
        created=draw(moments),
        changed=draw(moments),
        private=draw(st.booleans()),
        clause_path=tuple(draw(st.lists(_WORDS, max_size=3))) if on_clause else (),
        author_id=draw(st.just("") | st.uuids().map(str)),
        meeting_record=None if day is None else Meeting(str(uuid4()), "", day, MADE),
    )


@given(st.lists(made_marks(), max_size=4))
def test_no_mark_loses_anything_on_its_way_through_the_file(marks: list[ReportMark]) -> None:
    made = Report("", "", _TEXT, Outline("", (), (), ()), tuple(marks), DEFAULT_PENS, MADE, "ab" * 32)
    data = write_jsonld(made)
    assert read_annotations(data).annotations == tuple(expected(mark, made) for mark in marks)
    assert [rule for annotation in json.loads(data) for rule in broken_rules(annotation)] == []


def test_a_long_note_is_kept(report: Reports, mark: Marks) -> None:
    note = "<&>\U0001f600\U00020bb7\n" * 20_000
    (read,) = read_annotations(write_jsonld(report(mark(Span(0, 2), note=note)))).annotations
    assert read.note == note
