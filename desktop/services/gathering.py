"""Gathering: what a user picks or drops, files and folders, becomes a list of files to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.exchange.formats import readable

_NOT_SEEN = (".", "~$")
"""What the names of hidden files begin with, and of those Word keeps beside an open document."""


def gather(paths: list[Path], cancelled: Callable[[], bool] = lambda: False) -> list[Path]:
    """Return the files among `paths` as they are, and in place of a folder its readable files, by their names.

    Folders within folders are gone through, links to folders are not; hidden files and folders, and files of a suffix
    that can't be read, are passed over, and folders that may not be entered. Where `cancelled` says so it ends early.
    Safe on any thread.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files_in(path) if path.is_dir() else (path,):
            if cancelled():
                return list(found)
            found[file] = None
    return list(found)


def _files_in(folder: Path) -> Iterator[Path]:
    suffixes = {form.suffix for form in readable()}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_NOT_SEEN))
        for name in sorted(files):
            if not name.startswith(_NOT_SEEN) and Path(name).suffix.lower() in suffixes:
                yield Path(place, name)
