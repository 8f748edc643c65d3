"""Files on the disk, read whole and written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from desktop.exchange.watch import UNWATCHED, Watch
from desktop.model.errors import ExportError, UnreadableFileError

SIZE_LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""

LIBRARY_BEGINNING = b"SQLite format 3\0"
"""How the bytes of a library begin, which has the same suffix as a bundle."""

Content = bytes | Callable[[BinaryIO], object]
"""What goes into a file: the bytes, or a function that writes them."""

TOO_LARGE = "“{name}”有 {size} MB，超过 {limit} MB 的不能导入，请拆成几个小一些的文件。"
"""What is said of a file that is larger than that."""

_READ_ERRORS = {
    errno.ENOENT: "找不到文件“{name}”，它可能已被移动、改名或删除，请重新选择。",
    errno.ENOTDIR: "找不到文件“{name}”，它可能已被移动、改名或删除，请重新选择。",
    errno.EISDIR: "“{name}”是一个文件夹，请选择其中的文件。",
    errno.EACCES: "没有权限读取“{name}”，请向文件的主人要权限，或先复制到自己的文件夹。",
    errno.EPERM: "没有权限读取“{name}”，请向文件的主人要权限，或先复制到自己的文件夹。",
}
_WRITE_ERRORS = {
    errno.ENOENT: "文件夹“{folder}”不存在，请另选一个文件夹。",
    errno.ENOTDIR: "文件夹“{folder}”不存在，请另选一个文件夹。",
    errno.EACCES: "文件夹“{folder}”不允许写入，请另选一个文件夹。",
    errno.EPERM: "文件夹“{folder}”不允许写入，请另选一个文件夹。",
    errno.EROFS: "“{folder}”所在的磁盘是只读的，请另选一个文件夹。",
    errno.ENOSPC: "磁盘已满，“{name}”没有写成，请腾出空间或换一个磁盘再试。",
    errno.EDQUOT: "磁盘已满，“{name}”没有写成，请腾出空间或换一个磁盘再试。",
    errno.EFBIG: "这个磁盘放不下这么大的文件，“{name}”没有写成，请换一个磁盘再试。",
    errno.ENAMETOOLONG: "文件名太长，请把“{name}”改短一些再试。",
    errno.EINVAL: "文件名“{name}”里有不能用的字符，请换一个名字再试。",
    errno.EISDIR: "“{name}”是一个文件夹，请换一个文件名。",
    errno.EEXIST: "“{name}”已经存在，没有覆盖它：请换一个文件名，或确认覆盖。",
}


def read_bytes(path: Path, too_large: str = TOO_LARGE) -> bytes:
    """Return the bytes of the file at `path`.

    Raises UnreadableFileError where it is missing, a folder, no ordinary file, forbidden or larger than `SIZE_LIMIT`:
    `too_large` is what is said then.
    """
    try:
        # Looked at before it is opened: opening a pipe would wait for ever.
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder")
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFileError(f"“{path.name}”不是普通文件，请选择一个文档文件。")
        if found.st_size > SIZE_LIMIT:
            raise UnreadableFileError(_too_large(too_large, path, found.st_size))
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise UnreadableFileError(_read_error(path, error)) from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableFileError("文件名里有不能用的字符，请重新选择文件。") from error
    if len(data) > SIZE_LIMIT:  # it grew meanwhile
        raise UnreadableFileError(_too_large(too_large, path, len(data)))
    return data


def is_library(path: Path) -> bool:
    """Whether a whole library lies at `path`; what can't be read is none."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(LIBRARY_BEGINNING)) == LIBRARY_BEGINNING
    return False


def write_atomically(path: Path, content: Content, *, overwrite: bool, watch: Watch = UNWATCHED) -> None:
    """Write a file so that at any moment `path` holds all of it or what was there before.

    The bytes go into a temporary file in the same folder, to the disk, and then take the place of `path`. Without
    `overwrite` an existing file is refused, also one that appears meanwhile; on disks without hard links (FAT) an empty
    one stands there for a moment then.
    Raises ExportError where the file can't be written, and CancelledError where it was stopped before it took its
    place; nothing is left behind then.
    """
    try:
        # Through a link it is the file behind it that is replaced.
        target = Path(os.path.realpath(path)) if overwrite else path
        _refuse_taken(path, target, overwrite=overwrite)
        with _temporary_in(target.parent) as temporary:
            _write_temporary(temporary, content, target)
            watch.check()  # writing to a stick or a shared folder may take long
            _put_in_place(temporary, target, overwrite=overwrite)
    except OSError as error:
        raise ExportError(_write_error(path, error)) from error
    except ValueError as error:
        if "\0" not in str(path):
            raise
        raise ExportError("文件名里有不能用的字符，请换一个名字再试。") from error


@contextmanager
def _temporary_in(folder: Path) -> Iterator[Path]:
    temporary = folder / f".yuece-{secrets.token_hex(8)}.tmp"
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _refuse_taken(path: Path, target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder")
    if not overwrite and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "already there")


def _write_temporary(temporary: Path, content: Content, target: Path) -> None:
    # Not tempfile: its files are for their owner alone, and colleagues on a shared folder could not open the export.
    with temporary.open("xb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
        file.flush()
        os.fsync(file.fileno())
    with suppress(OSError):  # a new file has no mode to keep
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _put_in_place(temporary: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        _replace(temporary, target)
    else:
        try:
            os.link(temporary, target)  # in one step with the test that the name is free
        except FileExistsError:
            raise
        except OSError:  # the disk knows no hard links, as that of a USB stick
            _reserve_and_replace(temporary, target)
    _sync_folder(target.parent)


def _reserve_and_replace(temporary: Path, target: Path) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        _replace(temporary, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _replace(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        # The folder took the temporary file, so it is the old file that is held: Windows does so for Word.
        raise ExportError(f"“{target.name}”正被别的程序（例如 Word）打开，请先关闭它再导出。") from error


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows can't open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _too_large(words: str, path: Path, size: int) -> str:
    megabyte = 1024 * 1024
    return words.format(name=path.name, size=-(-size // megabyte), limit=SIZE_LIMIT // megabyte)


def _read_error(path: Path, error: OSError) -> str:
    message = _READ_ERRORS.get(error.errno or 0, "读不出“{name}”：磁盘或网络可能有问题，请检查后再试。")
    return message.format(name=path.name)


def _write_error(path: Path, error: OSError) -> str:
    default = "“{name}”没有写成：磁盘或网络可能有问题，请换一个文件夹再试。"
    return _WRITE_ERRORS.get(error.errno or 0, default).format(name=path.name, folder=path.absolute().parent)
