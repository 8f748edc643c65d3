"""What is looked up in the index is what stands in the texts: nothing is missed, and what is narrowed stays narrow."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.search import Mode
from desktop.model.span import Span
from desktop.search.index import Index
from desktop.search.lookup import IndexSource
from desktop.search.matching import Matcher
from desktop.search.patterns import PatternError
from desktop.search.query import parse
from desktop.search.scanning import LibraryTexts
from desktop.search.source import EVERYTHING, FIRST_MARK, Interrupted, Narrowing, Source
from desktop.services.importing import shipped_plan
from desktop.services.reading import outline_of
from desktop.storage.library import Library
from tests.search.made_libraries import add_note, add_text, catch_up, found, sentence

NEW = "\U000323af\U0002ebf0\U00031350"  # characters of the newest extensions
ODD = f"\u200b\u00ad“ 十五五 ”２０３５年二○三五\x00\x01\t％，，!?…{NEW}𠮷😀國国éÉ０Ａ"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    chance = random.Random(3)
    with Library.open(tmp_path_factory.mktemp("library") / "文库.yuece", create=True) as opened:
        plan = add_text(opened, shipped_plan().text)
        add_text(opened, ODD + "\n" + "".join(chance.choices(ODD, k=3000)))
        for _ in range(6):
            lines = "\n".join(f"{number}.{sentence(chance)}。" for number in range(1, 12))
            edition = add_text(opened, f"一、{sentence(chance)}\n{lines}")
            for start in range(3):
                add_note(opened, edition.id, sentence(chance), start, ("产业/链", sentence(chance)))
        add_note(opened, plan.id, "长" * 100_000 + "尾巴", 4)
        yield opened


@pytest.fixture(scope="module")
def index(library: Library) -> Iterator[Index]:
    opened = Index.open(library.path, library.id, read_only=False)
    catch_up(opened, library)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def source(index: Index) -> IndexSource:
    return IndexSource(index)


@pytest.fixture(scope="module")
def scanned(library: Library) -> LibraryTexts:
    return LibraryTexts(library, outline_of)


@pytest.fixture(scope="module")
def texts(scanned: LibraryTexts) -> list[str]:
    return [unit.text for unit in scanned.candidates(parse("", Mode.STRICT), EVERYTHING)]


def piece(data: st.DataObject, texts: list[str]) -> str:
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    return text[start : start + data.draw(st.one_of(st.integers(1, 4), st.integers(1, 90)))]


@settings(max_examples=40)
@given(st.data(), st.sampled_from((Mode.WORDS, Mode.STRICT)))
def test_any_piece_of_any_text_is_found(
    source: IndexSource, scanned: LibraryTexts, texts: list[str], data: st.DataObject, mode: Mode
) -> None:
    typed = piece(data, texts)
    query = parse(typed, mode)
    assert found(source, query) == found(scanned, query)
    literal = query.literal()
    assert found(source, literal) == found(scanned, literal)
    if typed.strip() == typed and "\n" not in typed:
        assert any(typed in unit.text for unit, _ in found(source, literal))


@settings(max_examples=25)
@given(st.data())
def test_words_together_alternatives_and_exclusions_are_found(
    source: IndexSource, scanned: LibraryTexts, texts: list[str], data: st.DataObject
) -> None:
    words = [piece(data, texts)[:5] for _ in range(3)]
    operators = data.draw(st.lists(st.sampled_from((" ", " OR ", " -", " | ")), min_size=2, max_size=2))
    query = parse(words[0] + operators[0] + words[1] + operators[1] + words[2])
    assert found(source, query) == found(scanned, query)


@settings(max_examples=100)
@given(st.text(max_size=40), st.sampled_from((Mode.WORDS, Mode.STRICT)))
def test_nothing_that_can_be_typed_is_an_error(source: IndexSource, typed: str, mode: Mode) -> None:
    query = parse(typed, mode)
    found(source, query)
    source.ranked(query, EVERYTHING, 100)


@pytest.mark.parametrize(
    "typed", [NEW[0], NEW, "𠮷😀", "\x00", "\x01\t", "2035", "二〇三五", '"十五五"', "％", "尾巴", "发" * 300]
)
def test_odd_characters_are_found(source: IndexSource, scanned: LibraryTexts, typed: str) -> None:
    query = parse(typed).literal()
    assert found(source, query) == found(scanned, query)
    assert bool(found(source, query)) == (typed != "发" * 300)


def test_a_query_of_very_many_words_is_answered(source: IndexSource, scanned: LibraryTexts, texts: list[str]) -> None:
    text = max(texts, key=len)[:100_000]
    for query in (parse(text), parse(" ".join(texts[3][:500])), parse(" OR ".join(texts[3][:200]))):
        assert found(source, query) == found(scanned, query)


def test_regular_expressions_look_at_everything(source: IndexSource, scanned: LibraryTexts) -> None:
    query = parse("发展|高.量", Mode.REGEX)
    assert found(source, query) == found(scanned, query)
    with pytest.raises(PatternError):
        Matcher(parse("(", Mode.REGEX))


@settings(max_examples=25)
@given(st.data())
def test_narrowing_leaves_the_same(
    source: IndexSource, scanned: LibraryTexts, library: Library, data: st.DataObject
) -> None:
    editions = library.editions.summaries()
    chosen = data.draw(st.sets(st.sampled_from(editions)))
    marks = [mark for edition in editions for mark in library.marks.of_edition(edition.id)]
    spans = {}
    for edition in chosen:
        cuts = sorted(data.draw(st.sets(st.integers(0, edition.length), max_size=6)))
        spans[edition.id] = tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
    narrowing = Narrowing(
        frozenset(edition.id for edition in chosen) if data.draw(st.booleans()) else None,
        spans if data.draw(st.booleans()) else None,
        frozenset(mark.id for mark in data.draw(st.sets(st.sampled_from(marks)))) if data.draw(st.booleans()) else None,
    )
    for query in map(parse, ("发展", "的", "-发展", "链")):
        assert left(source, query, narrowing) == left(scanned, query, narrowing)
        ranked = source.ranked(query, narrowing, 1000)
        if ranked is not None:
            numbers = [unit.number for unit in source.candidates(query, narrowing)]
            assert sorted(unit.number for unit in ranked) == numbers


def left(source: Source, query: object, narrowing: Narrowing) -> list[object]:
    """Return the hits that begin in what is left, which is what a search makes of the candidates."""
    kept = []
    for unit, spans in found(source, query, narrowing):  # type: ignore[arg-type]
        limits = None if unit.mark_id or narrowing.spans is None else narrowing.spans.get(unit.edition_id, ())
        for span in spans:  # type: ignore[attr-defined]
            start = unit.start + span.start
            if limits is None or any(limit.start <= start < limit.end for limit in limits):
                kept.append((unit.edition_id, unit.mark_id, start, span))
    return kept


def test_what_comes_behind_a_unit_can_be_asked_for(source: IndexSource) -> None:
    query = parse("发展")
    numbers = [unit.number for unit in source.candidates(query, EVERYTHING)]
    assert numbers[-1] >= FIRST_MARK > numbers[0]
    for place in (0, 5, len(numbers) - 2, len(numbers) - 1):
        behind = source.candidates(query, EVERYTHING, after=numbers[place])
        assert [unit.number for unit in behind] == numbers[place + 1 :]


def test_a_unit_is_known_by_its_number(source: IndexSource) -> None:
    units = list(source.candidates(parse("链"), EVERYTHING))
    assert [source.unit(unit.number) for unit in units] == units
    assert source.unit(2) is None
    assert source.unit(FIRST_MARK - 1) is None
    assert source.unit(2**62) is None


def test_every_offset_of_a_text_lies_in_a_unit(source: IndexSource, library: Library) -> None:
    edition = library.editions.summaries()[0]
    for offset in (0, 1, 700, 5000, edition.length - 1):
        number = source.at(edition.id, offset)
        assert number is not None
        unit = source.unit(number)
        assert unit is not None
        assert unit.start <= offset < unit.start + len(unit.text)
    assert source.at("nobody's", 0) is None


def test_ranks_put_first_what_is_most_about_the_words(tmp_path: Path) -> None:
    with Library.open(tmp_path / "文库.yuece", create=True) as library:
        filler = "其他内容很多很多，" * 12
        add_text(library, "\n".join(f"{n}.{filler}经济{filler}" for n in range(1, 30)) + "\n30.经济经济经济。\n")
        index = Index.open(library.path, library.id, read_only=False)
        catch_up(index, library)
        source = IndexSource(index)
        for words in ("经济", "济"):
            best = source.ranked(parse(words), EVERYTHING, 100)
            assert best is not None
            assert len(best) == 30
            assert "经济经济经济" in best[0].text
            assert [unit.number for unit in best[1:4]] == [best[place].number for place in (1, 2, 3)]
            assert source.ranked(parse(words), EVERYTHING, 29) is None
        assert source.ranked(parse("无处"), EVERYTHING, 100) is not None
        assert source.ranked(parse("", Mode.STRICT), EVERYTHING, 100) is None
        index.close()


def test_another_thread_can_stop_a_search(source: IndexSource) -> None:
    units = source.candidates(parse("", Mode.STRICT), EVERYTHING)
    next(units)
    thread = threading.Thread(target=source.interrupt)
    thread.start()
    thread.join()
    with pytest.raises(Interrupted):
        next(units)
    assert next(source.candidates(parse("发展"), EVERYTHING))


@pytest.mark.parametrize("limit", [3, 10, 10_000])
def test_units_with_most_of_the_words_come_first(source: IndexSource, limit: int) -> None:
    queries = [parse("产业"), parse("质量"), parse("发展")]
    held: dict[int, int] = {}
    for unit in source.candidates(parse("产业 OR 质量 OR 发展"), EVERYTHING):
        held[unit.number] = sum(Matcher(query).count(unit.text) > 0 for query in queries)
    first = list(held)[:limit]
    counted = source.by_count(queries, EVERYTHING, limit)
    assert counted is not None
    numbers = [unit.number for unit in counted.units]
    assert sorted(numbers) == first
    assert [held[number] for number in numbers] == sorted((held[number] for number in first), reverse=True)
    assert counted.behind == (first[-1] if limit < len(held) else None)
