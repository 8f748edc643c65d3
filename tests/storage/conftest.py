"""A library of its own for each test, and the records to put into it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.mark import Mark, MarkKind, MarkStyle, Passage
from desktop.model.meeting import Meeting
from desktop.storage.library import Library

NOW = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)
TEXT = "二、指导思想\n5.坚持人民至上。𠮷字也算一个字。\n" * 20


class Records:
    """Makes records; what isn't said is plausible. `document` and `edition` are in the library already."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.document = self.new_document(title="衡阳市规划建议")
        self.edition = self.new_edition(self.document)

    def new_document(self, **fields: Any) -> Document:
        document = Document(**({"id": str(uuid4()), "title": "文件", "created": NOW} | fields))
        self.library.documents.add(document)
        return document

    def new_edition(self, document: Document, text: str = TEXT, **fields: Any) -> Edition:
        data = text.encode()
        made = {
            "id": str(uuid4()),
            "document_id": document.id,
            "name": "第2版",
            "text": text,
            "format": "txt",
            "source_name": "建议.txt",
            "sha256": hashlib.sha256(data).hexdigest(),
            "imported": NOW,
        }
        edition = Edition(**(made | fields))
        self.library.editions.add(edition, data)
        return edition

    def mark(self, start: int = 7, end: int = 13, **fields: Any) -> Mark:
        """Make a mark that is in no library yet."""
        made = {
            "id": str(uuid4()),
            "document_id": self.document.id,
            "edition_id": self.edition.id,
            "kind": MarkKind.HIGHLIGHT,
            "style": MarkStyle.FILL,
            "pen": 1,
            "place": Passage(start, end, TEXT[start:end], TEXT[max(0, start - 32) : start], TEXT[end : end + 32]),
            "note": "",
            "tags": (),
            "private": False,
            "author_id": self.library.author.id,
            "device_id": self.library.device.id,
            "meeting_id": None,
            "created": NOW,
            "changed": NOW,
        }
        return Mark(**(made | fields))

    def new_mark(self, start: int = 7, end: int = 13, **fields: Any) -> Mark:
        mark = self.mark(start, end, **fields)
        self.library.marks.add(mark)
        return mark

    def new_meeting(self, **fields: Any) -> Meeting:
        made = {"id": str(uuid4()), "name": "逐条讨论会", "held_on": date(2026, 11, 22), "started": NOW}
        meeting = Meeting(**(made | fields))
        self.library.meetings.add(meeting)
        return meeting


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    """Where a library may be made; the name holds what a URI would trip over."""
    return tmp_path / "文 库%3f#1.yuece"


@pytest.fixture
def library(library_path: Path) -> Iterator[Library]:
    """Hold an empty library, open for writing."""
    with Library.open(library_path, create=True) as opened:
        yield opened


@pytest.fixture
def records(library: Library) -> Records:
    """Make records for `library`, which has one document with one edition."""
    return Records(library)


@pytest.fixture(scope="session")
def records_for() -> Callable[[Library], Records]:
    """Make records for any library."""
    return Records


@pytest.fixture
def freeze() -> Iterator[Callable[[Path], None]]:
    """Make a folder, and all in it, impossible to write to until the test ends; skip where that can't be done."""
    mounted: list[Path] = []
    closed: list[Path] = []

    def make_read_only(folder: Path) -> None:
        if sys.platform == "win32":
            pytest.skip("Windows has no folder that can't be written to in this sense")
        if os.geteuid() != 0:
            folder.chmod(0o555)
            closed.append(folder)
            return
        # Permissions are nothing to root; a mount is.
        for options in (["--bind"], ["-o", "remount,ro,bind"]):
            done = subprocess.run(["mount", *options, folder, folder], capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"as root only a mount makes a folder read-only, and mount says: {done.stderr.strip()}")
            if folder not in mounted:
                mounted.append(folder)

    yield make_read_only
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)
    for folder in closed:
        folder.chmod(0o755)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Hold a disk of one megabyte; skip where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
