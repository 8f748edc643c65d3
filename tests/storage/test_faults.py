"""What can't be opened or kept is said in one sentence, and nothing of it is touched or lost."""

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from desktop.model.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryMissingError,
    LibraryNewerError,
    LibraryReadOnlyError,
    NotALibraryError,
)
from desktop.storage import faults
from desktop.storage.library import Library
from desktop.storage.version import SCHEMA_VERSION

PAGE = 4096


def make_sqlite(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (key, value)")
        connection.commit()


FOREIGN = {
    "text": lambda path: path.write_text("衡阳市规划建议\n" * 50, encoding="utf-8"),
    "png": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "sqlite": make_sqlite,
    "short": lambda path: path.write_bytes(b"SQLite format 3\x00"),
    "zeros": lambda path: path.write_bytes(bytes(PAGE * 4)),
}

OPENINGS = ({}, {"read_only": True}, {"create": True})


def everything(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("options", OPENINGS, ids=["write", "read", "create"])
@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_that_is_no_library_is_left_alone(tmp_path, kind, options):
    path = tmp_path / "library.yuece"
    FOREIGN[kind](path)
    before = everything(tmp_path)
    with pytest.raises(NotALibraryError, match="不是阅策文库"):
        Library.open(path, **options)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("options", OPENINGS, ids=["write", "read", "create"])
def test_a_folder_is_no_library(tmp_path, options):
    with pytest.raises(NotALibraryError, match="文件夹"):
        Library.open(tmp_path, **options)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("options", OPENINGS[:2], ids=["write", "read"])
def test_a_missing_library_is_not_made(tmp_path, options):
    with pytest.raises(LibraryMissingError, match="找不到"):
        Library.open(tmp_path / "library.yuece", **options)
    with pytest.raises(LibraryMissingError):
        Library.open(tmp_path / "no such folder" / "library.yuece", **options)
    assert list(tmp_path.iterdir()) == []


def test_reading_never_makes_a_library(tmp_path):
    with pytest.raises(LibraryMissingError):
        Library.open(tmp_path / "library.yuece", create=True, read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotALibraryError):
        Library.open(tmp_path / "pipe")


def make_newer(path, version, compatibility):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("ALTER TABLE marks ADD COLUMN colour TEXT")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'compatibility'", (compatibility,))
        connection.commit()


@pytest.mark.parametrize("options", OPENINGS, ids=["write", "read", "create"])
@pytest.mark.parametrize("compatibility", ["99", "", "soon"])
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_newer_library_is_refused_and_left_alone(library, options, compatibility, journal):
    library.close()
    make_newer(library.path, 99, compatibility)
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
    before = library.path.read_bytes()
    with pytest.raises(LibraryNewerError, match="请升级阅策"):
        Library.open(library.path, **options)
    assert library.path.read_bytes() == before
    assert not list(library.path.parent.glob("*-backups"))


@pytest.mark.parametrize(
    ("version", "compatibility"), [(SCHEMA_VERSION + 1, "1"), (SCHEMA_VERSION, str(SCHEMA_VERSION + 1))]
)
def test_a_newer_schema_and_a_higher_compatibility_are_each_enough_to_be_refused(library, version, compatibility):
    library.close()
    make_newer(library.path, version, compatibility)
    with pytest.raises(LibraryNewerError, match="请升级阅策"):
        Library.open(library.path)


def zero(path, page):
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(bytes(PAGE))


def test_a_zeroed_block_anywhere_is_reported_and_never_worsened(library, records):
    for number in range(60):
        records.new_mark(number, number + 5, note="批注" * 50)
    library.close()
    whole = library.path.read_bytes()
    told = 0
    for page in range(1, len(whole) // PAGE):
        library.path.write_bytes(whole)
        zero(library.path, page)
        before = library.path.read_bytes()
        try:
            with Library.open(library.path) as opened:
                told += not opened.check().sound
        except LibraryDamagedError:
            told += 1
        assert library.path.read_bytes() == before
    # A page that is free, or whose content is checked by nothing, may go unnoticed; there is hardly any.
    assert told >= len(whole) // PAGE - 3


def test_a_truncated_library_is_reported(library, records):
    for number in range(60):
        records.new_mark(number, number + 5, note="批注" * 50)
    library.close()
    whole = library.path.read_bytes()
    library.path.write_bytes(whole[: len(whole) // 2 // PAGE * PAGE])
    with pytest.raises(LibraryDamagedError, match=r"损坏.*备份文件夹"):
        Library.open(library.path)


def test_a_full_disk_undoes_the_change_whole_and_the_library_goes_on(library, records):
    database = library._database  # noqa: SLF001 - the disk is made small by SQLite itself
    pages = database.sql("PRAGMA page_count")[0][0]
    database.sql(f"PRAGMA max_page_count = {pages + 20}")
    kept = []

    def fill():
        for _ in range(1000):
            with library.transaction():
                pair = [records.mark(note="批注" * 300), records.mark(note="批注" * 300)]
                for mark in pair:
                    library.marks.add(mark)
            kept.extend(pair)

    with pytest.raises(LibraryFullError, match="磁盘已满"):
        fill()
    assert kept
    assert {mark.id for mark in library.marks.of_edition(records.edition.id)} == {mark.id for mark in kept}
    database.sql(f"PRAGMA max_page_count = {pages + 1000}")
    mark = records.new_mark()
    assert library.marks.get(mark.id) == mark
    assert library.check().sound


def test_a_disk_that_is_really_full_loses_nothing(small_disk, records_for):
    path = small_disk / "library.yuece"
    ballast = small_disk / "ballast"
    with Library.open(path, create=True) as library:
        records = records_for(library)
        ballast.write_bytes(bytes(200_000))
        kept = []

        def fill():
            while len(kept) < 1000:
                kept.append(records.new_mark(note="批注" * 2000))

        with pytest.raises(LibraryFullError, match="磁盘已满"):
            fill()
        assert kept
        assert {mark.id for mark in library.marks.of_edition(records.edition.id)} == {mark.id for mark in kept}
        ballast.unlink()
        kept.append(records.new_mark(note="又有地方了"))
    with Library.open(path) as again:
        assert {mark.id for mark in again.marks.of_edition(records.edition.id)} == {mark.id for mark in kept}
        assert again.check().sound


def test_a_full_disk_makes_no_half_library(small_disk):
    (small_disk / "ballast").write_bytes(bytes(1024 * 1024 - 30_000))
    with pytest.raises(LibraryFullError, match="磁盘已满"):
        Library.open(small_disk / "library.yuece", create=True)
    assert not (small_disk / "library.yuece").exists()
    assert not list(small_disk.glob("*.new*"))
    (small_disk / "ballast").unlink()
    Library.open(small_disk / "library.yuece", create=True).close()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, LibraryFullError),
        (errno.EDQUOT, LibraryFullError),
        (errno.EROFS, LibraryReadOnlyError),
        (errno.EACCES, LibraryReadOnlyError),
        (errno.EIO, LibraryError),
    ],
)
def test_errors_of_the_system_are_told_apart(tmp_path, number, kind):
    assert type(faults.explained(OSError(number, "x"), tmp_path / "library.yuece")) is kind


def test_a_bug_stays_a_bug(library, tmp_path):
    assert faults.explained(ValueError("x"), tmp_path) is None
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.OperationalError) as wrong:
        connection.execute("SELEC 1")
    assert faults.explained(wrong.value, tmp_path) is None
