"""What to tell the user when the disk, or the file on it, refuses: SQLite's and the system's errors as sentences."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from desktop.model.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryMissingError,
    LibraryNewerError,
    LibraryReadOnlyError,
    NotALibraryError,
)

_SCARCE = 1 << 18
"""A disk with fewer free bytes is taken for full where SQLite only speaks of an I/O error."""


def explained(error: BaseException, path: Path) -> LibraryError | None:
    """Return what to tell the user about `error`, or None if it is a bug and not the doing of disk or file."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    code = _sqlite_code(error)
    if code is None:
        return None
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _disk_is_full(path):
        return disk_full(path)
    sentence = _OF_SQLITE.get(code)
    return sentence(path) if sentence else None


def is_refusal(error: BaseException | None) -> bool:
    """Tell whether SQLite could not open a file, or one of those that belong to it."""
    refusals = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM)
    return error is not None and _sqlite_code(error) in refusals


def missing(path: Path) -> LibraryError:
    """Say that there is no such file."""
    return LibraryMissingError(f"找不到文库“{path}”；请检查路径，或先导入一个文件来新建文库。")


def folder(path: Path) -> LibraryError:
    """Say that the path is a folder."""
    return NotALibraryError(f"“{path}”是一个文件夹，不是文库；请指定文库文件，例如其中的 library.yuece。")


def not_a_library(path: Path) -> LibraryError:
    """Say that the file is something else; of a bundle, which has the same suffix, what to do with it."""
    if _begins_like_a_bundle(path):
        return NotALibraryError(f"“{path}”是交换包，不是文库：请打开自己的文库，再合并这个交换包。")
    return NotALibraryError(
        f"“{path}”不是阅策文库，或者文件开头已损坏，没有改动它；请另选一个文库，或用备份文件夹中的文库。"
    )


def _begins_like_a_bundle(path: Path) -> bool:
    # It is no library, so that reading it drops no lock; and no pipe, which might never end.
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(2) == b"PK"
    return False


def newer(path: Path) -> LibraryError:
    """Say that the file was made by a newer program."""
    return LibraryNewerError(f"文库“{path}”由更新版本的阅策保存，没有改动它；请升级阅策后再打开。")


def outdated(path: Path) -> LibraryError:
    """Say that the file must be upgraded first, which reading alone may not do."""
    return LibraryReadOnlyError(f"文库“{path}”由旧版本的阅策保存，只读时不能升级；请先在阅策窗口中打开它一次。")


def read_only(path: Path) -> LibraryError:
    """Say that the file or its folder can't be written to."""
    return LibraryReadOnlyError(f"文库“{path}”或它所在的文件夹不能写入；请检查权限，或把文库复制到可以写入的文件夹。")


def unsettled(path: Path) -> LibraryError:
    """Say that the file lies in a read-only folder beside a log that was not written back into it."""
    return LibraryReadOnlyError(
        f"文库“{path}”上次没有正常关闭，又在只读的文件夹里；请把它和同名的 -wal 文件一起复制到可以写入的文件夹再打开。"
    )


def disk_full(path: Path) -> LibraryError:
    """Say that there is no room left."""
    return LibraryFullError(f"磁盘已满，刚才的改动没有保存，以前的都在；请在“{path.parent}”所在的磁盘上腾出空间再试。")


def damaged(path: Path) -> LibraryError:
    """Say that parts of the file can't be read."""
    return LibraryDamagedError(f"文库“{path}”已损坏，读不出来；请先复制一份留存，再用备份文件夹中最近的文库代替它。")


def busy(path: Path) -> LibraryError:
    """Say that somebody else holds the file, and not by our lock."""
    return LibraryError(f"文库“{path}”正被另一个程序占用（如同步或杀毒软件）；请稍候再试。")


def no_access(path: Path) -> LibraryError:
    """Say that the system won't let the file be opened."""
    return LibraryError(f"打不开文库“{path}”；请检查路径和权限。")


def disk_error(path: Path) -> LibraryError:
    """Say that the disk failed."""
    return LibraryError(f"读写文库“{path}”时磁盘出错，刚才的改动没有保存；请检查磁盘或网络连接后再试。")


_OF_SQLITE = {
    sqlite3.SQLITE_FULL: disk_full,
    sqlite3.SQLITE_IOERR: disk_error,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_LOCKED: busy,
    sqlite3.SQLITE_PROTOCOL: busy,
    sqlite3.SQLITE_CANTOPEN: no_access,
    sqlite3.SQLITE_PERM: no_access,
}

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def _of_system(error: OSError, path: Path) -> LibraryError:
    if error.errno in _FULL:
        return disk_full(path)
    return read_only(path) if error.errno in _REFUSED else no_access(path)


def _sqlite_code(error: BaseException) -> int | None:
    """Return SQLite's primary result code; peewee's exceptions carry SQLite's own as `orig`."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _disk_is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _SCARCE
    except OSError:
        return False
