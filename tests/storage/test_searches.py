"""Searches kept under a name: added, changed, removed, each with its operation."""

from datetime import UTC, datetime

import pytest

from desktop.model.saved_search import SavedSearch
from desktop.storage.library import Library

THEN = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
ONE = SavedSearch("s1", "工信局", "制造业 OR 工业", THEN)
TWO = SavedSearch("s2", "农业农村局", "粮食 OR 种业", THEN.replace(hour=9))


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "library.yuece", create=True) as library:
        yield library


def test_saved_searches_are_kept_in_the_order_they_were_made(library):
    library.searches.add(TWO)
    library.searches.add(ONE)
    assert library.searches.all() == [ONE, TWO]
    assert library.searches.get("s1") == ONE
    assert library.searches.get("none") is None


def test_name_and_words_can_be_changed_and_nothing_else(library):
    library.searches.add(ONE)
    library.searches.edit("s1", name="工业和信息化局", words="工业")
    assert library.searches.get("s1") == SavedSearch("s1", "工业和信息化局", "工业", THEN)
    with pytest.raises(TypeError):
        library.searches.edit("s1", created=THEN)


def test_a_removed_search_comes_back_as_it_was(library):
    library.searches.add(ONE)
    library.searches.remove("s1")
    assert library.searches.all() == []
    library.searches.restore("s1")
    assert library.searches.all() == [ONE]


def test_every_change_is_an_operation(library):
    library.searches.add(ONE)
    library.searches.edit("s1", words="工业")
    library.searches.remove("s1")
    fields = [operation.field for operation in library.operations.of("search", "s1")]
    assert fields == ["", "words", "removed"]
