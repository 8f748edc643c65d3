"""The vocabulary follows the library."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from desktop.model.edition import EditionSummary
from desktop.model.span import Span
from desktop.parsing.outline import parse_outline
from desktop.search import vocabulary
from desktop.search.learning import learn
from desktop.search.vocabulary import Vocabulary
from desktop.services.command import perform
from desktop.services.importing import ImportedFile, import_document
from desktop.services.marking import Marker
from desktop.services.reading import open_reading, outline_of
from desktop.storage.library import Library

PLAN = "一、加快建设制造强市\n1.推进“两主一特”产业发展。\n"
LAW = "第一条 为了促进慈善事业发展，制定本法。\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "文库.yuece", create=True) as opened:
        yield opened


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


def _import(library: Library, text: str) -> EditionSummary:
    before = {summary.id for summary in library.editions.summaries()}
    perform(library, import_document(ImportedFile("文.txt", "txt", text.encode(), text, parse_outline(text))))
    (imported,) = (summary for summary in library.editions.summaries() if summary.id not in before)
    return imported


def _learn(index: sqlite3.Connection, library: Library) -> Vocabulary:
    assert learn(index, library, outline_of, lambda: False)
    assert not index.in_transaction
    return Vocabulary(index)


def test_texts_headings_and_terms_are_learnt(index: sqlite3.Connection, library: Library) -> None:
    _import(library, PLAN)
    words = _learn(index, library)
    assert words.words_for("lzyt") == ("两主一特",)
    assert words.words_for("jkjszzqs") == ("加快建设制造强市",)
    assert words.terms() == ("两主一特",)
    _import(library, LAW)
    assert "慈善事业" in _learn(index, library).words_for("cssy")


def test_what_leaves_the_library_is_forgotten_and_what_comes_back_is_learnt_again(
    index: sqlite3.Connection, library: Library
) -> None:
    _import(library, PLAN)
    law = _import(library, LAW)
    assert _learn(index, library).counts(["制定", "发展"]) == {"制定": 1, "发展": 2}
    library.documents.remove(law.document_id)
    assert _learn(index, library).counts(["制定", "发展"]) == {"发展": 1}
    library.documents.restore(law.document_id)
    assert _learn(index, library).counts(["制定", "发展"]) == {"制定": 1, "发展": 2}


def test_it_stops_when_asked_and_goes_on(
    index: sqlite3.Connection, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "STRETCH", 100)
    for number in range(3):
        _import(library, PLAN * 20 + str(number))
    asked, stops = count(1), 0
    while not learn(index, library, outline_of, lambda: next(asked) % 10 == 0):
        assert not index.in_transaction
        stops += 1
    assert stops > 3
    assert Vocabulary(index).counts(["两主一特"]) == {"两主一特": 3 * 20 * 2}


def test_nothing_is_done_where_nothing_changed(index: sqlite3.Connection, library: Library) -> None:
    _import(library, PLAN)
    _learn(index, library)
    before = index.total_changes
    _learn(index, library)
    assert index.total_changes == before


def test_other_rules_make_the_vocabulary_anew(
    index: sqlite3.Connection, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(library, PLAN)
    _learn(index, library)
    monkeypatch.setattr(vocabulary, "VERSION", vocabulary.VERSION + 1)
    assert not vocabulary.is_there(index)
    assert _learn(index, library).counts(["两主一特"]) == {"两主一特": 2}


def test_words_of_a_text_nobody_has_any_more_are_forgotten_with_all_others(
    index: sqlite3.Connection, library: Library
) -> None:
    plan = _import(library, PLAN)
    _learn(index, library)
    for _ in vocabulary.add_edition(index, "00000000-0000-4000-8009-000000000000", LAW):
        pass
    library.documents.edit(plan.document_id, title="改名")
    assert _learn(index, library).counts(["制定", "两主一特"]) == {"两主一特": 2}


def test_an_error_leaves_the_vocabulary_as_it_was(
    index: sqlite3.Connection, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(library, PLAN)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(vocabulary, "_take_in", full)
        with pytest.raises(sqlite3.OperationalError):
            learn(index, library, outline_of, lambda: False)
    assert not index.in_transaction
    assert _learn(index, library).counts(["两主一特"]) == {"两主一特": 2}


def test_tags_are_learnt_and_forgotten(index: sqlite3.Connection, library: Library) -> None:
    edition = _import(library, PLAN)
    note = Marker(library, open_reading(library, edition.id)).note(Span(0, 2), "", ("待核实",))
    changes = perform(library, note)
    assert _learn(index, library).words_for("daiheshi") == ("待核实",)
    library.marks.remove(next(iter(changes.marks)))
    assert _learn(index, library).words_for("daiheshi") == ()
