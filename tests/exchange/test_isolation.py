"""A reader in a process of its own: whatever it does, the program gets a text or a sentence, and nothing stays."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from pickle import PicklingError

import pytest

from desktop.exchange.isolation import MEMORY_LIMIT, read_isolated
from desktop.model.errors import CancelledError, UnreadableFileError
from desktop.model.source import Hint, LineStyle, Source
from tests.exchange import wicked_module
from tests.exchange import wicked_readers as wicked

MEMORY_IS_LIMITED = pytest.mark.skipif(sys.platform == "darwin", reason="macOS limits no memory")


@pytest.fixture(autouse=True)
def _nothing_runs_on() -> Iterator[None]:
    yield
    assert not multiprocessing.active_children()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_a_reader_finds_comes_back_whole() -> None:
    assert read_isolated(wicked.honest, "规划𠮷".encode()) == Source(
        "规划𠮷", (Hint(0, LineStyle.HEADING, 2),), ("10 bytes",)
    )


def test_a_readers_sentence_comes_back() -> None:
    with pytest.raises(UnreadableFileError, match="这 3 个字节不是文件。"):
        read_isolated(wicked.refusing, b"abc")


@pytest.mark.parametrize("reader", [wicked.failing, wicked.recursing])
def test_a_fault_is_a_sentence_and_a_line_in_the_log(reader, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(UnreadableFileError, match="可能已损坏"):
        read_isolated(reader, b"abc")
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("reader", [wicked.dying, wicked.aborting])
def test_a_process_that_dies_is_a_sentence(reader) -> None:
    with pytest.raises(UnreadableFileError, match="可能已损坏"):
        read_isolated(reader, b"")


def test_a_process_that_dies_before_it_has_the_data_is_a_sentence() -> None:
    with pytest.raises(UnreadableFileError, match="可能已损坏"):
        read_isolated(wicked_module.never_reached, bytes(5_000_000))


def test_a_reader_that_nobody_can_find_starts_nothing() -> None:
    with pytest.raises((AttributeError, PicklingError)):
        read_isolated(lambda data: Source(str(data)), b"abc")


@MEMORY_IS_LIMITED
def test_a_gigabyte_at_once_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="过多的内存"):
        read_isolated(wicked.greedy, b"")


@MEMORY_IS_LIMITED
def test_a_gigabyte_bit_by_bit_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="过多的内存"):
        read_isolated(wicked.creeping, bytes(1024), memory=MEMORY_LIMIT // 2)


def test_a_reader_that_hangs_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "process"
    with pytest.raises(UnreadableFileError, match="2 秒还没有读完"):
        read_isolated(wicked.hanging, os.fsencode(note), seconds=2)
    assert not is_running(int(note.read_text("utf-8")))


def test_cancelling_ends_the_process_at_once(tmp_path: Path) -> None:
    note = tmp_path / "process"

    def cancelled() -> bool:
        return note.exists() and bool(note.read_text("utf-8"))

    with pytest.raises(CancelledError):
        read_isolated(wicked.hanging, os.fsencode(note), cancelled=cancelled)
    assert not is_running(int(note.read_text("utf-8")))


def test_it_works_on_a_thread() -> None:
    found: list[Source] = []
    thread = threading.Thread(target=lambda: found.append(read_isolated(wicked.honest, b"abc")))
    thread.start()
    thread.join()
    assert found[0].text == "abc"


def test_the_process_loads_no_window() -> None:
    modules = read_isolated(wicked.telling_modules, b"").text.split("\n")
    assert not {module for module in modules if module.split(".")[0] in {"PySide6", "shiboken6", "peewee"}}


def test_nothing_is_left_open() -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not list what a process has open")
    read_isolated(wicked.honest, b"abc")  # the first start brings multiprocessing's own helper
    before = len(list(Path("/proc/self/fd").iterdir()))
    for reader in (wicked.honest, wicked.refusing):
        with suppress(UnreadableFileError):
            read_isolated(reader, b"abc")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_text_comes_back_in_a_moment() -> None:
    began = time.monotonic()
    read_isolated(wicked.honest, b"x" * 5_000_000)
    assert time.monotonic() - began < 10  # some 0.2 s; the limit is for a busy machine
