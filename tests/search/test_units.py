"""Units partition a text by its numbered clauses, and know what people call every place in them."""

from bisect import bisect_right
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.edition import Edition
from desktop.model.mark import ClausePlace, Mark, MarkKind, MarkStyle, Passage, Place
from desktop.model.outline import NO_OUTLINE, Outline
from desktop.model.search import Where
from desktop.model.span import Span
from desktop.parsing.addressing import address_at, address_of_place
from desktop.parsing.outline import parse_outline
from desktop.search.hits import hits_in, hits_in_reading
from desktop.search.units import LONGEST, mark_unit, section_at, stretches_of, text_unit, units_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
PLAN = ROOT / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
SAMPLES = [PLAN, *sorted((ROOT.parent / "shared" / "samples").glob("*.txt"))]
LINES = st.sampled_from(
    [
        "建议",
        "一、甲",
        "二、乙。乙乙。",
        "1.丙。丁！",
        "2.“戊。”己",
        "——庚。辛",
        "第一条 壬",
        "（一）癸。",
        "子丑。寅",
        "",
        "  ",
    ]
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


def read(path: Path) -> str:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return text.replace("\r\n", "\n")


def edition(text: str) -> Edition:
    return Edition("edition", "document", "导入版", text, "txt", "文.txt", "0" * 64, NOW)


def mark(place: Place, note: str = "", tags: tuple[str, ...] = ()) -> Mark:
    return Mark(
        id="mark",
        document_id="document",
        edition_id="edition",
        kind=MarkKind.NOTE,
        style=MarkStyle.NONE,
        pen=None,
        place=place,
        note=note,
        tags=tags,
        private=False,
        author_id="author",
        device_id="device",
        meeting_id=None,
        created=NOW,
        changed=NOW,
    )


def every_span(text: str, outline: Outline) -> None:
    """Check that the units know of every place what the outline knows of it."""
    stretches = units_of(text, outline)
    assert "".join(text[stretch.start : stretch.end] for stretch in stretches) == text
    assert all(stretch.start < stretch.end for stretch in stretches)
    assert [stretch._replace(addresses=()) for stretch in stretches] == list(stretches_of(text, outline))
    for number, stretch in enumerate(stretches):
        unit = text_unit(number, edition(text), stretch)
        places = [offset for offset in range(len(unit.text)) if not unit.text[offset].isspace()]
        spans = [Span(offset, offset + 1) for offset in places]
        inside = [Span(unit.start + span.start, unit.start + span.end) for span in spans]
        found = list(hits_in(unit, spans, "文件"))
        assert [one.hit for one in found] == list(hits_in_reading(edition(text), outline, inside))
        assert [one.address for one in found] == [address_at(outline, span.start) for span in inside]
        if inside and outline.at(inside[0].start) is not None:
            assert {one.section for one in found} == {section_at(outline, inside[0].start)}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_place_of_a_real_text_is_called_as_its_outline_calls_it(path):
    every_span(read(path), parse_outline(read(path)))


@given(TEXTS)
def test_every_place_of_a_made_up_text_is_called_as_its_outline_calls_it(text):
    every_span(text, parse_outline(text))


@given(TEXTS)
def test_a_unit_is_a_numbered_clause_with_what_counts_with_it(text):
    outline = parse_outline(text)
    ends = [stretch.end for stretch in units_of(text, outline)]
    nodes = [node for node in outline.nodes if not node.clause.implied]
    numbers = [bisect_right(ends, node.clause.start) for node in nodes]
    for before, behind, one, other in zip(nodes, nodes[1:], numbers, numbers[1:], strict=False):
        line = text.rfind("\n", 0, behind.clause.start) + 1
        within_line = bool(text[line : behind.clause.start].strip())
        assert (before.numbered is behind.numbered or within_line) == (one == other)


@given(TEXTS)
def test_a_line_is_never_cut(text):
    ends = [stretch.end for stretch in units_of(text, parse_outline(text))]
    assert all(text[end - 1] == "\n" for end in ends[:-1])


def test_clauses_that_begin_within_a_line_go_with_those_before():
    text = "一、分工\n1．优化结构（甲部门负责）2．加大就业服务（乙部门负责）\n3．其他"
    units = [text[stretch.start : stretch.end] for stretch in units_of(text, parse_outline(text))]
    assert any("负责）2．加大就业服务" in unit for unit in units)
    assert units[-1] == "3．其他"


def test_text_without_clauses_is_cut_at_line_ends_only():
    text = "\n".join(["甲" * 1500] * 8 + ["乙" * 9000] + ["丙"] * 3)
    stretches = units_of(text, NO_OUTLINE)
    assert "".join(text[stretch.start : stretch.end] for stretch in stretches) == text
    assert all(text[stretch.end - 1] == "\n" for stretch in stretches[:-1])
    assert [stretch.end - stretch.start for stretch in stretches] == [3002] * 4 + [9001, 5]
    assert (
        max(stretch.end - stretch.start for stretch in stretches if "乙" not in text[stretch.start : stretch.end])
        <= LONGEST
    )
    assert units_of("一" * 10_000, NO_OUTLINE)[0].end == 10_000
    assert units_of("", NO_OUTLINE) == []


def test_a_mark_is_a_unit_with_its_note_and_its_tags_and_the_name_of_its_place():
    text = "办法\n第一章 总则\n第一条 甲。乙。\n"
    outline = parse_outline(text)
    passage = Passage(17, 18, "乙", "", "")
    clause = ClausePlace(11, 19, ("第一章", "第一条"))
    for place in (passage, clause):
        unit = mark_unit(2**40, mark(place, "先说要点。再说要点！\n要点", ("要点", "甲/要点")), outline)
        spans = [Span(at, at + 2) for at in range(len(unit.text)) if unit.text.startswith("要点", at)]
        found = list(hits_in(unit, spans, "办法"))
        assert [(one.hit.where, tuple(one.hit.span), one.hit.context) for one in found] == [
            (Where.NOTE, (2, 4), "先说要点。"),
            (Where.NOTE, (7, 9), "再说要点！"),
            (Where.NOTE, (11, 13), "要点"),
            (Where.TAG, (0, 2), "要点"),
            (Where.TAG, (2, 4), "甲/要点"),
        ]
        assert {one.address for one in found} == {address_of_place(outline, place)}
        assert {(one.section, one.title) for one in found} == {("第一章 总则", "办法")}
        assert {one.hit.offset for one in found} == {place.start}
        note = "先说要点。再说要点！\n要点"
        assert all(note[one.hit.context_start :].startswith(one.hit.context) for one in found[:3])


def test_what_runs_over_from_a_note_into_a_tag_is_no_hit():
    unit = mark_unit(2**40, mark(Passage(0, 1, "甲", "", ""), "甲", ("乙", "丙")), NO_OUTLINE)
    assert list(hits_in(unit, [Span(0, 3), Span(2, 5)], "")) == []
    assert len(list(hits_in(unit, [Span(0, 1), Span(2, 3), Span(4, 5)], ""))) == 3


def test_a_long_sentence_is_kept_once_for_all_its_hits():
    text = "甲" * 100_000
    unit = text_unit(0, edition(text), units_of(text, NO_OUTLINE)[0])
    contexts = {id(found.hit.context) for found in hits_in(unit, [Span(at, at + 1) for at in range(1000)], "")}
    contexts |= {id(hit.context) for hit in hits_in_reading(edition(text), NO_OUTLINE, [Span(0, 1), Span(1, 2)])}
    assert len(contexts) <= 2
