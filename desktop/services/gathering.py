"""Gathering: what a user picks or drops, files and folders, becomes a list of files to read or to merge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.exchange.bundle_form import SUFFIX as BUNDLE
from desktop.exchange.files import is_library
from desktop.exchange.formats import readable

_MERGED = (BUNDLE, ".jsonld")
"""What is merged from a folder; a .json in it may be anything."""
_NOT_SEEN = (".", "~$")
"""What the names of hidden files begin with, and of those Word keeps beside an open document."""


def gather(paths: list[Path], cancelled: Callable[[], bool] = lambda: False) -> list[Path]:
    """Return the files among `paths` as they are, and in place of a folder what can be read or merged in it, by names.

    Folders within folders are gone through, links to folders are not; hidden files and folders, and files of a suffix
    that can't be read, are passed over, whole libraries, and folders that may not be entered. Where `cancelled` says so
    it ends early. Safe on any thread.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files_in(path) if path.is_dir() else (path,):
            if cancelled():
                return list(found)
            found[file] = None
    return list(found)


def _files_in(folder: Path) -> Iterator[Path]:
    suffixes = {*_MERGED, *(form.suffix for form in readable())}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_NOT_SEEN))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(_NOT_SEEN) or path.suffix.lower() not in suffixes:
                continue
            if path.suffix.lower() != BUNDLE or not is_library(path):  # nobody meant to merge a whole library
                yield path
