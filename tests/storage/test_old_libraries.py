"""Every schema that was ever released still opens, with all that is in it.

Those in `tests/data/libraries/` were written by the programs of their versions, through `fill`. To keep the library of
a further version: `fill` a new one with the program that writes it, before the next migration is added.
"""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.model.author import Author, Device
from desktop.model.document import Document
from desktop.model.edition import Edition
from desktop.model.mark import ClausePlace, Mark, MarkKind, MarkStyle, Passage
from desktop.model.meeting import Meeting
from desktop.model.merge import Merge
from desktop.model.operation import Operation
from desktop.model.origin import Origin, ToldClause
from desktop.model.pen import Pen
from desktop.model.saved_search import SavedSearch
from desktop.model.settings import LAST_EDITION, place_of
from desktop.model.source import Hint, LineStyle
from desktop.storage import tables
from desktop.storage.database import Database, Mode
from desktop.storage.glance import glance
from desktop.storage.library import Library
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.version import SCHEMA_VERSION

LIBRARIES = Path(__file__).parents[1] / "data" / "libraries"

TEXT = "七、组织实施\n25.加强党的领导。𠮷。\n"
DATA = TEXT.replace("\n", "\r\n").encode("utf-8-sig")
THEN = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
DOCUMENT = Document(
    "00000000-0000-4000-8000-000000000001", "规划建议", THEN, kind="建议", level="市", issued=date(2026, 11, 5)
)
GONE = Document("00000000-0000-4000-8000-000000000002", "误导入的文件", THEN, removed=True)
EDITION = Edition(
    "00000000-0000-4000-8000-000000000003",
    DOCUMENT.id,
    "第2版",
    TEXT,
    "txt",
    "建议.txt",
    hashlib.sha256(DATA).hexdigest(),
    THEN,
    (Hint(0, LineStyle.HEADING, 1), Hint(7, LineStyle.BODY)),
)
GONE_EDITION = Edition(
    "00000000-0000-4000-8000-000000000008",
    DOCUMENT.id,
    "版本2",
    "七、组织实施\n",
    "txt",
    "建议二.txt",
    hashlib.sha256(b"2").hexdigest(),
    THEN,
    removed=True,
)
MEETING = Meeting("00000000-0000-4000-8000-000000000004", "逐条讨论会", date(2026, 11, 22), THEN)

SEARCH = SavedSearch("00000000-0000-4000-8000-000000000009", "工信局", "制造业 OR 工业", THEN)

MERGE = Merge("00000000-0000-4000-8000-00000000000a", "交换包.yuece", THEN)
COLLEAGUE = Author("00000000-0000-4000-8000-00000000000b", "李四", 3)
LAPTOP = Device("00000000-0000-4000-8000-00000000000c", "李四的电脑")
ORIGIN = Origin(
    "00000000-0000-4000-8000-00000000000d",
    "00000000-0000-4000-8000-00000000000e",
    "规划建议",
    "导入版",
    EDITION.sha256,
    hashlib.sha256(TEXT.encode()).hexdigest(),
    len(TEXT),
    (ToldClause(0, 6, ("七、",), "七、组织实施"), ToldClause(7, 19, ("七、", "25."), TEXT[7:19], 0.25)),
)
MERGED = Operation(
    "00000000-0000-4000-8000-00000000000f",
    1,
    COLLEAGUE.id,
    LAPTOP.id,
    THEN,
    "author",
    COLLEAGUE.id,
    "",
    f'{{"id":"{COLLEAGUE.id}","name":"李四","colour":3}}',
    None,
)


def marks(author_id: str, device_id: str) -> list[Mark]:
    """Return one mark on words, one on a clause and one that was removed."""
    on_words = Mark(
        id="00000000-0000-4000-8000-000000000005",
        document_id=DOCUMENT.id,
        edition_id=EDITION.id,
        kind=MarkKind.HIGHLIGHT,
        style=MarkStyle.FILL,
        pen=4,
        place=Passage(10, 15, TEXT[10:15], TEXT[:10], TEXT[15:]),
        note="谁来牵头？",
        tags=("任务/牵头", "组织"),
        private=True,
        author_id=author_id,
        device_id=device_id,
        meeting_id=MEETING.id,
        created=THEN,
        changed=THEN.replace(minute=45),
    )
    common = {"document_id": DOCUMENT.id, "edition_id": EDITION.id, "author_id": author_id, "device_id": device_id}
    on_clause = Mark(
        id="00000000-0000-4000-8000-000000000006",
        kind=MarkKind.NOTE,
        style=MarkStyle.NONE,
        pen=None,
        place=ClausePlace(7, 19, ("七、", "25.")),
        note="全条",
        tags=(),
        private=False,
        meeting_id=None,
        created=THEN,
        changed=THEN,
        **common,
    )
    removed = Mark(
        id="00000000-0000-4000-8000-000000000007",
        kind=MarkKind.UNDERLINE,
        style=MarkStyle.UNDERLINE,
        pen=1,
        place=Passage(0, 2, TEXT[:2], "", TEXT[2:]),
        note="",
        tags=("删去",),
        private=False,
        meeting_id=None,
        created=THEN,
        changed=THEN,
        removed=True,
        **common,
    )
    return [on_clause, on_words, removed]


def fill(path: Path) -> None:
    """Make a library with rows, and rows that depend on them, in every table."""
    with Library.open(path, create=True) as library:
        library.authors.rename(library.author.id, "张三")
        library.documents.add(DOCUMENT)
        library.documents.add(Document(GONE.id, GONE.title, GONE.created))
        library.documents.remove(GONE.id)
        library.editions.add(EDITION, DATA)
        library.editions.add(replace(GONE_EDITION, removed=False), b"2")
        library.editions.remove(GONE_EDITION.id)
        library.editions.keep_outline(EDITION.id, 1, "{}")
        library.meetings.add(MEETING)
        for mark in marks(library.author.id, library.device.id):
            library.marks.add(Mark(**{name: getattr(mark, name) for name in mark.__slots__} | {"removed": False}))
            if mark.removed:
                library.marks.remove(mark.id)
        library.pens.rename(5, "金句")
        library.searches.add(SEARCH)
        library.authors.settle(COLLEAGUE)
        library.meet(LAPTOP)
        library.origins.put(ORIGIN, EDITION.id)
        library.merges.add(MERGE)
        library.merges.take(MERGE.id, [MERGED])
        library.settings.set(LAST_EDITION, EDITION.id)
        library.settings.set(place_of(EDITION.id), 7)


def check_contents(library: Library, version: int = SCHEMA_VERSION) -> None:
    """Assert that everything `fill` of that version put in is there, and where it was."""
    assert library.author.name == "张三"
    assert library.documents.all() == [DOCUMENT]
    assert library.documents.get(GONE.id) == GONE
    assert [found.id for found in library.editions.summaries()] == [EDITION.id]
    assert library.editions.get(EDITION.id) == EDITION
    assert library.editions.original(EDITION.id) == DATA
    assert library.editions.get(GONE_EDITION.id) == GONE_EDITION
    assert library.meetings.running() == MEETING
    expected = marks(library.author.id, library.marks.of_edition(EDITION.id)[0].device_id)
    assert library.marks.of_edition(EDITION.id) == expected[:2]
    assert library.marks.get(expected[2].id) == expected[2]
    assert library.pens.all()[4] == Pen(5, "金句")
    assert library.searches.all() == ([SEARCH] if version >= 2 else [])
    assert library.merges.all() == ([MERGE] if version >= 3 else [])
    origin = ORIGIN if version >= 5 else replace(ORIGIN, clauses=())
    assert library.origins.all() == ({origin: EDITION.id} if version >= 3 else {})
    if version >= 3:
        assert library.authors.get(COLLEAGUE.id) == COLLEAGUE
        assert LAPTOP in library.devices()
        assert library.operations.active("author", [COLLEAGUE.id]) == [MERGED]
    assert library.settings.get(place_of(EDITION.id)) == 7
    assert library.operations.of("mark", expected[2].id)[-1].field == "removed"
    assert library.check().sound


@pytest.mark.parametrize("version", [migration.version for migration in MIGRATIONS])
def test_the_library_of_every_version_opens_with_all_that_is_in_it(tmp_path, version):
    path = tmp_path / "library.yuece"
    shutil.copyfile(LIBRARIES / f"v{version}.yuece", path)
    with Library.open(path) as library:
        check_contents(library, version)
        library.marks.restore(marks("", "")[2].id)
    with Library.open(path) as library:
        assert len(library.marks.of_edition(EDITION.id)) == 3
    assert glance(path, 1).edition == EDITION
    assert glance(path, 1).document == DOCUMENT
    assert len(list(tmp_path.glob("*-backups"))) == (version < SCHEMA_VERSION)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_what_older_programs_shared_without_telling_it_anew_is_told_anew(tmp_path, version):
    path = tmp_path / "library.yuece"
    shutil.copyfile(LIBRARIES / f"v{version}.yuece", path)
    with closing(sqlite3.connect(path)) as old, old:
        ((mark_id,),) = old.execute("SELECT subject_id FROM operations WHERE value LIKE '%谁来牵头%'")
        for clock, field, told in ((100, "note", '"后来"'), (101, "private", "false")):
            old.execute(
                "INSERT INTO operations SELECT ?, ?, author_id, device_id, at, subject, subject_id, ?, ?, id"
                " FROM operations WHERE subject_id = ? AND field = ''",
                (f"0000000{clock}", clock, field, told, mark_id),
            )
        old.execute("UPDATE marks SET note = '后来', private = 0 WHERE id = ?", (mark_id,))
    with Library.open(path) as library:
        for subject, record_id, words in (("mark", mark_id, "后来"), ("author", library.author.id, "张三")):
            first, *_, last = library.operations.of(subject, record_id)
            assert (last.field, last.replaces) == ("", first.id)
            assert words in last.value
            assert words not in first.value
        assert '"private":false' in library.operations.of("mark", mark_id)[-1].value
    with Library.open(path) as library:
        assert library.operations.of("mark", mark_id)[-1].clock == library.clock()


@pytest.mark.parametrize("path", sorted(LIBRARIES.glob("*.yuece")), ids=lambda path: path.stem)
def test_there_are_children_in_every_table_of_a_kept_library(tmp_path, path):
    copy = Path(shutil.copyfile(path, tmp_path / path.name))
    database = Database(copy, Mode.READ)
    try:
        names = [row[0] for row in database.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        if path.stem == f"v{SCHEMA_VERSION}":
            assert len(names) >= len(tables.Table.__subclasses__())
        for name in names:
            assert database.sql(f'SELECT count(*) FROM "{name}"') != [(0,)], name  # noqa: S608 - our own names
    finally:
        database.close()


def test_a_library_filled_today_holds_the_same(tmp_path):
    fill(tmp_path / "library.yuece")
    with Library.open(tmp_path / "library.yuece") as library:
        check_contents(library)
