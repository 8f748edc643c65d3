"""Brings the vocabulary up to what the library holds: in small steps, so that it can stop at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
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
    """Bring the vocabulary in the database of `connection` up to the library; return whether nothing is left to do.

    `connection` must commit by itself (`isolation_level=None`) and be in no transaction. `stop` is asked every few
    milliseconds whether to come back; what was done is kept, but for the last moments, and the next call goes on. What
    left the library is taken out first. Raises sqlite3.Error as the index does, LibraryError where the library can't be
    read.
    """
    # What is deleted is not to be found in the file; what a power cut takes is learnt again.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    if not vocabulary.is_there(connection):
        _done(connection, _creation(connection), lambda: False)
    clock = library.clock()
    if vocabulary.stands_at(connection) == clock:
        return True
    if not all(_done(connection, steps, stop) for steps in _pieces(connection, library, outline_of)):
        return False
    vocabulary.stand_at(connection, clock)
    # The log holds pages as they were, those of the index included.
    connection.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    return True


def _pieces(
    connection: sqlite3.Connection, library: Library, outline_of: Callable[[Library, Edition], Outline]
) -> Iterator[Iterator[bool]]:
    """Yield what there is to do, piece by piece, each as steps: see `vocabulary.add_edition`."""
    live = [summary.id for summary in library.editions.summaries()]
    gone = vocabulary.editions(connection).keys() - live
    for edition_id in gone:
        yield _removal(connection, library, edition_id)
    yield vocabulary.set_tags(connection, library.marks.tags())
    known = vocabulary.editions(connection)
    for edition_id in live:
        if not known.get(edition_id):
            yield _addition(connection, library, outline_of, edition_id)


def _creation(connection: sqlite3.Connection) -> Iterator[bool]:
    vocabulary.create(connection)
    yield True


def _removal(connection: sqlite3.Connection, library: Library, edition_id: str) -> Iterator[bool]:
    edition = library.editions.get(edition_id)
    if edition is None:  # without its text nobody knows which words were its own
        yield from _creation(connection)
    else:
        yield from vocabulary.remove_edition(connection, edition_id, edition.text)


def _addition(
    connection: sqlite3.Connection,
    library: Library,
    outline_of: Callable[[Library, Edition], Outline],
    edition_id: str,
) -> Iterator[bool]:
    edition = library.editions.get(edition_id)
    if edition is None:
        raise KeyError(edition_id)
    headings = [node.clause.title for node in outline_of(library, edition).nodes if node.clause.title]
    yield from vocabulary.add_edition(connection, edition_id, edition.text, headings)


def _done(connection: sqlite3.Connection, steps: Iterator[bool], stop: Callable[[], bool]) -> bool:
    """Do the steps, commit what belongs together, and return whether all are done: False where that was stopped."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for whole in steps:
            if whole:
                connection.execute("COMMIT")
                connection.execute("BEGIN IMMEDIATE")
            if stop():
                return False
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.rollback()
    return True
