"""Every place where the words stand is found, and no other: compared with looking at each place in turn."""

# ruff: noqa: RUF001 (characters that look alike are what folding is about)

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.edition import Edition
from desktop.model.mark import Mark, MarkKind, MarkStyle, Passage
from desktop.model.outline import Outline
from desktop.model.search import Hit, Where
from desktop.parsing.outline import parse_outline
from desktop.search.scanning import Scanner
from desktop.text.folding import fold

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ALIKE = "一一AaＡａ0０○〇零“”\"'‘ \u3000\u00a0\n\U00020bb7甲"
PLAN = Path(__file__).parents[2] / "resources" / "plan" / "hengyang-15fyp-proposal-page2.txt"
PLAN_TEXT = PLAN.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
PLAN_OUTLINE = parse_outline(PLAN_TEXT)


def edition(text: str) -> Edition:
    return Edition("edition", "document", "导入版", text, "txt", "文.txt", "0" * 64, NOW)


def mark(note: str = "", tags: tuple[str, ...] = ()) -> Mark:
    return Mark(
        id="mark",
        document_id="document",
        edition_id="edition",
        kind=MarkKind.NOTE,
        style=MarkStyle.NONE,
        pen=None,
        place=Passage(40, 42, "甲乙", "", ""),
        note=note,
        tags=tags,
        private=False,
        author_id="author",
        device_id="device",
        meeting_id=None,
        created=NOW,
        changed=NOW,
    )


def search(text: str, words: str, *, strict: bool = False) -> list[Hit]:
    return Scanner(words, strict=strict).in_text(edition(text), parse_outline(text))


def every_place(text: str, words: str, *, strict: bool = False) -> list[tuple[int, int]]:
    """Return where the words stand, by looking at each place: slow, and plain to see that it is right."""
    text, words = (text, words) if strict else (fold(text), fold(words))
    length = len(words)
    return [
        (start, start + length) for start in range(len(text) - length + 1) if length and text[start:][:length] == words
    ]


def spans(hits: list[Hit]) -> list[tuple[int, int]]:
    return [tuple(hit.span) for hit in hits]


@settings(max_examples=150)
@given(st.integers(0, len(PLAN_TEXT) - 1), st.one_of(st.integers(1, 3), st.integers(1, 60)), st.booleans())
def test_words_of_the_plan_are_found_wherever_they_stand(start, length, strict):
    words = PLAN_TEXT[start : start + length]
    hits = Scanner(words, strict=strict).in_text(edition(PLAN_TEXT), PLAN_OUTLINE)
    assert spans(hits) == every_place(PLAN_TEXT, words, strict=strict)
    assert start in [hit.span.start for hit in hits]
    for hit in hits:
        assert PLAN_TEXT[hit.context_start :].startswith(hit.context)
        # A line end is in no sentence: words that begin with one have the line before it.
        assert hit.context_start <= hit.span.start < hit.context_start + len(hit.context) + (words[0] == "\n")


def test_every_single_character_of_the_plan_is_found_at_every_place():
    for character in set(PLAN_TEXT):
        hits = Scanner(character).in_text(edition(PLAN_TEXT), PLAN_OUTLINE, fold(PLAN_TEXT))
        assert spans(hits) == every_place(PLAN_TEXT, character)


@settings(max_examples=300)
@given(st.text(st.sampled_from(ALIKE), max_size=40), st.text(st.sampled_from(ALIKE), max_size=4), st.booleans())
def test_made_up_texts_are_searched_exactly(text, words, strict):
    assert spans(search(text, words, strict=strict)) == every_place(text, words, strict=strict)
    in_notes = [hit for hit in Scanner(words, strict=strict).in_mark(mark(text)) if hit.where is Where.NOTE]
    assert spans(in_notes) == every_place(text, words, strict=strict)


def test_overlapping_occurrences_are_all_found():
    assert spans(search("一一一", "一一")) == [(0, 2), (1, 3)]


def test_empty_words_are_nowhere():
    assert search("一二三", "") == []
    assert Scanner("").in_mark(mark("批注", ("标签",))) == []


def test_words_longer_than_the_text_are_nowhere():
    assert search("一二三", "一二三四") == []
    assert search("", "一") == []


def test_words_may_hold_a_line_end():
    assert spans(search("甲乙\n丙丁", "乙\n丙")) == [(1, 4)]
    assert search("甲乙丙丁", "乙\n丙") == []


def test_a_character_beyond_the_basic_plane_counts_as_one():
    assert spans(search("\U00020bb7甲\U00020bb7", "甲\U00020bb7")) == [(1, 3)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ＧＤＰ", "gdp"),
        ("GDP", "ｇｄｐ"),
        ("二○三五", "二〇三五"),
        ("２０３５", "2035"),
        ("“十五五”", '"十五五"'),
        ("甲\u3000乙", "甲 乙"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_found_unless_told_otherwise(text, words):
    assert spans(search(text, words)) == [(0, len(text))]
    assert search(text, words, strict=True) == []
    assert spans(search(text, text, strict=True)) == [(0, len(text))]


def test_what_only_seems_alike_is_not_found():
    assert search("计划", "规划") == []
    assert search("衡阳市", "衡阳县") == []
    assert search("ab", "a b") == []


def test_the_context_of_a_hit_is_its_sentence():
    text = "建议\n一、甲\n1.头一句。第二句有字。第三句。\n"
    (hit,) = search(text, "有字")
    assert (hit.context, hit.context_start) == ("第二句有字。", text.index("第二句"))
    assert hit.offset == hit.span.start
    (crossing,) = search(text, "字。第三")
    assert crossing.context == "第二句有字。"
    (title,) = search(text, "建议")
    assert (title.context, title.context_start) == ("建议", 0)


def test_contexts_are_the_sentences_of_the_outline():
    sentences = {span for node in PLAN_OUTLINE.nodes for span in node.clause.sentences}
    lines = {(notice.start, notice.end) for notice in PLAN_OUTLINE.notices}
    for hit in Scanner("衡阳").in_text(edition(PLAN_TEXT), PLAN_OUTLINE):
        context = (hit.context_start, hit.context_start + len(hit.context))
        assert context in sentences or context in lines


def test_a_hit_in_a_note_or_tag_names_its_mark_and_counts_within_it():
    found = Scanner("要点").in_mark(mark("先说要点。再说要点！\n要点", ("要点", "甲/要点")))
    assert [(hit.where, tuple(hit.span), hit.context) for hit in found] == [
        (Where.NOTE, (2, 4), "先说要点。"),
        (Where.NOTE, (7, 9), "再说要点！"),
        (Where.NOTE, (11, 13), "要点"),
        (Where.TAG, (0, 2), "要点"),
        (Where.TAG, (2, 4), "甲/要点"),
    ]
    assert {hit.mark_id for hit in found} == {"mark"}
    assert {hit.offset for hit in found} == {40}
    assert {(hit.document_id, hit.edition_id) for hit in found} == {("document", "edition")}
    note = "先说要点。再说要点！\n要点"
    assert all(note[hit.context_start :].startswith(hit.context) for hit in found if hit.where is Where.NOTE)


def test_a_text_without_an_outline_is_searched_by_its_lines():
    (hit,) = Scanner("乙").in_text(edition("甲\n乙丙\n丁"), Outline("", (), (), ()))
    assert (hit.context, hit.context_start) == ("乙丙", 2)


def test_the_text_folded_beforehand_gives_the_same():
    text = "ＡＢ甲ab"
    scanner, outline = Scanner("ab"), parse_outline(text)
    assert scanner.in_text(edition(text), outline, fold(text)) == scanner.in_text(edition(text), outline)
    assert scanner.in_text(replace(edition(text), id="other"), outline)[0].edition_id == "other"
