"""The first look at a library shows what was read last, or nothing, and loads no peewee."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.model.settings import LAST_EDITION, ZOOM, Setting, place_of
from desktop.storage.database import Database, Mode
from desktop.storage.glance import glance
from desktop.storage.version import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]


def test_it_shows_the_edition_read_last_at_its_place(library, records):
    other = records.new_edition(records.new_document(), "别的文件")
    library.editions.keep_outline(other.id, 3, "目录")
    library.settings.set(LAST_EDITION, other.id)
    library.settings.set(place_of(other.id), 2)
    library.settings.set(ZOOM, 120)
    for state in ("open", "closed"):
        seen = glance(library.path, 3)
        assert seen is not None, state
        assert seen.document == library_document(library, other.document_id, state)
        assert seen.edition == other
        assert (seen.outline, seen.place) == ("目录", 2)
        assert seen.settings[ZOOM.key] == 120
        library.close()
    assert glance(library.path, 4).outline is None


def library_document(library, identity, state):
    if state == "open":
        return library.documents.get(identity)
    with type(library).open(library.path, read_only=True) as reader:
        return reader.documents.get(identity)


def test_it_shows_the_newest_edition_of_the_first_document_where_none_was_read(library, records):
    newer = records.new_edition(records.document, "新", imported=records.edition.imported + timedelta(days=1))
    later = records.new_document(created=records.document.created + timedelta(days=1))
    read_last = records.new_edition(later, "后")
    assert glance(library.path, 1).edition == newer
    library.settings.set(LAST_EDITION, read_last.id)
    assert glance(library.path, 1).edition == read_last
    library.documents.remove(later.id)
    assert glance(library.path, 1).edition == newer
    assert glance(library.path, 1).place == 0
    library.documents.edit(records.document.id, title="改名")
    assert glance(library.path, 1).document == replace(records.document, title="改名")


@pytest.mark.parametrize("place", [-1, 10**9, "x", None, True])
def test_a_place_outside_the_text_is_its_beginning(library, records, place):
    library.settings.set(Setting(place_of(records.edition.id).key, None, ""), place)
    assert glance(library.path, 1).place == 0


def test_it_shows_nothing_of_an_empty_library(library):
    assert glance(library.path, 1) is None


def test_it_shows_nothing_of_anything_unusual_and_leaves_it_alone(tmp_path, library, records):
    library.close()
    whole = library.path.read_bytes()
    folder = tmp_path / "其他"
    folder.mkdir()
    files = {
        "text.yuece": "文字".encode() * 100,
        "empty.yuece": b"",
        "half.yuece": whole[:8192],
        "zeroed.yuece": whole[:4096] + bytes(len(whole) - 4096),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        assert glance(folder / name, 1) is None, name
        assert (folder / name).read_bytes() == content
    assert glance(folder / "missing.yuece", 1) is None
    assert glance(folder, 1) is None
    assert library.path.read_bytes() == whole


def test_it_shows_nothing_of_another_version(library, records):
    database = Database(library.path, Mode.WRITE)
    database.sql(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    assert glance(library.path, 1) is None


def test_it_does_not_wait_for_one_who_holds_the_file(library, records):
    library.close()
    other = Database(library.path, Mode.WRITE, remote=True)
    try:
        other.sql("BEGIN EXCLUSIVE")
        assert glance(library.path, 1) is None
    finally:
        other.close()
    assert glance(library.path, 1) is not None


def test_it_loads_no_peewee(library, records):
    script = (
        "import sys; from pathlib import Path; from desktop.storage.glance import glance\n"
        "assert glance(Path(sys.argv[1]), 1) is not None\n"
        "print([name for name in ('peewee', 'filelock', 'platformdirs', 'PySide6') if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", script, str(library.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert done.stdout == "[]\n"
