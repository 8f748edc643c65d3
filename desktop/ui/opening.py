"""Opening the library behind a window that is already shown, and what to do where that fails."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop.model.errors import LibraryError, LibraryLockedError
from desktop.model.settings import LAST_EDITION
from desktop.services.command import perform
from desktop.services.importing import import_document, shipped_plan
from desktop.storage.library import Library
from desktop.ui.asking import Asker
from desktop.ui.session import Session

_log = logging.getLogger(__name__)


def open_library(session: Session, asker: Asker, path: Path) -> bool:
    """Open the library at `path`, take in the shipped plan where it is empty, and bring its text into view.

    Asks the user where another window holds the library; False where it can't be opened and the program should end.
    """
    library = _open(asker, path)
    if library is None:
        return False
    session.attach(library)
    if not library.read_only and not library.editions.summaries():
        session.attempt(lambda: _take_in_plan(library))
    if session.reading is None:
        _show_last(session, library)
    return True


def _take_in_plan(library: Library) -> None:
    """Import the shipped plan into a library that never held it; one that was removed stays removed."""
    plan = shipped_plan()
    if library.editions.by_sha256(plan.sha256, removed=True) is None:
        perform(library, import_document(plan))


def _open(asker: Asker, path: Path) -> Library | None:
    try:
        return Library.open(path, create=True)
    except LibraryLockedError as error:
        answer = asker.choose(str(error), ("只读打开", "退出"), detail="只读打开时可以阅读、搜索和导出，不能标注。")
        return _open_for_reading(asker, path) if answer == 0 else None
    except LibraryError as error:
        _tell(asker, error)
        return None


def _open_for_reading(asker: Asker, path: Path) -> Library | None:
    try:
        return Library.open(path, read_only=True)
    except LibraryError as error:
        _tell(asker, error)
        return None


def _tell(asker: Asker, error: LibraryError) -> None:
    """Say why the library can't be opened."""
    _log.warning("library not opened: %s", error)
    asker.tell("文库打不开", detail=str(error))


def _show_last(session: Session, library: Library) -> None:
    """Bring the text read last into view, else the first there is."""
    wanted = session.setting(LAST_EDITION)
    editions = [edition.id for edition in library.editions.summaries()]
    if editions:
        session.open_edition(wanted if wanted in editions else editions[0])
