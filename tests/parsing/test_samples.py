"""Real documents give the counts and titles that were taken from them by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from desktop.model.clause import Clause, ClauseKind
from desktop.model.outline import Outline
from desktop.parsing.numbering import Style, style_of
from desktop.parsing.outline import parse_outline
from desktop.services.importing import read_file

LAWS = ("01-planning-law-2026.md", "02-charity-law-2016.md", "02-charity-law-2023.md")
REPORTS = ("12-work-report-2022-national.txt", "14-hailar-work-report-2012.txt")


def outline_of(samples: Path, name: str) -> Outline:
    return read_file(samples / name).outline


def expected(samples: Path, name: str) -> dict:
    documents = json.loads((samples / "expected.json").read_text("utf-8"))["documents"]
    return next(document for document in documents if document["file"] == name)


def headings(clauses: tuple[Clause, ...]) -> list[str]:
    """Return labels and titles without the blanks between and within them."""
    return [re.sub(r"\s", "", clause.label + (clause.title or "")) for clause in clauses if clause.label]


def check_ends(clauses: tuple[Clause, ...], first: list[str], last: list[str]) -> None:
    found = headings(clauses)
    assert found[:3] == [re.sub(r"\s", "", title) for title in first][: len(found)]
    assert found[-3:] == [re.sub(r"\s", "", title) for title in last][-len(found) :]


def styles(outline: Outline) -> Counter:
    return Counter(style_of(node.clause.label) for node in outline.nodes if node.clause.label)


@pytest.mark.parametrize("name", LAWS)
def test_laws(samples, name):
    outline, wanted = outline_of(samples, name), expected(samples, name)
    kinds = Counter(node.clause.kind for node in outline.nodes)
    assert outline.title == wanted["title"]
    assert kinds[ClauseKind.CHAPTER] == len(outline.clauses) == wanted["top_level"]
    assert kinds[ClauseKind.ARTICLE] == wanted["second_level"]
    assert styles(outline)[Style.HAN_BRACKET] == wanted["items"]
    check_ends(outline.clauses, wanted["first_three"], wanted["last_three"])
    assert outline.warnings == ()


@pytest.mark.parametrize("name", REPORTS)
def test_work_reports(samples, name):
    outline, wanted = outline_of(samples, name), expected(samples, name)
    top = [clause for clause in outline.clauses if clause.label]
    assert len(top) == wanted["top_level"]
    assert styles(outline)[Style.HAN_BRACKET] == wanted["second_level"]
    assert styles(outline)[Style.DASH] == wanted.get("items", 0)
    check_ends(tuple(top), wanted["first_three"], wanted["last_three"])


def test_a_report_without_a_title_has_none_and_its_unnumbered_titles_are_seen(samples):
    outline = outline_of(samples, REPORTS[0])
    assert outline.title == ""
    titles = {node.clause.title for node in outline.nodes if node.clause.kind is ClauseKind.PARAGRAPH}
    assert {"提升积极的财政政策效能", "确保粮食能源安全", "推动消费持续恢复"} <= titles


def test_an_environment_plan_behind_a_notice_and_its_contents(samples):
    name = "15-env-plan-13fyp-2016.txt"
    outline, wanted = outline_of(samples, name), expected(samples, name)
    assert outline.title == wanted["title"]
    check_ends(outline.clauses, wanted["first_three"], wanted["last_three"])
    sections = [[c for c in chapter.children if c.kind is ClauseKind.SECTION] for chapter in outline.clauses]
    assert [len(found) for found in sections] == wanted["second_level_split"]
    boxes = [node.clause for node in outline.nodes if node.clause.kind is ClauseKind.BOX]
    assert len(boxes) == wanted["boxes"]
    for found, title in zip(headings(tuple(boxes)), wanted["boxes_titles"], strict=True):
        assert found == re.sub(r"\s", "", title)
    assert [note.label for note in boxes[0].children] == ["2.", "3."]


def test_a_division_of_tasks_in_one_line(samples):
    name = "18-task-division-2020.txt"
    outline, wanted = outline_of(samples, name), expected(samples, name)
    assert outline.title == wanted["title"]
    top = tuple(clause for clause in outline.clauses if clause.label)
    check_ends(top, wanted["first_three"], wanted["last_three"])
    counts = styles(outline)
    assert counts == {
        Style.HAN: wanted["top_level"],
        Style.HAN_BRACKET: wanted["second_level"],
        Style.DIGIT: wanted["third_level_numbered_measures"],
    }
    assert [warning.text[:12] for warning in outline.warnings] == ["这一段里连着102个编号"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("D5-synthetic-outline-pdf-copy.txt", True),  # its lines as they are, not as the reader joins them
        ("D5-synthetic-outline-pdf-copy.txt", False),
        ("D3-synthetic-outline-auto-numbering.docx", False),
    ],
)
def test_a_plan_copied_from_a_pdf_and_as_a_word_file(samples, name, raw):
    outline = parse_outline((samples / name).read_text("utf-8")) if raw else outline_of(samples, name)
    wanted = expected(samples, name)
    kinds = Counter(node.clause.kind for node in outline.nodes)
    assert outline.title == wanted["title"]
    assert (kinds[ClauseKind.PART], kinds[ClauseKind.CHAPTER]) == (wanted["top_level"], wanted["chapters"])
    chapters = [node.clause for node in outline.nodes if node.clause.kind is ClauseKind.CHAPTER]
    split = [sum(child.kind is ClauseKind.SECTION for child in chapter.children) for chapter in chapters]
    assert split == wanted["sections_per_chapter"]
    assert (kinds[ClauseKind.BOX], kinds[ClauseKind.ITEM]) == (wanted["boxes"], wanted["items"])
    divisions = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
    for found, titles in ((divisions, "headings"), ((ClauseKind.BOX,), "boxes_titles")):
        clauses = tuple(node.clause for node in outline.nodes if node.clause.kind in found)
        assert headings(clauses) == [re.sub(r"\s", "", title) for title in wanted[titles]]
    assert outline.warnings == ()


def test_second_level_titles_are_whole_sentences(samples):
    outline, wanted = outline_of(samples, REPORTS[0]), expected(samples, REPORTS[0])
    parent = next(clause for clause in outline.clauses if clause.number == wanted["second_level_parent"])
    check_ends(parent.children, wanted["second_level_first_three"], wanted["second_level_last_three"])
