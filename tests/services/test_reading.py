"""A text that is open: its outline from the cache, its places in words, its quotations."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.errors import UserError
from desktop.model.mark import MarkKind
from desktop.model.outline import Outline
from desktop.model.span import Span
from desktop.parsing.codec import outline_to_cache
from desktop.parsing.outline import parse_outline
from desktop.parsing.version import PARSER_VERSION
from desktop.services.command import perform
from desktop.services.importing import ImportDocument, ImportedFile, RemoveDocument, import_document
from desktop.services.marking import Marker
from desktop.services.reading import (
    Reading,
    editions_of,
    inner_quotes,
    open_reading,
    outline_of,
    plain,
    trimmed,
)
from desktop.storage.library import Library
from desktop.text.keys import make_key

BLANKS = " \t\n\u3000\u00a0\u2028\x0c"
TITLE = "中共衡阳市委关于制定衡阳市国民经济和社会发展第十五个五年规划的建议"


def span_of(reading: Reading, words: str) -> Span:
    start = reading.text.index(words)
    return Span(start, start + len(words))


def import_text(library: Library, text: str) -> ImportDocument:
    command = import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    return command


def renamed(outline: Outline) -> str:
    """Return a cached outline that no parser would make."""
    return outline_to_cache(replace(outline, title="从缓存来的"))


@given(st.text(st.sampled_from("甲𠮷。" + BLANKS)), st.integers(0, 20), st.integers(0, 20))
def test_a_selection_is_trimmed_to_its_words_and_loses_no_other(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    words = text[start:end].strip()
    if not words:
        with pytest.raises(UserError, match="没有选中文字"):
            trimmed(text, Span(start, end))
        return
    span = trimmed(text, Span(start, end))
    assert span.of(text) == words
    assert start <= span.start < span.end <= end


def test_the_address_and_the_words_of_a_mark_on_words(reading, marker):
    span = span_of(reading, "加快推进农业农村现代化。")
    mark = marker.note(span, "想").marks[0]
    assert reading.quote_of(mark) == "加快推进农业农村现代化。"
    assert reading.address_of(mark) == reading.address(span.start) == "七 · 25 · 第1句"


def test_the_address_and_the_words_of_a_mark_on_a_clause(reading, marker):
    node = next(node for node in reading.outline.nodes if node.clause.label == "25.")
    mark = marker.clause_note(node, "整条").marks[0]
    assert reading.address_of(mark) == "七 · 25"
    assert reading.quote_of(mark) == "25.加快推进农业农村现代化。"


def test_a_quotation_names_document_and_clause(reading):
    clause = next(node.clause for node in reading.outline.nodes if node.clause.label == "22.")
    span = Span(clause.start, clause.start + 14)
    assert reading.quotation(span) == f"“{span.of(reading.text)}”（《{TITLE}》第22条）"


def test_a_quotation_of_the_plan_turns_the_quotation_marks_within(reading):
    span = span_of(reading, "全市上下要深刻领悟“两个确立”的决定性意义")
    assert reading.quotation(span) == f"“全市上下要深刻领悟‘两个确立’的决定性意义”（《{TITLE}》第3条结语）"


def test_a_quotation_over_several_paragraphs_keeps_them_without_blank_lines(library):
    command = import_text(library, "建议\n一、甲\n1.为了“你”。\n\n\u3000\n2.为了‘他’。\n")
    reading = open_reading(library, command.edition.id)
    span = Span(reading.text.index("1."), len(reading.text))
    assert reading.quotation(span) == "“1.为了‘你’。\n2.为了“他”。”（《建议》第1条至第2条）"


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("“甲”", "‘甲’"),
        ("“甲‘乙’丙”", "‘甲“乙”丙’"),
        ("说‘乙’", "说“乙”"),
        ("it’s “甲”", "it’s ‘甲’"),
        ('"甲"', '"甲"'),
        ("确立”的", "确立’的"),
    ],
)
def test_quotation_marks_within_are_turned(words, within):
    assert inner_quotes(words) == within


def test_plain_words_keep_their_paragraphs_and_every_blank_in_them():
    assert plain("甲\u00a0乙\n\n \u3000\n丙\u2028丁\n") == "甲\u00a0乙\n丙\u2028丁"


def test_what_is_opened_is_the_edition_with_its_outline(library, reading, plan):
    assert (reading.text, reading.document.title) == (plan.text, TITLE)
    assert reading.outline == parse_outline(plan.text)
    assert reading.key == make_key(plan.text)
    assert editions_of(library, reading.document.id) == [reading.edition.id]


def test_an_edition_that_is_gone_is_told(library, reading):
    with pytest.raises(UserError, match="没有这个文件"):
        open_reading(library, "nobody")
    command = RemoveDocument(reading.document)
    perform(library, command)
    assert editions_of(library, reading.document.id) == []
    with pytest.raises(UserError, match="没有这个文件"):
        open_reading(library, reading.edition.id)
    command.revert(library)
    assert open_reading(library, reading.edition.id) == reading


def test_an_outline_of_this_parser_comes_from_the_cache(library, reading):
    library.editions.keep_outline(reading.edition.id, PARSER_VERSION, renamed(reading.outline))
    assert outline_of(library, reading.edition).title == "从缓存来的"


@pytest.mark.parametrize("version", [PARSER_VERSION - 1, PARSER_VERSION + 1])
def test_an_outline_of_another_parser_is_made_anew_and_kept(library, reading, version):
    library.editions.keep_outline(reading.edition.id, version, renamed(reading.outline))
    operations = library.operations.count()
    assert outline_of(library, reading.edition) == reading.outline
    assert library.editions.outline_cache(reading.edition.id, PARSER_VERSION) == outline_to_cache(reading.outline)
    assert library.operations.count() == operations


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "{}", json.dumps({"title": "甲"})])
def test_a_spoilt_outline_is_made_anew(library, reading, spoilt):
    library.editions.keep_outline(reading.edition.id, PARSER_VERSION, spoilt)
    assert outline_of(library, reading.edition) == reading.outline
    assert library.editions.outline_cache(reading.edition.id, PARSER_VERSION) == outline_to_cache(reading.outline)


def test_who_only_reads_makes_an_outline_but_does_not_write_it(library, reading):
    library.editions.keep_outline(reading.edition.id, PARSER_VERSION - 1, renamed(reading.outline))
    library.close()
    path = Path(library.path)
    before = path.read_bytes()
    with Library.open(path, read_only=True) as reader:
        assert open_reading(reader, reading.edition.id).outline == reading.outline
        assert reader.editions.outline_cache(reading.edition.id, PARSER_VERSION) is None
    assert path.read_bytes() == before


def test_a_mark_on_a_notice_has_an_address_too(library, reading):
    mark = Marker(library, reading).highlight(Span(0, 3), 1, "重点").marks[0]
    assert mark.kind is MarkKind.HIGHLIGHT
    assert reading.address_of(mark) == reading.address(0) != ""
