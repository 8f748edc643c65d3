"""The words of a library, learnt and asked in its index: a help that may be missing at any time."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from desktop.search.index import Index, was_interrupted
from desktop.search.index_schema import connect
from desktop.search.learning import learn
from desktop.search.source import Interrupted, SourceFailedError, Stopper
from desktop.search.suggesting import related_words, suggest
from desktop.search.vocabulary import Vocabulary, is_there, stands_at

if TYPE_CHECKING:
    from desktop.search.catching_up import OutlineOf, Stop
    from desktop.storage.library import Library

MOST_LEARNT_ASIDE = 500_000
"""Code points of all texts. Learning takes about 10 µs for each and half a second besides: five seconds at most."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Lexicon:
    """Knows words by their letters and by their beginnings; nothing before they were learnt.

    Used on the thread of the index and of the library. What is stopped raises Interrupted.
    """

    def __init__(
        self,
        index: Index,
        library: Library,
        outline_of: OutlineOf,
        stopper: Stopper,
        *,
        learns_aside: bool,
    ) -> None:
        """With `learns_aside` the words of a library up to `MOST_LEARNT_ASIDE` are learnt when letters are asked for.

        That is for who may not write the index: they are learnt in memory where the index hasn't them.
        """
        self._index = index
        self._library = library
        self._outline_of = outline_of
        self._learns_aside = learns_aside
        self._aside: sqlite3.Connection | None = None
        self._stopper = stopper

    def words_for(self, letters: str, limit: int = 20) -> tuple[str, ...]:
        """Return the words that letters stand for, the most frequent first."""
        if self._learns_aside:
            self._learn_aside()
        return self._ask(lambda vocabulary: vocabulary.words_for(letters, limit))

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Return words that go on after `prefix`, the most frequent first."""
        return self._ask(lambda vocabulary: suggest(vocabulary, prefix, limit))

    def beside(self, texts: Iterable[str], sought: Iterable[str]) -> tuple[str, ...]:
        """Return words that stand unusually often in texts of the library, which were found by what was `sought`."""
        return self._ask(lambda vocabulary: related_words(vocabulary, texts, without=sought))

    def terms(self) -> tuple[str, ...]:
        """Return what the texts put in quotation marks as terms, those of most editions first."""
        return self._ask(Vocabulary.terms)

    @property
    def clock(self) -> int:
        """The library's clock up to which its words are known, 0 for none."""
        return stands_at(self._aside) if self._aside is not None else self._from_index(stands_at, 0)

    def learn(self, stop: Stop) -> bool:
        """Learn the words of the library as it is now; False where that was stopped, the next call goes on.

        Where the disk refuses, the words are done without. Raises LibraryError where the library can't be read.
        """
        try:
            with closing(connect(self._index.path, "rw")) as connection:
                return learn(connection, self._library, self._outline_of, stop)
        except sqlite3.Error as error:
            _log.warning("the words of the library can't be learnt: %s", error)
            self._index.distrust(error)
            return True

    def close(self) -> None:
        """Forget what was learnt aside. Harmless when done before."""
        aside, self._aside = self._aside, None
        if aside is not None:
            aside.close()

    def _learn_aside(self) -> None:
        if self._aside is None:
            length = sum(edition.length for edition in self._library.editions.summaries())
            if length > MOST_LEARNT_ASIDE or self._from_index(stands_at, 0) == self._library.clock():
                return
            self._aside = sqlite3.connect(":memory:", isolation_level=None)
        if not learn(self._aside, self._library, self._outline_of, self._stopper.stops):
            raise Interrupted

    def _ask(self, ask: Callable[[Vocabulary], tuple[str, ...]]) -> tuple[str, ...]:
        if self._aside is not None:
            return ask(Vocabulary(self._aside))
        return self._from_index(lambda connection: ask(Vocabulary(connection)), ())

    def _from_index(self, ask: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        try:
            connection = self._index.reader()
            return ask(connection) if is_there(connection) else nothing
        except SourceFailedError:
            return nothing
        except sqlite3.Error as error:
            if was_interrupted(error):
                self._stopper.stops()
                raise Interrupted from error
            self._index.distrust(error)
            return nothing
