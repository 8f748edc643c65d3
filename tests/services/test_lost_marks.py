"""A mark whose words are not in the text is told as such wherever marks are told, and painted nowhere."""

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest

from desktop.exchange.formats import form_of
from desktop.exchange.watch import UNWATCHED
from desktop.model.export import DEFAULT_OPTIONS
from desktop.services.exporting import Selection, build_report
from desktop.services.merging import plan_merge
from desktop.services.reading import open_reading
from desktop.ui.marking import PaintedMarks
from tests.services.desks import TEXT, Desk


@pytest.fixture
def report_of_lost(tmp_path):
    zhang, li = Desk(tmp_path, "张"), Desk(tmp_path, "李", TEXT.replace("尊重人民主体地位，", ""))
    zhang.mark("尊重人民主体地位", "谁来落实")
    li.merge(zhang)
    reading = open_reading(li.library, li.reading.edition.id)
    yield li, build_report(li.library, reading, Selection())
    zhang.library.close()
    li.library.close()


def written(report, suffix):
    return form_of(Path(f"a{suffix}")).writer(report, DEFAULT_OPTIONS, UNWATCHED)


def test_every_form_says_that_the_words_were_not_found_and_which_those_were(report_of_lost):
    _, report = report_of_lost
    for suffix in (".md", ".csv", ".html"):
        told = written(report, suffix).decode("utf-8-sig")
        assert "未找到" in told, suffix
        assert "尊重人民主体地位" in told, suffix
        assert "谁来落实" in told, suffix
    (comment,) = docx.Document(BytesIO(written(report, ".docx"))).comments
    assert "未找到原文：尊重人民主体地位" in comment.text
    (annotation,) = json.loads(written(report, ".jsonld"))
    (selector,) = annotation["target"]["selector"]
    assert (selector["type"], selector["exact"]) == ("TextQuoteSelector", "尊重人民主体地位")
    assert selector["prefix"].endswith("坚持人民至上。")


def test_the_text_paints_nothing_for_it(report_of_lost):
    desk, _ = report_of_lost
    marks = desk.library.marks.of_edition(desk.reading.edition.id)
    assert len(marks) == 1
    assert PaintedMarks().of(marks) == []


def test_colleagues_who_share_a_title_share_the_place_where_marks_wait(tmp_path):
    zhang, wang, li = Desk(tmp_path, "张"), Desk(tmp_path, "王"), Desk(tmp_path, "李", None)
    zhang.mark("尊重人民主体地位")
    wang.mark("新质生产力")
    for colleague in (zhang, wang):
        assert li.counts(colleague) == {"unplaced": 1}
        li.merge(colleague)
    assert len(li.library.documents.all()) == 1
    assert all(not line.conflicts for line in plan_merge(li.library, zhang.bundle()).lines)
    li.take(TEXT)
    assert not any(mark.lost for mark in li.marks())
    for desk in (zhang, wang, li):
        desk.library.close()
