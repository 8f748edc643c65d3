"""Keeping searches: commands that can be taken back, and the searches typed last."""

import pytest

from desktop.model.changes import Changes
from desktop.model.errors import UserError
from desktop.model.search import Mode, Within
from desktop.services.command import perform
from desktop.services.keeping import RECENT, ChangeSearch, Recent, RemoveSearch, keep_search, read_recent, with_recent
from desktop.storage.library import Library


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "library.yuece", create=True) as library:
        yield library


def test_a_search_is_kept_and_not_kept_again(library):
    command = keep_search(" 工信局\n", "制造业 OR 工业")
    assert perform(library, command) == Changes(searches=frozenset({command.search.id}))
    assert [(one.name, one.words) for one in library.searches.all()] == [("工信局", "制造业 OR 工业")]
    with library.transaction():
        command.revert(library)
    assert library.searches.all() == []
    perform(library, command)
    assert library.searches.all() == [command.search]


def test_a_search_is_changed_and_changed_back(library):
    kept = keep_search("工信局", "工业")
    perform(library, kept)
    change = ChangeSearch(kept.search.id, "工业和信息化局", "工业 OR 制造业")
    perform(library, change)
    assert library.searches.all()[0].words == "工业 OR 制造业"
    with library.transaction():
        change.revert(library)
    assert library.searches.all() == [kept.search]


def test_a_search_is_removed_and_restored(library):
    kept = keep_search("工信局", "工业")
    perform(library, kept)
    command = RemoveSearch(kept.search.id)
    perform(library, command)
    assert library.searches.all() == []
    with library.transaction():
        command.revert(library)
    assert library.searches.all() == [kept.search]


@pytest.mark.parametrize(("name", "words"), [(" ", "工业"), ("工信局", "\n")])
def test_without_name_or_words_nothing_is_kept(name, words):
    with pytest.raises(UserError, match="不能是空的"):
        keep_search(name, words)


def test_recent_searches_stand_once_the_latest_first_and_no_more_than_a_screenful():
    recent: list[str] = []
    for words in ("产业", "园区", "产业 ", " "):
        recent = with_recent(recent, words)
    assert recent == ["产业", "园区"]
    for number in range(2 * RECENT):
        recent = with_recent(recent, str(number))
    assert len(recent) == RECENT
    assert recent[0] == str(2 * RECENT - 1)


def test_a_search_typed_last_keeps_how_it_was_read() -> None:
    recent = with_recent(["园区"], "产业.展", Mode.REGEX, Within.SENTENCE)
    assert [read_recent(one) for one in recent] == [Recent("产业.展", Mode.REGEX, Within.SENTENCE), Recent("园区")]
    assert with_recent(recent, "产业.展")[0] == "产业.展"
    assert read_recent("产业\tunknown") == Recent("产业")
