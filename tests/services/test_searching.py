"""The library is searched whole: texts, notes and tags, page by page, and nothing that was removed."""

# ruff: noqa: RUF001 (full-width letters are what folding is about)

import threading
from collections.abc import Sequence
from threading import Timer
from time import monotonic

import pytest

from desktop.model.search import Found, Mode, Order, Page, Request, Where, Within
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.search import patterns
from desktop.search.patterns import PatternError
from desktop.search.source import Interrupted
from desktop.services import searching
from desktop.services.command import perform
from desktop.services.finding import search_reading
from desktop.services.importing import ImportedFile, RemoveDocument, import_document
from desktop.services.marking import Marker, RemoveMarks, set_private
from desktop.services.reading import open_reading
from desktop.services.searching import Searcher
from desktop.storage.library import Library


def add_text(library: Library, text: str) -> str:
    command = import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text)))
    perform(library, command)
    return command.edition.id


def everything(library: Library, words: str, mode: Mode = Mode.WORDS, **more: object) -> tuple[Found, ...]:
    return Searcher(library).everything(Request(words, mode, **more)).hits


def rows(found: Sequence[Found]) -> list[tuple[Where, tuple[int, int]]]:
    return [(one.hit.where, tuple(one.hit.span)) for one in found]


def walked(searcher: Searcher, request: Request, size: int) -> list[Page]:
    pages = [searcher.page(request, size=size)]
    while pages[-1].more:
        pages.append(searcher.page(request, pages[-1], size))
    return pages


def test_text_notes_and_tags_are_found_document_by_document(library):
    first = add_text(library, "办法\n第一条　要点是甲。\n")
    second = add_text(library, "规定\n第一条　要点是乙。要点。\n")
    marker = Marker(library, open_reading(library, second))
    added = marker.note(Span(0, 2), "我的要点", ("要点",))
    perform(library, added)
    found = everything(library, "要点")
    assert [found[0].hit.document_id, found[-1].hit.document_id] == [d.id for d in library.documents.all()]
    # Two documents made in the same millisecond may stand either way round.
    places = [(one.hit.edition_id, one.hit.where, tuple(one.hit.span)) for one in found]
    assert sorted(places, key=lambda row: row[0] != first) == [
        (first, Where.TEXT, (7, 9)),
        (second, Where.TEXT, (7, 9)),
        (second, Where.TEXT, (12, 14)),
        (second, Where.NOTE, (2, 4)),
        (second, Where.TAG, (0, 2)),
    ]
    assert [one.hit.mark_id for one in found if one.hit.mark_id] == [added.marks[0].id] * 2


def test_a_hit_tells_its_title_section_and_address(library):
    edition = add_text(library, "办法\n第一章 总则\n第一条　甲。要点。\n第二章 附则\n第二条　要点。\n")
    reading = open_reading(library, edition)
    perform(library, Marker(library, reading).note(Span(15, 16), "要点"))
    found = everything(library, "要点")
    assert [one.title for one in found] == ["办法"] * 3
    assert [one.section for one in found] == ["第一章 总则", "第二章 附则", "第一章 总则"]
    for one in found[:2]:
        assert one.address == reading.address(one.hit.offset)
    (mark,) = library.marks.of_edition(edition)
    assert found[2].address == reading.address_of(mark)


def test_private_notes_are_the_users_own_and_found(library):
    edition = add_text(library, "办法\n第一条　甲。\n")
    added = Marker(library, open_reading(library, edition)).note(Span(0, 2), "暗号")
    perform(library, added)
    perform(library, set_private(added.marks, private=True))
    assert len(everything(library, "暗号")) == 1


def test_what_was_removed_is_not_found_and_found_again_after_undo(library):
    edition = add_text(library, "办法\n第一条　要点。\n")
    reading = open_reading(library, edition)
    searcher = Searcher(library)

    def found() -> list[Where]:
        page = searcher.page(Request("要点"))
        assert searcher.totals(Request("要点")).hits == len(page.hits)
        return [one.hit.where for one in page.hits]

    added = Marker(library, reading).note(Span(0, 2), "要点")
    perform(library, added)
    gone = RemoveMarks((added.marks[0].id,))
    perform(library, gone)
    assert found() == [Where.TEXT]
    shelved = RemoveDocument(reading.document)
    perform(library, shelved)
    assert found() == []
    shelved.revert(library)
    gone.revert(library)
    assert found() == [Where.TEXT, Where.NOTE]


def test_strict_compares_the_characters_as_they_are(library):
    edition = add_text(library, "办法\n第一条　ＧＤＰ与gdp。\n")
    reading = open_reading(library, edition)
    perform(library, Marker(library, reading).note(Span(0, 2), "GDP"))
    assert len(everything(library, "Gdp")) == 3
    assert len(everything(library, "Gdp", Mode.STRICT)) == 0
    assert [one.hit.where for one in everything(library, "GDP", Mode.STRICT)] == [Where.NOTE]
    marks = library.marks.of_edition(edition)
    assert [one.hit for one in everything(library, "Gdp")] == search_reading(reading, marks, Request("Gdp")).hits


def test_every_occurrence_in_the_plan_is_counted(library, reading):
    assert len(everything(library, "衡阳")) == reading.text.count("衡阳")
    assert everything(library, "") == everything(library, "  ") == ()
    assert everything(library, "没这话") == ()


@pytest.mark.parametrize("words", ["衡阳", "发展 产业", "发展 OR 产业 -工业", "的"])
@pytest.mark.parametrize("size", [1, 7, 50, 10_000])
def test_the_pages_together_are_everything_each_once(library, reading, words, size):
    perform(library, Marker(library, reading).note(Span(0, 2), "发展产业。衡阳的。"))
    searcher = Searcher(library)
    pages = walked(searcher, Request(words), size)
    assert all(len(page.hits) >= size for page in pages[:-1])
    hits = [one for page in pages for one in page.hits]
    assert hits == list(everything(library, words))
    marks = library.marks.of_edition(reading.edition.id)
    assert [one.hit for one in hits] == search_reading(reading, marks, Request(words)).hits
    totals = searcher.totals(Request(words))
    assert (totals.hits, totals.by_edition) == (len(hits), {reading.edition.id: len(hits)})


def test_a_page_asked_for_by_another_searcher_goes_on_at_the_same_place(library, reading):
    first = Searcher(library).page(Request("发展"), size=10)
    assert Searcher(library).page(Request("发展"), first, 10) == Searcher(library).page(Request("发展"), first, 10)
    assert not set(first.hits) & set(Searcher(library).page(Request("发展"), first, 10).hits)


def test_several_words_stand_in_one_clause_or_in_one_sentence(library):
    add_text(library, "办法\n第一条　甲乙。丙丁。\n第二条　甲丙。\n第三条　甲。\n")
    assert [found.address for found in everything(library, "甲 丙")] == [
        "第一条 · 第1句",
        "第一条 · 第2句",
        "第二条",
        "第二条",
    ]
    assert [found.address for found in everything(library, "甲 丙", within=Within.SENTENCE)] == ["第二条"] * 2
    assert [found.address for found in everything(library, "甲 -丙")] == ["第三条"]


def test_where_the_operators_find_nothing_the_words_are_taken_as_they_stand(library):
    edition = add_text(library, "办法\n第一条　增速 -5 左右。\n")
    reading = open_reading(library, edition)
    for words in ("增速 -5", "速 -5 左"):
        (found,) = everything(library, words)
        assert found.hit.span.of(reading.text) == words
        assert search_reading(reading, (), Request(words)).hits == [found.hit]


@pytest.mark.parametrize(
    ("typed", "as_if"),
    [
        ("“产业园区", "产业园区"),
        ("产业园区”", "产业园区"),
        ("“高质量发展", "高质量发展"),
        ("产业 OR", "产业"),
        ("产业|园区", "产业 OR 园区"),
    ],
)
def test_an_operator_that_is_not_finished_is_as_if_it_were_not_there(library, reading, typed, as_if):
    found = everything(library, typed)
    assert found == everything(library, as_if)
    assert found
    assert search_reading(reading, (), Request(typed)).hits == [one.hit for one in found]


def test_an_unfinished_operator_is_meant_where_a_text_holds_it(library, reading):
    add_text(library, "办法\n第一条　他说“产业园区，产业|园区。\n")
    assert [one.address for one in everything(library, "“产业园区")] == ["第一条"]
    assert [one.address for one in everything(library, "产业|园区")] == ["第一条"]


def test_a_word_beside_a_field_is_another_value_of_it_and_the_user_told(library, reading, marker: Marker):
    node = next(node for node in reading.outline.nodes if node.clause.title)
    perform(library, marker.clause_note(node, "要点", tags=("甲",)))
    perform(library, marker.clause_note(node, "另一点", tags=("乙",)))
    page = Searcher(library).page(Request("标签:甲 OR 乙"))
    assert page.hits == Searcher(library).page(Request("标签:甲 OR 标签:乙")).hits != ()
    assert page.message == "“OR”两边都按“标签”找"
    page = Searcher(library).page(Request("标签:丙 OR 产业园区"))
    assert page.hits == Searcher(library).page(Request("产业园区")).hits != ()
    assert page.message == "“OR”只能连接同类条件，这里只找词"


def test_nothing_is_told_of_words_that_stand_nowhere(library, reading):
    page = Searcher(library).page(Request("蟑螂殖民火星人"))
    assert (page.hits, page.message, page.read_as) == ((), "", ())
    page = Searcher(library).page(Request("蟑螂的产业园区"))
    assert page.hits
    assert "产业" in page.message
    assert "蟑螂、" not in page.message
    assert "蟑螂" not in page.read_as
    answer = search_reading(reading, (), Request("蟑螂的产业园区"))
    assert (answer.message, answer.read_as) == (page.message, page.read_as)


def test_what_is_told_stands_on_one_line(library, reading):
    page = Searcher(library).page(Request("蟑螂\n的\t产业园区"))
    assert page.hits
    assert page.message.isprintable()


def test_full_width_letters_are_letters(library, reading):
    add_text(library, "办法\n第一条　a g z l f z。\n")
    page = Searcher(library).page(Request("ｇｚｌｆｚ"))
    assert (page.hits, page.message) == ((), "")


def test_a_question_is_taken_apart_and_the_user_told(library):
    edition = add_text(library, "办法\n第一条　产业园区。\n第二条　营商环境和产业园区。\n第三条　营商环境。\n")
    reading = open_reading(library, edition)
    page = Searcher(library).page(Request("产业园区的营商环境"))
    assert page.message == f"没有“产业园区的营商环境”，找到分开的词：{'、'.join(page.read_as)}"
    assert {found.address for found in page.hits} == {"第二条"}
    assert search_reading(reading, (), Request("产业园区的营商环境")).message == page.message


def test_where_no_clause_has_all_the_words_those_with_most_of_them_come_first(library):
    add_text(library, "办法\n第一条　产业。\n第二条　园区和产业。\n第三条　环境。\n")
    page = Searcher(library).page(Request("园区产业的环境如何"))
    assert page.hits[0].address == "第二条"
    assert {found.address for found in page.hits} == {"第一条", "第二条", "第三条"}
    assert page.message


def test_of_very_many_clauses_the_first_are_put_in_order_and_none_is_left_out(library, monkeypatch):
    monkeypatch.setattr(searching, "MOST_RANKED", 3)
    clauses = ["环境", "环境", "产业、园区", "环境", "园区", "环境"]
    add_text(library, "办法\n" + "".join(f"第{n}条　{clause}。\n" for n, clause in enumerate(clauses, 1)))
    request = Request("园区产业的环境如何")
    pages = walked(Searcher(library), request, 1)
    order = [found.address for page in pages for found in page.hits]
    assert list(dict.fromkeys(order)) == [f"第{n}条" for n in (3, 1, 2, 4, 5, 6)]
    assert Searcher(library).totals(request).units == len(clauses)
    page = Searcher(library).everything(request)
    assert (len(page.hits), page.message, page.read_as) == (len(order), pages[0].message, pages[0].read_as)


class Initials:
    def words_for(self, letters: str, limit: int = 20) -> list[str]:
        return {"gzl": ["高质量", "GZL"], "gz": ["高质"]}.get(letters, [])


def test_letters_are_read_as_pinyin_after_the_exact_hits(library):
    edition = add_text(library, "办法\n第一条　高质量。\n第二条　GZL。\n")
    reading = open_reading(library, edition)
    searcher = Searcher(library, letters=Initials())
    exact, lettered = walked(searcher, Request("gzl"), 50)
    assert [found.address for found in exact.hits] == ["第二条"]
    assert (exact.message, exact.read_as) == ("", ())
    assert [found.address for found in lettered.hits] == ["第一条"]
    assert lettered.read_as == ("高质量",)
    assert lettered.message
    assert searcher.totals(Request("gzl")).hits == 2
    assert searcher.page(Request("xyz")).hits == ()
    answer = search_reading(reading, (), Request("gzl"), letters=Initials())
    assert [hit.span.of(reading.text) for hit in answer.hits] == ["GZL", "高质量"]
    assert (answer.message, answer.read_as) == (lettered.message, lettered.read_as)
    perform(library, RemoveDocument(reading.document))
    only = add_text(library, "办法\n第一条　高质量。\n")
    assert search_reading(open_reading(library, only), (), Request("gzl"), letters=Initials()).read_as == ("高质量",)
    assert Searcher(library, letters=Initials()).page(Request("gzl")).read_as == ("高质量",)


@pytest.mark.parametrize("typed", ["gz", "GZL", "ＧＺＬ"])
def test_two_letters_and_capitals_are_read_as_pinyin_only_where_they_do_not_stand_themselves(library, typed):
    edition = add_text(library, "办法\n第一条　高质量。\n")
    only = add_text(library, "规定\n第一条　高质量和GZL。\n")
    for edition_id, as_letters in ((edition, True), (only, False)):
        request = Request(typed, edition_id=edition_id)
        (page,) = walked(Searcher(library, letters=Initials()), request, 50)
        answer = search_reading(open_reading(library, edition_id), (), request, letters=Initials())
        assert [one.hit.span for one in page.hits] == [hit.span for hit in answer.hits]
        assert len(answer.hits) == 1
        assert bool(page.message) == bool(answer.message) == as_letters


@pytest.mark.parametrize("typed", ["lüse", "lu\u0308se", "ＬÜse"])
def test_the_letter_u_with_dots_is_typed_as_v(library, typed):
    class Green:
        def words_for(self, letters: str, limit: int = 20) -> list[str]:
            return ["绿色"] if letters == "lvse" else []

    add_text(library, "办法\n第一条　绿色发展。\n")
    page = Searcher(library, letters=Green()).page(Request(typed))
    assert [one.hit.span.end - one.hit.span.start for one in page.hits] == [2]


def test_a_search_can_be_narrowed_to_one_edition(library):
    first, second = (add_text(library, f"{title}\n第一条　要点。\n") for title in ("办法", "规定"))
    assert {found.hit.edition_id for found in everything(library, "要点")} == {first, second}
    assert {found.hit.edition_id for found in everything(library, "要点", edition_id=second)} == {second}


def test_ranks_are_asked_for_and_done_without_where_there_are_none(library, reading):
    page = Searcher(library).page(Request("衡阳", order=Order.RANK))
    assert not page.ranked
    assert page.hits == Searcher(library).page(Request("衡阳")).hits


def test_a_regular_expression_matches_the_text_as_it_is(library):
    add_text(library, "办法\n第一条　ＧＤＰ增长5%。\n第二条　gdp增长6%。\n")
    found = everything(library, r"(?i)gdp增长\d+%", Mode.REGEX)
    assert [one.address for one in found] == ["第二条"]
    assert everything(library, "^办法$", Mode.REGEX)[0].address == "标题"


@pytest.mark.parametrize("written", ["(", "[", "*", "(?P<a", "\\"])
def test_a_bad_regular_expression_is_told_in_one_sentence(library, reading, written):
    request = Request(written, Mode.REGEX)
    page = Searcher(library).page(request)
    assert page.hits == ()
    assert "正则" in page.message
    assert search_reading(reading, (), request).message == page.message
    totals = Searcher(library).totals(request)
    assert (totals.hits, totals.message) == (0, page.message)
    with pytest.raises(PatternError):
        Searcher(library).everything(request)


def test_a_regular_expression_that_takes_long_is_counted_as_far_as_it_came_and_more_may_be_asked_for(
    library, monkeypatch
):
    add_text(library, "办法\n" + "".join(f"第{number}条　甲{number}。\n" for number in range(1, 30)))
    add_text(library, "规定\n第一条　" + "a" * 200 + "!\n第二条　甲。\n")
    monkeypatch.setattr(patterns, "TIME_LIMIT", 0.2)
    request = Request("甲|(a|aa)+$", Mode.REGEX)
    searcher = Searcher(library)
    first = searcher.page(request, size=20)
    assert (len(first.hits), first.message, first.more) == (20, "", True)
    second = searcher.page(request, first, size=20)
    assert (len(second.hits), second.more) == (9, False)
    assert "太费时" in second.message
    totals = searcher.totals(request)
    assert (totals.hits, totals.message) == (29, second.message)


def test_a_match_that_runs_is_stopped_at_once(library, monkeypatch):
    monkeypatch.setattr(patterns, "TIME_LIMIT", 1.0)
    edition = add_text(library, "办法\n第一条　" + "a" * 200 + "!\n")
    searcher = Searcher(library)
    Timer(0.2, searcher.interrupt).start()
    begun = monotonic()
    with pytest.raises(Interrupted):
        searcher.page(Request("(a|aa)+$", Mode.REGEX, edition_id=edition))
    assert monotonic() - begun < 0.7
    for thread in threading.enumerate():
        if thread.name == "pattern":
            thread.join()


def test_a_search_is_stopped_from_another_thread_or_by_its_own_stop(library, reading):
    searcher = Searcher(library)
    with pytest.raises(Interrupted):
        searcher.totals(Request("的"), lambda: True)
    with pytest.raises(Interrupted):
        searcher.everything(Request("的"), lambda: True)

    class Impatient(Initials):
        def words_for(self, letters: str, limit: int = 20) -> list[str]:
            impatient.interrupt()
            return ["发展"]

    impatient = Searcher(library, letters=Impatient())
    with pytest.raises(Interrupted):
        impatient.page(Request("abc"))
    assert impatient.page(Request("发展")).hits


def test_all_hits_of_a_question_that_is_taken_apart_stand_in_the_order_of_the_text(library):
    add_text(library, "一、题目\n1.土地。\n2.土地流转价格。\n3.土地流转。\n")
    page = Searcher(library).everything(Request("土地农民流转价格"))
    assert page.message
    starts = [found.hit.span.start for found in page.hits]
    assert len(starts) == 6
    assert starts == sorted(starts)
