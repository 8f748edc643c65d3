"""Brings the vocabulary up to what the library holds: in small steps, so that it can stop at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.model.edition import Edition
from desktop.model.outline import Outline
from desktop.search import vocabulary

if TYPE_CHECKING:
    from desktop.storage.library import Library


def learn(
    connection: sqlite3.Connection,
    library: Library,
    outline_of: Callable[[Library, Edition], Outline],
    stop: Callable[[], bool],
) -> bool:
    """Bring the vocabulary in the index of `connection` up to the library; return whether nothing is left to do.

    `connection` must commit by itself (`isolation_level=None`) and be in no transaction. `stop` is asked every tenth of
    a second or so whether to come back; what was done is kept, and the next call goes on. What left the library is
    taken out first. Raises sqlite3.Error as the index does, LibraryError where the library can't be read.
    """
    if not vocabulary.is_there(connection):
        _begin_anew(connection)
    clock = library.clock()
    if vocabulary.stands_at(connection) == clock:
        return True
    live = [summary.id for summary in library.editions.summaries()]
    for edition_id in vocabulary.editions(connection).keys() - live:
        if not _done(connection, _removal(connection, library, edition_id), stop):
            return False
    with _transaction(connection):
        vocabulary.set_tags(connection, library.marks.tags())
    known = vocabulary.editions(connection)
    for edition_id in live:
        if not known.get(edition_id) and not _done(
            connection, _addition(connection, library, outline_of, edition_id), stop
        ):
            return False
    with _transaction(connection):
        vocabulary.stand_at(connection, clock)
    return True


def _removal(connection: sqlite3.Connection, library: Library, edition_id: str) -> Iterator[None]:
    edition = library.editions.get(edition_id)
    if edition is None:  # without its text nobody knows which words were its own
        vocabulary.create(connection)
        yield
    else:
        yield from vocabulary.remove_edition(connection, edition_id, edition.text)


def _addition(
    connection: sqlite3.Connection,
    library: Library,
    outline_of: Callable[[Library, Edition], Outline],
    edition_id: str,
) -> Iterator[None]:
    edition = library.editions.get(edition_id)
    if edition is None:
        raise KeyError(edition_id)
    headings = [node.clause.title for node in outline_of(library, edition).nodes if node.clause.title]
    yield from vocabulary.add_edition(connection, edition_id, edition.text, headings)


def _done(connection: sqlite3.Connection, steps: Iterator[None], stop: Callable[[], bool]) -> bool:
    """Do the steps, each in a transaction of its own; return whether all are done, False where that was stopped."""
    while not stop():
        with _transaction(connection):
            if next(steps, steps) is steps:
                return True
    return False


def _begin_anew(connection: sqlite3.Connection) -> None:
    with _transaction(connection):
        vocabulary.create(connection)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT")
