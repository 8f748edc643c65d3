"""The searches a library keeps under names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, Unpack

from desktop.model.saved_search import SavedSearch
from desktop.storage.database import Row
from desktop.storage.encoding import plain, text_time
from desktop.storage.records import RecordStore
from desktop.storage.tables import Searches


class SearchFields(TypedDict, total=False):
    """What of a saved search can be changed."""

    name: str
    words: str


class SearchStore(RecordStore[SavedSearch]):
    """All saved searches, removed ones as tombstones."""

    subject = "search"
    editable = tuple(SearchFields.__annotations__)

    def get(self, record_id: str) -> SavedSearch | None:
        """Return one saved search, a removed one too, or None if there never was one."""
        row = self._database.row(Searches.select().where(Searches.id == record_id))
        return _search(row) if row else None

    def all(self) -> list[SavedSearch]:
        """Return the saved searches that are not removed, oldest first."""
        query = Searches.select().where(Searches.removed == 0).order_by(Searches.created, Searches.id)
        return [_search(row) for row in self._database.rows(query)]

    def edit(self, search_id: str, **fields: Unpack[SearchFields]) -> None:
        """Change the name or the words of a saved search."""
        self._edit(search_id, fields)

    def _insert(self, record: SavedSearch) -> None:
        self._database.rows(Searches.insert(**{name: plain(getattr(record, name)) for name in _FIELDS}))

    def _update(self, record_id: str, fields: Mapping[str, object]) -> None:
        self._database.rows(Searches.update(**dict(fields)).where(Searches.id == record_id))


_FIELDS = ("id", "name", "words", "created", "removed")


def _search(row: Row) -> SavedSearch:
    identity, name, words, created, removed = row
    return SavedSearch(identity, name, words, text_time(created), bool(removed))
