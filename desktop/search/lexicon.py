"""The words of a library, asked and learnt through its index: a help that may be missing at any time."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from desktop.search.index import Index
from desktop.search.index_schema import connect
from desktop.search.learning import learn
from desktop.search.source import Interrupted, SourceFailedError
from desktop.search.suggesting import suggest
from desktop.search.vocabulary import Vocabulary, is_there

if TYPE_CHECKING:
    from desktop.search.catching_up import OutlineOf, Stop
    from desktop.storage.library import Library

_log = logging.getLogger(__name__)


class Lexicon:
    """Knows words by their letters and by their beginnings; nothing before they were learnt.

    Used on the thread of the index. Where its queries are interrupted they raise Interrupted.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def words_for(self, letters: str, limit: int = 20) -> tuple[str, ...]:
        """Return the words that letters stand for, the most frequent first."""
        return self._ask(lambda vocabulary: vocabulary.words_for(letters, limit))

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Return words that go on after `prefix`, the most frequent first."""
        return self._ask(lambda vocabulary: suggest(vocabulary, prefix, limit))

    def terms(self) -> tuple[str, ...]:
        """Return what the texts put in quotation marks as terms, those of most editions first."""
        return self._ask(Vocabulary.terms)

    def learn(self, library: Library, outline_of: OutlineOf, stop: Stop) -> bool:
        """Learn the words of the library as it is now; False where that was stopped, the next call goes on.

        Where the disk refuses, the words are done without. Raises LibraryError where the library can't be read.
        """
        try:
            with closing(connect(self._index.path, "rw")) as connection:
                return learn(connection, library, outline_of, stop)
        except sqlite3.Error as error:
            _log.warning("the words of the library can't be learnt: %s", error)
            self._index.distrust()
            return True

    def _ask(self, ask: Callable[[Vocabulary], tuple[str, ...]]) -> tuple[str, ...]:
        try:
            connection = self._index.reader()
            return ask(Vocabulary(connection)) if is_there(connection) else ()
        except SourceFailedError:
            return ()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise Interrupted from error
            self._index.distrust()
            return ()
