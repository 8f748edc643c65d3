"""Pasting: text from the clipboard, of a web page say, is read as a file would be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.exchange.files import SIZE_LIMIT
from desktop.exchange.reading import read_source
from desktop.model.errors import UnreadableFileError
from desktop.parsing.outline import parse_outline
from desktop.services.importing import ImportedFile
from desktop.text.blanks import one_line

_LONGEST = 30
"""So many code points of its first line name a text that has no title."""
_NOTHING = "剪贴板里没有文字：请先在网页或文档里复制文字，再粘贴为新文件。"


def _never() -> bool:
    return False


def read_pasted(text: str, at: datetime, cancelled: Callable[[], bool] = _never) -> ImportedFile:
    """Make of pasted text what a plain text file with it would give; `at` (local time) names it.

    Nothing is written; safe on any thread. `cancelled` is asked many times a second where reading may take long. Raises
    CancelledError, and UnreadableFileError in words the user understands.
    """
    if not text.strip():
        raise UnreadableFileError(_NOTHING)
    data = text.encode("utf-8", "replace")  # half of a surrogate pair could not be kept
    if len(data) > SIZE_LIMIT:
        raise UnreadableFileError("剪贴板里的文字太长，不能导入：请分几次复制。")
    name = f"粘贴 {at:%Y-%m-%d %H.%M}.txt"
    try:
        source = read_source(Path(name), data, cancelled)
    except UnreadableFileError as error:
        raise UnreadableFileError("剪贴板里的内容不是可以阅读的文字，没有导入：请重新复制文字。") from error
    outline = parse_outline(source.text, source.hints, cancelled)
    return ImportedFile(
        name, "txt", data, source.text, outline, source.hints, source.remarks, called=_first_line(source.text)
    )


def _first_line(text: str) -> str:
    line = next(filter(None, map(one_line, text.split("\n"))), "")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
