"""The index holds what the library holds, whatever becomes of the library, of the file, or of the program."""

# ruff: noqa: RUF001 (characters that look alike are what folding is about)

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from desktop.model.errors import UserError
from desktop.model.mark import Passage
from desktop.parsing.outline import parse_outline
from desktop.search import catching_up, index_schema
from desktop.search import index as index_module
from desktop.search.index import Index, State
from desktop.search.lookup import IndexSource
from desktop.search.query import parse
from desktop.search.source import EVERYTHING, FIRST_MARK, SourceFailedError
from desktop.services.command import perform
from desktop.services.importing import ImportedFile, add_edition
from desktop.services.reading import outline_of
from desktop.storage.library import Library
from tests.search.made_libraries import (
    ALL,
    add_note,
    add_text,
    catch_up,
    found,
    plain,
    same_as_scanned,
    sentence,
)

QUERIES = ("发展", "发", "产业链 高质量", "“１", "aａ", "𠮷", "国 OR 经", "展，", "-发展 经济")
LONG = "\n".join(f"{number}.第{number}号发展经济，产业链𠮷" for number in range(1, 150))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "文库.yuece", create=True) as opened:
        yield opened


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    opened = Index.open(library.path, library.id, read_only=False)
    yield opened
    opened.close()


def count(index: Index, words: str) -> int:
    return len(found(IndexSource(index), parse(words)))


def never() -> bool:
    return False


def test_before_it_is_built_it_is_of_no_use(index: Index, library: Library) -> None:
    add_text(library, "发展")
    assert (index.state, index.clock, index.is_current(library)) == (State.PARTIAL, 0, False)
    with pytest.raises(SourceFailedError):
        list(IndexSource(index).candidates(parse("发展"), EVERYTHING))
    assert not index.path.exists()


def test_texts_notes_and_tags_are_found(index: Index, library: Library) -> None:
    edition = add_text(library, "建议\n一、发展\n1.经济发展。\n2.产业链。\n")
    add_note(library, edition.id, "链主企业", 3, ("产业/链",))
    told: list[tuple[int, int]] = []
    assert index.catch_up(library, outline_of, never, lambda done, of: told.append((done, of)))
    assert (index.state, index.clock, index.is_current(library)) == (State.WHOLE, library.clock(), True)
    assert [unit.mark_id is None for unit, _ in found(IndexSource(index), parse("链"))] == [True, False]
    same_as_scanned(index, library, *QUERIES)


def test_an_empty_library_has_a_whole_index(index: Index, library: Library) -> None:
    catch_up(index, library)
    assert (index.state, index.clock) == (State.WHOLE, library.clock())


def _change(library: Library, chance: random.Random, removed: list[str]) -> None:
    """Do something to the library, or undo it."""
    editions = library.editions.summaries()
    marks = [mark for edition in editions for mark in library.marks.of_edition(edition.id)]
    match chance.randrange(9) if editions else 0:
        case 0:
            lines = [f"{number}.{sentence(chance)}。" for number in range(1, chance.randrange(2, 9))]
            add_text(library, "建议\n一、" + sentence(chance) + "\n" + "\n".join(lines))
        case 1:
            text = sentence(chance)
            document = library.documents.get(chance.choice(editions).document_id)
            assert document is not None
            file = ImportedFile("新.txt", "txt", text.encode(), text, parse_outline(text))
            perform(library, add_edition(library, file, document))
        case 2 if len(editions) > 2:
            removed.append(chance.choice(editions).document_id)
            library.documents.remove(removed[-1])
        case 3 if removed:
            library.documents.restore(removed.pop())
        case 4 if marks:
            library.marks.edit(chance.choice(marks).id, note=sentence(chance), tags=(sentence(chance),))
        case 5 if marks:
            library.marks.remove(chance.choice(marks).id)
        case 6 if marks:
            mark, start = chance.choice(marks), chance.randrange(3)
            library.marks.edit(mark.id, place=Passage(start, start + 1, "", "", ""))
        case 7 if marks:
            library.marks.edit(chance.choice(marks).id, note="", tags=())
        case _:
            add_note(library, chance.choice(editions).id, sentence(chance), chance.randrange(3))


@pytest.mark.parametrize("seed", range(3))
def test_it_follows_whatever_is_done_to_the_library(index: Index, library: Library, seed: int) -> None:
    chance = random.Random(seed)
    removed: list[str] = []
    for _ in range(12):
        for _ in range(chance.randrange(1, 6)):
            _change(library, chance, removed)
        catch_up(index, library)
        same_as_scanned(index, library, *chance.choices(QUERIES, k=3))
    before = plain(IndexSource(index).candidates(ALL, EVERYTHING))
    index.distrust(ValueError("no row of ours"))
    catch_up(index, library)
    assert plain(IndexSource(index).candidates(ALL, EVERYTHING)) == before


def test_many_marks_at_one_place_stay_in_order(index: Index, library: Library) -> None:
    edition = add_text(library, "发展经济")
    add_note(library, edition.id, "后", 2)
    for number in range(40):
        add_note(library, edition.id, f"第{number}个", 0)
        catch_up(index, library)
    same_as_scanned(index, library, "第", "个 3")


def test_editions_of_old_documents_find_room_among_the_others(index: Index, library: Library) -> None:
    first = add_text(library, "一、发展\n1.甲。\n")
    for number in range(6):
        add_text(library, f"一、发展\n1.第{number}号。\n")
    document = library.documents.get(first.document_id)
    assert document is not None
    for number in range(12):
        catch_up(index, library)
        text = "一、发展\n" + "\n".join(f"{line}.第{number}版。" for line in range(1, 5 + number))
        file = ImportedFile("新.txt", "txt", text.encode(), text, parse_outline(text))
        perform(library, add_edition(library, file, document))
    catch_up(index, library)
    same_as_scanned(index, library, "发展", "第 版")


def test_stopped_at_any_time_it_goes_on_where_it_was(index: Index, library: Library) -> None:
    chance = random.Random(7)
    add_text(library, LONG)
    editions = [add_text(library, "\n".join(f"{n}.{sentence(chance)}" for n in range(1, 9))) for _ in range(5)]
    for edition in editions:
        add_note(library, edition.id, sentence(chance), 1)
    runs = 0
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked % 11 < 2

    while not index.catch_up(library, outline_of, stop, lambda _done, _all: None):
        runs += 1
        assert runs < 1000
        if runs == 5:
            library.documents.remove(editions[0].document_id)
            add_note(library, editions[1].id, "新的批注")
        if runs % 7 == 0:  # the program ends, and is started again
            index.close()
            index = Index.open(library.path, library.id, read_only=False)
    assert runs > 10
    same_as_scanned(index, library, *QUERIES)
    index.close()


def test_what_is_removed_is_not_found_and_not_in_the_file(index: Index, library: Library) -> None:
    edition = add_text(library, "一、魑魅魍魉\n1.饕餮饕餮。\n")
    other = add_text(library, "一、发展\n1.经济。\n")
    mark = add_note(library, other.id, "貔貅貔貅")
    catch_up(index, library)
    assert (count(index, "魑魅"), count(index, "饕"), count(index, "貔貅")) == (1, 1, 1)
    library.documents.remove(edition.document_id)
    library.marks.remove(mark)
    catch_up(index, library)
    assert (count(index, "魑魅"), count(index, "饕"), count(index, "貔貅"), count(index, "经济")) == (0, 0, 0, 1)
    index.close()
    for file in index.path.parent.glob(index.path.name + "*"):
        content = file.read_bytes()
        for word in ("魑魅", "餮饕", "貔貅", "魍"):
            assert word.encode() not in content
            assert word.encode("utf-16-le") not in content


@pytest.mark.parametrize("small", [True, False])
def test_what_notes_said_leaves_the_file_when_it_is_tidied_or_closed(
    index: Index, library: Library, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_LARGE", 2**40 if small else 0)
    edition = add_text(library, "一、发展\n1.经济。\n")
    catch_up(index, library)
    marks = [add_note(library, edition.id, note) for note in ("魑魅魍魉", "饕餮貔貅")]
    catch_up(index, library)
    library.marks.remove(marks[0])
    library.marks.edit(marks[1], note="好")
    catch_up(index, library)
    assert index.tidy(never)
    assert any(word in _content(index) for word in ("魑魅", "餮貔")) is not small
    index.close()
    assert not any(word in _content(index) for word in ("魑魅", "魅魍", "魍魉", "饕餮", "餮貔", "貔貅"))
    same_as_scanned(index, library, "好", "魑魅", "发展")


def _content(index: Index) -> str:
    """Return what can be read in the files of an index, as its word tables write it."""
    files = sorted(index.path.parent.glob(index.path.name + "*"))
    return "".join(file.read_bytes().decode("utf-8", "ignore") for file in files)


def test_what_comes_back_is_found_again_where_it_was(index: Index, library: Library) -> None:
    first, _ = add_text(library, "一、魑魅\n1.发展。\n"), add_text(library, "一、经济\n1.发展。\n")
    add_note(library, first.id, "饕餮")
    catch_up(index, library)
    before = plain(IndexSource(index).candidates(ALL, EVERYTHING))
    library.documents.remove(first.document_id)
    catch_up(index, library)
    assert count(index, "饕餮") == 0
    library.documents.restore(first.document_id)
    catch_up(index, library)
    assert plain(IndexSource(index).candidates(ALL, EVERYTHING)) == before


def test_changes_that_are_not_searched_for_only_move_the_clock(index: Index, library: Library) -> None:
    edition = add_text(library, "一、发展\n1.经济。\n")
    mark = add_note(library, edition.id, "批注")
    catch_up(index, library)
    before = list(IndexSource(index).candidates(ALL, EVERYTHING))
    library.marks.edit(mark, pen=3)
    library.documents.edit(edition.document_id, title="另一个题目")
    assert not index.is_current(library)
    catch_up(index, library)
    assert list(IndexSource(index).candidates(ALL, EVERYTHING)) == before
    assert before[-1].number >= FIRST_MARK


# What can happen to the file.


def _deleted(path: Path) -> None:
    path.unlink()


def _deleted_with_its_log(path: Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def _cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _no_database(path: Path) -> None:
    path.write_bytes(b"x" * 50_000)


def _garbage_within(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(random.Random(1).randbytes(path.stat().st_size - 8192))


def _another_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE meta (key, value)")


HARMS = (_deleted, _deleted_with_its_log, _cut_short, _emptied, _no_database, _garbage_within, _another_database)


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("running", [False, True])
def test_a_harmed_file_gives_nothing_wrong_and_is_made_anew(
    index: Index, library: Library, harm: object, running: bool
) -> None:
    add_text(library, LONG)
    catch_up(index, library)
    expected = found(IndexSource(index), parse("第7号"))
    if not running:
        index.close()
    assert callable(harm)
    harm(index.path)
    source = IndexSource(index)
    try:
        units = found(source, parse("第7号"))
    except SourceFailedError:
        units = expected
    assert units == expected or not index.is_current(library)
    add_text(library, "又一个文件")  # something to catch up with
    catch_up(index, library)
    with suppress(SourceFailedError):  # what is found damaged when it is read is made anew, too
        same_as_scanned(index, library, "第7号", "文件")
    catch_up(index, library)
    same_as_scanned(index, library, "第7号", "文件")


@pytest.mark.parametrize("harm", HARMS)
def test_a_file_harmed_while_it_is_read_fails_as_a_source_does(index: Index, library: Library, harm: object) -> None:
    add_text(library, LONG)
    catch_up(index, library)
    units = IndexSource(index).candidates(parse("发展"), EVERYTHING)
    next(units)
    assert callable(harm)
    harm(index.path)
    try:
        assert all("发展" in unit.text for unit in units)
    except SourceFailedError:
        assert not list(units)


def test_a_row_that_is_no_unit_has_the_index_made_anew(index: Index, library: Library) -> None:
    add_text(library, LONG)
    catch_up(index, library)
    with closing(sqlite3.connect(index.path, isolation_level=None)) as connection:
        connection.execute("UPDATE units SET text = x'00'")
    with pytest.raises(SourceFailedError):
        list(IndexSource(index).candidates(ALL, EVERYTHING))
    catch_up(index, library)
    same_as_scanned(index, library, "发展")


def test_the_index_of_another_library_is_made_anew(index: Index, library: Library, tmp_path: Path) -> None:
    add_text(library, "魑魅")
    catch_up(index, library)
    index.close()
    with Library.open(tmp_path / "另一个.yuece", create=True) as other:
        add_text(other, "发展")
        second = Index.open(other.path, other.id, read_only=False)
        shutil.copy(index.path, second.path)
        assert not second.is_current(other)
        catch_up(second, other)
        assert (count(second, "魑魅"), count(second, "发展")) == (0, 1)
        second.close()


def test_a_library_taken_back_to_a_backup_gets_a_new_index(library: Library, tmp_path: Path) -> None:
    add_text(library, "经济")
    path = tmp_path / "taken" / "文库.yuece"
    path.parent.mkdir()
    library.close()
    shutil.copy(library.path, path)
    backup = path.read_bytes()
    for later in (0, 3):  # behind the index, and ahead of it on another way
        path.write_bytes(backup)
        with Library.open(path) as opened:
            index = Index.open(path, opened.id, read_only=False)
            add_text(opened, "魑魅")
            catch_up(index, opened)
            assert count(index, "魑魅") == 1
            index.close()
        path.write_bytes(backup)
        with Library.open(path) as opened:
            for number in range(later):
                add_text(opened, f"发展{number}")
            index = Index.open(path, opened.id, read_only=False)
            assert not index.is_current(opened)
            catch_up(index, opened)
            assert count(index, "魑魅") == 0
            same_as_scanned(index, opened, "经济", "发展")
            index.close()


@pytest.mark.parametrize("name", ["PARSER_VERSION", "INDEX_VERSION"])
def test_another_version_of_the_program_makes_it_anew(
    index: Index, library: Library, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_text(library, "发展")
    catch_up(index, library)
    index.close()
    monkeypatch.setattr(index_schema, name, 10_000)
    newer = Index.open(library.path, library.id, read_only=False)
    assert (newer.state, newer.is_current(library)) == (State.PARTIAL, False)
    catch_up(newer, library)
    assert count(newer, "发展") == 1
    newer.close()


def test_a_full_disk_leaves_the_library_to_be_searched_by_its_texts(
    index: Index, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = index_module._prepare  # noqa: SLF001 - SQLite itself is told that there is no more room

    def scarce(connection: sqlite3.Connection, path: Path) -> None:
        prepare(connection, path)
        connection.execute("PRAGMA max_page_count = 20")

    add_text(library, LONG)
    monkeypatch.setattr(index_module, "_prepare", scarce)
    assert not index.catch_up(library, outline_of, never, lambda _done, _all: None)
    assert (index.state, index.is_current(library)) == (State.FULL, False)
    assert not index.path.exists()  # the library may need the room
    monkeypatch.undo()
    catch_up(index, library)
    assert index.state is State.WHOLE
    same_as_scanned(index, library, "发展")


def test_a_disk_that_is_nearly_full_is_left_to_the_library(
    index: Index, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_text(library, "发展")
    catch_up(index, library)
    add_text(library, LONG)
    monkeypatch.setattr(catching_up, "_RESERVE", 2**60)
    assert not index.catch_up(library, outline_of, never, lambda _done, _all: None)
    assert (index.state, index.is_current(library), count(index, "发展")) == (State.FULL, False, 1)
    monkeypatch.undo()
    catch_up(index, library)
    same_as_scanned(index, library, "发展")


def test_a_folder_in_its_place_leaves_it_unusable(index: Index, library: Library) -> None:
    add_text(library, "发展")
    index.path.mkdir()
    assert not index.catch_up(library, outline_of, never, lambda _done, _all: None)
    assert (index.state, index.is_current(library)) == (State.UNUSABLE, False)
    index.path.rmdir()
    catch_up(index, library)


def test_who_may_only_read_uses_it_where_it_is_current(index: Index, library: Library) -> None:
    add_text(library, "发展")
    reader = Index.open(library.path, library.id, read_only=True)
    assert not reader.catch_up(library, outline_of, never, lambda _done, _all: None)
    assert not index.path.exists()
    catch_up(index, library)
    assert reader.is_current(library)
    assert count(reader, "发展") == 1
    add_text(library, "经济发展")
    assert not reader.is_current(library)
    catch_up(index, library)
    assert (reader.is_current(library), count(reader, "发展")) == (True, 2)
    index.distrust(ValueError("no row of ours"))  # made anew: another file lies there now
    catch_up(index, library)
    assert (reader.is_current(library), count(reader, "发展")) == (True, 2)
    reader.close()


_PROGRAM = """
import sys
from pathlib import Path
from desktop.search import catching_up
from desktop.search.index import Index
from desktop.services.reading import outline_of
from desktop.storage.library import Library

def wait(done, of):
    print(done, flush=True)
    sys.stdin.read()

catching_up._COMMIT_SECONDS = 0
path = Path(sys.argv[1])
with Library.open(path, read_only=True) as library:
    Index.open(path, library.id, read_only=False).catch_up(library, outline_of, lambda: False, wait)
"""


def test_a_program_killed_while_it_builds_leaves_what_is_gone_on_with(index: Index, library: Library) -> None:
    for number in range(3):
        add_text(library, LONG + str(number))
    command = [sys.executable, "-c", _PROGRAM, str(library.path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        program.wait()
    assert not index.is_current(library)
    if sys.platform != "win32":
        with closing(sqlite3.connect(index.path)) as connection:
            assert connection.execute("SELECT count(*) FROM units").fetchone()[0] > 0
    catch_up(index, library)
    same_as_scanned(index, library, *QUERIES)


def test_looking_at_it_takes_no_time_to_speak_of(index: Index, library: Library) -> None:
    edition = add_text(library, LONG)
    catch_up(index, library)
    mark = add_note(library, edition.id, "批注")
    times = []
    for number in range(20):
        library.marks.edit(mark, note=f"第{number}个批注")
        begun = time.perf_counter()
        catch_up(index, library)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[10] < 0.1  # some thirty times what it takes


def test_errors_of_the_library_are_told(index: Index, library: Library) -> None:
    add_text(library, "发展")

    def broken(*_: object) -> None:
        raise UserError("读不出来。")

    with pytest.raises(UserError):
        index.catch_up(library, broken, never, lambda _done, _all: None)  # type: ignore[arg-type]
    catch_up(index, library)
