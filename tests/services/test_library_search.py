"""The search of a library on a thread of its own: by the index where that is of use, in the texts where not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.model.errors import UserError
from desktop.model.mark import Mark
from desktop.model.search import Mode, Order, Page, Request
from desktop.search import catching_up, lexicon
from desktop.search.source import Interrupted
from desktop.services.command import Command, perform
from desktop.services.library_search import LibrarySearch
from desktop.services.marking import Marker, RemoveMarks, write
from desktop.services.reading import Reading
from desktop.storage.library import Library
from tests.search.made_libraries import add_text

WORDS = Request("产业")


@pytest.fixture
def search(library: Library, reading: Reading) -> Iterator[LibrarySearch]:
    """Search a library with the plan in it."""
    opened = LibrarySearch.open(library.path, keeps_index=True)
    yield opened
    opened.close()


def _removed(mark: Mark) -> Command:
    return RemoveMarks((mark.id,))


def _written_anew(mark: Mark) -> Command:
    return write(mark, note="好", tags=())


def index_of(library: Library) -> Path:
    return Path(f"{library.path}.index")


def build(search: LibrarySearch) -> None:
    assert search.catch_up(lambda: False, lambda _done, _total: None)


def all_hits(search: LibrarySearch, request: Request) -> list[object]:
    page: Page | None = None
    hits: list[object] = []
    while page is None or page.more:
        page = search.page(request, page, 20, len(hits))
        hits += page.hits
    return hits


def test_pages_and_totals_are_the_same_before_and_after_the_index(search: LibrarySearch, reading: Reading) -> None:
    before = all_hits(search, WORDS), search.totals(WORDS, lambda: False)
    build(search)
    assert (all_hits(search, WORDS), search.totals(WORDS, lambda: False)) == before
    assert before[1].hits == len(before[0]) == reading.text.count("产业")
    assert search.everything(WORDS, lambda: False).hits == tuple(before[0])


def test_an_index_that_is_deleted_or_damaged_meanwhile_changes_nothing(search: LibrarySearch, library: Library) -> None:
    build(search)
    expected = all_hits(search, WORDS)
    first = search.page(WORDS, None, 20)
    index_of(library).unlink()
    rest = search.page(WORDS, first, 1000, len(first.hits))
    assert [*first.hits, *rest.hits] == expected
    assert all_hits(search, WORDS) == expected
    build(search)
    index_of(library).write_bytes(b"x" * 100_000)
    assert all_hits(search, WORDS) == expected
    build(search)
    assert all_hits(search, WORDS) == expected


def test_the_best_hits_go_on_where_they_were_though_the_index_is_made_anew(
    search: LibrarySearch, library: Library
) -> None:
    editions = []
    for document in range(4):  # one after another, so that the numbers of their clauses lie far apart
        lines = "\n".join(f"第{n}条　{document}号{'产业' * (n % 4)}第{n}句。" for n in range(1, 40))
        editions.append(add_text(library, f"文件{document}\n{lines}"))
        build(search)
    library.documents.remove(editions[1].document_id)
    build(search)
    request = Request("产业", order=Order.RANK)
    expected = all_hits(search, request)
    first = search.page(request, None, 20)
    assert first.ranked
    index_of(library).unlink()
    build(search)
    rest = search.page(request, first, 1000, len(first.hits))
    assert [*first.hits, *rest.hits] == expected
    assert search.totals(request, lambda: False).hits == len(expected)


def test_of_the_best_hits_none_comes_twice_and_none_is_lost_when_the_index_goes(
    search: LibrarySearch, library: Library
) -> None:
    lines = "\n".join(f"第{n}条　{'产业' if n % 2 else '工业'}第{n}句{'产业' * (n % 5)}。" for n in range(1, 100))
    add_text(library, f"文件\n{lines}")
    build(search)
    request = Request("产业", order=Order.RANK)
    first = search.page(request, None, 60)
    index_of(library).unlink()
    hits, page = [*first.hits], first
    while page.more:
        page = search.page(request, page, 20, len(hits))
        hits += page.hits
    assert len(set(hits)) == len(hits)
    assert set(hits) == set(all_hits(search, WORDS))


def test_places_that_are_none_have_the_index_made_anew(search: LibrarySearch, library: Library) -> None:
    build(search)
    expected = all_hits(search, WORDS)
    with closing(sqlite3.connect(index_of(library), isolation_level=None)) as connection:
        connection.execute("UPDATE units SET places = 'nonsense'")
    assert all_hits(search, WORDS) == expected
    build(search)
    with closing(sqlite3.connect(index_of(library))) as connection:
        assert not connection.execute("SELECT 1 FROM units WHERE places = 'nonsense'").fetchone()
    assert all_hits(search, WORDS) == expected


def test_a_search_is_stopped_though_the_index_it_read_is_gone(search: LibrarySearch, library: Library) -> None:
    build(search)
    expected = all_hits(search, WORDS)
    index_of(library).unlink()
    assert all_hits(search, WORDS) == expected
    search.interrupt()
    with pytest.raises(Interrupted):
        search.page(WORDS, None, 20)
    assert all_hits(search, WORDS) == expected


@pytest.mark.parametrize("built", [True, False])
def test_a_stop_before_anything_runs_is_not_lost(search: LibrarySearch, reading: Reading, built: bool) -> None:
    if built:
        build(search)
    asked: list[Callable[[], object]] = [
        lambda: search.page(WORDS, None, 20),
        lambda: search.totals(WORDS, lambda: False),
        lambda: search.everything(WORDS, lambda: False),
        lambda: search.in_reading(reading, (), WORDS),
    ]
    for ask in asked:
        search.interrupt()
        with pytest.raises(Interrupted):
            ask()
        ask()


def test_an_index_that_is_lost_is_missed(search: LibrarySearch, library: Library) -> None:
    assert search.behind
    build(search)
    assert not search.behind
    index_of(library).unlink()
    search.page(WORDS, None, 20)
    assert search.behind
    build(search)
    assert not search.behind


@pytest.mark.parametrize("sql", ["places = cast(x'ffff' AS TEXT)", "text = x'00d8'"])
def test_values_nobody_put_there_have_the_index_made_anew(search: LibrarySearch, library: Library, sql: str) -> None:
    build(search)
    expected = all_hits(search, WORDS)
    with closing(sqlite3.connect(index_of(library), isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        (schema,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'units'").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'units'", (schema.replace("STRICT", ""),))
    with closing(sqlite3.connect(index_of(library), isolation_level=None)) as connection:
        connection.execute(f"UPDATE units SET {sql}")  # noqa: S608
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'units'", (schema,))
    for _ in range(2):
        assert all_hits(search, WORDS) == expected
    assert search.behind
    build(search)
    assert all_hits(search, WORDS) == expected
    assert not search.behind


def test_a_damaged_index_is_not_used_by_who_may_only_read_it(search: LibrarySearch, library: Library) -> None:
    build(search)
    expected = all_hits(search, WORDS)
    search.close()
    whole = bytearray(index_of(library).read_bytes())
    with closing(sqlite3.connect(index_of(library))) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'grams_idx'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole[(page - 1) * size + 3 : (page - 1) * size + 5] = b"\0\1"  # of its rows only one is left
    index_of(library).write_bytes(whole)
    with closing(LibrarySearch.open(library.path, keeps_index=False)) as reader:
        assert all_hits(reader, WORDS) == expected


def test_what_changes_is_found_before_and_after_catching_up(
    search: LibrarySearch, library: Library, marker: Marker, reading: Reading
) -> None:
    build(search)
    request = Request("独一无二")
    at = reading.text.index("从全球看")
    perform(library, marker.clause_note(reading.outline.at(at), "独一无二的话"))  # type: ignore[arg-type]
    assert len(all_hits(search, request)) == 1
    build(search)
    assert len(all_hits(search, request)) == 1


def test_letters_find_words_and_beginnings_are_completed_once_the_words_are_learnt(
    search: LibrarySearch, reading: Reading
) -> None:
    assert search.suggest("高质", 5) == ()
    build(search)
    assert "高质量发展" in search.suggest("高质", 5)
    answer = search.in_reading(reading, [], Request("gzlfz"))
    assert {hit.span.of(reading.text) for hit in answer.hits} == {"高质量发展"}
    assert "高质量发展" in answer.message


def test_a_clause_that_holds_letters_and_what_they_stand_for_is_one(search: LibrarySearch, library: Library) -> None:
    add_text(library, "一、发展\n1.高度排放，gdpf，高度排放。\n2.高度排放。\n3.gdpf 高度排放。\n")
    build(search)
    request = Request("gdpf")
    totals = search.totals(request, lambda: False)
    assert (totals.hits, totals.units) == (6, 3)
    assert len(all_hits(search, request)) == 6
    starts = [found.hit.span.start for found in search.everything(request, lambda: False).hits]
    assert starts == sorted(starts)


def test_clauses_are_related_once_there_is_an_index(search: LibrarySearch, reading: Reading) -> None:
    at = reading.text.index("7.加快构建现代化产业体系")
    assert search.related(reading.edition.id, at) is None
    build(search)
    found = search.related(reading.edition.id, at)
    assert found
    for clause in found:
        assert clause.title == reading.document.title
        assert clause.span.of(reading.text).strip() == clause.text
        assert all(words in clause.text or words in reading.text for words in clause.shared)
        assert not clause.span.start <= at < clause.span.end


def test_a_wrong_regular_expression_counts_nothing_and_is_told_when_all_is_wanted(search: LibrarySearch) -> None:
    request = Request("(产业", Mode.REGEX)
    assert search.page(request, None, 50).message
    totals = search.totals(request, lambda: False)
    assert totals.hits == 0
    assert totals.message
    with pytest.raises(UserError):
        search.everything(request, lambda: False)


def test_who_only_reads_the_index_leaves_nothing_beside_it(search: LibrarySearch, library: Library) -> None:
    build(search)
    search.close()
    before = {path.name: path.read_bytes() for path in library.path.parent.glob("*.index*")}
    with closing(LibrarySearch.open(library.path, keeps_index=False)) as reader:
        assert reader.related(library.editions.summaries()[0].id, 5000)
        assert all_hits(reader, WORDS)
    assert {path.name: path.read_bytes() for path in library.path.parent.glob("*.index*")} == before


@pytest.mark.parametrize("change", [_removed, _written_anew])
def test_a_note_that_is_gone_is_in_no_file_of_the_index(
    search: LibrarySearch,
    library: Library,
    marker: Marker,
    reading: Reading,
    change: Callable[[Mark], Command],
) -> None:
    build(search)
    perform(library, marker.clause_note(reading.outline.nodes[0], "魑魅魍魉", tags=("貔貅",)))
    build(search)
    perform(library, change(library.marks.of_edition(reading.edition.id)[0]))
    build(search)
    for path in library.path.parent.glob("*.index*"):
        for word in ("魑魅", "魅魍", "魍魉", "貔貅"):
            assert word.encode() not in path.read_bytes(), path
            assert word.encode("utf-16-le") not in path.read_bytes(), path


def test_one_that_does_not_keep_the_index_writes_nothing(library: Library, reading: Reading) -> None:
    search = LibrarySearch.open(library.path, keeps_index=False)
    try:
        assert not search.catch_up(lambda: False, lambda _done, _total: None)
        assert len(all_hits(search, WORDS)) == reading.text.count("产业")
    finally:
        search.close()
    assert not index_of(library).exists()


def test_one_that_does_not_keep_the_index_learns_the_words_of_a_library_that_is_not_large(
    library: Library, marker: Marker, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(LibrarySearch.open(library.path, keeps_index=False)) as search:
        search.interrupt()
        with pytest.raises(Interrupted):
            search.in_reading(reading, [], Request("gzlfz"))
        answer = search.in_reading(reading, [], Request("gzlfz"))
        assert {hit.span.of(reading.text) for hit in answer.hits} == {"高质量发展"}
        assert len(all_hits(search, Request("gaozhiliangfazhan"))) == len(answer.hits)
        perform(library, marker.clause_note(reading.outline.nodes[1], "", ("湘江新区",)))
        assert len(all_hits(search, Request("xjxq"))) == 1
    assert not index_of(library).exists()
    monkeypatch.setattr(lexicon, "MOST_LEARNT_ASIDE", len(reading.text) - 1)
    with closing(LibrarySearch.open(library.path, keeps_index=False)) as search:
        assert all_hits(search, Request("gzlfz")) == []


def test_the_words_of_the_index_are_asked_by_who_may_only_read_it(
    search: LibrarySearch, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(search)
    monkeypatch.setattr(lexicon, "learn", None)
    with closing(LibrarySearch.open(library.path, keeps_index=False)) as another:
        assert all_hits(another, Request("gzlfz")) == all_hits(search, Request("gzlfz")) != []


def test_letters_that_cannot_be_read_yet_are_told_to_be(search: LibrarySearch, reading: Reading) -> None:
    letters = Request("chanye")
    assert search.ready == (False, 0)
    told = "没有“chanye”。文库里的词还没有学完，学完就能按拼音找。"
    assert search.page(letters, None, 20).message == told
    assert search.in_reading(reading, (), letters).message == told
    assert search.page(Request("没有的词"), None, 20).message == ""
    build(search)
    assert search.ready[0]
    assert search.ready[1]
    assert "产业" in search.page(letters, None, 20).read_as
    assert search.page(Request("qqxxzz"), None, 20).message == ""


def test_letters_that_a_full_disk_keeps_from_being_read_are_told_to_be(
    search: LibrarySearch, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "_RESERVE", 2**60)
    assert not search.catch_up(lambda: False, lambda _done, _total: None)
    letters = Request("chanye")
    told = "没有“chanye”。磁盘空间不够，索引没有建立，不能按拼音找。"
    assert search.page(letters, None, 20).message == search.in_reading(reading, (), letters).message == told
