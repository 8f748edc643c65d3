"""The search of a library as a thread of its own runs it: a connection for reading, the index, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from desktop.model.errors import UserError
from desktop.model.search import Page, Request, Totals
from desktop.search.patterns import PatternError
from desktop.services.finding import Answer, search_reading
from desktop.services.searching import Searcher
from desktop.storage.library import Library

if TYPE_CHECKING:
    from desktop.model.mark import Mark
    from desktop.services.reading import Reading


class LibrarySearch:
    """Belongs to the thread that opened it, but for `interrupt`. The library is only read, the index is kept up.

    What is interrupted raises Interrupted.
    """

    def __init__(self, library: Library) -> None:
        """Take over an open library; use `open` instead."""
        self._library = library
        self._searcher = Searcher(library)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the library at `path` for reading, and its index. Raises LibraryError."""
        return cls(Library.open(path, read_only=True))

    def page(self, request: Request, after: Page | None, size: int) -> Page:
        """Return about `size` hits, those after the page `after` or the first."""
        return self._searcher.page(request, after, size)

    def totals(self, request: Request, stop: Callable[[], bool]) -> Totals:
        """Return how many hits there are in all; gives way as soon as `stop` says so."""
        try:
            return self._searcher.totals(request, stop)
        except PatternError:  # the first page says so
            return Totals(0, 0)

    def everything(self, request: Request, stop: Callable[[], bool]) -> Page:
        """Return all hits on one page, in the order of the library. Raises UserError where that takes too long."""
        try:
            return self._searcher.everything(request, stop)
        except PatternError as error:
            raise UserError(str(error)) from error

    def in_reading(self, reading: Reading, marks: Iterable[Mark], request: Request) -> Answer:
        """Find every place in one open text, letters that stand for words included."""
        return search_reading(reading, marks, request, self._library)

    def marks(self, edition_ids: Iterable[str]) -> dict[str, list[Mark]]:
        """Return the marks of some editions."""
        return {edition_id: self._library.marks.of_edition(edition_id) for edition_id in edition_ids}

    def catch_up(self, stop: Callable[[], bool], told: Callable[[int, int], None]) -> bool:  # noqa: ARG002
        """Bring the index up to what the library holds, until `stop` says so; True when all is in."""
        return True

    def interrupt(self) -> None:
        """Stop what runs; called from another thread."""
        self._searcher.interrupt()

    def close(self) -> None:
        """Let go of library and index."""
        self._library.close()
