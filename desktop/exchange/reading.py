"""Reading a file's bytes as its format asks for: at once, in a process of its own, or through LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.exchange.formats import readable_format_of
from desktop.model.source import Source

LARGE = 4 * 1024 * 1024
"""A file with more bytes is read in a process of its own whatever its format, so that reading can be cancelled."""


def _never() -> bool:
    return False


def read_source(path: Path, data: bytes, cancelled: Callable[[], bool] = _never) -> Source:
    """Return what the bytes `data` of the file at `path` hold; the suffix of the path names the format.

    The file itself is not touched. `cancelled` is asked many times a second where reading may take long. Raises
    CancelledError, and UnreadableFileError in words the user understands.
    """
    entry = readable_format_of(path)
    if entry.converted:
        from desktop.exchange.office import to_docx

        data = to_docx(data, entry.suffix, cancelled=cancelled)
    if entry.isolated or len(data) > LARGE:
        from desktop.exchange.isolation import read_isolated

        return read_isolated(entry.reader, data, cancelled=cancelled)
    return entry.reader(data)
