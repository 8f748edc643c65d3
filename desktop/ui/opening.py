"""Opening the library behind a window that is already shown, and what to do where that fails."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop.model.errors import LibraryError, LibraryLockedError, LibraryReadOnlyError
from desktop.model.settings import LAST_EDITION
from desktop.services.command import perform
from desktop.services.importing import import_document, shipped_plan
from desktop.storage.library import Library
from desktop.storage.paths import LIBRARY_SUFFIX
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


def _open(asker: Asker, path: Path, *, read_only: bool = False) -> Library | None:
    """Open a library; where that fails, say why and let the user choose what can be done; None to leave."""
    try:
        return Library.open(path, create=not read_only, read_only=read_only)
    except (LibraryLockedError, LibraryReadOnlyError) as error:
        _log.warning("library not opened for writing: %s", error)
        answers = ("另选文库…", "退出") if read_only else ("只读打开", "另选文库…", "退出")
        chosen = asker.choose(str(error), answers, detail="只读打开时可以阅读、搜索和导出，不能标注。")
    except LibraryError as error:
        _log.warning("library not opened: %s", error)
        answers = ("另选文库…", "退出")
        chosen = asker.choose("文库打不开", answers, detail=str(error))
    answer = answers[chosen] if chosen is not None else ""
    if answer == "只读打开":
        return _open(asker, path, read_only=True)
    if answer == "另选文库…":
        others = asker.files_to_open("另选文库", f"阅策文库 (*{LIBRARY_SUFFIX})", path.parent)
        return _open(asker, others[0]) if others else _open(asker, path, read_only=read_only)
    return None


def _show_last(session: Session, library: Library) -> None:
    """Bring the text read last into view, else the first there is."""
    wanted = session.setting(LAST_EDITION)
    editions = [edition.id for edition in library.editions.summaries()]
    if editions:
        session.open_edition(wanted if wanted in editions else editions[0])
    else:
        session.opened.emit()  # what was seen at a glance is not there
