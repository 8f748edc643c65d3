"""The schema is brought up to date step by step, each whole or not at all, after a backup that was checked."""

import sqlite3
from contextlib import closing

import pytest

from desktop.model.errors import LibraryDamagedError, LibraryFullError, LibraryReadOnlyError
from desktop.storage import backups, schema, tables
from desktop.storage.database import Database, Mode
from desktop.storage.library import Library
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.migrations.migration import Migration
from desktop.storage.version import SCHEMA_VERSION

NEXT, AFTER = SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
ADD_COLUMN = Migration(NEXT, 1, ("ALTER TABLE documents ADD COLUMN further TEXT NOT NULL DEFAULT ''",))
REBUILD_PARENT = Migration(
    NEXT,
    NEXT,
    (
        "CREATE TABLE documents_new AS SELECT * FROM documents",
        "DROP TABLE documents",
        "CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT, created TEXT, removed INTEGER, kind, level, issued)",
        "INSERT INTO documents SELECT * FROM documents_new",
        "DROP TABLE documents_new",
    ),
)
FAILS = Migration(AFTER, AFTER, ("DELETE FROM mark_tags", "CREATE TABLE documents (x)"))
LOSES = Migration(AFTER, AFTER, ("DELETE FROM mark_tags",))
ORPHANS = Migration(AFTER, AFTER, ("DELETE FROM documents",), may_shrink=frozenset({"documents"}))


@pytest.fixture
def database(library, records):
    records.new_mark(tags=("甲",))
    library.close()
    opened = Database(library.path, Mode.WRITE)
    yield opened
    opened.close()


def test_steps_are_numbered_one_after_the_other():
    assert [migration.version for migration in MIGRATIONS] == list(range(1, SCHEMA_VERSION + 1))
    assert all(migration.compatibility <= migration.version for migration in MIGRATIONS)


@pytest.mark.parametrize("table", tables.Table.__subclasses__(), ids=lambda table: table.__name__)
def test_the_tables_are_those_of_the_file(database, table):
    found = [row[1] for row in database.sql(f"PRAGMA table_info({table._meta.table_name})")]  # noqa: SLF001
    assert found == table._meta.sorted_field_names  # noqa: SLF001 - peewee's way to tell


@pytest.mark.parametrize("step", [ADD_COLUMN, REBUILD_PARENT], ids=["add", "rebuild"])
def test_a_step_keeps_every_row_and_its_children(database, step):
    schema.upgrade(database, (*MIGRATIONS, step))
    assert schema.version_of(database) == NEXT
    assert database.sql("SELECT value FROM meta WHERE key = 'compatibility'") == [(str(step.compatibility),)]
    assert database.sql("SELECT count(*) FROM marks JOIN documents ON documents.id = document_id") == [(1,)]
    assert database.sql("SELECT tag FROM mark_tags") == [("甲",)]
    assert database.sql("PRAGMA foreign_keys") == [(1,)]
    assert database.sql("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("step", [FAILS, LOSES, ORPHANS], ids=["fails", "loses rows", "leaves orphans"])
def test_a_step_that_goes_wrong_leaves_the_one_before_it(database, step):
    with pytest.raises(Exception, match=r"already exists|loses rows|refer to nothing"):
        schema.upgrade(database, (*MIGRATIONS, ADD_COLUMN, step))
    assert schema.version_of(database) == NEXT
    assert database.sql("SELECT tag FROM mark_tags") == [("甲",)]
    assert database.sql("SELECT count(*) FROM documents") == [(1,)]
    assert database.sql("PRAGMA foreign_keys") == [(1,)]


@pytest.fixture
def old_program(monkeypatch):
    """Make the program newer by one step, so that the libraries there are become old."""

    def add(step):
        steps = (*MIGRATIONS, step)
        for name in ("upgrade", "is_outdated", "refuse_newer"):
            function = getattr(schema, name)
            monkeypatch.setattr(schema, name, lambda database, function=function: function(database, steps))

    return add


def test_an_old_library_is_backed_up_before_it_is_upgraded(library, records, old_program):
    mark = records.new_mark()
    library.close()
    old_program(ADD_COLUMN)
    with pytest.raises(LibraryReadOnlyError, match="旧版本"):
        Library.open(library.path, read_only=True)
    with Library.open(library.path) as upgraded:
        assert upgraded.marks.get(mark.id) == mark
    Library.open(library.path).close()
    (backup,) = backups.backup_folder(library.path).iterdir()
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert copy.execute("SELECT id FROM marks").fetchall() == [(mark.id,)]
        assert copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    assert backup.suffix == ".yuece"


def test_a_damaged_library_is_neither_backed_up_nor_upgraded(library, records, old_program):
    for number in range(60):
        records.new_mark(number, number + 5, note="批注" * 50)
    library.close()
    whole = library.path.read_bytes()
    with library.path.open("r+b") as file:
        file.seek(len(whole) - 3 * 4096)
        file.write(bytes(4096))
    before = library.path.read_bytes()
    old_program(ADD_COLUMN)
    with pytest.raises(LibraryDamagedError):
        Library.open(library.path)
    assert library.path.read_bytes() == before
    assert list(backups.backup_folder(library.path).iterdir()) == []


def test_a_backup_holds_what_still_lies_in_the_log(library, records):
    for _ in range(40):
        records.new_mark()
    database = Database(library.path, Mode.READ)
    try:
        backup = backups.take(database, "test")
    finally:
        database.close()
    with Library.open(backup, read_only=True) as copy:
        assert len(copy.marks.of_edition(records.edition.id)) == 40
        assert copy.author == library.author


def test_a_backup_without_room_leaves_nothing_by_half(small_disk, records_for):
    path = small_disk / "library.yuece"
    with Library.open(path, create=True) as library:
        records_for(library).new_mark()
    room = 1024 * 1024 - sum(file.stat().st_size for file in small_disk.iterdir())
    (small_disk / "ballast").write_bytes(bytes(room - 100_000))
    database = Database(path, Mode.WRITE)
    try:
        with pytest.raises(LibraryFullError):
            backups.take(database, "test")
    finally:
        database.close()
    assert list(backups.backup_folder(path).iterdir()) == []
