"""Opening the library behind a window that is already shown, and what to do where that fails."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.model.errors import LibraryError, LibraryLockedError
from desktop.model.settings import LAST_EDITION
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.theme.fonts import has_chinese_font

if TYPE_CHECKING:
    from desktop.storage.library import Library

NO_FONT = (
    "No Chinese font is installed, so Chinese text shows as boxes. 本机没有中文字体，文字会显示成方框："
    "请安装一种，例如 sudo apt install fonts-noto-cjk，再重新打开。"
)

_log = logging.getLogger(__name__)


def open_library(session: Session, window: MainWindow, path: Path) -> Library | None:
    """Open the library at `path`, take in the shipped plan where it is empty, and hand it to session and window.

    Asks the user where the library is held by another window; None where there is nothing to show.
    """
    library = _open(window, path)
    if library is None:
        return None
    session.attach(library)
    if not library.read_only and not library.documents.all():
        session.attempt(lambda: _take_in_plan(library))
    if session.reading is None:
        _show_last(session, library)
    window.attached()
    if not has_chinese_font():
        window.tell(NO_FONT)
    return library


def _open(window: MainWindow, path: Path) -> Library | None:
    from desktop.storage.library import Library

    try:
        return Library.open(path, create=True)
    except LibraryLockedError as error:
        answer = window.asker.choose(
            str(error), ("只读打开", "退出"), detail="只读打开时可以阅读、搜索和导出，不能标注。"
        )
        if answer != 0:
            return None
    except LibraryError as error:
        _log.warning("library not opened: %s", error)
        window.asker.tell("文库打不开", detail=str(error))
        return None
    try:
        return Library.open(path, read_only=True)
    except LibraryError as error:
        window.asker.tell("文库打不开", detail=str(error))
        return None


def _take_in_plan(library: Library) -> None:
    from desktop.services.command import perform
    from desktop.services.importing import import_document, shipped_plan

    perform(library, import_document(shipped_plan()))


def _show_last(session: Session, library: Library) -> None:
    """Show the text read last, else the first there is."""
    wanted = session.setting(LAST_EDITION)
    editions = [edition.id for edition in library.editions.summaries()]
    if editions:
        session.open_edition(wanted if wanted in editions else editions[0])
