"""What a file is, told from its first hundred bytes, without opening it as a database and thus without touching it."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

APPLICATION_ID = int.from_bytes(b"YUEC", "big")
"""Stands in the header of every library file and tells it from any other SQLite file."""

_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID_AT = slice(68, 72)
_LENGTH = 100


class FileKind(Enum):
    """What lies at a path."""

    MISSING = auto()
    FOLDER = auto()
    EMPTY = auto()
    FOREIGN = auto()
    LIBRARY = auto()


def kind_of(path: Path) -> FileKind:
    """Tell what lies at `path`, reading at most a hundred bytes of it. Raises OSError where that is refused."""
    if path.is_dir():
        return FileKind.FOLDER
    if not path.exists():
        return FileKind.MISSING
    if not path.is_file():  # a pipe or a device: reading it might never end
        return FileKind.FOREIGN
    with path.open("rb") as file:
        head = file.read(_LENGTH)
    if not head:
        return FileKind.EMPTY
    ours = head.startswith(_MAGIC) and int.from_bytes(head[_APPLICATION_ID_AT], "big") == APPLICATION_ID
    return FileKind.LIBRARY if ours else FileKind.FOREIGN


def uri_of(path: Path, query: str) -> str:
    """Return `path` as the URI that SQLite opens, with its `query` ("mode=ro")."""
    from urllib.parse import quote

    posix = path.absolute().as_posix()
    # "file://" + "/home/a", "file:///" + "C:/a", "file://" + "//server/share/a": an empty authority in all three.
    return f"file://{'' if posix.startswith('/') else '/'}{quote(posix, safe='/:')}?{query}"
