"""A library opens for one writer and many readers, and keeps all of a transaction or nothing."""

import os
import platform
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import peewee
import pytest

from desktop.model.errors import LibraryError, LibraryFullError, LibraryLockedError, LibraryReadOnlyError
from desktop.model.settings import place_of
from desktop.storage import volumes
from desktop.storage.database import Database, Mode
from desktop.storage.glance import glance
from desktop.storage.library import REMOTE_WARNING, Library

PLACE = place_of("e")


def listed(folder):
    return sorted(entry.name for entry in folder.iterdir())


def pragma(path, name):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_library_is_empty_and_opens_again_as_the_same(library_path):
    with Library.open(library_path, create=True) as made:
        author, device = made.author, made.device
        assert (made.documents.all(), made.marks.tags(), made.meetings.running()) == ([], {}, None)
        assert not made.read_only
        assert made.warnings == []
    for options in ({}, {"create": True}, {"read_only": True}):
        with Library.open(library_path, **options) as again:
            assert (again.author, again.device) == (author, device)
            assert again.read_only is bool(options.get("read_only"))


def test_a_new_library_gets_its_folder(tmp_path):
    path = tmp_path / "甲" / "乙" / "library.yuece"
    Library.open(path, create=True).close()
    assert path.is_file()


def test_an_empty_file_becomes_a_library_only_when_asked(tmp_path):
    path = tmp_path / "library.yuece"
    path.touch()
    with pytest.raises(LibraryError):
        Library.open(path)
    assert path.read_bytes() == b""
    with Library.open(path, create=True) as made:
        assert made.check().sound


def test_what_a_killed_creation_left_does_not_stop_the_next(tmp_path):
    path = tmp_path / "library.yuece"
    path.with_name("library.yuece.new").write_bytes(b"half a library")
    with Library.open(path, create=True) as made:
        assert made.check().sound
    assert listed(tmp_path) == ["library.yuece", "library.yuece.lock"]


def test_the_log_of_a_lost_library_is_not_played_into_a_new_one(tmp_path, records_for):
    path = tmp_path / "library.yuece"
    with Library.open(path, create=True) as lost:
        records_for(lost)
        log = path.with_name("library.yuece-wal").read_bytes()
    path.unlink()
    path.with_name("library.yuece-wal").write_bytes(log)
    with Library.open(path, create=True) as made:
        assert made.documents.all() == []
        assert made.check().sound
    (orphan,) = tmp_path.glob("*.orphan-*")
    assert orphan.read_bytes() == log


def test_the_file_is_set_up_to_lose_nothing(library):
    connection = library._database  # noqa: SLF001 - these are settings of the connection
    found = {
        name: connection.sql(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout", "application_id")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
        "application_id": 0x59554543,
    }


def test_two_libraries_are_open_at_once_and_stay_apart(tmp_path, records_for):
    with (
        Library.open(tmp_path / "a.yuece", create=True) as one,
        Library.open(tmp_path / "b.yuece", create=True) as other,
        one.transaction(),
        other.transaction(),
    ):
        first, second = records_for(one).document, records_for(other).document
        assert one.documents.all() == [first]
        assert other.documents.all() == [second]


def test_a_closed_library_leaves_one_file_and_its_lock(library_path, library, records):
    records.new_mark()
    library.close()
    library.close()
    assert listed(library_path.parent) == [library_path.name, f"{library_path.name}.lock"]


def test_a_transaction_is_kept_whole_or_not_at_all(library, records):
    clock = library.clock()

    def fail_in_between():
        with library.transaction():
            records.new_mark()
            library.settings.set(PLACE, 5)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_in_between()
    assert library.marks.of_edition(records.edition.id) == []
    assert library.settings.get(PLACE) == 0
    assert library.clock() == clock
    with library.transaction():
        first = records.new_mark()
        with library.transaction():
            second = records.new_mark(20, 25)
    assert library.marks.of_edition(records.edition.id) == [first, second]


def test_what_fails_inside_fails_the_whole_even_if_caught(library, records):
    def swallow():
        with library.transaction():
            records.new_mark()
            with pytest.raises(peewee.IntegrityError):
                records.new_mark(meeting_id="no such meeting")

    with pytest.raises(peewee.IntegrityError):
        swallow()
    assert library.marks.of_edition(records.edition.id) == []
    records.new_mark()


def test_closing_in_the_middle_keeps_nothing(library, records):
    with pytest.raises(ZeroDivisionError):
        _add_and_close(library, records)
    with Library.open(library.path) as again:
        assert again.marks.of_edition(records.edition.id) == []


def _add_and_close(library, records):
    with library.transaction():
        records.new_mark()
        library.close()
        raise ZeroDivisionError


def test_readers_see_what_a_writer_has_committed(library, records):
    mark = records.new_mark()
    with Library.open(library.path, read_only=True) as reader:
        assert reader.marks.of_edition(records.edition.id) == [mark]
        with library.transaction():
            second = records.new_mark(20, 30)
            assert reader.marks.of_edition(records.edition.id) == [mark]
        assert reader.marks.of_edition(records.edition.id) == [mark, second]


def test_a_reader_changes_nothing(library, records):
    mark = records.mark()
    library.close()
    before = library.path.read_bytes()
    with Library.open(library.path, read_only=True) as reader:
        for change in (
            lambda: reader.documents.edit(records.document.id, title="x"),
            lambda: reader.settings.set(PLACE, 1),
            lambda: reader.marks.add(mark),
        ):
            with pytest.raises(LibraryReadOnlyError):
                change()
        assert reader.documents.all() == [records.document]
    assert library.path.read_bytes() == before


def test_reading_takes_no_lock(library_path, library):
    library.close()
    with Library.open(library_path, read_only=True), Library.open(library_path) as writer:
        assert not writer.read_only


def test_a_second_writer_is_told_who_the_first_is(library):
    with pytest.raises(LibraryLockedError) as told:
        Library.open(library.path)
    assert str(os.getpid()) in str(told.value)
    assert "本机" in str(told.value)
    owner = library.path.with_name(f"{library.path.name}.owner")
    owner.write_text(owner.read_text().replace(platform.node(), "another-host"), encoding="utf-8")
    with pytest.raises(LibraryLockedError, match="another-host"):
        Library.open(library.path)
    owner.write_text("[]", encoding="utf-8")
    with pytest.raises(LibraryLockedError, match="另一个窗口"):
        Library.open(library.path)
    library.close()
    Library.open(library.path).close()


def test_another_process_is_refused_too(library):
    script = (
        "import sys; from pathlib import Path\n"
        "from desktop.model.errors import LibraryLockedError\n"
        "from desktop.storage.library import Library\n"
        "try: Library.open(Path(sys.argv[1]))\n"
        "except LibraryLockedError: print('locked')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(library.path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "locked\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_leads_to_the_same_lock(library, tmp_path):
    link = tmp_path / "link.yuece"
    link.symlink_to(library.path)
    with pytest.raises(LibraryLockedError):
        Library.open(link)
    library.close()
    with Library.open(link) as linked:
        assert linked.path == link
    assert not link.with_name("link.yuece.lock").exists()


def test_a_library_that_fails_to_open_gives_its_lock_back(library):
    library.close()
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'author'")
        connection.commit()
    for _ in range(2):
        with pytest.raises(LibraryError, match="损坏"):
            Library.open(library.path)


def test_a_read_only_folder_can_be_read_and_not_written(tmp_path, freeze, records_for):
    folder = tmp_path / "光盘"
    path = folder / "library.yuece"
    with Library.open(path, create=True) as made:
        document = records_for(made).document
    freeze(folder)
    before = listed(folder)
    with pytest.raises(LibraryReadOnlyError, match="不能写入"):
        Library.open(path)
    with pytest.raises(LibraryReadOnlyError, match="不能写入"):
        Library.open(folder / "new.yuece", create=True)
    with Library.open(path, read_only=True) as reader:
        assert reader.documents.all() == [document]
        with pytest.raises(LibraryReadOnlyError):
            reader.documents.edit(document.id, title="x")
    assert listed(folder) == before


def test_a_read_only_folder_with_an_unfinished_log_is_not_read_by_half(tmp_path, freeze, records_for):
    folder = tmp_path / "光盘"
    folder.mkdir()
    with Library.open(tmp_path / "library.yuece", create=True) as made:
        document = records_for(made).document
        for name in ("library.yuece", "library.yuece-wal"):
            (folder / name).write_bytes((tmp_path / name).read_bytes())
    freeze(folder)
    with pytest.raises(LibraryReadOnlyError, match="-wal"):
        Library.open(folder / "library.yuece", read_only=True)
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    with Library.open(copy / "library.yuece", read_only=True) as reader:
        assert reader.documents.all() == [document]


def test_looking_at_a_library_does_not_break_the_locks_on_it(library, records):
    """To close any file of one's own drops all POSIX locks of the process on it, those of SQLite included."""
    script = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "other.execute('PRAGMA locking_mode=exclusive')\n"
        "try: print(other.execute('PRAGMA journal_mode=delete').fetchone()[0])\n"
        "except sqlite3.OperationalError as error: print(error)\n"
    )
    Library.open(library.path, read_only=True).close()
    with pytest.raises(LibraryLockedError):
        Library.open(library.path)
    assert glance(library.path, 1) is not None
    command = [sys.executable, "-c", script, str(library.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "database is locked\n"


def test_a_full_disk_can_be_read(small_disk, records_for):
    path = small_disk / "library.yuece"
    with Library.open(path, create=True) as library:
        document = records_for(library).document
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(2 * 1024 * 1024))
    with Library.open(path, read_only=True) as reader:
        assert reader.documents.all() == [document]
    with pytest.raises(LibraryFullError, match="磁盘已满"):
        Library.open(path)


def test_a_read_only_file_is_not_opened_for_writing(library, monkeypatch):
    library.close()
    library.path.chmod(stat.S_IREAD)
    # Permissions are nothing to root.
    monkeypatch.setattr("os.access", lambda path, _mode: path != library.path)
    with pytest.raises(LibraryReadOnlyError, match="不能写入"):
        Library.open(library.path)
    library.path.chmod(stat.S_IREAD | stat.S_IWRITE)


def test_on_a_network_drive_changes_go_through_a_journal(library, records, monkeypatch):
    library.close()
    assert pragma(library.path, "journal_mode") == "wal"
    monkeypatch.setattr(volumes, "is_remote", lambda _path: True)
    with Library.open(library.path) as remote:
        assert remote.warnings == [REMOTE_WARNING]
        assert not library.path.with_name(f"{library.path.name}-wal").exists()
        with Library.open(library.path, read_only=True) as reader:
            remote.documents.edit(records.document.id, title="网络盘上改的")
            assert reader.documents.all()[0].title == "网络盘上改的"
    assert pragma(library.path, "journal_mode") == "delete"
    with Library.open(library.path.with_name("new.yuece"), create=True):
        pass
    assert pragma(library.path.with_name("new.yuece"), "journal_mode") == "delete"
    monkeypatch.undo()
    with Library.open(library.path) as local:
        assert local.warnings == []
        assert local.documents.all()[0].title == "网络盘上改的"
    assert pragma(library.path, "journal_mode") == "wal"


def test_a_sound_library_is_counted(library, records):
    library.marks.remove(records.new_mark(tags=("甲",)).id)
    records.new_mark()
    records.new_meeting()
    report = library.check()
    assert report.sound
    assert report.problems == ()
    assert report.counts == {
        "documents": 1,
        "editions": 1,
        "marks": 1,
        "removed_marks": 1,
        "meetings": 1,
        "authors": 1,
        "devices": 1,
        "operations": library.operations.count(),
    }


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("INSERT INTO mark_tags VALUES ('no mark', 0, 'x')", "不存在"),
        ("DELETE FROM texts", "不见了"),
        ("UPDATE editions SET length = length - 1", "与导入时不同"),
        ("UPDATE editions SET sha256 = 'x'", "与导入时不同"),
        ("UPDATE marks SET end_offset = 100000", "超出了正文"),
    ],
)
def test_what_is_wrong_inside_is_found(library, records, harm, told):
    records.new_mark()
    library.close()
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute(harm)
        connection.commit()
    with Library.open(library.path, read_only=True) as reader:
        problems = reader.check().problems
    assert len(problems) == 1
    assert told in problems[0]


def test_another_program_that_holds_the_file_is_reported(library, records, monkeypatch):
    monkeypatch.setattr("desktop.storage.database._BUSY_SECONDS", 0)
    library.close()
    other = Database(library.path, Mode.WRITE)
    try:
        with Library.open(library.path) as waiting, other.transaction(), pytest.raises(LibraryError, match="占用"):
            waiting.documents.edit(records.document.id, title="x")
        with Library.open(library.path) as again:
            again.documents.edit(records.document.id, title="y")
    finally:
        other.close()
