"""What the program remembers in a library from one start to the next."""

from __future__ import annotations

import json
from typing import TypeVar

from desktop.model.settings import Setting
from desktop.storage.database import Database
from desktop.storage.tables import Settings

T = TypeVar("T")


class SettingStore:
    """Preferences and places: kept at once, but no work of the user's and thus no operations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, setting: Setting[T]) -> T:
        """Return what was set, or the default where nothing was, or nothing of the default's type."""
        row = self._database.row(Settings.select(Settings.value).where(Settings.key == setting.key))
        if row is None:
            return setting.default
        try:
            value: object = json.loads(row[0])
        except ValueError:
            return setting.default
        # Not isinstance: True is an int to it, and no width of a column.
        return value if type(value) is type(setting.default) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value. Raises LibraryError when the disk refuses."""
        with self._database.transaction():
            text = json.dumps(value, ensure_ascii=False)
            self._database.sql("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (setting.key, text))
