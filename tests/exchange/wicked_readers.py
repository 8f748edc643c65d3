"""Readers that do to a process what a hostile file could; a new process finds them here by their names."""

from __future__ import annotations

import os
import time
from pathlib import Path

from desktop.model.errors import UnreadableFileError
from desktop.model.source import Hint, LineStyle, Source


def honest(data: bytes) -> Source:
    return Source(data.decode(), (Hint(0, LineStyle.HEADING, 2),), (f"{len(data)} bytes",))


def refusing(data: bytes) -> Source:
    raise UnreadableFileError(f"这 {len(data)} 个字节不是文件。")


def failing(data: bytes) -> Source:
    raise KeyError(data)


def greedy(data: bytes) -> Source:
    return Source(str(len(bytearray(1 << 30)) + len(data)))


def creeping(data: bytes) -> Source:
    parts = []
    while True:
        parts.append(data * 1024)


def hanging(data: bytes) -> Source:
    Path(os.fsdecode(data)).write_text(str(os.getpid()), "utf-8")
    while True:
        time.sleep(0.01)


def dying(data: bytes) -> Source:
    os._exit(len(data))


def aborting(data: bytes) -> Source:
    os.abort()


def recursing(data: bytes) -> Source:
    return recursing(data)


def telling_modules(data: bytes) -> Source:
    import sys

    return Source("\n".join(sorted(sys.modules)))
