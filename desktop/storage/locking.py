"""One writer per library: a lock that the system takes back when its holder dies, and who holds it, beside it."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.model.errors import LibraryLockedError
from desktop.storage import faults


class LibraryLock:
    """The right to write to the library at `path`.

    The lock is one of the system's, on the file `<library>.lock`, so that it ends with the process however that
    ends; `<library>.owner` only says whom to ask.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._owner = path.with_name(f"{path.name}.owner")
        # Not per thread: a library may be closed while the program shuts down, from wherever that happens.
        self._lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Take the lock at once. Raises LibraryLockedError if another holds it, LibraryError if it can't be made."""
        try:
            self._lock.acquire()
        except Timeout:
            raise LibraryLockedError(self._sentence()) from None
        except OSError as error:
            raise faults.explained(error, self._path) or error from error
        holder = {"pid": os.getpid(), "host": platform.node()}
        with suppress(OSError):  # a full disk: the lock holds without a name on it
            self._owner.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back. Harmless when it isn't held."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _sentence(self) -> str:
        holder: object = None
        with suppress(OSError, ValueError):
            holder = json.loads(self._owner.read_text(encoding="utf-8"))
        match holder:
            case {"pid": int(pid), "host": str(host)}:
                where = "本机" if host == platform.node() else f"电脑 {host}"
                who = f"另一个窗口或命令（{where}，进程 {pid}）"
            case _:
                who = "另一个窗口或命令"
        return f"文库“{self._path}”正被{who}使用；请先关闭它，再试一次。"
