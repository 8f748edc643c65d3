"""Clauses that share wording are found, with the wording they share."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.search import Mode
from desktop.search.index import Index
from desktop.search.lookup import IndexSource
from desktop.search.query import parse
from desktop.search.related import related, shared_wording
from desktop.search.source import EVERYTHING
from desktop.services.importing import shipped_plan
from desktop.storage.library import Library
from desktop.text.keys import make_key
from tests.search.made_libraries import add_note, add_text, catch_up


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("library") / "文库.yuece", create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def source(library: Library) -> Iterator[IndexSource]:
    """Hold clauses of the plan, and of each another one that has two thirds of its sentences in another order."""
    chance = random.Random(5)
    plan = shipped_plan()
    clauses = [clause.whole.of(plan.text) for clause in plan.outline.clauses for clause in clause.children]
    add_text(library, "\n".join(f"{number}.{_plain(text)}" for number, text in enumerate(clauses, 1)))
    copies = []
    for text in clauses:
        sentences = [sentence for sentence in _plain(text).split("。") if sentence]
        kept = chance.sample(sentences, max(1, len(sentences) * 2 // 3))
        copies.append("。".join(kept) + "。")
    edition = add_text(library, "\n".join(f"{number}.{text}" for number, text in enumerate(copies, 1)))
    add_note(library, edition.id, _plain(clauses[3]), 2)
    index = Index.open(library.path, library.id, read_only=False)
    catch_up(index, library)
    yield IndexSource(index)
    index.close()


def _plain(text: str) -> str:
    return text.replace("\n", "")


def test_the_clause_that_was_taken_from_another_comes_first(source: IndexSource, library: Library) -> None:
    first, second = library.editions.summaries()
    units = [unit for unit in source.candidates(parse("", Mode.STRICT), EVERYTHING) if unit.edition_id == first.id]
    right = 0
    for unit in units:
        best = related(source, (unit.edition_id, unit.start + 3), 5)
        assert all(one.unit != unit and one.unit.mark_id is None and one.shared for one in best)
        right += bool(best) and best[0].unit.edition_id == second.id
        assert related(source, unit.number, 5) == best
    assert right >= len(units) - 2 >= 7


def test_the_shared_wording_stands_in_both(source: IndexSource, library: Library) -> None:
    first = library.editions.summaries()[0]
    for one in related(source, (first.id, 2000)):
        assert list(one.shared) == sorted(one.shared, key=len, reverse=True)
        for phrase in one.shared:
            assert phrase in first_text(library)
            assert make_key(phrase).text in make_key(one.unit.text).text


def first_text(library: Library) -> str:
    edition = library.editions.get(library.editions.summaries()[0].id)
    assert edition is not None
    return edition.text


def test_a_place_without_a_clause_has_no_relatives(source: IndexSource) -> None:
    assert related(source, ("nobody's", 3)) == []
    assert related(source, 1) == []


def test_shared_wording_is_as_long_as_it_is_alike() -> None:
    text, other = "构建“链主企业”引领、梯次协同的产业链。", "要以「链主企业」引领，和梯次协同的格局。"
    assert shared_wording(text, make_key(text), other, ["链主", "梯次"]) == ("链主企业”引领", "梯次协同的")


def test_an_only_clause_has_no_relatives(tmp_path: Path) -> None:
    with Library.open(tmp_path / "文库.yuece", create=True) as library:
        edition = add_text(library, "经济发展。")
        index = Index.open(library.path, library.id, read_only=False)
        catch_up(index, library)
        assert related(IndexSource(index), (edition.id, 0)) == []
        index.close()


def test_words_that_are_shared_in_part_are_left_out_unless_nothing_else_is_shared() -> None:
    text, other = "落实产业政策，提供全方位服务。", "落实行业政策，提供全面支持。"
    assert shared_wording(text, make_key(text), other, ["业政", "供全"]) == ("提供",)
    assert shared_wording("企业家", make_key("企业家"), "某业家", ["业家"]) == ("业家",)
