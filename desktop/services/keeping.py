"""Keeping searches: under a name, changed, taken off the list; and those typed last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from desktop.model.changes import Changes
from desktop.model.saved_search import SavedSearch
from desktop.model.search import Mode, Within
from desktop.services.command import new_id, now
from desktop.services.naming import cleaned
from desktop.text.blanks import one_line

if TYPE_CHECKING:
    from desktop.storage.library import Library

RECENT = 20
"""How many of the searches typed last are remembered."""


@dataclass(frozen=True)
class KeepSearch:
    """Keep a search under a name."""

    search: SavedSearch

    label = "保存搜索"

    def apply(self, library: Library) -> Changes:
        """Add the search, or bring back the same one after a revert."""
        library.searches.add(self.search)
        return Changes(searches=frozenset({self.search.id}))

    def revert(self, library: Library) -> Changes:
        """Remove the search again."""
        library.searches.remove(self.search.id)
        return Changes(searches=frozenset({self.search.id}))


@dataclass(frozen=True)
class ChangeSearch:
    """Give a saved search another name or other words."""

    search_id: str
    name: str
    words: str
    _before: list[SavedSearch] = field(default_factory=list, repr=False)

    label = "修改保存的搜索"

    def apply(self, library: Library) -> Changes:
        """Set name and words, remembering the old ones."""
        before = library.searches.get(self.search_id)
        if before is None:
            return Changes()
        self._before[:] = [before]
        library.searches.edit(self.search_id, name=cleaned(self.name, "名称"), words=cleaned(self.words, "搜索的文字"))
        return Changes(searches=frozenset({self.search_id}))

    def revert(self, library: Library) -> Changes:
        """Set the old name and words."""
        for before in self._before:
            library.searches.edit(before.id, name=before.name, words=before.words)
        return Changes(searches=frozenset({self.search_id}))


@dataclass(frozen=True)
class RemoveSearch:
    """Take a saved search off the list."""

    search_id: str

    label = "删除保存的搜索"

    def apply(self, library: Library) -> Changes:
        """Remove the search."""
        library.searches.remove(self.search_id)
        return Changes(searches=frozenset({self.search_id}))

    def revert(self, library: Library) -> Changes:
        """Bring it back."""
        library.searches.restore(self.search_id)
        return Changes(searches=frozenset({self.search_id}))


def keep_search(name: str, words: str) -> KeepSearch:
    """Return the command that keeps a search; raises UserError where name or words are blank."""
    return KeepSearch(SavedSearch(new_id(), cleaned(name, "名称"), cleaned(words, "搜索的文字"), now()))


class Recent(NamedTuple):
    """A search typed before, and how its words were read."""

    words: str
    mode: Mode = Mode.WORDS
    within: Within = Within.CLAUSE

    def __str__(self) -> str:
        ways = [str(way) for way in (self.mode, self.within) if way not in (Mode.WORDS, Within.CLAUSE)]
        return "\t".join((self.words, *ways))  # one line of words holds no tab


def read_recent(kept: str) -> Recent:
    """Return a search as it was remembered; ways of searching that are not known are passed over."""
    words, *ways = kept.split("\t")
    mode = next((mode for mode in Mode if mode in ways), Mode.WORDS)
    return Recent(words, mode, next((within for within in Within if within in ways), Within.CLAUSE))


def with_recent(recent: list[str], words: str, mode: Mode = Mode.WORDS, within: Within = Within.CLAUSE) -> list[str]:
    """Return the searches typed last with this one in front, without repetitions; blank words add nothing."""
    words = one_line(words)
    new = str(Recent(words, mode, within))
    return [new, *(other for other in recent if other != new)][:RECENT] if words else recent
