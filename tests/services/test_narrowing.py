"""Fields narrow a search to documents, clauses and marks, and alone they list what they leave."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.mark import Mark
from desktop.model.meeting import Meeting
from desktop.model.search import Request, Where
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.search.query import parse
from desktop.search.source import EVERYTHING
from desktop.services import narrowing
from desktop.services.command import perform
from desktop.services.finding import search_reading
from desktop.services.importing import ImportedFile, import_document
from desktop.services.marking import Marker, RemoveMarks, set_private
from desktop.services.meeting import StartMeeting
from desktop.services.narrowing import _joined, _limited, limited, narrow
from desktop.services.reading import Reading, open_reading
from desktop.services.searching import Searcher
from desktop.storage.library import Library

RULES = "办法\n第一章 总则\n第一条　产业。产业园区。\n第二条　产业。\n第二章 附则\n第三条　产业。\n"
PLAN = "规划\n一、总则\n1.产业。\n2.产业。\n"


def taken_in(library: Library, text: str) -> Reading:
    command = import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    return open_reading(library, command.edition.id)


@pytest.fixture
def rules(library: Library) -> Reading:
    return taken_in(library, RULES)


@pytest.fixture
def marks(library: Library, rules: Reading) -> list[Mark]:
    """Put a tagged note on 产业 in clause 1, a highlight with pen 3 on clause 3, a note on the plan."""
    marker = Marker(library, rules)
    at, last = RULES.index("产业园区"), RULES.rindex("产业")
    perform(library, marker.note(Span(at, at + 4), "产业的批注", ("民生/要点",)))
    perform(library, marker.highlight(Span(last, last + 2), 3, "数据"))
    plan = taken_in(library, PLAN)
    perform(library, Marker(library, plan).note(Span(0, 2), "产业", ("别的",)))
    return library.marks.of_edition(rules.edition.id)


def addresses(library: Library, typed: str) -> list[tuple[str, str]]:
    found = Searcher(library).everything(Request(typed)).hits
    pages = Searcher(library)
    page = pages.page(Request(typed), size=1)
    hits = list(page.hits)
    while page.more:
        page = pages.page(Request(typed), page, 1)
        hits += page.hits
    assert sorted(hits, key=repr) == sorted(found, key=repr)
    assert pages.totals(Request(typed)).hits == len(found)
    return [(one.hit.where.value, one.address) for one in found]


def test_without_fields_everything_is_left(library, rules):
    assert narrow(library, ()) is EVERYTHING
    assert narrow(library, (), rules.edition.id).editions == {rules.edition.id}


def test_a_document_is_named_by_part_of_its_title(library, marks):
    assert len(addresses(library, "产业")) == 8
    assert len(addresses(library, "产业 文件:办法")) == 5
    assert len(addresses(library, "产业 文件:辦法")) == 5
    assert len(addresses(library, "产业 -文件:办")) == 3
    assert len(addresses(library, "产业 文件:办法 OR 文件:规划")) == 8
    assert addresses(library, "文件:规") == [("text", "标题")]
    assert addresses(library, "文件:没有") == []


def test_a_clause_is_named_as_people_type_it_with_what_lies_under_it(library, marks):
    in_first = [("text", "第一章 · 第一条 · 第1句"), ("text", "第一章 · 第一条 · 第2句")]
    note = ("note", "第一章 · 第一条 · 第2句")
    assert addresses(library, "产业 条款:第1条 文件:办法") == [*in_first, note]
    assert addresses(library, "产业 条款：第一章") == [*in_first, ("text", "第一章 · 第二条"), note]
    assert addresses(library, "产业 条款:1.2 文件:办法") == [in_first[1], note]
    assert addresses(library, "产业 -条款:第一章 文件:办法") == [("text", "第二章 · 第三条")]
    assert addresses(library, "条款:-1") == []
    assert addresses(library, "条款:第二章") == [("text", "第二章")]
    assert set(addresses(library, "条款:第二条")) == {("text", "第一章 · 第二条"), ("text", "一 · 2")}
    assert addresses(library, "产业 条款:没有") == []


def test_a_tag_is_named_whole_or_by_a_part_of_it(library, marks):
    expected = [("text", "第一章 · 第一条 · 第2句"), ("note", "第一章 · 第一条 · 第2句")]
    for tag in ("民生/要点", "民生", "要点"):
        assert addresses(library, f"产业 标签:{tag}") == expected
    assert addresses(library, "产业 标签:要") == []
    assert addresses(library, "标签:民生") == [("text", "第一章 · 第一条 · 第2句")]
    assert len(addresses(library, "产业 -标签:民生")) == 6


@pytest.mark.parametrize("pen", ["3", "数据", "绿", "绿色"])
def test_a_colour_is_named_by_number_name_or_colour(library, marks, pen):
    assert addresses(library, f"颜色:{pen}") == [("text", "第二章 · 第三条")]
    assert addresses(library, f"产业 颜色:{pen}") == [("text", "第二章 · 第三条")]


def test_meetings_and_authors_are_named_by_part_of_their_names(library, rules):
    perform(library, StartMeeting(Meeting("meeting", "第三次讨论会", date(2026, 11, 22), datetime.now(UTC))))
    perform(library, Marker(library, rules).note(Span(0, 2), "产业"))
    assert len(addresses(library, "产业 会议:讨论")) == len([*library.marks.of_edition(rules.edition.id)])
    assert addresses(library, "产业 会议:别的") == []
    name = library.author.name
    assert addresses(library, f"产业 作者:“{name}”") == [("note", "标题")]
    assert addresses(library, "作者:没有这个人") == []


def test_days_are_those_on_which_a_mark_was_made(library, marks):
    today = f"{marks[0].created.astimezone():%Y-%m-%d}"
    tagged = [("text", "第一章 · 第一条 · 第2句")]
    assert addresses(library, f"标签:民生 日期:{today}") == tagged
    assert addresses(library, f"标签:民生 日期：2020..{today[:4]}年") == tagged
    assert addresses(library, f"标签:民生 -日期:{today}") == []
    for none in ("2020-01", "昨天"):
        assert addresses(library, f"标签:民生 日期:{none}") == []
        assert addresses(library, f"标签:民生 -日期:{none}") == tagged


def test_fields_go_together(library, marks):
    assert addresses(library, "产业 标签:民生 条款:第一条") != []
    assert addresses(library, "产业 标签:民生 条款:第三条") == []
    assert addresses(library, "产业 标签:民生 颜色:3") == []
    assert addresses(library, "标签:民生 -园区") == []
    assert len(addresses(library, "标签:民生 -工业")) == 1


def test_one_text_is_narrowed_in_the_same_way(library, rules, marks):
    for typed in ("产业 条款:第一条", "产业 标签:民生", "标签:民生", "条款:第一章", "产业 文件:规划", "产业 颜色:3"):
        whole = Searcher(library).everything(Request(typed, edition_id=rules.edition.id)).hits
        assert search_reading(rules, marks, Request(typed), library).hits == [one.hit for one in whole]


def test_without_a_library_fields_are_words(rules, marks):
    assert search_reading(rules, marks, Request("标签:民生")).hits == []
    (hit,) = search_reading(made_of(rules, "标签:民生"), (), Request("标签:民生")).hits
    assert hit.where is Where.TEXT


def made_of(rules: Reading, text: str) -> Reading:
    return replace(rules, edition=replace(rules.edition, text=text), outline=parse_outline(text))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6)


@given(SPANS, SPANS, st.booleans())
def test_stretches_are_limited_to_what_lies_inside_or_outside(some, others, excluded):
    def covered(spans: list[Span]) -> set[int]:
        return {offset for span in spans for offset in range(*span)}

    spans = _joined(Span(start, start + length) for start, length in some)
    limits = [Span(start, start + length) for start, length in others]
    left = _limited(spans, limits, excluded=excluded)
    assert covered(left) == (covered(spans) - covered(limits) if excluded else covered(spans) & covered(limits))
    assert left == sorted(left)
    assert all(one.end <= other.start for one, other in pairwise(left))


def test_only_what_begins_in_what_is_left_stays(library, rules):
    narrowing = narrow(library, parse("条款:第二条").fields)
    inside = RULES.index("第二条")
    spans = [Span(0, 2), Span(inside - 1, inside + 1), Span(inside, inside + 1)]
    assert list(limited(spans, narrowing, rules.edition.id)) == [Span(inside, inside + 1)]
    assert list(limited(spans, narrowing, "another")) == []
    assert list(limited(spans, EVERYTHING, "another")) == spans


@pytest.mark.parametrize(
    "typed",
    ["产业", "批注:有", "标签:民生", "-标签:民生 产业", "文件:办法", "颜色:红 产业", "条款:第二条 产业", "要点"],
)
def test_without_private_ones_it_is_as_if_there_were_no_private_marks(
    library: Library, rules: Reading, marks: list[Mark], typed: str
) -> None:
    perform(library, set_private(marks[:1], private=True))
    request = Request(typed, private=False)
    shown = Searcher(library).everything(request).hits
    here = search_reading(rules, library.marks.of_edition(rules.edition.id), request, library).hits
    perform(library, RemoveMarks((marks[0].id,)))
    left = Searcher(library).everything(Request(typed)).hits
    assert shown == left
    assert here == search_reading(rules, library.marks.of_edition(rules.edition.id), Request(typed), library).hits


def test_where_addresses_lead_is_looked_up_once_in_a_text(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def counting(library: Library, edition_id: str) -> Reading:
        opened.append(edition_id)
        return open_reading(library, edition_id)

    monkeypatch.setattr(narrowing, "open_reading", counting)
    for number in range(3):
        taken_in(library, f"第一条　产业{number}。\n第二条　工业。\n")
    opened.clear()
    searcher = Searcher(library)
    for words in ("条款:第一条 产", "条款:第一条 产业", "条款:第一条 没有的"):
        assert len(searcher.page(Request(words)).hits) == (0 if "没有" in words else 3)
    assert len(opened) == 3
    library.documents.remove(library.documents.all()[0].id)
    assert len(searcher.page(Request("条款:第一条 产业")).hits) == 2
    assert len(searcher.page(Request("条款:第二条 工业")).hits) == 2
    assert len(opened) == 5
